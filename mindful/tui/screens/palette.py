"""Everything that can be done on the screen below, and every session, by its name: type, and Enter does it.

It reads the registry of keys, so an action that is added there is here by itself. Textual has a palette too, with
commands and a look of its own; this one is built of the same rows as every screen, and is imported when it is wanted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.widgets import Input

from mindful.tui import keys, words
from mindful.tui.layout import LIST, middle, moved
from mindful.tui.rows import Row, Span, clean, cut, pad, row_width, wrap
from mindful.tui.screens.base import Room
from mindful.tui.search import card_length, fold
from mindful.tui.widgets.page import Page
from mindful.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

MOST_TYPED = 100
"""Letters of what is looked for."""
_LEFT_OUT = ("palette", "up", "down", "page_up", "page_down", "choose", "next_field", "previous_field")
"""What is done with a key or not at all: marking and moving, and this itself."""


@dataclass(frozen=True, slots=True)
class Command:
    """One line of the palette."""

    text: str
    right: str
    action: str = ""
    """The name of an action of the screen below."""
    session: str = ""
    """The id of a session to open."""


class Palette(Room):
    """Shown over `room`, whose actions it offers."""

    BINDINGS = keys.bindings("palette")
    AUTO_FOCUS = "Input"
    CSS = """
    Palette { layout: vertical; }
    Palette Rows, Palette Page { width: 100%; }
    Palette Input { border: none; height: 1; padding: 0; margin: 1 3 1 3; width: 100%; background: $surface; }
    Palette Input:focus { border: none; background-tint: transparent; }
    Palette Input>.input--placeholder { color: $foreground 65%; }
    Palette #hints { height: 2; }
    Palette.-short Input { margin: 0 1; }
    Palette.-short #hints { height: 1; }
    """

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        self._all: list[Command] = []
        self._found: list[Command] = []
        self._at = 0

    def compose(self) -> ComposeResult:
        yield Input(placeholder=words.PALETTE, compact=True, max_length=MOST_TYPED)
        yield Page(self.looks, self._rows)
        yield Rows(self.looks, name="hints")

    def on_mount(self) -> None:
        self._all = [*self._actions(), *self._sessions()]
        self._search("")

    def _actions(self) -> list[Command]:
        known = (a for scope in self.mind.scopes_of(self._room) for a in keys.SCOPES[scope])
        here = (a for a in known if a.help and a.name not in _LEFT_OUT and hasattr(self._room, f"action_{a.name}"))
        found = {a.name: Command(a.help, self.mind.key_shown(a.name, a.shown), action=a.name) for a in here}
        return list(found.values())

    def _sessions(self) -> list[Command]:
        """Not while one is played, nor where the program was started for one."""
        if self.mind.one_session or self.mind.playing:
            return []
        cards = self.mind.host.catalogue()
        return [Command(words.OPEN + clean(c.title).replace("\n", " "), card_length(c), session=c.id) for c in cards]

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.height < 20, "-short")
        self.call_after_refresh(self._lay)

    def _lay(self) -> None:
        side = self.left(self.app.size.width)
        air = 1 if self.app.size.height >= 20 else 0
        self.query_one(Input).styles.margin = (air, side, air, side)
        self.query_one(Page).fill()
        self.hint(keys.hints("palette", ("choose", "away")))

    def left(self, width: int) -> int:
        return middle(width, LIST)[0]

    def _rows(self, width: int) -> list[Row]:
        left = self.left(width + 1)
        inner = max(1, width - 2 * left)
        if not self._found:
            rows = wrap(words.NOTHING_FOUND, inner, "dim")
        else:
            rows = [self._row(i, c, inner) for i, c in enumerate(self._found)]
        return moved(rows, left)

    def _row(self, i: int, command: Command, inner: int) -> Row:
        here = i == self._at
        role, token = ("picked" if here else "text"), f"do:{i}"
        right = Span(f" {command.right} ", "picked-accent" if here else "key", token)
        room = max(1, inner - row_width((right,)) - 2)
        lead = Span("› " if here else "  ", role, token)
        return (lead, *pad((Span(cut(command.text, room), role, token),), room, role), right)

    def _search(self, query: str) -> None:
        wanted = fold(query).split()
        self._found = [c for c in self._all if all(w in fold(f"{c.text} {c.action} {c.session}") for w in wanted)]
        self._at = 0
        page = self.query_one(Page)
        page.fill()
        page.scroll_to(y=0, animate=False)

    def on_input_changed(self, event: Input.Changed) -> None:
        self._search(event.value)

    def on_input_submitted(self) -> None:
        self._do()

    def press(self, token: str) -> bool:
        kind, _, index = token.partition(":")
        if kind != "do":
            return False
        self._at = int(index)
        self._do()
        return True

    def _do(self) -> None:
        if self._at >= len(self._found):
            return
        command, room, mind = self._found[self._at], self._room, self.mind

        async def carry_out() -> None:
            if command.action:
                await room.run_action(command.action)
            else:
                mind.open_from_home(command.session)

        # This screen cannot wait for its own end: the app goes on when it is gone.
        mind.pop_screen()
        mind.call_later(carry_out)

    def _go(self, to: int) -> None:
        self._at = min(max(0, to), max(0, len(self._found) - 1))
        page = self.query_one(Page)
        page.fill()
        page.reveal(self._at)

    def action_down(self) -> None:
        self._go(self._at + 1)

    def action_up(self) -> None:
        self._go(self._at - 1)

    def action_page_down(self) -> None:
        self._go(self._at + max(1, self.query_one(Page).size.height))

    def action_page_up(self) -> None:
        self._go(self._at - max(1, self.query_one(Page).size.height))

    def action_choose(self) -> None:
        self._do()

    def action_away(self) -> None:
        self.mind.away()

    def action_leave(self) -> None:
        self.mind.leave()
