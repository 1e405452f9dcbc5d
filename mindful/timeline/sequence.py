"""Puts pieces one after another: closed pieces grow into one segment, an open piece is a segment of its own."""

from __future__ import annotations

from dataclasses import replace

from mindful.script.model import Step
from mindful.timeline.model import AnyCue, Segment, StepSpan
from mindful.timeline.piece import Context, Piece
from mindful.timeline.pieces import label_of

Carried = tuple[tuple[StepSpan, ...], tuple[AnyCue, ...]]


class Sequence:
    """A segment in the making.

    What takes no time and stands at the very end (a bell, a new background) belongs to the moment after it: it is
    carried into the next segment, so that an open step that follows begins with it.
    """

    def __init__(self, index: int = 0, carried: Carried = ((), ())) -> None:
        self.index = index
        self.length = 0
        self.spans, self.cues = list(carried[0]), list(carried[1])

    @property
    def empty(self) -> bool:
        """Whether nothing that takes time is in it."""
        return self.length == 0

    def cue(self, cue: AnyCue) -> None:
        """A cue of no step, at the end so far."""
        self.cues.append(replace(cue, at_ms=self.length))

    def closed(self, piece: Piece, step: Step, c: Context, when: str | None = None) -> None:
        """Add a piece of known length."""
        assert piece.length_ms is not None
        self.spans.append(self._span(step, c, piece, when))
        self.cues.extend(replace(cue, at_ms=cue.at_ms + self.length) for cue in piece.cues)
        self.length += piece.length_ms

    def flush(self, when: str | None = None) -> tuple[Segment | None, Sequence]:
        """The segment so far, if it takes time, and the sequence that goes on after it."""
        if self.empty:
            return None, self
        cut = self.length
        segment = self._segment(
            [s for s in self.spans if s.start_ms < cut], [c for c in self.cues if c.at_ms < cut], when
        )
        late = (
            tuple(replace(s, start_ms=0) for s in self.spans if s.start_ms == cut),
            tuple(replace(c, at_ms=0) for c in self.cues if c.at_ms == cut),
        )
        return segment, Sequence(self.index + 1, late)

    def carried(self) -> Carried:
        """What it begins with."""
        return tuple(self.spans), tuple(self.cues)

    def last(self, when: str | None = None) -> Segment | None:
        """All that is left, what stands at the very end included; None where no step is left."""
        return self._segment(self.spans, self.cues, when) if self.spans else None

    def open(self, piece: Piece, step: Step, c: Context, when: str | None = None) -> Segment:
        """An open piece as a segment; the sequence must be flushed and holds only what was carried."""
        assert self.empty
        return Segment(
            index=self.index,
            step=c.path,
            kind=step.kind,
            open=True,
            cues=(*self.cues, *piece.cues),
            spans=(*self.spans, self._span(step, c, piece, when)),
            prompt=piece.prompt,
            loop=piece.loop,
            grain_ms=piece.grain_ms,
            when=when,
        )

    def _span(self, step: Step, c: Context, piece: Piece, when: str | None) -> StepSpan:
        return StepSpan(
            start_ms=self.length,
            length_ms=piece.length_ms,
            step=c.path,
            kind=step.kind,
            label=piece.label if piece.label and step.label is None else label_of(step, c),
            named=step.label is not None,
            optional=step.optional,
            id=step.id,
            when=when,
            parts=tuple(p.moved(self.length) for p in piece.parts),
        )

    def _segment(self, spans: list[StepSpan], cues: list[AnyCue], when: str | None) -> Segment:
        return Segment(
            index=self.index,
            step=spans[0].step,
            kind=spans[0].kind,
            length_ms=self.length,
            # sorted() is stable: cues of one instant stay in the order of the script
            cues=tuple(sorted(cues, key=lambda cue: cue.at_ms)),
            spans=tuple(spans),
            when=when,
        )
