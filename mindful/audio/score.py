"""What sounds when, in frames, found quickly in a long timeline. The mixer and the transport look things up here."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from mindful.audio.units import FRAMES_PER_MS
from mindful.timeline.model import BellCue, Cue, PhaseCue, Placed, SoundCue, Timeline

FOREVER = 1 << 62
LOOK_MS = 4 * 60 * 60 * 1000


@dataclass(frozen=True, slots=True)
class Stroke:
    """One stroke of a bell at a frame of the session's line."""

    frame: int
    cue: BellCue


@dataclass(frozen=True, slots=True)
class Voice:
    """One breath phase: where it begins and where it ends (its segment may have ended earlier)."""

    frame: int
    end: int
    cue: PhaseCue


@dataclass(frozen=True, slots=True)
class Change:
    """The background changes here."""

    frame: int
    cue: SoundCue


class _Part:
    """One placed segment. A closed one is indexed once; an open one with a loop is unrolled where it is asked for.

    `final`: nothing follows it, so what stands at its very end (a last bell) is in it.
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
        self.phase_at = [c.at_ms for c in self.phases]
        self.bell_at = [c.at_ms for c in self.bells]
        self.longest = max((c.length_ms for c in self.phases), default=0)

    def cues(self, kind: type[BellCue] | type[PhaseCue], first: int, last: int) -> Iterator[tuple[int, Cue]]:
        """(time in the segment, cue) with first <= time < last, both in ms within the segment."""
        last = min(last, self.until)
        if self.loop:
            for at, cue in self.placed.segment.cues_between(max(0, first), last):
                if isinstance(cue, kind):
                    yield at, cue
            return
        at_ms = self.bell_at if kind is BellCue else self.phase_at
        found: list[BellCue] | list[PhaseCue] = self.bells if kind is BellCue else self.phases
        for i in range(bisect_left(at_ms, first), bisect_left(at_ms, last)):
            yield at_ms[i], found[i]


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

    def voices(self, first: int, last: int, release: int = 0) -> Iterator[Voice]:
        """Phases that sound somewhere in first <= frame < last, `release` frames of fading included."""
        a, b = (first - release) // FRAMES_PER_MS, -(-last // FRAMES_PER_MS)
        for part in self._around(a, b):
            for at, cue in part.cues(PhaseCue, a - part.start - part.longest, b - part.start):
                if isinstance(cue, PhaseCue) and cue.tones:
                    start = part.start + at
                    end = min(start + cue.length_ms, part.end)
                    if end > a:
                        yield Voice(start * FRAMES_PER_MS, end * FRAMES_PER_MS, cue)

    def changes_before(self, frame: int) -> Iterator[Change]:
        """Changes of the background at frames <= `frame`, the latest first."""
        for i in range(bisect_right(self.change_at, frame) - 1, -1, -1):
            yield self.changes[i]

    def _next_event(self, frame: int, until: int) -> int:
        """Frame of the first sounding cue at or after `frame`, before `until`; else FOREVER."""
        found = [s.frame for s in self.strokes(frame, until)][:1]
        for v in self.voices(frame, until):
            if v.frame >= frame:
                found.append(v.frame)
                break
        i = bisect_left(self.change_at, frame)
        if i < len(self.changes) and self.changes[i].frame < until:
            found.append(self.changes[i].frame)
        return min(found, default=FOREVER)


def first_difference(old: Score, new: Score, until: int) -> int | None:
    """The first frame before `until` from which the two may sound different; None where they sound the same."""
    at_ms = _structural(old.timeline, new.timeline)
    if at_ms is None or at_ms * FRAMES_PER_MS >= until:
        return None
    at = at_ms * FRAMES_PER_MS
    found = [old._next_event(at, until), new._next_event(at, until)]
    # A phase that one of them cuts short, or carries on, where the other does not.
    found += [at for s in (old, new) if any(v.frame < at < v.end for v in s.voices(at, at + 1))]
    if old.end != new.end:
        found += [e for e in (old.end, new.end) if e is not None]
    first = max(at, min(found))
    return first if first < until else None


def _structural(old: Timeline, new: Timeline) -> int | None:
    """Milliseconds up to which both hold the same segments; None where they are the same throughout."""
    for a, b in zip(old.placed, new.placed, strict=False):
        if (a.segment is not b.segment and a.segment != b.segment) or a.start_ms != b.start_ms:
            return min(a.start_ms, b.start_ms)
        if a.length_ms != b.length_ms:
            return a.start_ms + min(x for x in (a.length_ms, b.length_ms) if x is not None)
    if len(old.placed) == len(new.placed):
        if old.complete == new.complete:
            return None
        total = new.total_ms if new.total_ms is not None else old.total_ms
        return total if total is not None else None
    longer = max(old, new, key=lambda t: len(t.placed))
    return longer.placed[min(len(old.placed), len(new.placed))].start_ms
