"""The stepped assessment, on hearts whose resonance is known."""

from __future__ import annotations

import numpy as np
import pytest

from mindful.bio.body.heart import SimulatedHeart
from mindful.bio.cleaning import Beat
from mindful.bio.resonance import RATES, Assessment, Resonance, Step, best
from tests.bio.simulations import assessed


def test_the_resonance_is_found() -> None:
    # Forty hearts in bench/bio.py; eight of them here, for time.
    errors = []
    for seed in range(100, 108):
        found, true = assessed(seed)
        assert found.per_min is not None
        errors.append(abs(found.per_min - true))
    assert sum(e <= 0.3 for e in errors) >= 7
    assert np.mean(errors) < 0.2


def test_steps_run_in_time_and_the_pace_follows() -> None:
    assessment = Assessment(10.0, (6.5, 5.5, 4.5), 60)
    assert [assessment.step(at) for at in (9.0, 10.0, 69.9, 70.0, 189.9, 190.0)] == [0, 0, 0, 1, 2, 3]
    assert assessment.pace.per_min(75.0) == 5.5
    assert assessment.end_s == 190
    with pytest.raises(ValueError, match="three rates"):
        Assessment(0.0, (6.0, 5.0))


def test_a_client_who_does_not_follow_has_no_resonance() -> None:
    heart, assessment = SimulatedHeart(3), Assessment(0.0)
    for at, rr in heart.advance(assessment.end_s, None):
        assessment.add([Beat(at, rr, True)])
    found = assessment.result()
    assert (found.per_min, found.trust) == (None, "unclear")
    assert found.data()["steps"][0]["counted"] is False
    assert Assessment(0.0).result().per_min is None


def steps(*swings: float, lock: float = 0.9, corrected: float = 0.0) -> list[Step]:
    return [Step(r, s, lock, 0.0, corrected) for r, s in zip(RATES, swings, strict=True)]


def test_what_can_be_trusted_of_it_is_said() -> None:
    assert best(steps(6, 9, 12, 9, 6)) == Resonance(5.5, "clear", tuple(steps(6, 9, 12, 9, 6)))
    assert best(steps(12, 9, 7, 6, 5)).trust == "edge"
    assert best(steps(10, 9.8, 10.1, 9.9, 10)).trust == "flat"
    assert best(steps(6, 9, 12, 9, 6, lock=0.2)).per_min is None
    assert best(steps(6, 9, 12, 9, 6, corrected=0.3)).per_min is None
    for swings in ((12, 9, 7, 6, 5), (5, 6, 7, 9, 12), (9, 12, 12, 9, 1)):
        found = best(steps(*swings)).per_min
        assert found is not None
        assert 4.5 <= found <= 6.5


def test_beats_that_were_given_before_count_once() -> None:
    assessment = Assessment(0.0)
    beats_ = [Beat(i * 0.9, 900, True) for i in range(1, 50)]
    assessment.add(beats_)
    assessment.add(beats_)
    assert len(assessment._beats) == 49
