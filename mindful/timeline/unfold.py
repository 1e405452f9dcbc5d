"""The script as it is performed: the next segment, given the answers so far.

A script with branches has no timeline until its answers are known, so it is unfolded segment by segment. Between two
open steps nothing can change, so a closed segment is whole. `unfold` is pure: a cursor and the answers give the next
segment and the next cursor, and an old cursor can be unfolded again after going back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from mindful.script.kinds.flow import Choose, Include, Repeat
from mindful.script.kinds.therapy import Exposure
from mindful.script.model import Script, Step
from mindful.script.rounds import MOST_PLAYED, MOST_ROUNDS
from mindful.script.values import Scalar
from mindful.timeline.ease import AS_WRITTEN as UNEASED
from mindful.timeline.ease import Ease
from mindful.timeline.exposure import stages
from mindful.timeline.exposure.known import NOTHING, Known
from mindful.timeline.model import AnyCue, Segment, SoundCue, StepSpan
from mindful.timeline.past import NoPast, Past
from mindful.timeline.piece import Context
from mindful.timeline.pieces import compile_step
from mindful.timeline.sequence import Sequence
from mindful.timeline.speech import Estimate, Speech
from mindful.timeline.stretch import AS_WRITTEN, Stretch

MOST_STEPS = MOST_PLAYED
"""Where a session ends at the latest; `check` refuses scripts that would play more."""
MOST_LOOKED = 100_000
"""Steps that are looked at in search of one that is played: rounds in which every condition fails come to an end."""


@dataclass(frozen=True, slots=True)
class Setup:
    """What a run of a script is compiled with."""

    script: Script
    variables: Mapping[str, Scalar] = field(default_factory=dict)
    """Set by the client; others have their defaults."""
    language: str = ""
    seed: int = 0
    """For what is meant to be unforeseen: random bells."""
    speech: Speech = field(default_factory=Estimate)
    stretch: Stretch = AS_WRITTEN
    """Longer or shorter than it was written: `mindful.timeline.fit` makes one."""
    ease: Ease = UNEASED
    """Shorter, gentler breaths than were written."""
    past: Past = field(default_factory=NoPast)
    """What was done before, where a script asks."""
    known: Known = NOTHING
    """What the client brings to an exposure: who unlocked it, and what was done before."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One list of steps on the way through a script."""

    script: Script
    variables: Mapping[str, Scalar]
    steps: tuple[Step, ...]
    base: str
    """Path of the list, `steps` or `steps[4].repeat#2.steps`."""
    at: int = 0
    pending: bool = False
    """A `choose` at `at` was asked; its answer decides what comes."""
    piece: int = 0
    """How many of the open pieces of the step at `at` are over (a `ground` has one for each sense)."""
    repeat: Repeat | None = None
    round: int = 1
    rounds: int = 1
    weight: float = 1.0
    """The `stretch` of the steps around this list, multiplied."""

    @property
    def inner(self) -> float:
        """The `weight` of what the step at `at` holds."""
        return self.weight * self.steps[self.at].stretch

    def path(self) -> str:
        return f"{self.base}[{self.at}].{self.steps[self.at].kind}"

    def rung(self) -> str:
        """The bell of the step before, a new background between left aside; empty where that is none."""
        before = self.at - 1
        while before >= 0 and self.steps[before].sound is not None:
            before -= 1
        bell = self.steps[before].bell if before >= 0 else None
        return "" if bell is None else bell.sound

    def next(self) -> Frame:
        return replace(self, at=self.at + 1, pending=False, piece=0)


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in a script between two segments."""

    frames: tuple[Frame, ...]
    index: int = 0
    played: int = 0
    begun: bool = False
    carried: tuple[tuple[StepSpan, ...], tuple[AnyCue, ...]] = ((), ())
    """What stood at the very end of the last segment and belongs to the moment after it."""


def begin(setup: Setup) -> Cursor:
    """The cursor before the first segment."""
    script = setup.script
    variables = {**script.defaults(), **setup.variables}
    return Cursor((Frame(script, variables, script.steps, "steps"),))


def context(setup: Setup, frame: Frame, answers: Mapping[str, Any], path: str) -> Context:
    """What the step at `path` is compiled with. An answer that was given stands before a variable of its name."""
    given = {k: v for k, v in answers.items() if v is not None}
    values = {**frame.variables, **given}
    return Context(
        frame.script,
        values,
        path,
        setup.language,
        setup.seed,
        setup.speech,
        setup.stretch,
        frame.weight,
        setup.ease,
        setup.past,
        frame.rung(),
    )


def unfold(setup: Setup, cursor: Cursor, answers: Mapping[str, Any]) -> tuple[Segment | None, Cursor]:
    """The next segment and the cursor after it; None at the end of the script.

    `answers` maps ids to answers; a `choose` without an id is found under its path.
    """
    frames = list(cursor.frames)
    seq = Sequence(cursor.index, cursor.carried)
    played, begun = cursor.played, cursor.begun
    if not begun:
        background(setup.script, seq)
    looked = 0
    while frames and played < MOST_STEPS and looked < MOST_LOOKED:
        looked += 1
        frame = frames[-1]
        if frame.at >= len(frame.steps):
            frames.pop()
            again = _again(setup, frame, answers)
            if again is not None:
                frames.append(again)
            continue
        step, path = frame.steps[frame.at], frame.path()
        c = context(setup, frame, answers, path)
        if frame.pending:
            frames[-1] = frame.next()
            frames += _chosen(frame, step, c, answers)
            continue
        if step.if_ is not None and not frame.piece and not step.if_.holds(c.values):
            frames[-1] = frame.next()
            continue
        body = step.body
        if isinstance(body, Repeat):
            frames[-1] = frame.next()
            rounds = rounds_of(body, c)
            if rounds:
                frames.append(
                    replace(
                        frame,
                        steps=body.steps,
                        base=f"{path}#1.steps",
                        at=0,
                        repeat=body,
                        round=1,
                        rounds=rounds,
                        weight=frame.inner,
                    )
                )
            continue
        if isinstance(body, Include):
            frames[-1] = frame.next()
            inner = frame.script.included[body.script]
            values = {**inner.defaults(), **body.with_}
            frames.append(Frame(inner, values, inner.steps, f"{path}.steps", weight=frame.inner))
            continue
        if isinstance(body, Exposure):
            found = stages.stage(body, step, c, frame.piece, setup.known)
            if found is None:
                frames[-1] = frame.next()
                continue
            segment, seq = seq.flush()
            if segment is not None:
                return segment, Cursor(tuple(frames), seq.index, played, True, seq.carried())
            frames[-1] = replace(frame, piece=found[0] + 1)
            opened = seq.open(found[1], step, c)
            return opened, Cursor(tuple(frames), opened.index + 1, played + 1, True)
        pieces = compile_step(step, c)
        piece, last = pieces[frame.piece], frame.piece + 1 >= len(pieces)
        if piece.length_ms is None:
            segment, seq = seq.flush()
            if segment is not None:
                return segment, Cursor(tuple(frames), seq.index, played, True, seq.carried())
            if isinstance(body, Choose):
                frames[-1] = replace(frame, pending=True)
            else:
                frames[-1] = frame.next() if last else replace(frame, piece=frame.piece + 1)
            opened = seq.open(piece, step, c)
            return opened, Cursor(tuple(frames), opened.index + 1, played + 1, True)
        seq.closed(piece, step, c)
        played += 1
        frames[-1] = frame.next()
    rest = seq.last()
    return rest, Cursor((), cursor.index + 1, played, True)


def background(script: Script, seq: Sequence) -> None:
    """The background that the script's settings ask for, from its very start."""
    layer = script.settings.background
    if layer != "silence":
        seq.cue(SoundCue(at_ms=0, step="settings.background", layer=layer))


def _again(setup: Setup, frame: Frame, answers: Mapping[str, Any]) -> Frame | None:
    """The next round of a `repeat` whose steps are through, or None."""
    repeat = frame.repeat
    if repeat is None or frame.round >= frame.rounds:
        return None
    if repeat.until is not None and repeat.until.holds(context(setup, frame, answers, frame.base).values):
        return None
    head = frame.base.rpartition("#")[0]
    return replace(frame, at=0, round=frame.round + 1, base=f"{head}#{frame.round + 1}.steps")


def rounds_of(repeat: Repeat, c: Context) -> int:
    """The most rounds a `repeat` may have."""
    wanted = repeat.times if repeat.times is not None else repeat.at_most
    assert wanted is not None
    return max(0, min(MOST_ROUNDS, round(c.number(wanted, 1))))


def _chosen(frame: Frame, step: Step, c: Context, answers: Mapping[str, Any]) -> list[Frame]:
    """The steps of the option that was chosen; none when the question was left open."""
    body = step.body
    assert isinstance(body, Choose)
    answer = answers.get(body.id or c.path)
    for k, option in enumerate(body.options):
        if option.steps and answer == c.say(option.label):
            return [
                replace(
                    frame,
                    steps=option.steps,
                    base=f"{c.path}.options[{k}].steps",
                    at=0,
                    pending=False,
                    repeat=None,
                    weight=frame.inner,
                )
            ]
    return []
