"""Makes the bundled bells: `python audio/make.py` writes `bells/*.wav` beside this file.

Each bell is a sum of decaying partials (modal synthesis). The ratios are measured ones where measurements are
published (README.md names them); partials come in pairs a fraction of a hertz apart where real metal beats, and nothing
is recorded: there is no one to ask for leave. The same numbers give the same files everywhere, to the last bit but one;
a test holds the files against this script.
"""

from __future__ import annotations

import sys
import wave
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

RATE = 24_000
FLOOR_DB = 72.0
"""A tail is kept until it is this far below the peak."""
END_S = 0.5
"""The last stretch is drawn to zero over this time."""


@dataclass(frozen=True)
class Partial:
    """One mode: its ratio to the pitch, level, time to fall by 60 dB, and how far its twin beats beside it."""

    ratio: float
    level: float
    t60: float
    beat_hz: float = 0.0
    bloom_s: float = 0.0
    """Time it takes to swell; a gong's upper modes are fed by the lower ones."""


@dataclass(frozen=True)
class Body:
    """A struck body. `attack_s` is the softness of the mallet, `peak` the level of the file."""

    hz: float
    attack_s: float
    peak: float
    partials: tuple[Partial, ...]


TWIN = 0.26
"""Part of a pair that its weaker half has. Two modes of one oval body are never equally strong: the beat is a shimmer
of 6 dB, not a gap."""

BELLS: dict[str, Body] = {
    # Ratios of a bowl of 180 mm; a felt mallet leaves little of the upper ones.
    "bowl": Body(
        196.0,
        0.018,
        0.27,
        (
            Partial(1.0, 1.0, 11.9, 0.5),
            Partial(2.778, 0.5, 8.5, 0.85),
            Partial(5.181, 0.16, 4.6, 1.3),
            Partial(8.163, 0.05, 2.3, 1.7),
            Partial(11.661, 0.018, 1.2),
            Partial(15.638, 0.007, 0.7),
        ),
    ),
    # Hum, prime, tierce, quint, nominal and on, of a church bell; the low ones ring longest, as they do there.
    "bell": Body(
        440.0,
        0.012,
        0.38,
        (
            Partial(0.5, 0.4, 8.6, 0.3),
            Partial(1.0, 0.9, 6.0, 0.6),
            Partial(1.183, 0.26, 5.4, 0.8),
            Partial(1.506, 0.16, 3.2),
            Partial(2.0, 0.5, 3.0, 0.9),
            Partial(2.514, 0.1, 1.8),
            Partial(2.662, 0.08, 1.7),
            Partial(3.011, 0.12, 1.5),
            Partial(4.166, 0.05, 1.0),
            Partial(5.433, 0.02, 0.7),
        ),
    ),
    # A free bar or tube of aluminium. Its halves are nearly alike, so the beat is slow.
    "chime": Body(
        880.0,
        0.01,
        0.22,
        (
            Partial(1.0, 1.0, 6.0, 0.25),
            Partial(2.756, 0.26, 3.0, 0.5),
            Partial(5.423, 0.07, 1.3),
            Partial(8.988, 0.015, 0.5),
        ),
    ),
    # Two strong modes nearly an octave apart, as in a large Javanese or Balinese gong; the second of them does not
    # quite meet the octave of the first, and that is its wave. The upper ones come in late.
    "gong": Body(
        98.0,
        0.06,
        0.31,
        (
            Partial(1.0, 1.0, 11.0, 0.2),
            Partial(1.53, 0.3, 8.0, 0.45),
            Partial(1.993, 0.6, 9.5),
            Partial(2.0, 0.24, 9.5),
            Partial(2.67, 0.26, 6.5, 0.7, 0.08),
            Partial(3.31, 0.24, 5.6, 1.1, 0.12),
            Partial(4.12, 0.18, 4.8, 0.9, 0.16),
            Partial(5.19, 0.13, 4.0, 1.3, 0.21),
            Partial(6.13, 0.1, 3.4, 1.6, 0.25),
            Partial(6.87, 0.08, 3.0, 1.2, 0.28),
            Partial(7.94, 0.06, 2.5, 1.9, 0.32),
            Partial(9.03, 0.045, 2.1, 1.5, 0.35),
            Partial(11.2, 0.02, 1.5, 2.2, 0.38),
        ),
    ),
    # A bar of wood over a hollow. In wood the time to decay falls as the pitch rises.
    "wood": Body(
        620.0,
        0.005,
        0.3,
        (Partial(1.0, 1.0, 0.22), Partial(2.572, 0.34, 0.086), Partial(4.644, 0.1, 0.047), Partial(0.46, 0.34, 0.2)),
    ),
}


def length_s(body: Body) -> float:
    """Until the slowest partial has fallen by `FLOOR_DB` under the whole."""
    loudest = max(p.level for p in body.partials)
    lasts = (p.t60 * (FLOOR_DB + 20 * np.log10(p.level / loudest)) / 60 for p in body.partials)
    return float(max(lasts)) + END_S


def strike(body: Body) -> npt.NDArray[np.float64]:
    """One stroke with its whole tail, peak `body.peak`, (frames,) at `RATE`."""
    t = np.arange(round(length_s(body) * RATE)) / RATE
    out = np.zeros_like(t)
    for i, p in enumerate(body.partials):
        hz = body.hz * p.ratio
        envelope = p.level * np.exp(-np.log(1000) * t / p.t60)
        if p.bloom_s:
            envelope *= 1 - np.exp(-t / p.bloom_s)
        phase = 0.7 * i
        if p.beat_hz:
            out += envelope * (1 - TWIN) * np.sin(2 * np.pi * (hz - p.beat_hz / 2) * t + phase)
            out += envelope * TWIN * np.sin(2 * np.pi * (hz + p.beat_hz / 2) * t + phase)
        else:
            out += envelope * np.sin(2 * np.pi * hz * t + phase)
    n = round(body.attack_s * RATE)
    out[:n] *= 0.5 - 0.5 * np.cos(np.pi * np.arange(n) / n)
    out *= body.peak / np.abs(out).max()
    n = round(END_S * RATE)
    out[-n:] *= 0.5 + 0.5 * np.cos(np.pi * (np.arange(n) + 1) / n)
    return out


def samples(body: Body) -> npt.NDArray[np.int16]:
    """The stroke as it stands in the file."""
    return np.rint(strike(body) * 32767).astype("<i2")


def main(folder: Path) -> None:
    """Write every bell into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, body in BELLS.items():
        data = samples(body)
        with wave.open(str(folder / f"{name}.wav"), "wb") as out:
            out.setnchannels(1)
            out.setsampwidth(2)
            out.setframerate(RATE)
            out.writeframes(data.tobytes())
        print(f"{name}.wav  {len(data) / RATE:.2f} s  {data.nbytes // 1024} KiB")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent / "bells")
