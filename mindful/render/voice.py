"""Who says the words of a recording. Called by the job; the one place that knows whether there is a voice.

Without one the words keep the time that reading them would take, and captions carry them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from mindful.script.model import Script
from mindful.timeline.speech import Length, Line, Speech, estimate_ms

if TYPE_CHECKING:
    from mindful.audio.mixer import Mixer
    from mindful.audio.units import Mono

Progress = Callable[[int, int], None]
"""(done, of how many). What it raises ends the work."""


class Voice(Speech, Protocol):
    """Says all lines of a session ahead of time, and keeps their sound: a `Speech` and a `Bank` in one."""

    def say_all(self, lines: Sequence[Line], progress: Progress) -> Mapping[Line, str]:
        """Say these; afterwards their real lengths and their sound are known. What could not be said, and why."""
        ...

    def sound(self, line: Line) -> Mono | None:
        """See `mindful.audio.bank.Bank`."""
        ...

    def close(self) -> None:
        """Free the engine. May be called twice."""
        ...


class Unspoken:
    """No voice: every length is a guess, and nothing sounds."""

    def length(self, line: Line) -> Length:
        return Length(estimate_ms(line.text, line.wpm))

    def speaks(self, voice: str, language: str) -> bool:
        return False

    def say_all(self, lines: Sequence[Line], progress: Progress) -> Mapping[Line, str]:
        return {}

    def sound(self, line: Line) -> Mono | None:
        return None

    def close(self) -> None:
        pass


def open_voice(script: Script, base: Path | None, wanted: str | None = None) -> Voice:  # noqa: ARG001 -- for a voice
    """The voice for a script whose recordings are relative to `base`; `wanted` is `none` where none shall speak."""
    return Unspoken()


def mixer(base: Path | None, voice: Voice) -> Mixer:  # noqa: ARG001 -- for a mixer that hears voices
    """The mixer that hears `voice`."""
    from mindful.audio.mixer import Mixer

    return Mixer(base)


def revoiced(script: Script, name: str) -> Script:
    """The script as with `settings: {voice: NAME}`; what it includes as well."""
    copy = script.model_copy(update={"settings": script.settings.model_copy(update={"voice": name})})
    copy._included = {key: revoiced(inner, name) for key, inner in script.included.items()}
    return copy
