"""The figures of a night, with midnight in between, with gaps, and with what cannot be."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mindful.timeline.sleep import LONGEST, minutes, night

USUAL: dict[str, Any] = {
    "in_bed": "22:45", "tried": "23:00", "latency": 20, "awakenings": 2, "awake": 40, "woke": "06:30", "up": "07:00",
}  # fmt: skip


def test_a_usual_night() -> None:
    # in bed 8:15 = 495; tried 23:00 to 6:30 = 450, less 20 and 40 = 390; 390 / 495 = 78.8 %
    assert night(USUAL) == {"in_bed_min": 495, "asleep_min": 390, "efficiency_pct": 79}


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"awakenings": 0, "awake": None}, {"in_bed_min": 495, "asleep_min": 430, "efficiency_pct": 87}),
        ({"in_bed": "00:30", "tried": "00:30"}, {"in_bed_min": 390, "asleep_min": 300, "efficiency_pct": 77}),
        ({"latency": None}, {"in_bed_min": 495}),
        ({"awake": None}, {"in_bed_min": 495}),
        ({"up": None}, {}),
        ({"woke": "07:30"}, {"in_bed_min": 495}),  # woken after getting up
        ({"latency": 460}, {"in_bed_min": 495}),  # longer than the night
        ({"up": "22:45"}, {}),
        ({"up": "18:00"}, {}),  # more than eighteen hours in bed
        ({"in_bed": "later"}, {}),
    ],
)
def test_changed(change: dict[str, Any], found: dict[str, int]) -> None:
    assert night({**USUAL, **change}) == found


@given(st.fixed_dictionaries({k: st.none() | st.times().map(lambda t: f"{t:%H:%M}") for k in ("in_bed", "tried", "woke", "up")}
                             | {k: st.none() | st.integers(0, 900) for k in ("latency", "awakenings", "awake")}))  # fmt: skip
def test_what_is_said_can_be(answer: dict[str, Any]) -> None:
    found = night(answer)
    if "in_bed_min" in found:
        assert 0 < found["in_bed_min"] <= LONGEST
    if "asleep_min" in found:
        assert 0 <= found["asleep_min"] <= found["in_bed_min"]
        assert 0 <= found["efficiency_pct"] <= 100


def test_clocks() -> None:
    assert [minutes(t) for t in ("00:00", "23:59", "7:30", None, 730, "ab:cd")] == [0, 1439, None, None, None, None]
