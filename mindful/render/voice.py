"""Who says the words of a recording. Called by the job; the one place that knows where the voice comes from.

What cannot be said keeps the time that reading it would take, and captions carry it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from mindful.script.model import Script
from mindful.timeline.speech import Line, Speech

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


def open_voice(
    script: Script, base: Path | None, wanted: str | None = None, command: str | None = None, cache: Path | None = None
) -> Voice:
    """The voice for a script whose recordings are relative to `base`.

    `wanted` and `command` are those of `mindful.audio.voice.choose.open_narrator`; `cache` is where lines are kept.
    """
    from mindful.audio.voice.choose import open_narrator

    return open_narrator(script, cache=cache, base=base, voice=wanted, command=command, threaded=False)


def mixer(base: Path | None, voice: Voice) -> Mixer:
    """The mixer that hears `voice`."""
    from mindful.audio.mixer import Mixer

    return Mixer(base, voice)
