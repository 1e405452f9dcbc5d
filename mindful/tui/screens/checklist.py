"""The checklist: what is true for this client, so that unsafe practice is left out. Every line can stay open.

`wanted(host)` says whether it has never been seen; a first run may then offer `Checklist(first=True)`. Nothing waits
for it: without it every session shows its cautions, and intense practice is off.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from mindful.script.profile import FLAGS, QUESTIONS
from mindful.tongue import _
from mindful.tui import keys
from mindful.tui.layout import LIST
from mindful.tui.rows import Row, Span, wrap
from mindful.tui.screens.paged import Marked
from mindful.tui.widgets.page import Page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mindful.tui.host import Host

TITLE = _("What is true for you?")
INTRO = _(
    "Some practices do not suit everyone. With what you tick here, mindful leaves out or changes what may do harm. "
    "It stays on this computer, and no record names it. Leave open what you like."
)
INTENSE = _("Intense practices: fast breathing, long holds")
INTENSE_NOT = _("They stay off while something is ticked above. There is always a gentler way.")
INTENSE_IS = _("They have made people faint. Each one asks again before it begins.")


def wanted(host: Host) -> bool:
    """Whether this client has never seen the checklist, so that a first run may offer it, once."""
    return host.profile.asked is None


class Checklist(Marked):
    """Space ticks, Enter keeps, Esc leaves it as it was. `first`: at the first run, with less on it."""

    BINDINGS = keys.bindings("checklist")
    WIDEST = LIST

    def __init__(self, *, first: bool = False) -> None:
        super().__init__()
        self._first = first
        self._ticked: set[str] = set()
        self._intense = False
        self._trouble = ""

    def on_mount(self) -> None:
        kept = self.mind.host.profile
        self._ticked, self._intense = set(kept.flags), kept.intense
        if self._first:
            # Seen is seen, whatever way it is left.
            self.mind.host.keep_profile(replace(kept, asked=kept.asked or _now()))

    def stops(self) -> Sequence[str]:
        return [*FLAGS, *([] if self._first else ["intense"]), "keep", "skip"]

    def hints(self) -> Sequence[tuple[str, str, str]]:
        return keys.hints("checklist", ("tick", "keep", "away", "help"), away=_("skip") if self._first else _("back"))

    def content(self, inner: int) -> list[Row]:
        rows = [*wrap(TITLE, inner, "strong"), *wrap(INTRO, inner, "dim"), ()]
        for flag, question in QUESTIONS.items():
            rows += self._line(flag, f"[{'x' if flag in self._ticked else ' '}] {question}", inner)
        if not self._first:
            on = self._intense and not self._ticked
            rows += [(), *self._line("intense", f"[{'x' if on else ' '}] {INTENSE}", inner)]
            rows += wrap(INTENSE_NOT if self._ticked else INTENSE_IS, inner, "dim", indent="      ")
        if self._trouble:
            rows.append(())
            rows += [tuple(Span(s.text, s.role, "trouble") for s in r) for r in wrap(self._trouble, inner, "care")]
        rows += [(), *self._line("keep", _("Keep this") if self._ticked else _("Keep this: nothing is ticked"), inner)]
        rows += self._line("skip", _("Not now") if self._first else _("Back, as it was"), inner)
        return rows

    def _line(self, token: str, text: str, inner: int) -> list[Row]:
        return self.line(token, text, inner, hang=6)

    def action_tick(self) -> None:
        stop = self.marked
        if stop in ("keep", "skip"):
            self._done(stop)
        elif stop == "intense":
            self._intense = not self._intense and not self._ticked
            self.lay()
        else:
            self._ticked ^= {stop}
            self.lay()

    def action_keep(self) -> None:
        self._done("skip" if self.marked == "skip" else "keep")

    def _done(self, stop: str) -> None:
        if stop == "keep":
            kept = self.mind.host.profile
            self._trouble = self.mind.host.keep_profile(kept.ticked(frozenset(self._ticked), self._intense, _now()))
            if self._trouble:
                self.lay()
                self.query_one(Page).reveal_token("trouble")
                return
        self.mind.pop_screen()


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")
