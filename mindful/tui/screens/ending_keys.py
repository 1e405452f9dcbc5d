"""The player's keys that end a session: softly, or by landing. A part of `screens.player`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from mindful.player.commands import Land, Stop
from mindful.tui.screens.sound_keys import SoundKeys

if TYPE_CHECKING:
    from mindful.timeline.model import Prompt

FORM_S = 3.0
"""Backspace means nothing for so long after a form: it may be meant for what was just written."""


class EndingKeys(SoundKeys):
    """What the player lends it."""

    now: Callable[[], float]
    _asked: Prompt | None
    _form_went = -FORM_S
    """When the last form went away."""

    async def action_end(self) -> None:
        await self.keep_written()
        await self.do(Stop())

    action_stop = action_end

    async def action_land(self) -> None:
        await self.keep_written()
        self.close_mixer()
        await self.do(Land())

    action_land_writing = action_land

    async def action_land_by_touch(self) -> None:
        """The large key at the top right, which a hand finds with closed eyes."""
        # Whoever has just erased a word has not asked for this.
        if self._asked is None and self.now() - self._form_went >= FORM_S:
            await self.action_land()

    async def keep_written(self) -> None:
        """Ending early loses nothing that was written."""
