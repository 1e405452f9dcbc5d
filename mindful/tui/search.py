"""Which sessions fit the words that were typed. Pure; called by the home screen."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

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
