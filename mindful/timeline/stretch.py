"""What of a step can take longer or shorter, and how long it takes now. The compilers in `pieces` ask it.

A silence (a pause, the quiet after a line, a sit) changes by the millisecond, breathing by whole cycles. Nothing else
changes. `fit` finds the change with which a session takes a wanted time.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from mindful.timeline.cycles import MOST_CYCLES, Cycles

LEAST_SHARE = 0.4
"""No silence and no breathing is cut to less than this share of what was written."""
LEAST_SILENCE_MS = 1000
"""Nor a silence below this, unless it was written shorter."""
RING_MS = {"bowl": 6000, "bell": 6000, "gong": 8000, "chime": 4000, "wood": 1000}
"""Nor a silence right after a bell below what its ring is left before words, unless it was written shorter."""
LEAST_CYCLES = 3
"""Nor breathing below so many cycles, unless fewer were written."""


@dataclass(frozen=True, slots=True)
class Elastic:
    """The part of one step that can change."""

    written: int
    """As the author has it: ms of silence, or cycles of breath."""
    weight: float = 1.0
    """How much of a change falls on it; 0: it stays as it is."""
    cycles: Cycles | None = None
    """Where it is breathing: the cycles as written."""
    ring_ms: int = 0
    """Where it is a silence after a bell: what the bell rings on for."""

    @property
    def least(self) -> int:
        """What it is never cut below, in ms or cycles."""
        if self.weight <= 0:
            return self.written
        floor = max(LEAST_SILENCE_MS, self.ring_ms) if self.cycles is None else LEAST_CYCLES
        return min(self.written, max(floor, math.ceil(LEAST_SHARE * self.written)))

    def ideal(self, change: float) -> float:
        """Its length where everything changes by `change` of itself (0.5: half as long again), not yet whole."""
        return max(float(self.least), self.written * (1 + change * self.weight))

    def at(self, change: float) -> int:
        """The same in whole ms or cycles."""
        return self.within(round(self.ideal(change)))

    def within(self, length: int) -> int:
        """The nearest length it may have."""
        most = length if self.cycles is None else max(self.written, MOST_CYCLES)
        return min(most, max(self.least, length))

    def ms(self, length: int) -> int:
        """Milliseconds that this many ms or cycles take."""
        return length if self.cycles is None else round(self.cycles.stretched(self.written, length).start(length))


@dataclass(frozen=True, slots=True)
class Stretch:
    """How a whole session is made longer or shorter. The default leaves it as it was written."""

    change: float = 0.0
    """What changes by share: -0.25 takes a quarter of each silence, sit and breathing, times its weight."""
    lengths: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """By a step's path, for all that is certain to be played: (as it was written, its length now), in ms or cycles."""
    wanted_ms: int | None = None
    """The time that was asked for."""

    def of(self, path: str, part: Elastic) -> int:
        """How long the elastic part of the step at `path` is now, in ms or cycles."""
        written, length = self.lengths.get(path, (None, 0))
        # A length that turned out otherwise (an answer decides it) is no longer the one that was fitted.
        return length if written == part.written else part.at(self.change)


AS_WRITTEN = Stretch()
