"""The tone of the breath: with eyes shut each phase must be unmistakable, and nothing may click or startle."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mindful.audio import breath_tone
from mindful.audio.units import FRAMES_PER_MS, RATE, Block
from mindful.timeline.breath import fill_at
from mindful.timeline.model import PhaseCue
from tests.audio.made import phase, rising, rms

NAMES = ("inhale", "top_up", "hold", "exhale", "rest")


def whole(cue: PhaseCue) -> Block:
    return breath_tone.render(cue, 0, cue.length_ms * FRAMES_PER_MS + breath_tone.RELEASE)


def pitch(x: Block, at_s: float, width_s: float = 0.3) -> float:
    """The strongest frequency around a moment, in hertz."""
    n = int(width_s * RATE)
    piece = x[int(at_s * RATE) : int(at_s * RATE) + n, 0] * np.hanning(n)
    return float(np.argmax(np.abs(np.fft.rfft(piece, 8 * RATE))) / 8)


def centroid(x: Block, at_s: float) -> float:
    piece = x[int(at_s * RATE) : int(at_s * RATE) + RATE // 2, 0]
    power = np.abs(np.fft.rfft(piece)) ** 2
    return float((np.fft.rfftfreq(len(piece), 1 / RATE) * power).sum() / power.sum())


def test_inhale_rises_an_octave_and_opens() -> None:
    x = whole(phase("inhale"))
    pitches = [pitch(x, s) for s in (0.4, 1.0, 1.6, 2.2, 2.8)]
    assert rising(pitches)
    assert pitch(x, 3.7) / pitch(x, 0.3, 0.2) > 1.8
    assert rising([rms(x[int(s * RATE) : int((s + 0.5) * RATE)]) for s in (0.3, 1.2, 2.1, 3.0)])


def test_exhale_falls_further_darker_and_softer() -> None:
    x, up = whole(phase("exhale")), whole(phase("inhale"))
    assert rising([pitch(x, s) for s in (3.4, 2.8, 2.2, 1.6, 1.0, 0.4)])
    assert pitch(x, 3.6) < 0.8 * pitch(up, 0.2, 0.2)
    assert rising([rms(x[int(s * RATE) : int((s + 0.5) * RATE)]) for s in (3.4, 2.6, 1.8, 1.0, 0.3)])
    assert centroid(x, 2.0) < 0.7 * centroid(up, 2.0)


def test_top_up_is_a_second_rise_above_the_first() -> None:
    first, second = whole(phase("inhale", 2000, fill=(0.0, 0.8))), whole(phase("top_up", 1000))
    assert pitch(second, 0.1, 0.2) > 1.1 * pitch(first, 1.75, 0.2)
    assert pitch(second, 0.75, 0.2) > 1.2 * pitch(second, 0.05, 0.2)
    # Its onset is heard: the first 100 ms carry energy above where the inhale left off.
    assert centroid(second, 0.0) > 1.25 * centroid(first, 1.5)


def test_hold_is_still_and_quiet() -> None:
    x = whole(phase("hold", 7000))
    pitches = [pitch(x, s) for s in (1.0, 3.0, 5.5)]
    assert max(pitches) - min(pitches) < 1
    levels = [rms(x[int(s * RATE) : int((s + 1) * RATE)]) for s in (0.5, 2, 3.5, 5)]
    assert max(levels) < 1.3 * min(levels)
    assert max(levels) < 0.45 * rms(whole(phase("inhale")))


def envelope(x: Block, hop_s: float = 0.01) -> np.ndarray:
    """Level every hundredth of a second, in dB, nothing below -60."""
    n = int(hop_s * RATE)
    power = np.square(x[: len(x) // n * n, 0], dtype=np.float64).reshape(-1, n).mean(axis=1)
    return np.maximum(10 * np.log10(power + 1e-12), -60.0)


@pytest.mark.parametrize("seconds", [3, 7, 15])
def test_hold_can_be_counted(seconds: int) -> None:
    """One soft pulse a second, for as long as it lasts."""
    level = envelope(whole(phase("hold", 1000 * seconds)), 0.02)[: 50 * seconds]
    crests = [i for i in range(1, seconds) if level[50 * i] > level[50 * i - 25] + 3]
    assert len(crests) == seconds - 1
    assert np.diff(level[15:]).max() < 1.5  # it swells


def test_top_up_is_touched_twice() -> None:
    """The second touch, a twelfth above the first tone, comes 0.17 s after the first."""
    x = whole(phase("top_up", 1500))[:, 0].astype(float)
    hz = 3 * 1.2 * (breath_tone.LOW + 0.8 * breath_tone.SPAN)
    t = np.arange(len(x)) / RATE
    slid = np.abs(np.convolve(x * np.exp(-2j * np.pi * hz * t), np.hanning(1920) / 960, "same"))
    assert slid[int(0.2 * RATE) : int(0.24 * RATE)].max() > 2 * slid[int(0.12 * RATE) : int(0.16 * RATE)].min()


def test_no_cue_comes_up_more_steeply_than_a_breath_may() -> None:
    """From silence to the tone it takes some hundredths of a second, whatever the phase and the way."""
    for name in NAMES:
        for through in (None, "mouth", "pursed", "hum"):
            x = np.concatenate((np.zeros((480, 2)), whole(phase(name, 3000, through=through))))
            assert np.diff(envelope(x)).max() < 24, (name, through)


def test_rest_is_one_low_mark_and_then_nothing() -> None:
    x = whole(phase("rest"))
    assert 0.02 < np.abs(x).max() < 0.06
    assert rms(x[3 * RATE :]) < 1e-5
    assert pitch(x, 0.05) < 125


def test_the_five_phases_cannot_be_mistaken_for_each_other() -> None:
    """Apart in at least one of: where pitch goes, loudness, brightness."""

    def look(name: str) -> tuple[float, float, float]:
        x = whole(phase(name, 2000))
        going = pitch(x, 1.4, 0.25) / pitch(x, 0.15, 0.25) if name != "rest" else 1.0
        return 12 * np.log2(going), 20 * np.log10(rms(x[: 2 * RATE])), 12 * np.log2(centroid(x, 0.5))

    seen = {n: np.array(look(n)) for n in NAMES}
    for a in NAMES:
        for b in NAMES:
            if a < b:
                assert np.abs(seen[a] - seen[b]).max() > 3, (a, b, seen[a], seen[b])


@settings(max_examples=40, deadline=None)
@given(
    name=st.sampled_from(NAMES),
    ms=st.integers(1, 600).map(lambda k: 100 * k),
    through=st.sampled_from([None, "nose", "mouth", "left", "right", "hum", "pursed"]),
)
def test_no_onset_is_harder_than_fifteen_milliseconds(name: str, ms: int, through: str | None) -> None:
    x = np.abs(breath_tone.render(phase(name, ms, through=through), 0, RATE // 10)).max(axis=1)
    assert x[0] == 0.0
    assert x.max() < 0.3
    # What sounds in the first 3 ms is no more than a hint of what comes.
    assert x[: 3 * FRAMES_PER_MS].max() <= max(0.15 * x.max(), 0.002)


@settings(max_examples=40, deadline=None)
@given(name=st.sampled_from(NAMES), ms=st.integers(1, 120).map(lambda k: 100 * k), first=st.integers(0, 600_000))
def test_any_block_is_the_same_piece_of_the_phase(name: str, ms: int, first: int) -> None:
    cue = phase(name, ms)
    whole_ = breath_tone.render(cue, first, 3000)
    parts = np.concatenate((breath_tone.render(cue, first, 777), breath_tone.render(cue, first + 777, 2223)))
    np.testing.assert_allclose(parts, whole_, atol=1e-6)


@pytest.mark.parametrize("name", NAMES)
def test_it_ends_softly_and_for_good(name: str) -> None:
    cue = phase(name, 1500)
    end = 1500 * FRAMES_PER_MS
    x = breath_tone.render(cue, end, breath_tone.RELEASE + 4000)
    assert not x[breath_tone.RELEASE :].any()
    assert np.abs(x[breath_tone.RELEASE - 200 : breath_tone.RELEASE]).max() < 1e-3
    assert not breath_tone.render(cue, -5000, 5000).any()


@pytest.mark.parametrize("name", ["inhale", "hold", "exhale"])
def test_cut_short_it_fades_from_where_it_was(name: str) -> None:
    cue, cut = phase(name, 8000), 3000 * FRAMES_PER_MS
    full = breath_tone.render(cue, 0, cut + RATE)
    short = breath_tone.render(cue, 0, cut + RATE, cut)
    np.testing.assert_array_equal(short[:cut], full[:cut])
    assert not short[cut + breath_tone.RELEASE :].any()
    assert np.abs(np.diff(short, axis=0)).max() <= 1.05 * np.abs(np.diff(full, axis=0)).max()


def test_left_and_right_are_heard_on_their_side() -> None:
    left, right = whole(phase("inhale", through="left")), whole(phase("inhale", through="right"))
    assert rms(left[:, :1]) > 3 * rms(left[:, 1:])
    assert rms(right[:, 1:]) > 3 * rms(right[:, :1])
    middle = whole(phase("inhale", through="nose"))
    np.testing.assert_array_equal(middle[:, 0], middle[:, 1])


def test_hum_is_a_bee_that_invites_to_hum_along() -> None:
    hum, plain = whole(phase("exhale", 8000, through="hum")), whole(phase("exhale", 8000))
    assert pitch(hum, 1.0) / pitch(hum, 6.0) < 1.15 < 1.5 < pitch(plain, 1.0) / pitch(plain, 6.0)
    assert centroid(hum, 6.0) > 1.5 * centroid(plain, 6.0)


def test_mouth_and_pursed_lips_are_airier_than_the_nose() -> None:
    def air(through: str) -> float:
        x = whole(phase("exhale", 4000, through=through))[:, 0]
        power = np.abs(np.fft.rfft(x)) ** 2
        hz = np.fft.rfftfreq(len(x), 1 / RATE)
        return float(power[hz > 900].sum())

    assert air("nose") < air("mouth") < air("pursed")


def test_without_tones_it_is_silent() -> None:
    assert not whole(phase("inhale", tones=False)).any()


def test_pitch_is_the_fill_that_the_pacer_draws() -> None:
    cue = phase("inhale", 6000)
    x = whole(cue)
    for s in (1.5, 3.0, 4.5):
        want = breath_tone.LOW + breath_tone.SPAN * fill_at(cue, s * 1000)
        assert pitch(x, s - 0.1, 0.2) == pytest.approx(want, rel=0.03)
