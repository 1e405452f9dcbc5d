"""Steps that are heard and seen: say, pause, bell, sound."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from mindful.script.kinds.base import Kind, Real, Whole
from mindful.script.values import Duration, Number, Text, seconds

VOICES = ("heart", "michael", "george", "command")
"""Voices that a script may name, beside `guide` and `none`."""
BellSound = Literal["bowl", "bell", "chime", "gong", "wood", "none"]
LAYERS = (
    "ocean",
    "rain",
    "stream",
    "wind",
    "pink-noise",
    "brown-noise",
    "drone",
    "binaural",
    "isochronic",
    "silence",
)


class Say(Kind):
    """Words for the listener: spoken when there is a voice, always captioned."""

    short: ClassVar[str | None] = "text"
    texts: ClassVar[bool] = True

    text: Text | None = None
    """What is said. `[pause 4 s]` inside is a pause."""
    audio: str | None = None
    """A recording, beside the script; then `text` is its caption."""
    voice: str | None = None
    """Another voice than the session's."""
    pace: Whole | None = Field(None, ge=90, le=180)
    """Words a minute."""
    pause: Duration | None = None
    """Silence after the words; may also stand beside `say`."""

    @model_validator(mode="after")
    def _something(self) -> Say:
        if self.text is None and self.audio is None:
            raise PydanticCustomError("say_nothing", "there are no words here")
        return self


class Pause(Kind):
    """Silence for a while."""

    short: ClassVar[str | None] = "for"

    for_: Duration = Field(alias="for")
    """How long; 0 is allowed here."""


class Bell(Kind):
    """A bell, struck once or several times."""

    short: ClassVar[str | None] = "sound"

    sound: BellSound = "bowl"
    strokes: Whole = Field(1, ge=1, le=9)
    """How often it is struck."""
    apart: Duration = seconds(4)
    """Time between strokes."""
    level: Real = Field(0, ge=-40, le=6)
    """Louder or softer, in decibels."""


class Sound(Kind):
    """A background that lasts until the next `sound`."""

    short: ClassVar[str | None] = "layer"

    layer: str
    """ocean, rain, stream, wind, pink-noise, brown-noise, drone, binaural, isochronic, silence, or a file."""
    level: Real = Field(0, ge=-60, le=6)
    """Louder or softer, in decibels."""
    fade: Duration = seconds(5)
    """Time in which it comes up as the last goes down."""
    hz: Number | None = None
    """Carrier of a tone, in hertz."""
    beat: Number | None = None
    """Beats a second of binaural and isochronic tones."""
