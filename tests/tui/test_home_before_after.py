"""Choosing a session, what stands before it, and what comes after: by keyboard and by mouse."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from mindful.tui.app import MindfulApp
from mindful.tui.host import Card
from mindful.tui.rows import plain
from mindful.tui.screens.after import After
from mindful.tui.screens.before import Before
from mindful.tui.screens.help import Sheet
from mindful.tui.screens.home import Home
from mindful.tui.screens.player import Player
from mindful.tui.widgets.page import Page
from tests.tui.hosting import HandHost
from tests.tui.test_player_keys import Driver


@asynccontextmanager
async def at_home(host: HandHost | None = None, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Driver]:
    host = host or HandHost()
    app = MindfulApp(host, fps=0, look="mono", now=host.clock.now)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        yield Driver(pilot, host)


async def settle(pilot: Pilot[Any]) -> None:
    for _ in range(3):
        await pilot.pause()


async def click_token(d: Driver, token: str) -> None:
    page = d.app.screen.query_one(Page)
    for y, spans in enumerate(page.rows):
        x = 0
        for span in spans:
            if span.token == token:
                await d.pilot.click(page, offset=(x, y - int(page.scroll_offset.y)))
                await settle(d.pilot)
                return
            x += len(span.text)
    raise AssertionError(token)


async def test_typing_searches_title_tags_and_summary() -> None:
    async with at_home() as d:
        await d.press(*"sleep")
        assert "Bedtime" in d.text and "Box breathing" not in d.text
        await d.press("escape")
        assert "Box breathing" in d.text
        await d.press(*"francais")
        assert "Corps attentif" in d.text


async def test_nothing_found_is_said_and_enter_does_nothing() -> None:
    async with at_home() as d:
        await d.press(*"zzz", "enter")
        assert "Nothing by that name" in d.text and isinstance(d.app.screen, Home)


async def test_enter_opens_what_is_marked_and_escape_comes_back() -> None:
    async with at_home() as d:
        await d.press("down", "enter")
        await settle(d.pilot)
        assert isinstance(d.app.screen, Before)
        await d.press("escape")
        assert isinstance(d.app.screen, Home)


async def test_a_click_opens_a_session() -> None:
    async with at_home() as d:
        await click_token(d, "card:box")
        assert isinstance(d.app.screen, Before)


async def test_the_mark_stays_in_sight_in_a_long_list() -> None:
    cards = tuple(Card(f"s{i}", f"Session {i}", total_ms=60_000, min_ms=60_000, max_ms=60_000) for i in range(60))
    async with at_home(HandHost(cards=cards), size=(40, 12)) as d:
        for _ in range(9):
            await d.press("pagedown")
        assert "› Session" in d.text
        await d.press(*["down"] * 60)
        assert "› Session 59" in d.text
        await d.press("pageup", "up")
        assert "› Session" in d.text


async def test_notices_are_shown_on_the_first_screen() -> None:
    host = HandHost()
    host.told = ["Your session of yesterday was cut off at 8:40. It is kept in your journal."]
    async with at_home(host) as d:
        assert "cut off at 8:40" in d.text


async def test_a_session_that_cannot_be_opened_says_why_and_leads_back() -> None:
    async with at_home() as d:
        await d.press("enter")
        await settle(d.pilot)
        assert isinstance(d.app.screen, Sheet) and "there is no such session" in d.text
        await d.press("escape")
        assert isinstance(d.app.screen, Home)


async def test_escape_with_nothing_to_clear_leaves() -> None:
    async with at_home() as d:
        await d.press("x", "escape")
        assert d.app.screen.query_one(Input).value == ""
        await d.press("escape")
        assert d.app._exit


async def test_cautions_come_before_everything_else() -> None:
    async with at_home(size=(80, 30)) as d:
        await d.press("down", "enter")
        await settle(d.pilot)
        said = d.said
        order = ["Box breathing", "heart condition", "pregnant", "Four even sides", "Rounds", "Begin", "What is known"]
        places = [said.index(part) for part in order]
        assert places == sorted(places)


async def test_variables_are_changed_in_their_range_and_the_length_follows() -> None:
    async with at_home() as d:
        await d.press("down", "enter")
        await settle(d.pilot)
        before = d.text.splitlines()[2]
        await d.press("down", "right", "right")
        assert "‹   6   ›" in d.text
        assert d.text.splitlines()[2] != before
        await d.press("9", "9", "enter")
        await settle(d.pilot)
        assert d.host.values["rounds"] == 12


@pytest.mark.parametrize("size", [(80, 24), (40, 12), (200, 60)])
async def test_the_page_before_opens_at_its_top_with_begin_marked_and_enter_begins(size: tuple[int, int]) -> None:
    async with at_home(size=size) as d:
        await d.press("down", "enter")
        await settle(d.pilot)
        page = d.app.screen.query_one(Page)
        marked = [plain(row).strip() for row in page.rows if plain(row).strip().startswith(("›", "[›"))]
        assert len(marked) == 1 and "Begin" in marked[0], marked
        assert page.scroll_offset.y == 0 and "Box breathing" in d.text, "what speaks against it is read first"
        await d.press("enter")
        await settle(d.pilot)
        assert isinstance(d.app.screen, Player)


async def test_an_intense_session_opens_with_its_tick_marked() -> None:
    async with at_home() as d:
        await d.press("down", "down", "down", "enter")
        await settle(d.pilot)
        assert "› [ ]" in d.text and "› Begin" not in d.text


async def test_variables_are_changed_by_mouse() -> None:
    async with at_home() as d:
        await d.press("down", "enter")
        await settle(d.pilot)
        await click_token(d, "less:0")
        await click_token(d, "begin")
        assert d.host.values["rounds"] == 3 and isinstance(d.app.screen, Player)


@pytest.mark.parametrize("how", ["key", "mark"])
async def test_the_sound_check_rings_at_the_loudness_set(how: str) -> None:
    async with at_home() as d:
        await d.press("down", "enter")
        await settle(d.pilot)
        await d.press(*(["t"] if how == "key" else ["up", "space"]))
        assert d.host.bells == [0.8] and "Played on the null device." in d.text


async def test_red_wants_a_tick_each_time() -> None:
    async with at_home() as d:
        for _ in range(2):
            await d.press("down", "down", "down", "enter")
            await settle(d.pilot)
            await d.press("enter")
            assert isinstance(d.app.screen, Before) and "This one is intense" in d.text
            await d.press("space", "enter")
            await settle(d.pilot)
            assert isinstance(d.app.screen, Player)
            assert d.host.options is not None and d.host.options.acknowledged
            await d.press("q", "q")
            await settle(d.pilot)
            await d.press("enter")
            await settle(d.pilot)
            await d.press("up", "up", "up")


async def end_early(d: Driver) -> None:
    await d.press("down", "enter")
    await settle(d.pilot)
    await d.press("enter")
    await settle(d.pilot)
    await d.run(200 / 4, step=1)
    await d.press("q", "q")
    await settle(d.pilot)
    assert isinstance(d.app.screen, After)


async def test_saying_nothing_afterwards_writes_nothing() -> None:
    async with at_home() as d:
        await end_early(d)
        await d.press("enter")
        await settle(d.pilot)
        assert d.host.notes == [] and isinstance(d.app.screen, Home)


async def test_a_feeling_and_a_note_are_kept() -> None:
    async with at_home() as d:
        await end_early(d)
        await d.press("4", "tab", *"calmer", "enter")
        await settle(d.pilot)
        assert d.host.notes == [("calmer", 4)] and isinstance(d.app.screen, Home)


async def test_a_feeling_is_taken_back_by_pressing_it_again() -> None:
    async with at_home() as d:
        await end_early(d)
        await click_token(d, "feeling:2")
        assert "Practice can stir things up" in d.said
        await click_token(d, "feeling:2")
        assert "Practice can stir things up" not in d.said
        await d.press("enter")
        await settle(d.pilot)
        assert d.host.notes == []


async def test_leaving_the_program_keeps_what_was_said() -> None:
    async with at_home() as d:
        await end_early(d)
        await d.press("3", "tab", *"so so", "escape")
        assert d.host.notes == [("so so", 3)] and d.app._exit


async def test_q_leaves_when_nothing_is_being_written() -> None:
    async with at_home() as d:
        await end_early(d)
        assert "q leave" in d.text
        await d.press("4", "q")
        assert d.host.notes == [("", 4)] and d.app._exit


async def test_q_is_a_letter_of_a_note() -> None:
    async with at_home() as d:
        await end_early(d)
        await d.press("tab", "q")
        await settle(d.pilot)
        assert not d.app._exit and "Esc leave" in d.text and "q leave" not in d.text
        await d.press("enter")
        await settle(d.pilot)
        assert d.host.notes == [("q", None)]


async def test_only_keys_that_do_something_are_named_before_a_session() -> None:
    async with at_home() as d:
        await d.press("down", "enter")
        await settle(d.pilot)
        assert "→ change" not in d.text and "↓ choose" in d.text and "tick" not in d.text
        await d.press("down")
        assert "→ change" in d.text and "↓ choose" not in d.text
        await d.press("down", "down", "down")
        assert "→ change" not in d.text
        await d.press("escape", "down", "down", "enter")
        await settle(d.pilot)
        assert "Space tick" in d.text and "→ change" not in d.text
        await d.press("enter")
        assert "please tick the line above with Space" in d.said
        await d.press("space")
        assert "Space untick" in d.text


async def test_values_of_the_command_line_are_taken_into_the_fields() -> None:
    host = HandHost()
    app = MindfulApp(host, session="box", values={"rounds": 7, "unknown": 1}, fps=0, look="mono", now=host.clock.now)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        d = Driver(pilot, host)
        assert "‹   7   ›" in d.text
        await d.press("enter")
        await settle(pilot)
        assert host.values == {"rounds": 7}


QUIET = """
mindful: 1
title: Quiet
variables: {minutes: {default: 5, min: 2, max: 30}}
fit: {min: 3 min, max: 9 min 30 s}
steps:
  - sit: {for: "{minutes} min"}
  - pause: 24 s
"""


async def test_the_length_is_chosen_in_minutes_within_its_limits() -> None:
    host = HandHost({"quiet": QUIET})
    app = MindfulApp(host, session="quiet", fps=0, look="mono", now=host.clock.now)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        d = Driver(pilot, host)
        assert "‹ 5 min ›   3 to 10 min" in d.text and d.text.splitlines()[2].strip().startswith("5 min")
        await d.press("down", "down", "right")
        assert "‹ 6 min ›" in d.text and d.text.splitlines()[2].strip().startswith("6 min")
        await d.press("left", "left", "left", "left", "left")
        assert "‹ 3 min ›" in d.text
        await d.press(*["right"] * 9)
        assert "‹ 10 min ›" in d.text
        await d.press("left", "enter")
        await settle(pilot)
        assert host.options is not None and host.options.fit_ms == 9 * 60_000 and host.values == {"minutes": 5}
        assert host.conductor is not None and host.conductor.state.timeline.total_ms == 9 * 60_000


async def test_the_length_moves_with_its_limits_when_something_else_is_set() -> None:
    host = HandHost({"quiet": QUIET})
    app = MindfulApp(host, session="quiet", fit_ms=180_000, fps=0, look="mono", now=host.clock.now)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        d = Driver(pilot, host)
        assert "‹ 3 min ›" in d.text
        await d.press("down", *["right"] * 15)
        assert "‹  20   ›" in d.text and "‹ 8 min ›   8 to 10 min" in d.text, "a sit is never cut below two fifths"


async def test_a_length_as_written_is_no_choice() -> None:
    host = HandHost({"quiet": QUIET})
    app = MindfulApp(host, session="quiet", fps=0, look="mono", now=host.clock.now)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert host.options is not None and host.options.fit_ms is None


async def test_a_length_of_the_command_line_begins_at_once() -> None:
    host = HandHost({"quiet": QUIET})
    app = MindfulApp(host, session="quiet", begin=True, fit_ms=420_000, fps=0, look="mono", now=host.clock.now)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert host.options is not None and host.options.fit_ms == 420_000


def test_the_words_yes_and_no_are_a_switch() -> None:
    from mindful.script.model import Variable
    from mindful.tui.fields import Field

    field = Field("bells", "Bells", Variable(default="yes"), "yes")
    assert field.kind == "switch" and not field.type("n")
    assert field.step(1) and field.value == "no" and field.shown == "no"
    assert field.step(-1) and field.value == "yes" and field.shown == "yes"
