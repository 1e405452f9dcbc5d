"""Numbers of a heart's rhythm: pacer lock, coherence ratio, swing, RMSSD, SDNN. Pure functions of beats.

Beat times are seconds, intervals milliseconds. A number that the beats do not carry is None, never a guess. Called by
the heart engine, the resonance assessment and reports.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mindful.bio.pacing import Pace

GRID_HZ = 4.0
"""Beats are laid on an even grid this fine, by straight lines between them."""
LEAST_BEATS = 8
PEAK_HZ = (0.04, 0.26)
PEAK_WIDTH_HZ = 0.03
WHOLE_HZ = (0.0033, 0.4)
Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Lock:
    """How far the heart goes with the pacer."""

    share: float
    """0 to 1: the part of heart rate's variance, without its trend, that a sine of the pacer's own pace explains."""
    swing_bpm: float
    """From trough to peak of that sine, in beats a minute."""
    phase_deg: float
    """By how much heart rate comes before the pacer's cycle, -180 to 180."""


@dataclass(frozen=True, slots=True)
class Coherence:
    """McCraty & Zayas 2014, Front Psychol 5:1090."""

    ratio: float
    """Power of the peak over all other power."""
    peak_per_min: float

    @property
    def share(self) -> float:
        """The peak's part of all power, 0 to 1."""
        return self.ratio / (1 + self.ratio)


def lock(at_s: Array, rr_ms: Array, pace: Pace, window_s: float = 30.0) -> Lock | None:
    """Over the last `window_s` of beats; None for fewer than eight beats or two thirds of the window."""
    kept = at_s > at_s[-1] - window_s if len(at_s) else np.zeros(0, bool)
    t, bpm = at_s[kept], 60_000 / rr_ms[kept]
    if len(t) < LEAST_BEATS or t[-1] - t[0] < 0.6 * window_s:
        return None
    grid = np.arange(t[0], t[-1], 1 / GRID_HZ)
    x = np.interp(grid, t, bpm)
    phase = np.array([pace.phase(g) for g in grid])
    trend = np.stack([np.ones_like(grid), grid - grid.mean()], axis=1)
    whole = np.concatenate([np.sin(phase)[:, None], np.cos(phase)[:, None], trend], axis=1)
    fitted = np.linalg.lstsq(whole, x, rcond=None)[0]
    level = x - trend @ np.linalg.lstsq(trend, x, rcond=None)[0]
    left = x - whole @ fitted
    if level.var() < 1e-9:
        return None
    return Lock(
        float(min(1.0, max(0.0, 1 - left.var() / level.var()))),
        2 * math.hypot(fitted[0], fitted[1]),
        math.degrees(math.atan2(fitted[1], fitted[0])),
    )


def coherence(at_s: Array, rr_ms: Array, window_s: float = 64.0) -> Coherence | None:
    """Over the last `window_s` of beats: highest peak of 0.04 to 0.26 Hz, 0.030 Hz around it, against the rest.

    None for fewer than eight beats or less than 0.7 of the window.
    """
    kept = at_s > at_s[-1] - window_s if len(at_s) else np.zeros(0, bool)
    t, rr = at_s[kept], rr_ms[kept]
    if len(t) < LEAST_BEATS or t[-1] - t[0] < 0.7 * window_s:
        return None
    grid = np.arange(t[0], t[-1], 1 / GRID_HZ)
    x = np.interp(grid, t, rr)
    x = x - np.polyval(np.polyfit(grid - grid[0], x, 1), grid - grid[0])
    n = 1024
    if x.var() < 1e-9:
        return None
    power = np.abs(np.fft.rfft(x * np.hanning(len(x)), n)) ** 2
    freqs = np.fft.rfftfreq(n, 1 / GRID_HZ)
    band = np.flatnonzero((freqs >= PEAK_HZ[0]) & (freqs <= PEAK_HZ[1]))
    at = int(band[np.argmax(power[band])])
    peak = power[np.abs(freqs - freqs[at]) <= PEAK_WIDTH_HZ / 2 + freqs[1] / 2].sum()
    total = power[(freqs >= WHOLE_HZ[0]) & (freqs <= WHOLE_HZ[1])].sum()
    if total <= 0:
        return None
    return Coherence(float(peak / max(total - peak, 1e-12 * total)), float(60 * freqs[at]))


def rmssd(rr_ms: Array, good: Array | None = None) -> float | None:
    """Root mean square of successive differences, ms; with `good` only of neighbours that were both measured."""
    if len(rr_ms) < 3:
        return None
    steps = np.diff(rr_ms)
    if good is not None:
        steps = steps[good[1:] & good[:-1]]
    return float(np.sqrt(np.mean(steps**2))) if len(steps) >= 2 else None


def sdnn(rr_ms: Array, good: Array | None = None) -> float | None:
    """Standard deviation of intervals (n - 1), ms; with `good` only of those that were measured."""
    kept = rr_ms if good is None else rr_ms[good]
    return float(np.std(kept, ddof=1)) if len(kept) >= 3 else None
