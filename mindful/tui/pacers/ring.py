"""A ring of which the part that is left of the phase is bright; within it a disc as full as the lungs."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

from mindful.timeline.breath import ease
from mindful.tui.pacers.circle import box
from mindful.tui.pacers.frames import HELD, SOFT, STEPS, Frame, Lines, blank, placed
from mindful.tui.pacers.marks import marked

if TYPE_CHECKING:
    from mindful.tui.pacers.moment import Moment

_TURN = 2 * math.pi
_COMES_MS = 700
"""In which the ring is drawn anew at the start of a phase: a ring that is there at once would flash."""
_TOO_SHORT_MS = 1200
"""A phase for which it is not drawn anew: the ring stays quiet."""


@lru_cache(maxsize=8)
def _shape(columns: int, rows: int) -> tuple[tuple[tuple[float, float, float], ...], ...]:
    """(cover of the ring 0 to 1, angle from the top clockwise, distance from the centre) of every pixel."""
    radius = min(rows, columns / 2) - 0.5
    thick = max(1.4, 0.17 * radius)
    out = []
    for y in range(2 * rows):
        dy = y + 0.5 - rows
        line = []
        for x in range(columns):
            dx = x + 0.5 - columns / 2
            distance = math.hypot(dx, dy)
            cover = min(1.0, radius + 0.5 - distance, distance - (radius - thick) + 0.5)
            line.append((max(0.0, cover), math.atan2(dx, -dy) % _TURN, distance))
        out.append(tuple(line))
    return tuple(out)


def _left(moment: Moment) -> float:
    """Which share of the ring is bright."""
    if moment.phase is None or (moment.length_ms < _TOO_SHORT_MS and not moment.still):
        return 0.0
    coming = 1.0 if moment.still else ease(moment.done * moment.length_ms / _COMES_MS)
    return min(1 - moment.eased, coming)


def frame(width: int, height: int, moment: Moment) -> Frame:
    """What is left of the phase, clockwise from the top; between breaths the whole ring is quiet."""
    columns, rows = box(width, height)
    if not rows:
        return blank(width, height)
    radius = min(rows, columns / 2) - 0.5
    inner = radius - max(1.4, 0.17 * radius) - 1.5
    full = max(0.0, inner) * (0.2 + 0.8 * moment.fill)
    # Drawn no finer than is seen: a sixth of a pixel for the disc, a third along the ring.
    disc = 0.0 if moment.phase is None or moment.still or inner < 2 else round(full * STEPS) / STEPS
    grain = max(1, round(_TURN * radius * 3))
    gone = _TURN * round((1 - _left(moment)) * grain) / grain
    bright = HELD if moment.held else 0
    lines: Lines = []
    for row in _shape(columns, rows):
        line = []
        for cover, angle, distance in row:
            ink = round(cover * STEPS)
            if ink:
                line.append(ink + (SOFT if angle < gone else bright))
            else:
                line.append(0)
                if disc and (within := round(min(1.0, max(0.0, disc + 0.5 - distance)) * STEPS)):
                    line[-1] = SOFT + within
        lines.append(line)
    return marked(placed(lines, width, height), columns, moment.through)
