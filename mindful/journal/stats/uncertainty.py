"""A mean and how sure it is. Pure.

Several values of one day are one value: sessions an hour apart say less than two days do. And days resemble the days
before them, so that n days say less than n independent ones: the interval counts the days as fewer, by their
correlation r with the day before: n (1 - r) / (1 + r), the effective sample size of a first-order autoregressive series
(Bayley and Hammersley 1946, Journal of the Royal Statistical Society, Supplement 8:184-197). With few days r is known
badly, and only a positive one counts.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median, quantiles, stdev

from mindful.journal.stats.student import quantile

ENOUGH = 8
"""Days from which on an interval is told. With fewer, one odd day moves everything."""
LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean over days."""

    n: int
    """Values."""
    days: int
    mean: float | None
    """None without values."""
    low: float | None = None
    high: float | None = None
    """The interval at `LEVEL`; None where there are too few days to tell."""
    counted: float | None = None
    """As how many independent days they count."""

    @property
    def enough(self) -> bool:
        """Whether an interval can be told."""
        return self.low is not None

    @property
    def clear(self) -> bool:
        """Whether the interval lies on one side of zero."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)


def daily(values: Iterable[tuple[int, float]]) -> dict[int, float]:
    """The mean of each day's values, in the order of the days (ordinals)."""
    found: dict[int, list[float]] = {}
    for day, value in values:
        found.setdefault(day, []).append(value)
    return {day: fmean(found[day]) for day in sorted(found)}


def mean(values: Iterable[tuple[int, float]]) -> Mean:
    """The mean of daily means, with its interval where there are days enough. `values` are (day's ordinal, value)."""
    each = list(values)
    days = daily(each)
    n, of = len(each), list(days.values())
    if not of:
        return Mean(0, 0, None)
    middle = fmean(of)
    if len(of) < ENOUGH:
        return Mean(n, len(of), middle)
    counted = effective(days)
    spread = stdev(of)
    half = quantile(0.5 + LEVEL / 2, max(1.0, counted - 1)) * spread / math.sqrt(counted)
    return Mean(n, len(of), middle, middle - half, middle + half, counted)


def effective(days: Mapping[int, float]) -> float:
    """As how many independent days these count: between 2 and their number."""
    n = len(days)
    r = correlation(days)
    return min(float(n), max(2.0, n * (1 - r) / (1 + r)))


def correlation(days: Mapping[int, float]) -> float:
    """How each day's value goes with that of the day before, 0 to 0.9; only days that follow each other count."""
    middle = fmean(days.values())
    spread = sum((v - middle) ** 2 for v in days.values())
    near = [(days[d] - middle) * (days[d - 1] - middle) for d in days if d - 1 in days]
    if len(near) < ENOUGH - 1 or spread <= 0:
        return 0.0
    n = len(days)
    r = (sum(near) / len(near)) / (spread / n)
    r += (1 + 4 * max(0.0, r)) / n  # what a short series makes it too small by (Marriott and Pope 1954)
    return min(0.9, max(0.0, r))


@dataclass(frozen=True, slots=True)
class Middle:
    """Where the middle half of some values lies."""

    n: int
    median: float
    low: float
    high: float
    """The quartiles."""


def middle(values: Sequence[float]) -> Middle | None:
    """The median and the quartiles; None without values."""
    if not values:
        return None
    if len(values) == 1:
        return Middle(1, values[0], values[0], values[0])
    low, _, high = quantiles(values, n=4, method="inclusive")
    return Middle(len(values), median(values), low, high)
