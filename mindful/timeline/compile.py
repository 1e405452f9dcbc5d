"""Compile a script to a timeline: what will happen, when. The player extends it as answers come.

`compile_timeline` is what most callers want; `extend` is for the player, which goes on after each open step.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mindful.timeline.model import Timeline
from mindful.timeline.unfold import Cursor, Setup, begin, unfold


def compile_timeline(setup: Setup, answers: Mapping[str, Any] | None = None) -> Timeline:
    """The timeline up to and including the first open step; whole where there is none."""
    return extend(setup, Timeline(), begin(setup), answers or {})[0]


def extend(
    setup: Setup, timeline: Timeline, cursor: Cursor, answers: Mapping[str, Any]
) -> tuple[Timeline, tuple[Cursor, ...]]:
    """`timeline` with all segments up to and including the next open one.

    Gives the cursor before each new segment, and last the cursor after them.
    """
    cursors = [cursor]
    while True:
        segment, cursor = unfold(setup, cursor, answers)
        if segment is None:
            return Timeline(timeline.placed, complete=True), tuple(cursors)
        timeline = timeline.extended(segment, complete=False)
        cursors.append(cursor)
        if segment.open:
            return timeline, tuple(cursors)
