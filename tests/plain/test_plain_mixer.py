"""The mixer by typed words."""

from __future__ import annotations

import pytest

from mindful.audio.levels import OFF, Levels
from mindful.plain import sound
from tests.making import script
from tests.plain.stage import play

QUIET = script({"pause": "60 s"})


@pytest.mark.parametrize(
    ("typed", "levels", "said"),
    [
        ("voice -", Levels(voice=-3), "Voice at -3 dB."),
        ("Voice ---", Levels(voice=-9), "Voice at -9 dB."),
        ("tone +", Levels(cues=3), "Breath tone at +3 dB."),
        ("bells off", Levels(bells=OFF), "Bells off."),
        ("background+", Levels(background=3), "Background at +3 dB."),
        ("background 0", Levels(), "Background as made."),
    ],
)
def test_words_and_signs_move_the_mixer(typed: str, levels: Levels, said: str) -> None:
    assert sound.read(typed, Levels()) == (levels, said)


@pytest.mark.parametrize("typed", ["", "voice", "voices -", "p", "louder", "voice -+", "bells 3", "my voice -"])
def test_other_lines_are_about_something_else(typed: str) -> None:
    assert sound.read(typed, Levels()) is None


def test_it_is_carried_out_said_and_remembered() -> None:
    kept: list[Levels] = []
    done = play(QUIET, (3, "voice -"), (5, "bells off"), (7, "voice -"), remember=kept.append)
    assert done.asides.count("Voice at -3 dB.") == 1 and "Voice at -6 dB." in done.asides
    assert kept == [Levels(voice=-3), Levels(voice=-3, bells=OFF), Levels(voice=-6, bells=OFF)]
    assert done.ended.status == "completed"


def test_where_words_are_the_answer_they_are_the_answer() -> None:
    asked = script({"ask": {"id": "felt", "text": "What did you hear?", "answer": "text"}})
    done = play(asked, (3, "voice -"))
    assert done.log.of("answer")[0]["value"] == "voice -"
