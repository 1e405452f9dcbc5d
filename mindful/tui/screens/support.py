"""The client's own plan and people, one key away from every screen. Nothing here is guessed, and nothing is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mindful.tongue import _
from mindful.tui import keys
from mindful.tui.layout import margin
from mindful.tui.rows import Row, Span, clean, wrap
from mindful.tui.screens.base import Room
from mindful.tui.widgets.page import Page
from mindful.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult

_WIDEST = 72
TITLE = _("Your plan")
_ROLES = {"danger": "warm", "heading": "accent", "note": "dim"}


class Support(Room):
    """Read it, go back. What was under way waits."""

    BINDINGS = keys.bindings("support")
    DEFAULT_CSS = """
    Support { layout: vertical; }
    Support Rows, Support Page { width: 100%; }
    Support Page { margin: 1 0 0 0; }
    Support #hints { height: 2; }
    Support.-short Page { margin: 0; }
    Support.-short #hints { height: 1; }
    """

    def __init__(self, lines: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._lines = lines

    def compose(self) -> ComposeResult:
        yield Page(self.looks, self._rows)
        yield Rows(self.looks, name="hints")

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.height < 20, "-short")
        self.call_after_refresh(self._lay)

    def _lay(self) -> None:
        self.query_one(Page).fill()
        self.hint(keys.hints("support", ("away", "page_down")))

    def _rows(self, width: int) -> list[Row]:
        inner = max(1, min(width - 2 * margin(width), _WIDEST))
        rows: list[Row] = [*wrap(TITLE, inner, "strong"), ()]
        for kind, text in self._lines:
            if kind == "gap":
                rows.append(())
            else:
                lead = "  " if kind == "item" else ""
                rows += wrap(clean(text), inner, _ROLES.get(kind, "text"), indent=lead * 2, first=lead)
        left = max(0, (width - inner) // 2) if width >= _WIDEST + 20 else margin(width)
        return [(Span(" " * left), *r) if r and left else r for r in rows]

    def action_down(self) -> None:
        self.query_one(Page).scroll_relative(y=1, animate=False)

    def action_up(self) -> None:
        self.query_one(Page).scroll_relative(y=-1, animate=False)

    def action_page_down(self) -> None:
        self.query_one(Page).page(1)

    def action_page_up(self) -> None:
        self.query_one(Page).page(-1)

    def action_away(self) -> None:
        self.mind.pop_screen()

    def action_leave(self) -> None:
        self.mind.leave()

    async def action_support(self) -> None:
        """The same key closes it."""
        self.mind.pop_screen()
