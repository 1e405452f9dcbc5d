"""A stage for the plain performer: virtual time, keys that are pressed at given moments, and every line that was said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from mindful.audio.levels import Levels
from mindful.plain.keyboard import Heard, Typed
from mindful.plain.performer import Manner, perform
from mindful.player.conductor import Conductor
from mindful.player.ports import Mute, Silence, Voice
from mindful.player.view import Ended
from mindful.script.model import Script
from mindful.timeline.speech import Length, Line
from tests.making import HandClock, Memory


class VirtualKeys:
    """Sleeping moves the clock; what is planned is heard at its moment."""

    def __init__(self, clock: HandClock, planned: list[tuple[float, Heard]]) -> None:
        self._clock, self._begin = clock, clock.at
        self._planned = sorted(planned, key=lambda p: p[0])
        self.wakes: list[float] = []

    def wait(self, seconds: float) -> Heard | None:
        until = self._clock.at + seconds
        if self._planned and self._begin + self._planned[0][0] <= until:
            at, heard = self._planned.pop(0)
            self._clock.at = max(self._clock.at, self._begin + at)
        else:
            self._clock.at, heard = until, None
        self.wakes.append(self._clock.at - self._begin)
        return heard


class Speaking(Mute):
    """A voice that has said every line already, each in half a second, but for those it never says."""

    def __init__(self, *never: str) -> None:
        self._never = never

    def length(self, line: Line) -> Length:
        return Length(500) if line.text in self._never else Length(500, False, (0,))

    def speaks(self, voice: str, language: str) -> bool:
        return True


@dataclass
class Performance:
    """What came of it."""

    ended: Ended
    said: list[tuple[float, str]]
    """(seconds since the start, line)."""
    asides: list[str]
    log: Memory
    keys: VirtualKeys
    late_ms: list[int] = field(default_factory=list)

    @property
    def lines(self) -> list[str]:
        return [text for _, text in self.said]

    def at(self, text: str) -> list[float]:
        """When a line was said."""
        return [round(t, 1) for t, line in self.said if line == text]


def play(
    script: Script,
    *planned: tuple[float, Heard | str],
    keyboard: bool = True,
    answers: dict[str, str] | None = None,
    stamps: bool = False,
    columns: int | None = None,
    sound: bool = True,
    values: dict[str, Any] | None = None,
    remember: Callable[[Levels], None] = lambda levels: None,
    voice: Voice | None = None,
    sink: str = "none",
) -> Performance:
    """Perform a script in virtual time; a planned text is a line that is typed then."""
    clock, log = HandClock(), Memory()
    begin = clock.at
    keys = VirtualKeys(clock, [(at, Typed(h) if isinstance(h, str) else h) for at, h in planned])
    speaker = Silence(clock)
    speaker.sink = sink
    conductor = Conductor(script, values or {}, clock=clock, speaker=speaker, log=log, voice=voice)
    said: list[tuple[float, str]] = []
    asides: list[str] = []
    manner = Manner(
        stamps=stamps, columns=columns, keyboard=keyboard, answers=answers or {}, sound=sound, remember=remember
    )
    ended = perform(conductor, clock, lambda t: said.append((clock.at - begin, t)), asides.append, keys, manner)
    late = [ms for event in log.of("cues") for ms in event["late_ms"]]
    return Performance(ended, said, asides, log, keys, late)
