"""One of several, or several of them. Nothing is chosen until the client chooses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mindful.timeline.model import Prompt
from mindful.tui.forms.base import Form, label
from mindful.tui.rows import Row, Span, pad, wrap_text


class _Options(Form):
    def __init__(self, prompt: Prompt, labels: Sequence[str]) -> None:
        super().__init__(prompt)
        self.labels = [label(text) for text in labels]
        self._at: int | None = None

    @property
    def cursor(self) -> str:
        return "" if self._at is None else f"option:{self._at}"

    def _move(self, by: int) -> None:
        if self._at is None:
            self._at = 0 if by > 0 else len(self.labels) - 1
        else:
            self._at = (self._at + by) % len(self.labels)

    def _mark(self, i: int) -> str:
        return f"{i + 1} " if i < 9 else "  "

    def body(self, width: int) -> list[Row]:
        rows: list[Row] = []
        airy = len(self.labels) <= 4
        for i, text in enumerate(self.labels):
            here = i == self._at
            role = "picked" if here else "field"
            lead = ("› " if here else "  ") + self._mark(i)
            lines = wrap_text(text, width - len(lead) - 1)
            blank: Row = (Span(" " * width, role, f"option:{i}"),)
            if self.tall:
                rows.append(blank)
            for n, line in enumerate(lines):
                span = Span((lead if n == 0 else " " * len(lead)) + line, role, f"option:{i}")
                rows.append(tuple(Span(s.text, role, f"option:{i}") for s in pad((span,), width)))
            if self.tall:
                rows.append(blank)
            if airy and i < len(self.labels) - 1:
                rows.append((Span(" " * width, "text"),))
        return rows


def _same(a: Any, b: Any) -> bool:
    """Equal, and of one kind: true is not 1."""
    return type(a) is type(b) and bool(a == b)


class ChoiceForm(_Options):
    """Arrows or digits choose, Enter goes on. `options` are (words, value)."""

    def __init__(self, prompt: Prompt, options: Sequence[tuple[str, Any]], letters: str = "") -> None:
        super().__init__(prompt, [text for text, _ in options])
        self._values = [value for _, value in options]
        self._letters = letters

    @property
    def value(self) -> Any:
        return None if self._at is None else self._values[self._at]

    def restore(self, draft: Any) -> None:
        self._at = next((i for i, value in enumerate(self._values) if _same(value, draft)), None)

    def _mark(self, i: int) -> str:
        return f"{self._letters[i]} " if self._letters else super()._mark(i)

    def key(self, key: str, character: str | None) -> bool:
        if key in ("down", "up"):
            self._move(1 if key == "down" else -1)
        elif key in ("backspace", "delete"):
            self._at = None
        elif character is not None and character in self._letters and character:
            self._at = self._letters.index(character)
        elif not self._letters and character is not None and character in "123456789":
            if int(character) > len(self.labels):
                return False
            self._at = int(character) - 1
        else:
            return False
        self.touched()
        return True

    def press(self, token: str) -> bool:
        if not token.startswith("option:"):
            return False
        self._at = int(token[7:])
        self.touched()
        return True


class ChoicesForm(_Options):
    """Arrows move, space or a digit ticks, Enter goes on. An empty answer is an open one."""

    def __init__(self, prompt: Prompt, options: Sequence[str]) -> None:
        super().__init__(prompt, options)
        self._options = list(options)
        self._ticked: set[int] = set()

    @property
    def value(self) -> list[str] | None:
        return [o for i, o in enumerate(self._options) if i in self._ticked] or None

    def restore(self, draft: Any) -> None:
        if isinstance(draft, list):
            self._ticked = {i for i, option in enumerate(self._options) if option in draft}

    def _mark(self, i: int) -> str:
        return ("[x] " if i in self._ticked else "[ ] ") + super()._mark(i)

    def _toggle(self, i: int) -> None:
        self._at = i
        self._ticked ^= {i}
        self.touched()

    def key(self, key: str, character: str | None) -> bool:
        if key in ("down", "up"):
            self._move(1 if key == "down" else -1)
        elif key == "space":
            if self._at is None:
                self._at = 0
            else:
                self._toggle(self._at)
        elif key in ("backspace", "delete"):
            self._ticked.clear()
            self.touched()
        elif character is not None and character in "123456789" and int(character) <= len(self.labels):
            self._toggle(int(character) - 1)
        else:
            return False
        return True

    def press(self, token: str) -> bool:
        if not token.startswith("option:"):
            return False
        self._toggle(int(token[7:]))
        return True
