"""Timelines, clocks and sinks made for the tests of this room."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from mindful.audio.noise import band, shaped
from mindful.audio.sinks.base import ClockKind, SinkError
from mindful.audio.units import FRAMES_PER_MS, RATE, Block, Mono, rise
from mindful.timeline.model import AnyCue, BellCue, PhaseCue, SayCue, Segment, SoundCue, Timeline
from mindful.timeline.speech import Line

SIGH = (("inhale", 2000, 0.0, 0.8), ("top_up", 1000, 0.8, 1.0), ("exhale", 3000, 1.0, 0.0))
BOX = (("inhale", 4000, 0.0, 1.0), ("hold", 4000, 1.0, 1.0), ("exhale", 4000, 1.0, 0.0), ("rest", 4000, 0.0, 0.0))


def phase(name: str, ms: int = 4000, at: int = 0, fill: tuple[float, float] | None = None, **more: object) -> PhaseCue:
    """One breath phase with the fill that its name suggests."""
    usual = {"inhale": (0.0, 1.0), "top_up": (0.8, 1.0), "hold": (1.0, 1.0), "exhale": (1.0, 0.0), "rest": (0.0, 0.0)}
    a, b = fill or usual[name]
    made = {"step": "steps[0]", "cycle": 1, **more}
    return PhaseCue(at_ms=at, phase=name, length_ms=ms, fill_from=a, fill_to=b, **made)  # type: ignore[arg-type]


def breaths(cycles: int, pattern: tuple[tuple[str, int, float, float], ...] = SIGH, at: int = 0) -> list[AnyCue]:
    """So many cycles of a pattern, one after another."""
    out: list[AnyCue] = []
    for c in range(cycles):
        for name, ms, a, b in pattern:
            out.append(phase(name, ms, at, (a, b), cycle=c + 1))
            at += ms
    return out


def bell(at: int, sound: str = "bowl", level_db: float = 0.0) -> BellCue:
    return BellCue(at_ms=at, step="steps[0]", sound=sound, level_db=level_db)


def layer(at: int, name: str, level_db: float = 0.0, fade_ms: int = 1000) -> SoundCue:
    return SoundCue(at_ms=at, step="steps[0]", layer=name, level_db=level_db, fade_ms=fade_ms)


def say(at: int, text: str, ms: int = 2000, manner: str = "guide", guessed: bool = False) -> SayCue:
    """A spoken line, or one whose length is only guessed and which nobody says."""
    return SayCue(at_ms=at, step="steps[0]", text=text, length_ms=ms, estimated=guessed, manner=manner)  # type: ignore[arg-type]


class MadeBank:
    """Lines of shaped noise at about -20 LUFS that rises and falls as syllables do; each as long as it was told."""

    def __init__(self, *timelines: Timeline) -> None:
        self.clips: dict[Line, Mono] = {}
        self.asked: list[Line] = []
        for t in timelines:
            self.learn(t)

    def learn(self, timeline: Timeline) -> None:
        for p in timeline.placed:
            for c in p.segment.cues:
                if isinstance(c, SayCue) and not c.estimated and c.line not in self.clips:
                    self.clips[c.line] = speech(c.length_ms, len(self.clips))

    def sound(self, line: Line) -> Mono | None:
        self.asked.append(line)
        return self.clips.get(line)


def speech(ms: int, seed: int) -> Mono:
    """Noise between 150 and 5000 Hz in syllables, four a second."""
    n = ms * FRAMES_PER_MS
    t = np.arange(n) / RATE
    noise = shaped(1 << (max(n, RATE) - 1).bit_length(), 900 + seed, band(150, 5000, -4.0))[:n]
    edges = rise(t / 0.02) * rise((ms / 1000 - t) / 0.03)
    out: Mono = (0.135 * noise * (0.35 + 0.65 * np.sin(2 * np.pi * 2 * t) ** 2) * edges).astype(np.float32)
    return out


def segment(*cues: AnyCue, ms: int | None, index: int = 0, loop: tuple[int, int] | None = None) -> Segment:
    """A segment; open where `ms` is None."""
    ordered = tuple(sorted(cues, key=lambda c: c.at_ms))
    return Segment(index=index, step="steps[0]", kind="breathe", open=ms is None, length_ms=ms, cues=ordered, loop=loop)


def timeline(*segments: Segment, complete: bool = True) -> Timeline:
    out = Timeline()
    for i, s in enumerate(segments):
        out = out.extended(s, complete=complete and i == len(segments) - 1)
    return out


def sigh_session(cycles: int = 3, background: str = "pink-noise") -> Timeline:
    """A bowl, a background, and cyclic sighing."""
    return timeline(segment(layer(0, background), bell(0), *breaths(cycles), ms=6000 * cycles))


def rms(x: Block) -> float:
    return float(np.sqrt(np.mean(np.square(x, dtype=np.float64))))


def rising(values: list[float]) -> bool:
    return all(b > a for a, b in pairwise(values))


class HandClock:
    """A clock that stands still until it is moved."""

    def __init__(self, t: float = 100.0) -> None:
        self.t = t

    def now(self) -> float:
        return self.t


class MemorySink:
    """A device in memory with a handed-in clock: keeps what was heard, and can be lost."""

    name, wants_frames = "memory", True
    clock: ClockKind = "audio"
    limit = 1 << 40
    guard = RATE // 5

    def __init__(self, clock: HandClock, seconds: float = 60, fails: bool = False) -> None:
        self._clock, self.fails = clock, fails
        self.stream = np.zeros((int(seconds * RATE), 2), np.float32)
        self.start = 0.0
        self.lost = False
        self.closed = 0
        self.underruns = 0
        self.writes: list[tuple[int, int]] = []
        self.frozen: float | None = None
        """The frame at which it stands still, as a device does that was suspended."""
        self.late_by: list[float] = []
        """Seconds that pass during the next writes, as if mixing had been slow."""

    def open(self) -> None:
        if self.fails:
            raise SinkError("there is none")
        self.start = self._clock.now()

    def write(self, frame: int, block: Block) -> bool:
        if self.late_by:
            self._clock.t += self.late_by.pop(0)
        if frame < self.heard(self._clock.now()) + self.guard // 2:
            return False
        self.writes.append((frame, len(block)))
        self.stream[frame : frame + len(block)] = block
        return True

    def heard(self, now: float) -> float:
        return max(0.0, (now - self.start) * RATE) if self.frozen is None else self.frozen

    def edge(self, now: float) -> int:
        return int(self.heard(now)) + self.guard

    def alive(self, now: float) -> bool:
        return not self.lost

    def close(self) -> None:
        self.closed += 1
