"""What a pacer needs to know of a moment. Made by `widgets.middle` from the conductor's view; pure values."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from mindful.timeline.breath import ease, fill_at
from mindful.timeline.model import PhaseCue

HELD_PHASES = ("hold", "rest")

Line = tuple[tuple[int, PhaseCue], ...]
"""(ms from now at which it begins, phase), in order; what has begun has a negative time."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One moment of a breath."""

    phase: str | None = None
    """None: between breaths."""
    fill: float = 0.0
    """How full the lungs are, 0 to 1."""
    done: float = 0.0
    """Which share of the phase's time is gone."""
    length_ms: int = 0
    """Of the phase."""
    count: int = 0
    """Whole seconds left of the phase."""
    through: str | None = None
    still: bool = False
    """For a client who wants no movement: `fill` and `done` are those of the last whole second."""
    line: Line = ()
    """The phases around now, for a pacer that shows more than this moment."""

    @property
    def held(self) -> bool:
        """The breath stands."""
        return self.phase in HELD_PHASES

    @property
    def eased(self) -> float:
        """`done` as a breath goes: softly at both ends."""
        return ease(self.done)


def moment_at(cue: PhaseCue, elapsed_ms: float, count: int, *, still: bool = False, line: Line = ()) -> Moment:
    """The moment `elapsed_ms` after `cue` began."""
    at = min(float(cue.length_ms), max(0.0, elapsed_ms))
    if still:
        at = at // 1000 * 1000
    return Moment(cue.phase, fill_at(cue, at), at / cue.length_ms, cue.length_ms, count, cue.through, still, line)


def at(line: Line, ms: float) -> tuple[float, PhaseCue | None]:
    """(fill of the lungs, phase or None between breaths) `ms` from now."""
    i = bisect_right(line, ms, key=_begin) - 1
    if i < 0:
        return (line[0][1].fill_from if line else 0.0), None
    begin, cue = line[i]
    if ms >= begin + cue.length_ms:
        return cue.fill_to, None
    return fill_at(cue, ms - begin), cue


def _begin(entry: tuple[int, PhaseCue]) -> int:
    return entry[0]
