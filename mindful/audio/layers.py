"""Background layers: endless, without a seam, each frame a pure function of its number. The mixer plays them.

Every layer sits near -31 dBFS RMS, under the breath tone and the bells; a script's `level` moves it from there.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Protocol

import numpy as np

from mindful.audio.noise import Bed, bed, grains, slow
from mindful.audio.units import RATE, Block, Curve, Mono, rise
from mindful.audio.wavefile import load

LEVEL = 0.028
"""RMS of a layer at 0 dB."""


class Layer(Protocol):
    """What sounds in the background."""

    def render(self, first: int, n: int) -> Block:
        """Frames `first` to `first + n` of the session's line, (n, 2)."""
        ...


def _stereo(left: Curve | Mono, right: Curve | Mono) -> Block:
    return np.stack((left, right), axis=1).astype(np.float32)


class Silence:
    """Nothing."""

    def render(self, first: int, n: int) -> Block:
        return np.zeros((n, 2), np.float32)


class Noise:
    """Steady noise: `pink-noise`, `brown-noise`."""

    def __init__(self, seed: int, low: float, high: float, slope_db: float) -> None:
        self.bed = bed(seed, low, high, slope_db)

    def render(self, first: int, n: int) -> Block:
        b = self.bed
        return _stereo(LEVEL * b.channel(0, first, n), LEVEL * b.channel(1, first, n))


class Ocean:
    """Two trains of waves, about 10 s and 13 s apart, never in step for long: a wash below, surf on the crests."""

    def __init__(self) -> None:
        self.wash, self.surf = bed(11, 50, 420, -4.0), bed(13, 500, 5000, -3.0)

    @staticmethod
    def _swell(t: Curve, side: int) -> Curve:
        late = 0.45 * side  # a wave comes in from one side
        one = 2 * np.pi * t / 10.3 + 0.8 * np.sin(2 * np.pi * t / 61) - late
        two = 2 * np.pi * t / 13.7 + 0.9 * np.sin(2 * np.pi * t / 83) + late
        return np.asarray(0.62 * (0.5 - 0.5 * np.cos(one)) ** 2 + 0.38 * (0.5 - 0.5 * np.cos(two)) ** 2)

    def render(self, first: int, n: int) -> Block:
        sides = []
        for side in (0, 1):
            swell = slow(first, n, lambda t, side=side: self._swell(t, side))  # type: ignore[misc]
            wash = (0.45 + 0.75 * swell) * self.wash.channel(side, first, n)
            sides.append(LEVEL * (wash + 1.5 * swell**1.6 * self.surf.channel(side, first, n)))
        return _stereo(sides[0], sides[1])


def _drop(rng: np.random.Generator) -> Curve:
    """One rain drop on leaves: a short high ring."""
    t = np.arange(RATE // 40) / RATE
    hz, decay = rng.uniform(1400, 5200), rng.uniform(0.0015, 0.006)
    soft = rise(t / 0.0008)
    return np.asarray(rng.lognormal(0, 0.5) * soft * np.exp(-t / decay) * np.sin(2 * np.pi * hz * t))


def _bubble(rng: np.random.Generator) -> Curve:
    """One bubble in a stream: its pitch rises as it nears the surface."""
    length = rng.uniform(0.03, 0.11)
    t = np.arange(round(length * RATE)) / RATE
    hz, climb = rng.uniform(320, 1300), rng.uniform(1, 9)
    turns = hz * (t + climb * t**2)
    return np.asarray(
        rng.lognormal(0, 0.5) * rise(t / 0.006) * rise((length - t) / (0.7 * length)) * np.sin(2 * np.pi * turns)
    )


class Rain:
    """Steady rain with drops near by."""

    def __init__(self) -> None:
        self.far, self.near = bed(21, 700, 8000, -2.0), grains(23, 60.0, _drop)

    def render(self, first: int, n: int) -> Block:
        breath = slow(first, n, lambda t: 0.85 + 0.1 * np.sin(2 * np.pi * t / 37) + 0.05 * np.sin(2 * np.pi * t / 11.9))
        sides = [
            LEVEL * breath * (0.8 * self.far.channel(s, first, n) + 0.5 * self.near.channel(s, first, n))
            for s in (0, 1)
        ]
        return _stereo(sides[0], sides[1])


class Stream:
    """A brook: a murmur, and bubbles over stones."""

    def __init__(self) -> None:
        self.murmur, self.bubbles = bed(31, 180, 1800, -3.0), grains(33, 26.0, _bubble)

    def render(self, first: int, n: int) -> Block:
        sides = []
        for side in (0, 1):
            ripple = slow(
                first,
                n,
                lambda t, s=side: (
                    0.8 + 0.12 * np.sin(2 * np.pi * t / 1.9 + s) + 0.08 * np.sin(2 * np.pi * t / 0.73 + 2 * s)
                ),  # type: ignore[misc]
            )
            sides.append(
                LEVEL
                * (0.75 * ripple * self.murmur.channel(side, first, n) + 0.65 * self.bubbles.channel(side, first, n))
            )
        return _stereo(sides[0], sides[1])


class Wind:
    """Bands of air that swell and fade on their own."""

    BANDS = ((150, 300, 1.0, 23.0), (260, 520, 0.8, 17.0), (480, 960, 0.5, 13.0), (900, 1900, 0.22, 9.1))

    def __init__(self) -> None:
        self.beds: list[Bed] = [bed(41 + 2 * i, lo, hi, -3.0) for i, (lo, hi, _, _) in enumerate(self.BANDS)]

    def render(self, first: int, n: int) -> Block:
        out: list[Curve] = [np.zeros(n), np.zeros(n)]
        for i, (_, _, level, period) in enumerate(self.BANDS):
            for side in (0, 1):
                gust = slow(
                    first,
                    n,
                    lambda t, i=i, p=period, s=side: (  # type: ignore[misc]
                        0.55
                        + 0.3 * np.sin(2 * np.pi * t / p + i + 0.4 * s)
                        + 0.15 * np.sin(2 * np.pi * t / (p * 0.37) + 2.1 * i)
                    ),
                )
                out[side] += LEVEL * 1.1 * level * gust * self.beds[i].channel(side, first, n)
        return _stereo(out[0], out[1])


def _turns(hz: float, first: int, n: int) -> Curve:
    """Radians of an oscillator that started at frame 0, wrapped so that hours cost no precision."""
    return np.asarray(2 * np.pi * np.mod(np.arange(first, first + n, dtype=np.float64) * (hz / RATE), 1.0))


class Drone:
    """A still chord of a fundamental, its octaves and its fifth, each slowly coming and going."""

    PARTS = (
        (1.0, 0.9, 29.0, 0.11),
        (1.5, 0.5, 37.0, 0.07),
        (2.0, 0.45, 23.0, 0.17),
        (3.0, 0.2, 31.0, 0.13),
        (4.0, 0.1, 19.0, 0.23),
    )

    def __init__(self, hz: float) -> None:
        self.hz = hz

    def render(self, first: int, n: int) -> Block:
        left, right = np.zeros(n), np.zeros(n)
        for i, (ratio, level, period, apart) in enumerate(self.PARTS):
            sway = slow(first, n, lambda t, i=i, p=period: 0.7 + 0.3 * np.sin(2 * np.pi * t / p + 1.7 * i))  # type: ignore[misc]
            left += level * sway * np.sin(_turns(self.hz * ratio - apart, first, n) + i)
            right += level * sway * np.sin(_turns(self.hz * ratio + apart, first, n) + i)
        return _stereo(LEVEL * 1.5 * left, LEVEL * 1.5 * right)


class Binaural:
    """Two pure tones, one an ear, `beat` hertz apart. Only headphones keep them apart."""

    def __init__(self, hz: float, beat: float) -> None:
        self.hz, self.beat = hz, beat

    def render(self, first: int, n: int) -> Block:
        left = np.sin(_turns(self.hz - self.beat / 2, first, n))
        right = np.sin(_turns(self.hz + self.beat / 2, first, n))
        return _stereo(LEVEL * 1.4 * left, LEVEL * 1.4 * right)


class Isochronic:
    """A tone that comes and goes `beat` times a second, with soft edges."""

    def __init__(self, hz: float, beat: float) -> None:
        self.hz, self.beat = hz, beat

    def render(self, first: int, n: int) -> Block:
        gate = 0.5 - 0.5 * np.cos(_turns(self.beat, first, n))
        tone = LEVEL * 2.0 * gate * np.sin(_turns(self.hz, first, n))
        return _stereo(tone, tone)


class File:
    """A sound file, looped; its end is cross-faded into its beginning."""

    SEAM_S = 2.0

    def __init__(self, path: Path) -> None:
        sound = load(path)
        seam = min(round(self.SEAM_S * RATE), len(sound) // 3)
        if seam:
            up = np.sqrt(np.linspace(0, 1, seam, endpoint=False, dtype=np.float32))[:, None]
            down = np.sqrt(np.linspace(1, 0, seam, endpoint=False, dtype=np.float32))[:, None]
            head = sound[:seam] * up + sound[-seam:] * down
            sound = np.concatenate((head, sound[seam:-seam]))
        peak = float(np.abs(sound).max()) if len(sound) else 0.0
        self.sound: Block = (sound * min(1.0, 0.5 / peak)).astype(np.float32) if peak else sound

    def render(self, first: int, n: int) -> Block:
        return np.take(self.sound, np.arange(first, first + n), axis=0, mode="wrap")


def _within(value: float | None, default: float, low: float, high: float) -> float:
    return default if value is None else min(high, max(low, value))


@lru_cache(maxsize=16)
def layer(name: str, hz: float | None = None, beat: float | None = None, base: Path | None = None) -> Layer:
    """The layer of that name, or the sound file there (relative to `base`). Raises `SoundFileError`.

    `hz` is kept between 30 and 2000, `beat` between 0.5 and 45.
    """
    match name:
        case "silence" | "none" | "":
            return Silence()
        case "ocean":
            return Ocean()
        case "rain":
            return Rain()
        case "stream":
            return Stream()
        case "wind":
            return Wind()
        case "pink-noise":
            return Noise(51, 25, 16_000, -3.0103)
        case "brown-noise":
            return Noise(53, 30, 16_000, -6.0206)
        case "drone":
            return Drone(_within(hz, 110.0, 30, 2000))
        case "binaural":
            return Binaural(_within(hz, 200.0, 30, 2000), _within(beat, 6.0, 0.5, 45))
        case "isochronic":
            return Isochronic(_within(hz, 200.0, 30, 2000), _within(beat, 6.0, 0.5, 45))
        case _:
            return File((base or Path()) / name)
