"""Numbers with a unit: taken where the question names the same one, asked again with a word why where it does not."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mindful.player import units
from mindful.player.answers import RefusedError, accept, accept_field
from mindful.timeline.lifestyle import SLEEP
from mindful.timeline.model import AskPrompt, RatePrompt

SLEPT = "About how many minutes until you slept?"


@pytest.mark.parametrize(
    ("typed", "asked", "number"),
    [
        ("20 min", SLEPT, 20),
        ("20 minutes", SLEPT, 20),
        ("30 mins", SLEPT, 30),
        ("30Min.", "Nach etwa wie vielen Minuten bist du eingeschlafen?", 30),
        ("7 hours", "How many hours did you sleep?", 7),
        ("7,5 h", "How many hours did you sleep?", 7.5),
        ("3 times", "How many times did you wake, the last time not counted?", 3),
        ("2 mal", "Wie viele Male bist du aufgewacht?", 2),
        ("80 %", "How sure are you, in percent?", 80),
        ("12", "How many?", 12),
        ("-3", "How far?", -3),
    ],
)
def test_the_unit_of_the_question_may_stand_behind_the_number(typed: str, asked: str, number: float) -> None:
    assert accept(AskPrompt(id="a", text=asked, answer="number"), typed) == number


@pytest.mark.parametrize(
    ("typed", "asked", "why"),
    [
        ("1 hour", SLEPT, "This asks for minutes"),
        ("20 apples", SLEPT, "This asks for minutes"),
        ("20 min", "How long was it?", "without “min”"),
        ("12 breaths", "How many breaths a minute?", "without “breaths”"),
        ("twenty min", SLEPT, "A number, please."),
        ("20 to 30 min", SLEPT, "A number, please."),
        ("nan", SLEPT, "A number, please."),
        ("min", SLEPT, "A number, please."),
        ("1e999", SLEPT, "A number, please."),
    ],
)
def test_another_unit_is_another_number_and_is_not_guessed(typed: str, asked: str, why: str) -> None:
    with pytest.raises(RefusedError, match=why):
        accept(AskPrompt(id="a", text=asked, answer="number"), typed)


def test_the_bounds_of_a_diary_hold_with_a_unit_too() -> None:
    latency = next(field for field in SLEEP if field.name == "latency")
    assert accept_field(latency, "20 min") == 20
    with pytest.raises(RefusedError, match="from 0 to 720"):
        accept_field(latency, "900 min")


def test_the_ends_of_a_scale_name_a_unit_too() -> None:
    prompt = RatePrompt(id="a", text="How sure?", low=0, high=100, low_label="0 percent", high_label="all of it")
    assert accept(prompt, "60 %") == 60


@given(st.floats(-1e6, 1e6, allow_nan=False), st.sampled_from(sorted(units.UNITS)))
def test_whatever_the_number_its_unit_changes_nothing(number: float, unit: str) -> None:
    for word in units.UNITS[unit]:
        assert units.read(f"{number!r} {word}", f"How many {unit}?") == number


@given(st.text(max_size=12))
def test_whatever_is_typed_is_a_number_or_refused(typed: str) -> None:
    with contextlib.suppress(ValueError):
        assert isinstance(units.read(typed, SLEPT), float)
