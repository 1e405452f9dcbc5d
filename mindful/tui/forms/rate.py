"""A rating: a line to move along, or a number to type. Nothing is chosen until the client chooses."""

from __future__ import annotations

from typing import Any

from rich.cells import cell_len

from mindful.timeline.model import RatePrompt
from mindful.tongue import _
from mindful.tui.forms.base import Form, label
from mindful.tui.rows import Row, Span, beside, row_width, wrap

_MOST_BOXES = 11


class RateForm(Form):
    """Left and right move by one step, up and down by ten; digits type; Home and End go to the ends."""

    prompt: RatePrompt

    def __init__(self, prompt: RatePrompt) -> None:
        super().__init__(prompt)
        self._value: float | None = None
        self._typed = ""
        self._whole = all(float(n).is_integer() for n in (prompt.low, prompt.high, prompt.increment))

    @property
    def value(self) -> int | float | None:
        if self._value is None:
            return None
        return round(self._value) if self._whole else self._value

    @property
    def wrong(self) -> str:
        if self._typed and self._value is None:
            return _("A number from {low} to {high}.").format(
                low=self._number(self.prompt.low), high=self._number(self.prompt.high)
            )
        return ""

    def _number(self, value: float) -> str:
        return f"{value:g}"

    def _set(self, value: float, typed: str = "") -> None:
        p = self.prompt
        steps = round((value - p.low) / p.increment) if p.increment > 0 else 0
        near = value if typed else p.low + steps * p.increment
        self._value = min(float(p.high), max(float(p.low), round(near, 6)))
        self._typed = typed
        self.touched()

    def restore(self, draft: Any) -> None:
        number = draft if isinstance(draft, int | float) and not isinstance(draft, bool) else None
        if number is not None and self.prompt.low <= number <= self.prompt.high:
            self._set(float(number), f"{number:g}")
            self._typed = ""

    def _move(self, steps: int) -> None:
        p = self.prompt
        if self._value is None:
            # The first step of an arrow only takes hold of the line, in its middle.
            self._set((p.low + p.high) / 2)
        else:
            self._set(self._value + steps * p.increment)

    def _type(self, character: str) -> None:
        for typed in (self._typed + character, character):
            try:
                number = float(typed)
            except ValueError:
                number = None
            if number is not None and number <= self.prompt.high and (not self._whole or number.is_integer()):
                if number >= self.prompt.low:
                    self._set(number, typed)
                else:
                    self._typed, self._value = typed, None
                    self.touched()
                return
            if number is None and typed in ("-", ".") and (typed != "-" or self.prompt.low < 0):
                self._typed, self._value = typed, None
                return

    def key(self, key: str, character: str | None) -> bool:
        moves = {"left": -1, "right": 1, "down": -10, "up": 10, "pagedown": -10, "pageup": 10}
        if key in moves:
            wide = (self.prompt.high - self.prompt.low) / (self.prompt.increment or 1) > 20
            self._move(moves[key] if wide or abs(moves[key]) == 1 else moves[key] // 10)
        elif key in ("home", "end"):
            self._set(self.prompt.low if key == "home" else self.prompt.high)
        elif key in ("backspace", "delete"):
            self._value, self._typed = None, ""
            self.touched()
        elif character is not None and character in "0123456789.-" and not (self._whole and character == "."):
            self._type(character)
        else:
            return False
        return True

    def press(self, token: str) -> bool:
        if not token.startswith("rate:"):
            return False
        self._set(float(token[5:]))
        return True

    def body(self, width: int) -> list[Row]:
        how = _("← → or type a number")
        hint = wrap(how, width, "dim")
        # Once something is chosen the hint goes, but not its place: nothing moves away from under a finger.
        if self._value is not None and (meaning := self.prompt.anchor(self._value)):
            told = wrap(meaning, width, "dim")
            return [*self._scale(width), (), *told, *[()] * (len(hint) - len(told))]
        return [*self._scale(width), (), *(hint if self._value is None else [()] * len(hint))]

    def _scale(self, width: int) -> list[Row]:
        p = self.prompt
        count = round((p.high - p.low) / p.increment) + 1 if p.increment > 0 else 0
        if self._whole and 2 <= count <= _MOST_BOXES and width >= count * 4:
            boxes = self._boxes(width, count)
            # What the ends mean stands beneath the ends.
            return [*boxes, *self._ends(row_width(boxes[0]) - 1 - self._gap(width, count))]
        return [*self._line(width), *self._ends(width)]

    def _ends(self, width: int) -> list[Row]:
        p = self.prompt
        low, high = (
            f"{self._number(n)} {label(text)}".strip() for n, text in ((p.low, p.low_label), (p.high, p.high_label))
        )
        if cell_len(low) + cell_len(high) + 2 <= width:
            return [beside((Span(low, "dim"),), (Span(high, "dim"),), width)]
        return [*wrap(low, width, "dim"), *wrap(high, width, "dim")]

    @staticmethod
    def _gap(width: int, count: int) -> int:
        """Columns between two boxes, beside the one that is always there."""
        return (width - min(6, width // count) * count) // (count - 1) if count > 1 else 0

    def _boxes(self, width: int, count: int) -> list[Row]:
        each = min(6, width // count)
        gap = self._gap(width, count)
        rows: list[Row] = []
        for line in range(3):
            spans: list[Span] = []
            for i in range(count):
                number = self.prompt.low + i * self.prompt.increment
                chosen = self._value is not None and abs(self._value - number) < 1e-9
                text = self._number(number)
                shown = (f"›{text}‹" if chosen and each >= len(text) + 2 else text) if line == 1 else ""
                spans.append(Span(shown.center(each - 1), "button" if chosen else "field", f"rate:{number:g}"))
                spans.append(Span(" " * (1 + gap), "text", f"rate:{number:g}"))
            rows.append(tuple(spans))
        return rows

    def _line(self, width: int) -> list[Row]:
        p = self.prompt
        last = max(1, width - 1)

        def token(x: int) -> str:
            return f"rate:{p.low + (p.high - p.low) * x / last:g}"

        if self._value is None:
            at = None
            shown = self._typed or "–"
            text, role = shown.center(width), "dim"
        else:
            at = round((self._value - p.low) / (p.high - p.low) * last)
            shown = self._number(self._value)
            start = min(max(0, at - len(shown) // 2), width - len(shown))
            text, role = (" " * start + shown).ljust(width), "strong"
        line = []
        for x in range(last + 1):
            if at is None or x > at:
                line.append(Span("─", "decor" if at is not None else "dim", token(x)))
            elif x == at:
                line.append(Span("█", "accent", token(x)))
            else:
                line.append(Span("━", "accent", token(x)))
        # The number above the line and the row beneath it can be pressed as well.
        head = tuple(Span(character, role, token(x)) for x, character in enumerate(text[:width]))
        return [head, tuple(line), tuple(Span(" ", "text", token(x)) for x in range(last + 1))]
