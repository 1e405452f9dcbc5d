"""What the state step wants done outside: said as values, carried out by the conductor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from mindful.audio.levels import Levels


@dataclass(frozen=True, slots=True)
class Update:
    """The timeline has grown or changed after this moment."""

    fade_ms: int = 0
    """What was heard until now fades into the new over this time; 0: as soon as it can without a click."""


@dataclass(frozen=True, slots=True)
class Seek:
    """Go to a position on the session's line, in ms."""

    position_ms: int


@dataclass(frozen=True, slots=True)
class HoldSound:
    """Pause."""


@dataclass(frozen=True, slots=True)
class ResumeSound:
    """Go on."""


@dataclass(frozen=True, slots=True)
class SetVolume:
    """Loudness, 0 to 1."""

    level: float


@dataclass(frozen=True, slots=True)
class SetLevels:
    """The client's mixer."""

    levels: Levels


@dataclass(frozen=True, slots=True)
class FinishSound:
    """No more sound after this; 0: let bells ring out."""

    fade_ms: int


@dataclass(frozen=True, slots=True)
class Tell:
    """Words for the client, and for the record."""

    text: str


@dataclass(frozen=True, slots=True)
class Write:
    """An event for the record."""

    event: str
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CloseLog:
    """The record is finished."""

    status: str
    reason: str
    data: Mapping[str, Any] = field(default_factory=dict)


Effect = Update | Seek | HoldSound | ResumeSound | SetVolume | SetLevels | FinishSound | Tell | Write | CloseLog
