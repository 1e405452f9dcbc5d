"""What is shown for research is not what was measured, and the record says so."""

from __future__ import annotations

import itertools

import pytest

from mindful.bio.delivery import Delayed, Inverted, Moment, Real, Yoked, by_chance, from_rows
from mindful.bio.engine import open_engine
from mindful.bio.ports import TICK_MS, Reading
from mindful.bio.protocols import PRESETS
from mindful.bio.sources.simulated import SimulatedBrainSource
from tests.bio.time import Clock, run


def reading(at_ms: int, value: float = 0.8, reward: bool = True) -> Reading:
    return Reading(at_ms, value, reward, "clear", 1.0, threshold=1.0)


def test_each_way_shows_what_it_says() -> None:
    assert Real().shown(reading(0)) == reading(0)
    assert (Inverted().shown(reading(0)).value, Inverted().shown(reading(0)).reward) == (pytest.approx(0.2), False)
    late = Delayed(200)
    shown = [late.shown(reading(at, at / 1000)).value for at in range(0, 1000, TICK_MS)]
    assert shown[:5] == [0] * 5
    assert shown[5:] == [pytest.approx(i * TICK_MS / 1000) for i in range(20)]
    yoked = Yoked([Moment(0.1, False), Moment(0.9, True)], "abc")
    assert [yoked.shown(reading(at)).value for at in (5000, 5040, 5080)] == [0.1, 0.9, 0.1]
    assert yoked.data() == {"mode": "yoked", "from": "abc"}
    with pytest.raises(ValueError, match="no feedback"):
        Yoked([], "abc")


def test_a_sham_by_chance_keeps_its_share() -> None:
    sham = by_chance(3, 300, 0.65)
    shown = [sham.shown(reading(at)) for at in range(0, 300_000, TICK_MS)]
    assert sum(r.reward for r in shown) / len(shown) == pytest.approx(0.65, abs=0.01)
    assert all(0 <= r.value <= 1 for r in shown)
    runs = sum(a.reward != b.reward for a, b in itertools.pairwise(shown))
    assert 100 < runs < 3000
    assert sham.data()["mode"] == "sham"
    assert [by_chance(3, 10).shown(reading(0)).value] == [by_chance(3, 10).shown(reading(0)).value]


def test_the_record_has_both_sides_and_another_can_be_yoked_to_it() -> None:
    clock = Clock()
    source = SimulatedBrainSource(clock, 2)
    engine = open_engine(source, PRESETS["alpha"], Inverted())
    source.start()
    engine.begin("baseline", clock.ms)
    run(engine, clock, 20)
    engine.begin("training", clock.ms)
    run(engine, clock, 20)
    rows = [r for r in engine.rows() if r["phase"] == "training"]
    assert rows[-1]["shown_value"] == pytest.approx(1 - rows[-1]["value"], abs=0.01)
    done = engine.finish()
    assert done["delivery"] == {"mode": "inverted"}
    assert done["stretches"][-1]["reward"] > 0.5 > done["stretches"][-1]["shown_reward"]
    moments = from_rows(rows)
    assert len(moments) == 25 * len(rows)
    # What that person was shown, not what was measured of them.
    shown = done["stretches"][-1]["shown_reward"]
    assert sum(m.reward for m in moments) / len(moments) == pytest.approx(shown, abs=0.05)


def test_a_rest_keeps_its_time_and_is_without_reward() -> None:
    rows = [
        {"phase": "baseline", "value": 0.9, "reward": 1.0, "clean": 1.0},
        {"phase": "training", "value": 0.6, "reward": 1.0, "clean": 0.4},
        {"phase": "rest", "value": 0.9, "reward": 1.0, "clean": 1.0},
        {"phase": "training", "value": 0.7, "reward": 0.52, "clean": None},
        {"phase": "after", "value": 0.9, "reward": 1.0, "clean": 1.0},
    ]
    moments = from_rows(rows)
    assert [m.value for m in moments[::25]] == [0.6, 0.0, 0.7]
    assert [sum(m.reward for m in moments[i : i + 25]) for i in (0, 25, 50)] == [10, 0, 13]
    assert from_rows([]) == from_rows(rows[:1]) == []
