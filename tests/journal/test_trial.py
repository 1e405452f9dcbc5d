"""A comparison of two practices by one person: the lot, the plan's file, and what it says."""

from __future__ import annotations

import json
import random
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mindful.journal.asking import Facts
from mindful.journal.ratings import Pair
from mindful.journal.trial import design
from mindful.journal.trial.analysis import LEAST_PAIRS, analyse, interval, p_value
from mindful.journal.trial.design import Trial

BEGAN = date(2026, 12, 1)


def trial(pairs: int = 6, block: int = 2, seed: int = 1, **more: object) -> Trial:
    made = Trial("box", "settle", "", "change", BEGAN, block, design.draw(seed, pairs), 0, seed)
    return replace(made, **more)  # type: ignore[arg-type]


@given(st.integers(3, 16), st.integers(1, 5), st.integers(0, 1000))
def test_each_practice_has_as_many_days_and_each_day_has_one(pairs: int, block: int, seed: int) -> None:
    made = trial(pairs, block, seed)
    letters = [made.block(BEGAN + timedelta(days=i)) for i in range(made.days)]
    assert all(letters) and made.block(BEGAN - timedelta(days=1)) is None
    assert made.block(BEGAN + timedelta(days=made.days)) is None
    count = Counter((pair, letter) for pair, letter, _ in (b for b in letters if b))
    assert count == Counter({(p, x): block for p in range(pairs) for x in "AB"})
    firsts = Counter(made.order)
    assert abs(firsts["AB"] - firsts["BA"]) <= 1, "neither comes first more often than chance would have it"


def test_the_lot_is_a_lot_and_can_be_drawn_again() -> None:
    assert design.draw(7, 8) == design.draw(7, 8)
    drawn = Counter(design.draw(seed, 4) for seed in range(3000))
    assert len(drawn) == 6, "all six orders with two of each"
    assert all(400 < n < 600 for n in drawn.values())
    odd = Counter(design.draw(seed, 3).count("AB") for seed in range(2000))
    assert set(odd) == {1, 2} and 900 < odd[1] < 1100


def test_the_plan_is_kept_and_read_again(tmp_path: Path) -> None:
    folder = tmp_path / "comparisons"
    assert design.latest(folder) is None
    first = trial(settle_days=1)
    design.begin(folder, first)
    path = design.begin(folder, replace(first, seed=5))
    assert design.latest(folder) == (path, replace(first, seed=5))
    ended = design.end(path, first, BEGAN + timedelta(days=3))
    assert ended.last == BEGAN + timedelta(days=3) and ended.block(BEGAN + timedelta(days=4)) is None
    assert design.latest(folder) == (path, ended)
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "change", [{"mindful_comparison": 2}, {"order": []}, {"order": ["AC"]}, {"block_days": 0}, {"began": "soon"}, {"measure": "x"}, {"seed": True}]
)  # fmt: skip
def test_a_plan_that_is_none_is_told(change: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        design.from_data(design.as_data(trial()) | change)
    data = design.as_data(trial())
    del data["a"]
    with pytest.raises(ValueError):
        design.from_data(data)
    assert design.from_data(json.loads(json.dumps(design.as_data(trial())))) == trial()


def made_up(made: Trial, better: float, noise: float, seed: int, skip: float = 0.0) -> list[Facts]:
    chance = random.Random(seed)
    facts = []
    for i in range(made.days):
        day = BEGAN + timedelta(days=i)
        at = made.block(day)
        assert at is not None
        if chance.random() >= skip:
            change = -10 - (better if at[1] == "A" else 0) + chance.gauss(0, noise)
            pair = Pair("", 50, 50 + change)
            facts.append(Facts(day.toordinal(), made.session(at[1]), "completed", 1, False, (pair,), {}))
    return facts


def test_a_difference_that_is_there_is_found() -> None:
    made = trial(pairs=8, block=3)
    said = analyse(made, made_up(made, 6, 3, 1), made.last)
    assert said.enough and said.whole == 8 and said.days_rated == said.days_over == 48
    assert said.p is not None and said.p <= 0.05 and said.low is not None and said.high is not None
    assert said.low <= -6 <= said.high and said.high < 0 and said.otherwise == 0
    assert said.difference == pytest.approx(said.mean_a - said.mean_b)  # type: ignore[operator]


def test_one_that_is_not_there_is_found_no_more_often_than_chance() -> None:
    found = held = 0
    for seed in range(400):
        made = trial(pairs=7, seed=seed)
        said = analyse(made, made_up(made, 0, 5, seed), made.last)
        assert said.p is not None and said.low is not None and said.high is not None
        found += said.p <= 0.05
        held += said.low <= 0 <= said.high
    assert found <= 0.075 * 400 and held >= 0.93 * 400


def test_a_slow_change_over_the_weeks_falls_on_both() -> None:
    made = trial(pairs=10, block=2, seed=4)
    facts = [
        replace(f, ratings=(Pair("", 50, f.ratings[0].after - 0.8 * i),)) for i, f in enumerate(made_up(made, 0, 2, 3))
    ]
    said = analyse(made, facts, made.last)
    assert said.p is not None and said.p > 0.05


def test_what_was_practised_otherwise_counts_as_it_was_drawn() -> None:
    made = trial()
    facts = [replace(f, session="box") for f in made_up(made, 0, 1, 1)]
    said = analyse(made, facts, made.last)
    assert said.otherwise == 12 and said.whole == 6
    others = [replace(f, session="sit-10") for f in made_up(made, 0, 1, 1)]
    assert analyse(made, others, made.last).days_rated == 0, "a third practice is no part of it"
    named = [replace(f, ratings=(Pair("mood", 1, 2),)) for f in made_up(made, 0, 1, 1)]
    assert analyse(made, named, made.last).days_rated == 0, "nor is another rating"


def test_too_few_pairs_and_a_look_in_the_middle() -> None:
    made = trial(pairs=5)
    said = analyse(made, made_up(made, 9, 0.1, 1), made.last)
    assert not said.enough and said.p is None and said.low is None and said.difference is not None
    early = analyse(trial(), made_up(trial(), 9, 0.1, 1)[:6], BEGAN + timedelta(days=5))
    assert (early.days_over, early.days_rated, early.enough) == (6, 6, False)
    assert analyse(trial(), [], BEGAN).difference is None


def test_settling_days_and_what_it_is_afterwards() -> None:
    made = trial(block=3, settle_days=1, measure="after")
    said = analyse(made, made_up(made, 5, 0.0, 1), made.last)
    assert said.days_rated == said.days_over == 24
    assert (said.mean_a, said.mean_b) == (pytest.approx(35), pytest.approx(40))


@given(st.lists(st.floats(-20, 20), min_size=LEAST_PAIRS, max_size=10))
def test_the_test_is_that_of_scipy(differences: list[float]) -> None:
    stats = pytest.importorskip("scipy.stats")
    numpy = pytest.importorskip("numpy")
    rounded = [round(d, 3) for d in differences]
    theirs = stats.permutation_test(
        (rounded,),
        lambda x, axis: numpy.mean(x, axis=axis),
        permutation_type="samples",
        vectorized=True,
        n_resamples=numpy.inf,
    )
    # scipy's two-sided value doubles the smaller tail; with signs changed in all ways both tails are alike.
    assert p_value(rounded) == pytest.approx(min(1.0, theirs.pvalue), abs=1e-9)


@given(st.lists(st.integers(-50, 50), min_size=LEAST_PAIRS, max_size=9))
def test_the_interval_holds_what_the_test_does_not_refuse(differences: list[int]) -> None:
    low, high, level = interval([float(d) for d in differences])
    assert low is not None and high is not None and level is not None and low <= high and level >= 0.95
    for value in (low - 0.5, high + 0.5):
        p = p_value([d - value for d in differences])
        assert p is not None and p <= 1 - level + 1e-9
    inside = p_value([d - (low + high) / 2 for d in differences])
    assert inside is not None and inside > 0.05 - 1e-9


def test_six_pairs_are_the_fewest_that_can_tell() -> None:
    assert p_value([1.0] * 5) is None and p_value([1.0] * 6) == 2 / 64
    assert interval([1.0, 2, 3, 4, 5, 6]) == (1.0, 6.0, 1 - 2 / 64)
