"""Marks beside a figure that show, by their place, which nostril a breath goes through, and that it is hummed.

The words under the figure say the same; colour says nothing that the place does not.
"""

from __future__ import annotations

from mindful.tui.pacers.frames import SOFT, Frame, opened, packed

REACH = 8
"""Columns that the marks take at either side."""
_DOT = ((3, 6, 6, 3), (6, 6, 6, 6), (6, 6, 6, 6), (3, 6, 6, 3))
_HOLLOW = ((3, 6, 6, 3), (6, 0, 0, 6), (6, 0, 0, 6), (3, 6, 6, 3))
_HUM = ((0, 0, 0, 6), (0, 6, 0, 6), (0, 6, 0, 6), (0, 0, 0, 6))
"""How much of each pixel is covered, of STEPS; two pixels a cell from top to bottom; the hum as on the right side."""


def marked(frame: Frame, columns: int, through: str | None) -> Frame:
    """`frame`, whose figure is `columns` wide, with its marks; as it is where there is nothing to mark or no room."""
    if through not in ("left", "right", "hum") or len(frame) < 2:
        return frame
    width = sum(run[0] for run in frame[0])
    left = (width - columns) // 2 - REACH + 1
    right = width - ((width - columns) - (width - columns) // 2) + REACH - 5
    if left < 0 or right + 4 > width:
        return frame
    y = (len(frame) - 2) // 2
    lines = [line for spans in frame[y : y + 2] for line in opened(spans)]
    for x, side in ((left, "left"), (right, "right")):
        if through == "hum":
            shape = [row[::-1] for row in _HUM] if side == "left" else list(_HUM)
            base = SOFT
        else:
            shape, base = (list(_DOT), 0) if side == through else (list(_HOLLOW), SOFT)
        for dy, row in enumerate(shape):
            for dx, cover in enumerate(row):
                if cover:
                    lines[dy][x + dx] = base + cover
    return (*frame[:y], packed(lines[0], lines[1]), packed(lines[2], lines[3]), *frame[y + 2 :])
