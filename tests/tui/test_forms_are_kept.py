"""What is entered in a form is not lost: not by going back, not by a program that dies; and it is large enough to hit."""

from __future__ import annotations

from typing import Any

import pytest

from mindful.player.conductor import Conductor
from mindful.timeline.model import AskPrompt, ChoosePrompt, RatePrompt
from mindful.tui.forms import form_for
from mindful.tui.forms.base import Form
from mindful.tui.rows import Row
from mindful.tui.screens.player import Player
from mindful.tui.widgets.form_view import FormView
from tests.tui.test_player_keys import Driver, playing

TWO = """
mindful: 1
title: Two questions
steps:
  - rate: {id: tense, ask: How tense are you?, scale: suds}
  - ask: {id: words, text: What is on your mind?, answer: text, private: true}
  - say: Thank you.
"""


def drafts(d: Driver) -> list[tuple[str, Any, bool]]:
    return [(e["id"], e["value"], e["private"]) for e in d.host.log.of("draft")]


def form(d: Driver) -> Form:
    found = d.player.query_one(FormView).form
    assert found is not None
    return found


async def test_a_draft_is_written_within_a_second_of_typing() -> None:
    async with playing("two", two=TWO) as d:
        await d.press("4")
        await d.run(0.5)
        assert drafts(d) == [("tense", 4, False)]
        await d.press("0")
        await d.run(1)
        assert drafts(d)[-1] == ("tense", 40, False)
        await d.press("enter")
        await d.run(1)
        await d.press(*"so much")
        await d.run(1)
        assert drafts(d)[-1] == ("words", "so much", True)


async def test_nothing_is_written_while_nothing_changes() -> None:
    async with playing("two", two=TWO) as d:
        await d.run(3)
        await d.press("4")
        await d.run(5)
        assert len(drafts(d)) == 1


async def test_going_back_shows_what_was_answered_and_it_can_be_changed() -> None:
    async with playing("two", two=TWO) as d:
        await d.press("4", "0", "enter")
        await d.run(1)
        await d.press(*"half a thought")
        await d.press("ctrl+b")
        await d.run(0.25)
        assert form(d).value == 40
        await d.press("right", "enter")
        await d.run(1)
        assert d.player.query_one(FormView).written() == "half a thought"
        await d.press("enter")
        await d.run(1)
        answers = {e["id"]: e["value"] for e in d.host.log.of("answer")}
        assert answers == {"tense": 45, "words": "half a thought"}


async def test_what_was_begun_another_time_is_offered_and_private_words_are_not_shown() -> None:
    async with playing("two", two=TWO) as d:
        assert isinstance(d.host.conductor, Conductor)
        d.host.conductor._offers = {"words": "a secret begun"}
        await d.press("4", "enter")
        await d.run(1)
        assert "You had begun to write something here. Keep it?" in d.said
        assert "secret" not in d.text
        await d.press("ctrl+k")
        await d.run(0.25)
        assert d.player.query_one(FormView).written() == "a secret begun"
        await d.press("enter")
        await d.run(1)
        assert d.host.log.of("answer")[-1]["value"] == "a secret begun"


async def test_an_offer_that_is_not_taken_is_left_alone() -> None:
    async with playing("two", two=TWO) as d:
        assert d.host.conductor is not None
        d.host.conductor._offers = {"words": "old"}
        await d.press("4", "enter")
        await d.run(1)
        await d.press(*"new", "enter")
        await d.run(1)
        assert d.host.log.of("answer")[-1]["value"] == "new"


PROMPTS: dict[str, tuple[Any, list[Any]]] = {
    "rate": (RatePrompt(id="a", text="?", low=0, high=100, increment=5), [0, 60, 100]),
    "boxes": (RatePrompt(id="a", text="?", low=0, high=10, increment=1), [7]),
    "number": (AskPrompt(id="a", text="?", answer="number"), ["7.5", "-"]),
    "time": (AskPrompt(id="a", text="?", answer="time"), ["22:30", "2"]),
    "yes-no": (AskPrompt(id="a", text="?", answer="yes-no"), [True, False]),
    "choice": (AskPrompt(id="a", text="?", answer="choice", options=("A", "B")), ["B"]),
    "choices": (AskPrompt(id="a", text="?", answer="choices", options=("A", "B", "C")), [["A", "C"]]),
    "text": (AskPrompt(id="a", text="?", answer="text"), ["so\nso"]),
    "choose": (ChoosePrompt(id="a", text="?", options=("A", "B")), ["A"]),
}


@pytest.mark.parametrize("name", PROMPTS)
def test_every_form_takes_its_own_draft_back(name: str) -> None:
    prompt, values = PROMPTS[name]
    for value in values:
        made = form_for(prompt)
        assert made is not None
        made.restore(value)
        assert (made.text if made.writes else made.draft) == value


@pytest.mark.parametrize("name", PROMPTS)
@pytest.mark.parametrize("odd", ["nonsense", 10**9, [1, 2], {"a": 1}, True, -3.5])
def test_a_draft_of_another_version_does_no_harm(name: str, odd: Any) -> None:
    made = form_for(PROMPTS[name][0])
    assert made is not None
    made.restore(odd)
    made.rows(60)
    assert made.draft is None or made.draft == made.draft


def heights(rows: list[Row]) -> dict[str, int]:
    """How many rows each thing to press is high."""
    out: dict[str, int] = {}
    for row in rows:
        for token in {s.token for s in row if s.token}:
            out[token] = out.get(token, 0) + 1
    return out


@pytest.mark.parametrize("name", [n for n in PROMPTS if n != "text"])
def test_everything_to_press_is_three_rows_high_where_there_is_room(name: str) -> None:
    made = form_for(PROMPTS[name][0])
    assert made is not None
    made.room = 40
    found = heights(made.rows(64))
    assert found and min(found.values()) >= 3, found


@pytest.mark.parametrize("name", [n for n in PROMPTS if n != "text"])
def test_on_a_small_screen_it_is_as_low_as_it_must(name: str) -> None:
    made = form_for(PROMPTS[name][0])
    assert made is not None
    made.room = 6
    assert not made.rows(64) or not made.tall


async def test_a_number_and_a_time_need_no_keyboard() -> None:
    asks = "mindful: 1\ntitle: N\nsteps:\n  - ask: {id: n, text: How many?, answer: number}\n  - ask: {id: t, text: When?, answer: time}\n"
    async with playing("n", n=asks) as d:
        for token in ("step:10", "step:-1", "answer"):
            await press(d, token)
        await d.run(1)
        for token in ("step:1", "step:4", "answer"):
            await press(d, token)
        await d.run(1)
        assert [e["value"] for e in d.host.log.of("answer")] == [9, "13:00"]


async def press(d: Driver, token: str) -> None:
    """Click in the middle of it."""
    sheet = d.player.query_one(FormView).sheet
    places = [(x, y) for y, row in enumerate(sheet.rows) for x in columns(row, token)]
    x, y = places[len(places) // 2]
    await d.pilot.click(sheet, offset=(x, y))
    await d.pilot.pause()


def columns(row: Row, token: str) -> list[int]:
    out, x = [], 0
    for span in row:
        out += range(x, x + len(span.text)) if span.token == token else []
        x += len(span.text)
    return out


def test_the_screen_is_still_a_player() -> None:
    assert issubclass(Player, object) and Player.action_back_writing is Player.action_back
