"""The limiter: nothing above the ceiling, nothing bent, nothing touched that need not be, and the same in every block."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.signal import resample_poly

from mindful.audio import bells, limiter
from mindful.audio.levels import Levels
from mindful.audio.limiter import CEILING, HOP, HOPS, MARGIN, REACH
from mindful.audio.mixer import Mixer
from mindful.audio.units import FRAMES_PER_MS, RATE, TILE, Block, decibels
from mindful.timeline.model import Timeline
from tests.audio.made import MadeBank, bell, breaths, layer, say, segment, timeline


def true_peak(x: Block) -> float:
    """The largest value between the samples too, at eight times the rate."""
    return float(np.abs(resample_poly(x.astype(np.float64), 8, 1, axis=0)).max())


def loudest() -> Timeline:
    """Everything at once, as loud as a script may make it."""
    strokes = [bell(1000 + 40 * i, n, 6.0) for i, n in enumerate(bells.NAMES * 4)]
    words = say(1500, "loud", 3000), say(5000, "louder", 3000)
    return timeline(segment(layer(0, "ocean", 6.0, 0), *strokes, *breaths(2), *words, ms=12_000))


LOUD = loudest()
BANK = MadeBank(LOUD)
HIGHEST = Levels(6, 6, 6, 6)
WHOLE = Mixer(bank=BANK).render(LOUD, 0, 12 * RATE, HIGHEST)


def test_the_loudest_mix_stays_under_minus_one_decibel_between_the_samples_too() -> None:
    assert np.abs(WHOLE).max() <= CEILING + 1e-6
    assert CEILING * 0.95 < true_peak(WHOLE) < decibels(-1.3)


@settings(max_examples=25, deadline=None)
@given(first=st.integers(-5000, 11 * RATE), n=st.integers(1, 20_000))
def test_where_it_works_any_block_is_the_same_piece(first: int, n: int) -> None:
    got = Mixer(bank=BANK).render(LOUD, first, n, HIGHEST)
    a = min(n, max(0, -first))
    b = max(a, min(n, len(WHOLE) - first))
    np.testing.assert_array_equal(got[a:b], WHOLE[first + a : first + b])


def test_it_adds_no_overtones() -> None:
    """A steady tone that is too loud comes out as the same tone, softer."""
    n = TILE + 2 * MARGIN
    x = np.repeat((1.2 * np.sin(2 * np.pi * 300 * np.arange(n) / RATE))[:, None], 2, axis=1).astype(np.float32)
    need = limiter.needed(x)
    gain = limiter.gain(need, need, need)
    assert gain is not None
    y = x[MARGIN:-MARGIN, 0] * gain
    spectrum = np.abs(np.fft.rfft(y[:3200] * np.hanning(3200)))
    tone = round(300 * 3200 / RATE)
    assert np.delete(spectrum, np.arange(tone - 3, tone + 4)).max() < 1e-4 * spectrum[tone]


def test_it_turns_down_before_the_peak_and_up_after_it_softly() -> None:
    need = np.ones(HOPS)
    need[20] = 0.5
    three = [limiter.gain(*needs) for needs in ((None, None, need), (None, need, None), (need, None, None))]
    gains = np.concatenate([np.ones(TILE) if g is None else g for g in three])
    at = TILE + 20 * HOP
    assert gains[at : at + HOP].max() <= 0.5 + 1e-9
    assert np.allclose(gains[: at - REACH], 1, atol=1e-12) and np.allclose(gains[at + HOP + REACH :], 1, atol=1e-12)
    assert np.abs(np.diff(gains)).max() < 0.5 * np.pi / 2 / (2 * limiter.SPREAD * HOP) * 1.4
    assert (np.diff(gains[:at]) <= 1e-12).all() and (np.diff(gains[at + HOP :]) >= -1e-12).all()


@settings(max_examples=60, deadline=None)
@given(needs=st.lists(st.tuples(st.integers(0, 3 * HOPS - 1), st.floats(0.1, 1)), max_size=12))
def test_no_hop_ever_gets_more_than_it_needs(needs: list[tuple[int, float]]) -> None:
    need = np.ones(3 * HOPS)
    for at, least in needs:
        need[at] = min(need[at], least)
    tiles = [need[:HOPS], need[HOPS : 2 * HOPS], need[2 * HOPS :]]
    got = limiter.gain(*tiles)
    gains = np.ones(TILE) if got is None else got
    assert (gains.reshape(HOPS, HOP).max(axis=1) <= tiles[1] + 1e-9).all()
    assert gains.min() >= need.min() - 1e-9


@pytest.mark.parametrize("hz", [60, 997, 5003, 11_987, 17_000])
@pytest.mark.parametrize("phase", [0.0, 0.7])
def test_peaks_between_the_samples_are_seen(hz: float, phase: float) -> None:
    t = np.arange(TILE + 2 * MARGIN) / RATE
    x = np.repeat(np.sin(2 * np.pi * hz * t + phase)[:, None], 2, axis=1).astype(np.float32)
    need = limiter.needed(x)
    assert need is not None
    assert need.min() == pytest.approx(CEILING, rel=0.01)


def test_what_is_soft_is_not_looked_at_closely_and_not_touched() -> None:
    assert limiter.needed(np.full((TILE + 2 * MARGIN, 2), 0.4, np.float32)) is None
    assert limiter.gain(None, None, None) is None


def test_both_sides_are_turned_down_alike() -> None:
    x = np.zeros((TILE + 2 * MARGIN, 2), np.float32)
    x[2000:2100, 0] = 1.5 * np.sin(np.arange(100))
    need = limiter.needed(x)
    assert need is not None and need.min() < 0.6


def test_a_peak_that_an_answer_brings_is_met_softly_too() -> None:
    """What follows an answer may be loud: the way down before it has been heard to begin, or begins later."""
    from tests.audio.rig import Rig

    waiting = timeline(segment(layer(0, "brown-noise", 6.0), ms=2000), segment(ms=None, index=1), complete=False)
    rig = Rig(waiting)
    rig.run(4)
    now = round(rig.now())
    strokes = [bell(i, "gong", 6.0) for i in range(6)]
    new = waiting.closed(now + 230 - 2000).extended(segment(*strokes, ms=9000, index=2), complete=True)
    rig.t.update(new)
    rig.t.work()
    rig.run(3)
    x = rig.heard()
    assert np.abs(x).max() <= CEILING + 1e-6
    want = Mixer().render(new, (now + 300) * FRAMES_PER_MS, RATE)
    assert any(np.array_equal(x[i : i + RATE], want) for i in np.flatnonzero(x[:-RATE, 0] == want[0, 0]))
    steepest = np.abs(np.diff(Mixer().render(new, (now - 1000) * FRAMES_PER_MS, 4 * RATE), axis=0)).max()
    assert np.abs(np.diff(x, axis=0)).max() <= 1.05 * steepest
