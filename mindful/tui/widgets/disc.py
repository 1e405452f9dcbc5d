"""The breathing circle on the screen. All drawing is `mindful.tui.pacer`; here rows become strips, and only changed
rows are painted."""

from __future__ import annotations

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from mindful.tui import theme
from mindful.tui.pacer import HELD, RING, STEPS, Frame, FrameRow, changed, frame

_GLYPHS = " ▄▀█"
_MAX_STRIPS = 4000


class Disc(Widget):
    """`show(phase, fill)` draws a moment; the widget is as wide as the circle, so that no blank cells are sent."""

    DEFAULT_CSS = "Disc { height: 1fr; width: 1fr; }"

    def __init__(self, look: theme.Look, *, name: str | None = None) -> None:
        super().__init__(id=name)
        self._look = look
        self._frame: Frame = ()
        self._strips: dict[FrameRow, Strip] = {}
        self._pens: dict[tuple[int, int], Style] = {}
        self._inks = theme.inks(look) if look in theme.COLOURS else ()

        self._last: tuple[str | None, float] = (None, 0.0)

    @property
    def frame(self) -> Frame:
        """What it shows."""
        return self._frame

    def show(self, phase: str | None, fill: float) -> None:
        """Draw this moment of a breath; no phase: the still ring."""
        self._last = (phase, fill)
        width, height = self.size
        new = frame(width, height, phase, fill)
        rows = changed(self._frame, new)
        self._frame = new
        if rows is None:
            self.refresh()
            return
        # The ring and what is beyond it stay as they are: they are not sent again.
        if rows:
            self.refresh(*(Region(same, y, width - 2 * same, 1) for y, same in rows))

    def on_resize(self) -> None:
        """The same moment in another room."""
        self.show(*self._last)

    def _style(self, upper: int, lower: int) -> Style:
        key = (upper, lower)
        style = self._pens.get(key)
        if style is None:
            if self._inks and upper == lower:
                # A space needs no colour of its own: a third of the bytes of a solid run.
                style = Style(bgcolor=self._inks[lower])
            elif self._inks:
                style = Style(color=self._inks[upper], bgcolor=self._inks[lower])
            else:
                style = (
                    Style(color=self._sixteen(upper), bgcolor=self._sixteen(lower)) if self._look == "16" else Style()
                )
            self._pens[key] = style
        return style

    @staticmethod
    def _sixteen(ink: int) -> Color:
        if ink > HELD + STEPS // 2:
            return Color.parse("yellow")
        if HELD >= ink > RING + STEPS // 2:
            return Color.parse("bright_black")
        return Color.parse("cyan" if STEPS // 2 < ink <= STEPS else "default")

    def _segment(self, cells: int, upper: int, lower: int) -> Segment:
        if self._look in ("16", "mono"):
            # Without fine colours a pixel is there or not; the resting ring would look like a hold and is left out.
            up, low = (STEPS // 2 < ink <= STEPS or ink > HELD + STEPS // 2 for ink in (upper, lower))
            if self._look == "mono":
                return Segment(_GLYPHS[2 * up + low] * cells, self._style(0, 0))
            if up and low:
                # A solid area is background: block characters show seams between rows.
                return Segment((" " if upper == lower else "▀") * cells, self._style(upper, lower))
            ink = upper if up else lower
            return Segment(_GLYPHS[2 * up + low] * cells, Style(color=self._sixteen(ink)))
        return Segment((" " if upper == lower else "▀") * cells, self._style(upper, lower))

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if y >= len(self._frame):
            return Strip.blank(width, self._style(0, 0))
        spans = self._frame[y]
        strip = self._strips.get(spans)
        if strip is None:
            if len(self._strips) > _MAX_STRIPS:
                self._strips.clear()
            strip = Strip([self._segment(*run) for run in spans], sum(run[0] for run in spans))
            self._strips[spans] = strip
        return strip.adjust_cell_length(width, self._style(0, 0))
