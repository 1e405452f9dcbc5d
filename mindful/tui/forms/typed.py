"""Answers that are typed: a number, a time of day, words."""

from __future__ import annotations

import math
import re
from typing import Any

from mindful.player import units
from mindful.tongue import _
from mindful.tui import words
from mindful.tui.forms.base import Form, high
from mindful.tui.rows import Row, Span, clean, row_width, wrap

_STEPS = {"up": 1, "down": -1, "pageup": 10, "pagedown": -10}
_TIME = re.compile(r"(\d{1,2})[:.h ]?(\d{2})\Z|(\d{1,2})\Z")


class _Typed(Form):
    allowed = ""
    longest = 12
    sample = ""
    hint = ""
    types = True
    steps: tuple[tuple[str, int], ...] = ()

    def __init__(self, prompt: object) -> None:
        super().__init__(prompt)  # type: ignore[arg-type]
        self.typed = ""

    @property
    def draft(self) -> Any:
        return self.typed or None

    def restore(self, draft: Any) -> None:
        self.typed = f"{draft:g}" if isinstance(draft, float) else str(draft)[: self.longest]

    def takes(self, character: str) -> bool:
        """Whether it can be part of an answer, as it stands."""
        return character in self.allowed

    def step(self, steps: int) -> None:
        """So many steps more or less, from nothing to where most people begin."""

    def press(self, token: str) -> bool:
        name, _, steps = token.partition(":")
        if name != "step":
            return False
        self.step(int(steps))
        self.touched()
        return True

    def steppers(self, width: int) -> list[Row]:
        """Buttons for whoever has only a mouse: ten steps less, one less, one more, ten more."""
        lines: list[Row] = [()]
        for text, steps in self.steps:
            button = Span(f" {text} ", "field", f"step:{steps}")
            if lines[-1] and row_width((*lines[-1], Span("  "), button)) > width:
                lines.append(())
            lines[-1] = (*lines[-1], *([Span("  ")] if lines[-1] else []), button)
        return [row for line in lines for row in high(line)] if self.tall else lines

    def key(self, key: str, character: str | None) -> bool:
        if key == "backspace":
            self.typed = self.typed[:-1]
        elif key == "delete":
            self.typed = ""
        elif character is not None and self.takes(character):
            self.typed = (self.typed + character)[: self.longest]
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
        field: Row = (Span(shown.ljust(min(width, 16)), "field"), Span("  "), self.beside())
        return [field, (), *self.steppers(width)] if self.steps and width >= 36 else [field]

    def beside(self) -> Span:
        """What stands beside the field: how it can be written."""
        return Span(self.sample, "dim")


class NumberForm(_Typed):
    """Digits type, and behind them a unit; up and down change by one, Page Up and Page Down by ten."""

    steps = (("- 10", -10), ("- 1", -1), ("+ 1", 1), ("+ 10", 10))

    allowed = "0123456789.,-"
    longest = 16
    sample = _("such as 7 or 2.5")
    hint = words.NOT_UNDERSTOOD["number"]

    def _read(self) -> tuple[float | None, str]:
        """(the number, why it is none)."""
        try:
            number = units.read(self.typed, self.prompt.text)
        except ValueError as why:
            return None, str(why) or words.NOT_UNDERSTOOD["number"]
        return (number, "") if math.isfinite(number) else (None, words.NOT_UNDERSTOOD["number"])

    @property
    def value(self) -> float | None:
        return self._read()[0]

    @property
    def wrong(self) -> str:
        return self._read()[1] if self.typed else ""

    def takes(self, character: str) -> bool:
        # Behind a number letters may be its unit; without one they are no answer.
        return super().takes(character) or (self.typed[:1] != "" and (character.isalpha() or character in " %"))

    def key(self, key: str, character: str | None) -> bool:
        if steps := _STEPS.get(key):
            self.step(steps)
            self.touched()
            return True
        return super().key(key, character)

    def step(self, steps: int) -> None:
        self.typed = f"{(self.value or 0.0) + steps:g}"


class TimeForm(_Typed):
    """`2230`, `22:30` or `7`; up and down change by a quarter of an hour, Page Up and Page Down by an hour."""

    steps = (("- 1 h", -4), (_("- 15 min"), -1), (_("+ 15 min"), 1), ("+ 1 h", 4))

    allowed = "0123456789:. "
    longest = 5
    sample = _("such as 22:30")
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
        if steps := _STEPS.get(key):
            self.step(steps if abs(steps) == 1 else steps // 10 * 4)
            self.touched()
            return True
        return super().key(key, character)

    def step(self, steps: int) -> None:
        hours, minutes = map(int, (self.value or "12:00").split(":"))
        total = (hours * 60 + minutes + 15 * steps) % (24 * 60) if self.value else 12 * 60
        self.typed = f"{total // 60:02}:{total % 60:02}"

    def beside(self) -> Span:
        """What was typed as the time that is kept, where that does not read alike."""
        return Span(self.value, "accent") if self.value and self.value != self.typed else super().beside()


class TextForm(Form):
    """Words, in a field of the screen; they come in through `text`."""

    writes = may_write = True

    @property
    def value(self) -> str | None:
        return clean(self.text).strip() or None

    @property
    def kept(self) -> Any:
        return self.value

    def restore(self, draft: Any) -> None:
        self.text = clean(str(draft))

    def body(self, width: int) -> list[Row]:
        return wrap(_("Private: it stays in your journal."), width, "dim") if self.prompt.private else []
