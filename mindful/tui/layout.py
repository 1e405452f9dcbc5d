"""How a screen is shared out: margins, heights, the footer of hints. Pure, and light: the first screen needs it too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mindful.tui.rows import Row, Span, row_width

TALL = 20
"""Rows from which on there is air between the parts."""


_FIGURE = 24
"""Rows for the figure of a breath: a few more than the tallest has."""


@dataclass(frozen=True, slots=True)
class Places:
    """Heights of the player's parts, from top to bottom; the circle takes what is left."""

    margin: int
    head: int
    caption: int
    phase: int
    status: int
    hints: int

    def circle(self, height: int) -> int:
        """What is left of `height` rows."""
        return max(0, height - self.margin - self.head - self.caption - self.phase - self.status - self.hints)


def places(width: int, height: int) -> Places:
    """How a screen of this size is shared out. Small ones lose hints first, then status, head and caption."""
    if height >= TALL and width >= 30:
        # What a figure does not fill is air above and below it: its words stay near it.
        spare = max(0, height - 12 - _FIGURE)
        return Places(1, 1, 4 + spare // 2, 3 + spare - spare // 2, 1, 2)
    if height >= 10:
        return Places(0, 1, 2, 1, 1, 1)
    if height >= 7:
        return Places(0, 1, 1, 1, 0, 1)
    if height >= 4:
        return Places(0, 0, 1, 1, 0, 0)
    return Places(0, 0, 0, 1, 0, 0)


FRAME = 120
"""Columns that a screen is spread over at most: beyond them, what belongs together would stand far apart."""
MEASURE = 72
"""Columns of text to read."""
LIST = 76
"""Columns of lines that are found rather than read, with a value at their right end."""


def middle(width: int, widest: int = MEASURE) -> tuple[int, int]:
    """(columns at the left, columns of the text) of a page; it stands in the middle where there is room."""
    inner = max(1, min(width - 2 * margin(width), widest))
    left = (width - inner) // 2 if width >= widest + 20 else margin(width)
    return left, inner


def moved(rows: Sequence[Row], left: int) -> list[Row]:
    """Rows with so many columns before them; empty ones stay empty."""
    return [(Span(" " * left), *r) if r and left else r for r in rows]


def margin(width: int, widest: int = FRAME) -> int:
    """Columns kept free at either side; more where lines would be longer than `widest`."""
    least = 3 if width >= 70 else 1 if width >= 24 else 0
    return max(least, (width - widest) // 2)


def inset(rows: Sequence[Row], width: int, widest: int = FRAME) -> list[Row]:
    return moved(rows, margin(width, widest))


def hint_row(hints: Sequence[tuple[str, str, str]], width: int, left: int | None = None) -> Row:
    """As many (key, words, action) as fit, from column `left` on; None: where the frame begins."""
    out: list[Span] = []
    left = margin(width) if left is None else left
    room = width - left - min(left, margin(width))
    for key, text, action in hints:
        new = [Span(key, "key", action), Span(f" {text}", "dim", action)]
        gap = [Span("   ")] if out else []
        if row_width([*out, *gap, *new]) > room:
            break
        out += [*gap, *new]
    return moved([tuple(out)], left)[0] if out else ()
