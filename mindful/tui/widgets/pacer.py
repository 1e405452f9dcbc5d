"""A pacer on the screen. All drawing is `tui.pacers`; here rows become strips, and only what changed is painted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from mindful.tui.pacers import DEFAULT, Moment, pacer
from mindful.tui.pacers.frames import Frame, FrameRow, changed

if TYPE_CHECKING:
    from mindful.tui.pens import Pens

_MAX_STRIPS = 4000


class PacerView(Widget):
    """`show(name, moment)` draws a moment of a breath with the pacer of that name."""

    DEFAULT_CSS = "PacerView { height: 1fr; width: 1fr; }"

    def __init__(self, pens: Pens, *, name: str | None = None) -> None:
        super().__init__(id=name)
        self._pens = pens
        self._frame: Frame = ()
        self._strips: dict[FrameRow, Strip] = {}
        self._last: tuple[str, Moment] = (DEFAULT, Moment())

    @property
    def frame(self) -> Frame:
        """What it shows."""
        return self._frame

    @property
    def shown(self) -> str:
        """The name of the pacer."""
        return self._last[0]

    def dip(self, pens: Pens) -> None:
        """Other colours from now on."""
        self._pens = pens
        self._strips.clear()
        self.refresh()

    def show(self, name: str, moment: Moment) -> None:
        """Draw this moment."""
        self._last = (name, moment)
        new = pacer(name).frame(*self.size, moment)
        rows = changed(self._frame, new)
        self._frame = new
        if rows is None:
            self.refresh()
        elif rows:
            # What stays beside a figure is not sent again.
            self.refresh(*(Region(x, y, cells, 1) for y, x, cells in rows))

    def on_resize(self) -> None:
        """The same moment in another room."""
        self.show(*self._last)

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if y >= len(self._frame):
            return Strip.blank(width, self._pens.blank)
        spans = self._frame[y]
        strip = self._strips.get(spans)
        if strip is None:
            if len(self._strips) > _MAX_STRIPS:
                self._strips.clear()
            strip = Strip([self._pens.segment(*run) for run in spans], sum(run[0] for run in spans))
            self._strips[spans] = strip
        return strip.adjust_cell_length(width, self._pens.blank)
