"""The state of a running session, as a value. `state` moves it, `writing` tells the record of it, `look` shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from mindful.audio.levels import AS_MADE, Levels
from mindful.player.effects import Effect
from mindful.player.skipped import Stretches, never_played
from mindful.player.view import Ended, Status
from mindful.timeline.counting import Key
from mindful.timeline.model import KeyPrompt, Placed, Timeline
from mindful.timeline.unfold import Cursor, Setup


@dataclass(frozen=True, slots=True)
class Moment:
    """Now."""

    now_ms: int
    """Since the start, on the monotonic clock."""
    position_ms: int
    """On the session's line, as heard."""


@dataclass(frozen=True, slots=True)
class State:
    """One run of a script."""

    setup: Setup
    timeline: Timeline
    cursors: tuple[Cursor, ...]
    """Before each segment, and last after them all: where to unfold from after an answer, or after going back."""
    answers: Mapping[str, Any] = field(default_factory=dict)
    drafts: Mapping[str, Any] = field(default_factory=dict)
    """What was begun in a form of this run and is not answered, by its question."""
    tapping: int | None = None
    """The segment in which `taps` were tapped."""
    taps: tuple[tuple[int, Key], ...] = ()
    """(time without pauses, which key) of each."""
    at: Moment = Moment(0, 0)
    started: bool = False
    step: tuple[int, int] | None = None
    """(segment, span) of the step that runs."""
    leaving: str = "done"
    """How the step that runs will be said to have ended."""
    paused_ms: int = 0
    paused_since: int | None = None
    landing_since: int | None = None
    grounding: int | None = None
    """The index of the first segment of the landing, where the client stopped and landed."""
    said: tuple[str, int] | None = None
    """(a short line for the client, until when it stands, on the clock of `at.now_ms`)."""
    skipped: Stretches = ()
    played: Stretches = ()
    here: Stretches = ()
    """What was played since the step that runs was entered."""
    supported: frozenset[tuple[str, str]] = frozenset()
    """(step, field) of the answers that have opened the client's plan."""
    support_due: bool = False
    """Whether the client's plan is to be shown now."""
    found: Mapping[int, int] = field(default_factory=dict)
    """By an open segment's index, how many of the things that it asks for were found."""
    volume: float = 0.8
    levels: Levels = AS_MADE
    late_ms: tuple[int, ...] = ()
    """Lateness of the cues since the last beat."""
    beat_ms: int = 0
    ended: Ended | None = None

    @property
    def elapsed_ms(self) -> int:
        """Time since the start, pauses left out."""
        until = self.at.now_ms if self.paused_since is None else self.paused_since
        return until - self.paused_ms

    @property
    def pauses_ms(self) -> int:
        """All pauses, the one that lasts included."""
        since = self.at.now_ms if self.paused_since is None else self.paused_since
        return self.paused_ms + self.at.now_ms - since

    @property
    def skipped_ms(self) -> int:
        """How much of the session was skipped and never played; a step that is optional is not counted."""
        return never_played(self.skipped, self.played)

    @property
    def placed(self) -> Placed | None:
        """The segment of this moment."""
        return self.timeline.placed_at(self.at.position_ms)

    @property
    def asking(self) -> Placed | None:
        """The open segment that waits for the client, forms and keys alike."""
        p = self.placed
        return p if p is not None and p.length_ms is None else None

    @property
    def asks(self) -> bool:
        """Whether a form is open, also beneath a pause."""
        p = self.asking
        return p is not None and not isinstance(p.segment.prompt, KeyPrompt)

    @property
    def status(self) -> Status:
        if self.ended is not None:
            return "ended"
        if not self.started:
            return "ready"
        if self.landing_since is not None:
            return "landing"
        if self.paused_since is not None:
            return "paused"
        if self.grounding is not None:
            return "landing"
        return "asking" if self.asks else "playing"

    @property
    def goes_on(self) -> bool:
        """Whether there is a session, or the minute after it, that can be paused and skipped in."""
        return self.status in ("playing", "asking", "paused") or (
            self.grounding is not None and self.status == "landing"
        )


Stepped = tuple[State, list[Effect]]
