"""What a performer needs to know to show this moment. Plain values; a fresh one for every frame."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from mindful.audio.levels import AS_MADE, Levels
from mindful.player.exposure_view import ExposureView
from mindful.player.feedback_view import FeedbackView
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
class PartView:
    """The region, group of muscles, pose or sense of this moment, where the step goes through several."""

    name: str
    number: int
    """Counts from 1."""
    of: int
    held_ms: int | None
    """How long it has been held; None while it is not."""
    hold_ms: int = 0
    """How long it is held in all, this time."""
    let_go: bool = False
    """Whether muscles were tensed in it, and have been let go."""


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
    part: PartView | None = None
    found: int = 0
    """How many of the things that the open step asks for were found."""
    notices: tuple[str, ...] = ()
    """Things said once, oldest first: no sound device, sound is back."""
    given: Any = None
    """What the open form is to show at first: what was begun in it, or what was answered before."""
    offered: Any = None
    """What had been begun in it when an earlier session was cut off; the client says whether it is kept."""
    taps: tuple[int, int, int] | None = None
    """In a question that is answered by tapping: (taps so far, ms since the first, ms that it takes)."""
    support_due: bool = False
    """The client's own plan and contacts are to be shown now; whoever shows them says so with `Shown`."""
    said: str = ""
    """A short line for the client about what a key has just done; empty: nothing."""
    exposure: ExposureView | None = None
    """The exposure that runs: its item, its ratings so far, how long."""
    feedback: FeedbackView | None = None
    """The heart or brain that is measured in this step."""
    grounding: bool = False
    """The minute after `Land`: what is shown and heard is the landing, also while it is paused."""
    ended: Ended | None = None
    timeline: Timeline | None = field(default=None, repr=False, compare=False)
    """The session as far as it is known, for a performer that shows what is coming (`timeline.lookup`)."""
