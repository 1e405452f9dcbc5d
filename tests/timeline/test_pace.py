"""The pace of tapped breaths, on trains whose true rate is known.

The model of a train: breaths of a given mean length; each length has normally distributed jitter that carries over a
little to the next breath (autocorrelation 0.3, as breathing at rest has some); each tap is late by 150 ms, more or less
80 ms; one breath in ten is not tapped; one tap in ten comes twice, 120 to 550 ms later. A minute each, seeded.

Beside them the breaths of a person that were recorded for ten minutes (`data/README.md`), tapped in the same way.
"""

from __future__ import annotations

import json
import random
from bisect import bisect_left
from collections.abc import Iterator
from math import exp, log
from pathlib import Path
from statistics import fmean, median

import pytest

from mindful.timeline.counting import count
from mindful.timeline.pace import DOUBLE_MS, pace

MINUTE = 60_000
TRAINS = 100
FINGERS = 2
RECORDED: list[int] = json.loads((Path(__file__).parent / "data" / "breaths.json").read_text(encoding="utf-8"))[
    "starts_ms"
]


def train(
    rate: float, spread: float, seed: int, *, missed: float = 0.1, doubled: float = 0.1
) -> tuple[list[int], float]:
    """(taps in ms, the true rate of the breaths between the first tap and the last)."""
    dice = random.Random(f"{rate}/{spread}/{seed}/{missed}/{doubled}")
    mean, at, carried = MINUTE / rate, 0.0, 0.0
    starts: list[float] = []
    while at < MINUTE:
        starts.append(at)
        carried = 0.3 * carried + dice.gauss(0, spread * (1 - 0.3**2) ** 0.5)
        at += mean * max(0.4, 1 + carried)
    return tapped(starts, dice, missed, doubled)


def tapped(starts: list[float], dice: random.Random, missed: float, doubled: float) -> tuple[list[int], float]:
    """What a finger makes of these breaths, and their true rate from the first tapped to the last."""
    hit = [i for i in range(len(starts)) if dice.random() >= missed]
    taps: list[int] = []
    for i in hit:
        tap = round(starts[i] + dice.gauss(150, 80))
        taps.append(tap)
        if dice.random() < doubled:
            taps.append(tap + dice.randint(120, 550))
    true = MINUTE * (hit[-1] - hit[0]) / (starts[hit[-1]] - starts[hit[0]])
    return sorted(taps), true


def errors(rate: float, spread: float, trains: int = TRAINS, **how: float) -> list[float]:
    out = []
    for seed in range(trains):
        taps, true = train(rate, spread, seed, **how)
        found = pace(taps)
        if found is not None:
            out.append(abs(found.rate - true) / true)
    return sorted(out)


@pytest.mark.parametrize("rate", [8, 10, 12, 14, 16, 18, 20])
@pytest.mark.parametrize("spread", [0.03, 0.06, 0.10])
def test_within_three_percent_with_misses_and_doubles(rate: float, spread: float) -> None:
    found = errors(rate, spread)
    assert len(found) >= 0.985 * TRAINS
    assert median(found) <= 0.005
    assert sum(error <= 0.03 for error in found) >= 0.95 * len(found)


@pytest.mark.parametrize(
    ("spread", "within", "told"), [(0.15, 0.92, 0.94), (0.20, 0.74, 0.86), (0.25, 0.55, 0.82)]
)  # fmt: skip
def test_uneven_breath_is_told_with_a_margin(spread: float, within: float, told: float) -> None:
    """What can be known of one minute: a reader who knows the true mean and spread does no better (61 % at 0.25)."""
    trains = [train(rate, spread, seed) for rate in (8, 12, 16, 20) for seed in range(60)]
    found = [(p, true) for taps, true in trains if (p := pace(taps)) is not None]
    assert len(found) >= 0.98 * len(trains)
    assert sum(abs(p.rate - true) <= 0.03 * true for p, true in found) >= within * len(found)
    assert sum(abs(p.rate - true) <= p.margin for p, true in found) >= told * len(found)


def recorded(missed: float, doubled: float) -> Iterator[tuple[list[int], float]]:
    """Every minute of the recording that begins with a breath, tapped by some fingers."""
    for k, first in enumerate(RECORDED[: bisect_left(RECORDED, RECORDED[-1] - MINUTE)]):
        minute = [float(at - first) for at in RECORDED[k:] if at - first < MINUTE]
        for seed in range(FINGERS):
            yield tapped(minute, random.Random(f"{k}/{seed}"), missed, doubled)


@pytest.mark.parametrize(
    ("missed", "doubled", "within", "told"), [(0.0, 0.0, 0.97, 0.97), (0.05, 0.05, 0.94, 0.95), (0.1, 0.1, 0.92, 0.94)]
)
def test_recorded_breaths_with_misses_and_doubles(missed: float, doubled: float, within: float, told: float) -> None:
    found = [(p, true) for taps, true in recorded(missed, doubled) if (p := pace(taps)) is not None]
    assert len(found) == FINGERS * bisect_left(RECORDED, RECORDED[-1] - MINUTE)
    off = sorted(abs(p.rate - true) / true for p, true in found)
    assert median(off) <= 0.005
    assert sum(error <= 0.03 for error in off) >= within * len(found)
    # Of those that are further off some are told with a margin that holds the true one.
    assert sum(abs(p.rate - true) <= max(p.margin, 0.03 * true) for p, true in found) >= told * len(found)


@pytest.mark.parametrize("spread", [0.15, 0.20, 0.25])
def test_lengths_that_are_skewed_as_breaths_are_do_no_worse(spread: float) -> None:
    """Lognormal lengths, long breaths further out than short ones; one in 16 missed, one tap in 20 double."""
    found = []
    for seed in range(160):
        dice = random.Random(f"skewed/{spread}/{seed}")
        mean, at, carried, scale = MINUTE / dice.choice((8, 12, 16, 20)), 0.0, 0.0, log(1 + spread**2) ** 0.5
        starts: list[float] = []
        while at < MINUTE:
            starts.append(at)
            carried = 0.3 * carried + dice.gauss(0, scale * (1 - 0.3**2) ** 0.5)
            at += mean * exp(carried - scale**2 / 2)
        hit = [i for i in range(len(starts)) if dice.random() >= 1 / 16]
        taps = [round(starts[i] + dice.gauss(150, 80)) for i in hit]
        taps += [tap + dice.randint(90, 450) for tap in taps if dice.random() < 0.05]
        if (p := pace(taps)) is not None:
            found.append((p, MINUTE * (hit[-1] - hit[0]) / (starts[hit[-1]] - starts[hit[0]])))
    assert len(found) >= 155
    least = {0.15: 0.88, 0.20: 0.72, 0.25: 0.55}[spread]
    assert sum(abs(p.rate - true) <= 0.03 * true for p, true in found) >= least * len(found)
    assert sum(abs(p.rate - true) <= p.margin for p, true in found) >= 0.82 * len(found)


def test_even_breath_is_not_called_rough_and_uneven_breath_is() -> None:
    even = [p.rough for seed in range(60) if (p := pace(train(12, 0.05, seed)[0])) is not None]
    uneven = [p.rough for seed in range(60) if (p := pace(train(12, 0.25, seed)[0])) is not None]
    assert sum(even) <= 3 and sum(uneven) >= 50


@pytest.mark.parametrize("rate", [6, 12, 20])
def test_a_clock_is_told_exactly(rate: float) -> None:
    taps = [round(k * MINUTE / rate) for k in range(rate + 1)]
    found = pace(taps)
    assert found is not None and found.shown == rate
    assert (found.doubles, found.missed) == (0, 0)
    assert found.regularity is not None and found.regularity < 0.001


def test_a_double_and_a_miss_are_seen() -> None:
    found = pace([0, 4000, 4300, 8000, 16000, 20000, 24000])
    assert found is not None
    assert (found.shown, found.breaths, found.doubles, found.missed) == (15.0, 6, 1, 1)


def test_two_breaths_missed_in_a_row() -> None:
    found = pace([0, 4000, 8000, 12000, 24000, 28000])
    assert found is not None and (found.shown, found.missed) == (15.0, 2)


def test_a_pause_in_between_is_left_out() -> None:
    found = pace([0, 4000, 8000, 12000, 52000, 56000, 60000])
    assert found is not None and found.shown == 15.0


def test_a_tap_too_many_that_comes_late_is_left_out() -> None:
    found = pace([0, 5000, 10000, 11200, 15000, 20000, 25000])
    assert found is not None and found.shown == 12.0


def test_regularity_tells_a_calm_breath_from_a_restless_one() -> None:
    calm, restless = (
        fmean(
            p.regularity for seed in range(60) if (p := pace(train(14, spread, seed)[0])) and p.regularity is not None
        )
        for spread in (0.04, 0.15)
    )
    assert calm < 0.08 < restless


@pytest.mark.parametrize("taps", [[], [5], [0, 4000], [0, 4000, 8000], [0, 10, 20, 30, 40]])
def test_too_few_say_nothing(taps: list[int]) -> None:
    assert pace(taps) is None


def test_the_order_does_not_matter_and_the_start_neither() -> None:
    taps = train(13, 0.05, 1)[0]
    assert pace(taps[::-1]) == pace(taps) == pace([t + 7_000_000 for t in taps])


def test_faster_than_any_double_nobody_breathes() -> None:
    assert MINUTE / DOUBLE_MS >= 60


def test_counting_to_nine() -> None:
    nine = ["breath"] * 8 + ["ninth"]
    assert count(nine * 3).percent == 100  # type: ignore[arg-type]
    once = count([*nine, *["breath"] * 7, "ninth", "breath", "lost", *nine])  # type: ignore[list-item]
    assert (once.rounds, once.lost, once.right, once.tries, once.percent) == ((9, 8, 9), 1, 2, 4, 50)


def test_a_round_under_way_is_neither_right_nor_wrong() -> None:
    assert count(["breath"] * 5).percent is None
