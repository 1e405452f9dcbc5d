"""An exposure as plain lines: rated by typing, the numbers so far, x for an end by choice, and without a keyboard."""

from __future__ import annotations

from mindful.plain import words
from mindful.timeline.exposure import words as said
from mindful.timeline.exposure.known import Known
from tests.making import script
from tests.plain.stage import play

STEP = {
    "exposure": {"ladder": [{"item": "A dog", "suds": 40}], "item": "A dog", "for": "4 min", "predict": False},
    "id": "dog",
}


def test_ratings_are_typed_and_told_as_numbers_and_x_ends_it() -> None:
    told = play(
        script(STEP, {"say": "Thank you."}),
        (1.0, "1"), (3.0, "40"), (125.0, "70"), (130.0, "x"), (133.0, "60"),
        (140.0, "It sat"), (142.0, "Nothing came"), (144.0, "Again"), (146.0, ""), (150.0, ""), (160.0, ""),
    )  # fmt: skip
    assert said.rating(0) in told.lines and told.lines.count(said.rating(1)) == 2
    assert words.curve([40, 70]) in told.asides
    assert any(aside.startswith("It asks again in 2 min") for aside in told.asides)
    (data,) = [e["data"] for e in told.log.of("step") if e["phase"] == "end" and "ended" in e["data"]][-1:]
    assert data["ended"] == "chosen" and [s for _, s in data["ratings"]] == [40, 70, 60]


def test_without_a_keyboard_nobody_is_led_into_it() -> None:
    told = play(script(STEP, {"say": "Thank you."}), keyboard=False)
    assert told.ended.status == "completed"
    assert said.locked_title() in told.lines and said.rating(0) not in told.lines
    assert "Thank you." in told.lines


def test_answers_given_beforehand_carry_it_through() -> None:
    answers = {"dog.agreed": "1", "dog.suds": "50", "dog.after.learned": "Nothing came"}
    told = play(script(STEP), keyboard=False, answers=answers)
    (data,) = [e["data"] for e in told.log.of("step") if e["phase"] == "end" and "after" in e["data"]][-1:]
    assert [s for _, s in data["ratings"]] == [50, 50, 50] and data["ended"] == "time"
    assert data["after"]["learned"] == "Nothing came"
    assert Known() == Known("")
