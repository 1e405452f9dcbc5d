"""A clock that a test sets, and an engine run on it."""

from __future__ import annotations

from collections.abc import Callable

from mindful.bio.engine import Engine
from mindful.bio.ports import TICK_MS, Reading


class Clock:
    """Seconds that only a test moves on."""

    def __init__(self, at_s: float = 100.0) -> None:
        self.ms = round(at_s * 1000)

    def now(self) -> float:
        return self.ms / 1000


def run(engine: Engine, clock: Clock, seconds: float, each: Callable[[Reading], None] | None = None) -> Reading:
    """Tick through a stretch of virtual time; the last reading."""
    reading = engine.tick(clock.ms)
    for _ in range(round(seconds * 1000 / TICK_MS)):
        clock.ms += TICK_MS
        reading = engine.tick(clock.ms)
        if each is not None:
            each(reading)
    return reading
