"""Tells which frame is heard, from when a device asked for how many. For devices that pull and have no clock to read.

Each request is an observation `frames - RATE * t`. A late thread only makes it smaller, so the largest of the last
seconds is the best estimate; its change over hours is the difference between the card's crystal and ours. The offset
shown follows it by at most 1 %, so what is drawn from it never jumps.
"""

from __future__ import annotations

import threading
from collections import deque

from mindful.audio.units import RATE

WINDOW_S = 6.0
SETTLE_S = 1.5
SLEW = 0.01
JUMP = RATE // 4
"""An error above this is a hole, not a drift: there is nothing to be gentle about."""


class DeviceClock:
    """`asked(t, frames)` at each request, `heard(t)` at any time."""

    def __init__(self) -> None:
        self._seen: deque[tuple[float, float]] = deque()  # falling offsets: the first is the largest of the window
        self._lock = threading.Lock()
        self._first: float | None = None
        self._lead = 0.0
        self._offset = 0.0
        self._last = 0.0

    @property
    def lead(self) -> float:
        """Frames between what was handed over and what is heard, as far as known."""
        return self._lead

    def asked(self, t: float, frames: int) -> None:
        """The device has been handed `frames` in all, at time `t`."""
        with self._lock:
            if self._first is None:
                self._first = self._last = t
            offset = frames - RATE * t
            while self._seen and self._seen[-1][1] <= offset:
                self._seen.pop()
            self._seen.append((t, offset))
            while self._seen[0][0] < t - WINDOW_S:
                self._seen.popleft()
            if t - self._first <= SETTLE_S:
                # The buffer fills at once when the stream starts: how far the requests run ahead of time is the lead.
                self._offset = self._seen[0][1]
                self._lead = self._offset + RATE * self._first
                self._last = t

    def heard(self, t: float) -> float:
        """The frame heard at `t`; 0 before the first request."""
        with self._lock:
            if self._first is None:
                return 0.0
            want = self._seen[0][1]
            step = SLEW * RATE * max(0.0, t - self._last)
            error = want - self._offset
            self._offset = want if abs(error) > JUMP else self._offset + min(step, max(-step, error))
            self._last = max(self._last, t)
            return max(0.0, RATE * t + self._offset - self._lead)
