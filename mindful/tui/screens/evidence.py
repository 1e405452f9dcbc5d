"""What is known of a practice, on the screen: one card, or the list of them. Called from home and before a session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mindful.script.bibliography import sources
from mindful.script.evidence import STRENGTHS, Card, Finding, cards
from mindful.tongue import _
from mindful.tui import keys
from mindful.tui.layout import LIST
from mindful.tui.rows import Row, Span, wrap
from mindful.tui.screens.paged import Paged
from mindful.tui.widgets.page import Page

if TYPE_CHECKING:
    from collections.abc import Sequence

NOT_READ = _("not read by us; its place is as others give it")


class Evidence(Paged):
    """`Evidence()` lists all cards; `Evidence(found)` those of one session, the only one of them opened at once."""

    BINDINGS = keys.bindings("evidence")
    WIDEST = LIST

    def __init__(self, found: Sequence[Card] = ()) -> None:
        super().__init__()
        self._cards = list(found) or list(cards().values())
        self._at = 0
        self._open: Card | None = self._cards[0] if len(self._cards) == 1 else None

    def hints(self) -> Sequence[tuple[str, str, str]]:
        return keys.hints("evidence", ("away",) if self._open else ("choose", "down", "away"))

    def content(self, inner: int) -> list[Row]:
        return card_rows(self._open, inner) if self._open else self._list(inner)

    def _list(self, inner: int) -> list[Row]:
        rows: list[Row] = [*wrap(_("What is known"), inner, "strong"), ()]
        for i, card in enumerate(self._cards):
            here = i == self._at
            text = f"{card.title} ({STRENGTHS[card.strength]})"
            lines = wrap(text, inner, "picked" if here else "text", indent="  ", first="› " if here else "  ")
            rows += [tuple(Span(s.text.ljust(inner), s.role, f"card:{i}") for s in r) for r in lines]
        return rows

    def _move(self, by: int) -> None:
        page = self.query_one(Page)
        if self._open:
            page.scroll_relative(y=by, animate=False)
            return
        self._at = (self._at + by) % len(self._cards)
        self.lay()
        page.reveal(0) if self._at == 0 else page.reveal_token(f"card:{self._at}")

    def action_down(self) -> None:
        self._move(1)

    def action_up(self) -> None:
        self._move(-1)

    def action_choose(self) -> None:
        if self._open is None:
            self._open = self._cards[self._at]
            self.lay()
            self.query_one(Page).reveal(0)

    def press(self, token: str) -> bool:
        if not token.startswith("card:"):
            return False
        self._at = int(token[5:])
        self.action_choose()
        return True

    def action_away(self) -> None:
        if self._open is not None and len(self._cards) > 1:
            self._open = None
            self.lay()
            self.query_one(Page).reveal_token(f"card:{self._at}")
        else:
            self.mind.pop_screen()


def card_rows(card: Card, inner: int) -> list[Row]:
    """A card, to read."""
    numbers: dict[str, int] = {}
    rows: list[Row] = [*wrap(card.title, inner, "strong"), *wrap(STRENGTHS[card.strength], inner, "accent")]
    rows += wrap(card.in_short, inner)
    for heading, findings in ((_("Found"), card.found), (_("Not found, or against it"), card.failed)):
        if findings:
            rows += [(), *wrap(heading, inner, "accent"), *_findings(findings, numbers, inner)]
    if card.unknown:
        rows += [(), *wrap(_("Not known"), inner, "accent"), *wrap(card.unknown, inner, indent="  ")]
    if numbers:
        rows += [(), *wrap(_("Sources"), inner, "accent")]
        for key, number in numbers.items():
            source = sources()[key]
            note = f" ({NOT_READ})" if source.read == "record" else ""
            rows += wrap(f"{source.cited}{note}", inner, "dim", indent="      ", first=f"  [{number}] ")
    return rows


def _findings(findings: Sequence[Finding], numbers: dict[str, int], inner: int) -> list[Row]:
    rows: list[Row] = []
    for each in findings:
        marks = " ".join(f"[{numbers.setdefault(key, len(numbers) + 1)}]" for key in each.source)
        rows += wrap(f"{each.what}. {marks}", inner, indent="    ", first="  - ")
        about = " ".join(f"{part}." for part in (each.whom, each.size) if part)
        rows += wrap(about, inner, "dim", indent="    ") if about else []
    return rows
