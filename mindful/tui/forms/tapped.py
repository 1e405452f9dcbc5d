"""Breaths tapped with a key, for their pace or counted to nine. The session has the taps; this shows how it goes."""

from __future__ import annotations

from typing import Any

from mindful.timeline.counting import Key
from mindful.timeline.model import AskPrompt
from mindful.tui import words
from mindful.tui.forms.base import Form, high
from mindful.tui.rows import Row, Span, wrap

KEYS: dict[str, Key] = {"space": "breath"}
COUNT_KEYS: dict[str, Key] = {"space": "breath", "enter": "ninth", "9": "ninth", "backspace": "lost", "0": "lost"}
"""The two largest keys for the breaths and for the ninth, so that they are found with closed eyes."""


WIDE = 32
"""Columns of the one button: it may be hit without looking."""


class TapForm(Form):
    """Space taps. What was tapped is told to the screen by `tap_of`; the screen tells `progress` back."""

    prompt: AskPrompt
    types = True

    def __init__(self, prompt: AskPrompt) -> None:
        super().__init__(prompt)
        self.counts = prompt.answer == "breath-count"
        self.taps, self.since_ms, self.for_ms = 0, 0, prompt.for_ms

    def tap_of(self, key: str) -> Key | None:
        return (COUNT_KEYS if self.counts else KEYS).get(key)

    def progress(self, taps: tuple[int, int, int]) -> bool:
        before = (self.taps, self.left)
        self.taps, self.since_ms, self.for_ms = taps
        return before != (self.taps, self.left)

    @property
    def left(self) -> int:
        """Whole seconds."""
        return -(-max(0, self.for_ms - self.since_ms) // 1000)

    @property
    def draft(self) -> Any:
        return None

    def ready(self) -> bool:
        return True

    def key(self, key: str, character: str | None) -> bool:
        # Letters do nothing: whoever taps with closed eyes may hit a neighbour.
        return character is not None

    def body(self, width: int) -> list[Row]:
        name = words.TAP_COUNT if self.counts else words.TAP
        button: Row = (Span(name.center(len(name) + 2 if self.counts else min(width, WIDE)), "button", "tap:space"),)
        if self.counts:
            button = (*button, Span("  "), Span(f" {words.TAP_NINTH} ", "field", "tap:enter"))
            button = (*button, Span("  "), Span(f" {words.TAP_LOST} ", "field", "tap:backspace"))
        how = wrap(words.COUNT_HOW if self.counts else words.TAP_HOW, width, "dim")
        # The number of taps is not shown while counting: it would count for the client.
        left = words.clock(self.left * 1000)
        so_far = left if self.counts else f"{self.taps}   {left}"
        return [*(high(button) if self.tall else [button]), (), (Span(f" {so_far}", "strong"),), (), *how]
