"""The only doors of the player to the outside: a clock, a speaker, a log. Tests and performers hand in their own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, Protocol

from mindful.audio.levels import Levels
from mindful.timeline.model import Timeline
from mindful.timeline.speech import Length, Line, Speech, estimate_ms

ClockKind = Literal["audio", "monotonic"]


class Clock(Protocol):
    """Monotonic time."""

    def now(self) -> float:
        """Seconds; never goes back."""
        ...


class Speaker(Protocol):
    """What carries the session's sound, and with it the session's time.

    The session's line is heard from `start(timeline, position_ms)` on; `position(now)` is the position heard at that
    moment. All methods are called on one thread and return at once; the work is done elsewhere.
    """

    @property
    def clock(self) -> ClockKind:
        """Whose time `position` is: the device's, or the monotonic clock's."""
        ...

    @property
    def sink(self) -> str:
        """What carries the sound: simpleaudio, miniaudio, null, file; empty while that is not decided."""
        ...

    @property
    def rate(self) -> int:
        """Frames a second."""
        ...

    @property
    def underruns(self) -> int:
        """How often the device ran out of sound so far."""
        ...

    @property
    def ahead_ms(self) -> int:
        """How far beyond what is heard the sound is already on its way and cannot be changed; 0 without a device."""
        ...

    def start(self, timeline: Timeline, position_ms: int = 0) -> None:
        """Begin to play. Never raises: with no device the position runs on the monotonic clock."""
        ...

    def update(self, timeline: Timeline, fade_ms: int = 0) -> None:
        """What comes after now has changed; what lies before stays as it was. Heard without a gap.

        With `fade_ms` what was heard until now fades into it over that time, even where nothing forces it to change.
        """
        ...

    def pause(self) -> None:
        """Fade out; the position stands where the fade began."""
        ...

    def resume(self) -> None:
        """Fade in at the position where the pause began."""
        ...

    def seek(self, position_ms: int) -> None:
        """Go to another position with a short fade; also while paused."""
        ...

    def volume(self, level: float) -> None:
        """Loudness 0 to 1, reached in a soft ramp."""
        ...

    def levels(self, levels: Levels) -> None:
        """The client's mixer, reached in a short cross-fade; the session's time is not touched."""
        ...

    def position(self, now: float) -> float:
        """Position on the session's line, in ms, that is heard at monotonic time `now`. Never goes back by itself.

        After `start`, `seek` and `resume` it stays at the asked position until that is really heard.
        """
        ...

    def notices(self) -> list[str]:
        """What the client should be told once; each is given once."""
        ...

    def finish(self, fade_ms: int = 0) -> None:
        """The session is over: with 0 let the last sounds ring out, else fade; then close by itself."""
        ...

    def close(self) -> None:
        """Stop at once and free the device. May be called twice."""
        ...


class Voice(Speech, Protocol):
    """Who says the lines of a session, ahead of time and in the background. None of it waits, none of it raises."""

    @property
    def revision(self) -> int:
        """Goes up whenever the real length of another line has become known."""
        ...

    def want(self, lines: Sequence[Line]) -> None:
        """Say these next, in this order, before what was wanted earlier."""
        ...

    def settled(self, line: Line) -> bool:
        """Whether nothing more will be known of this line: it was said, or it cannot be."""
        ...

    def notices(self) -> list[str]:
        """What the client should be told once; each is given once."""
        ...

    def close(self) -> None:
        """Free the engine. May be called twice."""
        ...


class Log(Protocol):
    """Where events of a session go. `mindful.journal.recorder.Recorder` is one."""

    def event(self, event: str, **data: Any) -> None:
        """Write one event; it is on disk when this returns."""
        ...

    def close(self, status: str, reason: str, **data: Any) -> object:
        """Close the record. May be called once; what it gives is for who opened it."""
        ...


class Silence:
    """A speaker with no sound: position runs on the handed-in clock. For `--mute`, tests and virtual time."""

    clock: ClockKind = "monotonic"
    sink = "none"
    rate = 48000
    underruns = 0
    ahead_ms = 0

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._base = 0.0
        self._since: float | None = None

    def start(self, timeline: Timeline, position_ms: int = 0) -> None:
        self._base, self._since = float(position_ms), self._clock.now()

    def update(self, timeline: Timeline, fade_ms: int = 0) -> None:
        pass

    def pause(self) -> None:
        self._base, self._since = self.position(self._clock.now()), None

    def resume(self) -> None:
        if self._since is None:
            self._since = self._clock.now()

    def seek(self, position_ms: int) -> None:
        self._base = float(position_ms)
        if self._since is not None:
            self._since = self._clock.now()

    def volume(self, level: float) -> None:
        pass

    def levels(self, levels: Levels) -> None:
        pass

    def position(self, now: float) -> float:
        return self._base if self._since is None else self._base + (now - self._since) * 1000

    def notices(self) -> list[str]:
        return []

    def finish(self, fade_ms: int = 0) -> None:
        pass

    def close(self) -> None:
        pass


class Mute:
    """A voice that says nothing: every line keeps its guess. For `--mute`, tests and machines without an engine."""

    revision = 0

    def length(self, line: Line) -> Length:
        return Length(estimate_ms(line.text, line.wpm))

    def speaks(self, voice: str, language: str) -> bool:
        return False

    def want(self, lines: Sequence[Line]) -> None:
        pass

    def settled(self, line: Line) -> bool:
        return True

    def notices(self) -> list[str]:
        return []

    def close(self) -> None:
        pass
