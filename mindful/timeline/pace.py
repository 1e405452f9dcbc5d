"""Breaths a minute from keys that were tapped, one a breath, by people who miss some and hit some twice. Pure.

The player asks it at the end of a question with `answer: breaths`. How well it does is measured in
`tests/timeline/test_pace.py`, on made-up trains of taps whose true rate is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean, median, pstdev

DOUBLE_MS = 600
"""A tap so soon after another is the same breath: nobody breathes a hundred times a minute at rest."""
SHORT = 0.4
"""A gap below this share of the middle one holds a tap too many,"""
LONG = 1.5
"""one above this holds a breath that was not tapped,"""
MOST_MISSED = 3
"""and one of more breaths than this is a pause, and is left out."""
LEAST_BREATHS = 4
"""Fewer say nothing about a rate."""


@dataclass(frozen=True, slots=True)
class Pace:
    """What taps say about breathing."""

    rate: float
    """Breaths a minute, on average over the time that was tapped."""
    regularity: float | None
    """Standard deviation of the breaths' lengths over their mean: 0 is a clock, about 0.1 to 0.2 is a person at rest.

    None where too few breaths were tapped one after the other.
    """
    breaths: int
    """Breaths that the rate is made of, those included that were not tapped."""
    doubles: int
    missed: int

    @property
    def shown(self) -> float:
        """The rate as it is told and kept: to the tenth."""
        return round(self.rate, 1)


def pace(taps_ms: Sequence[int]) -> Pace | None:
    """The pace of these taps, in ms on one clock; None where they are too few to tell."""
    taps, doubles = _single(sorted(taps_ms))
    gaps = [b - a for a, b in pairwise(taps)]
    if len(gaps) < LEAST_BREATHS - 1:
        return None
    usual = _usual(gaps)
    total = breaths = missed = 0
    tapped: list[int] = []
    for gap in gaps:
        held = 1 if gap < LONG * usual else max(2, round(gap / usual))
        if held > MOST_MISSED:
            continue
        total, breaths, missed = total + gap, breaths + held, missed + held - 1
        if held == 1:
            tapped.append(gap)
    if breaths < LEAST_BREATHS - 1 or total <= 0:
        return None
    spread = pstdev(tapped) / fmean(tapped) if len(tapped) >= LEAST_BREATHS - 1 else None
    return Pace(60_000 * breaths / total, spread, breaths, doubles, missed)


def _single(taps: list[int]) -> tuple[list[int], int]:
    """(the taps without those that hit the same breath twice, how many were left out)."""
    kept: list[int] = []
    for tap in taps:
        if not kept or tap - kept[-1] >= DOUBLE_MS:
            kept.append(tap)
    while len(kept) > LEAST_BREATHS:
        gaps = [b - a for a, b in pairwise(kept)]
        k = min(range(len(gaps)), key=gaps.__getitem__)
        if gaps[k] >= SHORT * _usual(gaps):
            break
        # Of the two, the one whose going leaves the more even gaps goes: an end of the train, or its neighbour.
        kept.pop(k + 1 if k + 1 < len(kept) - 1 or k == 0 else k)
    return kept, len(taps) - len(kept)


def _usual(gaps: list[int]) -> float:
    """The length of one breath: the middle gap; of an even number the lower, since a missed breath only adds."""
    near = median(gaps)
    singles = [gap for gap in gaps if gap < LONG * near]
    return float(median(singles or gaps))
