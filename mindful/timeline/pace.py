"""Breaths a minute from keys that were tapped, one a breath, by people who miss some and hit some twice. Pure.

The player asks it at the end of a question with `answer: breaths`. A gap between two taps holds one breath, or two or
three of which some were not tapped; how many is not known, and where breaths are uneven a long breath looks like two
short ones. So each gap is taken as a mixture (expectation-maximisation over breath length, its spread and the share
that is missed), and what stays undecided is told as a margin. How well it does is measured in
`tests/timeline/test_pace.py`, on made-up trains of taps and on recorded breaths, whose true rate is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import exp, log, sqrt
from statistics import fmean, median, pstdev

DOUBLE_MS = 600
"""A tap so soon after another is the same breath: nobody breathes a hundred times a minute at rest."""
SHORT, SHORT_MS = 0.3, 1500
"""A gap below this share of the middle one, and below this length, holds a tap too many,"""
LONG = 1.5
"""one above this share is not asked for the middle one at first,"""
MOST_MISSED = 3
"""and one of more breaths than this is a pause, and is left out."""
ROUGH = 0.03
LEAST_BREATHS = 4
"""Fewer say nothing about a rate."""

_STARTS = (1.0, 0.85, 1.2)
"""Where the search for the usual breath begins, as shares of the middle gap: with many missed, that one is too long."""
_ROUNDS = 12
_TAP_MS = 100.0
"""How unevenly a finger follows a breath (standard deviation)."""
_MISSED, _MISSED_WEIGHT = 0.06, 80.0
"""What is held of the share of breaths that are not tapped, and how many breaths that opinion is worth: a person who
misses every second breath and one who breathes half as fast tap alike, and the second is the rule."""
_SPREAD, _SPREAD_WEIGHT, _LEAST, _MOST = 0.12, 3.0, 0.02, 0.4
"""The same of the spread of breaths at rest, and the least and most that it is taken for."""
_PAUSE = MOST_MISSED + 0.6
_UNEVEN, _EVEN = 0.8, 0.1
"""Above the second spread the margin grows with it, by the first; found on the trains of the test."""
_SURE = 1.96
"""Standard deviations on each side that hold 95 of 100."""


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
    margin: float
    """Breaths a minute on each side. On trains of a minute the true rate lay within it in 19 of 20 where breaths varied
    by up to 15 %, and in 17 of 20 at 25 %."""

    @property
    def rough(self) -> bool:
        """Whether the rate is known to no better than three of a hundred."""
        return self.margin > ROUGH * self.rate

    @property
    def shown(self) -> float:
        """The rate as it is told and kept: to the tenth."""
        return round(self.rate, 1)


@dataclass(frozen=True, slots=True)
class _Fit:
    """Gaps explained by one breath length."""

    worth: float
    """Log of how well it explains them."""
    shares: tuple[tuple[float, ...], ...]
    """For each gap, how likely it holds one breath, two, three; empty for a pause."""


def pace(taps_ms: Sequence[int]) -> Pace | None:
    """The pace of these taps, in ms on one clock; None where they are too few to tell."""
    taps, doubles = _single(sorted(taps_ms))
    gaps = [b - a for a, b in pairwise(taps)]
    if len(gaps) < LEAST_BREATHS - 1:
        return None
    usual = _usual(gaps)
    best = max((_fit(gaps, usual * start) for start in _STARTS), key=lambda fit: fit.worth)
    kept = [(gap, share) for gap, share in zip(gaps, best.shares, strict=True) if share]
    held = [_mean(share) for _, share in kept]
    breaths, total = sum(held), sum(gap for gap, _ in kept)
    if breaths < LEAST_BREATHS - 1 or total <= 0:
        return None
    open_ = sum(sum(k * k * p for k, p in enumerate(share, 1)) - _mean(share) ** 2 for _, share in kept)
    tapped = [gap for gap, share in kept if share[0] == max(share)]
    spread = pstdev(tapped) / fmean(tapped) if len(tapped) >= LEAST_BREATHS - 1 else None
    rate = 60_000 * breaths / total
    # The first tap and the last are as uneven as every other; all between them does not matter.
    margin = _SURE * rate * sqrt(max(0.0, open_) / breaths**2 + 2 * (_TAP_MS / total) ** 2)
    # A train that is explained in a wrong way looks surer of itself than it is: uneven breath is never told as sure.
    margin = max(margin, rate * _UNEVEN * max(0.0, (spread or 0.0) - _EVEN))
    missed = round(breaths) - len(kept)
    return Pace(rate, spread, len(kept) + missed, doubles, missed, margin)


def _fit(gaps: Sequence[int], breath: float) -> _Fit:
    """Expectation and maximisation in turn, from a first breath length in ms."""
    spread, skipped = 0.15, _MISSED
    worth = 0.0
    shares: list[tuple[float, ...]] = []
    for _ in range(_ROUNDS):
        worth, shares = 0.0, []
        total = breaths = off = 0.0
        count = missed = 0.0
        for gap in gaps:
            share, weight = _shares(gap, breath, spread, skipped) if gap <= _PAUSE * breath else ((), 1.0)
            shares.append(share)
            if not share:
                continue
            worth += log(weight)
            mean = _mean(share)
            total, breaths, count, missed = total + gap, breaths + mean, count + 1, missed + mean - 1
            off += sum(p * (gap - k * breath) ** 2 / (k * breath * breath) for k, p in enumerate(share, 1))
        if not count:
            break
        breath = total / breaths
        spread = sqrt((off + _SPREAD_WEIGHT * _SPREAD**2) / (count + _SPREAD_WEIGHT))
        spread = min(_MOST, max(_LEAST, spread))
        skipped = (missed + _MISSED_WEIGHT * _MISSED) / (count + missed + _MISSED_WEIGHT)
    worth -= _SPREAD_WEIGHT * (log(spread) + _SPREAD**2 / (2 * spread**2))
    worth += _MISSED_WEIGHT * (_MISSED * log(skipped) + (1 - _MISSED) * log(1 - skipped))
    return _Fit(worth, tuple(shares))


def _shares(gap: int, breath: float, spread: float, skipped: float) -> tuple[tuple[float, ...], float]:
    """(how likely a gap holds one breath, two, three; how likely such a gap is at all)."""
    weights = []
    for k in range(1, MOST_MISSED + 1):
        scatter = k * (spread * breath) ** 2 + _TAP_MS**2
        near = exp(-((gap - k * breath) ** 2) / (2 * scatter)) / sqrt(scatter)
        weights.append(skipped ** (k - 1) * (1 - skipped) * near)
    whole = sum(weights)
    if whole < 1e-200:  # far from all of them: the nearest
        nearest = min(MOST_MISSED, max(1, round(gap / breath)))
        return tuple(float(k == nearest) for k in range(1, MOST_MISSED + 1)), 1e-200
    return tuple(w / whole for w in weights), whole


def _mean(share: Sequence[float]) -> float:
    return sum(k * p for k, p in enumerate(share, 1))


def _single(taps: list[int]) -> tuple[list[int], int]:
    """(the taps without those that hit the same breath twice, how many were left out)."""
    kept: list[int] = []
    for tap in taps:
        if not kept or tap - kept[-1] >= DOUBLE_MS:
            kept.append(tap)
    while len(kept) > LEAST_BREATHS:
        gaps = [b - a for a, b in pairwise(kept)]
        k = min(range(len(gaps)), key=gaps.__getitem__)
        if gaps[k] >= min(SHORT_MS, SHORT * _usual(gaps)):
            break
        # Of the two, the one whose going leaves the more even gaps goes: an end of the train, or its neighbour.
        kept.pop(k + 1 if k + 1 < len(kept) - 1 or k == 0 else k)
    return kept, len(taps) - len(kept)


def _usual(gaps: list[int]) -> float:
    """The length of one breath: the middle gap; of an even number the lower, since a missed breath only adds."""
    near = median(gaps)
    singles = [gap for gap in gaps if gap < LONG * near]
    return float(median(singles or gaps))
