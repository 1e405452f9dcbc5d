"""A transport over a device in memory, driven by hand. Used by the transport's tests."""

from __future__ import annotations

import numpy as np

from mindful.audio.mixer import Mixer
from mindful.audio.opening import Way
from mindful.audio.transport import Transport
from mindful.audio.units import Block
from mindful.timeline.model import Timeline
from tests.audio.made import HandClock, MadeBank, MemorySink, sigh_session

SESSION = sigh_session(10)
REF = Mixer()


class Rig:
    """A transport over a device in memory, and a hand on the clock."""

    def __init__(
        self, session: Timeline = SESSION, at_ms: int = 0, opened: bool = True, bank: MadeBank | None = None
    ) -> None:
        self.clock = HandClock()
        self.sinks: list[MemorySink] = []
        self.absent = False
        self.t = Transport(
            [Way("memory", self._make)],
            clock=self.clock,
            mixer=Mixer(bank=bank),
            threaded=False,
            choice="(in a test)",
        )
        self.t.start(session, at_ms)
        self.positions: list[float] = []
        if opened:
            self.t.open_now()
            self.t.work()

    def _make(self) -> MemorySink:
        sink = MemorySink(self.clock, fails=self.absent)
        self.sinks.append(sink)
        return sink

    @property
    def sink(self) -> MemorySink:
        return self.sinks[-1]

    def run(self, seconds: float, step: float = 0.05) -> None:
        end = self.clock.t + seconds
        while self.clock.t < end - 1e-9:
            self.clock.t += step
            self.t.work()
            self.positions.append(self.now())

    def now(self) -> float:
        return self.t.position(self.clock.t)

    def heard(self) -> Block:
        """What the device has played until now."""
        return self.sink.stream[: int(self.sink.heard(self.clock.t))]


def reference(first: int, n: int, session: Timeline = SESSION, mixer: Mixer = REF) -> Block:
    return mixer.render(session, first, n)


def where(x: Block, first: int, n: int = 4096, session: Timeline = SESSION, mixer: Mixer = REF) -> int:
    """The one place in `x` where session frames `first`.. stand, exactly."""
    want = reference(first, n, session, mixer)
    hits = [int(i) for i in np.flatnonzero(x[: len(x) - n, 0] == want[0, 0]) if np.array_equal(x[i : i + n], want)]
    assert len(hits) == 1, f"{len(hits)} places"
    return hits[0]
