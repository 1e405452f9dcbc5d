"""What an app stands on beside its screens: signals, keys that a client changed, who moves time. A part of `app`."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from mindful.tongue import _
from mindful.tui import inflow, keys

if TYPE_CHECKING:
    from textual.app import App
    from textual.driver import Driver
    from textual.events import Event

    from mindful.tui.screens.base import Room

    Base = App[int]
else:
    Base = object  # a class of Textual's more would cost the first frame a millisecond

_HAND_OVER_S = 0.002
_SIGNALS = ("SIGTERM", "SIGHUP", "SIGINT")


class Foundation(Base):
    """`use_keys` may be called at any time; until then every key is as the registry has it."""

    def __init__(self, *, still: bool = False, **options: Any) -> None:
        super().__init__(**options)
        self.still = still
        """Nothing happens by itself: time is handed in."""
        self.changed_keys: dict[str, tuple[str, ...]] = {}
        """By the name of the action."""
        self._volume: float | None = None
        self._told = False
        """Whether a signal has ended it."""
        self.inflow = inflow.Inflow(lambda: inflow.waiting(self))

    def get_driver_class(self) -> type[Driver]:
        """Textual's own for this system, which waits for the app before it reads on."""
        return inflow.held_back(super().get_driver_class(), lambda app: app.inflow)

    @staticmethod
    async def handed_over() -> None:
        """A thread of Textual's writes a painted frame to the terminal: before long work it gets its turn."""
        await asyncio.sleep(_HAND_OVER_S)

    def _listen(self) -> None:
        """Signals end the session softly for the record and the terminal; where there are none, nothing is lost."""
        loop = asyncio.get_running_loop()
        for name in _SIGNALS:
            number = getattr(signal, name, None)
            if number is None:
                continue
            try:
                loop.add_signal_handler(number, self._heard, name)
            except (NotImplementedError, RuntimeError, ValueError):
                return
            # asyncio hears of a signal by a byte in the socket that also carries every key. While some hundred keys
            # wait there, that byte is lost; Python's own handler is called all the same.
            signal.signal(number, lambda *_, name=name: loop.call_soon_threadsafe(self._heard, name))
        wake = signal.set_wakeup_fd(-1)
        signal.set_wakeup_fd(wake, warn_on_full_buffer=False)  # else Python writes of it across the screen

    def _heard(self, name: str) -> None:
        """The same signal may be heard in both ways."""
        if not self._told:
            self._told = True
            self.inflow.end()
            self._told_to_end(name)
            self._forget_input()

    def _forget_input(self) -> None:
        """What was typed before the end would be worked off first, a megabyte of it for minutes."""
        from textual.events import InputEvent

        for pump in inflow.pumps(self):
            queue: asyncio.Queue[Any] = pump._message_queue
            waiting = [queue.get_nowait() for _ in range(queue.qsize())]
            for message in waiting:
                queue.task_done()
                if not isinstance(message, InputEvent):
                    queue.put_nowait(message)

    async def on_event(self, event: Event) -> None:
        if self._told:
            from textual.events import InputEvent

            if isinstance(event, InputEvent):
                return  # what comes after it is forgotten as well
        await super().on_event(event)

    def _told_to_end(self, name: str) -> None:
        """A signal of this name came."""
        raise NotImplementedError

    def use_keys(self, wanted: Mapping[str, tuple[str, ...]]) -> None:
        """From now on these keys; only what `keymap.remapping` lets through."""
        from mindful.tui.keymap import remapping

        self.changed_keys, _ = remapping(wanted)
        # Textual's own bindings follow by their ids.
        scopes = ((s, a.name) for s, scope in keys.SCOPES.items() for a in scope)
        self.set_keymap({f"{s}.{n}": ",".join(self.changed_keys[n]) for s, n in scopes if n in self.changed_keys})

    def keys_of(self, scope: str, name: str) -> tuple[str, ...]:
        """The keys of an action as they are now."""
        return self.changed_keys.get(name, keys.action(scope, name).keys)

    def key_shown(self, name: str, usual: str) -> str:
        """How a hint names the key of an action."""
        changed = self.changed_keys.get(name)
        if changed is None:
            return usual
        from mindful.tui.keymap import shown

        return shown(changed)

    def settings_changed(self) -> None:
        """What was remembered of the settings is to be asked for again."""
        self._volume = None

    @staticmethod
    def scopes_of(room: object) -> tuple[str, ...]:
        """Where the registry has the keys of a screen."""
        name = getattr(room, "SCOPE", "") or type(room).__name__.lower()
        return ("player", "mixer", "form") if name == "player" else (name,)

    def page(self, kind: type[Room], make: Callable[[], Room]) -> None:
        """A page over whatever is shown; where it lies beneath other pages already, back to it.

        Otherwise pages that open each other would lie on one another without end, each to be left by a key of its own.
        """
        from mindful.tui.screens.evidence import Evidence
        from mindful.tui.screens.help import Sheet
        from mindful.tui.screens.palette import Palette
        from mindful.tui.screens.support import Support

        stack = self.screen_stack
        at = next((i for i, screen in enumerate(stack) if isinstance(screen, kind)), None)
        if at is None or not all(isinstance(s, Evidence | Sheet | Palette | Support) for s in stack[at + 1 :]):
            self.push_screen(make())
            return
        for _above in stack[at + 1 :]:
            self.pop_screen()

    def show_help(self, room: Room) -> None:
        """The keys of a screen."""
        from mindful.tui.screens.help import Sheet

        self.push_screen(Sheet(_("Keys"), scopes=self.scopes_of(room)))

    async def action_quit(self) -> None:
        """Textual's own Ctrl+Q means what ending means on the screen that is shown."""
        room = self.screen
        own = next((name for name in ("stop", "leave") if hasattr(room, f"action_{name}")), "app.leave")
        await room.run_action(own)
