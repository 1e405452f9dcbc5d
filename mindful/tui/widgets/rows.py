"""Rows of words in a fixed place; only rows that changed are painted. Used by every screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from mindful.tui.rows import Row, token_at
from mindful.tui.widgets.kept import Kept

if TYPE_CHECKING:
    from textual import events


def strip_of(spans: Row, width: int, styles: dict[str, Style]) -> Strip:
    """A row as Textual paints it, exactly `width` cells."""
    segments = [Segment(s.text, styles[s.role]) for s in spans if s.text]
    return Strip(segments).adjust_cell_length(width, styles["text"])


class Pressed(Message):
    """A span with a token was clicked."""

    def __init__(self, token: str) -> None:
        super().__init__()
        self.token = token


@dataclass(frozen=True, slots=True)
class _Shown:
    rows: tuple[Row, ...]
    width: int


class Rows(Kept):
    """`show(rows)` paints what differs from the last rows."""

    DEFAULT_CSS = "Rows { height: 1; width: 1fr; }"
    ALLOW_SELECT: ClassVar[bool] = False

    def __init__(self, styles: dict[str, Style], *, name: str | None = None) -> None:
        super().__init__(id=name)
        self._looks = styles
        self._shown = _Shown((), 0)

    @property
    def rows(self) -> tuple[Row, ...]:
        """What it shows."""
        return self._shown.rows

    def show(self, rows: Sequence[Row]) -> None:
        """Rows beyond the widget's height are not seen."""
        new, old = _Shown(tuple(rows), self.size.width), self._shown
        if new == old:
            return
        self._shown = new
        if new.width != old.width or len(new.rows) != len(old.rows):
            self.refresh()
            return
        dirty = [y for y, (a, b) in enumerate(zip(new.rows, old.rows, strict=True)) if a != b]
        self.refresh(*(Region(0, y, new.width, 1) for y in dirty))

    def render_line(self, y: int) -> Strip:
        rows = self._shown.rows
        return strip_of(rows[y] if y < len(rows) else (), self.size.width, self._looks)

    def on_click(self, event: events.Click) -> None:
        """Tell the screen what was pressed."""
        rows = self._shown.rows
        if event.y < len(rows) and (token := token_at(rows[event.y], event.x)):
            event.stop()
            self.post_message(Pressed(token))
