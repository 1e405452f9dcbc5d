"""Strokes that nobody planned: marks of a sensor's feedback, put into the timeline that the speaker plays.

The session's own timeline does not hold them, so what was written stays what is told, saved and simulated. They are
heard like any other bell. Called by the conductor.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

from mindful.timeline.model import BellCue, Timeline

SLACK_MS = 150
"""A stroke is put so far beyond what is already on its way to be heard: time to mix it in."""
KEPT_MS = 20_000
"""For so long they are kept: the longest has rung out by then."""


class Strikes:
    """The strokes of the last seconds, on the session's line."""

    def __init__(self) -> None:
        self._struck: list[tuple[int, str, str, float]] = []

    def add(self, position_ms: int, step: str, sound: str, level_db: float) -> None:
        """One at a position of the session's line."""
        self._struck = [s for s in self._struck if s[0] > position_ms - KEPT_MS]
        self._struck.append((position_ms, step, sound, level_db))

    def clear(self) -> bool:
        """The session goes to another place: they are not heard there again. Returns whether there were any."""
        had, self._struck = bool(self._struck), []
        return had

    def over(self, timeline: Timeline) -> Timeline:
        """The timeline with them in it; the very same where there are none."""
        if not self._struck:
            return timeline
        placed = list(timeline.placed)
        starts = [p.start_ms for p in placed]
        for at, step, sound, level_db in self._struck:
            i = bisect_right(starts, at) - 1
            if i < 0 or placed[i].segment.loop is not None or at >= (placed[i].end_ms or at + 1):
                continue
            segment = placed[i].segment
            cue = BellCue(at_ms=at - starts[i], step=step, sound=sound, level_db=level_db)
            cues = tuple(sorted((*segment.cues, cue), key=lambda c: c.at_ms))
            placed[i] = replace(placed[i], segment=replace(segment, cues=cues))
        return replace(timeline, placed=tuple(placed))
