"""What is heard and shown at a moment of a segment: bells, breath phases, lines, captions, backgrounds, feedback.

Times are integer milliseconds from the segment's own start. Read by way of `mindful.timeline.model`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from mindful.timeline.speech import Line

REPEATED = "(repeated)"
"""The step of a line that the client asked to hear again: it belongs to no step of the script."""
PhaseName = Literal["inhale", "top_up", "hold", "exhale", "rest"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """Something at an instant, `at_ms` from the segment's start."""

    at_ms: int
    step: str
    """Path of the step in the script, `steps[3].breathe`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BellCue(Cue):
    """One stroke."""

    sound: str
    stroke: int = 1
    strokes: int = 1
    level_db: float = 0.0
    sign: bool = False
    """It marks a moment that words mark too, such as the start of tension: heard, but not told of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseCue(Cue):
    """A respiratory phase begins."""

    phase: PhaseName
    length_ms: int
    cycle: int
    """Counts from 1."""
    cycles: int | None = None
    """None where it goes on until a key."""
    through: str | None = None
    fill_from: float = 0.0
    """How full the lungs are at the start, 0 empty to 1 full."""
    fill_to: float = 0.0
    tones: bool = True
    """Whether the phase sounds."""
    level_db: float = 0.0
    """Louder or softer than the breath tone is elsewhere, in decibels."""
    speak: bool = False
    visual: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SayCue(Cue):
    """A spoken line begins."""

    text: str
    length_ms: int
    estimated: bool = True
    """Whether the length is a guess from the number of words."""
    voice: str = "guide"
    wpm: int = 110
    audio: str | None = None
    language: str = "en"
    manner: Literal["guide", "cue"] = "guide"
    """`cue`: a word in time with the breath, which has no caption: the phase itself is shown."""

    @property
    def line(self) -> Line:
        """What is said."""
        return Line(self.text, self.voice, self.wpm, self.audio, self.language, self.manner)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptionCue(Cue):
    """Words are shown; they stay until the next caption or `length_ms`."""

    text: str
    length_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundCue(Cue):
    """The background changes; it lasts until the next `SoundCue` of the session."""

    layer: str
    level_db: float = 0.0
    fade_ms: int = 5000
    hz: float | None = None
    beat: float | None = None
    beside: str | None = None
    """A layer that this one goes over to, and back, as a sensor's feedback says (`Levels.crossing`); None: it stays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StretchCue(Cue):
    """A stretch of a step that is guided by a sensor begins. Nothing is heard or shown of it by itself."""

    stretch: Literal["baseline", "training", "rest", "after"]
    per_min: float | None = None
    """The pace that is breathed from here on; None where none is."""
    protocol: str = ""
    """What is fed back: `lock`, `coherence`, `assess`, a preset for the brain, or a protocol of one's own as JSON."""
    reward: float | None = None
    """Share of clean moments that is to be rewarded, in percent; None for the protocol's own."""


AnyCue = BellCue | PhaseCue | SayCue | CaptionCue | SoundCue | StretchCue
