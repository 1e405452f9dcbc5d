"""Timelines, clocks and sinks made for the tests of this room."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from mindful.audio.sinks.base import ClockKind, SinkError
from mindful.audio.units import RATE, Block
from mindful.timeline.model import AnyCue, BellCue, PhaseCue, Segment, SoundCue, Timeline

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
        return max(0.0, (now - self.start) * RATE)

    def edge(self, now: float) -> int:
        return int(self.heard(now)) + self.guard

    def alive(self, now: float) -> bool:
        return not self.lost

    def close(self) -> None:
        self.closed += 1
