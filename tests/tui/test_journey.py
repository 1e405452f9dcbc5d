"""The journey by keyboard and mouse: months, ratings, practices, records; empty, one record, thousands, in parts."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from mindful.journal.days import Day, Sat, by_day
from mindful.journal.ratings import Pair
from mindful.tui import charts
from mindful.tui.rows import plain, row_width
from mindful.tui.screens.help import Sheet
from mindful.tui.screens.home import Home
from mindful.tui.screens.journey import Journey
from tests.tui.hosting import HandHost, some_weeks, trained_weeks
from tests.tui.test_home_before_after import at_home, click_token, settle
from tests.tui.test_home_keys import click
from tests.tui.test_player_keys import Driver


async def opened(d: Driver, journal: Sequence[Sat] | None = None) -> None:
    d.host.journal = list(some_weeks(d.host.wall) if journal is None else journal)
    await d.press("j")
    await settle(d.pilot)


async def test_an_empty_journal_says_so_kindly_in_every_view() -> None:
    async with at_home() as d:
        await opened(d, [])
        for _ in range(4):
            assert "nothing is missing" in d.said
            await d.press("down", "enter", "pagedown", "left", "right", "tab")
        await d.press("escape")
        assert isinstance(d.app.screen, Home)


async def test_one_record_is_a_day_a_practice_and_a_page() -> None:
    async with at_home() as d:
        await opened(d, some_weeks(d.host.wall)[:1])
        assert "One day in this month, 5 min." in d.text and "24•" in d.text and "[25]" in d.text
        await d.press("tab")
        assert "60 before, 40 after" in d.text
        await d.press("tab")
        assert "once, 5 min, last yesterday" in d.text
        await d.press("enter", "enter")
        await settle(d.pilot)
        assert isinstance(d.app.screen, Sheet) and "Record r00" in d.text
        await d.press("escape", "escape", "escape")
        assert isinstance(d.app.screen, Home)


async def test_months_are_turned_and_never_into_the_future() -> None:
    async with at_home() as d:
        await opened(d)
        await d.press("right")
        assert "November 2026" in d.text
        await d.press("left")
        assert "October 2026" in d.text and "16•" in d.text
        await click_token(d, "earlier")
        assert "September 2026" in d.text and "Nothing in this month." in d.text
        await click_token(d, "later")
        assert "October 2026" in d.text


async def test_a_day_shows_its_records_and_esc_goes_back_to_the_month() -> None:
    async with at_home() as d:
        await opened(d)
        await click_token(d, "day:2026-11-24")
        assert "Tuesday 24 November 2026" in d.text and d.text.count("2026-11-24  ") == 2 and "2026-11-23" not in d.text
        await click_token(d, "all")
        assert "2026-11-23" in d.text
        await click(d, "head", "view:month")
        await click_token(d, "day:2026-11-24")
        await d.press("escape")
        assert "‹ November 2026 ›" in d.text


async def test_records_are_opened_by_a_click() -> None:
    async with at_home() as d:
        await opened(d)
        await d.press("shift+tab")
        await click_token(d, "rec:r02")
        assert isinstance(d.app.screen, Sheet) and "Record r02" in d.text


async def test_no_row_of_days_is_counted_unless_it_is_asked_for() -> None:
    async with at_home() as d:
        await opened(d)
        assert "in a row" not in d.text
        await d.press("escape")
        d.host.set["journey", "streak"] = True
        await opened(d)
        assert "2 days in a row." in d.text or "3 days in a row." in d.text


async def test_a_long_gap_is_greeted_and_not_reproached() -> None:
    async with at_home() as d:
        later = [replace(s, started=s.started - timedelta(days=60)) for s in some_weeks(d.host.wall)]
        await opened(d, later)
        assert "Good to see you" in d.text and "streak" not in d.text.lower() and "lost" not in d.text.lower()


async def test_a_locked_journal_says_so_and_not_that_it_is_empty() -> None:
    class Locked(HandHost):
        def locked(self) -> bool:
            return True

    async with at_home(Locked()) as d:
        await opened(d, [])
        await settle(d.pilot)
        assert "encrypted and locked" in d.text and "Nothing here yet" not in d.text


async def test_it_comes_in_parts_and_what_is_marked_stays() -> None:
    class Parts(HandHost):
        def sats(self) -> Iterable[Sequence[Sat]]:
            for n in (2, 7, len(self.journal)):
                yield self.journal[:n]

    async with at_home(Parts()) as d:
        await opened(d)
        await settle(d.pilot)
        await d.press("shift+tab", "pagedown", "pagedown")
        assert "2026-10-16" in d.text


async def test_thousands_of_records_are_moved_through_quickly() -> None:
    one = some_weeks(HandHost().wall)[0]
    many = [replace(one, id=f"n{n}", started=one.started - timedelta(hours=9 * n)) for n in range(5000)]
    async with at_home() as d:
        await opened(d, many)
        await d.press("shift+tab")
        journey = d.app.screen
        assert isinstance(journey, Journey)
        took = []
        for _ in range(5):
            begin = time.process_time()
            journey.action_down()
            took.append(time.process_time() - begin)
        assert min(took) < 0.05, took
        for _ in range(3):
            await d.press("pagedown")
        assert "› " in d.text


@pytest.mark.parametrize("size", [(40, 12), (20, 6), (10, 3), (1, 1), (200, 60)])
async def test_every_view_fits_every_size(size: tuple[int, int]) -> None:
    async with at_home(size=size) as d:
        await opened(d)
        for _ in range(4):
            await d.press("tab", "down", "enter")
            await settle(d.pilot)
            while not isinstance(d.app.screen, Journey):
                await d.press("escape")
            assert d.app.crash is None


def test_bars_show_whatever_is_not_nothing() -> None:
    assert charts.bars([0, 1, 1000], 2) == ["  █", " ▁█"]
    assert charts.bars([0, 0], 1) == ["  "] and charts.bars([], 2) == ["", ""]
    assert charts.bars([4, 8], 1, 2) == ["▄▄██"]


def test_a_calendar_has_every_day_once_and_marks_by_a_sign() -> None:
    days = by_day([Sat("a", Path("a"), HandHost().wall, "x", "X", "completed", 60_000)])
    rows = charts.calendar_rows(2026, 11, days, date(2026, 11, 26))
    text = " ".join(plain(r) for r in rows)
    assert [int(w.strip("[]•")) for w in text.split()[7:]] == list(range(1, 31))
    assert "25•" in text and "[26]" in text and all(row_width(r) == 35 for r in rows)
    assert [s.token for r in rows for s in r if s.token] == ["day:2026-11-25"]


def test_minutes_name_the_highest_and_the_ends() -> None:
    days = [Day(date(2026, 2, 27) + timedelta(days=n), 1, n * 60_000) for n in range(4)]
    rows = [plain(r) for r in charts.minute_rows(days, 2, 40)]
    assert rows[0].startswith("  3 min ") and rows[-1].split() == ["27", "Feb", "2", "Mar"]
    assert [plain(r) for r in charts.minute_rows([], 1, 40)] == ["  0 min "]


def test_ratings_are_drawn_from_before_to_after_and_the_same_is_one_sign() -> None:
    rows = [plain(r) for r in charts.rating_rows([Pair("", 6, 2), Pair("", 4, 4), Pair("", 2, 6)], 5, 40)]
    assert rows == ["    6 o   x ", "      │   │ ", "      │ * │ ", "      │   │ ", "    2 x   o "]
    assert [plain(r) for r in charts.rating_rows([Pair("", 3, 3)], 5, 40)] == ["    3 * "]
    assert charts.rating_rows([], 5, 40) == []
    many = [Pair("", float(n % 7), 1.0) for n in range(400)]
    assert all(row_width(r) <= 40 for r in charts.rating_rows(many, 8, 40))


def test_days_are_written_in_the_clients_language() -> None:
    from mindful import tongue

    assert [charts.short_day(date(2026, n, 4)) for n in (3, 10)] == [" 4 Mar", " 4 Oct"]
    before = tongue.language()
    try:
        tongue.use("de")
        assert [charts.short_day(date(2026, n, 14)) for n in (3, 10)] == ["14. Mär", "14. Okt"]
    finally:
        tongue.use(before)


async def test_a_practice_shows_how_its_trainings_went() -> None:
    async with at_home() as d:
        await opened(d, trained_weeks(d.host.wall))
        await d.press("tab", "tab", "enter")
        said = " ".join(d.text.replace("│", " ").split())
        assert "Neurofeedback, alpha" in said and "percent; the oldest left" in said
        assert "The last time: +20 % against the quiet minutes before, rewarded 64 % of 93 % clear time." in said
        assert "One is left out" in said and "no diagnosis" in said and "; 9 days." in said
        assert sum(line.count("x ") for line in d.text.splitlines()) >= 9


async def test_two_trainings_are_too_few_to_draw() -> None:
    async with at_home(size=(40, 12)) as d:
        await opened(d, [s for s in trained_weeks(d.host.wall, 3) if s.id != "t1"])
        await d.press("tab", "tab", "enter")
        assert "too few to say how it goes" in " ".join(d.text.split()) and "oldest left" not in d.text


def test_a_course_is_drawn_with_zero_where_it_is_crossed() -> None:
    rows = [plain(r) for r in charts.course_rows([-10, 0, 10], 5, 40)]
    assert rows == ["   10     x ", "            ", "    0 · x · ", "            ", "  −10 x     "]
    assert [plain(r) for r in charts.course_rows([3.0], 5, 40)] == ["    3 x "]
    assert charts.course_rows([], 5, 40) == []
    assert all(row_width(r) <= 40 for r in charts.course_rows([float(n % 9) - 4 for n in range(400)], 6, 40))
