"""Which sessions are shown: by length, by how much they ask, by what they are for. Pure; called by the home screen."""

from __future__ import annotations

from typing import NamedTuple

from mindful.tui.host import Card
from mindful.tui.words import TIERS

MINUTE = 60_000
LENGTHS = (("any length", 0, None), ("under 5 min", 0, 5), ("5 to 12 min", 5, 12), ("over 12 min", 12, None))
"""(words, from, below) in minutes."""
EFFORTS = ("any effort", *(word for _, word in TIERS.values()))
NEEDS = ("any need", "calm", "sleep", "focus", "crisis")
_TIERS = ("", *TIERS)


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
        return (("length", LENGTHS[self.length][0]), ("effort", EFFORTS[self.effort]), ("need", NEEDS[self.need]))

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
