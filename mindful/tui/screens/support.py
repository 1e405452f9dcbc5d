"""The client's own plan and people, one key away from every screen. Nothing here is guessed, and nothing is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mindful.tongue import _
from mindful.tui import keys
from mindful.tui.rows import Row, clean, wrap
from mindful.tui.screens.paged import Paged

if TYPE_CHECKING:
    from collections.abc import Sequence

TITLE = _("Your plan")
_ROLES = {"danger": "warm", "heading": "accent", "note": "dim"}


class Support(Paged):
    """Read it, go back. What was under way waits."""

    BINDINGS = keys.bindings("support")

    def __init__(self, lines: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._lines = lines

    def hints(self) -> Sequence[tuple[str, str, str]]:
        return keys.hints("support", ("away", "page_down"))

    def content(self, inner: int) -> list[Row]:
        rows: list[Row] = [*wrap(TITLE, inner, "strong"), ()]
        for kind, text in self._lines:
            if kind == "gap":
                rows.append(())
            else:
                lead = "  " if kind == "item" else ""
                rows += wrap(clean(text), inner, _ROLES.get(kind, "text"), indent=lead * 2, first=lead)
        return rows

    async def action_support(self) -> None:
        """The same key closes it."""
        self.mind.pop_screen()
