"""What an engine keeps of its readings: a row for every second and a sum for every stretch, for the record.

A training of an hour is 3,600 rows and not 90,000 ticks. Called by the engines.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any, Literal

from mindful.bio.ports import Reading

Phase = Literal["waiting", "baseline", "training", "rest", "after"]
"""after: a second baseline, without feedback, when the training is over."""


@dataclass(slots=True)
class Sum:
    """Mean and spread of numbers as they come."""

    n: int = 0
    total: float = 0.0
    squares: float = 0.0

    def add(self, value: float) -> None:
        """One more."""
        self.n += 1
        self.total += value
        self.squares += value * value

    @property
    def mean(self) -> float | None:
        """None where there was nothing."""
        return self.total / self.n if self.n else None

    @property
    def sd(self) -> float | None:
        """Standard deviation over all; None where there was nothing."""
        if not self.n:
            return None
        return math.sqrt(max(0.0, self.squares / self.n - (self.total / self.n) ** 2))


@dataclass(slots=True)
class Stretch:
    """A second, or a block."""

    phase: Phase
    from_ms: int
    to_ms: int
    ticks: int = 0
    clear: int = 0
    absent: int = 0
    rewarded: int = 0
    shown_rewarded: int = 0
    value: Sum = field(default_factory=Sum)
    shown: Sum = field(default_factory=Sum)
    feature: Sum = field(default_factory=Sum)
    threshold: float | None = None
    extras: dict[str, Sum] = field(default_factory=dict)

    def add(self, true: Reading, shown: Reading) -> None:
        """One reading as it was measured, and as the client was shown it."""
        self.ticks += 1
        self.to_ms = true.at_ms
        self.absent += true.quality == "absent"
        self.value.add(true.value)
        self.shown.add(shown.value)
        self.shown_rewarded += shown.reward
        if true.quality == "clear":
            self.clear += 1
            self.rewarded += true.reward
            if true.feature is not None:
                self.feature.add(true.feature)
        if true.threshold is not None:
            self.threshold = true.threshold
        for name, number in true.extras.items():
            self.extras.setdefault(name, Sum()).add(number)
        if true.bpm is not None:
            self.extras.setdefault("bpm", Sum()).add(true.bpm)

    def data(self, honest: bool) -> dict[str, Any]:
        """Rounded, for JSON. `honest`: what was shown is what was measured, and is not said twice."""
        out: dict[str, Any] = {
            "phase": self.phase,
            "at_ms": self.from_ms,
            "value": _rounded(self.value.mean),
            "feature": _rounded(self.feature.mean),
            "threshold": _rounded(self.threshold),
            "reward": _rounded(self.rewarded / self.clear if self.clear else None),
            "clean": _rounded(self.clear / self.ticks if self.ticks else None),
        }
        if not honest:
            out["shown_value"] = _rounded(self.shown.mean)
            out["shown_reward"] = _rounded(self.shown_rewarded / self.ticks if self.ticks else None)
        return out | {name: _rounded(each.mean) for name, each in self.extras.items()}


class Ledger:
    """Rows and stretches of one engine."""

    def __init__(self) -> None:
        self.phase: Phase = "waiting"
        self.stretches: list[Stretch] = []
        self._second: Stretch | None = None
        self._rows: list[dict[str, Any]] = []
        self.honest = True

    def begin(self, phase: Phase, at_ms: int) -> None:
        """Another stretch begins."""
        self._close()
        self.phase = phase
        self.stretches.append(Stretch(phase, at_ms, at_ms))

    def add(self, true: Reading, shown: Reading) -> None:
        """One reading."""
        if not self.stretches:
            self.begin(self.phase, true.at_ms)
        start = true.at_ms - true.at_ms % 1000
        if self._second is not None and self._second.from_ms != start:
            self._close()
        if self._second is None:
            self._second = Stretch(self.phase, start, start)
        self._second.add(true, shown)
        self.stretches[-1].add(true, shown)

    def rows(self) -> list[dict[str, Any]]:
        """The seconds that were completed since the last call."""
        out, self._rows = self._rows, []
        return out

    def finish(self) -> None:
        """The last second is over, whole or not."""
        self._close()

    def data(self) -> list[dict[str, Any]]:
        """Every stretch with its length, mean and spread."""
        return [
            s.data(self.honest) | {"seconds": round((s.to_ms - s.from_ms) / 1000, 1), "sd": _rounded(s.feature.sd)}
            for s in self.stretches
            if s.ticks
        ]

    def _close(self) -> None:
        if self._second is not None and self._second.ticks:
            self._rows.append(self._second.data(self.honest))
        self._second = None


def _rounded(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else round(value, 4)
