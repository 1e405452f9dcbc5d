"""What an app stands on beside its screens: signals, keys that a client changed, who moves time. A part of `app`."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from mindful.tui import keys

if TYPE_CHECKING:
    from textual.app import App

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
                loop.add_signal_handler(number, self._told_to_end, name)
            except (NotImplementedError, RuntimeError, ValueError):
                return

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
