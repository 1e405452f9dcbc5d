"""A wave that comes from the right: the breaths of the next seconds, and a ball on it where the breath is now.

It stands on the timeline itself, so a pattern that changes, a long hold or the end of the breathing is seen before it
is there.
"""

from __future__ import annotations

import math

from mindful.tui.pacers.frames import HELD, SOFT, STEPS, Frame, Lines, blank, placed
from mindful.tui.pacers.marks import REACH, marked
from mindful.tui.pacers.moment import HELD_PHASES, Moment, at

MAX_COLUMNS = 64
MAX_ROWS = 11
COLUMN_MS = 360
"""Time from one column to the next: a breath of ten seconds is 28 cells long."""
_GRAIN = 4
"""Steps in which a column is crossed: about eleven small moves a second."""
_BEHIND = 0.3
"""Where now is, from the left."""
_BALL = 2.2
"""Its radius in pixels."""
_SLOWEST_MS = 60_000
_SHORE = 1.0
"""What stands above the floor with empty lungs, in pixels."""


def _columns(width: int) -> int:
    room = width - 2 * REACH if width >= 40 + 2 * REACH else width
    return max(0, min(room, MAX_COLUMNS))


def seen(moment: Moment) -> tuple[int, int]:
    """The time that the widest wave shows, before and after now."""
    whole = (MAX_COLUMNS + 2) * COLUMN_MS
    # A picture that stands holds one whole breath, however slow.
    return (_SLOWEST_MS, _SLOWEST_MS) if moment.still else (round(_BEHIND * whole) + COLUMN_MS, whole)


def frame(width: int, height: int, moment: Moment) -> Frame:
    """Held stretches have a line on top. Without movement the picture stands for a breath; only the ball steps on."""
    columns, rows = _columns(width), min(height, MAX_ROWS)
    if rows < 1 or columns < 1:
        return blank(width, height)
    tall = 2 * rows
    reach = max(1.0, tall - 2 * _BALL - _SHORE) if tall > 6 else tall - 1.0
    start, step_ms, now_ms = _standing(moment, columns) if moment.still else _scrolling(moment, columns)
    # The ball itself never moves sideways, or it would tremble with the steps of the picture.
    now = min(columns - 1.0, (now_ms - start) / step_ms) if moment.still else float(round(columns * _BEHIND))
    lines: Lines = [[0] * columns for _ in range(tall)]
    for x in range(columns):
        fill, cue = at(moment.line, start + x * step_ms)
        covered = round((_SHORE + reach * fill) * STEPS)
        top, part = divmod(covered, STEPS)
        for y in range(top):
            lines[tall - 1 - y][x] = SOFT + STEPS
        if part and top < tall:
            lines[tall - 1 - top][x] = SOFT + part
        if cue is not None and cue.phase in HELD_PHASES and top < tall:
            # One pixel of a line where the breath is to be held.
            lines[tall - 1 - top][x] = HELD + STEPS
    if moment.phase is not None:
        fill = at(moment.line, now_ms)[0] if moment.still else moment.fill
        _ball(lines, now, tall - (_SHORE + reach * fill), moment.held)
    return marked(placed(lines, width, height), columns, moment.through)


def _scrolling(moment: Moment, columns: int) -> tuple[float, float, float]:
    """(ms of the first column from now, ms of a column, ms of the ball).

    Columns stand on a grid that goes with the phase of now: the picture moves in small even steps, not in every frame.
    """
    start = -round(columns * _BEHIND) * float(COLUMN_MS)
    begun = [begin for begin, _ in moment.line if begin <= 0]
    if begun:
        grain, anchor = COLUMN_MS / _GRAIN, begun[-1]
        start = anchor + math.floor((start - anchor) / grain) * grain
    return start, float(COLUMN_MS), 0.0


def _standing(moment: Moment, columns: int) -> tuple[float, float, float]:
    """The same for a picture of one whole breath, on which the ball steps on every second."""
    here = at(moment.line, 0)[1]
    if here is None:
        return 0.0, float(COLUMN_MS), 0.0
    breath = [(t, cue) for t, cue in moment.line if (cue.step, cue.cycle) == (here.step, here.cycle)]
    begin, length = breath[0][0], breath[-1][0] + breath[-1][1].length_ms - breath[0][0]
    return float(begin), length / max(1, columns - 1), begin + (-begin // 1000 * 1000)


def _ball(lines: Lines, x: float, y: float, held: bool) -> None:
    """A ball that swims on the wave at column `x`."""
    tall, columns = len(lines), len(lines[0])
    radius = _BALL if tall > 6 else 1.0
    middle = min(tall - radius, max(radius, y))
    for py in range(max(0, math.floor(middle - radius - 1)), min(tall, math.ceil(middle + radius + 1))):
        for px in range(max(0, math.floor(x - radius - 1)), min(columns, math.ceil(x + radius + 2))):
            cover = round(min(1.0, max(0.0, radius + 0.5 - math.hypot(px + 0.5 - x, py + 0.5 - middle))) * STEPS)
            if cover > STEPS // 2 or (cover and not lines[py][px]):
                lines[py][px] = cover + (HELD if held else 0)
