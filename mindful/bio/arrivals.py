"""Samples that were lost, told from samples that only came late. Pure; called by the engine of brains.

A board's samples often carry the time at which the computer read them. Where the computer was busy for a moment, they
jump in time and then come all at once: nothing is missing, and counting them shows it. Where they were lost, there
are too few of them however long one waits.
"""

from __future__ import annotations

from typing import Literal

GAP_S = 0.25
"""A jump below this is no gap: packets come unevenly."""
LATE_S = 0.3
"""How long after a jump what was held up may still come."""

Judgement = Literal["", "waiting", "lost"]


class Arrivals:
    """Looks at the times of every chunk."""

    def __init__(self) -> None:
        self.last_s: float | None = None
        """Time of the newest sample."""
        self.missing_s = 0.0
        """How much is missing since the last jump; of use when that was judged."""
        self._since: float | None = None
        self.jumped_s = 0.0
        """Time of the first sample after the last jump."""
        self._n = 0

    def push(self, first_s: float, last_s: float, n: int, rate_hz: float) -> Judgement:
        """A chunk of `n` samples from `first_s` to `last_s`: `waiting` while it is open whether some were lost, `lost`
        once, when it is certain.
        """
        rate = max(rate_hz, 1.0)
        before, self.last_s = self.last_s, last_s
        if self._since is None:
            if before is None or last_s - before - n / rate <= GAP_S:
                return ""
            # The hole may lie within the chunk: then nothing but its end is certain to be after it.
            self._since, self._n = before, 0
            self.jumped_s = first_s if first_s - before > GAP_S else last_s
        self._n += n
        self.missing_s = last_s - self._since - self._n / rate
        if self.missing_s <= GAP_S:
            self._since = None
            return ""
        if last_s - self.jumped_s >= LATE_S:
            self._since = None
            return "lost"
        return "waiting"
