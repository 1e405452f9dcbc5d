"""A whole script laid out with no answers known: every branch once, marked with its condition.

Each segment has the earliest time at which it can begin: what follows a choice begins after its shortest way, what
follows a `repeat until` after one round. What is certain beforehand (variables, fixed lengths) is as the client will
get it; the times of a script with no open step and no branch are exactly those of its performance.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from mindful.script.kinds.ask import Wait
from mindful.script.kinds.base import Strict
from mindful.script.kinds.flow import Choose, Include, Repeat
from mindful.script.kinds.therapy import Exposure
from mindful.script.model import Step
from mindful.script.values import Duration, Number
from mindful.timeline.exposure import stages
from mindful.timeline.model import Bounds, KeyPrompt, Outline, Segment, SheetPrompt
from mindful.timeline.piece import Context, Piece
from mindful.timeline.pieces import compile_step
from mindful.timeline.sequence import Sequence
from mindful.timeline.stretch import Elastic
from mindful.timeline.unfold import MOST_LOOKED, MOST_STEPS, Frame, Setup, background, begin, context, rounds_of


@dataclass(frozen=True, slots=True)
class _Range:
    low: int = 0
    high: int = 0
    """By the longest way, without what the client takes beyond any limit of the script's."""
    limited: bool = True
    """Whether there is nothing of that kind."""

    def __add__(self, other: _Range) -> _Range:
        return _Range(self.low + other.low, self.high + other.high, self.limited and other.limited)

    def times(self, low: int, high: int) -> _Range:
        return _Range(self.low * low, self.high * high, self.limited)

    def maybe(self) -> _Range:
        return replace(self, low=0)


class _Layout:
    def __init__(self, setup: Setup) -> None:
        self.setup = setup
        self.seq = Sequence()
        self.segments: list[Segment] = []
        self.starts: list[int] = []
        """The earliest start of each segment, in ms."""
        self.now = 0
        """The earliest time at which what is laid out next can begin, in ms."""
        self.certain = True
        self.answers: set[str] = set()
        """Ids of questions met so far: what depends on them is not known."""
        self.played = self.looked = 0
        self.sure = True
        """Whether what is laid out now is certain to be played."""
        self.sure_ms = 0
        self.parts: list[tuple[str, Elastic]] = []

    @property
    def full(self) -> bool:
        """Whether a performance would end here, however much is written."""
        return self.played >= MOST_STEPS or self.looked >= MOST_LOOKED

    def add(self, segment: Segment) -> None:
        """Take in a segment that ends now."""
        self.segments.append(segment)
        self.starts.append(self.now - (segment.length_ms or 0))

    def flush(self, when: str | None) -> None:
        segment, self.seq = self.seq.flush(when)
        if segment is not None:
            self.add(segment)

    def border(self, when: str | None) -> None:
        """End the segment here, with all it holds, so that what follows can have another `when`."""
        last = self.seq.last(when)
        if last is not None:
            self.add(last)
            self.seq = Sequence(last.index + 1)

    @contextmanager
    def unsure(self) -> Iterator[None]:
        """For what may or may not be played."""
        before, self.sure = self.sure, False
        yield
        self.sure = before

    def count(self, piece: Piece, step: Step, c: Context) -> None:
        """Add a closed piece to what is certain; one whose length an answer decides is not."""
        if self.sure and not _decided((step.body, step.pause_after), self.answers):
            self.sure_ms += piece.length_ms or 0
            if piece.elastic is not None:
                self.parts.append((c.path, piece.elastic))

    def steps(self, frame: Frame, when: str | None) -> _Range:
        total = _Range()
        for i in range(len(frame.steps)):
            if self.full:
                break
            self.looked += 1
            total += self.step(replace(frame, at=i), when)
        return total

    def step(self, frame: Frame, when: str | None) -> _Range:
        step, path = frame.steps[frame.at], frame.path()
        c = context(self.setup, frame, {}, path)
        if step.if_ is not None:
            if self.answers.isdisjoint(step.if_.names):
                if not step.if_.holds(c.values):
                    return _Range()
            else:
                return self.branch(frame, step, c, _and(when, step.if_.source), when).maybe()
        return self.body(frame, step, c, when)

    def branch(self, frame: Frame, step: Step, c: Context, inner: str, outer: str | None) -> _Range:
        """What may be left out: what follows it can begin when it would."""
        self.certain = False
        self.border(outer)
        start = self.now
        with self.unsure():
            length = self.body(frame, step, c, inner)
        self.border(inner)
        self.now = start
        return length

    def body(self, frame: Frame, step: Step, c: Context, when: str | None) -> _Range:
        body = step.body
        if isinstance(body, Repeat):
            return self.repeat(frame, body, c, when)
        if isinstance(body, Include):
            script = frame.script.included[body.script]
            variables = {**script.defaults(), **body.with_}
            inner = Frame(script, variables, script.steps, f"{c.path}.steps", weight=frame.inner)
            return self.steps(inner, when)
        self.played += 1
        if isinstance(body, Exposure):
            return self.exposure(body, step, c, when)
        pieces = compile_step(step, c)
        for more in pieces[:-1]:
            self.flush(when)
            self.add(self.seq.open(more, step, c, when))
            self.certain = False
            self.asks(more, step)
            self.seq = Sequence(self.segments[-1].index + 1)
        piece = pieces[-1]
        if piece.length_ms is not None:
            self.seq.closed(piece, step, c, when)
            self.count(piece, step, c)
            self.now += piece.length_ms
            return _Range(piece.length_ms, piece.length_ms)
        self.certain = False
        self.flush(when)
        self.add(self.seq.open(piece, step, c, when))
        self.seq = Sequence(self.segments[-1].index + 1)
        if isinstance(body, Choose):
            ways = self.choose(frame, body, c, when)
            # Whoever leaves the question out takes no way at all.
            self.now += 0 if step.optional else ways.low
            return ways.maybe() if step.optional else ways
        self.asks(piece, step)
        if not isinstance(body, Wait):
            self.answers.add(str(getattr(body, "id", "")))
        at_most = piece.prompt.at_most_ms if isinstance(piece.prompt, KeyPrompt) else None
        return _Range(0, at_most or 0, limited=at_most is not None)

    def asks(self, piece: Piece, step: Step) -> None:
        """A sheet has a name for each of its parts."""
        if isinstance(piece.prompt, SheetPrompt) and step.id:
            self.answers.update(piece.prompt.known(step.id))

    def exposure(self, body: Exposure, step: Step, c: Context, when: str | None) -> _Range:
        """Each of its parts once; the stretches as one."""
        self.certain = False
        self.flush(when)
        longest = 0
        for piece in stages.every(body, step, c, self.setup.known):
            self.add(self.seq.open(piece, step, c, when))
            self.seq = Sequence(self.segments[-1].index + 1)
            if isinstance(piece.prompt, KeyPrompt):
                longest += piece.prompt.at_most_ms or 0
        key = stages.base_of(step, c.path)
        self.answers.update(f"{key}.{name}" for name in ("agreed", "item", "before", "after"))
        return _Range(0, longest, limited=False)

    def choose(self, frame: Frame, body: Choose, c: Context, when: str | None) -> _Range:
        """Every way from the same start; afterwards `now` is that start."""
        if body.id:
            self.answers.add(body.id)
        ways: list[_Range] = []
        start = self.now
        for k, option in enumerate(body.options):
            label = c.say(option.label)
            inner = _and(when, f"{body.id or 'choice'} == '{label}'")
            base = f"{c.path}.options[{k}].steps"
            into = replace(frame, steps=option.steps, base=base, at=0, repeat=None, weight=frame.inner)
            with self.unsure():
                ways.append(self.steps(into, inner))
            self.border(inner)
            self.now = start
        return _Range(min(w.low for w in ways), max(w.high for w in ways), limited=False)

    def repeat(self, frame: Frame, body: Repeat, c: Context, when: str | None) -> _Range:
        most = rounds_of(body, c)
        into = replace(frame, steps=body.steps, base=f"{c.path}#1.steps", at=0, weight=frame.inner)
        if body.until is None:
            total = _Range()
            for k in range(1, most + 1):
                if self.full:
                    break
                total += self.steps(replace(into, base=f"{c.path}#{k}.steps"), when)
            return total
        self.certain = False
        self.border(when)
        inner = _and(when, f"until {body.until.source}, at most {most} rounds")
        once = self.steps(into, inner)
        self.border(inner)
        return once.times(1, most)


def _and(outer: str | None, inner: str) -> str:
    return inner if outer is None else f"{outer} and {inner}"


def _decided(value: object, answers: set[str]) -> bool:
    """Whether an answer decides a length or a count among these."""
    if isinstance(value, tuple):
        return any(_decided(v, answers) for v in value)
    if isinstance(value, Duration | Number):
        return not answers.isdisjoint(value.names)
    return isinstance(value, Strict) and any(_decided(v, answers) for _, v in value)


def outline(setup: Setup) -> Outline:
    """Lay out a script. Raises LookupError for a kind that cannot be played."""
    layout = _Layout(setup)
    background(setup.script, layout.seq)
    length = layout.steps(begin(setup).frames[0], None)
    layout.border(None)
    return Outline(
        sure_ms=layout.sure_ms,
        parts=tuple(layout.parts),
        segments=tuple(layout.segments),
        starts_ms=tuple(layout.starts),
        total_ms=length.low if layout.certain else None,
        bounds=Bounds(min_ms=length.low, max_ms=length.high if length.limited else None, longest_way_ms=length.high),
    )
