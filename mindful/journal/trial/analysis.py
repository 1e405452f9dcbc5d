"""What a comparison says: a test that rests on the lot alone, and an effect with its interval. Pure.

The unit is the pair of blocks, since that is what was drawn: the mean of A's block less that of B's. If it made no
difference which practice a block had, each difference could as well have the other sign; the p-value is the share of
all sign changes that give a mean at least as far from zero (exact: all 2^n are looked at). The interval is that of the
same test: its ends are means of subsets of the differences (Hartigan 1969, Journal of the American Statistical
Association 64:1303-1317). Neither supposes a distribution. Days count as they were drawn, whatever was done on them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean

from mindful.journal.asking import Facts
from mindful.journal.stats.uncertainty import LEVEL, daily
from mindful.journal.trial.design import Trial

LEAST_PAIRS = 6
"""With fewer, no outcome whatever could reach one in twenty."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One pair of blocks; None where a block has no rating."""

    a: float | None
    b: float | None


@dataclass(frozen=True, slots=True)
class Result:
    """What is known so far."""

    trial: Trial
    pairs: Sequence[Pair]
    """As many as were drawn."""
    days_rated: int
    days_over: int
    """Days of it that are behind, settling days left out."""
    otherwise: int
    """Rated days on which the other practice was done."""
    mean_a: float | None
    mean_b: float | None
    """Over the pairs that are whole."""
    difference: float | None
    """A less B."""
    low: float | None
    high: float | None
    level: float | None
    """What the interval covers; at least `uncertainty.LEVEL`."""
    p: float | None

    @property
    def whole(self) -> int:
        """Pairs with a rating in both blocks."""
        return sum(pair.a is not None and pair.b is not None for pair in self.pairs)

    @property
    def enough(self) -> bool:
        """Whether anything can be said."""
        return self.whole >= LEAST_PAIRS


def analyse(trial: Trial, facts: Iterable[Facts], today: date) -> Result:
    """The comparison as far as it went, `today` included."""
    values: list[tuple[int, float]] = []
    done: dict[int, set[str]] = {}
    for fact in facts:
        at = trial.block(date.fromordinal(fact.day))
        if at is None or at[2] < trial.settle_days or fact.session not in (trial.a, trial.b):
            continue
        for pair in fact.ratings:
            if pair.name == trial.outcome:
                values.append((fact.day, pair.after - pair.before if trial.measure == "change" else pair.after))
                done.setdefault(fact.day, set()).add(fact.session)
    days = daily(values)
    blocks: dict[tuple[int, str], list[float]] = {}
    otherwise = 0
    for ordinal, value in days.items():
        at = trial.block(date.fromordinal(ordinal))
        assert at is not None
        blocks.setdefault(at[:2], []).append(value)
        otherwise += trial.session(at[1]) not in done[ordinal]
    pairs = [Pair(_mean(blocks.get((i, "A"))), _mean(blocks.get((i, "B")))) for i in range(len(trial.order))]
    whole = [(pair.a, pair.b) for pair in pairs if pair.a is not None and pair.b is not None]
    differences = [a - b for a, b in whole]
    low, high, level = interval(differences)
    last = min(today, trial.last)
    over = [trial.block(date.fromordinal(d)) for d in range(trial.began.toordinal(), last.toordinal() + 1)]
    return Result(
        trial=trial,
        pairs=pairs,
        days_rated=len(days),
        days_over=sum(at is not None and at[2] >= trial.settle_days for at in over),
        otherwise=otherwise,
        mean_a=_mean([a for a, _ in whole]),
        mean_b=_mean([b for _, b in whole]),
        difference=_mean(differences),
        low=low,
        high=high,
        level=level,
        p=p_value(differences),
    )


def p_value(differences: Sequence[float]) -> float | None:
    """The two-sided share of sign changes with a mean at least as far from zero; None below `LEAST_PAIRS`."""
    if len(differences) < LEAST_PAIRS:
        return None
    sums = [0.0]
    for d in differences:
        sums = [s + sign * d for s in sums for sign in (1, -1)]
    there = abs(sum(differences))
    slack = 1e-9 * max(1.0, sum(abs(d) for d in differences))
    return sum(abs(s) >= there - slack for s in sums) / len(sums)


def interval(differences: Sequence[float]) -> tuple[float | None, float | None, float | None]:
    """(low, high, what it covers); None below `LEAST_PAIRS`.

    Between any two neighbours of the ordered means of all subsets but the empty one the true difference lies equally
    often, were the differences symmetric about it.
    """
    if len(differences) < LEAST_PAIRS:
        return None, None, None
    subsets = [(0.0, 0)]
    for d in differences:
        subsets += [(total + d, count + 1) for total, count in subsets]
    means = sorted(total / count for total, count in subsets[1:])
    of = len(means) + 1
    out = int(of * (1 - LEVEL) / 2)
    return means[out - 1], means[-out], 1 - 2 * out / of


def _mean(values: Sequence[float] | None) -> float | None:
    return fmean(values) if values else None
