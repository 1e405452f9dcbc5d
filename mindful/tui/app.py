"""The Textual app: which screen is shown, how it ends. Thin on purpose; called by `mindful.tui.run`."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from textual.app import App

from mindful.tongue import _
from mindful.tui import backlog, memory
from mindful.tui.clean import clean
from mindful.tui.dress import Dress, hour_of_day
from mindful.tui.foundation import Foundation
from mindful.tui.gating import Gate

if TYPE_CHECKING:
    from textual.screen import Screen

    from mindful.audio.levels import Levels
    from mindful.player.view import Ended
    from mindful.script.model import Script
    from mindful.tui.host import Host, Options, Session, Wanted
    from mindful.tui.theme import Look

DONE, STOPPED, FAILED = 0, 3, 4
"""Exit statuses of the program."""
ENDED = "the screen ended"
"""What `abort` is told when the app has ended by itself."""


class MindfulApp(Foundation, App[int]):
    """Home, before, player, after. The session that runs is closed in whatever way the program ends."""

    ENABLE_COMMAND_PALETTE = False
    CSS = """
    Screen { background: $background; color: $foreground; }
    Input:ansi, Input:ansi:focus { border-left: solid ansi_default; border-right: solid ansi_default; }
    """
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
        ladder: str | None = None,
        look: Look | None = None,
        now: Callable[[], float] = time.monotonic,
        hour: Callable[[], int] = hour_of_day,
    ) -> None:
        self.dress = Dress(host.appearance, look, hour)
        self.look, self.styles_of = self.dress.look, self.dress.styles
        super().__init__(still=fps <= 0, ansi_color=self.look in ("16", "mono"))
        # Before the first style sheet is read, or it would be read twice.
        self.host = host
        self.redress(first=True)
        self.one_session = session is not None
        self._ladder = ladder
        self._wanted = session
        self.crash: Exception | None = None
        self.status = DONE
        self._values, self._begin, self._wants_calm, self._fps, self._now = values or {}, begin, calm, fps, now
        self._fit_ms = fit_ms
        self._acknowledged, self.gate = False, Gate()
        self._session: Session | None = None
        self.backlog = backlog.Backlog()
        self._title = ""

    def redress(self, *, first: bool = False) -> None:
        """The colours that are wanted now, where the settings or the hour have changed."""
        if self.dress.change(self.host.appearance) or first:
            self.register_theme(self.dress.theme)
            self.theme = self.dress.theme.name

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

    def on_cursor_position(self) -> None:
        """The terminal has got as far as `backlog` asked."""
        self.backlog.answered(self._now())

    def may_paint(self) -> bool:
        """Whether the terminal keeps up with another frame."""
        return backlog.may_paint(self, self.backlog, self._now())

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
            self._fit_ms, self._acknowledged = wanted.fit_ms, wanted.acknowledged
        if session is not None:
            self.open(session)
        memory.go_on()

    def get_default_screen(self) -> Screen[Any]:
        """The home screen is the first of all: no empty one is laid out and styled before it."""
        if self._ladder is not None:
            from mindful.tui.screens.ladder import LadderScreen

            return LadderScreen(self._ladder)
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
            self.push_screen(Sheet(_("This session cannot be opened"), text=clean(problems)))
            return
        from mindful.tui import gating

        self.gate.acknowledged = script if self._acknowledged else None
        at_once = self._begin or (begin and self.host.estimate(script, {}).tier == "green")
        gating.enter(self, script, self._values, self._fit_ms, begin=at_once)

    def begin(self, script: Script, values: Mapping[str, Any], options: Options, *, looked: bool = False) -> None:
        """Start the session, unless the gate has something to say first, or a headset is to be looked at (`looked`)."""
        from mindful.tui import gating
        from mindful.tui.screens.player import Player

        if (admitted := gating.admitted(self, script, values, options)) is None:
            return
        if not (looked or self._begin) and (check := self.host.electrodes(script)) is not None:
            from mindful.tui.screens.electrodes import Electrodes

            self._instead(Electrodes(script, values, options, check))
            return
        self.redress()
        self._session = self.host.begin(script, values, admitted)
        self._title = clean(script.title.say(values, self.host.language, script.language))
        player = Player(self._session, fps=self._fps, calm=self.calm, volume=self.volume, now=self._now)
        self._instead(player)

    def _instead(self, screen: Screen[Any]) -> None:
        """Where the page before a session stands, or over the only screen that there is."""
        if len(self.screen_stack) > 1:
            self.switch_screen(screen)
        else:
            self.push_screen(screen)

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
            return
        self.pop_screen()
        if begin_anew := getattr(self.screen, "begin_anew", None):
            begin_anew()

    def away(self) -> None:
        """One screen back; from the first one, out."""
        if len(self.screen_stack) > (2 if self.one_session else 1):
            self.pop_screen()
        else:
            self.leave()

    def settings_changed(self) -> None:
        """What was remembered of the settings is asked for again, and shown."""
        super().settings_changed()
        self.redress()

    @property
    def playing(self) -> bool:
        """Whether a session runs."""
        return self._session is not None

    def open_from_home(self, session: str) -> None:
        """Go back to the first screen, and open a session."""
        while len(self.screen_stack) > 1:
            self.pop_screen()
        self.open(session)

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
