"""The first screen: the sessions, and a line to search them by typing. It must come fast, so it imports little."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.widgets import Input

from mindful.tui import keys, words
from mindful.tui.layout import margin
from mindful.tui.rows import Row, Span, beside, clean, cut, pad, row_width, wrap
from mindful.tui.screens.base import Room
from mindful.tui.search import card_length, search
from mindful.tui.widgets.page import Page
from mindful.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from mindful.tui.host import Card

_BUDGET_S = 0.012
"""Time for reading cards between two frames."""
WIDEST = 100
"""A list wider than this takes the eye too far from the title to its length."""


def card_rows(card: Card, width: int, picked: bool) -> list[Row]:
    """Two rows of one session: title, length and tier; what it is for."""
    role = "picked" if picked else "text"
    dim = "picked-dim" if picked else "dim"
    side = margin(width + 1, WIDEST)
    inner = max(1, width - 2 * side)
    token = f"card:{card.id}"
    title = clean(card.title).replace("\n", " ")
    long, tier = card_length(card), words.tier(card.tier)
    right: Row = (Span(long, "picked-accent" if picked else "accent", token), Span(f"  {tier:<12}", dim, token))
    if inner < 60:
        right = (Span(long, "picked-accent" if picked else "accent", token),)
    lead = Span("› " if picked else "  ", "picked-accent" if picked else "text", token)
    name = cut(title, max(1, inner - 2 - row_width(right) - 2))
    one = beside((lead, Span(name, role if picked else "title", token)), right, inner, role)
    about = clean(card.summary).replace("\n", " ")
    tags = ", ".join(clean(t) for t in card.tags)
    if inner < 60:
        about, tags = f"{tier}  {tags}".strip(), ""
    tail: Row = (Span(tags, dim, token),) if tags and inner >= 90 else ()
    if not about:
        about, tail = tags, ()
    text = cut(about, max(1, inner - 2 - (row_width(tail) + 3 if tail else 0)))
    two = beside((Span("  ", dim, token), Span(text, dim, token)), tail, inner, dim)
    return [_band(r, inner, side, role, token) for r in (one, two)]


def _band(spans: Row, inner: int, side: int, role: str, token: str) -> Row:
    left = (Span(" " * side, "text", token),) if side else ()
    return left + tuple(Span(s.text, s.role, token) for s in pad(spans, inner, role))


class Home(Room):
    """Typing searches, up and down mark, Enter opens."""

    BINDINGS = keys.bindings("home")
    AUTO_FOCUS = "Input"
    DEFAULT_CSS = """
    Home { layout: vertical; }
    Home Rows, Home Page { width: 100%; }
    Home #head { height: 3; }
    Home Input { border: none; height: 1; padding: 0; margin: 0 3 1 3; width: 100%; background: $surface; }
    Home Input:focus { border: none; background-tint: transparent; }
    Home Input>.input--placeholder { color: $foreground 65%; }
    Home #notice { height: 0; }
    Home #hints { height: 2; }
    Home.-short #head { height: 1; }
    Home.-short #hints { height: 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._cards: list[Card] = []
        self._found: list[Card] = []
        self._at = 0
        self._coming: Iterator[Card] | None = None
        self._query = ""
        self._notices: list[str] = []
        self._shown = False
        """Whether the first frame is on the screen."""

    def compose(self) -> ComposeResult:
        yield Rows(self.looks, name="head")
        yield Input(placeholder="Type to search: sleep, calm, 5 min", compact=True)
        yield Rows(self.looks, name="notice")
        yield Page(self.looks, self._rows)
        yield Rows(self.looks, name="hints")

    def on_mount(self) -> None:
        self._coming = iter(self.mind.host.catalogue())
        self._more()
        self._lay()
        self.call_after_refresh(self._opened)

    async def _opened(self) -> None:
        """The first frame is painted; what there is to tell may take time to find out."""
        await self.mind.handed_over()
        self._shown = True
        self._notices += [clean(n) for n in self.mind.host.notices()]
        self._lay()
        self.mind.arrived()

    def _more(self) -> None:
        """Take cards for a moment, then let keys and frames have their turn."""
        if self._coming is None:
            return
        end = time.perf_counter() + _BUDGET_S
        for card in self._coming:
            self._cards.append(card)
            if time.perf_counter() > end:
                self.call_after_refresh(self._more)
                break
        else:
            self._coming = None
        self._search()

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.height < 20, "-short")
        self.call_after_refresh(self._lay)

    def on_screen_resume(self) -> None:
        if self._shown:
            self._notices = [clean(n) for n in self.mind.host.notices()] or self._notices
        self.call_after_refresh(self._lay)

    def _lay(self) -> None:
        width, height = self.app.size
        side = margin(width, WIDEST)
        self.query_one(Input).styles.margin = (0, side, 1 if height >= 20 else 0, side)
        top = self.query_one("#head", Rows)
        name = (Span(" " * side), Span("mindful", "strong"))
        top.show([(), name] if height >= 20 else [name])
        notice = self.query_one("#notice", Rows)
        told: list[Row] = []
        for text in self._notices:
            told += [(Span(" " * side), *r) for r in wrap(text, max(1, width - 2 * side), "warm")]
        told = told[: max(0, height // 4)]
        notice.styles.height = len(told) + (1 if told and height >= 20 else 0)
        notice.show(told)
        self.hint(keys.hints("home", ("choose", "help", "clear")))

    def _search(self) -> None:
        marked = self._found[self._at].id if self._at < len(self._found) else ""
        self._found = search(self._cards, self._query)
        ids = [c.id for c in self._found]
        self._at = ids.index(marked) if marked in ids and not self._query else 0
        page = self.query_one(Page)
        page.fill()
        page.reveal(*self._span_of(self._at))

    def _gap(self) -> int:
        return 1 if self.size.height >= 20 else 0

    def _rows(self, width: int) -> list[Row]:
        out: list[Row] = []
        for i, card in enumerate(self._found):
            out += card_rows(card, width, i == self._at)
            out += [()] * self._gap()
        if not self._found and self._coming is None and self._query:
            side = " " * margin(width + 1, WIDEST)
            out = [(Span(f"{side}Nothing by that name. Fewer letters find more."[:width], "dim"),)]
        return out

    def _span_of(self, i: int) -> tuple[int, int]:
        each = 2 + self._gap()
        return i * each, i * each + 1

    def _go(self, to: int) -> None:
        if not self._found:
            return
        self._at = min(max(0, to), len(self._found) - 1)
        page = self.query_one(Page)
        page.fill()
        page.reveal(*self._span_of(self._at))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search as the client types."""
        self._query = event.value
        self._search()

    def on_input_submitted(self) -> None:
        self.action_choose()

    def press(self, token: str) -> bool:
        if not token.startswith("card:"):
            return False
        wanted = token[5:]
        self._go(next(i for i, c in enumerate(self._found) if c.id == wanted))
        self.action_choose()
        return True

    def action_down(self) -> None:
        self._go(self._at + 1)

    def action_up(self) -> None:
        self._go(self._at - 1)

    def action_page_down(self) -> None:
        self._go(self._at + max(1, self.query_one(Page).size.height // (2 + self._gap())))

    def action_page_up(self) -> None:
        self._go(self._at - max(1, self.query_one(Page).size.height // (2 + self._gap())))

    def action_choose(self) -> None:
        if self._at < len(self._found):
            self.mind.open(self._found[self._at].id)

    def action_clear(self) -> None:
        field = self.query_one(Input)
        if field.value:
            field.value = ""
        else:
            self.mind.leave()

    def action_leave(self) -> None:
        self.mind.leave()
