"""What there is to read, on the screen: the list of pages, each of which opens like a session. Called from home."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mindful.script.catalogue import CARD
from mindful.tongue import _
from mindful.tui import keys
from mindful.tui.layout import LIST, middle, moved
from mindful.tui.rows import Row, Span, clean, wrap
from mindful.tui.screens.base import Room
from mindful.tui.widgets.page import Page
from mindful.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from mindful.tui.host import Card


class Learning(Room):
    """Up and down mark, Enter reads."""

    BINDINGS = keys.bindings("learning")
    CSS = """
    Learning { layout: vertical; }
    Learning Rows, Learning Page { width: 100%; }
    Learning Page { margin: 1 0 0 0; }
    Learning #hints { height: 2; }
    Learning.-short Page { margin: 0; }
    Learning.-short #hints { height: 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._cards: list[Card] = []
        self._at = 0

    def compose(self) -> ComposeResult:
        yield Page(self.looks, self._rows)
        yield Rows(self.looks, name="hints")

    def on_mount(self) -> None:
        found = (card for card in self.mind.host.catalogue() if CARD in card.tags)
        self._cards = sorted(found, key=lambda card: card.title.casefold())

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.height < 20, "-short")
        self.call_after_refresh(self._lay)

    def _lay(self) -> None:
        self.query_one(Page).fill()
        self.hint(keys.hints("learning", ("choose", "down", "away")))

    def left(self, width: int) -> int:
        return middle(width - 1, LIST)[0]

    def _rows(self, width: int) -> list[Row]:
        left, inner = middle(width, LIST)
        rows: list[Row] = [*wrap(_("Something to read"), inner, "strong"), ()]
        if not self._cards:
            rows += wrap(_("There is nothing to read here yet."), inner, "dim")
        for i, card in enumerate(self._cards):
            here = i == self._at
            title, about = clean(card.title).replace("\n", " "), clean(card.summary).replace("\n", " ")
            lines = wrap(title, inner, "picked" if here else "title", indent="  ", first="› " if here else "  ")
            lines += wrap(about, inner, "picked-dim" if here else "dim", indent="  ") if about else []
            rows += [tuple(Span(s.text.ljust(inner), s.role, f"card:{i}") for s in r) for r in lines]
        return moved(rows, left)

    def _move(self, by: int) -> None:
        if not self._cards:
            return
        page = self.query_one(Page)
        self._at = (self._at + by) % len(self._cards)
        self._lay()
        page.reveal(0) if self._at == 0 else page.reveal_token(f"card:{self._at}")

    def action_down(self) -> None:
        self._move(1)

    def action_up(self) -> None:
        self._move(-1)

    def action_page_down(self) -> None:
        self._move(min(3, max(1, len(self._cards) - 1 - self._at)))

    def action_page_up(self) -> None:
        self._move(-min(3, max(1, self._at)))

    def action_choose(self) -> None:
        if self._at < len(self._cards):
            self.mind.open(self._cards[self._at].id, begin=True)

    def press(self, token: str) -> bool:
        if not token.startswith("card:"):
            return False
        self._at = int(token[5:])
        self.action_choose()
        return True

    def action_away(self) -> None:
        self.mind.pop_screen()

    def action_leave(self) -> None:
        self.mind.leave()
