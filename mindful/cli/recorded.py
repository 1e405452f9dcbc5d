"""What the host knows of a session that is over: its record, notes to it, what is told once. A part of `host`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mindful.cli.looking_back import LookingBack
from mindful.journal import home
from mindful.journal.printable import printable
from mindful.tongue import _, weekday

if TYPE_CHECKING:
    from mindful.journal.recorder import Recorder
    from mindful.player.conductor import Conductor


class Recorded(LookingBack):
    """See `mindful.tui.host.Host`."""

    _recorder: Recorder | None = None
    _conductor: Conductor | None
    _notices: list[str]
    _told_of_settings = False
    _planned_from: Recorder | None = None
    """The session of which the plan has been told."""
    _looked = False
    """Whether sessions that were cut off have been looked for."""

    @property
    def kept(self) -> bool:
        """Whether the last session's record is on disk."""
        return self._recorder is not None and self._recorder.saved

    def recorded(self) -> Sequence[str]:
        entry = self._entry()
        if entry is None:
            return [_("This session was not written down.")] if not self.wishes.keep else self._take_notices()
        from mindful.cli.journal_text import account

        self._keep_plan()
        lines = account(entry, briefly=True, drawn=False, asked=self._asked()).splitlines()
        # The title and how it ended are said already; the file and the timing are for `mindful journal show`.
        parts = "\n".join(lines[2:]).split("\n\n")
        wanted = [p for p in parts if p.startswith((_("Your answers"), _("Chosen before")))]
        out = [line.strip() for part in wanted for line in part.splitlines()[1:]]
        out += self.told_of_sensors()
        return [*out, _("It is kept on this computer, and nowhere else."), *self._take_notices()]

    def _asked(self) -> dict[str, str]:
        """The questions of the session that has just been, by their names."""
        if self._conductor is None:
            return {}
        prompts = (p.segment.prompt for p in self._conductor.state.timeline.placed)
        return {p.id: " ".join(p.text.split()) for p in prompts if p is not None and p.id and p.text}

    def told_of_sensors(self) -> list[str]:
        """What has to be said of a sensor's feedback right after the session."""
        from mindful.cli import trained

        entry = self._entry()
        return [] if entry is None else trained.briefly(entry.record)

    def add_note(self, text: str, feeling: int | None = None) -> None:
        entry = self._entry()
        if entry is None:
            return
        from mindful.journal import store
        from mindful.tui.words import FEELINGS

        felt = (
            _("How it was: {FEELINGS} ({feeling} of 5).").format(FEELINGS=FEELINGS[feeling - 1], feeling=feeling)
            if feeling
            else ""
        )
        words = "\n".join(part for part in (felt, text.strip()) if part)
        if words:
            try:
                store.add_note(entry, words)
            except (OSError, ValueError):
                self._notices.append(_("Your note could not be written down. The record itself is there."))

    def add_effects(self, effects: Mapping[str, object]) -> None:
        entry = self._entry()
        if entry is None:
            return
        from mindful.journal import store

        try:
            store.add_effects(entry, effects)
        except (OSError, ValueError):
            self._notices.append(_("What you said could not be written down. The record itself is there."))

    def _entry(self) -> Any:
        if self._recorder is None or not self.kept:
            return None
        from mindful.journal import store

        try:
            return store.read(self._recorder.path)
        except (OSError, ValueError):
            return None

    def recover(self) -> None:
        """Close the records of sessions that were cut off; the client is told once."""
        from mindful.journal.recovery import recover

        self._looked = True
        for path in recover(home.journal()):
            self._notices.append(_recovered(path))

    def _recover_once(self) -> None:
        """At the first chance after the first frame, which it would hold up, and before a record is begun."""
        if self.wishes.keep and not self._looked:
            self.recover()

    def _keep_plan(self) -> None:
        """The plan of what keeps well lies in a file of its own: it follows what a session has asked, once."""
        recorder = self._recorder
        if recorder is None or recorder is self._planned_from or not recorder.saved:
            return
        self._planned_from = recorder
        steps = recorder.record["steps"]
        if not any(str(step["data"].get("form", "")).startswith("plan-wellness") for step in steps):
            return
        from mindful.cli.wellness import keep

        entry = self._entry()
        self._notices += keep(entry) if entry is not None else []

    def notices(self) -> Sequence[str]:
        self._recover_once()
        self._keep_plan()
        if not self._told_of_settings:
            self._told_of_settings = True
            self._notices += [printable(str(each)) for each in self.wrong_settings()]
        return self._take_notices()

    def offers(self) -> Sequence[str]:
        """A look at what keeps well, when it is due. The file alone is asked, and no journal."""
        path = home.wellness_file()
        if not path.exists():
            return []
        from mindful.journal import wellness

        return [wellness.offer()] if wellness.read(path).due(self.now().date()) else []

    def _take_notices(self) -> list[str]:
        out, self._notices = self._notices, []
        return out


def _recovered(path: Path) -> str:
    """One sentence about a record that recovery closed."""
    from mindful.journal import store

    try:
        entry = store.read(path)
    except (OSError, ValueError):
        return _("A session that was cut off is kept in your journal.")
    title, status = printable(entry.record["session"]["title"]), entry.record["status"]
    when = f"{weekday(entry.started.weekday())} {entry.started:%Y-%m-%d, %H:%M}"
    if status != "interrupted":
        return _("{title}, {when}: its record is complete now.").format(title=title, when=when)
    return _("A session that was cut off, {title}, {when}, is kept in your journal as interrupted.").format(
        title=title, when=when
    )
