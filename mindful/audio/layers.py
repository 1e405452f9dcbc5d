"""Background layers: endless, without a seam, each frame a pure function of its number. The mixer plays them.

Every layer is as loud as the others at 0 dB, -29 LUFS (ITU-R BS.1770), under the breath tone and the bells; a script's
`level` moves it from there. The gains below were measured for that (`python -m bench.sounds`), and a test holds them.
"""

from __future__ import annotations

import math
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import numpy as np

from mindful.audio.noise import Pair, bed, grains, hashed, slow, wander
from mindful.audio.units import RATE, Block, Curve, Mono, rise
from mindful.audio.wavefile import load

LOUDNESS = -29.0
"""Integrated loudness of each layer at 0 dB, in LUFS."""
GAIN = {
    "ocean": 0.0385,
    "rain": 0.022,
    "stream": 0.0271,
    "wind": 0.0324,
    "pink-noise": 0.0232,
    "brown-noise": 0.0383,
    "drone": 0.0443,
    "binaural": 0.0398,
    "isochronic": 0.065,
}


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

    def __init__(self, gain: float, seed: int, low: float, high: float, slope_db: float) -> None:
        self.gain, self.bed = gain, bed(seed, low, high, slope_db)

    def render(self, first: int, n: int) -> Block:
        return _stereo(self.gain * self.bed.channel(0, first, n), self.gain * self.bed.channel(1, first, n))


class Ocean:
    """Waves that come in, break and run out over sand, each of its own size, one about every ten seconds.

    A wave is three sounds: the body that rumbles up and tumbles, the surf that bursts white at the break and runs
    along the shore from one ear to the other, and the fizz of the water drawing back. Below them the sea never rests.
    """

    APART_S, EARLY_S, LATE_S = 9.7, 6.0, 16.0
    """Between waves on the average; how long before its break a wave is heard, and how long after."""

    def __init__(self) -> None:
        self.sea, self.body = bed(11, 60, 260, -4.0), bed(13, 90, 900, -4.0)
        self.surf, self.fizz = bed(15, 500, 5200, -3.5), bed(17, 2600, 9500, -2.0)

    def _waves(self, t: Curve) -> Curve:
        """Levels of body, surf and fizz at the left, then at the right, at times t in seconds: (6, n)."""
        first = int(np.floor((t[0] - self.LATE_S) / self.APART_S)) - 1
        last = int(np.ceil((t[-1] + self.EARLY_S) / self.APART_S)) + 1
        out = np.zeros((2, 3, len(t)))
        ears = np.array([[-0.5], [0.5]])
        for k in range(first, last + 1):
            when, size, way, pace = (float(x) for x in hashed(19, np.arange(4) + 4 * k))
            # They come in sets, and every seventh or so is a great one.
            size = 0.35 + 0.65 * (0.6 * size + 0.4 * (0.5 + 0.5 * math.sin(0.9 * k)))
            s = t - (k + 0.7 * (when - 0.5)) * self.APART_S - (way - 0.5) * 1.6 * ears
            if s.max() < -self.EARLY_S or s.min() > self.LATE_S:
                continue
            tumbles = 1.5 + 1.2 * pace
            out[:, 0] += size * rise((s + 5.5) / 5.7) ** 2 * np.exp(-np.maximum(s - 0.3, 0.0) / tumbles)
            surf = rise((s + 1.3) / 1.9) ** 2 * np.exp(-np.maximum(s - 0.6, 0.0) / (1.15 * tumbles))
            out[:, 1] += size**1.4 * surf
            out[:, 2] += size * rise((s + 0.2) / 2.6) * np.maximum(np.exp(-np.maximum(s, 0.0) / 3.6) - 0.012, 0.0)
        return out.reshape(6, len(t))

    def render(self, first: int, n: int) -> Block:
        levels = slow(first, n, self._waves)
        sides = []
        for side in (0, 1):
            body, surf, fizz = levels[3 * side : 3 * side + 3]
            water = 0.4 * self.sea.channel(side, first, n)
            water += 0.95 * body * self.body.channel(side, first, n)
            water += 1.5 * surf * self.surf.channel(side, first, n)
            water += 0.32 * fizz * self.fizz.channel(side, first, n)
            sides.append(GAIN["ocean"] * water)
        return _stereo(sides[0], sides[1])


def _patter(rng: np.random.Generator) -> Curve:
    """One drop on a leaf or the ground near by: a soft, dull tap, most of it air."""
    t = np.arange(RATE // 30) / RATE
    hz, decay = rng.uniform(450, 2200), rng.uniform(0.0025, 0.008)
    # A few sines at random around a centre: a tap of noise as narrow as a leaf makes it.
    tap = sum(np.sin(2 * np.pi * hz * f * t + rng.uniform(0, 6.3)) for f in (0.62, 0.83, 1.0, 1.21, 1.57))
    return np.asarray(rise(t / 0.0012) * np.exp(-t / decay) * tap)


def _drip(rng: np.random.Generator) -> Curve:
    """One drop into a puddle: the bubble that it leaves rings, and rises a little as it closes."""
    t = np.arange(RATE // 16) / RATE
    hz, decay = rng.uniform(1300, 3800), rng.uniform(0.004, 0.013)
    turns = hz * (t + rng.uniform(0.5, 4.0) * t**2)
    return np.asarray(rise(t / 0.0015) * np.exp(-t / decay) * np.sin(2 * np.pi * turns))


class Rain:
    """Steady rain with depth: a far hush, a thick patter in the middle, and here and there a drop near by."""

    def __init__(self) -> None:
        self.far, self.sheet = bed(21, 350, 3200, -2.5), bed(23, 1800, 11_000, -2.0)
        self.middle, self.near, self.drips = (
            grains(25, 260.0, _patter),
            grains(26, 12.0, _patter),
            grains(27, 5.0, _drip),
        )

    @staticmethod
    def _drift(t: Curve) -> Curve:
        """It thickens and thins out by a few decibels, the sheet and what falls near by each in its own time."""
        return np.stack((0.8 + 0.4 * wander(t, 28, 19.0), 0.65 + 0.7 * wander(t, 29, 11.0)))

    def render(self, first: int, n: int) -> Block:
        thick, close = slow(first, n, self._drift)
        hush = [0.55 * self.far.channel(s, first, n) + 0.5 * thick * self.sheet.channel(s, first, n) for s in (0, 1)]
        drops = 0.45 * thick[:, None] * self.middle.render(first, n)
        drops += close[:, None] * (0.25 * self.near.render(first, n) + 0.16 * self.drips.render(first, n))
        return np.asarray(GAIN["rain"] * (_stereo(hush[0], hush[1]) + drops), dtype=np.float32)


def _bubble(rng: np.random.Generator, low: float, high: float) -> Curve:
    """One bubble in a stream: its pitch rises as it nears the surface, and the smaller it is the shorter it rings."""
    hz = float(np.exp(rng.uniform(np.log(low), np.log(high))))
    length = rng.uniform(14, 30) / hz + 0.01
    t = np.arange(round(length * RATE)) / RATE
    turns = hz * (t + rng.uniform(0.5, 3.0) * t**2)
    shape = rise(t / min(0.012, 0.2 * length)) * rise((length - t) / (0.8 * length))
    return np.asarray((500 / hz) ** 0.5 * shape * np.sin(2 * np.pi * turns))


def _gurgle(rng: np.random.Generator) -> Curve:
    return _bubble(rng, 210, 640)


def _trickle(rng: np.random.Generator) -> Curve:
    return _bubble(rng, 600, 2600)


class Stream:
    """A brook: a murmur over the bed, gurgles in the hollows, a bright trickle over stones that comes and goes."""

    def __init__(self) -> None:
        self.murmur, self.splash = bed(31, 160, 1100, -4.0), bed(33, 1200, 6500, -4.0)
        self.gurgles, self.trickle = grains(35, 17.0, _gurgle), grains(36, 75.0, _trickle)

    @staticmethod
    def _ripples(t: Curve) -> Curve:
        deep = 0.35 + 1.1 * wander(t, 37, 2.3) * wander(t, 38, 7.1)
        return np.stack(
            (deep, 0.45 + 0.9 * wander(t, 39, 1.7), 0.75 + 0.5 * wander(t, 30, 0.9), 0.75 + 0.5 * wander(t, 32, 0.9))
        )

    def render(self, first: int, n: int) -> Block:
        deep, bright, *ripple = slow(first, n, self._ripples)
        sides = [
            0.62 * ripple[s] * self.murmur.channel(s, first, n) + 0.22 * bright * self.splash.channel(s, first, n)
            for s in (0, 1)
        ]
        water = 0.75 * deep[:, None] * self.gurgles.render(first, n)
        water += 0.5 * bright[:, None] * self.trickle.render(first, n)
        return np.asarray(GAIN["stream"] * (_stereo(sides[0], sides[1]) + water), dtype=np.float32)


class Wind:
    """Gusts over open land: the stronger it blows the brighter it is, leaves join in, and it passes from ear to ear."""

    BANDS = ((70, 220, 0.75, 0.7), (160, 480, 0.85, 1.1), (350, 1100, 0.72, 1.7), (800, 2600, 0.42, 2.5))
    """Low and high corner in hertz, level in a full gust, and the power of the gust that it follows."""
    PASSES_S = 0.8

    def __init__(self) -> None:
        self.beds: list[Pair] = [bed(41 + 2 * i, lo, hi, -3.0, 1) for i, (lo, hi, _, _) in enumerate(self.BANDS)]
        self.leaves = bed(49, 2500, 8000, -2.0)

    def _gusts(self, t: Curve) -> Curve:
        """Levels of the bands and of the leaves at the left, then at the right, (10, n)."""
        late = t - self.PASSES_S * np.array([[0.0], [1.0]]) * (2 * wander(t, 44, 31.0) - 1)
        long, short = wander(late, 45, 8.3), wander(late, 46, 2.9)
        gust = 0.3 + 0.5 * long + 0.2 * short * (0.3 + 0.7 * long)
        rows = [level * gust**power for _, _, level, power in self.BANDS]
        rows.append(0.16 * gust**3 * (0.4 + 0.6 * np.stack((wander(t, 47, 0.35), wander(t, 48, 0.35)))))
        return np.stack(rows, axis=1).reshape(2 * len(rows), -1)

    def render(self, first: int, n: int) -> Block:
        levels = slow(first, n, self._gusts)
        out = np.zeros((2, n), np.float32)
        for i, air in enumerate((*self.beds, self.leaves)):
            for side in (0, 1):
                out[side] += levels[side * len(levels) // 2 + i] * air.channel(side, first, n)
        return _stereo(GAIN["wind"] * out[0], GAIN["wind"] * out[1])


def _sine(hz: float, first: int, n: int, turn: float = 0.0) -> Mono:
    """A sine that started at frame 0, `turn` of a cycle in; whole cycles are left out, so hours cost no precision."""
    turns = np.arange(first, first + n, dtype=np.float64) * (hz / RATE) + turn
    turns -= np.floor(turns)
    return np.sin((2 * np.pi * turns).astype(np.float32))


class Drone:
    """A still chord of a fundamental, its octaves and its fifths, each slowly coming and going.

    Within one ear no two partials lie closer than a fifth, so nothing beats there. Between the ears each partial is a
    few hundredths to a quarter of a hertz apart: width with headphones, the slowest of breathing from loudspeakers.
    """

    PARTS = (
        (1.0, 0.9, 17.0, 0.05),
        (1.5, 0.34, 23.0, 0.04),
        (2.0, 0.5, 13.0, 0.08),
        (3.0, 0.26, 19.0, 0.06),
        (4.0, 0.13, 11.0, 0.11),
        (6.0, 0.06, 14.0, 0.09),
        (8.0, 0.03, 9.0, 0.13),
    )
    """Ratio, level, seconds between turns of its swell, and half of how far the ears are apart in hertz."""

    def __init__(self, hz: float) -> None:
        self.parts = [p for p in self.PARTS if hz * p[0] < 6000]
        self.hz = hz

    def _swells(self, t: Curve) -> Curve:
        """Levels of the partials at the left, then at the right."""
        rows = []
        for i, (ratio, level, period, _) in enumerate(self.parts):
            deep = 0.25 if ratio == 1 else 0.7  # the ground hardly moves
            rows.append([level * (1 - deep * wander(t, 61 + 2 * i + ear, period)) for ear in (0, 1)])
        return np.array(rows).swapaxes(0, 1).reshape(2 * len(rows), -1)

    def render(self, first: int, n: int) -> Block:
        levels = slow(first, n, self._swells)
        out = np.zeros((2, n), np.float32)
        for i, (ratio, _, _, apart) in enumerate(self.parts):
            for side, sign in ((0, -1), (1, 1)):
                level = levels[side * len(self.parts) + i]
                out[side] += level * _sine(self.hz * ratio + sign * apart, first, n, 0.16 * i)
        return _stereo(GAIN["drone"] * out[0], GAIN["drone"] * out[1])


class Binaural:
    """Two pure tones, one an ear, `beat` hertz apart. Only headphones keep them apart."""

    def __init__(self, hz: float, beat: float) -> None:
        self.hz, self.beat = hz, beat

    def render(self, first: int, n: int) -> Block:
        left = _sine(self.hz - self.beat / 2, first, n)
        right = _sine(self.hz + self.beat / 2, first, n)
        return _stereo(GAIN["binaural"] * left, GAIN["binaural"] * right)


class Isochronic:
    """A tone that comes and goes `beat` times a second, with soft edges."""

    def __init__(self, hz: float, beat: float) -> None:
        self.hz, self.beat = hz, beat

    def render(self, first: int, n: int) -> Block:
        gate = 0.5 - 0.5 * _sine(self.beat, first, n, 0.25)
        tone = GAIN["isochronic"] * gate * _sine(self.hz, first, n)
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
            return Noise(GAIN["pink-noise"], 51, 25, 16_000, -3.0103)
        case "brown-noise":
            return Noise(GAIN["brown-noise"], 53, 30, 16_000, -6.0206)
        case "drone":
            return Drone(_within(hz, 110.0, 30, 2000))
        case "binaural":
            return Binaural(_within(hz, 200.0, 30, 2000), _within(beat, 6.0, 0.5, 45))
        case "isochronic":
            return Isochronic(_within(hz, 200.0, 30, 2000), _within(beat, 6.0, 0.5, 45))
        case _:
            return File((base or Path()) / name)
