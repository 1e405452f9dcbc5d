"""The real voice, where its engine is installed: a few lines only."""

from __future__ import annotations

import numpy as np
import pytest

from mindful.audio.voice import hibari, loudness, paces
from mindful.audio.voice.cache import Cache
from mindful.audio.voice.engine import EngineError, EngineMissingError
from mindful.audio.voice.hibari import Heart
from mindful.audio.voice.saying import Sayer
from mindful.timeline.breath_words import ROOM_MS
from mindful.timeline.speech import Line

MISSING = hibari.missing()
pytestmark = pytest.mark.skipif(MISSING is not None, reason=f"the voice cannot be tested here: {MISSING}")

TEXT = (
    "Find a way of sitting that lets your back be long. If it feels right, let your eyes close. "
    "Notice the places where you touch the ground, and let them carry your weight. "
    "There is nowhere else to be, and nothing to do. When thoughts come, let them pass like weather. "
    "Come back, gently, to the next breath."
)


@pytest.fixture(scope="module")
def heart() -> Heart:
    return Heart()


def test_a_phrase_is_finite_within_full_scale_and_has_its_words_in_order(heart: Heart) -> None:
    clip = heart.speak("Let your shoulders soften, and breathe in.", pace=0.72)
    assert clip.pcm.dtype == np.float32 and clip.pcm.ndim == 1 and clip.rate == 24_000
    assert np.isfinite(clip.pcm).all() and 0.05 < np.abs(clip.pcm).max() <= 1
    assert [w.text for w in clip.words] == ["Let", "your", "shoulders", "soften", ",", "and", "breathe", "in", "."]
    starts = [w.start for w in clip.words]
    assert starts == sorted(starts) and starts[0] >= 0 and clip.words[-1].end <= len(clip.pcm) / clip.rate


def test_the_sound_is_the_package_s_own(heart: Heart) -> None:
    """Asking for word times changes nothing of what is heard."""
    from hibari import Hibari

    text = "Rest here for a while."
    np.testing.assert_array_equal(heart.speak(text, pace=0.7).pcm, np.clip(Hibari()(text, speed=0.7, seed=0), -1, 1))


def test_the_same_phrase_is_the_same_bytes(heart: Heart) -> None:
    one, two = heart.speak("Rest.", pace=0.8), Heart().speak("Rest.", pace=0.8)
    assert one.pcm.tobytes() == two.pcm.tobytes() and one.words == two.words


@pytest.mark.parametrize("wpm", [100, 110, 120])
def test_guidance_comes_out_at_its_rate(heart: Heart, wpm: int) -> None:
    said = Sayer(heart, Cache(None), {}).say(Line(TEXT, wpm=wpm))
    rate = len(TEXT.split()) / said.ms * 60_000
    assert rate == pytest.approx(wpm, rel=0.05)
    if wpm == 110:
        assert 100 <= rate <= 130
    assert np.isfinite(said.sound).all() and np.abs(said.sound).max() < 0.9
    assert loudness.lufs(said.sound, 48_000) == pytest.approx(-20, abs=1)


def test_every_count_fits_its_second_and_every_phase_its_name(heart: Heart) -> None:
    from mindful.timeline.breath_words import _COUNT

    sayer = Sayer(heart, Cache(None), {})
    for word in _COUNT:
        assert sayer.say(Line(word, wpm=150, manner="cue")).ms <= paces.CUE_ROOM_MS < ROOM_MS, word
    for name in (
        "Breathe in",
        "Breathe out",
        "And a little more",
        "Breathe in, left",
        "Breathe out, right",
        "Hold",
        "Rest",
    ):
        assert sayer.say(Line(name, wpm=150, manner="cue")).ms < 1300, name


@pytest.mark.parametrize(
    "text", ["", "   ", ",", "???", "a" * 600, "静かに", "x \ue000 y", "[a](/b/)", "\x00", "word " * 300]
)
def test_odd_text_is_sound_or_silence_but_no_crash(heart: Heart, text: str) -> None:
    assert np.isfinite(heart.speak(text).pcm).all()


def test_a_model_that_is_not_the_known_one_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hibari, "MODEL_SHA256", "0" * 64)
    with pytest.raises(EngineMissingError, match="not the one"):
        Heart().speak("Rest.")


def test_without_word_times_the_voice_speaks_as_well(monkeypatch: pytest.MonkeyPatch, heart: Heart) -> None:
    monkeypatch.setattr(hibari, "_DURATIONS", "/no_such_tensor")
    plain = Heart().speak("Rest, and breathe.", pace=0.8)
    assert plain.words == ()
    np.testing.assert_array_equal(plain.pcm, heart.speak("Rest, and breathe.", pace=0.8).pcm)


def test_after_closing_nothing_is_loaded_again() -> None:
    made = Heart()
    made.close()
    made.close()
    with pytest.raises(EngineError, match="closed"):
        made.speak("Rest.")


def test_no_voice_is_named_so_nothing_can_be_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def refused(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refused)
    assert len(Heart().speak("Rest.").pcm)


def test_the_voice_knows_every_letter_that_sounds_are_written_in(heart: Heart) -> None:
    from mindful.audio.voice.lexicon import _TAKEN

    heart.speak("Rest.")
    assert heart._front.vocab.keys() >= _TAKEN


@pytest.mark.parametrize("text", ["[Shhh](/ʃʃʃ/), rest.", "[Ujjayi](/uʤˈIi/) breath.", "tai [chi](/ʧˈi/)"])
def test_a_word_with_its_sounds_is_heard(heart: Heart, text: str) -> None:
    clip = heart.speak(text, pace=0.8)
    word = next(w for w in clip.words if w.text in text.split("]")[0])
    part = clip.pcm[int(word.start * clip.rate) : int(word.end * clip.rate)]
    assert word.end - word.start > 0.1 and np.abs(part).max() > 0.02
    assert not {"ʃ", "/", "[", "]"} & {w.text for w in clip.words}
