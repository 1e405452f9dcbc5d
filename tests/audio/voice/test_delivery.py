"""Delivery: rate, pauses, edges and loudness of a line, with the tone voice and with made-up clips."""

from __future__ import annotations

import importlib.util
from itertools import pairwise

import numpy as np
import pytest

from mindful.audio.units import FRAMES_PER_MS, RATE, Mono
from mindful.audio.voice import delivery, loudness, paces
from mindful.audio.voice.cache import Cache
from mindful.audio.voice.delivery import Delivered
from mindful.audio.voice.engine import Clip, Word
from mindful.audio.voice.saying import Sayer
from mindful.audio.voice.tone import Tone
from mindful.timeline.speech import Line, sentences

TEXT = (
    "Let your shoulders soften, and let the breath be easy. Notice where your body touches the chair. "
    "Perhaps there is warmth, perhaps there is coolness. Nothing has to change right now."
)


def say(text: str, **kind: object) -> Delivered:
    return Sayer(Tone(), Cache(None), {}).say(Line(text, **kind))  # type: ignore[arg-type]


def sounding(sound: Mono) -> list[tuple[float, float]]:
    """Where there is sound, in ms, silences shorter than 120 ms not counted."""
    n = RATE // 100
    loud = np.abs(sound[: len(sound) // n * n]).reshape(-1, n).max(axis=1) > 1e-3
    at = np.flatnonzero(loud)
    cuts = np.flatnonzero(np.diff(at) > 12)
    return [(float(a[0]) * 10, float(a[-1] + 1) * 10) for a in np.split(at, cuts + 1)]


@pytest.mark.parametrize("wpm", [90, 100, 110, 120, 130])
def test_a_line_takes_the_time_that_its_rate_says(wpm: int) -> None:
    words = len(TEXT.split())
    assert words / say(TEXT, wpm=wpm).ms * 60_000 == pytest.approx(wpm, rel=0.06)


def test_a_slower_rate_is_slower_speech_and_longer_pauses() -> None:
    slow, fast = say(TEXT, wpm=90), say(TEXT, wpm=130)
    quiet = [sum(b[0] - a[1] for a, b in pairwise(s)) for s in map(sounding, (slow.sound, fast.sound))]
    voiced = [sum(b - a for a, b in sounding(x.sound)) for x in (slow, fast)]
    assert quiet[0] > quiet[1] * 1.2 and voiced[0] > voiced[1] * 1.1


def test_each_sentence_begins_where_it_is_said_to() -> None:
    said = say(TEXT)
    parts = sounding(said.sound)
    assert len(said.sentences) == len(sentences(TEXT)) == 4
    assert said.sentences[0] == 0
    begins = [a for a, _ in parts]
    for start in said.sentences:
        assert min(abs(start - b) for b in begins) <= 40
    assert list(said.sentences) == sorted(said.sentences)


def test_a_comma_is_a_pause_shorter_than_that_of_a_sentence_and_an_ellipsis_longer() -> None:
    one = sounding(say("Breathe in slowly, and breathe out slowly now. And rest here.").sound)
    assert len(one) == 3
    comma, stop = one[1][0] - one[0][1], one[2][0] - one[1][1]
    assert 150 < comma < stop
    two = sounding(say("Breathe in slowly, and breathe out slowly now... And rest here.").sound)
    assert two[2][0] - two[1][1] > stop * 1.2


def test_a_line_is_a_whole_number_of_milliseconds_of_mono_float32_and_starts_at_once() -> None:
    said = say("Rest in the breath.")
    assert said.sound.dtype == np.float32 and said.sound.ndim == 1
    assert len(said.sound) == said.ms * FRAMES_PER_MS
    assert sounding(said.sound)[0][0] <= 40
    assert said.sound[0] == pytest.approx(0, abs=1e-3) and said.sound[-1] == 0


def test_a_line_that_holds_nothing_to_say_is_silence() -> None:
    said = say("…")
    assert said.ms >= 1000 and not said.sound.any() and said.sentences == (0,)


def test_a_cue_is_trimmed_and_a_count_fits_its_second() -> None:
    for text in ("two", "seven", "Breathe in", "And a little more"):
        said = say(text, manner="cue", wpm=150)
        (only,) = sounding(said.sound)
        assert only[0] <= 20 and said.ms - only[1] <= 40
    assert say("fifteen", manner="cue").ms <= paces.CUE_ROOM_MS


def test_nothing_jumps_where_a_pause_is_cut_in() -> None:
    """A clip without any silence at its comma: the widened pause still fades."""
    n = 24_000
    pcm = (0.3 * np.sin(2 * np.pi * 200 * np.arange(2 * n) / n)).astype(np.float32)
    words = (Word("one", 0.0, 0.9), Word(",", 0.9, 1.0), Word("two", 1.1, 2.0))
    from mindful.audio.voice.phrases import Phrase

    said = delivery.guide([Clip(pcm, n, words)], [Phrase("one, two", 12)], 110)
    assert len(sounding(said.sound)) == 2
    steepest = np.abs(np.diff(said.sound)).max()
    assert steepest < np.abs(said.sound).max() * 2 * np.pi * 200 / RATE * 1.6


def test_long_vowels_at_the_end_are_not_cut() -> None:
    """A tone that dies away over half a second is kept until it is 45 dB down."""
    n = 24_000
    t = np.arange(n) / n
    pcm = (0.5 * np.sin(2 * np.pi * 200 * t) * 10 ** (-np.maximum(0, t - 0.3) * 45 / 20 / 0.5)).astype(np.float32)
    kept = delivery.trimmed(pcm, n, after_s=delivery.TAIL_S)
    assert 0.8 <= len(kept) / n <= 0.9


@pytest.mark.parametrize("gain", [0.05, 0.5, 3.0])
def test_every_line_is_as_loud_as_every_other_and_never_beyond_its_peak(gain: float) -> None:
    n = 48_000
    t = np.arange(3 * n) / n
    voice = (0.3 * gain * np.sin(2 * np.pi * 220 * t) * (np.sin(2 * np.pi * 3 * t) > 0)).astype(np.float32)
    out = delivery.levelled(voice)
    assert loudness.lufs(out, n) == pytest.approx(delivery.VOICE_LUFS, abs=0.1)
    clicks = np.zeros(n, np.float32)
    clicks[::4000] = 1
    assert np.abs(delivery.levelled(clicks)).max() <= delivery.PEAK + 1e-6
    assert not delivery.levelled(np.zeros(n, np.float32)).any()


def test_the_measure_of_loudness_knows_its_reference() -> None:
    """BS.1770: a 997 Hz sine at full scale in one channel is -3.01 LUFS; half the level is 6 dB less."""
    t = np.arange(4 * RATE) / RATE
    sine = np.sin(2 * np.pi * 997 * t).astype(np.float32)
    assert loudness.lufs(sine, RATE) == pytest.approx(-3.01, abs=0.1)
    assert loudness.lufs(sine / 2, RATE) == pytest.approx(-9.03, abs=0.1)
    gapped = np.concatenate((sine, np.zeros(8 * RATE, np.float32)))
    assert loudness.lufs(gapped, RATE) == pytest.approx(-3.01, abs=0.4), "silence is gated out"
    assert loudness.lufs(np.zeros(RATE, np.float32), RATE) == loudness.SILENT
    assert loudness.lufs(sine[: RATE // 4], RATE) == pytest.approx(-3.01, abs=0.3), "shorter than a block"


@pytest.mark.skipif(importlib.util.find_spec("pyloudnorm") is None, reason="pyloudnorm is not installed here")
def test_the_measure_of_loudness_agrees_with_another() -> None:
    import pyloudnorm

    for text in (TEXT, "Rest in the breath, and let it go."):
        sound = say(text).sound
        other = pyloudnorm.Meter(RATE).integrated_loudness(sound.astype(np.float64))
        assert loudness.lufs(sound, RATE) == pytest.approx(other, abs=0.3)
