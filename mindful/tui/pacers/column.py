"""A column that fills from below, as a glass does. The cheapest of the moving ones: a row or two change in a frame."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from mindful.tui.pacers.frames import HELD, MAX_ROWS, RING, SOFT, STEPS, Frame, blank, placed
from mindful.tui.pacers.marks import marked

if TYPE_CHECKING:
    from mindful.tui.pacers.moment import Moment

WIDTH = 10
_RESTING = 0.06
"""What stands in it with empty lungs, so that it is seen to be there."""


def frame(width: int, height: int, moment: Moment) -> Frame:
    """The level is how full the lungs are; lines above and below it show a breath that is held."""
    rows = min(height, MAX_ROWS)
    columns = min(width, min(WIDTH, max(4, rows // 2 * 2)) + width % 2)
    if rows < 1 or columns < 1:
        return blank(width, height)
    ends = 1 if rows >= 4 else 0
    tall = 2 * rows - 4 * ends
    level = _RESTING + (1 - _RESTING) * moment.fill
    # As fine as an edge has levels: finer is not seen and costs bytes.
    covered = 0 if moment.phase is None else round(tall * level * STEPS)
    return marked(_glass(width, height, columns, rows, covered, moment.held), columns, moment.through)


@lru_cache(maxsize=512)
def _glass(width: int, height: int, columns: int, rows: int, covered: int, held: bool) -> Frame:
    """Filled up to so many sixths of a pixel."""
    ends = 1 if rows >= 4 else 0
    tall = 2 * rows - 4 * ends
    lines = []
    for y in range(tall):
        cover = min(STEPS, max(0, covered - STEPS * (tall - 1 - y)))
        # A pixel that is hardly covered is still one of the glass.
        lines.append([cover if cover > STEPS // 2 else SOFT + STEPS] * columns)
    if ends:
        edge = [(HELD if held else RING) + STEPS] * columns
        air = [0] * columns
        lines = [edge, air, *lines, air, edge]
    return placed(lines, width, height)
