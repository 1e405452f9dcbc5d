"""What the command line says about how sessions are given, and the log of those without a record. For `cli.host`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mindful.cli.sensing import Yoke


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the command line says about how a session is given."""

    mute: bool = False
    sink: str = "auto"
    calm: bool = False
    acknowledged: bool = False
    keep: bool = True
    """Whether there will be a record."""
    keep_voice: bool = True
    """Whether what is said may be kept for the next time."""
    ease: int | None = None
    """The level of gentler breaths to begin with; None: what the page before the session says."""
    sensor: str = ""
    """A strap or headset, as `mindful devices` names one; empty for the one that was chosen."""
    keep_raw: bool = False
    """Whether every sample of a sensor is kept beside the record."""
    sham: int | None = None
    """For research: feedback by chance from this seed, and not by what is measured."""
    yoked: Yoke | None = None
    """For research: the feedback of another session."""
    plain: bool = False
    felt: str | None = None
    """How it was, told beforehand: `1` to `5`, or `skip`. None: plain lines ask."""
    voice: str | None = None
    """The voice that `guide` means; None: the client's settings."""
    aloud: bool = False
    """Whether pages are read aloud, whatever the settings say."""
    language: str | None = None
    """In place of the environment's."""
    preview: bool = False
    """An author listens to a script: nobody is kept from hearing what they write."""


class Unkept:
    """A log for a session without a record."""

    def event(self, event: str, **data: Any) -> None:
        pass

    def close(self, status: str, reason: str, **data: Any) -> None:
        pass
