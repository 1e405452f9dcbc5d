"""Causal filters in numpy alone: Butterworth low and high passes, smoothing, the envelope of a band.

A filter keeps its state between chunks of any size. A chunk is one matrix product and not a loop over samples, so
that a tick of ten samples costs some microseconds. Coefficients are those of the bilinear transform (as
scipy.signal.butter gives them; tests compare). Called by the engine, the gate and the simulated brain.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Signal = NDArray[Any]
"""(channels, n), real or complex."""
Section = tuple[float, float, float, float, float]
"""b0, b1, b2, a1, a2 of one second-order section; a0 is 1."""
BLOCK = 16
"""Samples that one matrix product takes; longer chunks are cut. A larger one wakes threads, which cost more."""
OFFSET_HZ = 1.0
"""Below this an electrode's own drift is larger than any brain."""


def butterworth(order: int, cut_hz: float, rate_hz: float, high: bool = False) -> list[Section]:
    """Sections of a low pass (or high pass) of even order. Raises ValueError where the rate is too low for it."""
    if order < 2 or order % 2:
        raise ValueError("the order is 2, 4, ...")
    if not 0 < cut_hz < rate_hz / 2:
        raise ValueError(f"{cut_hz:g} Hz cannot be filtered at {rate_hz:g} samples a second")
    k = math.tan(math.pi * cut_hz / rate_hz)
    out = []
    for i in range(order // 2):
        damping = 2 * math.cos(math.pi * (2 * i + 1) / (2 * order))
        norm = 1 / (1 + damping * k + k * k)
        a1, a2 = 2 * (k * k - 1) * norm, (1 - damping * k + k * k) * norm
        b0 = norm if high else k * k * norm
        out.append((b0, -2 * b0 if high else 2 * b0, b0, a1, a2))
    return out


@lru_cache(maxsize=256)
def _matrices(section: Section, n: int) -> tuple[Signal, Signal, Signal, Signal]:
    """How n inputs and two states give n outputs and two states: y = x T + s O, s' = x K + s A."""
    b0, b1, b2, a1, a2 = section
    step = np.array([[-a1, 1.0], [-a2, 0.0]])  # transposed direct form II: s' = step s + gain x, y = s[0] + b0 x
    gain = np.array([b1 - a1 * b0, b2 - a2 * b0])
    powers = [np.eye(2)]
    for _ in range(n):
        powers.append(step @ powers[-1])
    impulse = np.array([b0, *((powers[i] @ gain)[0] for i in range(n - 1))])
    toeplitz = np.zeros((n, n))
    for i in range(n):
        toeplitz[i, i:] = impulse[: n - i]
    return (
        toeplitz,
        np.stack([powers[i][0] for i in range(n)], axis=1),
        np.stack([powers[n - 1 - i] @ gain for i in range(n)]),
        powers[n].T.copy(),
    )


class Filter:
    """Second-order sections one after another, the same for every channel."""

    def __init__(self, sections: list[Section], channels: int, dtype: type = float) -> None:
        self._sections = sections
        self._state: list[Signal] = [np.zeros((channels, 2), dtype) for _ in sections]

    def push(self, x: Signal) -> Signal:
        """(channels, n) in, (channels, n) out; any n."""
        if x.shape[1] > BLOCK:
            return np.concatenate([self.push(x[:, i : i + BLOCK]) for i in range(0, x.shape[1], BLOCK)], axis=1)
        n = x.shape[1]
        if n == 0:
            return x
        for i, section in enumerate(self._sections):
            toeplitz, outward, inward, ahead = _matrices(section, n)
            state = self._state[i]
            self._state[i] = x @ inward + state @ ahead
            x = x @ toeplitz + state @ outward
        return x


class HighPass:
    """Takes an electrode's offset away. What stands at the first sample counts as having stood there for ever."""

    def __init__(self, channels: int, rate_hz: float, cut_hz: float = OFFSET_HZ) -> None:
        self._filter = Filter(butterworth(2, cut_hz, rate_hz, high=True), channels)
        self._first: Signal | None = None

    def push(self, x: Signal) -> Signal:
        """(channels, n) in and out."""
        if x.shape[1] == 0:
            return x
        if self._first is None:
            self._first = x[:, :1].astype(float)
        return self._filter.push(x - self._first)


class Smoother:
    """An exponential mean with a time constant in seconds."""

    def __init__(self, channels: int, tau_s: float, rate_hz: float) -> None:
        keep = math.exp(-1 / (tau_s * rate_hz))
        self._keep = keep
        self._filter = Filter([(1 - keep, 0.0, 0.0, -keep, 0.0)], channels)
        self._begun = False

    def push(self, x: Signal) -> Signal:
        """(channels, n) in and out; begins at the first value and not at nothing."""
        if not self._begun and x.shape[1]:
            self._begun = True
            self._filter._state[0][:, 0] = self._keep * x[:, 0]
        return self._filter.push(x)


class Envelope:
    """The amplitude of a band, in the unit of the signal (a sine of 10 microvolts reads 10), by complex demodulation.

    The band's centre is moved to 0 Hz and passed through a low pass of half its width: the lag is that of the low pass
    alone, some 100 ms for a band of 5 Hz at order 2, where a window of the Fourier transform lags by half its length.
    Order 2 lets neighbours in: beside alpha a narrow band wants order 4 (lags in `lag_s`).
    """

    def __init__(
        self, channels: int, low_hz: float, high_hz: float, rate_hz: float, order: int = 2, smooth_s: float = 0.0
    ) -> None:
        """Raises ValueError where the rate is too low for the band."""
        if not 0 < low_hz < high_hz < rate_hz / 2:
            raise ValueError(f"{low_hz:g} to {high_hz:g} Hz cannot be had from {rate_hz:g} samples a second")
        half = (high_hz - low_hz) / 2
        self._turn = -2j * math.pi * (low_hz + high_hz) / 2 / rate_hz
        self._rate = rate_hz
        self._n = 0
        self._offset = HighPass(channels, rate_hz)
        self._low = Filter(butterworth(order, half, rate_hz), channels, complex)
        self._smooth = Smoother(channels, smooth_s, rate_hz) if smooth_s else None
        # A low pass delays slow changes by the sum of 1 / (Q w0) of its sections.
        damping = sum(2 * math.cos(math.pi * (2 * i + 1) / (2 * order)) for i in range(order // 2))
        self.lag_s = damping / (2 * math.pi * half) + smooth_s
        """How late a slow change of the amplitude is seen, in seconds."""

    def push(self, x: Signal) -> Signal:
        """(channels, n) microvolts in, (channels, n) amplitudes out."""
        k = np.arange(self._n, self._n + x.shape[1])
        self._n += x.shape[1]
        out: Signal = 2 * np.abs(self._low.push(self._offset.push(x) * np.exp(self._turn * k)))
        return out if self._smooth is None else self._smooth.push(out)
