"""A listener with eyes shut, made of numpy: hears a recording through a sliding window and says which phase it is in.

It knows nothing of the timeline, not even where a phase begins. Each window of 0.6 s is judged by itself, from what a
person would attend to: where the pitch stands, where it goes, how loud and how bright it is. What stands still through
the whole recording (a drone, the colour of a noise) it takes for the background. Used by `test_eyes_closed.py`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mindful.audio import breath_tone
from mindful.audio.units import FRAMES_PER_MS, RATE, Block
from mindful.timeline.model import PhaseCue

PHASES = ("inhale", "top_up", "hold", "exhale", "rest")
FRAME, HOP = 4096, 2400
WINDOW = 12
"""Frames of a window, 0.6 s from the middle of the first to the middle of the last."""
STEPS = 36
"""Steps of pitch an octave."""
PITCHES = 82.0 * 2 ** (np.arange(round(2.4 * STEPS)) / STEPS)
SLOPES = np.array([-2.4, -1.7, -1.2, -0.8, -0.55, -0.38, -0.26, -0.17, -0.1, -0.05, 0.0])
SLOPES = np.concatenate((SLOPES, -SLOPES[-2::-1]))
"""Octaves a second that it listens for."""


def train_of(cues: list[PhaseCue]) -> Block:
    """The breath tone alone, phase after phase."""
    end = max(c.at_ms + c.length_ms for c in cues) * FRAMES_PER_MS
    out = np.zeros((end + breath_tone.RELEASE, 2), np.float32)
    for cue in cues:
        first, n = cue.at_ms * FRAMES_PER_MS, cue.length_ms * FRAMES_PER_MS + breath_tone.RELEASE
        out[first : first + n] += breath_tone.render(cue, 0, n)
    return out[:end]


def pink(n: int, seed: int) -> Block:
    """Pink noise of this test's own, (n, 2): that of the program is one of the backgrounds to be tested."""
    rng = np.random.default_rng(seed)
    lines = np.fft.rfft(rng.standard_normal((n, 2)), axis=0)
    hz = np.fft.rfftfreq(n, 1 / RATE)
    lines /= np.sqrt(np.maximum(hz, 20.0))[:, None]
    return np.fft.irfft(lines, n, axis=0).astype(np.float32)


def mixed(tone: Block, noise: Block, snr_db: float) -> Block:
    """`tone` with `noise` so many decibels below it, both taken as root mean square over the whole."""
    noise = noise[: len(tone)].astype(np.float64)
    level = np.sqrt(np.mean(np.square(tone, dtype=np.float64)) / np.mean(noise**2)) * 10 ** (-snr_db / 20)
    return (tone + level * noise).astype(np.float32)


def heard(x: Block) -> tuple[np.ndarray, np.ndarray]:
    """(time in ms of the middle of each window, features (windows, 6))."""
    mono = x.mean(axis=1, dtype=np.float64)
    count = (len(mono) - FRAME) // HOP + 1
    at = np.arange(count) * HOP
    pieces = np.lib.stride_tricks.sliding_window_view(mono, FRAME)[at] * np.hanning(FRAME)
    power = np.abs(np.fft.rfft(pieces)) ** 2
    power = power[:, : round(2000 * FRAME / RATE)] + 1e-9
    usual = np.median(power, axis=0)
    stands_out = np.log1p(power / (2 * usual))
    hz = np.arange(power.shape[1]) * RATE / FRAME

    def along(scale: float) -> np.ndarray:
        return np.stack([np.interp(PITCHES * scale, hz, row) for row in stands_out])

    first, second, third = along(1.0), along(2.0), along(3.0)
    strength = first + 0.6 * second + 0.35 * third
    # Rising or falling, a voice is a straight line of pitch over a short time: the line with most on it is heard.
    wide = round(2.4 * STEPS * 0.3) + 1
    padded = np.pad(strength, ((0, 0), (wide, wide)))
    seconds = (np.arange(WINDOW) - (WINDOW - 1) / 2) * HOP / RATE
    windows = np.lib.stride_tricks.sliding_window_view(padded, WINDOW, axis=0)  # (windows, pitch, time)
    lines = np.zeros((len(windows), len(SLOPES), len(PITCHES)))
    for i, slope in enumerate(SLOPES):
        for j, s in enumerate(seconds):
            shift = wide + round(slope * s * STEPS)
            lines[:, i] += windows[:, shift : shift + len(PITCHES), j]
    lines /= WINDOW
    best = lines.reshape(len(lines), -1).argmax(axis=1)
    going, pitch = np.divmod(best, len(PITCHES))
    on_line = lines.reshape(len(lines), -1)[np.arange(len(lines)), best]
    tonal = np.maximum(power - 2 * usual, 0.0).sum(axis=1)
    level = 10 * np.log10(np.convolve(tonal, np.ones(WINDOW) / WINDOW, "valid") + 1e-12)
    level -= np.percentile(level, 90)
    bright = np.lib.stride_tricks.sliding_window_view(second + third - first, WINDOW, axis=0).mean(axis=2)
    features = np.stack(
        (
            np.cbrt(SLOPES[going]),
            np.log2(PITCHES[pitch] / 131.0),
            on_line,
            np.maximum(level, -40.0),
            bright[np.arange(len(lines)), pitch],
            lines.max(axis=2)[:, len(SLOPES) // 2] / np.maximum(on_line, 1e-9),
        ),
        axis=1,
    )
    middle = (np.arange(len(lines)) * HOP + (WINDOW - 1) * HOP / 2 + FRAME / 2) / FRAMES_PER_MS
    return middle, features


@dataclass
class Ear:
    """The nearest of what it has heard before: `examples` (n, features), scaled, and what each was."""

    examples: np.ndarray
    names: np.ndarray
    scale: np.ndarray
    nearest: int = 15

    def says(self, features: np.ndarray) -> np.ndarray:
        """Which phase each window sounds like, (windows,) indices of `PHASES`."""
        x = features / self.scale
        far = (self.examples**2).sum(axis=1) - 2 * x @ self.examples.T
        near = np.argpartition(far, self.nearest, axis=1)[:, : self.nearest]
        votes = np.stack([(self.names[near] == k).sum(axis=1) for k in range(len(PHASES))], axis=1)
        return votes.argmax(axis=1)


def labels(cues: list[PhaseCue], middle: np.ndarray) -> np.ndarray:
    """Which phase each window's middle lies in."""
    starts = np.array([c.at_ms for c in cues])
    return np.array([PHASES.index(cues[i].phase) for i in np.searchsorted(starts, middle, "right") - 1])
