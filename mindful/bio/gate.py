"""Whether a moment of EEG can be trusted, and how each electrode sits. Called by the engine and `mindful devices test`.

Measured on real eyes-closed rest: nothing of it is lost at 100 microvolts peak to peak (27 / 42 / 55 at Fp, median /
95 % / most), and real blinks are over it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from mindful.bio.filters import Envelope
from mindful.bio.protocols import Artefacts

Contact = Literal["good", "noisy", "flat", "clipped"]
Why = Literal["", "movement", "muscle", "flat", "clipped", "gap"]
FLAT_UV = 0.5
"""Peak to peak below this for a second is no electrode on a head."""
CLIPPED = 0.2
"""Share of samples that stand at the highest or lowest value; a signal that is cut off."""
MUSCLE_HZ = (30.0, 45.0)
LEAST_MUSCLE_UV = 2.0
"""Below this nothing is called muscle, however still the baseline was."""
NOISY_UV = 200.0
MAINS_SHARE = 0.8


@dataclass(frozen=True, slots=True)
class Electrode:
    """One channel over the last seconds."""

    label: str
    contact: Contact
    peak_to_peak_uv: float
    mains: float
    """Share of the power over 2 Hz that is at 50 or 60 Hz, 0 to 1; high where an electrode sits badly."""


class Gate:
    """Looks at every new stretch of the channels that a protocol uses."""

    def __init__(self, channels: int, rate_hz: float, rules: Artefacts) -> None:
        """Where the rate is too low for the muscle band, muscle is not looked for."""
        self._rules = rules
        self._window = np.zeros((channels, 0))
        self._length = max(2, round(rules.hold_s * rate_hz))
        top = min(MUSCLE_HZ[1], 0.45 * rate_hz)
        self._muscle = Envelope(channels, MUSCLE_HZ[0], top, rate_hz) if top > MUSCLE_HZ[0] + 2 else None
        self._seen: list[float] = []
        self._usual: float | None = None
        self._since = 0

    def push(self, x: NDArray[Any]) -> Why:
        """New samples (channels, n > 0) in microvolts; why the last `hold_s` cannot be trusted, or nothing."""
        self._window = np.concatenate([self._window, x], axis=1)[:, -self._length :]
        strength = float(self._muscle.push(x)[:, -1].max()) if self._muscle is not None else 0.0
        swing = np.ptp(self._window, axis=1)
        why: Why = ""
        if swing.min() < FLAT_UV:
            why = "flat"
        elif swing.max() > self._rules.peak_to_peak_uv:
            why = "movement"
        elif _cut(self._window).any():
            why = "clipped"
        elif self._usual is not None and strength > max(LEAST_MUSCLE_UV, self._rules.muscle_factor * self._usual):
            why = "muscle"
        if not why:
            self._seen.append(strength)
            self._since += 1
            if (self._usual is None and len(self._seen) >= 125) or self._since >= 250:
                self._usual, self._since = float(np.median(self._seen)), 0
                del self._seen[:-5000]
        return why


def _cut(window: NDArray[Any]) -> NDArray[np.bool_]:
    top = (window == window.max(axis=1, keepdims=True)).mean(axis=1)
    bottom = (window == window.min(axis=1, keepdims=True)).mean(axis=1)
    out: NDArray[np.bool_] = np.maximum(top, bottom) > CLIPPED
    return out


def electrodes(labels: tuple[str, ...], window: NDArray[Any], rate_hz: float) -> list[Electrode]:
    """How each channel of a window (channels, n) of one to a few seconds sits."""
    if window.shape[1] < 2:
        return []
    swing = np.ptp(window, axis=1)
    power = np.abs(np.fft.rfft(window - window.mean(axis=1, keepdims=True), axis=1)) ** 2
    freqs = np.fft.rfftfreq(window.shape[1], 1 / rate_hz)
    near = (np.abs(freqs - 50) < 1.5) | (np.abs(freqs - 60) < 1.5)
    mains = power[:, near].sum(axis=1) / np.maximum(power[:, freqs > 2].sum(axis=1), 1e-12)
    out = []
    for i, label in enumerate(labels):
        contact: Contact = "good"
        if swing[i] < FLAT_UV:
            contact = "flat"
        elif _cut(window[i : i + 1])[0]:
            contact = "clipped"
        elif swing[i] > NOISY_UV or (mains[i] > MAINS_SHARE and swing[i] > 30):
            contact = "noisy"
        out.append(Electrode(label, contact, float(swing[i]), float(mains[i])))
    return out
