"""A question with a few answers, each with its key: what to do with words that are not saved. Used by `bench`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mindful.tui import keys
from mindful.tui.layout import margin
from mindful.tui.rows import Row, Span, wrap
from mindful.tui.screens.base import Room
from mindful.tui.widgets.page import Page
from mindful.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult


@dataclass(frozen=True, slots=True)
class Answer:
    """One thing to do."""

    key: str
    words: str
    do: Callable[[], None]


class Question(Room):
    """Esc changes nothing and goes back to the text."""

    BINDINGS = keys.bindings("question")
    CSS = """
    Question { layout: vertical; }
    Question Rows, Question Page { width: 100%; }
    Question Page { margin: 1 0 0 0; }
    Question #hints { height: 2; }
    """

    def __init__(self, heading: str, text: str, answers: Sequence[Answer]) -> None:
        super().__init__()
        self._heading, self._text, self._answers = heading, text, tuple(answers)
        self._marked = 0

    def compose(self) -> ComposeResult:
        yield Page(self.looks, self._rows)
        yield Rows(self.looks, name="hints")

    def on_resize(self) -> None:
        self.call_after_refresh(lambda: self.hint(keys.hints("question", ("choose", "away"))))

    def _rows(self, width: int) -> list[Row]:
        side = margin(width)
        inner = max(1, min(72, width - 2 * side))
        out: list[Row] = [*wrap(self._heading, inner, "strong"), (), *wrap(self._text, inner), ()]
        for i, answer in enumerate(self._answers):
            role = "picked" if i == self._marked else "text"
            out.append((Span(f" {answer.key} ", "key", f"answer:{i}"), Span(f" {answer.words} ", role, f"answer:{i}")))
        return [(Span(" " * side), *row) if row and side else row for row in out]

    def on_key(self, event: events.Key) -> None:
        for i, answer in enumerate(self._answers):
            if event.key == answer.key:
                event.stop()
                self._give(i)

    def press(self, token: str) -> bool:
        kind, _, number = token.partition(":")
        if kind == "answer":
            self._give(int(number))
        return kind == "answer"

    def _give(self, number: int) -> None:
        self.app.pop_screen()
        self._answers[number].do()

    def action_choose(self) -> None:
        self._give(self._marked)

    def action_down(self) -> None:
        self._marked = min(self._marked + 1, len(self._answers) - 1)
        self.query_one(Page).fill()

    def action_up(self) -> None:
        self._marked = max(self._marked - 1, 0)
        self.query_one(Page).fill()

    def action_away(self) -> None:
        self.app.pop_screen()
