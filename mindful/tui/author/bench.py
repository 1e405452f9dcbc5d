"""The workbench: a script's text, its problems, its outline, its sound. Thin on purpose: what it knows is elsewhere.

`mindful.author` judges the text, finds words and writes the file; `parts` says what is shown, `playing` what is heard,
`keeping` what becomes of the file, `lists` what the problems and the outline do. The text is judged beside the screen
(`mindful.author.examiner`): what needs a judgement of the text of now waits for it, typing does not. `beat()` is called
several times a second and only compares times; nothing here counts or sleeps.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from textual import on
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import TextArea

from mindful.author import forms
from mindful.author.examiner import Examiner, Looking, Run, on_a_thread
from mindful.author.live import NOT_YET, Look, Rest
from mindful.author.live import look as look_here
from mindful.author.paper import Paper
from mindful.tui import keys
from mindful.tui.author import parts
from mindful.tui.author.editor import ScriptArea
from mindful.tui.author.insert import Insert
from mindful.tui.author.keeping import Keeping
from mindful.tui.author.listing import Listing
from mindful.tui.author.lists import Lists
from mindful.tui.author.offers import Offers
from mindful.tui.author.playing import Playing
from mindful.tui.layout import hint_row, margin
from mindful.tui.notices import Notices
from mindful.tui.rows import Row, Span, clean, cut
from mindful.tui.screens.base import Room
from mindful.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

WIDE = 110
"""From so many columns on the outline stands beside the text, and else shares a place with the problems."""


WAITING = "One moment: the text is being read."


class Examined(Message):
    """A text has been looked at."""


class Bench(Room):
    """One script, being written."""

    BINDINGS = keys.bindings("bench")
    AUTO_FOCUS = "#text"
    DEFAULT_CSS = """
    Bench { layout: vertical; layers: base above; overflow: hidden; }
    Bench > Rows { width: 100%; }
    Bench #all { height: 1fr; }
    Bench #left { width: 1fr; height: 1fr; }
    Bench #problems { height: 6; width: 100%; }
    Bench #outline { width: 100%; height: 6; display: none; }
    Bench #bar { height: 1; width: 100%; }
    Bench #beside { width: 0; height: 1fr; display: none; }
    Bench.-wide #beside { width: 40%; max-width: 72; display: block; margin: 0 0 0 1; }
    Bench.-outline #outline { display: block; }
    Bench.-outline #problems { display: none; }
    Bench #playing { height: 2; display: none; }
    Bench.-playing #playing { display: block; }
    """

    def __init__(
        self,
        paper: Paper,
        text: str,
        *,
        fps: float,
        now: Callable[[], float] = time.monotonic,
        run: Run = on_a_thread,
        looking: Looking = look_here,
    ) -> None:
        super().__init__()
        self._fps = fps
        self.notices = Notices(now)
        self.keeping = Keeping(self, paper, text, now)
        self.lists = Lists(self)
        self._rest = Rest(now)
        self._examiner = Examiner(paper.path, self._told, run, looking)
        self._waiting: dict[str, Callable[[Look], None]] = {}
        """What waits for a look at the text of now, by its name."""
        self.look = NOT_YET
        self.playing: Playing | None = None

    # Its parts

    def compose(self) -> ComposeResult:
        yield Rows(self.looks, name="head")
        with Horizontal(id="all"):
            with Vertical(id="left"):
                yield ScriptArea(self.looks, name="text")
                yield Rows(self.looks, name="bar")
                yield Listing(self.looks, self.lists.problem_rows, kind="problem", name="problems")
                yield Listing(self.looks, self.lists.outline_rows, kind="row", name="outline")
            yield Listing(self.looks, self.lists.outline_rows, kind="row", name="beside")
        yield Rows(self.looks, name="playing")
        yield Rows(self.looks, name="status")
        yield Rows(self.looks, name="hints")
        yield Offers(self.looks, name="offers")

    @property
    def area(self) -> ScriptArea:
        return self.query_one("#text", ScriptArea)

    @property
    def offers(self) -> Offers:
        return self.query_one(Offers)

    @property
    def row(self) -> int:
        """The line of the cursor, from 0."""
        return int(self.area.cursor_location[0])

    @property
    def paper(self) -> Paper:
        return self.keeping.paper

    @property
    def unsaved(self) -> bool:
        """Whether anything was typed that is not in the file."""
        return self.keeping.unsaved

    def on_mount(self) -> None:
        self.playing = Playing(self.mind.host)
        self.keeping.begin()
        self.examine()
        self.paint()
        if self._fps > 0:
            self.set_interval(1 / self._fps, self.beat)

    def on_resize(self, event: events.Resize) -> None:
        wide = event.size.width >= WIDE
        self.set_class(wide, "-wide")
        if wide:
            self.remove_class("-outline")
        short = event.size.height < 20
        for name in ("#problems", "#outline"):
            self.query_one(name).styles.height = 3 if short else 10 if event.size.height >= 40 else 6
        self.call_after_refresh(self.paint)

    # Time

    def beat(self) -> None:
        """One look at the clock: is it time to examine the text, has the file changed, what is heard."""
        if self._rest.due():
            self.examine()
            self.paint()
        self.keeping.beat()
        if self.playing is not None and self.playing.on:
            self.playing.frame()
        self._paint_playing()
        self.paint_status()

    def examine(self) -> None:
        """Have the text of now judged, where it is not; the screen goes on meanwhile."""
        if not self._current:
            self._examiner.ask(self.area.text)
            self._take()

    @property
    def _current(self) -> bool:
        """Whether the look is one at the text of now."""
        return self.look.made and self.look.text == self.area.text

    def _told(self) -> None:
        """There is a look to take. Called on the examiner's thread, which may outlive the screen."""
        with suppress(RuntimeError):
            self.post_message(Examined())

    def with_look(self, name: str, do: Callable[[Look], None], waiting: str = WAITING) -> None:
        """Do what needs a judgement of the text of now: at once where there is one, else when it comes."""
        self.examine()
        if self._current:
            do(self.look)
            return
        self.notices.tell(waiting, at_once=True)
        self._waiting[name] = do
        self.paint_status()

    @on(Examined)
    def _take(self) -> None:
        """Show a new look, and do what waited for it."""
        found = self._examiner.take()
        if found is None:
            return
        self.look = found
        self.paint()
        if not self._waiting:
            return
        if not self._current:
            self.examine()  # more was typed meanwhile
            return
        waiting, self._waiting = self._waiting, {}
        self.notices.clear()
        for do in waiting.values():
            do(self.look)
        self.paint_status()

    # What is shown

    def paint(self) -> None:
        look, width = self.look, self.app.size.width
        self.area.mark(look.problems_here(str(self.paper.path)), self.playing.line if self.playing else None)
        self.query_one("#head", Rows).show(
            [parts.head(self.paper.path.name, look, self.unsaved, self.paper.there, width)]
        )
        self.lists.show()
        self._paint_bar()
        self._paint_playing()
        self.paint_status()
        names = ("save", "play", "insert", "problem", "complete", "help", "leave")
        changed = {"play": "stop"} if self.playing is not None and self.playing.on else {}
        self.query_one("#hints", Rows).show(
            [hint_row(keys.hints("bench", names, **changed), width, margin(width, width))]
        )

    def _paint_bar(self) -> None:
        self.query_one("#bar", Rows).show([parts.bar(self.has_class("-outline"))])

    def _paint_playing(self) -> None:
        playing = self.playing is not None and self.playing.on
        if self.has_class("-playing") != playing:
            self.set_class(playing, "-playing")
            self.call_after_refresh(self.paint)
        if self.playing is not None and playing:
            self.query_one("#playing", Rows).show(parts.playing_rows(self.playing.view, self.app.size.width))
            self.area.mark(self.look.problems_here(str(self.paper.path)), self.playing.line)

    def paint_status(self) -> None:
        width = self.app.size.width
        told, here = self.notices.current(), self.area.problems_at(self.row)
        if told:
            row: Row = (Span(" "), Span(cut(told, width - 2), "strong"))
        elif here:
            said = clean(here[0].message + (f": {here[0].hint}" if here[0].hint else "")).replace("\n", " ")
            row = (Span(" "), Span(cut(said, width - 2), "care" if here[0].severity == "error" else "warm"))
        else:
            at = self.area.cursor_location
            row = (Span(f" line {at[0] + 1}, column {at[1] + 1}", "dim"),)
        self.query_one("#status", Rows).show([row])

    # Writing

    @on(TextArea.Changed)
    def _typed(self) -> None:
        self._rest.touch()
        self.offers.look(self.area, always=False)

    @on(TextArea.SelectionChanged)
    def _moved(self) -> None:
        if self.offers.open and not self.offers.picking:
            self.offers.look(self.area, always=False)
        self.lists.follow()
        self.paint_status()

    def on_script_area_tab(self) -> None:
        """Tab: take the word that is offered, or indent."""
        if self.offers.open:
            self.offers.take(self.area)
        else:
            self.area.indent()

    async def on_key(self, event: events.Key) -> None:
        """Esc closes what is open, else it goes back to the text."""
        if event.key == "escape":
            event.stop()
            if self.offers.open:
                self.offers.close(self.area)
            elif self.playing is not None and self.playing.on:
                self.action_play()
            else:
                self.area.focus()

    def press(self, token: str) -> bool:
        kind, _, number = token.partition(":")
        if not number:
            return False
        if kind == "offer":
            self.offers.take(self.area, int(number))
        elif kind == "problem":
            self.lists.go_to_problem(int(number))
        elif kind == "row":
            self.lists.go_to_row(int(number))
        return True

    def on_listing_chosen(self, message: Listing.Chosen) -> None:
        message.stop()
        self.lists.choose(message.listing.id, message.entry)

    # What the keys do

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The arrows and Enter belong to the words that are offered only while one is picked from them."""
        return self.offers.picking if action in ("pick_down", "pick_up", "pick") else True

    def action_complete(self) -> None:
        """Offer words; pressed again, or with several there, choose among them."""
        if not self.offers.open:
            self.offers.look(self.area, always=True)
        if not self.offers.open:
            self.notices.tell("Nothing is known beforehand that could stand here.", at_once=True)
            self.paint_status()
            return
        self.offers.pick(self.area)

    def action_pick_down(self) -> None:
        self.offers.move(self.area, 1)

    def action_pick_up(self) -> None:
        self.offers.move(self.area, -1)

    def action_pick(self) -> None:
        self.offers.take(self.area)

    def action_save(self) -> None:
        self.keeping.save()

    def action_play(self) -> None:
        """Play from the cursor, or stop."""
        assert self.playing is not None
        if self.playing.on:
            self.playing.stop()
            self.paint()
        else:
            self.with_look("play", self._play)

    def _play(self, look: Look) -> None:
        assert self.playing is not None
        try:
            self.playing.begin(look, self.paper.path, self.row, self.mind.volume)
            if look.kept:
                self.notices.tell(look.kept)
        except ValueError as error:
            self.notices.tell(str(error), at_once=True)
        self.paint()

    def action_next(self) -> None:
        if self.playing is not None and self.playing.on:
            self.playing.next()
            self._paint_playing()

    def action_insert(self) -> None:
        self.app.push_screen(Insert(self._put))

    def _put(self, step: Sequence[str]) -> None:
        lines = list(self.area.document.lines)
        found = forms.insertion(lines, self.row, step)
        self.area.put(found.row, found.lines)
        self.area.focus()
        self.examine()

    def action_problem(self) -> None:
        """To the next problem after the cursor, round and round."""
        self.with_look("problem", self.lists.next_problem)

    def action_problems(self) -> None:
        self.lists.give_keys("problems")

    def action_outline(self) -> None:
        self.lists.give_keys("outline")

    def action_undo(self) -> None:
        self.area.action_undo()

    def action_redo(self) -> None:
        self.area.action_redo()

    def action_leave(self) -> None:
        self.keeping.ask_leave()

    def leave(self) -> None:
        if self.playing is not None:
            self.playing.stop()
        self.paper.forget()
        self.mind.leave()

    def rescue(self) -> None:
        """The program ends from outside: keep what is not saved."""
        if self.is_mounted:
            self.keeping.rescue()
