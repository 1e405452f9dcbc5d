"""What becomes of the file that is written in the workbench: saving, what other programs do to it, and what is kept.

No word of the author's is written over or thrown away without a question. Used by `bench`, which hands itself in.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from mindful.author.live import Look
from mindful.author.paper import ChangedError, Paper, UnreadableError
from mindful.tui.author.question import Answer, Question
from mindful.tui.rows import clean

if TYPE_CHECKING:
    from mindful.tui.author.bench import Bench

WATCH_S = 1.0
"""How often the file is glanced at."""


class Keeping:
    """The file of one workbench; `now` is in seconds and handed in."""

    def __init__(self, bench: Bench, paper: Paper, text: str, now: Callable[[], float]) -> None:
        self.paper = paper
        self._bench, self._first, self._now = bench, text, now
        self._watched = now()
        self._saved: str | None = None
        """The text as the file has it; None while there is no file."""

    @property
    def unsaved(self) -> bool:
        """Whether anything was typed that is not in the file."""
        return self._bench.area.text != (self._first if self._saved is None else self._saved)

    def begin(self) -> None:
        """Put the text on the screen; a question where words were kept from the last time."""
        area = self._bench.area
        area.load_text(self._first)
        if self.paper.there:
            self._saved = area.text
            if area.text != self._first:
                self._bench.notices.tell("Line ends of this file are of several kinds; saving makes them all alike.")
        kept = self.paper.kept()
        if kept is not None and kept != area.text:
            self._ask_kept(kept)

    def beat(self) -> None:
        """Another program may have changed the file: read it anew, or ask where words of here would be lost."""
        if self._now() - self._watched < WATCH_S:
            return
        self._watched = self._now()
        if self._bench.app.screen is not self._bench or not self.paper.changed():
            return
        if self.unsaved:
            self._ask_changed("Another program changed this file while you were writing.")
        else:
            self._take_file()

    def save(self, *, over: bool = False, then: Callable[[], None] | None = None) -> None:
        """Write the file; a question where another program changed it meanwhile."""
        bench, text = self._bench, self._bench.area.text
        try:
            self.paper.save(text, over=over)
        except (ChangedError, FileExistsError):
            self._ask_changed("The file is not as it was read: another program changed it.", then)
            return
        except OSError as error:
            why = (error.strerror or "no reason given").lower()
            bench.notices.tell(f"It could not be saved ({why}). Your words are still here.", at_once=True)
            bench.paint_status()
            return
        self._saved, self._watched = text, self._now()
        self.paper.forget()
        bench.notices.tell("Saved.", at_once=True)
        bench.paint()
        bench.with_look("saved", self._judge, waiting="Saved.")
        if then is not None:
            then()

    def _judge(self, look: Look) -> None:
        if look.errors:
            self._bench.notices.tell(f"Saved with {look.verdict}.", at_once=True)
            self._bench.paint_status()

    def rescue(self) -> None:
        """The program ends from outside: keep what is not saved."""
        if self.unsaved:
            self.paper.keep(self._bench.area.text)

    def ask_leave(self) -> None:
        """Out; a question first where words would be lost."""
        if not self.unsaved:
            self._bench.leave()
            return
        answers = [
            Answer("s", "Save, and leave", lambda: self.save(then=self._bench.leave)),
            Answer("d", "Leave without saving", self._bench.leave),
            Answer("b", "Back to the text", lambda: None),
        ]
        self._ask("Not everything is saved", "What you wrote since you last saved is only here.", answers)

    def _take_file(self) -> None:
        bench = self._bench
        try:
            text = self.paper.read()
        except UnreadableError as error:
            bench.notices.tell(str(error))
            return
        if text is None:
            self._saved, self._first = None, ""
            bench.notices.tell("The file is gone from the disk. Saving writes it anew.")
        else:
            bench.area.renew(text)
            self._saved = bench.area.text
            bench.notices.tell("Read anew: another program changed the file. Ctrl+Z takes that back.")
        bench.examine()
        bench.paint()

    # Questions

    def _ask(self, heading: str, text: str, answers: list[Answer]) -> None:
        self._bench.app.push_screen(Question(heading, text, answers))

    def _ask_changed(self, what: str, then: Callable[[], None] | None = None) -> None:
        answers = [
            Answer("m", "Mine: write what is here over the file", lambda: self.save(over=True, then=then)),
            Answer("t", "Theirs: read the file; Ctrl+Z brings back what is here", self._take_file),
            Answer("b", "Back to the text; saving asks again", self._remember_seen),
        ]
        self._ask("The file changed", f"{what} Which words shall stay?", answers)

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
        self._ask("Words from last time", clean(text), answers)

    def _take_kept(self, kept: str) -> None:
        self._bench.area.renew(kept)
        self._bench.examine()
