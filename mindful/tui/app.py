"""The Textual app: which screen is shown, how it ends. Thin on purpose; called by `mindful.tui.run`."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from textual.app import App

from mindful.tui import memory, theme
from mindful.tui.clean import clean
from mindful.tui.foundation import Foundation

if TYPE_CHECKING:
    from textual.screen import Screen

    from mindful.audio.levels import Levels
    from mindful.player.view import Ended
    from mindful.script.model import Script
    from mindful.tui.host import Host, Options, Session, Wanted
    from mindful.tui.screens.base import Room

DONE, STOPPED, FAILED = 0, 3, 4
"""Exit statuses of the program."""
ENDED = "the screen ended"
"""What `abort` is told when the app has ended by itself."""


class MindfulApp(Foundation, App[int]):
    """Home, before, player, after. The session that runs is closed in whatever way the program ends."""

    ENABLE_COMMAND_PALETTE = False
    CSS = "Screen { background: $background; color: $foreground; }"
    TITLE = "mindful"

    def __init__(
        self,
        host: Host,
        *,
        session: str | Callable[[], Wanted | None] | None = None,
        values: Mapping[str, Any] | None = None,
        begin: bool = False,
        calm: bool = False,
        fit_ms: int | None = None,
        fps: float = 24,
        look: theme.Look | None = None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self.look: theme.Look = look or self._detect()
        self.styles_of = theme.roles(self.look)
        super().__init__(still=fps <= 0, ansi_color=self.look in ("16", "mono"))
        # Before the first style sheet is read, or it would be read twice.
        wanted = theme.textual_theme(self.look)
        self.register_theme(wanted)
        self.theme = wanted.name
        self.host = host
        self.one_session = session is not None
        self._wanted = session
        self.crash: Exception | None = None
        self.status = DONE
        self._values, self._begin, self._wants_calm, self._fps, self._now = values or {}, begin, calm, fps, now
        self._fit_ms = fit_ms
        self._session: Session | None = None
        self._title = ""

    @staticmethod
    def _detect() -> theme.Look:
        from rich.console import Console

        return theme.look_of(os.environ, Console(file=sys.__stdout__).color_system)

    @property
    def calm(self) -> bool:
        """Words and a bar instead of movement."""
        return self._wants_calm or self.animation_level == "none"

    @property
    def volume(self) -> float:
        """Loudness, 0 to 1."""
        if self._volume is None:
            self._volume = self.host.volume
        return self._volume

    def remember_volume(self, level: float) -> None:
        """Keep it for the next session."""
        self._volume = level
        if level > 0:
            self.host.remember_volume(level)

    @property
    def levels(self) -> Levels:
        """The mixer."""
        return self.host.levels

    def remember_levels(self, levels: Levels) -> None:
        """Keep it for the next session."""
        self.host.remember_levels(levels)

    def on_mount(self) -> None:
        self._listen()

    def arrived(self) -> None:
        """The first frame is on the screen: now read the session that the program was started for.

        Where there is none after all the program ends, and whoever started it says why on the plain terminal.
        """
        if self._exit:
            return  # left, or told to end, before anything was read
        if wanted_keys := self.host.keymap():
            self.use_keys(wanted_keys)
        session = self._wanted
        if callable(session):
            wanted = session()
            if wanted is None:
                self.status = FAILED
                self.leave()
                return
            session, self._values, self._begin = wanted.session, wanted.values, wanted.begin
            self._fit_ms = wanted.fit_ms
        if session is not None:
            self.open(session)
        memory.go_on()

    def get_default_screen(self) -> Screen[Any]:
        """The home screen is the first of all: no empty one is laid out and styled before it."""
        if self.one_session:
            from mindful.tui.screens.arriving import Arriving

            return Arriving()
        from mindful.tui.screens.home import Home

        return Home()

    # Screens

    def open(self, session: str, *, begin: bool = False) -> None:
        """Show what stands before a session; or, where it is gentle and that is wished, begin it."""
        script, problems = self.host.load(session)
        if script is None:
            from mindful.tui.screens.help import Sheet

            self.status = FAILED if self.one_session else self.status
            self.push_screen(Sheet("This session cannot be opened", text=clean(problems)))
            return
        if self._begin or (begin and self.host.estimate(script, {}).tier == "green"):
            from mindful.tui.host import Options

            options = Options(self.volume, calm=self.calm, fit_ms=self._fit_ms)
            self.begin(script, {**script.defaults(), **self._values}, options)
            return
        from mindful.tui.screens.before import Before

        self.push_screen(Before(script, self._values, self._fit_ms))

    def begin(self, script: Script, values: Mapping[str, Any], options: Options) -> None:
        """Start the session."""
        from mindful.tui.screens.player import Player

        self._session = self.host.begin(script, values, options)
        self._title = clean(script.title.say(values, self.host.language, script.language))
        player = Player(self._session, fps=self._fps, calm=self.calm, volume=self.volume, now=self._now)
        if len(self.screen_stack) > 1:
            self.switch_screen(player)
        else:
            self.push_screen(player)

    def ended(self, ended: Ended) -> None:
        """The session is over and its record closed."""
        from mindful.tui.screens.after import After

        self._session = None
        if self.one_session:
            self.status = {"completed": DONE, "stopped": STOPPED}.get(ended.status, FAILED)
        self.switch_screen(After(self._title, ended, list(self.host.recorded())))

    def home(self) -> None:
        """Back to the sessions; a program started for one session ends."""
        if self.one_session:
            self.leave()
        else:
            self.pop_screen()

    def away(self) -> None:
        """One screen back; from the first one, out."""
        if len(self.screen_stack) > (2 if self.one_session else 1):
            self.pop_screen()
        else:
            self.leave()

    def show_help(self, room: Room) -> None:
        """The keys of a screen."""
        from mindful.tui.screens.help import Sheet

        self.push_screen(Sheet("Keys", scopes=self.scopes_of(room)))

    @property
    def playing(self) -> bool:
        """Whether a session runs."""
        return self._session is not None

    def open_from_home(self, session: str) -> None:
        """Go back to the first screen, and open a session."""
        while len(self.screen_stack) > 1:
            self.pop_screen()
        self.open(session)

    async def action_quit(self) -> None:
        """Textual's own Ctrl+Q means what ending means on the screen that is shown."""
        room = self.screen
        own = next((name for name in ("stop", "leave") if hasattr(room, f"action_{name}")), "app.leave")
        await room.run_action(own)

    def action_leave(self) -> None:
        """From a screen that has no meaning of its own for it."""
        self.leave()

    def leave(self) -> None:
        """End the program."""
        self.exit(self.status)

    # Endings

    def _told_to_end(self, name: str) -> None:
        self.abort(name)
        self.status = FAILED
        self.exit(FAILED, return_code=FAILED)

    def abort(self, reason: str) -> None:
        """Close the record of a running session as interrupted. Harmless when none runs."""
        session, self._session = self._session, None
        if session is not None:
            session.abort("interrupted", reason)

    def _handle_exception(self, error: Exception) -> None:
        # First the record, then the screen: Textual's own handling ends the app.
        self.crash = self.crash or error
        self.status = FAILED
        try:
            self.abort(f"crash: {type(error).__name__}")
        finally:
            super()._handle_exception(error)

    def _fatal_error(self) -> None:
        # Textual would ring the bell and print every local variable, answers among them.
        self._close_messages_no_wait()
