"""What every form shares: a question, an answer that may stay open, and a row of large buttons at the end."""

from __future__ import annotations

from typing import Any

from mindful.timeline.model import Prompt
from mindful.tui import words
from mindful.tui.rows import Row, Span, clean, wrap

WIDEST = 64
"""Longer lines are hard to read, above all when tired."""


class Form:
    """The state of one open question. `key` and `press` say whether they did something."""

    writes = False
    """Whether the screen adds a field to write in; its words then come in through `text`."""
    scrolls = False
    """Whether up and down move the page, as there is nothing to choose with them."""

    types = False
    """Whether characters are the answer, so that letters are no keys of the session."""

    def __init__(self, prompt: Prompt) -> None:
        self.prompt = prompt
        self.text = ""
        self.message = ""
        """A quiet line under the form."""
        self._warned = False

    @property
    def value(self) -> Any:
        """The answer so far; None: open."""
        return None

    @property
    def wrong(self) -> str:
        """Why what was entered cannot be taken; empty when it can."""
        return ""

    @property
    def cursor(self) -> str:
        """The token that must stay in sight."""
        return ""

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
        self.message, self._warned = words.NOTHING_CHOSEN, True
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
        go = (Span(" Go on ", "field" if self.value is None else "button", "answer"),)
        return go if self.prompt.required else (*go, Span("   "), Span(" Leave it open ", "field", "leave_open"))

    def rows(self, width: int) -> list[Row]:
        """The whole form in `width` columns."""
        left, inner = place(width)
        out = [*self.question(inner), ()]
        if body := self.body(inner):
            out += [*body, ()]
        if self.message:
            out += [*wrap(self.message, inner, "warm"), ()]
        if not self.writes:
            out.append(self.buttons())
        return [(Span(" " * left), *r) if r and left else r for r in out]


def place(width: int) -> tuple[int, int]:
    """(columns at the left, columns of the form) of a form in `width` columns."""
    inner = max(1, min(width - (2 if width >= 24 else 0), WIDEST))
    return max(0, (width - inner) // 2), inner


def label(text: str) -> str:
    """One line of other people's text."""
    return clean(text).replace("\n", " ").strip()
