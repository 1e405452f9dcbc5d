"""What the host knows of sessions before one begins: what there is to play, and whether it suits. A part of `host`."""

from __future__ import annotations

import locale
import os
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from mindful.cli import settings
from mindful.cli.language import setting as set_language
from mindful.cli.planned import PREFIX
from mindful.cli.recorded import Recorded
from mindful.journal import home
from mindful.journal.printable import printable
from mindful.tongue import _

if TYPE_CHECKING:
    from mindful.player.ports import Voice
    from mindful.script import catalogue
    from mindful.script.model import Script
    from mindful.script.profile import Profile
    from mindful.script.safety import Verdict
    from mindful.tui.host import Card, Estimate

OPEN_MS = 180_000
"""Where a session that is as long as the client likes stands in the list, which is ordered by length."""

VARIANT_MS = 300_000
"""A pattern that is offered in place of a session takes five minutes."""


class Choosing(Recorded):
    """See `mindful.tui.host.Host`."""

    _made: dict[str, Script]
    """Scripts that are in no file, by the name they are loaded by."""
    _profile: Profile | None = None

    def _voice(self, script: Script) -> Voice:
        """Who says the lines of this script."""
        raise NotImplementedError

    # What can be played

    @property
    def language(self) -> str:
        """The client's language, as asked for, as set, or from the environment: `en`, `de-AT`."""
        if self.wishes.language:
            return self.wishes.language
        if own := set_language():
            return own
        found = next((v for k in ("LC_ALL", "LC_MESSAGES", "LANG") if (v := os.environ.get(k))), None)
        found = found or locale.getlocale()[0] or ""
        tag = found.partition(".")[0].partition("@")[0].replace("_", "-")
        return tag if tag and tag not in ("C", "POSIX") else "en"

    def catalogue(self) -> Iterator[Card]:
        from mindful.script import catalogue
        from mindful.tui.host import Card

        for entry in sorted(catalogue.entries(), key=_easiest):
            yield Card(
                id=entry.id,
                title=catalogue.words(entry.title, self.language),
                summary=catalogue.words(entry.summary, self.language),
                tags=entry.tags,
                suits=entry.suits,
                trains=entry.trains,
                tier=entry.tier,
                total_ms=entry.total_ms,
                min_ms=entry.min_ms,
                max_ms=entry.max_ms,
                file=entry.file,
            )

    def add(self, script: Script) -> str:
        """Make a script that is in no file playable; the name to load it by."""
        name = f"made:{script.id}"
        self._made[name] = self.given(script)
        return name

    def given(self, script: Script) -> Script:
        """The script as this client is given it: with its pages read aloud where that is wanted."""
        if not (self.wishes.aloud or settings.reads_pages(home.settings_file())):
            return script
        from mindful.script.aloud import read_aloud

        return read_aloud(script)

    def load(self, session: str) -> tuple[Script | None, str]:
        if session in self._made:
            return self._made[session], ""
        if session.startswith("pattern:"):
            from mindful.cli.breathe import exercise
            from mindful.cli.made import script as made_script

            self._made[session] = made_script(exercise(session.removeprefix("pattern:"), VARIANT_MS, "ocean"))
            return self._made[session], ""
        if session.startswith(PREFIX):
            return self.load_planned(session.removeprefix(PREFIX))
        if session.startswith("quick:"):
            from mindful.cli.looking_back import quick

            if (script := quick(session.removeprefix("quick:"))) is not None:
                self._made[session] = script
                return script, ""
        from mindful.script.load import find
        from mindful.script.load import load as load_script
        from mindful.script.problems import render

        path = find(session)
        if path is None:
            return None, _("There is no session and no file called “{session}”.").format(session=printable(session))
        loaded = load_script(path)
        if loaded.script is not None:
            return self.given(loaded.script), ""
        return None, "\n\n".join(render(p) for p in loaded.problems)

    def estimate(self, script: Script, values: Mapping[str, Any], fit_ms: int | None = None) -> Estimate:
        from mindful.script.tiers import tier_of_script
        from mindful.timeline.fit import fitted, limits
        from mindful.timeline.outline import outline
        from mindful.timeline.unfold import Setup
        from mindful.tui.host import Estimate

        setup = Setup(script, dict(values), self.language, speech=self._voice(script))
        found = limits(setup)
        laid = outline(setup if fit_ms is None else fitted(setup, fit_ms).setup)
        tier = tier_of_script(script, {**script.defaults(), **values})
        fit = None if found is None else (found.least_ms, found.most_ms, found.written_ms)
        return Estimate(laid.total_ms, laid.bounds.min_ms, laid.bounds.max_ms, tier, fit)

    # Safety

    @property
    def profile(self) -> Profile:
        """What the client said about their health; where that cannot be read, the careful answer."""
        from mindful.journal import profile

        if self._profile is None:
            self._profile, told = profile.careful(home.profile_file())
            if told:
                self._notices.append(told)
        return self._profile

    def keep_profile(self, profile: Profile) -> str:
        from mindful.journal.profile import write

        try:
            write(home.profile_file(), profile)
        except OSError as error:
            return _("The checklist could not be kept: {value}.").format(
                value=error.strerror or _("the system refused")
            )
        self._profile = profile
        return ""

    def verdict(self, script: Script, values: Mapping[str, Any]) -> Verdict:
        from mindful.script.safety import verdict

        return verdict(script, self.profile, {**script.defaults(), **values})

    def support(self) -> Sequence[tuple[str, str]]:
        from mindful.journal import support, wellness

        return [*support.lines(support.read(home.plan_file())), *wellness.beneath(home.wellness_file())]


def _easiest(entry: catalogue.Entry) -> tuple[int, int]:
    """Gentle and short ones first: whoever opens the program in a bad hour finds something to begin with."""
    tiers = ("green", "yellow", "red")
    long = max(entry.min_ms, OPEN_MS) if entry.total_ms is None else entry.total_ms
    return (tiers.index(entry.tier) if entry.tier in tiers else len(tiers), long)
