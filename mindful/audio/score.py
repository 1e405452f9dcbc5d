"""What sounds when, in frames, found quickly in a long timeline. The mixer and the transport look things up here."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeGuard

from mindful.audio import ducking
from mindful.audio.units import FRAMES_PER_MS, RATE
from mindful.timeline.model import BellCue, Cue, PhaseCue, Placed, SayCue, SoundCue, Timeline

LOOK_MS = 4 * 60 * 60 * 1000
Manner = Literal["guide", "cue"]
MANNERS: tuple[Manner, ...] = ("guide", "cue")
QUIET = 8 * RATE
"""So many frames without a voice are quiet, which the next words enter softly."""
SILENT_LAYERS = ("silence", "none", "")


@dataclass(frozen=True, slots=True)
class Stroke:
    """One stroke of a bell at a frame of the session's line."""

    frame: int
    cue: BellCue


@dataclass(frozen=True, slots=True)
class Breath:
    """One breath phase that sounds: where it begins and where it ends (its segment may have ended earlier)."""

    frame: int
    end: int
    cue: PhaseCue


@dataclass(frozen=True, slots=True)
class Said:
    """One spoken line: where it begins and where it ends (its segment may have ended earlier)."""

    frame: int
    end: int
    cue: SayCue


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the moment asks of a spoken line."""

    bare: bool
    """Nothing lies under it: silence is the background."""
    fresh: bool
    """It is guidance that comes into quiet."""


@dataclass(frozen=True, slots=True)
class Change:
    """The background changes here."""

    frame: int
    cue: SoundCue


class _Part:
    """One placed segment. A closed one is indexed once; an open one with a loop is unrolled where it is asked for.

    `final`: nothing follows it, so what stands at its very end (a last bell) is in it. A line whose length is only
    guessed has not been said by anybody: it is silent, and not in here.
    """

    def __init__(self, placed: Placed, final: bool) -> None:
        self.placed, self.final = placed, final
        self.start = placed.start_ms
        self.end = LOOK_MS * 1000 if placed.end_ms is None else placed.end_ms
        self.loop = placed.segment.loop is not None
        self.until = self.end - self.start + final
        cues = [c for c in placed.segment.cues if c.at_ms < self.until]
        self.sounds = [(c.at_ms, c) for c in cues if isinstance(c, SoundCue)]
        self.phases = [c for c in cues if isinstance(c, PhaseCue)]
        self.bells = [c for c in cues if isinstance(c, BellCue)]
        self.says = [c for c in cues if _heard(c)]
        self.phase_at = [c.at_ms for c in self.phases]
        self.bell_at = [c.at_ms for c in self.bells]
        self.say_at = [c.at_ms for c in self.says]
        self.longest = max((c.length_ms for c in self.phases), default=0)
        self.longest_say = max((c.length_ms for c in self.says), default=0)

    def cues(self, kind: type[Cue], first: int, last: int) -> Iterator[tuple[int, Cue]]:
        """(time in the segment, cue) with first <= time < last, both in ms within the segment."""
        last = min(last, self.until)
        if self.loop:
            for at, cue in self.placed.segment.cues_between(max(0, first), last):
                if isinstance(cue, kind):
                    yield at, cue
            return
        at_ms, found = self._index(kind)
        for i in range(bisect_left(at_ms, first), bisect_left(at_ms, last)):
            yield at_ms[i], found[i]

    def _index(self, kind: type[Cue]) -> tuple[list[int], Sequence[Cue]]:
        if kind is BellCue:
            return self.bell_at, self.bells
        return (self.phase_at, self.phases) if kind is PhaseCue else (self.say_at, self.says)

    def said(self, first: int, last: int) -> Iterator[Said]:
        """Lines that are heard somewhere in first <= time < last, in ms of the session's line."""
        if not self.says:
            return
        for at, cue in self.cues(SayCue, first - self.start - self.longest_say, last - self.start):
            if isinstance(cue, SayCue) and _heard(cue):
                start = self.start + at
                end = min(start + cue.length_ms, self.end)
                if end > first:
                    yield Said(start * FRAMES_PER_MS, end * FRAMES_PER_MS, cue)


def _heard(cue: Cue) -> TypeGuard[SayCue]:
    return isinstance(cue, SayCue) and not cue.estimated


class Score:
    """A timeline, indexed. Making one from its predecessor indexes only what is new."""

    def __init__(self, timeline: Timeline, before: Score | None = None) -> None:
        self.timeline = timeline
        known = {id(p.placed.segment): p for p in before.parts} if before else {}
        self.parts: list[_Part] = []
        for placed in timeline.placed:
            old, final = known.get(id(placed.segment)), timeline.complete and placed is timeline.placed[-1]
            same = old is not None and old.placed == placed and old.final == final
            self.parts.append(old if old is not None and same else _Part(placed, final))
        self.starts = [p.start for p in self.parts]
        self.changes = [Change((p.start + at) * FRAMES_PER_MS, c) for p in self.parts for at, c in p.sounds]
        self.change_at = [c.frame for c in self.changes]
        # A loop goes on and on: its lines are looked up where they are asked for.
        fixed = [s for p in self.parts if not p.loop for s in p.said(p.start, p.end)]
        self._spoken = {m: ducking.joined((s.frame, s.end) for s in fixed if s.cue.manner == m) for m in MANNERS}
        self._loops = [p for p in self.parts if p.loop and p.says]
        total = timeline.total_ms
        self.end: int | None = total * FRAMES_PER_MS if timeline.complete and total is not None else None
        """Frame where a complete timeline ends; None while more may come."""

    def _around(self, first_ms: int, last_ms: int) -> Iterator[_Part]:
        i = max(0, bisect_right(self.starts, first_ms) - 1)
        # Segments of no length share a start; the earlier of them hold nothing.
        while i < len(self.parts) and self.parts[i].start < last_ms:
            yield self.parts[i]
            i += 1

    def strokes(self, first: int, last: int) -> Iterator[Stroke]:
        """Strokes with first <= frame < last, in order."""
        a, b = -(-first // FRAMES_PER_MS), -(-last // FRAMES_PER_MS)
        for part in self._around(a, b):
            for at, cue in part.cues(BellCue, a - part.start, b - part.start):
                if isinstance(cue, BellCue):
                    yield Stroke((part.start + at) * FRAMES_PER_MS, cue)

    def breaths(self, first: int, last: int, release: int = 0) -> Iterator[Breath]:
        """Phases that sound somewhere in first <= frame < last, `release` frames of fading included."""
        a, b = (first - release) // FRAMES_PER_MS, -(-last // FRAMES_PER_MS)
        for part in self._around(a, b):
            for at, cue in part.cues(PhaseCue, a - part.start - part.longest, b - part.start):
                if isinstance(cue, PhaseCue) and cue.tones:
                    start = part.start + at
                    end = min(start + cue.length_ms, part.end)
                    if end > a:
                        yield Breath(start * FRAMES_PER_MS, end * FRAMES_PER_MS, cue)

    def lines(self, first: int, last: int, release: int = 0) -> Iterator[Said]:
        """Spoken lines that are heard somewhere in first <= frame < last, `release` frames of fading included."""
        a, b = (first - release) // FRAMES_PER_MS, -(-last // FRAMES_PER_MS)
        for part in self._around(a, b):
            yield from part.said(a, b)

    def spoken(self, manner: Manner, first: int, last: int) -> list[ducking.Stretch]:
        """Stretches in which lines of that manner are heard, as far as they matter in first <= frame < last."""
        found = ducking.near(self._spoken[manner], first, last)
        if self._loops:
            a, b = (first - ducking.APART) // FRAMES_PER_MS, -(-(last + ducking.APART) // FRAMES_PER_MS)
            more = [(s.frame, s.end) for p in self._loops for s in p.said(a, b) if s.cue.manner == manner]
            found = ducking.joined([*found, *more]) if more else found
        return found

    def surroundings(self, said: Said) -> Surroundings:
        """How a line stands in what is around it."""
        before = next(self.changes_before(said.frame), None)
        fresh = said.cue.manner == "guide" and not any(
            start < said.frame and end > said.frame - QUIET
            for manner in MANNERS
            for start, end in self.spoken(manner, said.frame - QUIET, said.frame)
        )
        return Surroundings(before is None or before.cue.layer in SILENT_LAYERS, fresh)

    def changes_before(self, frame: int) -> Iterator[Change]:
        """Changes of the background at frames <= `frame`, the latest first."""
        for i in range(bisect_right(self.change_at, frame) - 1, -1, -1):
            yield self.changes[i]
