"""A breath under the prompt: a few lines that are gone afterwards. Called by `mindful breathe --inline`.

The same conductor, sound and record as on the whole screen; only what is drawn is small. Textual draws it in its inline
mode, which leaves what stands above it as it was. Keys: q, Esc and Ctrl+C end it, Space pauses.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from textual.binding import Binding
from textual.screen import Screen

from mindful.player.commands import Pause, Resume, Stop
from mindful.tongue import _
from mindful.tui import theme, words
from mindful.tui.app import DONE, FAILED, STOPPED, MindfulApp
from mindful.tui.host import Options
from mindful.tui.inflow import held_back
from mindful.tui.rows import Row, Span, clean, cut
from mindful.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.driver import Driver

    from mindful.player.view import View
    from mindful.script.model import Script
    from mindful.tui.host import Host, Session

LINES = 3
_BAR = 40
"""Columns of the breath's bar at most."""


def inline_rows(view: View, width: int) -> list[Row]:
    """The three lines: what to do now, the breath as a bar, the time left and the keys."""
    phase = words.PHASES.get(view.phase.cue.phase, "") if view.phase is not None else ""
    said = words.PAUSED if view.status == "paused" else phase or clean(view.caption).replace("\n", " ")
    wide = max(1, min(_BAR, width - 4))
    filled = round((view.phase.fill if view.phase is not None else 0.0) * wide)
    bar: Row = (Span("  "), Span("━" * filled, "accent"), Span("─" * (wide - filled), "decor"))
    left = _("{left_ms} left   ").format(left_ms=words.clock(view.left_ms)) if view.left_ms is not None else ""
    keys = (
        Span(f"  {left}", "dim"),
        Span(_("Space"), "key"),
        Span(_(" pause   "), "dim"),
        Span("q", "key"),
        Span(_(" end"), "dim"),
    )
    return [(Span("  "), Span(cut(said, max(1, width - 2)), "title")), bar, keys]


class Under(Screen[None]):
    """The lines, and the time that moves them."""

    BINDINGS = [
        Binding("q,escape,ctrl+c,ctrl+q", "stop", show=False, priority=True),
        Binding("space,enter", "pause", show=False),
    ]
    AUTO_FOCUS = ""
    CSS = "Under, Under:inline { height: 3; border: none; } Under Rows { height: 3; width: 100%; }"

    def __init__(self, session: Session, fps: float) -> None:
        super().__init__()
        self._session, self._fps = session, fps
        self.view: View | None = None

    def compose(self) -> ComposeResult:
        yield Rows(self.mind.styles_of, name="lines")

    @property
    def mind(self) -> InlineApp:
        """The app, as what it is."""
        assert isinstance(self.app, InlineApp)
        return self.app

    def on_mount(self) -> None:
        self.show(self._session.start())
        if self._fps > 0:
            self.set_interval(1 / self._fps, self.frame)

    def frame(self) -> None:
        """What is to be seen at this moment."""
        self.show(self._session.tick())

    def show(self, view: View) -> None:
        """Draw it, or end."""
        self.view = view
        if view.ended is not None:
            self.mind.over(view.ended.status)
            return
        self.query_one("#lines", Rows).show(inline_rows(view, self.app.size.width))

    def action_stop(self) -> None:
        self.show(self._session.do(Stop()))
        if self.view is not None and self.view.ended is None:
            self.show(self._session.do(Stop()))  # the landing line has no room here

    def action_pause(self) -> None:
        paused = self.view is not None and self.view.status == "paused"
        self.show(self._session.do(Resume() if paused else Pause()))


class InlineApp(MindfulApp):
    """One script, under the prompt. Signals, a crash and the record are as for the whole screen."""

    def __init__(
        self,
        host: Host,
        script: Script,
        values: Mapping[str, Any],
        *,
        fps: float = 20,
        look: theme.Look | None = None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(host, look=look, fps=fps, now=now)
        self._script, self._inline_values = script, values

    def get_driver_class(self) -> type[Driver]:
        """Textual's for a few lines under the prompt, which `run(inline=True)` takes as it is; Windows has none."""
        if sys.platform == "win32":
            return super().get_driver_class()
        from textual.drivers.linux_inline_driver import LinuxInlineDriver

        return held_back(LinuxInlineDriver, lambda app: app.inflow)

    def get_default_screen(self) -> Screen[Any]:
        self._session = self.host.begin(self._script, self._inline_values, Options(self.volume, calm=True))
        return Under(self._session, self._fps)

    def over(self, status: str) -> None:
        """The session is over and its record closed."""
        self._session = None
        self.status = {"completed": DONE, "stopped": STOPPED}.get(status, FAILED)
        self.leave()


def run_inline(host: Host, script: Script, values: Mapping[str, Any]) -> int:
    """Breathe under the prompt; the exit status as of `tui.run.run`."""
    from mindful.tui.run import carry

    return carry(InlineApp(host, script, values))
