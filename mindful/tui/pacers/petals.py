"""A flower that opens with the breath: six round petals, brighter where they lie over one another."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

from mindful.tui.pacers.circle import box, radii
from mindful.tui.pacers.frames import HELD, RING, SOFT, STEPS, Frame, Lines, blank, placed
from mindful.tui.pacers.marks import marked

if TYPE_CHECKING:
    from mindful.tui.pacers.moment import Moment

_PETALS = 6
_DENSE = 0.6
"""How much of the ground one petal hides."""


def _centres(rows: int, opened: float) -> tuple[float, float, float]:
    """(distance of the petals' centres, radius of a petal, radius of the ring), in pixels; `opened` 0 to 1."""
    _, full, ring = radii(rows)
    reach = full * (0.3 + 0.7 * opened)
    away = reach * (0.18 + 0.44 * opened)
    return away, reach - away, ring


@lru_cache(maxsize=512)
def _flower(columns: int, rows: int, step: int, steps: int, edge: int) -> tuple[tuple[int, ...], ...]:
    """Inks, by how far it is open; `edge` is the ink base of the ring around it."""
    away, radius, ring = _centres(min(rows, (columns + 1) // 2), step / steps)
    turns = [math.tau * k / _PETALS for k in range(_PETALS)]
    spots = [(away * math.sin(turn), away * math.cos(turn), radius) for turn in turns]
    spots.append((0.0, 0.0, 0.8 * radius))  # the heart of the flower
    half: Lines = []
    for y in range(rows):  # the lower half is the upper one mirrored
        dy = y + 0.5 - rows
        line = []
        for x in range(columns):
            dx = x + 0.5 - columns / 2
            hidden = 1.0
            for sx, sy, wide in spots:
                cover = wide + 0.5 - math.hypot(dx - sx, dy - sy)
                if cover > 0:
                    hidden *= 1 - _DENSE * min(1.0, cover)
            ink = round((1 - hidden) * STEPS)
            if not ink and ring:
                around = round(max(0.0, 1.0 - abs(math.hypot(dx, dy) - ring)) * STEPS)
                ink = edge + around if around else 0
            line.append(ink)
        half.append(line)
    return tuple(map(tuple, [*half, *half[::-1]]))


@lru_cache(maxsize=64)
def _lit(columns: int, rows: int, lit: int, edge: int) -> tuple[tuple[int, ...], ...]:
    """The open flower standing still, with the first `lit` petals bright, clockwise from the top."""
    _, full, ring = radii(min(rows, (columns + 1) // 2))
    away, radius = 0.68 * full, 0.3 * full
    lines: Lines = []
    for y in range(2 * rows):
        dy = y + 0.5 - rows
        line = []
        for x in range(columns):
            dx = x + 0.5 - columns / 2
            ink = 0
            for k in range(_PETALS):
                sx, sy = away * math.sin(math.tau * k / _PETALS), -away * math.cos(math.tau * k / _PETALS)
                cover = round(min(1.0, max(0.0, radius + 0.5 - math.hypot(dx - sx, dy - sy))) * STEPS)
                if cover:
                    ink = cover + (0 if k < lit else SOFT)
            if not ink and ring:
                around = round(max(0.0, 1.0 - abs(math.hypot(dx, dy) - ring)) * STEPS)
                ink = edge + around if around else 0
            line.append(ink)
        lines.append(line)
    return tuple(map(tuple, lines))


def frame(width: int, height: int, moment: Moment) -> Frame:
    """Closed with empty lungs, open with full ones. Without movement: as many petals are bright as lungs are full."""
    columns, rows = box(width, height)
    if not rows:
        return blank(width, height)
    edge = HELD if moment.held else RING
    if moment.still or moment.phase is None:
        lit = 0 if moment.phase is None else round(moment.fill * _PETALS)
        made = _still(width, height, columns, rows, lit, edge)
    else:
        steps = max(1, 4 * rows)
        made = _moving(width, height, columns, rows, round(min(1.0, max(0.0, moment.fill)) * steps), steps, edge)
    return marked(made, columns, moment.through)


@lru_cache(maxsize=512)
def _moving(width: int, height: int, columns: int, rows: int, step: int, steps: int, edge: int) -> Frame:
    return placed(_flower(columns, rows, step, steps, edge), width, height)


@lru_cache(maxsize=64)
def _still(width: int, height: int, columns: int, rows: int, lit: int, edge: int) -> Frame:
    return placed(_lit(columns, rows, lit, edge), width, height)
