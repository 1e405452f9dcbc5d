"""No device: the stream runs on the clock and nothing is heard. Used when there is no device, and after a loss."""

from __future__ import annotations

from mindful.audio.sinks.base import ClockKind, Now
from mindful.audio.units import RATE, Block


class NullSink:
    """Real time and no sound."""

    name = "null"
    clock: ClockKind = "monotonic"
    wants_frames = False
    underruns = 0
    limit = 1 << 62

    def __init__(self, clock: Now) -> None:
        self._clock = clock
        self._start = clock.now()

    def open(self) -> None:
        self._start = self._clock.now()

    def write(self, frame: int, block: Block) -> bool:
        return frame + len(block) > self.heard(self._clock.now())

    def heard(self, now: float) -> float:
        return max(0.0, (now - self._start) * RATE)

    def edge(self, now: float) -> int:
        return int(self.heard(now)) + 1

    def alive(self, now: float) -> bool:
        return now >= self._start

    def close(self) -> None:
        pass
