"""The workbench: a script's text, its problems, its outline, its sound. Thin on purpose: what it knows is elsewhere.

`mindful.author` judges the text, finds words and writes the file; `parts` says what is shown, `playing` what is heard.
`beat()` is called several times a second and only compares times; nothing here counts or sleeps.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual import on
from textual.containers import Horizontal, Vertical
from textual.widgets import TextArea

from mindful.author import forms
from mindful.author.live import Look, Rest, look
from mindful.author.paper import ChangedError, Paper, UnreadableError
from mindful.script.safety_words import for_authors
from mindful.tui import keys
from mindful.tui.author import parts
from mindful.tui.author.editor import ScriptArea
from mindful.tui.author.insert import Insert
from mindful.tui.author.listing import Listing
from mindful.tui.author.offers import Offers
from mindful.tui.author.playing import Playing
from mindful.tui.author.question import Answer, Question
from mindful.tui.layout import hint_row
from mindful.tui.notices import Notices
from mindful.tui.rows import Row, Span, clean, cut
from mindful.tui.screens.base import Room
from mindful.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

WIDE = 110
"""From so many columns on the outline stands beside the text, and else shares a place with the problems."""
WATCH_S = 1.0
"""How often the file is glanced at."""


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

    def __init__(self, paper: Paper, text: str, *, fps: float, now: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self.paper, self._first = paper, text
        self._fps, self._now = fps, now
        self._rest = Rest(now)
        self._notices = Notices(now)
        self._watched = now()
        self._saved: str | None = None
        """The text as the file has it; None while there is no file."""
        self.look = Look("")
        self._followed = -1
        self.playing: Playing | None = None

    # Its parts

    def compose(self) -> ComposeResult:
        yield Rows(self.looks, name="head")
        with Horizontal(id="all"):
            with Vertical(id="left"):
                yield ScriptArea(self.looks, name="text")
                yield Rows(self.looks, name="bar")
                yield Listing(self.looks, self._problem_rows, kind="problem", name="problems")
                yield Listing(self.looks, self._outline_rows, kind="row", name="outline")
            yield Listing(self.looks, self._outline_rows, kind="row", name="beside")
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
    def outline(self) -> Listing:
        """The list of the outline that is shown at this size."""
        return self.query_one("#beside" if self.has_class("-wide") else "#outline", Listing)

    @property
    def row(self) -> int:
        """The line of the cursor, from 0."""
        return int(self.area.cursor_location[0])

    @property
    def unsaved(self) -> bool:
        """Whether anything was typed that is not in the file."""
        return self.area.text != (self._first if self._saved is None else self._saved)

    def on_mount(self) -> None:
        self.playing = Playing(self.mind.host)
        self.area.load_text(self._first)
        if self.paper.there:
            self._saved = self.area.text
            if self.area.text != self._first:
                self._notices.tell("Line ends of this file are of several kinds; saving makes them all alike.")
        self.examine()
        kept = self.paper.kept()
        if kept is not None and kept != self.area.text:
            self._ask_kept(kept)
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
        self.call_after_refresh(self._paint)

    # Time

    def beat(self) -> None:
        """One look at the clock: is it time to examine the text, has the file changed, what is heard."""
        if self._rest.due():
            self.examine()
        if self._now() - self._watched >= WATCH_S:
            self._watched = self._now()
            self._watch()
        if self.playing is not None and self.playing.on:
            self.playing.frame()
        self._paint_playing()
        self._paint_status()

    def examine(self) -> None:
        """Judge the text of now."""
        text = self.area.text
        if text != self.look.text or not self.look.text:
            began = self._now()
            self.look = look(text, self.paper.path, self.look)
            self._rest.took(self._now() - began)
        self._paint()

    def _watch(self) -> None:
        """Another program may have changed the file: read it anew, or ask where words of here would be lost."""
        if self.app.screen is not self or not self.paper.changed():
            return
        if self.unsaved:
            self._ask_changed("Another program changed this file while you were writing.")
        else:
            self._take_file()

    def _take_file(self) -> None:
        try:
            text = self.paper.read()
        except UnreadableError as error:
            self._notices.tell(str(error))
            return
        if text is None:
            self._saved, self._first = None, ""
            self._notices.tell("The file is gone from the disk. Saving writes it anew.")
        else:
            self.area.renew(text)
            self._saved = self.area.text
            self._notices.tell("Read anew: another program changed the file. Ctrl+Z takes that back.")
        self.examine()

    # What is shown

    def _paint(self) -> None:
        look, width = self.look, self.app.size.width
        self.area.mark(look.problems_here(str(self.paper.path)), self.playing.line if self.playing else None)
        self.query_one("#head", Rows).show(
            [parts.head(self.paper.path.name, look, self.unsaved, self.paper.there, width)]
        )
        for listing, count in (
            (self.query_one("#problems", Listing), len(look.problems)),
            (self.outline, len(look.rows)),
        ):
            listing.show(count)
        self._follow()
        self._paint_bar()
        self._paint_playing()
        self._paint_status()
        names = ("save", "play", "insert", "problem", "complete", "help", "leave")
        changed = {"play": "stop"} if self.playing is not None and self.playing.on else {}
        self.query_one("#hints", Rows).show([hint_row(keys.hints("bench", names, **changed), width)])

    def _paint_bar(self) -> None:
        outline = self.has_class("-outline")
        row: Row = (
            Span(" F4 ", "key", "problems"),
            Span("Problems", "dim" if outline else "title", "problems"),
            Span("   F6 ", "key", "outline"),
            Span("Outline", "title" if outline else "dim", "outline"),
        )
        self.query_one("#bar", Rows).show([row])

    def _paint_playing(self) -> None:
        playing = self.playing is not None and self.playing.on
        if self.has_class("-playing") != playing:
            self.set_class(playing, "-playing")
            self.call_after_refresh(self._paint)
        if self.playing is not None and playing:
            self.query_one("#playing", Rows).show(parts.playing_rows(self.playing.view, self.app.size.width))
            self.area.mark(self.look.problems_here(str(self.paper.path)), self.playing.line)

    def _paint_status(self) -> None:
        width = self.app.size.width
        told, here = self._notices.current(), self.area.problems_at(self.row)
        if told:
            row: Row = (Span(" "), Span(cut(told, width - 2), "strong"))
        elif here:
            said = clean(here[0].message + (f": {here[0].hint}" if here[0].hint else "")).replace("\n", " ")
            row = (Span(" "), Span(cut(said, width - 2), "care" if here[0].severity == "error" else "warm"))
        else:
            at = self.area.cursor_location
            row = (Span(f" line {at[0] + 1}, column {at[1] + 1}", "dim"),)
        self.query_one("#status", Rows).show([row])

    def _problem_rows(self, width: int, marked: int, focused: bool) -> list[Row]:
        return parts.problem_rows(self.look.problems, str(self.paper.path), width, marked, focused)

    def _outline_rows(self, width: int, marked: int, focused: bool) -> list[Row]:
        return parts.outline_rows(self.look.rows, self.row, width, marked, focused)

    # Writing

    @on(TextArea.Changed)
    def _typed(self) -> None:
        self._rest.touch()
        self.offers.look(self.area, always=False)

    @on(TextArea.SelectionChanged)
    def _moved(self) -> None:
        if self.offers.open and not self.offers.picking:
            self.offers.look(self.area, always=False)
        if self.row != self._followed:
            self._follow()
        self._paint_status()

    def _follow(self) -> None:
        """The lists show what belongs to the line of the cursor, unless a person is in them."""
        self._followed = self.row
        problems = self.query_one("#problems", Listing)
        if not self.outline.has_focus:
            self.outline.show(len(self.look.rows), parts.current(self.look.rows, self.row))
        if not problems.has_focus:
            path = str(self.paper.path)
            here = (i for i, p in enumerate(self.look.problems) if p.file == path and p.line - 1 == self.row)
            problems.show(len(self.look.problems), next(here, None))

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
            self._go_to_problem(int(number))
        elif kind == "row":
            self._go_to_row(int(number))
        return True

    def on_listing_chosen(self, message: Listing.Chosen) -> None:
        message.stop()
        if message.listing.id == "problems":
            self._go_to_problem(message.entry)
        else:
            self._go_to_row(message.entry)

    def _go(self, row: int, column: int) -> None:
        row = max(0, min(row, self.area.document.line_count - 1))
        self.area.move_cursor((row, min(column, len(self.area.document.get_line(row)))), center=True)
        self.area.focus()

    def _go_to_problem(self, number: int) -> None:
        problem = self.look.problems[number]
        self.query_one("#problems", Listing).show(len(self.look.problems), number)
        if problem.file == str(self.paper.path):
            self._go(problem.line - 1, problem.column - 1)

    def _go_to_row(self, number: int) -> None:
        line = self.look.rows[number].line
        if line is not None:
            self._go(line, 0)

    # What the keys do

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The arrows and Enter belong to the words that are offered only while one is picked from them."""
        return self.offers.picking if action in ("pick_down", "pick_up", "pick") else True

    def action_complete(self) -> None:
        """Offer words; pressed again, or with several there, choose among them."""
        self.examine()
        if not self.offers.open:
            self.offers.look(self.area, always=True)
        if not self.offers.open:
            self._notices.tell("Nothing is known beforehand that could stand here.", at_once=True)
            self._paint_status()
            return
        self.offers.pick(self.area)

    def action_pick_down(self) -> None:
        self.offers.move(self.area, 1)

    def action_pick_up(self) -> None:
        self.offers.move(self.area, -1)

    def action_pick(self) -> None:
        self.offers.take(self.area)

    def action_save(self) -> None:
        self.save()

    def save(self, *, over: bool = False, then: Callable[[], None] | None = None) -> None:
        """Write the file; a question where another program changed it meanwhile."""
        text = self.area.text
        try:
            self.paper.save(text, over=over)
        except (ChangedError, FileExistsError):
            self._ask_changed("The file is not as it was read: another program changed it.", then)
            return
        except OSError as error:
            why = (error.strerror or "no reason given").lower()
            self._notices.tell(f"It could not be saved ({why}). Your words are still here.", at_once=True)
            self._paint_status()
            return
        self._saved, self._watched = text, self._now()
        self.paper.forget()
        self.examine()
        more = f" with {self.look.verdict}" if self.look.errors else ""
        self._notices.tell(f"Saved{more}.", at_once=True)
        self._paint()
        if then is not None:
            then()

    def action_play(self) -> None:
        """Play from the cursor, or stop."""
        assert self.playing is not None
        if self.playing.on:
            self.playing.stop()
        else:
            self.examine()
            try:
                self.playing.begin(self.look, self.row, self.mind.volume)
                if self.look.script is not None and (kept := for_authors(self.look.script)):
                    self._notices.tell(kept)
            except ValueError as error:
                self._notices.tell(str(error), at_once=True)
        self._paint()

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
        self.examine()
        path = str(self.paper.path)
        at = self.row, self.area.cursor_location[1]
        mine = [(i, (p.line - 1, p.column - 1)) for i, p in enumerate(self.look.problems) if p.file == path]
        if not mine:
            self._notices.tell("Nothing to put right.", at_once=True)
            self._paint_status()
            return
        self._go_to_problem(next((i for i, place in mine if place > at), mine[0][0]))

    def action_problems(self) -> None:
        self._show_list("#problems", outline=False)

    def action_outline(self) -> None:
        self._show_list("#beside" if self.has_class("-wide") else "#outline", outline=not self.has_class("-wide"))

    def _show_list(self, name: str, *, outline: bool) -> None:
        """Its list gets the keys; pressed again, the text gets them back."""
        listing = self.query_one(name, Listing)
        if listing.has_focus:
            self.area.focus()
            return
        self.set_class(outline, "-outline")
        self._paint()
        listing.focus()

    def action_undo(self) -> None:
        self.area.action_undo()

    def action_redo(self) -> None:
        self.area.action_redo()

    def action_leave(self) -> None:
        """Out; a question first where words would be lost."""
        if not self.unsaved:
            self.leave()
            return
        answers = [
            Answer("s", "Save, and leave", lambda: self.save(then=self.leave)),
            Answer("d", "Leave without saving", self.leave),
            Answer("b", "Back to the text", lambda: None),
        ]
        self.app.push_screen(
            Question("Not everything is saved", "What you wrote since you last saved is only here.", answers)
        )

    def leave(self) -> None:
        if self.playing is not None:
            self.playing.stop()
        self.paper.forget()
        self.mind.leave()

    # Questions

    def _ask_changed(self, what: str, then: Callable[[], None] | None = None) -> None:
        answers = [
            Answer("m", "Mine: write what is here over the file", lambda: self.save(over=True, then=then)),
            Answer("t", "Theirs: read the file; Ctrl+Z brings back what is here", self._take_file),
            Answer("b", "Back to the text; saving asks again", self._remember_seen),
        ]
        self.app.push_screen(Question("The file changed", f"{what} Which words shall stay?", answers))

    def _remember_seen(self) -> None:
        """Do not ask again by itself about a change that the author knows of."""
        self._watched = float("inf")

    def _ask_kept(self, kept: str) -> None:
        answers = [
            Answer("t", "Take them; Ctrl+Z goes back to the file", lambda: self._take_kept(kept)),
            Answer("d", "Throw them away", self.paper.forget),
            Answer("b", "Leave them for later", lambda: None),
        ]
        text = f"The program was ended before everything was saved. Those words are in {self.paper.unsaved.name}."
        self.app.push_screen(Question("Words from last time", clean(text), answers))

    def _take_kept(self, kept: str) -> None:
        self.area.renew(kept)
        self.examine()

    def rescue(self) -> None:
        """The program ends from outside: keep what is not saved."""
        if self.is_mounted and self.unsaved:
            self.paper.keep(self.area.text)
