"""Rows that scroll: the list of sessions, what stands before a session, pages to read, forms."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from mindful.tui.rows import Row, token_at
from mindful.tui.theme import COARSE
from mindful.tui.widgets.rows import Pressed, strip_of

if TYPE_CHECKING:
    from textual import events


class Page(ScrollView, can_focus=False):
    """Shows `content(width)`, laid out anew at every size; wheel, scroll bar and `page()` move it."""

    DEFAULT_CSS = """
    Page { height: 1fr; width: 1fr; overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 1; }
    """
    ALLOW_SELECT: ClassVar[bool] = False

    def __init__(
        self, styles: dict[str, Style], content: Callable[[int], list[Row]] | None = None, *, name: str | None = None
    ) -> None:
        super().__init__(id=name)
        self._looks = styles
        self._content = content or (lambda _width: [])
        self._rows: list[Row] = []
        self._laid = 0
        """The width that the rows were laid out for."""

    @property
    def rows(self) -> list[Row]:
        """All rows, seen or not."""
        return self._rows

    @property
    def room(self) -> int:
        """Columns for content; one is kept for the scroll bar, so that nothing jumps when it comes."""
        return max(1, self.outer_size.width - 1)

    def fill(self, content: Callable[[int], list[Row]] | None = None) -> None:
        """Lay out anew, with other content if given."""
        if content is not None:
            self._content = content
        if self.outer_size.width:
            self._lay()
            self.virtual_size = Size(self.room, len(self._rows))
            self.refresh()

    def _lay(self) -> None:
        self._rows, self._laid = self._content(self.room), self.room

    def on_mount(self) -> None:
        if getattr(self.app, "look", "true") in COARSE:
            from mindful.tui.widgets.coarse import thin

            thin(self)

    def on_resize(self) -> None:
        """Every width has its own line breaks."""
        self.fill()

    def reveal(self, first: int, last: int | None = None) -> None:
        """Scroll so that rows `first` to `last` are seen; without movement on the way."""
        last = first if last is None else last
        top, height = self.scroll_offset.y, self.size.height
        # Forced, since a page that has just become longer has no scroll bar yet and would not move.
        if first < top:
            self.scroll_to(y=first, animate=False, force=True)
        elif last >= top + height:
            self.scroll_to(y=max(0, min(first, last - height + 1)), animate=False, force=True)

    def reveal_token(self, token: str) -> None:
        """Scroll so that all rows that carry `token` are seen, from the first on where there is no room for all."""
        found = [y for y, spans in enumerate(self._rows) if any(s.token == token for s in spans)]
        if found:
            self.reveal(found[0], found[-1])

    def page(self, direction: int) -> None:
        """A screenful down (1) or up (-1), with one row kept."""
        self.scroll_to(y=self.scroll_offset.y + direction * max(1, self.size.height - 1), animate=False)

    def render_line(self, y: int) -> Strip:
        if self._laid != self.room:
            self._lay()  # painted before it was told its size: what there is belongs in the first frame
        at = y + self.scroll_offset.y
        return strip_of(self._rows[at] if at < len(self._rows) else (), self.size.width, self._looks)

    def on_click(self, event: events.Click) -> None:
        """Tell the screen what was pressed."""
        at = event.y + self.scroll_offset.y
        if at < len(self._rows) and (token := token_at(self._rows[at], event.x)):
            event.stop()
            self.post_message(Pressed(token))
