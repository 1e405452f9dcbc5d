"""A ring of which the part that is left of the phase is bright; within it a disc as full as the lungs."""

from __future__ import annotations

import math
from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING

from mindful.timeline.breath import ease
from mindful.tui.pacers.circle import box
from mindful.tui.pacers.frames import HELD, SOFT, STEPS, Frame, blank, placed
from mindful.tui.pacers.marks import marked

if TYPE_CHECKING:
    from mindful.tui.pacers.moment import Moment

_TURN = 2 * math.pi
_COMES_MS = 700
"""In which the ring is drawn anew at the start of a phase: a ring that is there at once would flash."""
_TOO_SHORT_MS = 1200
"""A phase for which it is not drawn anew: the ring stays quiet."""


Pixels = tuple[int, ...]


@lru_cache(maxsize=8)
def _shape(columns: int, rows: int) -> tuple[tuple[tuple[int, float, float], ...], ...]:
    """(how much the ring covers of it, angle from the top clockwise, distance from the centre) of every pixel."""
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
            line.append((round(max(0.0, cover) * STEPS), math.atan2(dx, -dy) % _TURN, distance))
        out.append(tuple(line))
    return tuple(out)


@lru_cache(maxsize=8)
def _angles(columns: int, rows: int) -> tuple[tuple[float, ...], ...]:
    """Of each row, the angles at which pixels of the ring lie, in order."""
    return tuple(tuple(sorted(angle for cover, angle, _ in line if cover)) for line in _shape(columns, rows))


@lru_cache(maxsize=2048)
def _arc(columns: int, rows: int, y: int, gone: int, bright: int) -> Pixels:
    """The ring in a row of pixels, of which the first `gone`, clockwise, are quiet."""
    line, angles = _shape(columns, rows)[y], _angles(columns, rows)[y]
    until = angles[gone] if gone < len(angles) else math.inf
    return tuple(cover and cover + (SOFT if angle < until else bright) for cover, angle, _ in line)


@lru_cache(maxsize=4096)
def _disc(columns: int, rows: int, y: int, disc: float) -> Pixels:
    """The disc in a row of pixels."""
    covers = (round(min(1.0, max(0.0, disc + 0.5 - distance)) * STEPS) for _, _, distance in _shape(columns, rows)[y])
    return tuple(cover and SOFT + cover for cover in covers)


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
    lines: list[Pixels] = []
    for y, angles in enumerate(_angles(columns, rows)):
        arc = _arc(columns, rows, y, bisect_left(angles, gone), bright)
        reached = disc + 0.5 > abs(y + 0.5 - rows)
        lines.append(tuple(map(max, arc, _disc(columns, rows, y, disc))) if disc and reached else arc)
    return marked(placed(lines, width, height), columns, moment.through)
