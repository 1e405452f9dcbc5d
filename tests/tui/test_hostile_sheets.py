"""A hostile client at the screen: megabytes, escape sequences, nothing at all, back and forth; the record stays sound."""

from __future__ import annotations

import pytest
from textual import events

from mindful.player.answers import LONGEST, too_long
from mindful.tui.widgets.form_view import FormView
from mindful.tui.widgets.writing import Writing
from tests.hostile import TEXTS, record_of
from tests.tui.test_player_keys import Driver, playing
from tests.tui.test_sheet_on_the_screen import PHQ, sheet

SHEETS = {
    "thought record": "thought_record: {columns: 7}",
    "experiment": "thought_record: {form: experiment}",
    "goal": "plan: {goals: [sleep, 'my own'], ask: [what, when, where, obstacle, if-then]}",
    "wellness plan": "plan: {form: wellness}",
    "activity": "plan: {form: activity}",
    "question": "ask: {id: x, text: What is it?}",
}
EXPOSURE = "exposure: {ladder: [{item: A short walk, suds: 40}], item: A short walk, for: 4 min}"


def script(step: str) -> str:
    head = "" if step.startswith("ask") else "id: s\n    "
    return f"mindful: 1\ntitle: Hostile\nsteps:\n  - {head}{step}\n  - say: Thank you.\n"


async def paste(d: Driver, text: str) -> None:
    assert d.app.focused is not None
    d.app.focused.post_message(events.Paste(text))
    await d.pilot.pause()


@pytest.mark.parametrize(
    ("kind", "size"),
    [*((kind, (80, 24)) for kind in TEXTS), ("emoji", (40, 12)), ("marks on marks", (24, 8)), ("many lines", (40, 12))],
)
async def test_a_megabyte_in_a_thought_record(kind: str, size: tuple[int, int]) -> None:
    async with playing("two", size, two=script(SHEETS["thought record"])) as d:
        await paste(d, TEXTS[kind])
        await d.run(1)
        await d.press("enter", "ctrl+b", "ctrl+r", "ctrl+b", "ctrl+r", "1")
        await paste(d, TEXTS[kind])
        await d.press("ctrl+c")
        await d.run(10)
        record = record_of(d.host.log.events)
        kept = record["answers"].get("s")
        assert (kept is None) == (kind in ("only blanks", "halves of letters"))
        if kept is not None:
            assert len(kept["situation"]) >= 9 * LONGEST // 10


@pytest.mark.parametrize("name", SHEETS)
async def test_a_megabyte_in_every_sheet_with_words(name: str) -> None:
    async with playing("two", two=script(SHEETS[name])) as d:
        await paste(d, TEXTS["escape sequences"])
        await d.run(1)
        await d.press("enter")
        if name != "question":
            await d.press("ctrl+r")
            assert sheet(d).at == "review"
            assert "\x1b" not in d.text and "red" in d.text
            await d.press("enter")
        await d.run(1)
        record = record_of(d.host.log.events)
        (value,) = record["answers"].values()
        first = value if isinstance(value, str) else next(iter(value.values()))
        assert first.startswith("[2J[31mred") and "[bold]b[/bold]" in first


async def test_what_does_not_fit_is_told_and_what_is_there_stays() -> None:
    async with playing("two", two=script(SHEETS["thought record"])) as d:
        await d.press(*"mine ")
        await paste(d, "y" * (LONGEST + 1))
        await d.run(1)
        assert too_long() in d.said
        assert d.player.query_one(FormView).written() == "mine " + "y" * (LONGEST - 5)
        await d.press("z")
        assert d.player.query_one(FormView).written().endswith("y")
        await d.press("backspace", "z")
        assert d.player.query_one(FormView).written().endswith("z")


async def test_pasting_in_place_of_what_is_selected_counts_only_what_stays() -> None:
    async with playing("two", two=script(SHEETS["thought record"])) as d:
        await paste(d, "y" * LONGEST)
        writing = d.player.query_one(Writing)
        writing.select_all()
        await paste(d, "short")
        assert d.player.query_one(FormView).written() == "short"
        assert too_long() not in d.said


async def test_pasted_where_only_options_are_it_means_nothing() -> None:
    async with playing("two", two=PHQ) as d:
        await paste(d, "1\n2\nq\x1b" * 100_000)
        await d.run(1)
        assert sheet(d).at == "interest" and sheet(d).values == {}
        await d.press("ctrl+c")
        await d.run(10)
        assert record_of(d.host.log.events)["answers"] == {}


async def test_words_of_an_exposure() -> None:
    async with playing("two", two=script(EXPOSURE)) as d:
        await d.press("1", "enter")
        await d.run(1)
        await paste(d, TEXTS["escape sequences"])
        await d.press("enter", "5", "0", "enter")
        await paste(d, TEXTS["emoji"])
        await d.press("enter", "enter")
        await d.run(1)
        await d.press("ctrl+c")
        await d.run(10)
        before = record_of(d.host.log.events)["steps"][0]["data"]["before"]
        assert len(before["expected"]) >= 9 * LONGEST // 10 and before["believed"] == 50


@pytest.mark.parametrize("name", [n for n in SHEETS if n != "question"])
async def test_nothing_at_all(name: str) -> None:
    """Enter and nothing else, until the sheet is behind; what is needed can be left by ending."""
    async with playing("two", two=script(SHEETS[name])) as d:
        for _ in range(40):
            await d.press("enter")
            if d.host.log.of("answer"):
                break
        if not d.host.log.of("answer"):
            assert name == "activity"  # what to do is needed there
            await d.press("ctrl+c")
            await d.run(10)
        assert record_of(d.host.log.events)["answers"].get("s") is None


async def test_forth_and_back_for_ever_ends_where_it_began() -> None:
    async with playing("two", two=script(SHEETS["thought record"])) as d:
        await d.press(*"here", "enter")
        for _ in range(12):
            await d.press("ctrl+b", "ctrl+r", "ctrl+b", "ctrl+b", "ctrl+n")
        await d.press("ctrl+c")
        await d.run(10)
        assert record_of(d.host.log.events)["answers"]["s"]["situation"] == "here"
