"""What will happen, when: segments of cues and spans in integer milliseconds, and prompts where the client decides.

Everything between two open steps is one segment of fixed length. A segment's times count from its own start; a
`Timeline` places segments one after another on the session's own line, which stands still during a pause.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from mindful.timeline.cues import (
    REPEATED,
    AnyCue,
    BellCue,
    CaptionCue,
    Cue,
    PhaseCue,
    PhaseName,
    SayCue,
    SoundCue,
    StretchCue,
)
from mindful.timeline.prompts import (
    About,
    AnyPrompt,
    AskPrompt,
    ChoosePrompt,
    ExposePrompt,
    FindPrompt,
    KeyPrompt,
    LearnPrompt,
    Prompt,
    QuizItem,
    RatePrompt,
    SheetPrompt,
    question,
)
from mindful.timeline.speech import Line

if TYPE_CHECKING:
    from mindful.timeline.stretch import Elastic

__all__ = [
    "REPEATED",
    "About",
    "AnyCue",
    "AnyPrompt",
    "AskPrompt",
    "BellCue",
    "Bounds",
    "CaptionCue",
    "ChoosePrompt",
    "Cue",
    "ExposePrompt",
    "FindPrompt",
    "KeyPrompt",
    "LearnPrompt",
    "Outline",
    "Part",
    "PhaseCue",
    "PhaseName",
    "Placed",
    "Prompt",
    "QuizItem",
    "RatePrompt",
    "SayCue",
    "Segment",
    "SheetPrompt",
    "SoundCue",
    "Span",
    "StepSpan",
    "StretchCue",
    "Timeline",
    "question",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Something that lasts."""

    start_ms: int
    length_ms: int | None
    """None: until the segment ends."""
    step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One of several things that a step goes through: a region, a group of muscles, a pose, a sense."""

    start_ms: int
    """From the segment's start, as are the times of `held`."""
    length_ms: int
    name: str
    """What it is called, as part of a sentence: `the left foot`."""
    held: tuple[tuple[int, int], ...] = ()
    """(from, to) in ms: where muscles are tensed, or a pose is held."""

    def moved(self, ms: int) -> Part:
        """The same, this much later."""
        return replace(self, start_ms=self.start_ms + ms, held=tuple((a + ms, b + ms) for a, b in self.held))


@dataclass(frozen=True, slots=True, kw_only=True)
class StepSpan(Span):
    """One step of the script."""

    kind: str
    label: str
    named: bool = False
    """Whether the label is the author's own."""
    optional: bool = False
    id: str | None = None
    when: str | None = None
    """The condition under which it is reached; only in an outline, where answers are not known."""
    parts: tuple[Part, ...] = ()
    """What it goes through, in order, from its start to its end; empty for most kinds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A stretch of fixed length, or one that is open: it ends when the client answers or presses a key."""

    index: int
    step: str
    """Path of its first step."""
    kind: str
    open: bool = False
    length_ms: int | None = None
    """None while open."""
    cues: tuple[AnyCue, ...] = ()
    """Sorted by `at_ms`."""
    spans: tuple[StepSpan, ...] = ()
    """The steps, in order. Phases and captions carry their own length in their cues."""
    prompt: AnyPrompt | None = None
    loop: tuple[int, int] | None = None
    """(from, to) in ms: in an open segment the cues at from <= at_ms < to come again and again."""
    grain_ms: int = 0
    """An open segment ends at the next multiple of this after `loop` began (a cycle is never cut); 0: at once."""
    when: str | None = None
    """Only in an outline: the condition or choice under which this segment is reached."""

    def cues_between(self, start_ms: int, end_ms: int) -> Iterator[tuple[int, AnyCue]]:
        """(time in the segment, cue) for start <= time < end, in order, loops unrolled."""
        if self.loop is None:
            for i in range(bisect_left(self.cues, start_ms, key=_at), len(self.cues)):
                cue = self.cues[i]
                if cue.at_ms >= end_ms:
                    return
                yield cue.at_ms, cue
            return
        a, b = self.loop
        for cue in self.cues:
            if start_ms <= cue.at_ms < min(b, end_ms):
                yield cue.at_ms, cue
        # what was carried in from before this step (a bell that opens it) is not repeated
        body = [cue for cue in self.cues if a <= cue.at_ms < b and cue.step == self.step]
        if not body or b <= a:
            return
        k = max(1, (start_ms - a) // (b - a))
        while a + k * (b - a) < end_ms:
            for cue in body:
                at = cue.at_ms + k * (b - a)
                if start_ms <= at < end_ms:
                    yield at, _in_round(cue, k, at) if isinstance(cue, PhaseCue) else replace(cue, at_ms=at)
            k += 1


def _at(cue: Cue) -> int:
    return cue.at_ms


def _in_round(cue: PhaseCue, k: int, at_ms: int) -> PhaseCue:
    """The same phase `k` loops later, its cycle counted on (a loop is one cycle)."""
    return replace(cue, at_ms=at_ms, cycle=cue.cycle + k)


@dataclass(frozen=True, slots=True)
class Placed:
    """A segment on the session's line."""

    segment: Segment
    start_ms: int
    length_ms: int | None
    """None only for the last segment, while it is open."""

    @property
    def end_ms(self) -> int | None:
        return None if self.length_ms is None else self.start_ms + self.length_ms


@dataclass(frozen=True, slots=True)
class Timeline:
    """The session as far as it is known. Every change gives a new one; times before the change stay the same."""

    placed: tuple[Placed, ...] = ()
    complete: bool = False
    """Whether nothing comes after the last segment."""

    @property
    def total_ms(self) -> int | None:
        """Where the last segment ends; None while it is open."""
        return self.placed[-1].end_ms if self.placed else 0

    @property
    def known_ms(self) -> int:
        """Up to where times are certain: the end, or the start of the open segment."""
        if not self.placed:
            return 0
        last = self.placed[-1]
        return last.start_ms if last.end_ms is None else last.end_ms

    def extended(self, segment: Segment, *, complete: bool) -> Timeline:
        """With `segment` after the last one, which must have ended. Raises ValueError when it is still open."""
        start = self.total_ms
        if start is None:
            raise ValueError("the last segment is still open")
        return Timeline((*self.placed, Placed(segment, start, segment.length_ms)), complete)

    def closed(self, length_ms: int, cues_ms: int | None = None) -> Timeline:
        """With the open last segment ended after `length_ms`, and its loop silent from `cues_ms` on."""
        last = self.placed[-1]
        if last.length_ms is not None:
            raise ValueError("the last segment is not open")
        segment = last.segment
        if cues_ms is not None:
            cues = tuple(cue for _, cue in segment.cues_between(0, cues_ms))
            segment = replace(segment, cues=cues, loop=None)
        return Timeline((*self.placed[:-1], Placed(segment, last.start_ms, max(0, length_ms))), self.complete)

    def until(self, count: int) -> Timeline:
        """Only its first `count` segments."""
        return Timeline(self.placed[:count], False)

    def placed_at(self, at_ms: int) -> Placed | None:
        """The segment at `at_ms`; at a border the later one; None before the first and after the end."""
        for p in reversed(self.placed):
            if at_ms >= p.start_ms:
                end = p.end_ms
                return p if end is None or at_ms < end else None
        return None

    def cues_between(self, start_ms: int, end_ms: int) -> Iterator[tuple[int, AnyCue]]:
        """(time on the session's line, cue) for start <= time < end, in order.

        What stands at the very end of a complete timeline (a last bell) is in it: it rings out after the end.
        """
        for p in self.placed:
            if p.start_ms >= end_ms:
                return
            past = self.complete and p is self.placed[-1]
            end = end_ms if p.end_ms is None else min(end_ms, p.end_ms + past)
            if end > start_ms and end > p.start_ms:
                for at, cue in p.segment.cues_between(max(0, start_ms - p.start_ms), end - p.start_ms):
                    yield p.start_ms + at, cue


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How long a script can take, in ms, each choice by its shortest and by its longest way."""

    min_ms: int
    """Open steps as nothing, and without what may be left out."""
    max_ms: int | None
    """None where the client decides without a limit."""
    longest_way_ms: int
    """Every condition holds and every round is played; open steps without a limit as nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A whole script laid out with no answers known: every branch once, marked with its condition."""

    segments: tuple[Segment, ...]
    starts_ms: tuple[int, ...]
    """The earliest time at which each segment can begin."""
    total_ms: int | None
    bounds: Bounds
    sure_ms: int = 0
    """What is certain to be played, with open steps as nothing and each `repeat until` once."""
    parts: tuple[tuple[str, Elastic], ...] = ()
    """(path, what of it can change) of the steps that are certain to be played, in order."""
    notes: tuple[str, ...] = field(default=())

    @property
    def lines(self) -> list[Line]:
        """Every line that may be said, in order, each once."""
        cues = (c for s in self.segments for c in s.cues)
        return list(dict.fromkeys(c.line for c in cues if isinstance(c, SayCue)))
