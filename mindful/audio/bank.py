"""The mixer's door to spoken lines. `mindful.audio.voice.narrator.Narrator` is one; tests hand in their own."""

from __future__ import annotations

from typing import Protocol

from mindful.audio.units import Mono
from mindful.timeline.speech import Line


class Bank(Protocol):
    """Where the sound of spoken lines is kept."""

    def sound(self, line: Line) -> Mono | None:
        """A line at the mixer's rate and at the voice's loudness, (n,); None where it has not been said. Never waits.

        What it once gave for a line it gives again: the mixer relies on it.
        """
        ...
