"""Mood on two axes on the screen: one after the other, back, left open, and both in the record and in conditions."""

from __future__ import annotations

from mindful.tui.forms.sheet import SheetForm
from mindful.tui.widgets.form_view import FormView
from tests.hostile import record_of
from tests.tui.test_player_keys import Driver, playing

AFFECT = """
mindful: 1
title: Mood
steps:
  - rate: {id: mood, ask: How is your mood?, scale: affect}
  - if: mood_pleasant < 4
    say: Low, and {mood_energy} of energy.
  - say: Thank you.
"""


def at(d: Driver) -> str:
    form = d.player.query_one(FormView).form
    assert isinstance(form, SheetForm)
    return form.at


async def test_both_axes_are_asked_and_the_second_is_the_answer() -> None:
    async with playing("two", two=AFFECT) as d:
        assert "How is your mood?" in d.text and "How pleasant is it?" in d.text
        assert "0 very unpleasant" in d.said and "10 very pleasant" in d.said
        await d.press("3", "enter")
        assert "How much energy is in it?" in d.text and "10 very stirred up" in d.said
        await d.press("7", "enter")
        await d.run(1)
        (answer,) = d.host.log.of("answer")
        assert answer["value"] == {"pleasant": 3, "energy": 7}
        await d.run(2)
        assert "Low, and 7 of energy." in d.said


async def test_back_from_the_second_keeps_the_first_and_no_page_to_look_over_is_offered() -> None:
    async with playing("two", two=AFFECT) as d:
        await d.press("3", "enter")
        assert "look over" not in d.said.lower()
        await d.press("left", "b")
        assert at(d) == "pleasant"
        await d.press("ctrl+r")
        assert at(d) == "pleasant"
        await d.press("8", "enter", "1", "0", "enter")
        await d.run(1)
        assert d.host.log.of("answer")[-1]["value"] == {"pleasant": 8, "energy": 10}


async def test_one_axis_or_both_may_stay_open() -> None:
    for keys, value in ((("ctrl+n", "4", "enter"), {"pleasant": None, "energy": 4}), (("ctrl+n", "ctrl+n"), None)):
        async with playing("two", two=AFFECT) as d:
            await d.press(*keys)
            await d.run(1)
            record = record_of(d.host.log.events)
            assert record["answers"] == {"mood": value}


async def test_the_record_has_what_was_asked_and_the_ends() -> None:
    async with playing("two", two=AFFECT) as d:
        await d.press("3", "enter", "7", "enter")
        await d.run(3)
        data = record_of(d.host.log.events)["steps"][0]["data"]
        assert (data["form"], data["ask"]) == ("affect", "How is your mood?")
        assert data["scales"]["energy"] == {"from": 0, "to": 10, "low": "very quiet", "high": "very stirred up"}
