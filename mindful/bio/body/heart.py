"""A simulated heart: breathing drives it through a resonance, and beats fall out. Called by the simulated source and
tests.

Heart rate answers the breath like a band pass whose gain is largest, and whose phase is 0, at the body's own pace of
4.6 to 6.4 breaths a minute (Vaschillo et al. 2002, Appl Psychophysiol Biofeedback 27:1; Shaffer & Meehan 2020, Front
Neurosci 14:570400). Noise through the same resonance makes the slow waves of a resting heart. It is a model: what it
shows is that the loop carries the signal, and nothing about people.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from mindful.bio.pacing import Pace

STEP_S = 0.02
FREE_PER_MIN = 14.0
FREE_DEPTH = 0.45
DRAWN = 4096
"""Random numbers are drawn this many steps at a time."""


@dataclass(frozen=True, slots=True)
class HeartBody:
    """What makes one heart differ from another."""

    resonance_per_min: float
    rate_bpm: float
    swing_bpm: float
    """How far heart rate swings with paced breath at the resonance."""
    damping: float
    sloppiness: float
    """How unsteadily the pacer is followed; 0 is a machine."""
    jitter_ms: float
    """Beat to beat, of the heart itself and of the strap."""

    @classmethod
    def of(cls, seed: int) -> HeartBody:
        """The body of a seed: the same each time."""
        r = np.random.default_rng([seed, 1])
        return cls(
            resonance_per_min=float(r.uniform(4.6, 6.4)),
            rate_bpm=float(r.uniform(58, 78)),
            swing_bpm=float(r.uniform(12, 20)),
            damping=0.22,
            sloppiness=float(r.uniform(0.02, 0.08)),
            jitter_ms=4.0,
        )


class SimulatedHeart:
    """Time runs by `advance`; times are seconds of the clock of whoever calls."""

    def __init__(self, seed: int = 0, body: HeartBody | None = None, start_s: float = 0.0) -> None:
        self.body = body or HeartBody.of(seed)
        self.at_s = start_s
        self._random = np.random.default_rng([seed, 2])
        self._noise = np.empty((0, 4))
        self._used = 0
        self._phase = 0.0
        self._free = FREE_PER_MIN / 60
        self._breath: float | None = None
        self._y = self._v = self._drift = self._charge = 0.0
        self._last: float | None = None

    def advance(self, to_s: float, pace: Pace | None = None) -> list[tuple[float, float]]:
        """Live until `to_s`, along a pacer or freely; the beats on the way: (time in s, interval in ms)."""
        out = []
        while self.at_s + STEP_S <= to_s + 1e-9:
            beat = self._step(pace)
            if beat is not None:
                out.append(beat)
        return out

    def _draw(self) -> tuple[float, float, float, float]:
        if self._used >= len(self._noise):
            self._noise, self._used = self._random.normal(size=(DRAWN, 4)), 0
        row = self._noise[self._used]
        self._used += 1
        return float(row[0]), float(row[1]), float(row[2]), float(row[3])

    def _step(self, pace: Pace | None) -> tuple[float, float] | None:
        b, root = self.body, math.sqrt(STEP_S)
        breath_noise, waves, slow, jitter = self._draw()
        if pace is None:
            self._free = min(0.35, max(0.15, self._free + 0.03 * breath_noise * root))
            self._phase += 2 * math.pi * self._free * STEP_S
            breath = FREE_DEPTH * math.sin(self._phase)
        else:
            # The follower is drawn to the pacer's phase and wanders around it.
            ahead = math.remainder(pace.phase(self.at_s) - self._phase, 2 * math.pi)
            speed = 2 * math.pi * pace.per_min(self.at_s) / 60 * (1 + b.sloppiness * 2.4 * breath_noise / root * STEP_S)
            self._phase += (speed + 0.8 * ahead) * STEP_S + b.sloppiness * 2 * breath_noise * root
            breath = math.sin(self._phase)
        w0 = 2 * math.pi * b.resonance_per_min / 60
        change = (breath - (breath if self._breath is None else self._breath)) / STEP_S + 0.11 * waves / root
        self._breath = breath
        self._v += STEP_S * (2 * b.damping * w0 * (change - self._v) - w0 * w0 * self._y)
        self._y += STEP_S * self._v
        self._drift += -self._drift / 25 * STEP_S + 0.35 * slow * root
        rate = max(30.0, b.rate_bpm + b.swing_bpm / 2 * self._y + self._drift)
        self.at_s += STEP_S
        self._charge += rate / 60 * STEP_S
        if self._charge < 1:
            return None
        self._charge -= 1
        at = self.at_s - self._charge * 60 / rate
        before, self._last = self._last, at
        return None if before is None else (at, (at - before) * 1000 + b.jitter_ms * jitter)
