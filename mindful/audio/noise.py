"""Endless noise and scattered grains, the stuff of the background layers. Called by `layers` and `breath_tone`.

A loop is made once, from a seed, on a circle: its end runs into its beginning without a seam. What is heard is never
the loop as such: every few seconds the ear is led, by an equal-power cross-fade, to another place of it, chosen by a
hash of (seed, which stretch it is). So nothing comes again after a fixed time, there is no end, any frame costs the
same, and the same frame is the same sound at every hearing.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt

from mindful.audio.units import RATE, Block, Curve, Mono

LENGTH = 3**12
"""Frames of a loop, 11 s: quick for an FFT."""
STRETCH, CROSS = 100_003, 24_000
"""Frames of one stretch, 2.1 s (a prime, so that it falls in step with nothing), and of the fade into the next."""
APART = 12_000
"""What sounds at one time, in both ears and in a cross-fade, are places of the loop at least so many frames apart (a
quarter of a second): the same noise twice, a moment late, would sound like a comb, and narrow."""
GRID = 256
"""Slow curves are worked out every so many frames (5 ms), counted from frame 0, and joined by lines."""
_PARTS = np.arange(GRID) / GRID

Spectrum = Callable[[Curve], Curve]
"""Amplitude at frequencies in hertz."""
Whole = npt.NDArray[np.int64]


def hashed(seed: int, numbers: Whole) -> Curve:
    """A fixed, patternless value from 0 up to 1 for each number, (n,): SplitMix64 (Steele et al. 2014)."""
    with np.errstate(over="ignore"):
        x = numbers.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(seed * 0xD1B54A32D192ED03 % 2**64)
        x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        x ^= x >> np.uint64(31)
    return np.asarray((x >> np.uint64(11)).astype(np.float64) / 2**53)


def band(low: float, high: float, slope_db: float = 0.0, order: int = 2) -> Spectrum:
    """Noise between two corners, falling by `slope_db` an octave in between (-3 is pink, -6 brown)."""

    def amplitude(hz: Curve) -> Curve:
        f = np.maximum(hz, 1.0)
        passed = 1 / np.sqrt(1 + (low / f) ** (2 * order)) / np.sqrt(1 + (f / high) ** (2 * order))
        return np.asarray(passed * (f / 1000) ** (slope_db / 6.0206), dtype=np.float64)

    return amplitude


def _finish(x: npt.NDArray[np.floating], rms: float) -> npt.NDArray[np.float32]:
    out = np.asarray(x * (rms / np.sqrt(np.mean(x**2))), dtype=np.float32)
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


Grain = Callable[[np.random.Generator], Curve]
EAR_FRAMES = 30
"""A sound from the side reaches the far ear so many frames later (0.63 ms), at most."""
KINDS = 160
"""So many different grains are made; each of those heard is one of them at a strength and a place of its own."""


def scattered(length: int, seed: int, a_second: float, grain: Grain, rms: float) -> Block:
    """One loop of grains at times and places that nobody can foresee, (length, 2). Each is at most a second long."""
    rng = np.random.Generator(np.random.PCG64(seed))
    kinds = [grain(rng) for _ in range(KINDS)]
    out = np.zeros((2, length + RATE))
    count = round(a_second * length / RATE)
    # Most are weak, and none is so strong that it startles.
    strong = np.minimum(2.0, rng.lognormal(0, 0.5, count))
    places, sides = rng.integers(0, length, count), rng.uniform(-0.8, 0.8, count)
    for at, size, side in zip(places, strong, sides, strict=True):
        g, late = kinds[rng.integers(KINDS)], round(abs(side) * EAR_FRAMES)
        near, far = (0, 1) if side < 0 else (1, 0)
        out[near, at : at + len(g)] += size * np.sqrt((1 + abs(side)) / 2) * g
        out[far, at + late : at + late + len(g)] += size * np.sqrt((1 - abs(side)) / 2) * g
    out[:, : out.shape[1] - length] += out[:, length:]
    return _finish(np.ascontiguousarray(out[:, :length].T), rms)


def take(loop: npt.NDArray[np.float32], first: int, n: int) -> npt.NDArray[np.float32]:
    """Frames `first` to `first + n` of an endless loop, (n,) or (n, 2)."""
    at = first % len(loop)
    if at + n <= len(loop):
        return loop[at : at + n]
    return np.take(loop, np.arange(at, at + n), axis=0, mode="wrap")


@lru_cache(maxsize=256)
def _chosen(seed: int, stretch: int) -> float:
    """Where in its loop a stretch begins, as a part of the whole."""
    return float(hashed(seed, np.array([stretch]))[0])


def _fade() -> Mono:
    return np.sin(np.pi / 2 * (np.arange(CROSS) + 0.5) / CROSS).astype(np.float32)


class Bed:
    """A loop, heard in stretches from places all over it. `render` gives (n,), or (n, 2) for a loop of two channels.

    `ear` is 0 or 1 where two beds of one loop are heard together; the second changes place half a stretch earlier.
    """

    def __init__(self, loop: npt.NDArray[np.float32], seed: int, ear: int = 0) -> None:
        self.loop, self.seed, self.ear = loop, seed, ear
        self._in: npt.NDArray[np.float32] = _fade() if loop.ndim == 1 else _fade()[:, None]
        self._out = self._in[::-1]

    def _place(self, stretch: int) -> int:
        """Where the stretch begins. How far a place is ahead of the clock lies, for each ear and for every other
        stretch, in a quarter of the loop of its own: so those that are heard together are never close."""
        quarter = len(self.loop) // 4
        ahead = (2 * self.ear + stretch % 2) * quarter + int(_chosen(self.seed, stretch) * (quarter - APART))
        return (ahead + stretch * STRETCH - self.ear * (STRETCH // 2)) % len(self.loop)

    def render(self, first: int, n: int) -> npt.NDArray[np.float32]:
        """Frames `first` to `first + n`, at the level of the loop."""
        out = np.empty((n, *self.loop.shape[1:]), np.float32)
        done = 0
        while done < n:
            stretch, at = divmod(first + done, STRETCH)
            k = min(n - done, STRETCH - at)
            piece = out[done : done + k]
            piece[:] = take(self.loop, self._place(stretch) + at, k)
            if at < CROSS:  # what came before fades away under it
                m = min(k, CROSS - at)
                piece[:m] *= self._in[at : at + m]
                piece[:m] += self._out[at : at + m] * take(self.loop, self._place(stretch - 1) + STRETCH + at, m)
            done += k
        return out


class Pair:
    """Noise for two ears: two beds over one loop that are never at the same place."""

    def __init__(self, loop: Mono, seed: int) -> None:
        self.ears = (Bed(loop, 2 * seed, 0), Bed(loop, 2 * seed + 1, 1))

    def channel(self, side: int, first: int, n: int) -> Mono:
        """Left (0) or right (1), (n,)."""
        # The ears change place at different times.
        return self.ears[side].render(first + side * (STRETCH // 2), n)


@cache
def bed(seed: int, low: float, high: float, slope_db: float, order: int = 2) -> Pair:
    """A bed of noise at RMS 1 for both ears."""
    return Pair(shaped(LENGTH, seed, band(low, high, slope_db, order)), seed)


@cache
def grains(seed: int, a_second: float, grain: Grain) -> Bed:
    """A bed of scattered grains at RMS 1, in stereo."""
    return Bed(scattered(LENGTH, seed, a_second, grain, 1.0), seed)


def slow(first: int, n: int, curves: Callable[[Curve], Curve]) -> npt.NDArray[np.float32]:
    """Slow curves of time in seconds, (n,), or (rows, n) for several. A frame has the same value in every block."""
    a, b = first // GRID, -(-(first + n) // GRID)
    knots = curves(np.arange(a, b + 1, dtype=np.float64) * (GRID / RATE))
    step = (knots[..., 1:] - knots[..., :-1])[..., None] * _PARTS
    fine = (step + knots[..., :-1, None]).reshape(*knots.shape[:-1], -1)
    return np.asarray(fine[..., first - a * GRID : first - a * GRID + n], dtype=np.float32)


def wander(t: Curve, seed: int, period_s: float) -> Curve:
    """A value between 0 and 1 that drifts without aim and without end, turning about every `period_s`; (n,)."""
    x = t / period_s
    knot = np.floor(x)
    part = x - knot
    a, b = (hashed(seed, (knot + i).astype(np.int64)) for i in (0, 1))
    return np.asarray(a + (b - a) * (part * part * (3.0 - 2.0 * part)))
