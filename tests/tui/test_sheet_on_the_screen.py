"""Thought records and questionnaires on the screen: pressed through with keys, kept field by field, looked over."""

from __future__ import annotations

from typing import Any

import pytest

from mindful.tui.forms.sheet import SheetForm
from mindful.tui.screens.support import Support
from mindful.tui.widgets.form_view import FormView
from tests.tui.test_player_keys import Driver, playing

THOUGHT = """
mindful: 1
title: A thought
steps:
  - id: tr
    thought_record: {columns: 5, styles: false}
  - say: From {tr_belief_before} to {tr_belief_after}.
"""
PHQ = """
mindful: 1
title: Two weeks
steps:
  - id: phq
    questionnaire: {name: phq-9, bands: true}
  - say: Thank you.
"""


def sheet(d: Driver) -> SheetForm:
    found = d.player.query_one(FormView).form
    assert isinstance(found, SheetForm)
    return found


def drafts(d: Driver) -> list[Any]:
    return [e["value"] for e in d.host.log.of("draft")]


async def write(d: Driver, text: str) -> None:
    await d.press(*text)
    await d.press("enter")


async def fill(d: Driver) -> None:
    await write(d, "at work")
    await write(d, "they laugh at me")
    await d.press("8", "0", "enter")
    await write(d, "shame")
    await d.press("7", "0", "enter")
    await write(d, "they may laugh at a joke")
    await d.press("5", "0", "enter", "4", "0", "enter", "3", "0", "enter")
    await write(d, "ask one of them")


async def test_a_thought_record_is_filled_in_with_keys_and_looked_over() -> None:
    async with playing("two", two=THOUGHT) as d:
        await fill(d)
        assert sheet(d).at == "review"
        await d.press("enter")
        await d.run(1)
        (answer,) = d.host.log.of("answer")
        assert answer["value"]["thought"] == "they laugh at me"
        assert (answer["value"]["belief_before"], answer["value"]["belief_after"]) == (80, 40)
        assert "From 80 to 40." in [
            c.text for _, c in d.host.conductor.state.timeline.cues_between(0, 10**9) if hasattr(c, "text")
        ]  # type: ignore[union-attr]
        await d.run(8)
        ends = [e for e in d.host.log.of("step") if e["phase"] == "end" and e["kind"] == "thought_record"]
        assert ends[0]["data"]["form"] == "thought-record"
        assert ends[0]["data"]["asks"]["situation"].startswith("What happened?")


async def test_each_finished_field_is_written_at_once() -> None:
    async with playing("two", two=THOUGHT) as d:
        await d.press(*"at work")
        await d.press("enter")  # no time goes by
        assert drafts(d)[-1] == {"at": "thought", "values": {"situation": "at work"}}


async def test_going_back_within_the_sheet_and_changing_an_answer() -> None:
    async with playing("two", two=THOUGHT) as d:
        await write(d, "at work")
        await write(d, "they laugh")
        await d.press("ctrl+b")
        assert d.player.query_one(FormView).written() == "they laugh"
        await d.press(*" at me")
        await d.press("enter", "ctrl+r")
        assert sheet(d).at == "review"
        assert sheet(d).values["thought"] == "they laugh at me"
        await d.press("1")
        assert d.player.query_one(FormView).written() == "at work"


async def test_who_ends_in_the_middle_keeps_what_was_written() -> None:
    async with playing("two", two=THOUGHT) as d:
        await write(d, "at work")
        await d.press(*"half a th")
        await d.press("ctrl+c")
        (answer,) = d.host.log.of("answer")
        assert (answer["value"]["situation"], answer["value"]["thought"]) == ("at work", "half a th")


async def test_the_ninth_question_opens_the_clients_own_plan_at_once_and_it_is_logged() -> None:
    async with playing("two", two=PHQ) as d:
        for _ in range(8):
            await d.press("1", "enter")
        await d.press("2")
        assert not isinstance(d.app.screen, Support)  # not before it is an answer
        await d.press("enter")
        assert isinstance(d.app.screen, Support)
        phases = [(e["phase"], e.get("fields")) for e in d.host.log.of("support")]
        assert phases == [("due", ["dead"]), ("shown", None)]
        await d.press("escape")
        assert sheet(d).at == "review"
        await d.press("enter")
        await d.run(1)
        assert len(d.host.log.of("support")) == 2


async def test_without_that_answer_nothing_opens_and_the_number_is_shown() -> None:
    async with playing("two", two=PHQ) as d:
        for _ in range(8):
            await d.press("3", "enter")
        await d.press("1", "enter", "enter")
        await d.run(1)
        assert not isinstance(d.app.screen, Support)
        shown = d.said
        assert "16, on a scale from 0 to 27." in shown
        assert "moderately severe" in shown
        assert "no diagnosis" in shown


HOSTILE = "\x1b[31mred\x1b[0m \x07 🧘‍♀️ ‮שלום [b]x[/b] " + "ä" * 50


@pytest.mark.parametrize("size", [(80, 24), (40, 12), (24, 8)])
async def test_hostile_words_back_and_forth(size: tuple[int, int]) -> None:
    async with playing("two", size, two=THOUGHT) as d:
        view = d.player.query_one(FormView)
        for _ in range(3):
            assert view._writing is not None
            view._writing.text = HOSTILE * 200
            await d.press("enter", "ctrl+b", "ctrl+r", "ctrl+b", "ctrl+r", "1")
        await d.press("ctrl+r", "enter")
        await d.run(1)
        (answer,) = d.host.log.of("answer")
        words = answer["value"]["situation"]
        assert "\x1b" not in words and "\x07" not in words
        assert "🧘‍♀️" in words


async def test_words_at_a_choice_are_told_and_do_not_leave_it_open() -> None:
    async with playing("two", two=THOUGHT) as d:
        await write(d, "at work")
        await write(d, "they laugh")
        at = sheet(d).at
        await write(d, "quite a lot")
        assert "Nothing chosen" in d.text
        await d.press("s", "o")
        assert "Here the arrows or a number choose." in d.text
        await d.press("enter")
        assert sheet(d).at == at and "Nothing chosen" in d.text


async def test_an_empty_field_for_words_says_that_nothing_is_written() -> None:
    async with playing("two", two=THOUGHT) as d:
        await d.press("enter")
        assert "Nothing written" in " ".join(d.text.split())


async def test_the_title_of_the_session_is_said_once() -> None:
    async with playing("two", two=THOUGHT.replace("A thought", "A thought, looked at")) as d:
        assert d.text.count("A thought, looked at") == 1 and "1 of 10" in d.text
    async with playing("two", two=THOUGHT) as d:
        assert d.text.count("A thought, looked at") == 1
