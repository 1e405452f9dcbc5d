"""What a client types becomes the answer that its prompt wants, or is refused in kind words."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mindful.player.answers import LONGEST, RefusedError, accept
from mindful.timeline.model import AnyPrompt, AskPrompt, ChoosePrompt, KeyPrompt, LearnPrompt, RatePrompt

RATE = RatePrompt(id="a", low=0, high=10)
TEXT = AskPrompt(id="a", answer="text")
NUMBER = AskPrompt(id="a", answer="number")
CHOICE = AskPrompt(id="a", answer="choice", options=("Tea", "Water"))
CHOICES = AskPrompt(id="a", answer="choices", options=("Tea", "Water"))
YES = AskPrompt(id="a", answer="yes-no")
TIME = AskPrompt(id="a", answer="time")


@pytest.mark.parametrize(
    ("prompt", "given_", "kept"),
    [
        (RATE, 5, 5),
        (RATE, " 5,5 ", 5.5),
        (RATE, "10.0", 10),
        (RATE, "", None),
        (TEXT, "a\r\nb\x1b[31m", "a\nb[31m"),
        (NUMBER, "-3", -3),
        (CHOICE, "water", "Water"),
        (CHOICE, "1", "Tea"),
        (CHOICES, ["tea", 2], ["Tea", "Water"]),
        (CHOICES, "tea", ["Tea"]),
        (YES, True, True),
        (YES, "n", False),
        (YES, "Yes", True),
        (TIME, "7:05", "07:05"),
        (TIME, "23.59", "23:59"),
        (ChoosePrompt(required=True, options=("A", "B")), "b", "B"),
        (KeyPrompt(required=True), "whatever", None),
        (LearnPrompt(), [1, 0], [1, 0]),
        (LearnPrompt(), "x", None),
    ],
)
def test_kept(prompt: AnyPrompt, given_: Any, kept: Any) -> None:
    assert accept(prompt, given_) == kept


@pytest.mark.parametrize(
    ("prompt", "given_", "words"),
    [
        (RATE, 11, "from 0 to 10"),
        (RATE, "ten", "number"),
        (NUMBER, "1e400", "number"),
        (CHOICE, "Coffee", "options"),
        (CHOICE, "3", "options"),
        (YES, "perhaps", "Yes or no"),
        (TIME, "25:00", "time of day"),
        (RatePrompt(id="a", required=True), None, "needs an answer"),
        (ChoosePrompt(required=True, options=("A", "B")), "", "needs an answer"),
    ],
)
def test_refused(prompt: AnyPrompt, given_: Any, words: str) -> None:
    with pytest.raises(RefusedError, match=words):
        accept(prompt, given_)


@given(st.text(max_size=300))
def test_no_text_is_an_error_and_no_control_character_is_kept(text: str) -> None:
    kept = accept(TEXT, text)
    assert kept is None or not any(ord(c) < 32 and c not in "\n\t" for c in kept)


def test_a_very_long_text_is_kept_up_to_its_limit() -> None:
    assert len(accept(TEXT, "a" * 1_000_000)) == LONGEST


@given(st.one_of(st.text(max_size=20), st.integers(), st.floats(), st.lists(st.text(max_size=3)), st.none()))
def test_nothing_else_than_refusal_comes_of_anything(value: Any) -> None:
    for prompt in (RATE, NUMBER, CHOICE, CHOICES, YES, TIME, LearnPrompt()):
        try:
            accept(prompt, value)
        except RefusedError as e:
            assert str(e)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        *(("22:45", "22:45"), ("2245", "22:45"), ("22.45", "22:45"), ("22h45", "22:45"), ("22 45", "22:45")),
        *(("23", "23:00"), ("7", "07:00"), ("730", "07:30"), ("7 Uhr", "07:00"), ("23h", "23:00"), (" 0:05 ", "00:05")),
        *(("11 pm", "23:00"), ("11:30PM", "23:30"), ("12 am", "00:00"), ("12.15 p.m.", "12:15"), ("7 a.m.", "07:00")),
    ],
)
def test_a_time_may_be_written_as_people_write_it(typed: str, kept: str) -> None:
    prompt = AskPrompt(id="t", text="When?", answer="time")
    assert accept(prompt, typed) == accept(prompt, kept) == kept


@pytest.mark.parametrize("typed", ["24", "2460", "about eleven", "13 pm", "0 am", "1:5", "99", "22:45:10", "-3"])
def test_what_is_no_time_is_asked_again(typed: str) -> None:
    with pytest.raises(RefusedError, match="21:30"):
        accept(AskPrompt(id="t", text="When?", answer="time"), typed)
