"""What is read of a training from a record: figures as they were kept, and nothing that raises for what is not there."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mindful.journal import trainings
from mindful.journal.training_words import name, shown_instead


def brain(**more: Any) -> dict[str, Any]:
    """A record with a training of a brain: 4 s of baseline, 6 of training."""
    phases = ["baseline"] * 4 + ["training"] * 6
    feedback = {
        "sensor": "Muse 2",
        "source": "Muse 2",
        "simulated": False,
        "unit": "uV",
        "baseline": {"mean": 4.0},
        "delivery": {"mode": "real"},
        "protocol": {"name": "alpha", "threshold": {"mode": "adaptive", "reward_percent": 65, "value": None}},
        "stretches": [
            {"phase": "baseline", "feature": 4.0, "reward": 0.0, "clean": 1.0, "seconds": 4.0},
            {"phase": "training", "feature": 5.0, "reward": 0.5, "clean": 0.9, "seconds": 6.0},
        ],
    } | more
    seconds = {
        "phase": phases,
        "at_ms": [100_000 + 1000 * i for i in range(10)],
        "feature": [4.0] * 4 + [4.0, 5.0, 6.0, None, 5.0, 5.0],
        "threshold": [None] * 4 + [4.5] * 6,
        "reward": [0.0] * 4 + [0.0, 1.0, 1.0, None, 0.5, 0.0],
        "value": [0.0] * 10,
        "clean": [1.0] * 7 + [0.0, 1.0, 1.0],
    }
    step = {"step": "steps[0].neurofeedback", "kind": "neurofeedback"}
    return {"steps": [{**step, "data": {"feedback": feedback, "seconds": seconds}}]}


def whole(record: dict[str, Any]) -> list[dict[str, Any]]:
    """The steps as a record on disk has them."""
    return [{"status": "completed", "start_ms": 0, "end_ms": 10_000, **step} for step in record["steps"]]


def assessed() -> dict[str, Any]:
    steps = [{"per_min": p, "swing_bpm": s} for p, s in ((6.5, 8.0), (6.0, 10.0), (5.5, 12.0), (5.0, None))]
    feedback = {
        "source": "Polar",
        "protocol": {"name": "hrv", "threshold": {"mode": "fixed", "reward_percent": 65, "value": 0.5}},
        "unit": "share",
        "resonance": {"per_min": 5.5, "trust": "clear", "steps": steps},
    }
    seconds = {"phase": ["training"], "at_ms": [5], "bpm": [61.5], "swing_bpm": [9.0]}
    step = {"step": "steps[0].hrv_biofeedback", "kind": "hrv_biofeedback"}
    return {"steps": [{**step, "data": {"feedback": feedback, "seconds": seconds}}]}


def test_a_training_of_a_brain_is_read() -> None:
    (t,) = trainings.of(brain())
    assert (t.kind, t.source, t.protocol, t.mode, t.wanted, t.baseline) == ("eeg", "Muse 2", "alpha", "real", 0.65, 4.0)
    assert len(t.seconds) == 10 and len(t.training) == 6 and t.training[0].at_s == 4.0
    assert t.mean("feature") == pytest.approx(5.0) and t.change == pytest.approx(0.25)
    assert [(b.seconds, b.feature, b.reward) for b in t.blocks] == [(6.0, 5.0, 0.5)]
    assert shown_instead(t) == "" and name(t) == "Neurofeedback, alpha"


def test_an_assessment_is_read_slowest_first_without_the_pace_that_could_not_be_measured() -> None:
    (t,) = trainings.of(assessed())
    assert [(p.per_min, p.swing_bpm) for p in t.paces] == [(5.5, 12.0), (6.0, 10.0), (6.5, 8.0)]
    assert t.found_per_min == 5.5 and t.wanted is None and t.seconds[0].bpm == 61.5


@pytest.mark.parametrize(
    ("delivery", "says"),
    [
        ({"mode": "sham", "from": "chance, seed 3"}, "by chance"),
        ({"mode": "yoked", "from": "20261122T063000Z_a1b2c3"}, "20261122T063000Z_a1b2c3"),
        ({"mode": "inverted"}, "less was rewarded"),
        ({"mode": "delayed", "delay_ms": 500}, "late"),
        ({"mode": "new\x1b[31m"}, "not what was measured"),
    ],
)
def test_feedback_that_was_not_ones_own_is_told(delivery: dict[str, Any], says: str) -> None:
    (t,) = trainings.of(brain(delivery=delivery))
    assert says in shown_instead(t) and "\x1b" not in shown_instead(t)


def test_without_a_sensor_there_is_no_training() -> None:
    record = brain()
    record["steps"][0]["data"] = {"feedback": {"sensor": "none", "why": "No strap."}}
    assert trainings.of(record) == [] == trainings.of({}) == trainings.of({"steps": [None, {"kind": "sit"}]})


_ANY = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)
_KNOWN = ("phase", "at_ms", "feature", "reward", "steps", "mode", "mean", "name", "per_min", "threshold")
_MAP = st.dictionaries(st.sampled_from(_KNOWN) | st.text(max_size=4), _ANY, max_size=6)


@given(
    st.dictionaries(
        st.sampled_from(["feedback", "seconds"]),
        _MAP | st.dictionaries(st.sampled_from(["protocol", "delivery", "resonance", "stretches"]), _MAP | _ANY),
    )
)
def test_whatever_is_in_a_record_it_is_read_without_raising(data: dict[str, Any]) -> None:
    for t in trainings.of({"steps": [{"kind": "neurofeedback", "step": "x", "data": data}]}):
        assert t.mean("feature") is None or isinstance(t.mean("feature"), float)
        shown_instead(t)
        name(t)


@given(st.lists(st.none() | st.floats(-10, 10), max_size=60), st.integers(1, 20))
def test_means_of_neighbours_keep_the_order_and_the_range(values: list[float | None], count: int) -> None:
    found = trainings.means(values, count)
    assert len(found) == min(len(values), count)
    known = [v for v in values if v is not None]
    assert all(v is None or min(known) - 1e-9 <= v <= max(known) + 1e-9 for v in found)
