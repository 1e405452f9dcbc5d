"""The mixer as a page of its own, before a session. What is set is kept for the next one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from mindful.tongue import _
from mindful.tui import keys
from mindful.tui.layout import middle, moved
from mindful.tui.mixing import Mixing, hints
from mindful.tui.rows import Row, wrap
from mindful.tui.screens.base import Room
from mindful.tui.widgets.page import Page
from mindful.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

HEADING = _("How loud each of them is")
ABOUT = _("This comes on top of what a session itself sets, and is kept for the next time.")


class MixerKeys(Room):
    """The keys of the mixer, for each screen that shows it. `mixing` is None while it is closed."""

    mixing: Mixing | None = None

    async def mixed(self) -> None:
        """The levels may have changed."""

    async def action_mix_next(self) -> None:
        await self._mix(lambda m: m.mark(1))

    async def action_mix_previous(self) -> None:
        await self._mix(lambda m: m.mark(-1))

    async def action_mix_more(self) -> None:
        await self._mix(lambda m: m.move(1))

    async def action_mix_less(self) -> None:
        await self._mix(lambda m: m.move(-1))

    async def action_mix_off(self) -> None:
        await self._mix(lambda m: m.off())

    async def action_mix_done(self) -> None:
        """Close it."""

    async def _mix(self, change: Callable[[Mixing], None]) -> None:
        if self.mixing is not None:
            change(self.mixing)
            await self.mixed()


class Mixer(MixerKeys):
    """Rows and nothing else."""

    BINDINGS = keys.bindings("mixer")
    CSS = """
    Mixer { layout: vertical; }
    Mixer Rows, Mixer Page { width: 100%; }
    Mixer Page { margin: 1 0 0 0; }
    Mixer #hints { height: 2; }
    Mixer.-short Page { margin: 0; }
    Mixer.-short #hints { height: 1; }
    """

    def compose(self) -> ComposeResult:
        self.mixing = Mixing(self.mind.levels)
        yield Page(self.looks, self._rows)
        yield Rows(self.looks, name="hints")

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.height < 20, "-short")
        self.call_after_refresh(self._lay)

    def _lay(self) -> None:
        self.query_one(Page).fill()
        self.hint(hints())

    def left(self, width: int) -> int:
        return middle(width - 1)[0]

    def _rows(self, width: int) -> list[Row]:
        assert self.mixing is not None
        side, inner = middle(width)
        bars = self.mixing.bars(width)
        return moved([*wrap(HEADING, inner, "strong"), (), *bars, (), *wrap(ABOUT, inner, "dim")], side)

    async def mixed(self) -> None:
        assert self.mixing is not None
        self.mind.remember_levels(self.mixing.levels)
        self.query_one(Page).fill()

    def press(self, token: str) -> bool:
        assert self.mixing is not None
        if not self.mixing.press(token):
            return False
        self.call_next(self.mixed)
        return True

    async def action_mix_done(self) -> None:
        self.mind.away()
