"""Which stretches of a session were skipped and which were played: `state` judges by them what was completed.

A stretch is (from, to) on the session's line, in ms; stretches of one tuple neither overlap nor touch.
"""

from __future__ import annotations

from functools import reduce

Stretches = tuple[tuple[int, int], ...]


def joined(stretches: Stretches, start_ms: int, end_ms: int) -> Stretches:
    """With one more."""
    if start_ms >= end_ms:
        return stretches
    near = [(a, b) for a, b in stretches if a <= end_ms and b >= start_ms]
    apart = (s for s in stretches if s not in near)
    return (*apart, (min(start_ms, *(a for a, _ in near), end_ms), max(end_ms, *(b for _, b in near), start_ms)))


def without(stretches: Stretches, start_ms: int, end_ms: int) -> Stretches:
    """Less what lies from `start_ms` to `end_ms`."""
    parts = [part for a, b in stretches for part in ((a, min(b, start_ms)), (max(a, end_ms), b))]
    return tuple((a, b) for a, b in parts if a < b)


def never_played(skipped: Stretches, played: Stretches) -> int:
    """Milliseconds that were skipped and not played before or after."""
    left = reduce(lambda kept, stretch: without(kept, *stretch), played, skipped)
    return sum(b - a for a, b in left)
