"""What is seen while a session's script is read: a word, at once, so that nobody looks at a dead terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mindful.tui.rows import Span, centre
from mindful.tui.screens.base import Room
from mindful.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from textual.app import ComposeResult

ONE_MOMENT = "One moment"


class Arriving(Room):
    """The first screen of a program that was started for one session."""

    DEFAULT_CSS = "Arriving Rows { height: 100%; width: 100%; }"

    def compose(self) -> ComposeResult:
        yield Rows(self.looks)

    def on_mount(self) -> None:
        width, height = self.app.size
        word = centre((Span(ONE_MOMENT[: max(0, width)], "dim"),), width)
        self.query_one(Rows).show([*[()] * (height // 2), word])
        self.call_after_refresh(self.mind.arrived)

    def action_leave(self) -> None:
        self.mind.leave()
