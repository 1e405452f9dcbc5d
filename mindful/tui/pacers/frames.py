"""What all pacers share: inks, rows of runs, and which cells of two frames differ. Pure.

A cell is twice as tall as wide, so its two half blocks are square pixels. Every pixel has an *ink*: 0, the background;
1 to STEPS, how much of it the figure covers; RING + 1 to RING + STEPS, the same for a thin line that shows where a full
breath reaches; HELD likewise while the breath is held; SOFT for what is quiet but has to be seen, such as the coming
breaths. `theme` says how an ink looks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import groupby

STEPS = 6
"""Levels of coverage at an edge."""
RING = STEPS
HELD = 2 * STEPS
SOFT = 3 * STEPS
INKS = 4 * STEPS + 1

MAX_ROWS = 19
"""A taller figure costs more bytes over a slow line and is not calmer."""

Run = tuple[int, int, int]
"""(cells, ink of the upper pixel, ink of the lower pixel)."""
FrameRow = tuple[Run, ...]
Frame = tuple[FrameRow, ...]

Lines = list[list[int]]
"""Inks by pixel row and column."""


def blank(width: int, height: int) -> Frame:
    """Nothing."""
    return (((width, 0, 0),),) * height if width > 0 and height > 0 else ()


def packed(upper: Iterable[int], lower: Iterable[int]) -> FrameRow:
    """Two pixel rows as runs of equal cells."""
    return tuple((sum(1 for _ in same), *inks) for inks, same in groupby(zip(upper, lower, strict=True)))


def opened(spans: FrameRow) -> tuple[list[int], list[int]]:
    """The two pixel rows of a row of cells."""
    upper: list[int] = []
    lower: list[int] = []
    for cells, up, low in spans:
        upper += [up] * cells
        lower += [low] * cells
    return upper, lower


def joined(spans: Iterable[Run]) -> FrameRow:
    """Runs next to each other with the same inks made one, empty ones left out."""
    out: list[Run] = []
    for cells, up, low in spans:
        if out and out[-1][1:] == (up, low):
            out[-1] = (out[-1][0] + cells, up, low)
        elif cells:
            out.append((cells, up, low))
    return tuple(out)


def placed(lines: Sequence[Sequence[int]], width: int, height: int) -> Frame:
    """Pixel rows (an even number of them, each of the same length) in the middle of a room of cells."""
    rows = len(lines) // 2
    columns = len(lines[0]) if lines else 0
    left = (width - columns) // 2
    above = (height - rows) // 2
    right = width - left - columns
    own = tuple(_between(left, tuple(lines[2 * y]), tuple(lines[2 * y + 1]), right) for y in range(rows))
    return blank(width, above) + own + blank(width, height - rows - above)


@lru_cache(maxsize=2048)
def _between(left: int, upper: tuple[int, ...], lower: tuple[int, ...], right: int) -> FrameRow:
    """Two pixel rows between so many empty cells; most rows of a picture were in the last one."""
    return joined(((left, 0, 0), *packed(upper, lower), (right, 0, 0)))


def changed(old: Frame, new: Frame) -> list[tuple[int, int, int]] | None:
    """(row, first cell, cells) of what differs, one stretch a row; None when the size did and all must be painted."""
    if len(old) != len(new) or (new and _width(old[0]) != _width(new[0])):
        return None
    out = []
    for y, (a, b) in enumerate(zip(old, new, strict=True)):
        if a != b:
            left, right = _same(a, b), _same(a[::-1], b[::-1])
            out.append((y, left, _width(b) - left - right))
    return out


def _width(spans: FrameRow) -> int:
    return sum(run[0] for run in spans)


def _same(old: FrameRow, new: FrameRow) -> int:
    """How many cells two rows share from the left."""
    cells = 0
    for a, b in zip(old, new, strict=False):
        if a[1:] != b[1:]:
            break
        cells += min(a[0], b[0])
        if a[0] != b[0]:
            break
    return cells
