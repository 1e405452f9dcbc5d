"""Makes the bundled bells: `python audio/make.py` writes `bells/*.wav` beside this file.

Each bell is a sum of decaying partials (modal synthesis). The ratios are those of the struck body, partials come in
pairs a fraction of a hertz apart where real metal beats, and nothing is recorded: there is no one to ask for leave.
The same numbers give the same files everywhere, to the last bit but one; a test holds the files against this script.
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
END_S = 0.35
"""The last stretch is drawn to zero over this time."""


@dataclass(frozen=True)
class Partial:
    """One mode: its ratio to the fundamental, level, time to fall by 60 dB, and how far its twin beats beside it."""

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


BELLS: dict[str, Body] = {
    "bowl": Body(
        196.0,
        0.008,
        0.36,
        (
            Partial(1.0, 1.0, 10.0, 0.55),
            Partial(2.71, 0.62, 7.0, 0.9),
            Partial(5.05, 0.22, 3.6, 1.3),
            Partial(8.02, 0.07, 1.6),
            Partial(11.4, 0.03, 0.7),
        ),
    ),
    "bell": Body(
        440.0,
        0.005,
        0.30,
        (
            Partial(0.5, 0.35, 6.0, 0.3),
            Partial(1.0, 0.9, 5.2, 0.7),
            Partial(1.19, 0.28, 4.2),
            Partial(1.5, 0.22, 3.4),
            Partial(2.0, 0.6, 3.6, 0.8),
            Partial(2.52, 0.14, 2.0),
            Partial(3.01, 0.16, 1.7),
            Partial(4.17, 0.08, 1.0),
        ),
    ),
    "chime": Body(
        880.0,
        0.005,
        0.22,
        (
            Partial(1.0, 1.0, 4.0, 0.4),
            Partial(2.756, 0.34, 2.4, 0.9),
            Partial(5.404, 0.1, 1.1),
            Partial(8.93, 0.02, 0.4),
        ),
    ),
    "gong": Body(
        98.0,
        0.05,
        0.36,
        (
            Partial(1.0, 1.0, 9.0, 0.35),
            Partial(1.48, 0.55, 8.0, 0.5),
            Partial(2.03, 0.5, 7.0, 0.8, 0.05),
            Partial(2.67, 0.34, 6.0, 0.7, 0.1),
            Partial(3.31, 0.3, 5.0, 1.1, 0.15),
            Partial(4.12, 0.22, 4.4, 0.9, 0.2),
            Partial(5.19, 0.16, 3.6, 1.3, 0.25),
            Partial(6.87, 0.1, 2.8, 1.2, 0.3),
            Partial(9.03, 0.06, 2.0, 1.5, 0.35),
        ),
    ),
    "wood": Body(
        620.0,
        0.003,
        0.24,
        (Partial(1.0, 1.0, 0.22), Partial(2.63, 0.4, 0.12), Partial(5.1, 0.12, 0.06), Partial(0.46, 0.3, 0.18)),
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
            # Two modes of one oval body: never equally strong, so the beat is a shimmer and not a gap.
            out += envelope * 0.62 * np.sin(2 * np.pi * (hz - p.beat_hz / 2) * t + phase)
            out += envelope * 0.38 * np.sin(2 * np.pi * (hz + p.beat_hz / 2) * t + phase)
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
