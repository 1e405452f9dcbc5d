"""A simulated brain at the electrodes, which learns from reward. Called by the simulated source and tests.

1/f noise, three rhythms that come in spindles of 0.6 s (alpha at the back, theta at the front, the sensorimotor
rhythm in between), blinks, jaw and mains. What it can learn is how *often* a rhythm comes, not how large or long it
is, as is found in people (Ossadtchi et al. 2017, Sci Rep 7:3772), by credit alone: a reward moves a rhythm's rate by
what it did in the last 0.15 s. That late or foreign feedback teaches less is not written in; it falls out. It shows
nothing about people.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mindful.bio.filters import Filter

RATE_HZ = 250.0
STEP = 10
"""Samples that are made at a time: 40 ms."""
LABELS = ("O1", "O2", "Pz", "Cz", "Fz", "F3", "F4", "AF7")
SPINDLE_S = 0.6
CREDIT_S = 0.15
AVERAGE_S = 30.0
RATES = (0.05, 1.6)
"""Spindles a second that can be unlearned and learned to."""
_WEIGHTS = {
    "alpha": (1.0, 0.95, 0.8, 0.5, 0.35, 0.4, 0.4, 0.3),
    "smr": (0.15, 0.15, 0.4, 1.0, 0.4, 0.4, 0.4, 0.1),
    "theta": (0.1, 0.1, 0.25, 0.5, 1.0, 0.6, 0.6, 0.4),
}
_BLINK = (0.05, 0.05, 0.08, 0.2, 0.45, 0.5, 0.5, 1.0)
_NOISE = ((0.004, 3.0), (0.05, 3.5), (0.6, 5.0))
"""Leaky noises (time constant in s, microvolts): their sum is close to 1/f from 0.3 to 40 Hz."""


@dataclass(frozen=True, slots=True)
class BrainBody:
    """What makes one brain differ from another."""

    alpha_hz: float
    alpha_uv: float
    per_s: float
    """Alpha spindles a second at the beginning."""
    blink_every_s: float
    eagerness: float
    """How fast it learns."""

    @classmethod
    def of(cls, seed: int) -> BrainBody:
        """The body of a seed: the same each time."""
        r = np.random.default_rng([seed, 3])
        return cls(
            alpha_hz=float(r.uniform(9.0, 11.5)),
            alpha_uv=float(r.uniform(9, 15)),
            per_s=float(r.uniform(0.28, 0.42)),
            blink_every_s=float(r.uniform(5, 12)),
            eagerness=0.00035,
        )


class Rhythm:
    """One rhythm: on and off, with the credit of its recent past."""

    def __init__(self, hz: float, uv: float, per_s: float, weights: tuple[float, ...]) -> None:
        self.hz, self.uv, self.per_s = hz, uv, per_s
        self.weights = np.array(weights)[:, None]
        self.on = False
        self.spindles = 0
        """How many there were so far."""
        share = per_s * SPINDLE_S / (1 + per_s * SPINDLE_S)
        self._credit, self._average = 0.0, share
        self._level = self._phase = 0.0

    def step(self, r: np.random.Generator) -> NDArray[np.float64]:
        """The next `STEP` samples of its source, microvolts."""
        dt = STEP / RATE_HZ
        if self.on:
            self.on = r.random() < math.exp(-dt / SPINDLE_S)
        elif r.random() < 1 - math.exp(-self.per_s * dt):
            self.on = True
            self.spindles += 1
        to = self.uv if self.on else 0.15 * self.uv
        k = np.arange(1, STEP + 1) / RATE_HZ
        level = to + (self._level - to) * np.exp(-k / 0.07)
        self._level = float(level[-1])
        turn = 2 * math.pi * (self.hz + 0.8 * r.normal())
        wave: NDArray[np.float64] = level * np.sin(self._phase + turn * k)
        self._phase = (self._phase + turn * float(k[-1])) % (2 * math.pi)
        self._credit += (self.on - self._credit) * (1 - math.exp(-dt / CREDIT_S))
        self._average += (self.on - self._average) * (1 - math.exp(-dt / AVERAGE_S))
        return wave

    def reward(self, eagerness: float) -> None:
        """What it just did was good."""
        rate = self.per_s + eagerness * (self._credit - self._average)
        self.per_s = min(RATES[1], max(RATES[0], rate))


class SimulatedBrain:
    """Makes eight channels of EEG, `STEP` samples at a time."""

    labels = LABELS
    rate_hz = RATE_HZ

    def __init__(
        self, seed: int = 0, body: BrainBody | None = None, *, learns: bool = True, mains_hz: float = 50.0
    ) -> None:
        self.body = body or BrainBody.of(seed)
        self.alpha = Rhythm(self.body.alpha_hz, self.body.alpha_uv, self.body.per_s, _WEIGHTS["alpha"])
        self.smr = Rhythm(13.3, 4.0, 0.3, _WEIGHTS["smr"])
        self.theta = Rhythm(5.6, 7.0, 0.3, _WEIGHTS["theta"])
        self._learns, self._mains = learns, mains_hz
        self._random = np.random.default_rng([seed, 4])
        self._blink_at = self._jaw_until = -9.0
        self._at = 0.0
        self._leaky = []
        for tau, uv in _NOISE:
            keep = math.exp(-1 / (RATE_HZ * tau))
            self._leaky.append((uv * math.sqrt(1 - keep * keep), Filter([(1.0, 0.0, 0.0, -keep, 0.0)], len(LABELS))))

    def step(self) -> NDArray[Any]:
        """(8, STEP) microvolts."""
        r = self._random
        x: NDArray[Any] = sum(
            (leaky.push(r.normal(0, uv, (len(LABELS), STEP))) for uv, leaky in self._leaky),
            np.zeros((len(LABELS), STEP)),
        )
        for rhythm in (self.alpha, self.smr, self.theta):
            x += rhythm.weights * rhythm.step(r)
        t = self._at + np.arange(STEP) / RATE_HZ
        dt = STEP / RATE_HZ
        self._at += dt
        if r.random() < dt / self.body.blink_every_s:
            self._blink_at = self._at
        if r.random() < dt / 45:
            self._jaw_until = self._at + 1.2
        x += np.array(_BLINK)[:, None] * 180 * np.exp(-0.5 * ((t - self._blink_at - 0.12) / 0.06) ** 2)
        x += 0.8 * np.sin(2 * math.pi * self._mains * t)
        if self._at < self._jaw_until:
            x += r.normal(0, 14, x.shape)
        return x

    def reward(self) -> None:
        """The client was rewarded at this moment."""
        if self._learns:
            for rhythm in (self.alpha, self.smr, self.theta):
                rhythm.reward(self.body.eagerness)
