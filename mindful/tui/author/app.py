"""The app around the workbench: signals, colours and a crash are as for sessions; unsaved words are kept when it ends.

Called by `mindful.tui.author.run`.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from mindful.author.examiner import Looking, Run, on_a_thread
from mindful.author.live import look as look_here
from mindful.tui.app import ENDED, MindfulApp
from mindful.tui.author.bench import Bench

if TYPE_CHECKING:
    from textual.screen import Screen

    from mindful.author.paper import Paper
    from mindful.tui.host import Host
    from mindful.tui.screens.base import Room
    from mindful.tui.theme import Look


class AuthorApp(MindfulApp):
    """One script, from the first key to the last save."""

    TITLE = "mindful author"

    def __init__(
        self,
        host: Host,
        paper: Paper,
        text: str,
        *,
        fps: float = 12,
        look: Look | None = None,
        now: Callable[[], float] = time.monotonic,
        run: Run = on_a_thread,
        looking: Looking = look_here,
    ) -> None:
        super().__init__(host, look=look, fps=fps, now=now)
        self._bench = Bench(paper, text, fps=fps, now=now, run=run, looking=looking)

    @property
    def bench(self) -> Bench:
        return self._bench

    def get_default_screen(self) -> Screen[Any]:
        return self._bench

    def show_help(self, room: Room) -> None:
        from mindful.tui.screens.help import Sheet

        self.push_screen(Sheet("Keys of the workbench", scopes=("bench",)))

    def away(self) -> None:
        if len(self.screen_stack) > 1:
            self.pop_screen()

    def abort(self, reason: str) -> None:
        """The program was told to end, or an error ended it."""
        if self._bench.playing is not None:
            self._bench.playing.stop()
        if reason != ENDED:
            self._bench.rescue()
        super().abort(reason)
