"""The curve of distress in an exposure, as rows. Pure; called by the player's middle and by the page of courses.

It has the same height whatever the numbers: 0 at the bottom, 100 at the top, and no line that would be a goal. Each
rating is a plain letter, which every font has, and its number stands beside the last.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from mindful.tui.rows import Row, Span

MARK, WAY = "o", "·"
TOP = 100.0
_AXIS = 4
"""Columns of the numbers at the left."""
WIDEST = 72
LEAST = 4
"""Rows below which numbers say it better."""


def rows(ratings: Sequence[tuple[int, float]], of_ms: int, width: int, height: int) -> list[Row]:
    """The ratings over time in `width` by `height`; at least three rows for the curve, else numbers in one row."""
    if height <= 0 or width <= 0:
        return []
    if height < LEAST or width < _AXIS + 12:
        return [(Span(numbers(ratings, width), "text"),)]
    tall = height - 1
    across = min(width, WIDEST) - _AXIS - 4
    whole = max(of_ms, ratings[-1][0] if ratings else 0, 60_000)
    grid = [[(" ", "text")] * across for _ in range(tall)]

    def place(at: float, suds: float) -> tuple[int, int]:
        x = min(across - 1, round(at / whole * (across - 1)))
        return x, min(tall - 1, max(0, round((TOP - suds) / TOP * (tall - 1))))

    for (a, low), (b, high) in itertools.pairwise(ratings):
        first, last = place(a, low)[0], place(b, high)[0]
        for x in range(first, last + 1):
            share = (x - first) / (last - first) if last > first else 1.0
            y = place(0, low + (high - low) * share)[1]
            grid[y][x] = (WAY, "dim")
    for at, suds in ratings:
        x, y = place(at, suds)
        grid[y][x] = (MARK, "accent")
    out: list[Row] = []
    beside = -1
    if ratings:
        x, y = place(*ratings[-1])
        number = f"{ratings[-1][1]:g}"
        if x + 2 + len(number) <= across:
            grid[y][x + 2 : x + 2 + len(number)] = [(digit, "strong") for digit in number]
        else:
            beside = y
    for r, cells in enumerate(grid):
        label = {0: "100", tall - 1: "0"}.get(r, "50" if tall >= 5 and r == round((tall - 1) / 2) else "")
        row: list[Span] = [Span(f"{label:>{_AXIS - 1}} ", "dim")]
        row += _joined(cells)
        if r == beside:
            row.append(Span(f" {ratings[-1][1]:g}", "strong"))
        out.append(tuple(row))
    minutes = f"{whole / 60_000:g} min" if whole % 60_000 == 0 else f"{whole / 60_000:.1f} min"
    out.append((Span(" " * _AXIS + "0" + minutes.rjust(across - 1), "dim"),))
    return out


def numbers(ratings: Sequence[tuple[int, float]], width: int) -> str:
    """The last ratings that fit, oldest left: `40  60  55`."""
    out = ""
    for _at, suds in reversed(ratings):
        longer = f"{suds:g}" + (f"  {out}" if out else "")
        if len(longer) > width:
            break
        out = longer
    return out


def _joined(cells: Sequence[tuple[str, str]]) -> list[Span]:
    out: list[Span] = []
    for mark, role in cells:
        if out and out[-1].role == role:
            out[-1] = Span(out[-1].text + mark, role)
        else:
            out.append(Span(mark, role))
    return out
