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
        """Rows as Textual has made them ready for the screen: a breath comes back to the same ones."""
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
        self.refresh()

    def show(self, name: str, moment: Moment) -> None:
        """Draw this moment."""
        self._last = (name, moment)
        new = pacer(name).frame(*self.size, moment)
        if new is self._frame:
            return
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

    def _set_dirty(self, *regions: Region) -> None:
        # As in `widgets.kept`. Without a region the styles or colours may be others.
        if not regions:
            self._strips.clear()
        super()._set_dirty(*regions)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Rows that were there before are not made ready again; the others are, by Textual's own way."""
        frame, width = self._frame, self.size.width
        if crop.x or crop.width != width or crop.bottom > len(frame):
            return super().render_lines(crop)
        if len(self._strips) > _MAX_STRIPS:
            self._strips.clear()
        known = self._strips
        new = [y for y in crop.line_range if frame[y] not in known]
        if new:
            first, last = new[0], new[-1]
            made = super().render_lines(Region(0, first, width, last - first + 1))
            known.update(zip(frame[first : last + 1], made, strict=True))
        return [known[frame[y]] for y in crop.line_range]

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if y >= len(self._frame):
            return Strip.blank(width, self._pens.blank)
        spans = self._frame[y]
        strip = Strip([self._pens.segment(*run) for run in spans], sum(run[0] for run in spans))
        return strip.adjust_cell_length(width, self._pens.blank)
