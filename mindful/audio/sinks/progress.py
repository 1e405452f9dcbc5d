"""How far a stream without a clock has come, from now and then being told how far somebody has read it.

Used by the simpleaudio sink where the system can tell (`host.Touched`). The stream is taken to run on with monotonic
time, as it does unless the device stands still or starves; what is told is late by up to a look's distance, and by more
when the machine is busy, so single reports only bound it and several together correct it.
"""

from __future__ import annotations

from collections import deque

from mindful.audio.units import RATE

STRETCH = 16_384
"""Frames from one report to the next, when all is well (64 KiB of 16-bit stereo)."""
SETTLED = 6
"""The first reports, two seconds, say how far ahead of the listener the device reads."""
SURE, SOON = 8, 2
"""So many reports in a row have to agree on a small change, and on a large one."""
SMALL, LARGE = 80 * RATE // 1000, RATE // 4
"""Frames. Less than `SMALL` is the grain of the reports and the drift of a crystal over half an hour."""
SLACK = 15 * RATE // 100
"""A report may be so late before the stream is taken to stand still."""


class Progress:
    """`read(frame, t)` at each report, `heard(t)` at any time; t in seconds since the stream started."""

    def __init__(self) -> None:
        self.behind = 0
        """Frames that the stream has fallen behind since its start."""
        self.holes = 0
        """Times it fell behind."""
        self._late: deque[float] = deque(maxlen=SURE)
        self._usual = float("inf")
        self._seen = 0
        self._frame = 0

    def read(self, frame: int, t: float) -> None:
        """The device had taken `frame`, and not yet all of the stretch from there, when somebody looked at `t`."""
        late = t * RATE - frame - self.behind
        self._late.append(late)
        self._frame, self._seen = frame, self._seen + 1
        if self._seen <= SETTLED:
            self._usual = min(self._usual, late)
            return
        for count, much in ((SOON, LARGE), (SURE, SMALL)):
            change = min(list(self._late)[-count:]) - self._usual
            if len(self._late) >= count and change > much:
                self.holes += 1
                self.behind += round(change)
                self._late.clear()
                return
        self._usual = min(self._usual, late)  # the first reports may have been late themselves

    def heard(self, t: float) -> float:
        """The frame heard at `t`. It stands still where the device has taken nothing for too long."""
        free = max(0.0, t * RATE - self.behind)
        if not self._seen:
            return free
        return min(free, float(self._frame + STRETCH + SLACK))
