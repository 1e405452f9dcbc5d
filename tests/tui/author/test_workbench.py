"""The workbench: writing, words, problems, the outline, sound from the cursor, forms, and a file that others change too.

Time stands still unless a test moves it; `bench.beat()` is what a timer does for a person.
"""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from mindful.author.examiner import Looking, Run
from mindful.author.forms import FORMS
from mindful.author.live import look
from mindful.author.paper import Paper
from mindful.script.load import loads
from mindful.tui.author import bench as benches
from mindful.tui.author.app import AuthorApp
from mindful.tui.author.bench import Bench
from mindful.tui.author.insert import Insert, folded
from mindful.tui.author.listing import Listing
from mindful.tui.author.question import Question
from mindful.tui.rows import plain
from mindful.tui.widgets.rows import Rows
from tests.tui.conftest import screen_text
from tests.tui.hosting import HandHost

TEXT = """# my evening session
mindful: 1
title: A quiet evening  # why not
cautions: [panic]
settings: {background: rain}
steps:
  - bell: bowl
  - say: Sit or lie as you like.
    pause: 5 s
  - breathe: {pattern: long-exhale, cycles: 4}
  - rate: {id: now, ask: "How tense?", scale: suds}
  - say: Thank you.
"""
BROKEN = TEXT.replace("as you like.", "as you like: eyes open.").replace("long-exhale", "long-exhal")


@dataclass
class Work:
    """A workbench on a file."""

    app: AuthorApp
    host: HandHost
    pilot: Pilot[Any]
    path: Path

    @property
    def bench(self) -> Bench:
        return self.app.bench

    @property
    def text(self) -> str:
        return self.bench.area.text

    def line(self, row: int) -> str:
        return str(self.bench.area.document.get_line(row))

    async def rest(self, seconds: float = 1.0) -> None:
        """Time passes."""
        self.host.clock.forward(seconds)
        self.bench.beat()
        await self.pilot.pause()

    async def type(self, text: str) -> None:
        for c in text:
            await self.pilot.press({"\n": "enter", " ": "space"}.get(c, c))

    def go(self, row: int, column: int = 0) -> None:
        self.bench.area.move_cursor((row, column))

    def shown(self, name: str) -> str:
        widget = self.bench.query_one(f"#{name}", Rows)
        return "\n".join(plain(r) for r in widget.rows)


Open = Callable[..., Any]


def at_once(work: Callable[[], None]) -> None:
    work()


@pytest.fixture
def work(tmp_path: Path) -> Open:
    @asynccontextmanager
    async def open_(
        text: str | None = TEXT,
        size: tuple[int, int] = (80, 24),
        start: str = "",
        name: str = "evening.yaml",
        run: Run = at_once,
        looking: Looking = look,
    ) -> AsyncIterator[Work]:
        path = tmp_path / name
        if text is not None:
            path.write_bytes(text.encode())
        host, paper = HandHost(), Paper(path)
        read = paper.read()
        app = AuthorApp(
            host,
            paper,
            start if read is None else read,
            fps=0,
            look="mono",
            now=host.clock.now,
            run=run,
            looking=looking,
        )
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            await pilot.pause()
            yield Work(app, host, pilot, path)

    return open_


# Looks


@pytest.mark.parametrize("size", [(80, 24), (160, 50)], ids=lambda s: f"{s[0]}x{s[1]}")
@pytest.mark.parametrize(
    ("scene", "text", "presses"),
    [
        ("clean", TEXT, []),
        ("broken", BROKEN, ["f3"]),
        ("words", TEXT, ["ctrl+end", "space", "space", "minus", "space", "b"]),
        ("outline", TEXT, ["f6", "down"]),
        ("playing", TEXT, ["f5"]),
        ("kinds", TEXT, ["f2", "down"]),
        ("form", TEXT, ["f2", "enter"]),
        ("leaving", TEXT, ["x", "ctrl+q"]),
        ("keys", TEXT, ["f1"]),
    ],
)
async def test_the_workbench_is_as_it_was_looked_at(
    work: Open, snapshot: Any, size: tuple[int, int], scene: str, text: str, presses: list[str]
) -> None:
    async with work(text, size) as w:
        w.go(7, 4)
        for key in presses:
            await w.pilot.press(key)
            await w.pilot.pause()
        if scene in ("words", "playing"):
            await w.rest()
        await w.pilot.pause()
        await w.pilot.pause()
        snapshot(w.app, f"author_{scene}-{size[0]}x{size[1]}")


# Writing and saving


async def test_what_is_saved_is_what_was_typed_comments_and_all(work: Open) -> None:
    async with work() as w:
        assert not w.bench.unsaved and "saved" in w.shown("head")
        w.go(11, 18)
        await w.pilot.press("end", "enter")
        await w.type("- bell: gong")
        assert w.bench.unsaved and w.path.read_text() == TEXT
        await w.pilot.press("ctrl+s")
        assert w.path.read_text() == TEXT.removesuffix("\n") + "\n  - bell: gong\n" and not w.bench.unsaved
        await w.rest()
        assert "no problems" in w.shown("head")


async def test_undo_and_redo_and_saved_again_when_all_is_taken_back(work: Open) -> None:
    async with work() as w:
        await w.type("x")
        assert w.bench.unsaved
        await w.pilot.press("ctrl+z")
        assert w.text == TEXT and not w.bench.unsaved
        await w.pilot.press("ctrl+y")
        assert w.text == "x" + TEXT


async def test_windows_line_ends_stay(work: Open) -> None:
    text = TEXT.replace("\n", "\r\n")
    async with work(text) as w:
        assert not w.bench.unsaved
        w.go(11, 18)
        await w.pilot.press("end", "enter", "ctrl+s")
        assert w.path.read_bytes() == (text.removesuffix("\r\n") + "\r\n  \r\n").encode()


async def test_a_new_file_is_only_written_when_it_is_saved(work: Open) -> None:
    async with work(None, start=TEXT) as w:
        assert w.text == TEXT and not w.path.exists() and "new, not saved" in w.shown("head")
        await w.pilot.press("ctrl+s")
        assert w.path.read_text() == TEXT
        await w.pilot.press("ctrl+q")
    assert w.app.return_value == 0


async def test_a_line_begins_where_it_belongs(work: Open) -> None:
    async with work() as w:
        w.go(9, 0)
        await w.pilot.press("end", "enter")
        await w.type("- breathe:\npattern: box\ncycles: 2\n")
        assert [w.line(r) for r in (10, 11, 12, 13)] == [
            "  - breathe:",
            "      pattern: box",
            "      cycles: 2",
            "      ",
        ]


async def test_leaving_asks_only_where_words_would_be_lost(work: Open) -> None:
    async with work() as w:
        await w.type("x")
        await w.pilot.press("ctrl+q")
        assert isinstance(w.app.screen, Question)
        await w.pilot.press("b")
        assert w.app.screen is w.bench and w.text == "x" + TEXT
        await w.pilot.press("ctrl+q", "escape")
        assert w.app.screen is w.bench
        await w.pilot.press("ctrl+q", "d")
    assert w.app.return_value == 0 and w.path.read_text() == TEXT and not w.bench.paper.unsaved.exists()


async def test_save_and_leave(work: Open) -> None:
    async with work() as w:
        await w.type("#")
        await w.pilot.press("ctrl+q", "enter")
    assert w.app.return_value == 0 and w.path.read_text() == "#" + TEXT


async def test_when_saving_fails_nothing_is_lost(work: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    async with work() as w:
        await w.type("#")

        def full(*_: object, **__: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(w.bench.paper, "save", full)
        await w.pilot.press("ctrl+s")
        assert "no space left" in w.shown("status") and w.bench.unsaved
        await w.pilot.press("ctrl+q", "s")
        assert w.app.screen is w.bench and w.app.is_running


# Another program and the same file


def theirs(path: Path, text: str) -> None:
    path.write_text(text)
    os.utime(path, (2, 2))


async def test_a_file_that_another_program_changed_is_read_anew(work: Open) -> None:
    async with work() as w:
        w.go(7, 4)
        theirs(w.path, TEXT.replace("Thank you.", "Goodbye."))
        await w.rest(0.5)
        assert "Goodbye." not in w.text
        await w.rest()
        assert "Goodbye." in w.text and not w.bench.unsaved and w.bench.area.cursor_location == (7, 4)
        assert "Read anew" in w.shown("status")
        await w.pilot.press("ctrl+z")
        assert w.text == TEXT and w.bench.unsaved


@pytest.mark.parametrize("answer", ["m", "t", "b"])
async def test_when_both_changed_the_author_decides(work: Open, answer: str) -> None:
    async with work() as w:
        await w.type("#")
        theirs(w.path, TEXT + "# theirs\n")
        await w.rest()
        assert isinstance(w.app.screen, Question)
        await w.pilot.press(answer)
        on_disk = w.path.read_text()
        if answer == "m":
            assert on_disk == "#" + TEXT == w.text and not w.bench.unsaved
        elif answer == "t":
            assert w.text == TEXT + "# theirs\n" == on_disk and not w.bench.unsaved
            await w.pilot.press("ctrl+z")
            assert w.text == "#" + TEXT
        else:
            assert w.text == "#" + TEXT and on_disk == TEXT + "# theirs\n"
            await w.rest(5)
            assert w.app.screen is w.bench  # it does not ask again by itself
            await w.pilot.press("ctrl+s")
            assert isinstance(w.app.screen, Question) and w.path.read_text() == on_disk


async def test_saving_between_two_glances_never_writes_over_theirs(work: Open) -> None:
    async with work() as w:
        await w.type("#")
        theirs(w.path, "theirs")
        await w.pilot.press("ctrl+s")
        assert isinstance(w.app.screen, Question) and w.path.read_text() == "theirs"


async def test_a_file_that_went_away_is_told_and_can_be_written_anew(work: Open) -> None:
    async with work() as w:
        w.path.unlink()
        await w.rest()
        assert "gone from the disk" in w.shown("status") and w.text == TEXT and w.bench.unsaved
        await w.pilot.press("ctrl+s")
        assert w.path.read_text() == TEXT


async def test_words_are_kept_when_the_program_is_told_to_end(work: Open) -> None:
    async with work() as w:
        await w.type("#")
        w.app._told_to_end("SIGTERM")
    assert w.app.return_value == 4 and w.path.read_text() == TEXT
    assert w.bench.paper.unsaved.read_text() == "#" + TEXT
    async with work() as again:
        assert isinstance(again.app.screen, Question)
        await again.pilot.press("t")
        assert again.text == "#" + TEXT and again.bench.unsaved
        await again.pilot.press("ctrl+s")
        assert not again.bench.paper.unsaved.exists()


async def test_a_crash_keeps_the_words_too(work: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ZeroDivisionError):
        async with work() as w:
            await w.type("#")
            monkeypatch.setattr(benches, "offer", None, raising=False)
            monkeypatch.setattr(w.bench, "examine", lambda: 1 / 0)
            await w.pilot.press("f3")
    assert w.bench.paper.unsaved.read_text() == "#" + TEXT


# Problems


async def test_problems_come_when_the_keys_rest_and_go_when_they_are_put_right(work: Open) -> None:
    async with work() as w:
        w.go(9, 12)
        await w.type("x")
        assert w.bench.look.problems == ()
        await w.rest(0.1)
        assert w.bench.look.problems == ()
        await w.rest()
        assert w.bench.look.errors >= 1 and "problem" in w.shown("head")
        assert "!" in screen_text(w.app).split("\n")[10][:6]
        await w.pilot.press("backspace")
        await w.rest()
        assert w.bench.look.problems == () and "no problems" in w.shown("head")


async def test_f3_goes_round_the_problems_and_the_words_stand_below(work: Open) -> None:
    async with work(BROKEN) as w:
        await w.pilot.press("f3")
        first = w.bench.area.cursor_location
        assert first[0] == 7 and "colon" in w.shown("status")
        await w.pilot.press("f3")
        assert w.bench.area.cursor_location[0] == 9 and "long-exhal" in w.shown("status")
        await w.pilot.press("f3")
        assert w.bench.area.cursor_location == first


async def test_the_list_of_problems_can_be_jumped_through(work: Open) -> None:
    async with work(BROKEN) as w:
        await w.pilot.press("f4")
        listing = w.bench.query_one("#problems", Listing)
        assert listing.has_focus
        await w.pilot.press("down", "enter")
        assert w.bench.area.has_focus and w.bench.row == 9
        await w.pilot.press("f4", "f4")
        assert w.bench.area.has_focus


async def test_a_file_of_signs_that_a_terminal_obeys_is_shown_harmless(work: Open) -> None:
    async with work(TEXT.replace("Thank", "\x1b[31mTh\u202eank\x07")) as w:
        shown = screen_text(w.app)
        assert "\x1b" not in shown and "\u202e" not in shown and "\x07" not in shown and "␛" in shown


# Words


async def test_tab_takes_the_word_that_is_offered_and_indents_where_there_is_none(work: Open) -> None:
    async with work() as w:
        w.go(11, 0)
        await w.pilot.press("end", "enter")
        await w.type("- bre")
        assert w.bench.offers.open
        await w.pilot.press("tab")
        assert w.line(12) == "  - breathe: " and not w.bench.offers.open
        await w.type("{pat")
        await w.pilot.press("tab")
        await w.type("lon")
        await w.pilot.press("tab")
        assert w.line(12) == "  - breathe: {pattern: long-exhale"
        await w.pilot.press("ctrl+end", "tab")
        assert w.line(13) == "  "


async def test_words_can_be_asked_for_and_picked(work: Open) -> None:
    async with work() as w:
        w.go(11, 0)
        await w.pilot.press("end", "enter")
        await w.type("- bell: ")
        assert not w.bench.offers.open
        await w.pilot.press("f9", "down", "down", "enter")
        assert w.line(12) == "  - bell: chime"
        await w.pilot.press("enter")
        assert w.bench.row == 13  # Enter and the arrows are the text's again
        await w.pilot.press("up", "up")
        assert w.bench.row == 11


async def test_escape_closes_the_words_and_arrows_were_never_theirs(work: Open) -> None:
    async with work() as w:
        w.go(11, 0)
        await w.pilot.press("end", "enter")
        await w.type("- b")
        assert w.bench.offers.open
        await w.pilot.press("escape")
        assert not w.bench.offers.open and w.bench.area.has_focus
        await w.type("e")
        assert w.bench.offers.open
        await w.pilot.press("up")
        assert w.bench.row == 11 and not w.bench.offers.open


async def test_names_of_answers_are_offered_in_words(work: Open) -> None:
    async with work() as w:
        w.go(11, 0)
        await w.pilot.press("end", "space")
        await w.type("Now {")
        await w.type("n")
        await w.pilot.press("tab")
        assert w.line(11) == "  - say: Thank you. Now {now"


# Outline and sound


async def test_the_outline_is_beside_the_text_or_in_its_place_below(work: Open) -> None:
    async with work(size=(160, 50)) as w:
        assert w.bench.lists.outline.id == "beside" and w.bench.lists.outline.size.width > 40
        w.go(9, 4)
        await w.pilot.pause()
        assert w.bench.lists.outline.marked == 2
        await w.pilot.press("f6", "up", "enter")
        assert w.bench.row == 7 and w.bench.area.has_focus
    async with work(size=(80, 24)) as w:
        assert not w.bench.query_one("#outline").display
        await w.pilot.press("f6")
        assert w.bench.query_one("#outline").display and w.bench.lists.outline.has_focus
        await w.pilot.press("end", "enter")
        assert w.bench.row == 11
        await w.pilot.press("f4")
        assert not w.bench.query_one("#outline").display


async def test_with_problems_the_outline_says_why_there_is_none(work: Open) -> None:
    async with work(BROKEN, size=(80, 24)) as w:
        await w.pilot.press("f6")
        text = screen_text(w.app)
        assert "No outline yet: with problems (!) in the text it is not known what comes when." in " ".join(
            text.split()
        )


async def test_it_plays_from_the_cursor_and_stops(work: Open) -> None:
    async with work() as w:
        w.go(9, 4)
        await w.pilot.press("f5")
        await w.rest(1)
        assert w.host.conductor is not None and w.bench.playing is not None
        assert "breathe" in w.shown("playing") and "Breathe in" in w.shown("playing")
        assert w.bench.playing.line == 9 and ">" in screen_text(w.app).split("\n")[10][:6]
        await w.pilot.press("f8")
        await w.rest(0.6)
        assert "How tense?" in w.shown("playing") and "F8" in w.shown("playing")
        await w.pilot.press("f8")
        for _ in range(4):
            await w.rest(0.4)
        assert "Thank you." in w.shown("playing") and w.bench.playing.line == 11
        await w.pilot.press("escape")
        assert not w.bench.playing.on
        assert w.host.log.closed[0]["status"] == "stopped" and not w.bench.has_class("-playing")


async def test_it_plays_to_the_end_and_can_be_typed_in_meanwhile(work: Open) -> None:
    async with work() as w:
        w.go(11, 18)
        await w.pilot.press("f5", "end")
        await w.type(" Go well.")
        for _ in range(12):
            await w.rest(1)
        assert w.bench.playing is not None and not w.bench.playing.on
        assert w.line(11) == "  - say: Thank you. Go well."


@pytest.mark.parametrize("number", range(len(FORMS)))
async def test_the_form_of_every_kind_opens(number: int, work: Open) -> None:
    async with work() as w:
        await w.pilot.press("f2", *["down"] * number, "enter")
        await w.pilot.pause()
        assert isinstance(w.app.screen, Insert)
        assert w.app.screen.values.keys() == {f.name for f in FORMS[number].fields}


async def test_a_broken_script_is_not_played_and_says_why(work: Open) -> None:
    async with work(BROKEN) as w:
        await w.pilot.press("f5")
        assert w.host.conductor is None and "once the problems are put right" in w.shown("status")


# Forms


async def test_a_step_by_a_form(work: Open) -> None:
    async with work() as w:
        w.go(7, 6)
        await w.pilot.press("f2", "enter")
        assert isinstance(w.app.screen, Insert)
        await w.type("Notice: your feet")
        await w.pilot.press("enter")
        assert w.app.screen is w.bench
        assert [w.line(9), w.line(10)] == ['  - say: "Notice: your feet"', "    pause: 4 s"]
        assert loads(w.text).script is not None and TEXT.split("\n")[:9] == w.text.split("\n")[:9]
        await w.pilot.press("ctrl+z")
        assert w.text == TEXT


async def test_a_form_says_what_is_missing_and_puts_nothing_in(work: Open) -> None:
    async with work() as w:
        await w.pilot.press("f2", "enter", "enter")
        assert isinstance(w.app.screen, Insert) and "still empty" in screen_text(w.app)
        await w.pilot.press("escape")
        assert w.text == TEXT and w.app.screen is w.bench


async def test_options_of_a_form_are_changed_by_arrows(work: Open) -> None:
    async with work() as w:
        w.go(7, 6)
        await w.pilot.press("f2", "down", "down", "down", "enter", "right", "down", "right", "right")
        assert "- bell: {sound: bell, strokes: 3}" in screen_text(w.app)
        await w.pilot.press("enter")
        assert w.line(9) == "  - bell: {sound: bell, strokes: 3}"


async def test_fields_are_left_by_tab_too(work: Open) -> None:
    async with work() as w:
        await w.pilot.press("f2", "down", "down", "enter", "tab")
        focused = w.app.focused
        assert isinstance(focused, Input) and focused.id == "field-for"


# Sizes and keys


@pytest.mark.parametrize("size", [(40, 12), (60, 16), (110, 30), (200, 60)])
async def test_other_sizes_keep_a_place_to_write_in(work: Open, size: tuple[int, int]) -> None:
    async with work(BROKEN, size) as w:
        assert w.bench.area.size.height >= 4 and w.bench.area.size.width >= 30
        await w.pilot.resize_terminal(80, 24)
        await w.pilot.pause()
        assert w.bench.area.size.height >= 10


# Judged beside the writing


class Held:
    """Looks that are done when a test says so."""

    def __init__(self) -> None:
        self.work: list[Callable[[], None]] = []

    def __call__(self, work: Callable[[], None]) -> None:
        self.work.append(work)

    async def go(self, w: Work) -> None:
        self.work.pop(0)()
        await w.pilot.pause()


async def test_before_the_first_look_nothing_is_said_of_the_text(work: Open) -> None:
    held = Held()
    async with work(BROKEN, run=held) as w:
        assert "reading" in w.shown("head") and "no problems" not in w.shown("head")
        assert "Nothing to" not in screen_text(w.app) and "quiet evening" in screen_text(w.app)
        await held.go(w)
        assert "2 problems" in w.shown("head")


async def test_keys_are_taken_while_a_look_is_under_way_and_the_newest_text_is_judged(work: Open) -> None:
    held = Held()
    async with work(run=held) as w:
        await held.go(w)
        w.go(9, 11)
        await w.type("x")
        await w.rest()
        assert len(held.work) == 1  # the look at "breathex" has not begun
        await w.type("yz")
        await w.rest()
        assert "breathexyz:" in w.line(9) and w.bench.look.problems == () and len(held.work) == 1
        await held.go(w)
        assert w.bench.look.text == w.text and w.bench.look.errors >= 1 and not held.work


async def test_what_needs_a_look_waits_for_it_and_then_is_done_once(work: Open) -> None:
    held = Held()
    async with work(run=held) as w:
        w.go(9, 4)
        await w.pilot.press("f5", "f5")
        assert w.host.conductor is None and "One moment" in w.shown("status")
        await w.type("#")
        await w.pilot.press("backspace")
        await held.go(w)
        assert w.host.conductor is not None and w.bench.playing is not None and w.bench.playing.on
        assert "One moment" not in w.shown("status")
        await w.pilot.press("escape")
        assert not w.bench.playing.on


async def test_what_waits_goes_by_the_text_that_was_typed_meanwhile(work: Open) -> None:
    held = Held()
    async with work(BROKEN, run=held) as w:
        await w.pilot.press("f3")
        assert w.bench.row == 0
        await w.pilot.press("enter")
        await held.go(w)
        assert w.bench.row == 1 and len(held.work) == 1  # a line was put in: the places are old
        await held.go(w)
        assert w.bench.row == 8 and "colon" in w.shown("status")


async def test_saving_does_not_wait_and_tells_of_problems_when_they_are_known(work: Open) -> None:
    held = Held()
    async with work(BROKEN, run=held) as w:
        await w.type("#")
        await w.pilot.press("ctrl+s")
        assert w.path.read_text() == "#" + BROKEN and "Saved." in w.shown("status")
        for _ in range(len(held.work)):
            await held.go(w)
        assert "Saved with 2 problems" in w.shown("status")


async def test_on_a_real_thread_keys_are_taken_during_a_look(work: Open) -> None:
    begun, go, there = threading.Event(), threading.Event(), threading.Event()

    def slow(*args: Any) -> Any:
        begun.set()
        assert go.wait(30)
        return look(*args)

    def beside(work: Callable[[], None]) -> None:
        def run() -> None:
            work()
            there.set()

        threading.Thread(target=run, daemon=True).start()

    async with work(run=beside, looking=slow) as w:
        assert begun.wait(30)
        await w.type("# typed ")
        assert w.line(0).startswith("# typed ") and not w.bench.look.made
        go.set()
        assert await asyncio.to_thread(there.wait, 30)
        await w.pilot.pause()
        await w.pilot.pause()
        assert w.bench.look.text == TEXT


@pytest.mark.parametrize("form", FORMS, ids=lambda f: f.kind)
async def test_each_form_fits_the_smallest_screen_with_its_keys_in_sight(work: Open, form: Any) -> None:
    async with work(TEXT, (40, 12)) as w:
        await w.pilot.press("f2", *["down"] * FORMS.index(form), "enter")
        await w.pilot.pause()
        rows = screen_text(w.app).split("\n")
        assert any("put it in" in row for row in rows) and any(row.strip().startswith(form.kind) for row in rows)
        assert w.app.screen.max_scroll_y == 0
        for _ in form.fields:
            focused = w.app.focused
            assert focused is not None and focused.region.bottom <= 12 and focused.region.height == 1
            assert w.app.screen.query_one("#fields").region.contains_region(focused.region)
            await w.pilot.press("tab")
            await w.pilot.pause()


def test_a_line_to_be_put_in_is_folded_behind_a_comma() -> None:
    line = "- neurofeedback: {protocol: alpha, for: 10 min, baseline: 2 min}"
    assert folded(line, 80) == [line]
    assert folded(line, 40) == ["- neurofeedback: {protocol: alpha,", "    for: 10 min, baseline: 2 min}"]
    assert folded("  plan: {goals: [one, two], ask: [what]}", 26) == ["  plan: {goals: [one,", "    two], ask: [what]}"]
    assert folded("- say: " + "x" * 90, 20) == ["- say: " + "x" * 12 + "…"]
