"""The narrator: what is wanted is said, in order; what goes wrong ends nothing and is told once."""

from __future__ import annotations

import threading

import numpy as np
import pytest

from mindful.audio.voice.cache import Cache
from mindful.audio.voice.delivery import Delivered
from mindful.audio.voice.engine import Clip
from mindful.audio.voice.narrator import CANNOT_LOAD, NOT_SPOKEN, Narrator
from mindful.audio.voice.saying import Sayer
from mindful.audio.wavefile import SoundFileError
from mindful.player.ports import Voice
from mindful.timeline.speech import Length, Line, estimate_ms, sentences
from tests.audio.voice.voices import Counting, English, Failing, Missing, narrator

A, B, C = Line("Let your shoulders soften."), Line("Breathe in, and out."), Line("Rest now.")


def test_it_has_the_shape_of_the_players_voice() -> None:
    made = narrator(Counting())
    for name in (n for base in Voice.__mro__ for n in vars(base) if not n.startswith("_")):
        assert hasattr(made, name), name


def test_a_line_is_a_guess_until_it_is_said_and_real_from_then_on() -> None:
    made = narrator(Counting())
    assert made.length(A) == Length(estimate_ms(A.text, A.wpm))
    assert not made.settled(A) and made.sound(A) is None and made.revision == 0
    made.want([A])
    assert made.work() and not made.work()
    length, sound = made.length(A), made.sound(A)
    assert not length.estimated and made.settled(A) and made.revision == 1
    assert sound is not None and len(sound) == length.ms * 48
    assert len(length.sentences) == len(sentences(A.text))
    made.want([A])
    assert not made.work() and made.length(A) == length and made.sound(A) is sound


def test_what_is_wanted_last_is_said_first_and_each_line_once() -> None:
    engine = Counting()
    made = narrator(engine)
    made.want([A, B])
    made.want([C, B, C])
    while made.work():
        pass
    assert engine.asked == [C.text, B.text, A.text]


def test_a_phrase_that_cannot_be_said_is_told_once_and_the_rest_goes_on() -> None:
    made = narrator(Failing())
    hard, harder = Line("This is hard."), Line("So is hardness.")
    made.want([hard, A, harder])
    while made.work():
        pass
    assert made.notices() == [NOT_SPOKEN] and made.notices() == []
    assert made.settled(hard) and made.sound(hard) is None and made.length(hard).ms == estimate_ms(hard.text, 110)
    assert made.sound(A) is not None


def test_a_voice_that_cannot_be_loaded_is_asked_once_and_told_once() -> None:
    engine = Missing()
    made = narrator(engine)
    assert made.speaks("guide", "en")
    made.want([A, B, C])
    while made.work():
        pass
    assert engine.asked == [A.text]
    assert made.notices() == [CANNOT_LOAD] and made.notices() == []
    assert all(made.settled(line) and made.sound(line) is None for line in (A, B, C))
    assert not made.speaks("guide", "en"), "tones must take the place of spoken phases"
    assert made.revision == 1


def test_without_a_voice_nothing_is_said_and_nothing_is_a_guess() -> None:
    engine = Counting()
    made = narrator(engine)
    quiet = Line("Only shown.", voice="none")
    assert made.settled(quiet) and made.length(quiet) == Length(estimate_ms(quiet.text, 110), estimated=False)
    made.want([quiet])
    assert not made.work() and engine.asked == [] and made.notices() == []
    assert not made.speaks("none", "en")


def test_a_language_that_nobody_speaks_is_shown_and_told_once() -> None:
    made = narrator(English())
    lines = [Line("Atme ein.", language="de"), Line("Und aus.", language="de-AT"), Line("In.", language="en-GB")]
    assert not made.speaks("guide", "de") and made.speaks("guide", "en-GB")
    made.want(lines)
    assert made.settled(lines[0]) and not made.settled(lines[2])
    while made.work():
        pass
    assert made.sound(lines[2]) is not None and made.sound(lines[0]) is None
    assert len(made.notices()) == 2 and made.notices() == []  # one for each language


def test_a_voice_that_is_not_known_is_the_sessions_own() -> None:
    made = narrator(Counting())
    line = Line("Hello.", voice="nobody")
    made.want([line])
    assert made.speaks("nobody", "en") and made.work() and made.sound(line) is not None


def test_say_all_tells_how_far_it_is_and_what_has_no_sound() -> None:
    seen: list[tuple[int, int]] = []
    made = narrator(Failing())
    hard, none = Line("Too hard."), Line("Quiet.", voice="none")
    missing = made.say_all([A, hard, none, A], lambda done, of: seen.append((done, of)))
    assert missing == {hard: "too hard"}
    assert seen == [(0, 3), (1, 3), (2, 3), (3, 3)]


def test_the_worker_says_what_is_wanted_by_itself_and_closes() -> None:
    done = threading.Event()

    class Telling(Counting):
        def speak(self, text: str, *, pace: float = 1.0, seed: int = 0) -> Clip:
            if text == C.text:
                done.set()
            return super().speak(text, pace=pace, seed=seed)

    engine = Telling()
    made = narrator(engine, threaded=True)
    made.want([A, B, C])
    assert done.wait(20)
    made.close()
    made.close()
    assert engine.closed and engine.asked == [A.text, B.text, C.text]
    made.want([Line("More.")])
    assert made.settled(Line("More.")) and len(engine.asked) == 3


def test_a_fault_of_the_program_itself_in_saying_a_line_is_not_fatal(monkeypatch: pytest.MonkeyPatch) -> None:
    from mindful.audio.voice import delivery

    made = narrator(Counting())

    def broken(*_: object) -> None:
        raise RuntimeError("a fault")

    monkeypatch.setattr(delivery, "guide", broken)
    made.want([A])
    assert made.work()
    assert made.settled(A) and made.sound(A) is None and made.notices() == [NOT_SPOKEN]


def test_the_sound_cannot_be_changed_by_whoever_plays_it() -> None:
    made = narrator(Counting())
    made.say_all([A])
    sound = made.sound(A)
    assert sound is not None
    with pytest.raises(ValueError, match="read-only"):
        sound[0] = 1


def test_a_client_who_wants_no_voice_gets_none_and_is_told_nothing() -> None:
    engine = Counting()
    made = Narrator({"tone": Sayer(engine, Cache(None), {})}, "none", threaded=False)
    made.want([A, Line("By name.", voice="tone")])
    assert not made.work() and made.settled(A) and not made.speaks("tone", "en")
    assert not made.length(A).estimated and made.notices() == [] and engine.asked == []


def recording(why: str = "") -> Delivered:
    if why:
        raise SoundFileError(f"hello.wav: {why}")
    return Delivered(np.full(96_000, 0.1, np.float32), ())


def test_a_recording_is_heard_in_place_of_any_voice() -> None:
    made = Narrator({}, "none", lambda _: recording(), threaded=False)
    line = Line("Hello.", voice="none", audio="hello.wav", language="de")
    assert not made.settled(line) and made.length(line).estimated
    made.want([line])
    assert made.work() and made.length(line) == Length(2000, estimated=False)
    sound = made.sound(line)
    assert sound is not None and len(sound) == 96_000


@pytest.mark.parametrize("voice", ["guide", "none"])
def test_a_recording_that_cannot_be_read_is_told_and_its_words_are_spoken(voice: str) -> None:
    engine = Counting()
    made = Narrator(
        {"tone": Sayer(engine, Cache(None), {})}, "tone", lambda _: recording("it is empty"), threaded=False
    )
    line = Line("Hello.", voice=voice, audio="hello.wav")
    made.want([line])
    assert made.work() and made.settled(line)
    spoken = voice == "guide"
    instead = "the words are spoken instead" if spoken else "the words are shown"
    assert made.notices() == [f"A recording could not be read (hello.wav: it is empty); {instead}."]
    assert (made.sound(line) is not None) == spoken == bool(engine.asked)
    assert not made.length(line).estimated
