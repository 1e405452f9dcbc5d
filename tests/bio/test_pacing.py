"""A pace has no jump, whatever changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mindful.bio.pacing import FASTEST, SLOWEST, Pace

rates = st.floats(SLOWEST, FASTEST)


@given(st.lists(st.tuples(st.floats(0.1, 60), rates), min_size=1, max_size=6), rates)
def test_changes_keep_the_phase(changes: list[tuple[float, float]], first: float) -> None:
    pace, at = Pace(0.0, first), 0.0
    for wait, rate in changes:
        at += wait
        before = pace.cycles(at)
        pace.change(at, rate)
        assert pace.cycles(at) == pytest.approx(before)
        assert pace.per_min(at) == rate
        assert pace.cycles(at + 60) - before == pytest.approx(rate)


@given(st.floats(-100, 1000), rates)
def test_a_breath_is_full_once_and_empty_once(at: float, rate: float) -> None:
    pace = Pace(0.0, rate)
    level, _inhaling = pace.breath(at)
    assert 0 <= level <= 1
    start = pace.breath(60 / rate * 5)[0]
    assert start == pytest.approx(0, abs=1e-6)
    assert pace.breath(60 / rate * (5 + pace.inhale))[0] == pytest.approx(1, abs=1e-6)
    assert pace.breath(60 / rate * (5 + pace.inhale / 2))[1]


def test_what_nobody_should_breathe_is_refused() -> None:
    for wrong in (0.0, 3.0, 20.0):
        with pytest.raises(ValueError, match="breaths a minute"):
            Pace(0.0, wrong)
    with pytest.raises(ValueError, match="inhale"):
        Pace(0.0, 6, inhale=0.9)
    pace = Pace(10.0, 6)
    with pytest.raises(ValueError, match="order"):
        pace.change(5.0, 6)
