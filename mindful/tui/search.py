"""Which sessions are shown: those that fit what was typed, and the filters. Pure; called by the home screen."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from mindful.tongue import _
from mindful.tui import words
from mindful.tui.host import Card


def fold(text: str) -> str:
    """Without case and accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))


def card_length(card: Card) -> str:
    """`6 min`, `5 to 12 min`."""
    return words.between(card.total_ms, card.min_ms, card.max_ms)


def _rank(card: Card, word: str) -> int | None:
    """0 best; None: the word is nowhere in it."""
    title = fold(card.title)
    if title.startswith(word):
        return 0
    if any(part.startswith(word) for part in title.split()):
        return 1
    if any(fold(tag).startswith(word) for tag in (*card.tags, *card.suits, *card.trains)):
        return 2
    if word in title:
        return 3
    rest = fold(" ".join((card.id, *card.tags, *card.suits, *card.trains, words.tier(card.tier), card.summary)))
    if word in rest:
        return 4
    return 5 if word in fold(card_length(card)).split() else None


def search(cards: Sequence[Card], query: str) -> list[Card]:
    """Those in which every word is found, the best first; all of them for no words."""
    wanted = fold(query).split()
    if not wanted:
        return list(cards)
    found = []
    for i, card in enumerate(cards):
        ranks = [_rank(card, word) for word in wanted]
        if all(r is not None for r in ranks):
            found.append((sum(r or 0 for r in ranks), i, card))
    return [card for *_, card in sorted(found, key=lambda f: f[:2])]


MINUTE = 60_000
LENGTHS = (
    (_("any length"), 0, None),
    (_("under 5 min"), 0, 5),
    (_("5 to 12 min"), 5, 12),
    (_("over 12 min"), 12, None),
)
"""(words, from, below) in minutes."""
EFFORTS = (_("any effort"), *(word for _, word in words.TIERS.values()))
NEEDS = (_("any need"), "calm", "sleep", "focus", "crisis")
NEEDED = (NEEDS[0], _("calm"), _("sleep"), _("focus"), _("crisis"))
_TIERS = ("", *words.TIERS)


class Filters(NamedTuple):
    """A place in each of the three rows above; 0 shows all."""

    length: int = 0
    effort: int = 0
    need: int = 0

    @property
    def any(self) -> bool:
        """Whether something is left out."""
        return bool(self.length or self.effort or self.need)

    @property
    def words(self) -> tuple[tuple[str, str], ...]:
        """(name, what it says now), in their order."""
        return (("length", LENGTHS[self.length][0]), ("effort", EFFORTS[self.effort]), ("need", NEEDED[self.need]))

    def turned(self, name: str) -> Filters:
        """The next choice of one of them."""
        count = {"length": len(LENGTHS), "effort": len(EFFORTS), "need": len(NEEDS)}[name]
        return self._replace(**{name: (getattr(self, name) + 1) % count})

    def fits(self, card: Card) -> bool:
        """Whether a session is shown. One that can take several lengths fits wherever one of them does."""
        if self.effort and card.tier != _TIERS[self.effort]:
            return False
        if self.need and not any(tag.startswith(NEEDS[self.need]) for tag in card.tags):
            return False
        _, low, high = LENGTHS[self.length]
        shortest = card.min_ms if card.total_ms is None else card.total_ms
        longest = card.max_ms if card.total_ms is None else card.total_ms
        return (high is None or shortest < high * MINUTE) and (longest is None or longest >= low * MINUTE)
