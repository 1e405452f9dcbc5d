"""What every form shares: a question, an answer that may stay open, and a row of large buttons at the end."""

from __future__ import annotations

from typing import Any

from rich.cells import cell_len

from mindful.timeline.counting import Key
from mindful.timeline.model import Prompt
from mindful.tongue import _
from mindful.tui import words
from mindful.tui.rows import Row, Span, clean, cut, wrap

WIDEST = 64
"""Longer lines are hard to read, above all when tired."""


NOTHING_WRITTEN = _("Nothing written, and that is fine. Enter once more leaves it open.")
MESSAGE = "message:"
"""The token of what is said under a form, so that it can be brought into sight; pressed it does nothing."""
EXCERPT = 60
"""Columns of what is quoted from a draft."""


class Form:
    """The state of one open question. `key` and `press` say whether they did something."""

    writes = False
    """Whether the screen adds a field to write in; its words then come in through `text`."""
    scrolls = False
    """Whether up and down move the page, as there is nothing to choose with them."""

    may_write = False
    """Whether it may come to `writes` later: a sheet has fields of all kinds."""

    pages = False
    """Whether it goes over several pages, with one where everything can be looked over."""

    looks_over = True
    """Whether there is such a page."""

    over = False
    """Whether it stands at the page where everything can be looked over."""

    types = False
    """Whether characters are the answer, so that letters are no keys of the session."""

    def __init__(self, prompt: Prompt) -> None:
        self.prompt = prompt
        self.text = ""
        self.message = ""
        """A quiet line under the form."""
        self.heading = ""
        """What stands on the screen already, and so is not said once more."""
        self.room = 0
        """Rows that the screen has for it; 0: unknown."""
        self.tall = False
        """Whether what can be pressed is three rows high, as hands that shake need it."""
        self.quiet = 0
        """Rows that it has while nothing is said under it: they say where it stands, and nothing moves when it is."""
        self._low = False
        """Whether its last buttons give their height to what is said."""
        self.offered: Any = None
        """What had been begun here when an earlier session was cut off."""
        self._warned = False
        self.page = 0
        """Counts the pages that were turned: with each, something was finished and another thing stands here."""

    @property
    def required(self) -> bool:
        """Whether what stands here cannot be left open."""
        return self.prompt.required

    @property
    def kept(self) -> Any:
        """What is an answer even where the session is ended in the middle of it; None: nothing."""
        return None

    @property
    def left(self) -> Any:
        """What is answered by leaving it open: of a sheet what was filled in before."""
        return None

    def back(self) -> bool:
        """Go back within the form; False: to the step before."""
        return False

    def look_over(self) -> bool:
        """Go to where everything can be looked over; whether there is such a place."""
        return False

    @property
    def value(self) -> Any:
        """The answer so far; None: open."""
        return None

    @property
    def draft(self) -> Any:
        """What is entered so far, finished or not, as plain data that `restore` takes; None: nothing."""
        return self.value

    def restore(self, draft: Any) -> None:
        """Show what was entered before. What does not fit (another version of the script) is left out."""

    def offer(self, draft: Any) -> None:
        """Say that something had been begun here; `keep` takes it."""
        self.offered = draft
        self.message = words.begun("" if self.prompt.private else excerpt(draft))

    def keep(self) -> bool:
        """Take what had been begun; whether there was anything."""
        if self.offered is None:
            return False
        draft, self.offered = self.offered, None
        self.restore(draft)
        self.touched()
        return True

    @property
    def wrong(self) -> str:
        """Why what was entered cannot be taken; empty when it can."""
        return ""

    @property
    def cursor(self) -> str:
        """The token that must stay in sight."""
        return ""

    def tap_of(self, key: str) -> Key | None:
        """The tap that a key means; None where nothing is tapped."""
        return None

    def progress(self, taps: tuple[int, int, int]) -> bool:
        """How far tapping has come: (taps, ms since the first, ms that it takes). Whether it shows."""
        return False

    def key(self, key: str, character: str | None) -> bool:
        return False

    def press(self, token: str) -> bool:
        return False

    def body(self, width: int) -> list[Row]:
        """The rows between the question and the buttons."""
        return []

    def touched(self) -> None:
        """Something was chosen or changed: what was said about an open answer no longer holds."""
        self.message, self._warned = "", False

    def ready(self) -> bool:
        """Whether Enter may go on now. Leaving a question open takes a second Enter: none is lost by accident."""
        if self.wrong:
            self.message = self.wrong
            return False
        if self.value is not None:
            return True
        if self.prompt.required:
            self.message = words.NEEDED
            return False
        if self._warned:
            return True
        self.message, self._warned = NOTHING_WRITTEN if self.writes else words.NOTHING_CHOSEN, True
        return False

    def may_stay_open(self) -> bool:
        """Whether it can be left without an answer at once; says why when not."""
        if self.prompt.required:
            self.message = words.NEEDED
        return not self.prompt.required

    def question(self, width: int) -> list[Row]:
        return wrap(self.prompt.text, width, "title") if self.prompt.text else []

    def buttons(self) -> Row:
        """Go on, and leave open; for the mouse, and to be seen."""
        ready = self.writes or self.value is not None
        row: Row = (Span(_(" Go on "), "button" if ready else "field", "answer"),)
        if self.offered is not None:
            row = (*row, Span("   "), Span(f" {words.KEEP} ", "field", "keep_draft"))
        return row if self.prompt.required else (*row, Span("   "), Span(_(" Leave it open "), "field", "leave_open"))

    def button_rows(self) -> list[Row]:
        """The buttons, as high as there is room for."""
        return high(self.buttons()) if self.tall and not self._low else [self.buttons()]

    def rows(self, width: int) -> list[Row]:
        """The whole form in `width` columns, with large things to press where `room` allows.

        What is said under it changes nothing above: where there is no room for that, the buttons get less high.
        """
        self.tall, self._low = True, False
        said, self.message = self.message, ""
        rows = self._rows(width)
        self.tall = len(rows) <= self.room
        if not self.tall:
            rows = self._rows(width)
        self.quiet, self.message = len(rows), said
        if said:
            rows = self._rows(width)
            if self.tall and len(rows) > self.room:
                self._low = True
                rows = self._rows(width)
        return rows

    def said(self, width: int) -> list[Row]:
        """The line under the form."""
        rows = wrap(self.message, width, "warm")
        return [*(tuple(Span(s.text, s.role, MESSAGE) for s in row) for row in rows), ()]

    def _rows(self, width: int) -> list[Row]:
        left, inner = place(width)
        out = [*self.question(inner), ()]
        if body := self.body(inner):
            out += [*body, ()]
        if self.message:
            out += self.said(inner)
        if not self.writes:
            out += self.button_rows()
        return [(Span(" " * left), *r) if r and left else r for r in out]


def high(row: Row) -> list[Row]:
    """A row of things to press, three rows high: its words in the middle."""
    blank = tuple(Span(" " * cell_len(s.text), s.role, s.token) for s in row)
    return [blank, row, blank]


def excerpt(draft: Any) -> str:
    """What was begun, short enough for a line."""
    if isinstance(draft, bool):
        return _("yes") if draft else _("no")
    text = ", ".join(map(str, draft)) if isinstance(draft, list) else str(draft)
    return cut(label(text), EXCERPT)


def place(width: int) -> tuple[int, int]:
    """(columns at the left, columns of the form) of a form in `width` columns."""
    inner = max(1, min(width - (2 if width >= 24 else 0), WIDEST))
    return max(0, (width - inner) // 2), inner


def label(text: str) -> str:
    """One line of other people's text."""
    return clean(text).replace("\n", " ").strip()
