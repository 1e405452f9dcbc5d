"""How widgets make do with few colours or none: edges for what can be pressed, and a thin scroll bar.

Textual's own bar is a solid stripe there, in a bright blue that even `NO_COLOR` does not take away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.color import Color
from rich.segment import Segment, Segments
from rich.style import Style
from textual.scrollbar import ScrollBarRender

from mindful.tui.rows import Row, edged
from mindful.tui.theme import COARSE

if TYPE_CHECKING:
    from textual.widget import Widget

_THUMB, _TRACK = "│", " "
_NONE = Color.parse("default")


class ThinBar(ScrollBarRender):
    """Where it is dragged or clicked stays as Textual has it."""

    @classmethod
    def render_bar(
        cls,
        size: int = 25,
        virtual_size: float = 50,
        window_size: float = 20,
        position: float = 0,
        thickness: int = 1,
        vertical: bool = True,
        back_color: Color = _NONE,
        bar_color: Color = _NONE,
    ) -> Segments:
        """Whole cells: `thickness` wide, `size` long."""
        first, last = 0, 0
        if window_size and size and virtual_size and size != virtual_size:
            length = max(1, round(size * window_size / virtual_size))
            share = position / (virtual_size - window_size) if virtual_size > window_size else 0.0
            first = min(size - length, max(0, round((size - length) * share)))
            last = first + length
        cells = [_cell(i, first, last, thickness if vertical else 1) for i in range(size)]
        return Segments(cells, new_lines=True) if vertical else Segments([*cells, Segment.line()] * thickness)


def _cell(at: int, first: int, last: int, wide: int) -> Segment:
    if first <= at < last:
        return Segment(_THUMB * wide, Style(meta={"@mouse.down": "grab"}))
    return Segment(_TRACK * wide, Style(meta={"@mouse.down": "scroll_up" if at < first else "scroll_down"}))


def is_coarse(widget: Widget) -> bool:
    """Whether the app has a look without grounds of its own."""
    return getattr(widget.app, "look", "true") in COARSE


def with_edges(widget: Widget, rows: list[Row]) -> list[Row]:
    """The rows, with edges around what can be pressed where the look asks for it."""
    return edged(rows) if is_coarse(widget) else rows


def thin(widget: Widget) -> None:
    """Give it the thin bar, where the look asks for it."""
    if is_coarse(widget):
        widget.vertical_scrollbar.renderer = ThinBar  # type: ignore[misc]
