"""Power over frequency, after Welch: for band tables, the individual alpha peak, and what is said after a session.

Not for feedback: an estimate that is steady needs some four seconds and is then two seconds late (`filters.Envelope`).
Called by the engine after a baseline, by `mindful devices test`, and by reports.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

ALPHA_PEAK_HZ = (7.0, 13.0)
"""Where an adult's alpha peak is looked for."""
PEAK_AT_LEAST = 1.5
"""How many times the 1/f background a peak must be to count as one."""


def welch(
    x: NDArray[Any], rate_hz: float, window_s: float = 4.0, clean: NDArray[np.bool_] | None = None
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """(frequencies (m,) in Hz, power density (channels, m) in uV^2/Hz) of x (channels, n).

    Hann windows that overlap by half, each without its mean; with `clean` (n,) only those that are clean throughout.
    Raises ValueError where there is no such window.
    """
    n = round(window_s * rate_hz)
    w = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(n) / n)
    total, count = np.zeros((x.shape[0], n // 2 + 1)), 0
    for start in range(0, x.shape[1] - n + 1, n - n // 2):
        if clean is not None and not clean[start : start + n].all():
            continue
        part = x[:, start : start + n].astype(float)
        total += np.abs(np.fft.rfft((part - part.mean(axis=1, keepdims=True)) * w, axis=1)) ** 2
        count += 1
    if not count:
        raise ValueError("too short for one window")
    total *= 2 / (rate_hz * (w**2).sum() * count)
    total[:, 0] /= 2
    if n % 2 == 0:
        total[:, -1] /= 2
    return np.asarray(np.fft.rfftfreq(n, 1 / rate_hz), np.float64), total


def band_power(
    freqs: NDArray[np.float64], power: NDArray[np.float64], low_hz: float, high_hz: float
) -> NDArray[np.float64]:
    """(channels,) power in a band, low included and high not, in uV^2."""
    inside = (freqs >= low_hz) & (freqs < high_hz)
    out: NDArray[np.float64] = power[:, inside].sum(axis=1) * (freqs[1] - freqs[0])
    return out


def alpha_peak(freqs: NDArray[np.float64], power: NDArray[np.float64]) -> float | None:
    """The individual alpha peak in Hz, over the mean of the channels; None where nothing stands out.

    The background is a straight line through log power over log frequency outside of 6 to 14 Hz; the peak is the
    highest point above it that is no edge of 7 to 13 Hz, refined by the parabola through its neighbours.
    """
    mean = power.mean(axis=0)
    low, high = ALPHA_PEAK_HZ
    around = (freqs >= 2) & (freqs <= 30) & ((freqs < low - 1) | (freqs > high + 1))
    if around.sum() < 4 or not (mean > 0).all():
        return None
    slope = np.polyfit(np.log(freqs[around]), np.log(mean[around]), 1)
    over = np.full(len(freqs), -np.inf)
    over[1:] = np.log(mean[1:]) - np.polyval(slope, np.log(freqs[1:]))
    inside = np.flatnonzero((freqs >= low) & (freqs <= high))
    at = int(inside[np.argmax(over[inside])])
    if at in (inside[0], inside[-1]) or over[at] < np.log(PEAK_AT_LEAST):
        return None
    before, here, after = over[at - 1], over[at], over[at + 1]
    bend = before - 2 * here + after
    shift = 0.5 * (before - after) / bend if bend < 0 else 0.0
    return float(freqs[at] + shift * (freqs[1] - freqs[0]))
