"""A list to jump through: problems, or the steps of the outline. Used by `bench`, which gives its rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.message import Message

from mindful.tui.rows import Row
from mindful.tui.widgets.page import Page

if TYPE_CHECKING:
    from rich.style import Style

Content = Callable[[int, int, bool], list[Row]]
"""(width, marked entry, whether it has the focus) to rows; a row's spans carry a token `<kind>:<entry>`."""


class Listing(Page, can_focus=True):
    """Arrows move the mark, Enter chooses."""

    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        Binding("down", "move(1)", "next", show=False),
        Binding("up", "move(-1)", "before", show=False),
        Binding("pagedown", "move(6)", "further", show=False),
        Binding("pageup", "move(-6)", "back", show=False),
        Binding("home", "move(-10000)", "first", show=False),
        Binding("end", "move(10000)", "last", show=False),
        Binding("enter", "choose", "go there", show=False),
    ]

    class Chosen(Message):
        """Enter on an entry."""

        def __init__(self, listing: Listing, entry: int) -> None:
            super().__init__()
            self.listing, self.entry = listing, entry

    def __init__(self, styles: dict[str, Style], content: Content, *, kind: str, name: str) -> None:
        super().__init__(styles, self._line_up, name=name)
        self._rows_of, self._kind = content, kind
        self.count = 0
        self.marked = 0

    def _line_up(self, width: int) -> list[Row]:
        return self._rows_of(width, self.marked, self.has_focus)

    def show(self, count: int, marked: int | None = None) -> None:
        """There are so many entries now; the mark moves to `marked`, if given, and is seen."""
        self.count = count
        self.marked = max(0, min(self.marked if marked is None else marked, count - 1))
        self.fill()
        self._seen()

    def _seen(self) -> None:
        token = f"{self._kind}:{self.marked}"
        at = [y for y, row in enumerate(self.rows) if any(s.token == token for s in row)]
        if at:
            self.reveal(at[0], at[-1])

    def on_focus(self) -> None:
        self.fill()
        self._seen()

    def on_blur(self) -> None:
        self.fill()

    def action_move(self, by: int) -> None:
        if self.count:
            self.marked = max(0, min(self.marked + by, self.count - 1))
            self.fill()
            self._seen()

    def action_choose(self) -> None:
        if self.count:
            self.post_message(self.Chosen(self, self.marked))
