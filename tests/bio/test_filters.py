"""Filters against scipy's, chunk by chunk, and what the envelope is for: seeing a burst early."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mindful.bio.filters import Envelope, Filter, HighPass, Smoother, butterworth
from mindful.bio.spectrum import alpha_peak, band_power, welch

signal = pytest.importorskip("scipy.signal", reason="scipy, which pyloudnorm brings, is not here")
RATE = 250.0


@pytest.mark.parametrize(("order", "cut", "high"), [(2, 2.5, False), (4, 2.0, False), (4, 1.5, False), (2, 1.0, True)])
def test_same_as_scipy_whatever_the_chunks(order: int, cut: float, high: bool) -> None:
    x = np.random.default_rng(1).normal(0, 10, (3, 3000))
    want = signal.sosfilt(signal.butter(order, cut, "high" if high else "low", fs=RATE, output="sos"), x, axis=-1)
    ours = Filter(butterworth(order, cut, RATE, high), 3)
    got, at = [], 0
    for n in [1, 10, 200, 64, 65, 0, 7, 2653]:
        got.append(ours.push(x[:, at : at + n]))
        at += n
    assert np.abs(np.concatenate(got, axis=1) - want).max() < 1e-9


@given(cuts=st.lists(st.integers(0, 500), max_size=12))
@settings(max_examples=30, deadline=None)
def test_chunks_do_not_change_an_envelope(cuts: list[int]) -> None:
    x = np.random.default_rng(2).normal(0, 10, (2, 500)) + 3000
    whole = Envelope(2, 8, 13, RATE, smooth_s=0.1).push(x)
    parts = Envelope(2, 8, 13, RATE, smooth_s=0.1)
    edges = [0, *sorted(cuts), 500]
    got = np.concatenate([parts.push(x[:, a:b]) for a, b in itertools.pairwise(edges)], axis=1)
    assert np.abs(got - whole).max() < 1e-9


def test_an_offset_of_an_electrode_is_no_burst() -> None:
    x = np.full((1, 500), 187_000.0)
    assert np.abs(HighPass(1, RATE).push(x)).max() < 1e-6
    assert np.abs(Envelope(1, 8, 13, RATE).push(x)).max() < 1e-6


def test_a_sine_reads_its_own_amplitude_and_little_of_a_neighbours() -> None:
    t = np.arange(5000) / RATE
    x = 10 * np.sin(2 * np.pi * 10.5 * t)[None]
    assert Envelope(1, 8, 13, RATE).push(x)[0, -250:].mean() == pytest.approx(10, abs=0.2)
    ten = 10 * np.sin(2 * np.pi * 10 * t)[None]
    loose = Envelope(1, 12, 15, RATE, order=2).push(ten)[0, -500:].mean()
    tight = Envelope(1, 12, 15, RATE, order=4).push(ten)[0, -500:].mean()
    assert tight < 0.5 < 1.2 < loose  # what order 2 lets in of alpha is as much as the rhythm itself


@pytest.mark.parametrize(("low", "high", "order", "most_ms"), [(8, 13, 2, 110), (4, 8, 4, 260), (12, 15, 4, 330)])
def test_half_of_a_burst_is_seen_in_time(low: float, high: float, order: int, most_ms: float) -> None:
    t = np.arange(1500) / RATE
    x = np.where(t >= 4, 10 * np.sin(2 * np.pi * (low + high) / 2 * t), 0)[None]
    seen = Envelope(1, low, high, RATE, order=order).push(x)[0]
    assert 1000 * (t[np.argmax(seen > 5)] - 4) <= most_ms


def test_smoothing_begins_where_the_signal_is() -> None:
    assert Smoother(1, 0.5, RATE).push(np.full((1, 20), 4.0)) == pytest.approx(4.0)


@pytest.mark.parametrize(("low", "high", "rate"), [(8, 13, 20), (0, 4, 250), (8, 8, 250)])
def test_a_band_that_cannot_be_had_is_refused(low: float, high: float, rate: float) -> None:
    with pytest.raises(ValueError, match="cannot be had"):
        Envelope(1, low, high, rate)


def test_a_filter_that_cannot_be_had_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be filtered"):
        butterworth(2, 200, 250)
    with pytest.raises(ValueError, match="order"):
        butterworth(3, 2, 250)


def test_band_power_is_scipys() -> None:
    x = np.random.default_rng(3).normal(0, 8, (2, 7500))
    freqs, power = welch(x, RATE)
    f, want = signal.welch(x, RATE, nperseg=1000, detrend="constant", axis=-1)
    assert np.allclose(freqs, f)
    assert np.abs(power - want).max() < 1e-9
    inside = (f >= 8) & (f < 13)
    assert band_power(freqs, power, 8, 13) == pytest.approx(want[:, inside].sum(axis=1) * (f[1] - f[0]))
    with pytest.raises(ValueError, match="short"):
        welch(x[:, :100], RATE)


@pytest.mark.parametrize("peak", [8.4, 9.7, 10.2, 11.6])
def test_the_alpha_peak_is_found_and_not_made_up(peak: float) -> None:
    r = np.random.default_rng(4)
    noise = np.cumsum(r.normal(0, 1, (2, 30_000)), axis=1)
    noise -= noise.mean(axis=1, keepdims=True)
    t = np.arange(30_000) / RATE
    wave = 3 * np.sin(2 * np.pi * peak * t + np.cumsum(r.normal(0, 0.05, 30_000)))
    found = alpha_peak(*welch(noise + wave, RATE))
    assert found is not None
    assert found == pytest.approx(peak, abs=0.25)
    assert alpha_peak(*welch(noise, RATE)) is None
