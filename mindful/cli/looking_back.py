"""What the host of the screen knows beyond one session: what was done, what was chosen, what is set. A part of `host`.

Nothing here is asked for before the first frame.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from mindful.cli import settings
from mindful.cli.planned import Planned
from mindful.journal import home
from mindful.tongue import _

if TYPE_CHECKING:
    from mindful.audio.levels import Levels
    from mindful.cli.host import Wishes
    from mindful.journal.days import Sat
    from mindful.journal.preferences import Wrong
    from mindful.journal.ratings import Pair
    from mindful.journal.reader import Reader
    from mindful.script.model import Script
    from mindful.tui.host import Appearance, Chosen, Last

QUICK_MS = {"minute": 60_000, "breathe": 300_000, "quiet": 600_000}


def quick(name: str) -> Script | None:
    """What one key of the home screen begins; None for a name that is none."""
    from mindful.cli import breathe, made, sit

    if name not in QUICK_MS:
        return None
    if name == "quiet":
        return made.script(sit.sitting(f"{QUICK_MS[name] / 1000:g} s", None))
    return made.script(breathe.exercise(breathe.DEFAULT, QUICK_MS[name], "ocean"))


class LookingBack(Planned):
    """See `mindful.tui.host.Host`."""

    _reader: Reader | None = None
    _volume: float | None = None
    _levels: Levels | None = None
    wishes: Wishes

    @property
    def language(self) -> str:
        """The tag of the client's language."""
        raise NotImplementedError

    def _entry(self) -> Any:
        """The record just made."""

    # What was, and what may come

    def now(self) -> datetime:
        return datetime.now().astimezone()

    def today(self) -> date:
        from mindful.journal.days import day_of

        return day_of(self.now())

    def last_done(self) -> Last | None:
        from mindful.journal import store
        from mindful.tui.host import Last

        try:
            # A few, as trial runs do not count.
            entries = store.look(home.journal(), limit=5).entries
        except OSError:
            return None
        for entry in entries:
            if not entry.record["simulated"]:
                session = entry.record["session"]
                return Last(session["id"], session["title"], entry.started, entry.record["elapsed_ms"])
        return None

    def first_run(self) -> bool:
        return not home.home().exists()

    def sats(self) -> Iterator[Sequence[Sat]]:
        from mindful.cli.unlocking import quietly
        from mindful.journal.reader import Reader

        quietly()
        self._reader = self._reader or Reader(home.journal(), home.cache())
        return self._reader.batches()

    def locked(self) -> bool:
        return self._reader is not None and self._reader.locked > 0

    def record_page(self, record: str) -> Sequence[str]:
        from mindful.cli.filled import back
        from mindful.cli.journal_text import account
        from mindful.journal.reader import Reader
        from mindful.journal.versions import DamagedError, NewerError

        self._reader = self._reader or Reader(home.journal(), home.cache())
        try:
            entry = self._reader.find(record) if record else self._entry()
        except (OSError, LookupError, DamagedError, NewerError):
            entry = None
        return account(entry, back=back).splitlines() if entry is not None else [_("There is no record of it.")]

    def rated(self) -> Sequence[Pair]:
        from mindful.journal.ratings import pairs

        entry = self._entry()
        return list(pairs(entry.record["answers"])) if entry is not None else []

    def shape(self, session: str, columns: int) -> Sequence[tuple[str, str]]:
        from mindful.author.picture import shape
        from mindful.script.load import find, load
        from mindful.timeline.outline import outline
        from mindful.timeline.unfold import Setup

        path = find(session)
        script = load(path).script if path is not None else None
        return shape(outline(Setup(script, {}, self.language)), columns) if script is not None else ()

    # What is chosen and set

    def voices(self) -> Sequence[str]:
        if self.wishes.mute:
            return []
        from mindful.audio.voice.choose import voices

        _, command = settings.voice(home.settings_file())
        return [info.name for info in voices(command) if info.usable]

    def backgrounds(self) -> Sequence[str]:
        if self.wishes.mute:
            return []
        from mindful.script.kinds.guide import LAYERS

        return [layer for layer in LAYERS if layer != "silence"]

    def chosen(self, script: Script) -> Chosen:
        from mindful.tui.host import Chosen

        kept = _choices().get(script.id or "")
        if not isinstance(kept, dict):
            return Chosen(fit_ms=self.planned_fit(script))
        values, fit = kept.get("values"), kept.get("fit_ms")
        texts = {n: v for n in ("voice", "background") if isinstance(v := kept.get(n), str)}
        known = {n: v for n, v in values.items() if n in script.variables} if isinstance(values, dict) else {}
        fit = fit if isinstance(fit, int) and not isinstance(fit, bool) else self.planned_fit(script)
        return Chosen(known, fit, **texts)

    def remember_chosen(self, script: Script, chosen: Chosen) -> None:
        import json

        from mindful.journal.files import write_atomic

        default = script.defaults()
        values = {n: v for n, v in chosen.values.items() if v != default.get(n)}
        texts = {"fit_ms": chosen.fit_ms, "voice": chosen.voice, "background": chosen.background}
        kept = {**({"values": values} if values else {}), **{n: v for n, v in texts.items() if v is not None}}
        every, name = _choices(), script.id or ""
        if every.get(name, {}) == kept:
            return
        every.pop(name, None)
        if kept:
            every[name] = kept
        try:
            text = json.dumps({"mindful_choices": 1, "sessions": every}, ensure_ascii=False, indent=1)
            write_atomic(home.choices_file(), text.encode() + b"\n")
        except OSError:
            return  # forgetting it does no harm

    def settings(self) -> Mapping[tuple[str, str], Any]:
        return settings.everything(home.settings_file())

    def wrong_settings(self) -> Sequence[Wrong]:
        return settings.problems(home.settings_file())

    def keep_setting(self, section: str, name: str, value: Any) -> str:
        if settings.remember(home.settings_file(), section, {name: value}):
            self._volume = self._levels = None
            return ""
        return _("It could not be written down: the file cannot be changed as it is. It is left as you wrote it.")

    def settings_place(self) -> str:
        return str(home.settings_file())

    def keymap(self) -> Mapping[str, tuple[str, ...]]:
        return settings.keymap(home.settings_file())

    @property
    def appearance(self) -> Appearance:
        from mindful.tui.host import Appearance

        return Appearance(*settings.screen(home.settings_file()))

    def remember_pacer(self, name: str) -> None:
        settings.remember_pacer(home.settings_file(), name)


def _choices() -> dict[str, Any]:
    """By session id. Never raises: what cannot be read was not chosen."""
    import json

    try:
        found = json.loads(home.choices_file().read_text(encoding="utf-8"))
        sessions = found["sessions"] if found["mindful_choices"] == 1 else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return sessions if isinstance(sessions, dict) else {}
