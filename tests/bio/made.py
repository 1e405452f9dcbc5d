"""Signals that tests are made of."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from mindful.bio.ports import Beats, Chunk, Kind
from mindful.bio.recordings import Recording, read
from mindful.bio.sources.base import Base
from tests.bio.time import Clock

DATA = Path(__file__).parent / "data"
RATE = 250.0
ON_S, OFF_S = 8.4, 3.6
"""Of bursts: more on than off. A threshold that is to be reached 65 % of the time then lies at the burst's own height."""


def burst_at(t: float) -> bool:
    """Whether there is a burst so many seconds in; each begins a little later in a tick than the one before."""
    return t % (ON_S + OFF_S + 0.0137) >= OFF_S


def real_rr(minutes: int) -> np.ndarray:
    """Real intervals, ms."""
    return read(DATA / f"rr-{minutes}-minutes.csv").data[0].astype(float)


def spoiled(nn: Sequence[float] | np.ndarray, seed: int = 0) -> np.ndarray:
    """With beats missed, counted twice and early: each of one in a hundred."""
    r, out, i = random.Random(seed), [], 0
    while i < len(nn):
        u = r.random()
        if u < 0.01 and i + 1 < len(nn):
            out += [nn[i] + nn[i + 1]]
            i += 2
        elif u < 0.02:
            k = r.uniform(0.3, 0.7)
            out += [nn[i] * k, nn[i] * (1 - k)]
            i += 1
        elif u < 0.03 and i + 1 < len(nn):
            d = r.uniform(0.2, 0.35) * nn[i]
            out += [nn[i] - d, nn[i + 1] + d]
            i += 2
        else:
            out += [nn[i]]
            i += 1
    return np.array(out)


def eeg(seconds: float, channels: int = 1, seed: int = 0, uv: float = 6.0, rate: float = RATE) -> np.ndarray:
    """(channels, n) of noise that falls with frequency, as an EEG does."""
    r = np.random.default_rng(seed)
    n = round(seconds * rate)
    spectrum = np.fft.rfft(r.normal(size=(channels, n)), axis=1)
    spectrum /= np.sqrt(np.maximum(np.fft.rfftfreq(n, 1 / rate), 0.5))
    x = np.fft.irfft(spectrum, n, axis=1)
    out: np.ndarray = uv * x / x.std(axis=1, keepdims=True)
    return out


def recording(data: np.ndarray, labels: Sequence[str], rate: float = RATE) -> Recording:
    """As if read from a file."""
    return Recording("eeg", tuple(labels), rate, data.astype(np.float32), np.arange(data.shape[1]) / rate)


class Fed(Base):
    """A source that gives what a test puts in."""

    def __init__(
        self, clock: Clock, kind: Kind = "eeg", labels: Sequence[str] = ("O1", "O2", "Pz"), rate: float = RATE
    ) -> None:
        super().__init__("fed", clock)
        self.kind, self.labels, self.rate_hz = kind, tuple(labels), rate
        self.rewards: list[bool] = []
        self.clock: Any = clock

    def start(self) -> None:
        self._state = "on"

    def put(self, data: np.ndarray, end_s: float | None = None, stamps: np.ndarray | None = None) -> None:
        """Samples that end at a time, else now; or with times of their own."""
        end = self.clock.now() if end_s is None else end_s
        at = end - np.arange(data.shape[1] - 1, -1, -1) / self.rate_hz if stamps is None else stamps
        self._waiting.append(Chunk(at, data.astype(np.float32)))

    def beat(self, at_s: Sequence[float], rr_ms: Sequence[float], bpm: float | None = None) -> None:
        """Beats."""
        self._waiting.append(Beats(np.array(at_s, float), np.array(rr_ms, float), bpm))

    def feedback(self, value: float, reward: bool) -> None:
        self.rewards.append(reward)
