"""The voice as one running session knows it. The conductor asks it for lengths and tells it how far the session is.

A line that was not said when its moment came is shown and passed over. It keeps the length it was given, however late
the voice comes: what has been played does not change. Whoever goes back before it hears it.
"""

from __future__ import annotations

from collections.abc import Iterator

from mindful.player.ports import Voice
from mindful.timeline.model import SayCue, Timeline
from mindful.timeline.speech import Length, Line

FIRST_MS = 10_000
"""A session begins when the lines of its first seconds are there, so that it does not begin with words unheard."""
PATIENCE_S = 4.0
"""But it does not wait for them longer than this,"""
PATIENCE_RECORDED_S = 15.0
"""or this where a recording is among them: a long one takes its time to be read."""
AHEAD_MS = 50
"""A line that begins this soon must be there. The speaker steps back a little where it has written past its start."""


class Spoken:
    """By shape a `mindful.timeline.speech.Speech`."""

    def __init__(self, voice: Voice) -> None:
        self.voice = voice
        self._passed: dict[Line, Length] = {}
        self._reached = 0
        self._known = voice.revision

    def length(self, line: Line) -> Length:
        """As the voice knows it, unless the line was passed over."""
        return self._passed.get(line) or self.voice.length(line)

    def speaks(self, voice: str, language: str) -> bool:
        """Whether there is a voice of that name for that language."""
        return self.voice.speaks(voice, language)

    def want(self, timeline: Timeline, position_ms: int) -> None:
        """Have everything said that is still to come, in order."""
        lines = (c.line for c in _lines(timeline, position_ms) if c.estimated)
        if unsaid := [line for line in dict.fromkeys(lines) if not self.voice.settled(line)]:
            self.voice.want(unsaid)

    def patience_s(self, timeline: Timeline) -> float:
        """How long the first lines are waited for."""
        recorded = any(cue.audio is not None for cue in _between(timeline, 0, FIRST_MS))
        return PATIENCE_RECORDED_S if recorded else PATIENCE_S

    def there(self, timeline: Timeline) -> bool:
        """Whether the lines of the first seconds are there, or never will be."""
        return all(self.voice.settled(cue.line) for cue in _between(timeline, 0, FIRST_MS))

    def follow(self, timeline: Timeline, position_ms: int) -> int | None:
        """The session stands here. From where its timeline is to be told again with what is known now, or None."""
        news = self.voice.revision != self._known
        self._known = self.voice.revision
        border = position_ms + AHEAD_MS
        if position_ms < self._reached - AHEAD_MS:
            # The client went back: what was passed over lies ahead again.
            for cue in _between(timeline, position_ms, self._reached):
                news = self._passed.pop(cue.line, None) is not None or news
            border = position_ms
        for cue in _between(timeline, min(self._reached, border), border):
            # A word of the breath takes no time of its own, and comes again: only lines that do are settled.
            if cue.estimated and cue.manner == "guide" and cue.line not in self._passed:
                self._passed[cue.line] = Length(cue.length_ms)
        self._reached = border
        return border if news else None


def _lines(timeline: Timeline, position_ms: int) -> Iterator[SayCue]:
    for p in timeline.placed:
        if p.end_ms is None or p.end_ms > position_ms:
            yield from (cue for cue in p.segment.cues if isinstance(cue, SayCue))


def _between(timeline: Timeline, start_ms: int, end_ms: int) -> Iterator[SayCue]:
    return (cue for _, cue in timeline.cues_between(start_ms, end_ms) if isinstance(cue, SayCue))
