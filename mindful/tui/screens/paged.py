"""Screens that are one page to read, with hints beneath; and those of them in which lines can be marked and taken.

Support, evidence, the checklist and what was unpleasant are such screens.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from mindful.tui.layout import MEASURE, middle, moved
from mindful.tui.rows import Row, Span, wrap
from mindful.tui.screens.base import Room
from mindful.tui.widgets.page import Page
from mindful.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult


class Paged(Room):
    """`content` gives the rows; the page is laid out at every size, and in the middle where there is room."""

    WIDEST: ClassVar[int] = MEASURE
    DEFAULT_CSS = """
    Paged { layout: vertical; }
    Paged Rows, Paged Page { width: 100%; }
    Paged Page { margin: 1 0 0 0; }
    Paged #hints { height: 2; }
    Paged.-short Page { margin: 0; }
    Paged.-short #hints { height: 1; }
    """

    def compose(self) -> ComposeResult:
        yield Page(self.looks, self._rows)
        yield Rows(self.looks, name="hints")

    def content(self, inner: int) -> list[Row]:
        """What stands on it, at most `inner` cells wide."""
        raise NotImplementedError

    def hints(self) -> Sequence[tuple[str, str, str]]:
        """What stands beneath it."""
        raise NotImplementedError

    def lay(self) -> None:
        """Lay everything out anew."""
        self.query_one(Page).fill()
        self.hint(self.hints())

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.height < 20, "-short")
        self.call_after_refresh(self.lay)

    def left(self, width: int) -> int:
        return middle(width - 1, self.WIDEST)[0]

    def _rows(self, width: int) -> list[Row]:
        left, inner = middle(width, self.WIDEST)
        return moved(self.content(inner), left)

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


class Marked(Paged):
    """One line is marked; arrows move the mark round, Space or a click takes what is marked."""

    def __init__(self) -> None:
        super().__init__()
        self._at = 0

    def stops(self) -> Sequence[str]:
        """The tokens of the lines that can be marked, in their order."""
        raise NotImplementedError

    def action_tick(self) -> None:
        """Take what is marked."""
        raise NotImplementedError

    @property
    def marked(self) -> str:
        """The token of the marked line."""
        return self.stops()[self._at]

    def line(self, token: str, text: str, inner: int, *, lead: str = "", hang: int = 0) -> list[Row]:
        """One line that can be marked; `lead` stands before its text, and further rows hang by `hang` cells."""
        here = self.marked == token
        first = f"{'› ' if here else '  '}{lead}"
        lines = wrap(text, inner, "picked" if here else "text", indent=" " * (hang or len(first)), first=first)
        return [tuple(Span(s.text.ljust(inner), s.role, token) for s in r) for r in lines]

    def move(self, by: int) -> None:
        """Mark another line; after the last comes the first."""
        self._at = (self._at + by) % len(self.stops())
        self.lay()
        page = self.query_one(Page)
        page.reveal_token(self.marked)
        if self._at == 0:
            page.reveal(0)

    def action_next_field(self) -> None:
        self.move(1)

    def action_previous_field(self) -> None:
        self.move(-1)

    def press(self, token: str) -> bool:
        if token not in self.stops():
            return False
        self._at = self.stops().index(token)
        self.action_tick()
        return True
