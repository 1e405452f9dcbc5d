"""The phase as a big word with its count: nothing moves, the count changes once a second.

Where there is no room, or a language has letters that are not drawn here, `fits` says so and plain words take its place
(`tui.stage.word`).
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from mindful.tui import words
from mindful.tui.pacers import letters
from mindful.tui.pacers.frames import HELD, STEPS, Frame, Lines, blank, placed
from mindful.tui.pacers.marks import REACH, marked

if TYPE_CHECKING:
    from mindful.tui.pacers.moment import Moment

_GAP = 3
"""Pixels between the word and its count."""
_DEEP = 2
"""Pixels of a letter below its line."""
_MAX_ROWS = 26


@lru_cache(maxsize=32)
def _scales(width: int, height: int) -> tuple[int, int] | None:
    """(times a word's letters are as large as drawn, the same for the count); the same for all words."""
    shown = [w.lower() for w in words.PHASES.values()]
    if not all(letters.known(w) for w in shown):
        return None
    widest = max(letters.width(w) for w in shown)
    room = 2 * min(height, _MAX_ROWS)
    for large, count in ((2, 4), (2, 3), (1, 3), (1, 2), (1, 1)):
        tall = large * (letters.TALL + _DEEP) + _GAP + count * letters.TALL
        if large * widest + 2 * REACH <= width and tall <= room:
            return large, count
    return None


def fits(width: int, height: int) -> bool:
    """Whether there is room for big letters."""
    return _scales(width, height) is not None


def frame(width: int, height: int, moment: Moment) -> Frame:
    """The word over its count."""
    scales = _scales(width, height)
    if scales is None or moment.phase is None:
        return blank(width, height)
    large, small = scales
    ink = (HELD if moment.held else 0) + STEPS
    above = letters.drawn(words.PHASES[moment.phase].lower(), large, ink)
    below = letters.drawn(str(moment.count), small, ink)[: small * letters.TALL]
    columns = max(len(above[0]), len(below[0]))
    lines: Lines = []
    for part, gap in ((above, _GAP), (below, 0)):
        left = (columns - len(part[0])) // 2
        lines += [[0] * left + line + [0] * (columns - left - len(line)) for line in part]
        lines += [[0] * columns] * gap
    if len(lines) % 2:
        lines.append([0] * columns)
    widest = large * max(letters.width(w.lower()) for w in words.PHASES.values())
    return marked(placed(lines, width, height), widest, moment.through)
