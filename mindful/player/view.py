"""What a performer needs to know to show this moment. Plain values; a fresh one for every frame."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from mindful.audio.levels import AS_MADE, Levels
from mindful.timeline.model import AnyPrompt, PhaseCue, Timeline

Status = Literal["ready", "playing", "asking", "paused", "landing", "ended"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseView:
    """The respiratory phase of this moment."""

    cue: PhaseCue
    elapsed_ms: int
    fill: float
    """How full the lungs are, 0 to 1."""
    count: int
    """Whole seconds left of the phase, counted as people do: 4, 3, 2, 1."""
    next: PhaseCue | None = None
    """The phase after this one."""

    @property
    def left_ms(self) -> int:
        return max(0, self.cue.length_ms - self.elapsed_ms)


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """The step of this moment, or the next one."""

    path: str
    kind: str
    label: str
    number: int
    """Counts from 1 over the steps known so far."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How it ended."""

    status: Literal["completed", "stopped", "interrupted"]
    reason: str
    elapsed_ms: int
    paused_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One moment of a session."""

    status: Status
    """`asking`: an open step whose prompt is a form. A KeyPrompt (wait, open sit) is `playing` with `prompt` set."""
    title: str
    position_ms: int
    """On the session's line; stands still in a pause."""
    elapsed_ms: int
    """Time since the start, pauses left out."""
    left_ms: int | None
    """Of the session, as far as it is known; None where the client decides."""
    step: StepView | None
    step_left_ms: int | None
    """None in an open step."""
    step_elapsed_ms: int
    next: StepView | None
    phase: PhaseView | None
    caption: str
    """Empty: nothing to show."""
    previous_caption: str
    prompt: AnyPrompt | None
    layer: str
    """The background of this moment: `ocean`, `silence`, …"""
    volume: float
    levels: Levels = AS_MADE
    notices: tuple[str, ...] = ()
    """Things said once, oldest first: no sound device, sound is back."""
    ended: Ended | None = None
    timeline: Timeline | None = field(default=None, repr=False, compare=False)
    """The session as far as it is known, for a performer that shows what is coming (`timeline.lookup`)."""
