"""Finding the breaths a minute at which a person's heart swings most: a stepped assessment. Called by who plays
`assess`.

After Lehrer et al. 2013 (Biofeedback 41:26) and Shaffer & Meehan 2020 (Front Neurosci 14:570400): two minutes each at
6.5, 6, 5.5, 5 and 4.5 breaths a minute. The pace is chosen by the swing of heart rate with the pacer, as coherence is
as high at 8 breaths a minute as at 4 and cannot find it; a parabola through the best step and its neighbours refines
it. It varies from day to day by some tenths, and 6 a minute serves most people nearly as well: it is a comfort, not a
finding.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from mindful.bio import hrv
from mindful.bio.cleaning import Beat
from mindful.bio.pacing import Pace

RATES = (6.5, 6.0, 5.5, 5.0, 4.5)
EACH_S = 120.0
SETTLE_S = 30.0
"""The heart needs a while at each new pace; that is not counted."""
MOST_CORRECTED = 0.1
LEAST_STEPS = 3
LEAST_LOCK = 0.5
"""Where less of the heart's rhythm goes with the pacer, it was not followed, or nothing is to be found."""
Trust = Literal["clear", "edge", "flat", "unclear"]
"""clear: a peak between the steps; edge: the best was the first or last step, the true one may lie beyond; flat: all
steps are alike within a tenth; unclear: too little clean signal, and there is no result."""


@dataclass(frozen=True, slots=True)
class Step:
    """One pace, measured."""

    per_min: float
    swing_bpm: float | None
    lock: float | None
    phase_deg: float | None
    corrected: float
    """Share of beats that were put right, 0 to 1."""

    @property
    def usable(self) -> bool:
        """Whether it counts."""
        return (
            self.swing_bpm is not None
            and self.lock is not None
            and self.lock >= LEAST_LOCK
            and self.corrected <= MOST_CORRECTED
        )


@dataclass(frozen=True, slots=True)
class Resonance:
    """What was found."""

    per_min: float | None
    """Breaths a minute, in tenths; None for nothing."""
    trust: Trust
    steps: tuple[Step, ...]

    def data(self) -> dict[str, Any]:
        """For the record and the profile."""
        return {
            "per_min": self.per_min,
            "trust": self.trust,
            "steps": [
                {
                    "per_min": s.per_min,
                    "swing_bpm": _tenths(s.swing_bpm),
                    "lock": None if s.lock is None else round(s.lock, 3),
                    "phase_deg": None if s.phase_deg is None else round(s.phase_deg),
                    "corrected": round(s.corrected, 3),
                    "counted": s.usable,
                }
                for s in self.steps
            ],
        }


class Assessment:
    """The steps over time. Beats come as they are settled; a pause of the session moves what is still to come."""

    def __init__(self, start_s: float, rates: Sequence[float] = RATES, each_s: float = EACH_S) -> None:
        """`start_s`: the first in-breath, on the host's clock. Raises ValueError for fewer than three rates."""
        if len(set(rates)) < LEAST_STEPS or each_s < 2 * SETTLE_S:
            raise ValueError("an assessment has three rates or more, of a minute or more each")
        self.rates, self.each_s = tuple(rates), each_s
        self.pace = Pace(start_s, rates[0])
        """For the pacer and the engine."""
        self._starts = [start_s + i * each_s for i in range(len(rates))]
        for at, rate in zip(self._starts[1:], rates[1:], strict=True):
            self.pace.change(at, rate)
        self._beats: list[Beat] = []
        self._until = 0.0

    @property
    def end_s(self) -> float:
        """When it is over."""
        return self._starts[-1] + self.each_s

    def step(self, now_s: float) -> int:
        """Which step runs, from 0; the number of steps when it is over."""
        return sum(now_s >= start for start in self._starts[1:]) if now_s < self.end_s else len(self.rates)

    def add(self, beats: Sequence[Beat]) -> None:
        """Settled beats; those that were given before are known and not counted twice."""
        for beat in beats:
            if beat.at_s > self._until:
                self._until = beat.at_s
                self._beats.append(beat)

    def result(self) -> Resonance:
        """From all beats so far; steps that were not reached do not count."""
        steps = tuple(self._measured(start, rate) for start, rate in zip(self._starts, self.rates, strict=True))
        return best(steps)

    def _measured(self, start: float, rate: float) -> Step:
        inside = [b for b in self._beats if start + SETTLE_S < b.at_s <= start + self.each_s]
        if not inside:
            return Step(rate, None, None, None, 1.0)
        at, rr = np.array([b.at_s for b in inside]), np.array([b.rr_ms for b in inside])
        found = hrv.lock(at, rr, self.pace, self.each_s - SETTLE_S)
        corrected = 1 - sum(b.good for b in inside) / len(inside)
        if found is None:
            return Step(rate, None, None, None, corrected)
        return Step(rate, found.swing_bpm, found.share, found.phase_deg, corrected)


def best(steps: Sequence[Step]) -> Resonance:
    """The pace of the largest swing."""
    kept = sorted((s for s in steps if s.usable), key=lambda s: s.per_min)
    if len(kept) < LEAST_STEPS:
        return Resonance(None, "unclear", tuple(steps))
    swing = np.array([s.swing_bpm for s in kept])
    at = int(swing.argmax())
    trust: Trust = "clear"
    if swing.min() > 0.9 * swing.max():
        trust = "flat"
    elif at in (0, len(kept) - 1):
        trust = "edge"
    middle = min(max(at, 1), len(kept) - 2)
    around = kept[middle - 1 : middle + 2]
    bend, slope, _level = np.polyfit([s.per_min for s in around], [s.swing_bpm or 0.0 for s in around], 2)
    rates = [s.per_min for s in kept]
    fine = -slope / (2 * bend) if bend < 0 else rates[at]
    fine = min(max(fine, rates[at] - 0.5), rates[at] + 0.5)  # never further than a step from what was measured
    return Resonance(_tenths(min(max(fine, rates[0]), rates[-1])), trust, tuple(steps))


def _tenths(value: float | None) -> float | None:
    return None if value is None else round(float(value), 1)
