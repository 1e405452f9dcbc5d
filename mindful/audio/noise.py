"""Seamless loops of shaped noise and scattered grains, the stuff of the background layers. Called by `layers`.

A loop is made once, from a seed, on a circle: its end runs into its beginning without a seam. Two loops of coprime
lengths sound together, so that what is heard does not come again within a lifetime, while any frame of it costs one
look-up.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
import numpy.typing as npt

from mindful.audio.units import RATE, Curve, Mono

SHORT, LONG = 5**8, 3**12
"""Lengths of 8.1 s and 11.1 s: coprime, and quick for an FFT."""
GRID = 64
"""Slow curves are worked out every so many frames, counted from frame 0, and joined by lines."""

Spectrum = Callable[[Curve], Curve]
"""Amplitude at frequencies in hertz."""


def band(low: float, high: float, slope_db: float = 0.0, order: int = 2) -> Spectrum:
    """Noise between two corners, falling by `slope_db` an octave in between (-3 is pink, -6 brown)."""

    def amplitude(hz: Curve) -> Curve:
        f = np.maximum(hz, 1.0)
        passed = 1 / np.sqrt(1 + (low / f) ** (2 * order)) / np.sqrt(1 + (f / high) ** (2 * order))
        return np.asarray(passed * (f / 1000) ** (slope_db / 6.0206), dtype=np.float64)

    return amplitude


def _finish(x: npt.NDArray[np.floating], rms: float) -> Mono:
    out: Mono = np.asarray(x * (rms / np.sqrt(np.mean(x**2))), dtype=np.float32)
    out.setflags(write=False)
    return out


def shaped(length: int, seed: int, spectrum: Spectrum, rms: float = 1.0) -> Mono:
    """One loop of noise with that spectrum, (length,)."""
    rng = np.random.Generator(np.random.PCG64(seed))
    hz: Curve = np.asarray(np.fft.rfftfreq(length, 1 / RATE), dtype=np.float64)
    turn = rng.random(len(hz)) * (2 * np.pi)
    lines = spectrum(hz) * np.exp(1j * turn)
    lines[0] = 0.0
    return _finish(np.asarray(np.fft.irfft(lines, length), dtype=np.float64), rms)


def scattered(
    length: int, seed: int, a_second: float, grain: Callable[[np.random.Generator], Curve], rms: float
) -> Mono:
    """One loop of grains at times that nobody can foresee, (length,). `grain` makes each, at most a second long."""
    rng = np.random.Generator(np.random.PCG64(seed))
    out = np.zeros(length + RATE)
    for at in np.sort(rng.integers(0, length, round(a_second * length / RATE))):
        g = grain(rng)
        out[at : at + len(g)] += g
    out[: len(out) - length] += out[length:]
    return _finish(out[:length], rms)


def take(loop: Mono, first: int, n: int) -> Mono:
    """Frames `first` to `first + n` of an endless loop, (n,)."""
    at = first % len(loop)
    if at + n <= len(loop):
        return loop[at : at + n]
    return np.take(loop, np.arange(at, at + n), mode="wrap")


class Bed:
    """Two loops of coprime lengths; left and right hear them at different places."""

    def __init__(self, short: Mono, long: Mono) -> None:
        self.short, self.long = short, long

    def channel(self, side: int, first: int, n: int) -> Mono:
        """Left (0) or right (1), (n,), at 1.4 times the level of one loop."""
        return take(self.short, first + side * (len(self.short) // 2), n) + take(
            self.long, first + side * (len(self.long) // 3), n
        )


@cache
def bed(seed: int, low: float, high: float, slope_db: float) -> Bed:
    """A bed of noise at RMS 1."""
    spectrum = band(low, high, slope_db)
    half = float(np.sqrt(0.5))
    return Bed(shaped(SHORT, seed, spectrum, half), shaped(LONG, seed + 1, spectrum, half))


@cache
def grains(seed: int, a_second: float, grain: Callable[[np.random.Generator], Curve]) -> Bed:
    """A bed of scattered grains at RMS 1."""
    half = float(np.sqrt(0.5))
    return Bed(scattered(SHORT, seed, a_second, grain, half), scattered(LONG, seed + 1, a_second, grain, half))


def slow(first: int, n: int, curve: Callable[[Curve], Curve]) -> Curve:
    """A slow curve of time in seconds, (n,). The same frame has the same value in every block."""
    a, b = first // GRID, (first + n - 1) // GRID + 1
    knots = np.arange(a, b + 1, dtype=np.float64) * GRID
    return np.interp(np.arange(first, first + n, dtype=np.float64), knots, curve(knots / RATE))
