"""Beats that were missed, counted twice or came early, put right one beat late. Called by the heart engine.

After Lipponen & Tarvainen 2019 (J Med Eng Technol 43:173), made causal: a jump is judged by the beat after it. Their
method is for whole recordings; a feedback can wait for one beat and no more. Measured against it in docs/bio.md.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np

SHORTEST_MS, LONGEST_MS = 300.0, 2000.0
"""Intervals outside of these are no beats of a person at rest."""
MEMORY = 91
"""Differences that the threshold is made of."""
FACTOR = 5.2
FLOOR_MS = 60.0
UNTIL_KNOWN_MS = 250.0
MEDIAN_OF = 11


@dataclass(frozen=True, slots=True)
class Beat:
    """One settled beat."""

    at_s: float
    rr_ms: float
    good: bool
    """False where it was put right: it fills the line and is no measurement."""


class Cleaner:
    """Takes intervals as they come and gives those that are settled."""

    def __init__(self) -> None:
        self._last: deque[float] = deque(maxlen=MEDIAN_OF)
        self._jumps: deque[float] = deque(maxlen=MEMORY)
        self._doubt: tuple[float, float] | None = None

    def push(self, at_s: float, rr_ms: float) -> list[Beat]:
        """A beat at a time with its interval; what is known now, none to three beats."""
        if not self._last:
            return self._settle(at_s, rr_ms) if SHORTEST_MS <= rr_ms <= LONGEST_MS else []
        if self._doubt is not None:
            before, self._doubt = self._doubt, None
            return self._both(*before, at_s, rr_ms)
        usual, most = self._usual(), self._most()
        if rr_ms > 1.55 * usual and abs(rr_ms / 2 - usual) < max(0.15 * usual, most / 2):  # one was missed
            half = rr_ms / 2
            return self._settle(at_s - half / 1000, half, False) + self._settle(at_s, half, False)
        if not SHORTEST_MS <= rr_ms <= LONGEST_MS or abs(rr_ms - self._last[-1]) > most:
            self._doubt = (at_s, rr_ms)
            return []
        return self._settle(at_s, rr_ms)

    def gap(self) -> None:
        """Beats were lost: what was in doubt stays unknown, and what comes next is not measured against what was."""
        self._doubt = None
        self._last.clear()

    def _both(self, at_a: float, a: float, at_b: float, b: float) -> list[Beat]:
        """A beat in doubt and the one after it, judged together."""
        usual, most, last = self._usual(), self._most(), self._last[-1]
        if a < 0.75 * usual and b < 0.75 * usual and abs(a + b - usual) < 0.2 * usual + most / 4:  # one too many
            return self._settle(at_b, a + b, False)
        if abs(a + b - 2 * usual) < most and (a - usual) * (b - usual) < 0:  # early, and a pause for it
            half = (a + b) / 2
            return self._settle(at_b - half / 1000, half, False) + self._settle(at_b, half, False)
        if abs(b - last) <= 1.5 * most:  # one alone stands out
            return self._settle(at_a, (last + b) / 2, False) + self._settle(at_b, b)
        if abs(b - a) <= most and SHORTEST_MS <= a <= LONGEST_MS:  # the heart really changed its pace
            return self._settle(at_a, a) + self._settle(at_b, b)
        return self._settle(at_b - usual / 1000, usual, False) + self._settle(at_b, usual, False)

    def _settle(self, at_s: float, rr_ms: float, good: bool = True) -> list[Beat]:
        if self._last:
            self._jumps.append(abs(rr_ms - self._last[-1]))
        self._last.append(rr_ms)
        return [Beat(at_s, rr_ms, good)]

    def _usual(self) -> float:
        return float(np.median(self._last))

    def _most(self) -> float:
        """The largest change from beat to beat that is not looked at again."""
        if len(self._jumps) < 8:
            return UNTIL_KNOWN_MS
        low, high = np.percentile(self._jumps, [25, 75])
        return max(FLOOR_MS, FACTOR * float(high - low))
