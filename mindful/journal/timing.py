"""How punctual a session was: the lateness of its cues, and whose clock carried it. Called by the fold."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

CLOCKS = ("audio", "monotonic")


def whole(value: object) -> int | None:
    """A number as whole milliseconds; None for what is no number."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return round(value)


def percentile(ordered: Sequence[float], percent: int) -> float:
    """The nearest-rank percentile of numbers in order: a value that really occurred."""
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)]


class Timing:
    """Gathers lateness and clocks.

    Lateness is the distance of a cue from its planned time, early or late, in ms with one decimal. The clock is the
    one that carried the greater part of the session.
    """

    def __init__(self) -> None:
        self._late: list[float] = []
        self._told: dict[str, Any] | None = None
        self._clocks: list[tuple[int, str]] = []

    def late(self, batch: object) -> None:
        """Take in the lateness of some cues, in ms."""
        if isinstance(batch, list | tuple):
            self._late += [abs(float(ms)) for ms in batch if whole(ms) is not None]

    def told(self, event: Mapping[str, Any]) -> None:
        """Take in a summary that the player made itself: `{"cues": n, "late_ms": {"p50", "p95", "max"}}`."""
        cues, late = whole(event.get("cues")), event.get("late_ms")
        if cues is not None and cues > 0 and isinstance(late, Mapping):
            numbers = {k: round(float(late[k]), 1) for k in ("p50", "p95", "max") if whole(late.get(k)) is not None}
            if len(numbers) == 3:
                self._told = {"cues": cues, "late_ms": numbers}

    def clock(self, kind: object, at_ms: int) -> None:
        """From here on this clock carries the session."""
        if kind in CLOCKS:
            self._clocks.append((at_ms, str(kind)))

    def summary(self, end_ms: int) -> dict[str, Any]:
        """The record's `timing`; with no cues the three numbers are null."""
        found: dict[str, Any] = {"cues": 0, "late_ms": {"p50": None, "p95": None, "max": None}}
        if self._late:
            ordered = sorted(self._late)
            marks = {"p50": percentile(ordered, 50), "p95": percentile(ordered, 95), "max": ordered[-1]}
            found = {"cues": len(ordered), "late_ms": {k: round(v, 1) for k, v in marks.items()}}
        if self._told is not None and self._told["cues"] >= found["cues"]:
            found = dict(self._told)
        return {**found, "clock": self._carrier(end_ms)}

    def _carrier(self, end_ms: int) -> str:
        lengths = dict.fromkeys(CLOCKS, 0)
        for (at, kind), (until, _) in pairwise([*self._clocks, (end_ms, "")]):
            lengths[kind] += until - at
        last = self._clocks[-1][1] if self._clocks else "monotonic"
        return max(CLOCKS, key=lambda kind: (lengths[kind], kind == last))
