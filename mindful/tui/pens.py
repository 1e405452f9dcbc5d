"""How a run of a pacer's cells looks on this terminal. Used by `widgets.pacer`; pure but for a cache of styles."""

from __future__ import annotations

from rich.color import Color
from rich.segment import Segment
from rich.style import Style

from mindful.tui import theme
from mindful.tui.pacers.frames import HELD, SOFT, STEPS

_NOTHING, _QUIET, _FIGURE, _HELD = range(4)
_HALVES = " ▄▀█"
_SHADE = "▒"
"""Half full: a quarter is hardly seen on white."""


def _kind(ink: int) -> int:
    """What a pixel is where there are no fine colours. The resting rim would look like a hold and is left out."""
    base, level = divmod(ink - 1, STEPS) if ink else (0, -1)
    if level < STEPS // 2:
        return _NOTHING
    return {0: _FIGURE, HELD // STEPS: _HELD, SOFT // STEPS: _QUIET}.get(base, _NOTHING)


class Pens:
    """For one look and one palette."""

    def __init__(self, look: theme.Look, palette: str = "dark") -> None:
        self._inks = theme.inks(look, palette) if look in ("true", "256") else ()
        self._coloured = look == "16"
        self._colours = {
            _QUIET: Color.parse(theme.ansi("cyan", palette)),
            _FIGURE: Color.parse(theme.ansi("cyan", palette)),
            _HELD: Color.parse(theme.ansi("yellow", palette)),
        }
        self._made: dict[tuple[int, int], tuple[str, Style]] = {}

    @property
    def blank(self) -> Style:
        """Where nothing is."""
        return self._pen(0, 0)[1]

    def segment(self, cells: int, upper: int, lower: int) -> Segment:
        """A run of equal cells."""
        glyph, style = self._pen(upper, lower)
        return Segment(glyph * cells, style)

    def _pen(self, upper: int, lower: int) -> tuple[str, Style]:
        made = self._made.get((upper, lower))
        if made is None:
            made = self._fine(upper, lower) if self._inks else self._coarse(_kind(upper), _kind(lower))
            self._made[upper, lower] = made
        return made

    def _fine(self, upper: int, lower: int) -> tuple[str, Style]:
        up, low = self._inks[upper], self._inks[lower]
        if up == low:
            # A space needs no colour of its own: a third of the bytes of a solid run, and no seams between rows.
            return " ", Style(bgcolor=low)
        return "▀", Style(color=up, bgcolor=low)

    def _coarse(self, upper: int, lower: int) -> tuple[str, Style]:
        """By block characters; a quiet pixel is a shade, and gives way beside one of the figure."""
        if _QUIET in (upper, lower) and max(upper, lower) == _QUIET:
            glyph, kind = _SHADE, _QUIET
        else:
            up, low = (kind > _QUIET for kind in (upper, lower))
            glyph, kind = _HALVES[2 * up + low], max(upper, lower)
            if self._coloured and up and low:
                if upper == lower:
                    return " ", Style(bgcolor=self._colours[upper])
                return "▀", Style(color=self._colours[upper], bgcolor=self._colours[lower])
        return glyph, Style(color=self._colours[kind]) if self._coloured and kind else Style()
