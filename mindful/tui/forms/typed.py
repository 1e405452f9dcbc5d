"""Answers that are typed: a number, a time of day, words."""

from __future__ import annotations

import math
import re

from mindful.tui import words
from mindful.tui.forms.base import Form
from mindful.tui.rows import Row, Span, clean

_TIME = re.compile(r"(\d{1,2})[:.h ]?(\d{2})\Z|(\d{1,2})\Z")


class _Typed(Form):
    allowed = ""
    longest = 12
    sample = ""
    hint = ""
    types = True

    def __init__(self, prompt: object) -> None:
        super().__init__(prompt)  # type: ignore[arg-type]
        self.typed = ""

    def key(self, key: str, character: str | None) -> bool:
        if key == "backspace":
            self.typed = self.typed[:-1]
        elif key == "delete":
            self.typed = ""
        elif character is not None and character in self.allowed and len(self.typed) < self.longest:
            self.typed += character
        elif character is not None:
            # Whoever types "seven" means an answer: no letter of it may skip, go back or end.
            self.message = self.hint
            return True
        else:
            return False
        self.touched()
        return True

    def body(self, width: int) -> list[Row]:
        shown = f" {self.typed}_ " if self.typed else " _ "
        return [(Span(shown.ljust(min(width, 16)), "field"), Span("  "), Span(self.sample, "dim"))]


class NumberForm(_Typed):
    """Digits type; up and down change by one."""

    allowed = "0123456789.,-"
    sample = "such as 7 or 2.5"
    hint = words.NOT_UNDERSTOOD["number"]

    @property
    def value(self) -> float | None:
        try:
            number = float(self.typed.replace(",", "."))
        except ValueError:
            return None
        return number if math.isfinite(number) else None

    @property
    def wrong(self) -> str:
        return words.NOT_UNDERSTOOD["number"] if self.typed and self.value is None else ""

    def key(self, key: str, character: str | None) -> bool:
        if key in ("up", "down"):
            number = (self.value or 0.0) + (1 if key == "up" else -1)
            self.typed = f"{number:g}"
            self.touched()
            return True
        return super().key(key, character)


class TimeForm(_Typed):
    """`2230`, `22:30` or `7`; up and down change by a quarter of an hour."""

    allowed = "0123456789:. "
    longest = 5
    sample = "such as 22:30"
    hint = words.NOT_UNDERSTOOD["time"]

    @property
    def value(self) -> str | None:
        m = _TIME.match(self.typed.strip())
        if m is None:
            return None
        hours, minutes = (int(m[1]), int(m[2])) if m[3] is None else (int(m[3]), 0)
        return f"{hours:02}:{minutes:02}" if hours < 24 and minutes < 60 else None

    @property
    def wrong(self) -> str:
        return words.NOT_UNDERSTOOD["time"] if self.typed and self.value is None else ""

    def key(self, key: str, character: str | None) -> bool:
        if key in ("up", "down"):
            hours, minutes = map(int, (self.value or "12:00").split(":"))
            total = (hours * 60 + minutes + (15 if key == "up" else -15)) % (24 * 60) if self.value else 12 * 60
            self.typed = f"{total // 60:02}:{total % 60:02}"
            self.touched()
            return True
        return super().key(key, character)

    def body(self, width: int) -> list[Row]:
        rows = super().body(width)
        if self.value and self.value != self.typed:
            rows.append((Span(f" {self.value}", "accent"),))
        return rows


class TextForm(Form):
    """Words, in a field of the screen; they come in through `text`."""

    writes = True

    @property
    def value(self) -> str | None:
        return clean(self.text).strip() or None

    def body(self, width: int) -> list[Row]:
        return [(Span("Private: it stays in your own journal.", "dim"),)] if self.prompt.private else []
