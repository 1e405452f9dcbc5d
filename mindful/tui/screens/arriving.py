"""What is seen while a session's script is read: a word, at once, so that nobody looks at a dead terminal.

It paints itself: a widget in it would be laid out first, and come a frame later. It imports nothing else for the same
reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from rich.segment import Segment
from textual.binding import Binding
from textual.screen import Screen
from textual.strip import Strip

from mindful.tongue import _

if TYPE_CHECKING:
    from mindful.tui.app import MindfulApp

ONE_MOMENT = _("One moment")


class Arriving(Screen[None]):
    """The first screen of a program that was started for one session."""

    # Not from the registry of keys: there is nothing here that a help page could tell of.
    BINDINGS = [Binding("ctrl+c,escape", "leave", show=False)]
    AUTO_FOCUS = ""

    @property
    def mind(self) -> MindfulApp:
        """The app, as what it is."""
        return cast("MindfulApp", self.app)

    def on_mount(self) -> None:
        self.call_after_refresh(self._painted)

    async def _painted(self) -> None:
        await self.mind.handed_over()
        self.mind.arrived()

    def render_line(self, y: int) -> Strip:
        width, height = self.size
        words = ONE_MOMENT if y == height // 2 else ""
        return Strip([Segment(words.center(width)[:width], self.mind.styles_of["dim"])], width)

    def action_leave(self) -> None:
        """Nothing has begun, so nothing is lost."""
        self.mind.leave()
