"""Figures against independent implementations, and what they say when there is little to say it from."""

from __future__ import annotations

import math
import os
import random
import time
from datetime import date, datetime, timedelta
from statistics import fmean
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mindful.journal import columns
from mindful.journal.asking import Facts
from mindful.journal.ratings import Pair
from mindful.journal.stats import followed
from mindful.journal.stats.adherence import Adherence
from mindful.journal.stats.as_data import as_data
from mindful.journal.stats.student import below, quantile
from mindful.journal.stats.summary import summary
from mindful.journal.stats.uncertainty import ENOUGH, correlation, effective, mean, middle
from tests.records import record

scipy_stats = pytest.importorskip("scipy.stats")

DAY = date(2026, 11, 22).toordinal()


@given(st.floats(-60, 60), st.floats(1, 400))
def test_students_distribution_is_that_of_scipy(t: float, df: float) -> None:
    if abs(t) < 1e-3:  # so near the middle scipy's is off in the ninth digit, see the next test
        assert below(t, df) == pytest.approx(scipy_stats.t.cdf(t, df), abs=1e-8)
    else:
        assert below(t, df) == pytest.approx(scipy_stats.t.cdf(t, df), rel=1e-9, abs=1e-13)


@given(st.floats(-60, 60))
def test_with_one_and_two_degrees_of_freedom_there_is_a_formula(t: float) -> None:
    assert below(t, 1) == pytest.approx(0.5 + math.atan(t) / math.pi, abs=1e-14)
    assert below(t, 2) == pytest.approx(0.5 + t / (2 * math.sqrt(2 + t * t)), abs=1e-14)


@given(st.floats(0.001, 0.999), st.floats(1, 400))
def test_its_quantiles_are_those_of_scipy(p: float, df: float) -> None:
    assert quantile(p, df) == pytest.approx(scipy_stats.t.ppf(p, df), rel=1e-8, abs=1e-9)


@pytest.mark.parametrize("n", [8, 9, 15, 40, 200])
def test_days_apart_give_the_t_interval_of_scipy(n: int) -> None:
    chance = random.Random(n)
    values = [chance.gauss(-3, 5) for _ in range(n)]
    found = mean((DAY + 2 * i, v) for i, v in enumerate(values))  # no day follows another: they count as independent
    low, high = scipy_stats.ttest_1samp(values, 0).confidence_interval(0.95)
    assert (found.mean, found.low, found.high, found.counted) == (
        pytest.approx(fmean(values)), pytest.approx(low), pytest.approx(high), n,
    )  # fmt: skip


def test_the_interval_agrees_with_a_bootstrap() -> None:
    chance = random.Random(3)
    values = [chance.gauss(-3, 5) for _ in range(60)]
    found = mean((DAY + 2 * i, v) for i, v in enumerate(values))
    boot = scipy_stats.bootstrap((values,), fmean, vectorized=False, rng=1, n_resamples=4000).confidence_interval
    assert found.low == pytest.approx(boot.low, abs=0.15) and found.high == pytest.approx(boot.high, abs=0.15)


def test_the_correlation_is_that_of_statsmodels_but_for_the_correction() -> None:
    tools = pytest.importorskip("statsmodels.tsa.stattools")
    chance = random.Random(5)
    at, values = 0.0, []
    for _ in range(500):
        at = 0.5 * at + chance.gauss(0, 1)
        values.append(at)
    r = tools.acf(values, nlags=1, adjusted=True)[1]
    assert correlation({DAY + i: v for i, v in enumerate(values)}) == pytest.approx(r + (1 + 4 * r) / 500, abs=1e-6)


@pytest.mark.parametrize(
    ("r", "n", "least"), [(0.0, 12, 0.93), (0.0, 40, 0.93), (0.4, 40, 0.90), (0.6, 80, 0.89), (0.6, 300, 0.92)]
)
def test_intervals_hold_the_truth_about_as_often_as_they_say(r: float, n: int, least: float) -> None:
    """Made-up series whose mean is known. Where days resemble each other, intervals that ignore it fail far more often."""
    chance = random.Random(round(100 * r) + n)
    held = 0
    for _ in range(400):
        at = chance.gauss(0, 1)
        days = []
        for i in range(n):
            at = r * at + (1 - r * r) ** 0.5 * chance.gauss(0, 1)
            days.append((DAY + i, 7 + at))
        found = mean(days)
        assert found.low is not None and found.high is not None
        held += found.low <= 7 <= found.high
    assert held / 400 >= least


def test_too_few_is_said_as_too_few() -> None:
    assert mean([]).mean is None and not mean([]).enough
    for n in range(1, ENOUGH):
        found = mean((DAY + i, float(i)) for i in range(n))
        assert found.mean is not None and found.low is None and not found.enough and not found.clear
    many = mean((DAY, float(i)) for i in range(100))
    assert (many.n, many.days, many.enough) == (100, 1, False), "a hundred sessions of one day are one day"
    same = mean((DAY + i, 2.0) for i in range(20))
    assert (same.low, same.high) == (2.0, 2.0) and same.clear


@given(st.lists(st.floats(-100, 100), min_size=2, max_size=60))
def test_days_never_count_for_more_than_they_are(values: list[float]) -> None:
    days = {DAY + i: v for i, v in enumerate(values)}
    assert 2 <= effective(days) <= max(2, len(values))


def test_the_middle_half_is_that_of_numpy() -> None:
    numpy = pytest.importorskip("numpy")
    values = [3.0, 1.0, 8.0, 4.0, 4.5, 9.0, 2.0]
    found = middle(values)
    assert found is not None
    assert [found.low, found.median, found.high] == pytest.approx(list(numpy.percentile(values, [25, 50, 75])))
    assert middle([]) is None and middle([5.0]) is not None


def fact(day: date, session: str = "box", ms: int = 60_000, *pairs: Pair, **more: object) -> Facts:
    return Facts(day.toordinal(), session, "completed", ms, False, pairs, more, session.title())


def test_days_minutes_and_weeks_add_up() -> None:
    monday = date(2026, 11, 16)
    days = [monday, monday, monday + timedelta(days=6), monday + timedelta(days=7), monday + timedelta(days=20)]
    found = summary([fact(d, ms=60_000 * (i + 1)) for i, d in enumerate(days)], None, date(2026, 12, 8))
    assert (found.since, found.days, found.of_days, found.sessions, found.elapsed_ms) == (monday, 4, 23, 5, 900_000)
    assert [(w.monday.day, w.days, w.sessions, w.elapsed_ms) for w in found.weeks] == [
        (16, 2, 3, 360_000), (23, 1, 1, 240_000), (30, 1, 1, 300_000), (7, 0, 0, 0),
    ]  # fmt: skip
    assert sum(w.elapsed_ms for w in found.weeks) == found.elapsed_ms and found.usual_ms == 180_000


def test_changes_are_told_by_rating_and_by_session_and_scales_are_not_mixed() -> None:
    base = date(2026, 1, 1)
    ten = [fact(base + timedelta(days=2 * i), "box", 1, Pair("", 6, 4 + i % 2)) for i in range(10)]
    hundred = [fact(base + timedelta(days=2 * i), "settle", 1, Pair("", 60, 40)) for i in range(3)]
    named = [fact(base + timedelta(days=2 * i), s, 1, Pair("mood", 3, 5)) for i in range(4) for s in ("box", "settle")]
    found = summary(ten + hundred + named, None, base + timedelta(days=60)).changes
    got = {(c.name, c.session): (c.change.days, c.change.mean, c.change.enough) for c in found}
    assert got == {
        ("", "box"): (10, -1.5, True), ("", "settle"): (3, -20, False),
        ("mood", None): (4, 2, False), ("mood", "box"): (4, 2, False), ("mood", "settle"): (4, 2, False),
    }  # fmt: skip


def test_holds_heart_unpleasant_ones_and_the_plan() -> None:
    base = date(2026, 1, 1)
    facts = [
        fact(base + timedelta(days=i), "box", 1, holds=[30_000 + 1000 * i], heart={"rmssd_ms": 40.0 + i})
        for i in range(9)
    ]
    plan = Adherence("Two weeks", base, base + timedelta(days=13), 10, 7, 1)
    found = summary(facts, base, base + timedelta(days=8), plan)
    assert found.holds is not None and found.holds.median == 34_000 and found.heart["rmssd_ms"][0].median == 44
    assert found.heart["rmssd_ms"][1].enough and "sdnn_ms" not in found.heart
    assert plan.share == 0.7 and Adherence("x", base, base, 0, 0).share is None
    data = as_data(found)
    assert data["programme"]["done"] == 7 and data["weeks"][0]["monday"] == "2025-12-29"


def test_a_plan_is_asked_for_where_one_is_known(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    assert followed.adherence(tmp_path, date(2026, 1, 1)) is None
    plan = Adherence("x", date(2026, 1, 1), date(2026, 1, 2), 1, 1)
    monkeypatch.setattr(followed, "PLANS", [lambda j, d: None, lambda j, d: plan])
    assert followed.adherence(tmp_path, date(2026, 1, 1)) is plan


ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia")
"""An hour at 01:00 UTC; an hour at 02:00; half an hour; and a zone that once left out a day."""


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="needs zones that a program can change")
@pytest.mark.parametrize("zone", ZONES)
def test_days_and_weeks_over_changes_of_clocks(zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two sessions on each day of two years, at 23:30 and at 03:30 of the night after: one day each, seven a week."""
    place = ZoneInfo(zone)
    for home in (zone, "Asia/Kathmandu"):
        monkeypatch.setenv("TZ", home)
        time.tzset()
        facts = []
        day = date(2011, 1, 3)
        left_out = date(2011, 12, 30) if zone == "Pacific/Apia" else None
        while day < date(2013, 1, 7):
            if day != left_out:
                for hour, minute, next_ in ((23, 30, 0), (3, 30, 1)):
                    wall = datetime(day.year, day.month, day.day, hour, minute) + timedelta(days=next_)
                    if wall.date() == left_out:
                        continue
                    at = wall.replace(tzinfo=place)
                    values = dict(zip(columns.NAMES, columns.values(record(at)), strict=True))
                    assert date.fromordinal(values["day"]) == day, (zone, at)
                    facts.append(Facts(values["day"], "x", "completed", 60_000, False, (), {}))
            day += timedelta(days=1)
        found = summary(facts, date(2011, 1, 3), date(2013, 1, 6))
        odd = [(w.monday, w.days, w.sessions) for w in found.weeks if (w.days, w.sessions) != (7, 14)]
        assert odd == ([(date(2011, 12, 26), 6, 11)] if left_out else []), home
    monkeypatch.undo()
    time.tzset()
    assert os.environ.get("TZ") != "Asia/Kathmandu"
