"""What one key begins on the first screen, filters, what was done last, the shape of a session; by keyboard and mouse."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from textual import events
from textual.geometry import Size
from textual.widgets import Input

from mindful.tui import words
from mindful.tui.host import Card, Last
from mindful.tui.screens.before import Before
from mindful.tui.screens.help import Sheet
from mindful.tui.screens.home import Home
from mindful.tui.screens.journey import Journey
from mindful.tui.screens.player import Player
from mindful.tui.screens.settings import Settings
from mindful.tui.search import Filters
from mindful.tui.widgets.rows import Rows
from tests.tui.hosting import CARDS, HandHost
from tests.tui.test_home_before_after import at_home, settle
from tests.tui.test_player_keys import Driver


async def click(d: Driver, rows: str, token: str) -> None:
    """Press a span of a fixed part of the screen."""
    widget = d.app.screen.query_one(f"#{rows}", Rows)
    for y, spans in enumerate(widget.rows):
        x = 0
        for span in spans:
            if span.token == token:
                await d.pilot.click(widget, offset=(x, y))
                await settle(d.pilot)
                return
            x += len(span.text)
    raise AssertionError(token)


async def test_one_key_begins_to_breathe_and_another_ends_it() -> None:
    async with at_home() as d:
        await d.press("1")
        await settle(d.pilot)
        assert isinstance(d.app.screen, Player) and d.app._title == "A minute"
        await d.press("q", "q")
        await settle(d.pilot)
        assert d.host.log.closed[-1]["status"] == "stopped"


async def test_a_click_begins_it_too() -> None:
    async with at_home() as d:
        await click(d, "head", "quick_1")
        assert isinstance(d.app.screen, Player)


async def test_what_is_not_gentle_does_not_begin_by_one_key() -> None:
    host = HandHost()
    host.tier = "yellow"
    async with at_home(host) as d:
        await d.press("1")
        await settle(d.pilot)
        assert isinstance(d.app.screen, Before)


async def test_four_is_what_was_done_last_and_then_what_the_plan_has_next() -> None:
    host = HandHost()
    host.last = Last("box", "Box breathing", host.wall - timedelta(days=1), 300_000)
    async with at_home(host) as d:
        assert "4 again: Box breathing" in d.text and "Yesterday evening: Box breathing, 5 min." in d.text
        await d.press("4")
        await settle(d.pilot)
        assert isinstance(d.app.screen, Before) and d.app.screen.script.title is not None
        await d.press("escape")
        host.plan = CARDS[3]
        host.fresh = False
        d.app.screen.on_screen_resume()
        await settle(d.pilot)
        assert "your plan: Rounds" in d.text
        await d.press("4")
        await settle(d.pilot)
        assert "Rounds with long holds" in d.text and isinstance(d.app.screen, Before)


async def test_a_programme_says_what_is_next_in_place_of_what_was() -> None:
    host = HandHost()
    host.last = Last("box", "Box breathing", host.wall - timedelta(days=1), 300_000)
    host.plan, host.planned = CARDS[3], ("Arriving, day 3: Rounds, 9 min", "Two weeks. Since 2026-11-30: 2 days.")
    async with at_home(host) as d:
        assert "Arriving, day 3: Rounds, 9 min" in d.text
        assert "Yesterday evening" not in d.text and "your plan: Rounds" in d.text


async def test_f9_shows_where_one_is_in_the_programme() -> None:
    host = HandHost()
    host.planned = ("Arriving, day 3: Rounds, 9 min", "Since 2026-11-30: 2 days.")
    async with at_home(host) as d:
        await d.press("f9")
        await settle(d.pilot)
        assert isinstance(d.app.screen, Sheet)
        assert "Your programme" in d.text and "Since 2026-11-30: 2 days." in d.text
        await d.press("escape")
        assert isinstance(d.app.screen, Home)


async def test_without_a_last_one_four_does_nothing_and_is_not_named() -> None:
    async with at_home() as d:
        assert " 4 " not in d.text
        await d.press("4")
        assert isinstance(d.app.screen, Home)


async def test_while_something_is_typed_keys_are_letters() -> None:
    async with at_home() as d:
        await d.press("b", "j", "1", ",", "/", "?")
        assert d.app.screen.query_one(Input).value == "bj1,/?" and isinstance(d.app.screen, Home)


async def test_a_slash_makes_every_key_a_letter() -> None:
    async with at_home() as d:
        await d.press("slash", "1", "0")
        assert d.app.screen.query_one(Input).value == "10" and "Corps attentif" in d.text
        await d.press("escape")
        assert d.app.screen.query_one(Input).value == "" and isinstance(d.app.screen, Home) and not d.app._exit
        await d.press("slash")
        assert "Every key is a letter now" in d.text
        await d.press("escape")
        assert "Type to search" in d.text and not d.app._exit


@pytest.mark.parametrize(
    ("key", "room"), [("j", Journey), ("comma", Settings), ("question_mark", Sheet), ("f1", Sheet)]
)
async def test_keys_that_lead_to_other_screens_and_back(key: str, room: type) -> None:
    async with at_home() as d:
        await d.press(key)
        await settle(d.pilot)
        assert isinstance(d.app.screen, room)
        await d.press("escape")
        assert isinstance(d.app.screen, Home)


async def test_filters_turn_by_key_and_by_mouse() -> None:
    async with at_home() as d:
        await d.press("f4", "f4")
        assert "Bedtime" in d.text and "Box breathing" not in d.text and "F4 sleep" in d.text
        await click(d, "filters", "length")
        assert "Nothing fits all of that" in d.text
        await click(d, "filters", "length")
        await click(d, "filters", "length")
        assert "Bedtime" in d.text and "over 12 min" in d.text
        await d.press("f2", "f4", "f4", "f4", "f3", "f3", "f3")
        assert "Rounds with long holds" in d.text and "Bedtime" not in d.text


def card(total: int | None, low: int = 0, high: int | None = None, **other: object) -> Card:
    minute = 60_000
    return Card("x", "X", total_ms=None if total is None else total * minute, min_ms=low * minute,
                max_ms=None if high is None else high * minute, **other)  # type: ignore[arg-type]  # fmt: skip


@pytest.mark.parametrize(
    ("found", "where"),
    [
        (card(1), [1, 0, 0]), (card(5), [0, 1, 0]), (card(11), [0, 1, 0]), (card(12), [0, 0, 1]), (card(40), [0, 0, 1]),
        (card(None, 3, 20), [1, 1, 1]), (card(None, 6, 9), [0, 1, 0]), (card(None, 0, None), [1, 1, 1]), (card(None, 13, None), [0, 0, 1]),
    ],
)  # fmt: skip
def test_each_length_has_its_place_and_an_open_one_fits_everywhere(found: Card, where: list[int]) -> None:
    assert [int(Filters(length=n).fits(found)) for n in (1, 2, 3)] == where


def test_needs_are_tags_and_efforts_are_tiers() -> None:
    calm = card(1, tags=("calming",))
    assert Filters(need=1).fits(calm) and not Filters(need=2).fits(calm)
    assert Filters(need=4).fits(card(1, tags=("crisis", "seated")))
    assert Filters(effort=3).fits(card(1, tier="red")) and not Filters(effort=1).fits(card(1, tier="red"))
    turned = Filters()
    for _ in range(4):
        turned = turned.turned("length")
    assert turned == Filters() and not turned.any and Filters(need=1).any


NOW = datetime.fromisoformat("2026-11-25T18:30:00+01:00")


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("2026-11-25T07:00:00+01:00", "Earlier today: Sit, 10 min."),
        ("2026-11-25T03:00:00+01:00", "Yesterday evening: Sit, 10 min."),
        ("2026-11-24T07:00:00+01:00", "Yesterday morning: Sit, 10 min."),
        ("2026-11-24T14:00:00-08:00", "Yesterday afternoon: Sit, 10 min."),
        ("2026-11-21T12:00:00+01:00", "On Saturday: Sit, 10 min."),
        ("2026-11-01T12:00:00+01:00", "Good to see you. Last time it was Sit."),
        ("2019-11-01T12:00:00+01:00", "Good to see you. Last time it was Sit."),
        ("2027-11-01T12:00:00+01:00", "Earlier today: Sit, 10 min."),
    ],
)
def test_what_was_done_last_is_told_and_gaps_are_not_counted(at: str, said: str) -> None:
    assert words.greeting("Sit", datetime.fromisoformat(at), NOW, 600_000) == said


async def test_the_first_time_one_is_welcomed_after_the_first_frame() -> None:
    host = HandHost()
    host.fresh = True
    async with at_home(host) as d:
        assert "Press 1 for a minute" in d.text


async def test_the_shape_of_what_is_marked_is_drawn_when_it_has_rested() -> None:
    asked: list[tuple[str, int]] = []

    class Slow(HandHost):
        def shape(self, session, columns):  # type: ignore[no-untyped-def]
            asked.append((session, columns))
            return super().shape(session, columns)

    async with at_home(Slow()) as d:
        home = d.app.screen
        assert isinstance(home, Home) and asked == []
        home._wanted = ("settle", home._shape_width())
        await home._shape_now()
        await settle(d.pilot)
        assert asked == [("settle", 70)] and "▪ words" in d.text and "with holds" in d.text
        await home._shape_now()
        await d.press("down")
        assert len(asked) == 1 and "▪ words" not in d.text


async def test_after_a_session_the_search_begins_anew() -> None:
    async with at_home() as d:
        await d.press(*"box", "enter")
        await settle(d.pilot)
        await d.press("escape")
        await settle(d.pilot)
        assert d.app.screen.query_one(Input).value == "box"  # only looked at
        await d.press("enter", "enter")
        await settle(d.pilot)
        await d.press("q", "q")
        await settle(d.pilot)
        await d.press("enter")
        await settle(d.pilot)
        assert isinstance(d.app.screen, Home) and d.app.screen.query_one(Input).value == ""
        await d.press("1")  # and the keys that begin something are keys again
        await settle(d.pilot)
        assert isinstance(d.app.screen, Player)


async def test_pages_that_open_each_other_do_not_lie_on_one_another_without_end() -> None:
    async with at_home() as d:
        for _ in range(6):
            await d.press("ctrl+p", "f7", "question_mark", "ctrl+p", "f7", "f6", "f7", "question_mark")
            assert len(d.app.screen_stack) <= 5
        await d.press(*["escape"] * 4)
        assert [type(screen).__name__ for screen in d.app.screen_stack][-1] == "Home"


async def test_an_older_size_that_was_overtaken_does_not_come_and_go_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """Screens beneath others took on a late size and the newer one in turns, without end, and nothing else was heard."""
    told: list[Size] = []
    real = Home.on_resize

    def on_resize(home: Home, event: events.Resize) -> None:
        told.append(event.size)
        assert len(told) < 100, "without end"
        real(home, event)

    monkeypatch.setattr(Home, "on_resize", on_resize)
    async with at_home() as d:
        await d.press("f7")
        home, now = d.app.screen_stack[0], d.app.size
        told.clear()
        for size in 4 * [Size(40, 12), now]:
            home.post_message(events.Resize.from_dimensions((size.width, size.height), None))
            home.call_later(lambda: None)  # sizes that follow one another directly are one
        for _ in range(60):
            await d.pilot.pause()
        assert len(told) <= 8
        assert home.size == now
