"""How the programme was followed, for statistics. See `mindful.journal.stats.adherence`, whose port this is."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

from mindful.journal.programme.looking import followed
from mindful.journal.programme.progress import Line
from mindful.journal.programme.words import text
from mindful.journal.stats.adherence import Adherence


def adherence(journal: Path, until: date) -> Adherence | None:
    """What the programme suggested from its start to `until`, and what was done of it. None without one.

    Days of a pause or a gap do not count, nor does today as long as something of it is left.
    """
    try:
        found = followed(until, journal=journal)
    except OSError:
        return None
    if found is None or found.state.following.since > until:
        return None
    lines = [line for line in found.position.lines if line.counted]
    if lines and lines[-1].day == until and found.position.left:
        lines.pop()
    offered = sum(len(line.suggested) for line in lines)
    paused = sum(1 for line in found.position.lines if not line.counted)
    return Adherence(
        text(found.plan.title), found.state.following.since, until, offered, sum(map(_done, lines)), paused
    )


def _done(line: Line) -> int:
    """Suggested practices of a day that were done on it."""
    done = Counter(line.done)
    return sum(1 for name in line.suggested if done[name])
