"""What is played within an exposure, laid out once, and cut where ratings are asked.

How ratings and steps go together: the steps stand still while a rating is open, and no line is cut. A stretch ends at
the first moment after `ask_every` at which nothing is being said, and the next goes on from there. A recording alone
cannot stand still: it goes on beneath the rating, and what comes after it may come that much later. Whoever asks for a
rating in the midst of a line hears that line again from its start.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from mindful.script.kinds.flow import Repeat
from mindful.script.model import Step
from mindful.timeline.model import AnyCue, CaptionCue, PhaseCue, SayCue, SoundCue
from mindful.timeline.piece import Context
from mindful.timeline.pieces import compile_step

MOST_STEPS = 2000


@dataclass(frozen=True, slots=True)
class Strip:
    """The steps as one row of cues, from 0."""

    cues: tuple[AnyCue, ...] = ()
    length_ms: int = 0

    def end(self, start_ms: int, every_ms: int) -> int:
        """Where a stretch that begins at `start_ms` ends: after `every_ms`, and not within a line or a breath."""
        at = start_ms + every_ms
        for cue in self.cues:
            if cue.at_ms >= at:
                break
            if isinstance(cue, PhaseCue) or (isinstance(cue, SayCue) and cue.audio is None):
                at = max(at, cue.at_ms + cue.length_ms)
        return at

    def onward(self, at_ms: int) -> int:
        """Where to go on after a rating that came at `at_ms`: at the start of the line that it cut."""
        for cue in self.cues:
            if isinstance(cue, SayCue) and cue.audio is None and cue.at_ms < at_ms < cue.at_ms + cue.length_ms:
                return cue.at_ms
        return at_ms

    def between(self, start_ms: int, end_ms: int) -> tuple[AnyCue, ...]:
        """The cues of a stretch, from its own start; a caption that was cut is there again with its line."""
        return tuple(replace(c, at_ms=c.at_ms - start_ms) for c in self.cues if start_ms <= c.at_ms < end_ms)


def strip(steps: tuple[Step, ...], c: Context) -> Strip:
    """Lay out what is played meanwhile. What has no length (it waits for a key) is left out; `check` refuses it."""
    cues: list[AnyCue] = []
    at = 0
    for n, (step, here) in enumerate(_flat(steps, c, f"{c.path}.script")):
        if n >= MOST_STEPS:
            break
        for piece in compile_step(step, here):
            if piece.length_ms is None:
                continue
            # It is all one step of the record.
            cues += (replace(cue, at_ms=cue.at_ms + at, step=c.path) for cue in piece.cues)
            at += piece.length_ms
    return Strip(tuple(sorted(cues, key=lambda cue: cue.at_ms)), at)


def _flat(steps: tuple[Step, ...], c: Context, base: str) -> Iterator[tuple[Step, Context]]:
    """Every step in order, rounds written out."""
    for i, step in enumerate(steps):
        here = replace(c, path=f"{base}[{i}].{step.kind}")
        if step.if_ is not None and not step.if_.holds(c.values):
            continue
        if isinstance(step.body, Repeat):
            times = 0 if step.body.times is None else round(c.number(step.body.times, 1))
            for k in range(max(0, min(MOST_STEPS, times))):
                yield from _flat(step.body.steps, c, f"{here.path}#{k + 1}.steps")
        elif step.exposure is None and step.include is None:
            yield step, here


def sounds_on(cue: AnyCue) -> bool:
    """Whether a cue lasts by itself."""
    return isinstance(cue, SayCue | CaptionCue | PhaseCue) and not isinstance(cue, SoundCue)
