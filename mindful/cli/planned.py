"""What the screens know of the programme that is followed: its next session as a card, and what is said of it.

A part of `host`. Nothing here is asked for before the first frame, and nothing here raises: a programme that cannot be
read is told by `mindful programme`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mindful.tongue import _

if TYPE_CHECKING:
    from datetime import date

    from mindful.journal.programme.looking import Followed
    from mindful.journal.programme.plan import Thing
    from mindful.script.model import Script
    from mindful.tui.host import Card

PREFIX = "plan:"
"""What stands before a practice's name where it is opened as the programme has it."""


class Planned:
    """See `mindful.tui.host.Host`."""

    _as_planned: tuple[Script, int | None] | None = None
    """The script that was opened from the programme, and the length that it has there."""

    def today(self) -> date:
        """The day that it is."""
        raise NotImplementedError

    def _followed(self) -> Followed | None:
        from mindful.journal.programme.looking import followed

        try:
            return followed(self.today())
        except OSError:
            return None

    def plan_said(self) -> Sequence[str]:
        from mindful.journal.programme import words

        found = self._followed()
        if found is None:
            return ()
        done = words.practised(found.position, found.state.following.since)
        return words.today(found.plan, found.position), f"{words.text(found.plan.title)}. {done}"

    def plan_page(self) -> Sequence[str]:
        from mindful.journal.programme import words

        found = self._followed()
        if found is None:
            return (words.NONE,)
        return list(words.page(found.plan, found.position, found.state.following.since))

    def next_in_plan(self) -> Card | None:
        from mindful.journal.programme import words
        from mindful.tui.host import Card

        found = self._followed()
        if found is None or found.position.standing in ("paused", "ended"):
            return None
        for offer in found.position.left:
            thing = offer.item.things[0]
            if thing.session:
                return Card(PREFIX + offer.item.name, words.text(thing.title), total_ms=thing.total_ms)
        return None

    def load_planned(self, name: str) -> tuple[Script | None, str]:
        """The script of a practice, with what the programme sets in it; or None and why."""
        from mindful.script.load import find, load
        from mindful.script.problems import render

        found = self._followed()
        things = [o.item.things[0] for o in found.position.offers if o.item.name == name] if found is not None else []
        path = find(things[0].play) if things else None
        if path is None:
            return None, _("The programme has nothing of that name today.")
        loaded = load(path)
        if loaded.script is None:
            return None, "\n\n".join(render(p) for p in loaded.problems)
        script = _with(loaded.script, things[0])
        self._as_planned = script, _fit_ms(things[0])
        return script, ""

    def planned_fit(self, script: Script) -> int | None:
        """The length that the programme has a script in; None where it was not opened from there."""
        if self._as_planned is None or self._as_planned[0] is not script:
            return None
        return self._as_planned[1]


def _with(script: Script, thing: Thing) -> Script:
    """The script with other defaults."""
    changed = {
        name: variable.model_copy(update={"default": thing.set[name]}) if name in thing.set else variable
        for name, variable in script.variables.items()
    }
    return script.model_copy(update={"variables": changed}) if thing.set else script


def _fit_ms(thing: Thing) -> int | None:
    from mindful.script.values import parse_ms

    return parse_ms(thing.fit) if thing.fit else None
