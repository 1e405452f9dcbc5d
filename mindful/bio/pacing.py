"""The breath that a client is led to, as a phase over time. Called by the engine, the assessment and the simulated
body.

A change of rate keeps the phase: a breath is never broken off, it only goes on slower or faster.
"""

from __future__ import annotations

import bisect
import math

SLOWEST, FASTEST = 3.5, 12.0
"""Breaths a minute that may be asked for. Slower ones are a breath hold for many; faster ones are no training."""
INHALE = 0.4
"""Share of a breath that is inhaled where nothing else is said: a longer out-breath."""


class Pace:
    """Breaths a minute over time, with a phase that has no jump. Times are seconds of the host's clock."""

    def __init__(self, start_s: float, per_min: float, inhale: float = INHALE) -> None:
        """`start_s` is the start of an in-breath. Raises ValueError for a rate or a share that nobody should
        breathe.
        """
        if not 0.2 <= inhale <= 0.8:
            raise ValueError("inhale is a share from 0.2 to 0.8")
        self.inhale = inhale
        self._at = [start_s]
        self._rate = [_checked(per_min)]
        self._cycles = [0.0]

    def change(self, at_s: float, per_min: float) -> None:
        """Breathe at another rate from a moment on, which must not lie before the last change."""
        if at_s < self._at[-1]:
            raise ValueError("changes of pace come in their order")
        rate = _checked(per_min)
        self._cycles.append(self.cycles(at_s))
        self._at.append(at_s)
        self._rate.append(rate)

    def per_min(self, at_s: float) -> float:
        """Breaths a minute at a moment."""
        return self._rate[self._index(at_s)]

    def cycles(self, at_s: float) -> float:
        """Breaths since the start; whole numbers are the starts of in-breaths. Below 0 before the start."""
        i = self._index(at_s)
        return self._cycles[i] + (at_s - self._at[i]) * self._rate[i] / 60

    def phase(self, at_s: float) -> float:
        """Radians, without a jump: 2 pi a breath. For the part of the heart's rhythm that goes with the pacer."""
        return 2 * math.pi * self.cycles(at_s)

    def breath(self, at_s: float) -> tuple[float, bool]:
        """(fullness 0 to 1 as the pacer shows it, whether it is an in-breath)."""
        part = self.cycles(at_s) % 1.0
        if part < self.inhale:
            return 0.5 - 0.5 * math.cos(math.pi * part / self.inhale), True
        return 0.5 + 0.5 * math.cos(math.pi * (part - self.inhale) / (1 - self.inhale)), False

    def _index(self, at_s: float) -> int:
        return max(0, bisect.bisect_right(self._at, at_s) - 1)


def _checked(per_min: float) -> float:
    if not SLOWEST <= per_min <= FASTEST:
        raise ValueError(f"a pace is {SLOWEST:g} to {FASTEST:g} breaths a minute")
    return float(per_min)
