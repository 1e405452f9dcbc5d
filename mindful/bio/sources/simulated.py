"""The simulated client as a source: `simulated[:seed]`. It says so wherever it is shown. Called by `opening`.

Nothing runs by itself: what is due by the clock is made when it is asked for, so a clock of one's own makes a
training of half an hour in seconds.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mindful.bio.body.brain import STEP, SimulatedBrain
from mindful.bio.body.heart import SimulatedHeart
from mindful.bio.pacing import Pace
from mindful.bio.ports import Beats, Chunk, Kind, Now
from mindful.bio.sources.base import Base
from mindful.tongue import _

PACKET_S = 1.0
"""A strap speaks once a second."""
MOST_BEHIND_S = 5.0
"""After a machine slept no more than this is made up for."""


class SimulatedBrainSource(Base):
    """Eight channels at 250 Hz that learn from reward."""

    kind: Kind = "eeg"
    simulated = True

    def __init__(self, clock: Now, seed: int = 0, brain: SimulatedBrain | None = None) -> None:
        super().__init__(_("simulated brain"), clock)
        self.brain = brain or SimulatedBrain(seed)
        self.labels, self.rate_hz = self.brain.labels, self.brain.rate_hz
        self._from = 0.0
        self._made = 0

    def start(self) -> None:
        if self._state == "idle":
            self._from, self._state = self.clock.now(), "on"
            self.say("simulated", _("This brain is simulated. Nobody is measured."))

    def read(self) -> list[Chunk]:
        if self._state != "on":
            return []
        due = int((self.clock.now() - self._from) * self.rate_hz + 1e-6) // STEP * STEP
        if due - self._made > MOST_BEHIND_S * self.rate_hz:
            self._made = due - STEP
        out = []
        while self._made < due:
            at = self._from + (self._made + 1 + np.arange(STEP)) / self.rate_hz
            out.append(Chunk(at, self.brain.step().astype(np.float32)))
            self._made += STEP
        return out

    def feedback(self, value: float, reward: bool) -> None:
        if reward:
            self.brain.reward()


class SimulatedHeartSource(Base):
    """Beats of a heart whose body breathes along with the pacer that is shown."""

    kind: Kind = "heart"
    simulated = True

    def __init__(self, clock: Now, seed: int = 0, heart: SimulatedHeart | None = None) -> None:
        super().__init__(_("simulated heart"), clock)
        self.heart = heart or SimulatedHeart(seed)
        self._pace: Pace | None = None
        self._next = 0.0

    def start(self) -> None:
        if self._state == "idle":
            self.heart.at_s = self.clock.now()
            self._next, self._state = self.heart.at_s + PACKET_S, "on"
            self.say("simulated", _("This heart is simulated. Nobody is measured."))

    def read(self) -> list[Beats]:
        now = self.clock.now()
        if self._state != "on" or now < self._next:
            return []
        packets = int((now - self._next) / PACKET_S) + 1
        end = self._next + (packets - 1) * PACKET_S
        self._next = end + PACKET_S
        if end - self.heart.at_s > MOST_BEHIND_S + PACKET_S:
            self.heart.at_s = end - PACKET_S
        beats: Sequence[tuple[float, float]] = self.heart.advance(end, self._pace)
        at, rr = np.array([b[0] for b in beats]), np.array([b[1] for b in beats])
        return [Beats(at, rr, float(60_000 / rr[-1]) if len(rr) else None)]

    def guide(self, pace: Pace | None) -> None:
        self._pace = pace
