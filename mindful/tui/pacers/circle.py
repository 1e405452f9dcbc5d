"""The breathing circle: a disc with a soft edge that grows with the breath, in a ring that shows a full one."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

from mindful.tui.pacers.frames import HELD, MAX_ROWS, RING, STEPS, Frame, FrameRow, Run, blank
from mindful.tui.pacers.marks import marked

if TYPE_CHECKING:
    from mindful.tui.pacers.moment import Moment

_HOLDS = ("hold", "rest")


def box(width: int, height: int) -> tuple[int, int]:
    """The cells (columns, rows) that the circle takes of a room of this size."""
    rows = min(height, MAX_ROWS, max(0, width) // 2)
    return (min(width, 2 * rows + (width % 2)), rows) if rows > 0 else (0, 0)


def radii(height: int) -> tuple[float, float, float]:
    """(empty, full, ring) in pixels for `height` rows. Small circles do without a ring (0)."""
    outer = float(height)
    if height < 5:
        return 0.25 * outer, outer, 0.0
    full = outer - 2.0
    return 0.24 * full, full, outer - 0.5


@lru_cache(maxsize=4096)
def _half(dy: float, parity: int, columns: int, radius: float, ring: float, ring_ink: int) -> tuple[int, ...]:
    """Inks of one pixel row, from the centre outward, background at the end left out."""
    out: list[int] = []
    dy2 = dy * dy
    for k in range(columns):
        dx = k + (0.5 if parity == 0 else 0.0)
        distance = math.sqrt(dx * dx + dy2)
        cover = round(min(1.0, max(0.0, radius + 0.5 - distance)) * STEPS)
        if cover:
            out.append(cover)
            continue
        edge = round(max(0.0, 1.0 - abs(distance - ring)) * STEPS) if ring else 0
        out.append(ring_ink + edge if edge else 0)
    while out and not out[-1]:
        out.pop()
    return tuple(out)


def _row(upper: tuple[int, ...], lower: tuple[int, ...], width: int) -> FrameRow:
    """Two pixel rows as runs of equal cells, mirrored about the middle."""
    reach = max(len(upper), len(lower))
    right = [(upper[k] if k < len(upper) else 0, lower[k] if k < len(lower) else 0) for k in range(reach)]
    cells = right[:0:-1] + right if width % 2 else right[::-1] + right
    left = (width - len(cells)) // 2
    runs: list[Run] = [(left, 0, 0)] if left else []
    for up, low in cells:
        if runs and runs[-1][1:] == (up, low):
            runs[-1] = (runs[-1][0] + 1, up, low)
        else:
            runs.append((1, up, low))
    rest = width - left - len(cells)
    if rest:
        if runs and runs[-1][1:] == (0, 0):
            runs[-1] = (runs[-1][0] + rest, 0, 0)
        else:
            runs.append((rest, 0, 0))
    return tuple(runs)


def frame(width: int, height: int, phase: str | None, fill: float) -> Frame:
    """`height` rows of exactly `width` cells: the lungs `fill` full (0 to 1) in `phase`; no phase: only the still ring.

    Symmetric left to right and top to bottom; the disc grows with `fill` and never leaves the ring.
    """
    if width <= 0 or height <= 0:
        return ()
    columns, rows = box(width, height)
    if not rows:
        return blank(width, height)
    empty, full, _ring = radii(min(rows, (columns + 1) // 2))
    level = min(1.0, max(0.0, fill)) if math.isfinite(fill) else 0.0
    # As fine as an edge has levels: finer is not seen and costs bytes. -1 covers no pixel at all.
    radius = -1.0 if phase is None else round((empty + (full - empty) * level) * STEPS) / STEPS
    return _drawn(width, height, radius, HELD if phase in _HOLDS else RING)


@lru_cache(maxsize=512)
def _drawn(width: int, height: int, radius: float, ring_ink: int) -> Frame:
    """The same few hundred pictures come with every breath."""
    columns, rows = box(width, height)
    above = (height - rows) // 2
    ring = radii(min(rows, (columns + 1) // 2))[2]
    out = []
    for y in range(rows):
        upper, lower = (
            _half(2 * y + sub - rows, columns % 2, (columns + 1) // 2, radius, ring, ring_ink) for sub in (0.5, 1.5)
        )
        out.append(_row(upper, lower, width))
    return blank(width, above) + tuple(out) + blank(width, height - rows - above)


def picture(width: int, height: int, moment: Moment) -> Frame:
    """The circle of a moment, with the marks of its way.

    Without movement only the ring: the bar of `tui.stage` shows the breath then.
    """
    made = frame(width, height, None if moment.still else moment.phase, moment.fill)
    return marked(made, box(width, height)[0], moment.through)
