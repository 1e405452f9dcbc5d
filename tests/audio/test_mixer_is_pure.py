"""The mixer: a pure function of position. Blocks join, seeking is free, nothing clips or clicks, tails stay whole."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mindful.audio import bells, breath_tone, layers, mixer
from mindful.audio.mixer import ENDING, GAINS_DB, Mixer
from mindful.audio.units import FRAMES_PER_MS, RATE, TILE, Block, decibels
from tests.audio.made import BOX, SIGH, bell, breaths, layer, phase, rms, segment, sigh_session, timeline

SESSION = sigh_session(3, "ocean")
WHOLE = Mixer().render(SESSION, 0, 30 * RATE)


@pytest.mark.parametrize("size", [4096, 1000, 777, 48_000])
def test_blocks_join_to_the_last_bit(size: int) -> None:
    made = Mixer()
    blocks = [made.render(SESSION, i, size) for i in range(0, len(WHOLE) - size, size)]
    joined = np.concatenate(blocks)
    np.testing.assert_array_equal(joined, WHOLE[: len(joined)])


@settings(max_examples=40, deadline=None)
@given(first=st.integers(-5000, 29 * RATE), n=st.integers(1, 20_000))
def test_any_block_from_a_fresh_mixer_is_the_same_piece(first: int, n: int) -> None:
    got = Mixer().render(SESSION, first, n)
    assert got.shape == (n, 2) and got.dtype == np.float32
    a = min(n, max(0, -first))
    assert not got[:a].any()
    b = min(n, len(WHOLE) - first)
    np.testing.assert_array_equal(got[a:b], WHOLE[first + a : first + b] if a < b else got[a:b])


def test_order_of_asking_and_other_sessions_between_do_not_matter() -> None:
    made, other = Mixer(), timeline(segment(bell(0, "gong"), ms=5000))
    for first in (20 * RATE, 0, 11 * RATE + 5, 3 * RATE):
        np.testing.assert_array_equal(made.render(SESSION, first, 9000), WHOLE[first : first + 9000])
        made.render(other, first, 100)


def test_what_is_given_can_be_changed_without_harm() -> None:
    made = Mixer()
    made.render(SESSION, 0, 1000)[:] = 7
    np.testing.assert_array_equal(made.render(SESSION, 0, 1000), WHOLE[:1000])


def at_borders(x: Block, size: int) -> float:
    """How much stronger than elsewhere the highest frequencies are where blocks of `size` meet, in standard errors.

    A third difference of the sound, a high-pass of 18 dB an octave, is what a seam of any kind is seen in: a step, a
    kink, a gain that changes. Where the sound itself is soft or loud is taken out by the median of what is around.
    """
    rough = np.abs(np.diff(x[:, 0].astype(np.float64), 3))
    around = np.median(rough[: len(rough) // 480 * 480].reshape(-1, 480), axis=1).repeat(480) + 1e-9
    rough = np.log(rough[: len(around)] / around + 1e-3)
    borders = np.arange(size, len(rough) - 3, size)
    seams = np.concatenate([rough[borders - k] for k in range(1, 4)])
    return float((seams.mean() - rough.mean()) / (rough.std() / np.sqrt(len(seams))))


@pytest.mark.parametrize("background", ["ocean", "rain", "drone", "binaural"])
@pytest.mark.parametrize("size", [TILE, 4800, 480])
def test_where_blocks_meet_cannot_be_found(background: str, size: int) -> None:
    x = Mixer().render(sigh_session(5, background), 0, 45 * RATE)
    assert abs(at_borders(x, size)) < 4
    seam = x.copy()
    seam[size::size] += 3e-4  # a single frame that is -70 dBFS off at each border is found
    assert at_borders(seam, size) > 8


def test_a_bell_is_mixed_at_its_very_frame_and_level() -> None:
    t = timeline(segment(bell(1234, "chime", -6.0), ms=9000))
    got = Mixer().render(t, 0, 9 * RATE)
    at = 1234 * FRAMES_PER_MS
    stroke = bells.stroke("chime")
    assert not got[:at].any()
    np.testing.assert_allclose(got[at : at + len(stroke), 0], decibels(-6.0) * stroke, atol=1e-6)


def test_a_phase_is_mixed_at_its_very_frame() -> None:
    cue = phase("inhale", 3000, 500)
    got = Mixer().render(timeline(segment(cue, ms=6000)), 0, 6 * RATE)
    at = 500 * FRAMES_PER_MS
    want = GAINS_DB.gain("cues") * breath_tone.render(cue, 0, 3 * RATE)
    np.testing.assert_allclose(got[at : at + 3 * RATE], want, atol=1e-6)


def test_a_bell_rings_over_borders_and_past_the_end() -> None:
    t = timeline(segment(bell(900), ms=1000), segment(ms=500, index=1))
    got = Mixer().render(t, 0, 16 * RATE)
    stroke, at = bells.stroke("bowl"), 900 * FRAMES_PER_MS
    np.testing.assert_allclose(got[at : at + len(stroke), 0], stroke, atol=1e-6)
    assert Mixer().end_frame(t) == at + len(stroke)
    assert not got[at + len(stroke) :].any()


@pytest.mark.parametrize("ms", [3000, 0])
def test_a_bell_at_the_very_end_is_heard(ms: int) -> None:
    """A script whose last step is a bell; with 0, right after a question."""
    t, m, sound = timeline(segment(bell(ms), ms=ms)), Mixer(), bells.stroke("bowl")
    heard = m.render(t, ms * FRAMES_PER_MS, len(sound))
    np.testing.assert_array_equal(heard[:, 0], sound)
    assert m.end_frame(t) == ms * FRAMES_PER_MS + len(sound)


def test_an_unknown_bell_and_none_are_silent() -> None:
    t = timeline(segment(bell(0, "none"), bell(100, "siren"), ms=1000))
    made = Mixer()
    made.warm(t)
    assert not made.render(t, 0, RATE).any()
    assert made.end_frame(t) == RATE


def test_loops_go_on_in_an_open_segment() -> None:
    open_ = timeline(segment(*breaths(1), ms=None, loop=(0, 6000)), complete=False)
    laid_out = timeline(segment(*breaths(50), ms=300_000))
    for first in (0, 100 * RATE, 287 * RATE + 17):
        np.testing.assert_array_equal(Mixer().render(open_, first, RATE), Mixer().render(laid_out, first, RATE))


def test_closing_an_open_segment_changes_nothing_before() -> None:
    old = timeline(segment(layer(0, "rain"), *breaths(1), ms=None, loop=(0, 6000)), complete=False)
    new = old.closed(7500).extended(segment(bell(0), ms=3000, index=1), complete=True)
    at = 7500 * FRAMES_PER_MS
    a, b = Mixer().render(old, 0, at + RATE), Mixer().render(new, 0, at + RATE)
    np.testing.assert_array_equal(a[:at], b[:at])
    assert np.abs(a[at:] - b[at:]).max() > 0.01


def test_a_background_fades_in_crosses_and_ends() -> None:
    t = timeline(segment(layer(0, "pink-noise", fade_ms=2000), layer(10_000, "rain", fade_ms=4000), ms=20_000))
    made = Mixer()

    def level(second: float) -> float:
        return rms(made.render(t, int(second * RATE), RATE // 4))

    assert level(0) < 0.3 * level(5)
    # Crossing, it is neither louder nor softer than either.
    steady = (level(9), level(15))
    assert 0.75 * min(steady) < level(12) < 1.3 * max(steady)
    end = 20 * RATE
    assert level(19.7) > 0.5 * steady[1]
    assert level(23) < 0.7 * level(19.5)
    assert made.end_frame(t) == end + ENDING
    assert not made.render(t, end + ENDING, RATE).any()


def test_the_same_layer_at_another_level_does_not_swell_on_the_way() -> None:
    t = timeline(segment(layer(0, "brown-noise"), layer(5000, "brown-noise", -6.0, 3000), ms=20_000))
    made = Mixer()
    plain = Mixer().render(timeline(segment(layer(0, "brown-noise"), ms=20_000)), 5 * RATE, 3 * RATE)
    crossing = made.render(t, 5 * RATE, 3 * RATE)
    assert (np.abs(crossing) <= np.abs(plain) * 1.0001 + 1e-6).all()
    later = made.render(t, 10 * RATE, RATE)
    np.testing.assert_allclose(
        later,
        decibels(-6) * Mixer().render(timeline(segment(layer(0, "brown-noise"), ms=20_000)), 10 * RATE, RATE),
        atol=1e-6,
    )


def test_silence_takes_a_layer_away() -> None:
    t = timeline(segment(layer(0, "rain"), layer(4000, "silence", fade_ms=1000), ms=10_000))
    assert Mixer().render(t, 3 * RATE, RATE).any()
    assert not Mixer().render(t, 5 * RATE + 10, RATE).any()


def test_quick_changes_do_not_jump() -> None:
    """Layers that change again while they still cross."""
    cues = [layer(i * 400, n, fade_ms=1500) for i, n in enumerate(("rain", "ocean", "wind", "silence", "drone"))]
    x = Mixer().render(timeline(segment(*cues, ms=6000)), 0, 6 * RATE)
    alone = max(
        float(np.abs(np.diff(layers.layer(n).render(0, 6 * RATE), axis=0)).max()) for n in ("rain", "ocean", "wind")
    )
    assert np.abs(np.diff(x, axis=0)).max() < 2.0 * alone


def clicks(x: Block, tone: float) -> float:
    """The largest bend of the waveform, against what the tone itself has."""
    return float(np.abs(np.diff(x.astype(float), 2, axis=0)).max()) / tone


@pytest.mark.parametrize("pattern", [SIGH, BOX, (("inhale", 100, 0.0, 1.0), ("exhale", 100, 1.0, 0.0))])
def test_no_phase_border_clicks(pattern: tuple[tuple[str, int, float, float], ...]) -> None:
    cues = breaths(3, pattern)
    total = sum(p[1] for p in pattern) * 3
    x = Mixer().render(timeline(segment(*cues, ms=total)), 0, (total + 300) * FRAMES_PER_MS)
    alone = max(
        float(np.abs(np.diff(breath_tone.render(c, 0, c.length_ms * FRAMES_PER_MS).astype(float), 2, axis=0)).max())
        for c in cues
        if hasattr(c, "phase")
    )
    assert clicks(x, alone) < 1.6


@pytest.mark.parametrize("background", ["ocean", "rain", "drone"])
def test_cues_are_as_loud_over_any_background(background: str) -> None:
    cues = (bell(0, level_db=-6.0), *breaths(2))
    both, bare, under = (
        Mixer().render(timeline(segment(*c, ms=12_000)), 0, 12 * RATE)
        for c in ((layer(0, background), *cues), cues, (layer(0, background),))
    )
    np.testing.assert_allclose(both - under, bare, atol=1e-6)


def test_an_ordinary_session_is_not_touched_by_the_limiter() -> None:
    made = Mixer()
    for first in range(0, 20 * RATE, RATE):
        made.render(SESSION, first, RATE)
        assert all(raw.needs is None for raw in made._raw.values())


def test_a_missing_sound_file_is_told_once_and_left_out(tmp_path: Path) -> None:
    made = Mixer(tmp_path)
    t = timeline(segment(layer(0, "gone.wav"), bell(0), ms=5000))
    with_bell = timeline(segment(bell(0), ms=5000))
    for _ in range(2):
        np.testing.assert_array_equal(made.render(t, 0, RATE), Mixer().render(with_bell, 0, RATE))
    assert len(made.problems) == 1 and "gone.wav" in made.problems[0]


def test_a_block_late_in_an_hour_costs_what_the_first_does() -> None:
    hour = timeline(
        segment(
            layer(0, "ocean"),
            bell(0),
            *breaths(327, (("inhale", 5500, 0.0, 1.0), ("exhale", 5500, 1.0, 0.0))),
            ms=327 * 11_000,
        )
    )
    made = Mixer()
    made.warm(hour)

    def cost(first: int) -> float:
        best = 1.0
        for i in range(20):
            a = time.perf_counter()
            made.render(hour, first + i * TILE, TILE)
            best = min(best, time.perf_counter() - a)
        return best

    early, late = cost(TILE), cost(3500 * RATE)
    assert late < 4 * early + 1e-3
    assert late < TILE / RATE / 4  # far quicker than it is heard


def test_warming_makes_the_first_block_quick(monkeypatch: pytest.MonkeyPatch) -> None:
    made = Mixer()
    made.warm(SESSION)
    monkeypatch.setattr(bells, "load", lambda path: pytest.fail("a block had to wait for a file"))
    np.testing.assert_array_equal(made.render(SESSION, 0, TILE), WHOLE[:TILE])


def test_memory_of_tiles_is_bounded() -> None:
    made = Mixer()
    for first in range(0, 40 * RATE, TILE):
        made.render(SESSION, first, TILE)
    assert len(made._tiles) == mixer.KEPT_TILES
