"""The player's keys for sound: loudness, mute, and the mixer under the circle. A part of `screens.player`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mindful.player.commands import Mix, Volume
from mindful.tui import mixing
from mindful.tui.screens.mixer import MixerKeys

if TYPE_CHECKING:
    from textual import events

    from mindful.player.commands import Command
    from mindful.tui.loudness import Loudness
    from mindful.tui.notices import Notices


class SoundKeys(MixerKeys):
    """What the player lends it."""

    loudness: Loudness
    notices: Notices

    async def do(self, command: Command) -> None:
        """Hand a command to the conductor and show what came of it."""

    async def again(self) -> None:
        """Show the last moment once more."""

    async def _set_loudness(self, level: float) -> None:
        self.mind.remember_volume(level)
        self.notices.tell(self.loudness.said, at_once=True)
        await self.do(Volume(level))

    async def action_louder(self) -> None:
        await self._set_loudness(self.loudness.change(1))

    async def action_softer(self) -> None:
        await self._set_loudness(self.loudness.change(-1))

    async def action_mute(self) -> None:
        await self._set_loudness(self.loudness.mute())

    def may_mix(self) -> bool:
        """Whether the arrows are free for the mixer."""
        return True

    async def action_mix(self) -> None:
        if self.may_mix():
            self.mixing = mixing.Mixing(self.mind.levels)
            self.add_class("-mixing")
            self.call_after_refresh(self.again)

    async def action_mix_done(self) -> None:
        self.close_mixer()
        self.call_after_refresh(self.again)

    def close_mixer(self) -> None:
        """The arrows are the session's again."""
        self.mixing = None
        self.remove_class("-mixing")

    async def mixed(self) -> None:
        if self.mixing is not None:
            self.mind.remember_levels(self.mixing.levels)
            await self.do(Mix(self.mixing.levels))

    async def mix_by_key(self, event: events.Key) -> None:
        """While it is open, its keys come before the session's."""
        if self.mixing is not None and (name := mixing.action_of(event.key, self.mind.changed_keys)):
            event.stop()
            event.prevent_default()
            await self.run_action(name)

    def press_mixer(self, token: str) -> bool:
        """A click on a bar."""
        if self.mixing is None or not self.mixing.press(token):
            return False
        self.call_next(self.mixed)
        return True
