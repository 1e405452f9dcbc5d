"""The heart's numbers and the cleaning of beats, on real intervals and against what others compute of them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mindful.bio import hrv
from mindful.bio.body.heart import SimulatedHeart
from mindful.bio.cleaning import Cleaner
from mindful.bio.pacing import Pace
from tests.bio.made import real_rr, spoiled


def cleaned(rr: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(intervals, whether measured) of a whole series."""
    cleaner, at, out = Cleaner(), 0.0, []
    for each in rr:
        at += each / 1000
        out += cleaner.push(at, each)
    return np.array([b.rr_ms for b in out]), np.array([b.good for b in out])


def test_rmssd_and_sdnn_are_neurokits_and_the_published_ones() -> None:
    # neurokit2 0.3.0 hrv_time of the same intervals; the report that pyhrv carries (made by biosppy) for the whole.
    short, whole = real_rr(5), real_rr(60)
    assert hrv.rmssd(short) == pytest.approx(101.30063, abs=1e-4)
    assert hrv.sdnn(short) == pytest.approx(95.69035, abs=1e-4)
    assert hrv.rmssd(whole[:3000]) == pytest.approx(63.43391, abs=1e-4)
    assert hrv.sdnn(whole[:3000]) == pytest.approx(85.89073, abs=1e-4)
    assert hrv.rmssd(whole) == pytest.approx(60.523, abs=0.01)
    assert hrv.sdnn(whole) == pytest.approx(85.357, abs=0.01)


def test_spoiled_beats_are_put_right_as_well_as_offline() -> None:
    # neurokit2's correction after Lipponen & Tarvainen, which knows the whole recording, comes to 65.6 here.
    real = real_rr(60)[:3000]
    bad = spoiled(real)
    true, before = hrv.rmssd(real), hrv.rmssd(bad)
    rr, good = cleaned(bad)
    after, measured = hrv.rmssd(rr), hrv.rmssd(rr, good)
    assert true is not None
    assert before is not None
    assert after is not None
    assert measured is not None
    assert before > 150
    assert abs(after - true) < 4
    assert abs(measured - true) < 1
    assert abs(rr.sum() - bad.sum()) / bad.sum() < 0.005


def test_real_beats_are_left_alone() -> None:
    for minutes in (5, 60):
        _rr, good = cleaned(real_rr(minutes))
        assert 1 - good.mean() < 0.015


def test_a_large_swing_with_the_breath_is_no_artefact() -> None:
    heart = SimulatedHeart(7)
    beats = heart.advance(600, Pace(0, heart.body.resonance_per_min))
    _rr, good = cleaned(np.array([rr for _at, rr in beats]))
    assert good.all()


@given(st.lists(st.floats(1, 5000), max_size=60))
@settings(max_examples=60, deadline=None)
def test_no_interval_upsets_the_cleaner(rr: list[float]) -> None:
    for value in cleaned(np.array(rr))[0]:
        assert 0 < value < 3100


def test_a_missed_beat_a_double_one_and_an_early_one() -> None:
    steady = [900.0, 910, 890, 905, 895, 900, 908, 893, 902, 898, 904, 896]
    for spoilt, want in (([1805.0], [902.5, 902.5]), ([400.0, 500.0], [900.0]), ([600.0, 1200.0], [900.0, 900.0])):
        rr, good = cleaned(np.array([*steady, *spoilt, 901, 899]))
        bad = [float(v) for v, g in zip(rr, good, strict=True) if not g]
        assert bad == pytest.approx(want)


def test_after_a_gap_nothing_is_compared_with_before() -> None:
    cleaner = Cleaner()
    for i in range(20):
        cleaner.push(i * 0.6, 600)
    cleaner.gap()
    assert [b.good for b in cleaner.push(60.0, 1100)] == [True]


def beats_of(pace: Pace | None, seconds: float, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    heart = SimulatedHeart(seed)
    out = heart.advance(seconds, pace)
    return np.array([b[0] for b in out]), np.array([b[1] for b in out])


def test_lock_and_coherence_rise_with_the_pacer_and_swing_is_largest_at_the_resonance() -> None:
    own = SimulatedHeart(1).body.resonance_per_min
    free = hrv.lock(*beats_of(None, 120), Pace(0, 6), 60)
    paced = {rate: hrv.lock(*beats_of(Pace(0, rate), 180), Pace(0, rate), 90) for rate in (4.0, own, 8.0, 12.0)}
    assert free is not None
    assert all(found is not None for found in paced.values())
    assert free.share < 0.3
    assert paced[own].share > 0.9  # type: ignore[union-attr]
    assert max(paced, key=lambda r: paced[r].swing_bpm) == own  # type: ignore[union-attr]
    calm = hrv.coherence(*beats_of(Pace(0, 6), 120))
    restless = hrv.coherence(*beats_of(None, 120))
    assert calm is not None
    assert restless is not None
    assert calm.share > 0.85
    assert calm.peak_per_min == pytest.approx(6, abs=0.25)
    assert restless.share < 0.7


def test_a_sine_is_its_own_lock_swing_and_phase() -> None:
    pace = Pace(3.0, 6)
    at = np.cumsum(np.full(100, 0.9))
    bpm = 66 + 5 * np.sin([pace.phase(t) + 0.5 for t in at])
    found = hrv.lock(at, 60_000 / bpm, pace, 60)
    assert found is not None
    assert found.share > 0.97
    assert found.swing_bpm == pytest.approx(10, rel=0.05)
    assert found.phase_deg == pytest.approx(28.6, abs=2)


def test_too_little_is_none() -> None:
    at, rr = np.array([1.0, 2.0]), np.array([1000.0, 1000.0])
    assert hrv.lock(at, rr, Pace(0, 6)) is None
    assert hrv.coherence(at, rr) is None
    assert hrv.lock(np.zeros(0), np.zeros(0), Pace(0, 6)) is None
    assert hrv.coherence(np.zeros(0), np.zeros(0)) is None
    assert hrv.rmssd(rr) is None
    assert hrv.sdnn(rr) is None
    assert hrv.rmssd(np.array([1.0, 2, 3]), np.array([True, False, True])) is None
    still = np.arange(100) * 1.0
    assert hrv.lock(still, np.full(100, 1000.0), Pace(0, 6)) is None
    assert hrv.coherence(still, np.full(100, 1000.0)) is None
