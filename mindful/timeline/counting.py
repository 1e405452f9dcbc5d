"""Counting breaths to nine with keys, and how often it came out. Pure; the player asks it for `answer: breath-count`.

After the breath counting task of Levinson, Stoll, Kindy, Merry and Davidson (2014), "A mind you can count on:
validating breath counting as a behavioral measure of mindfulness", Frontiers in Psychology 5:1202,
doi 10.3389/fpsyg.2014.01202: one key for the breaths one to eight, another for the ninth, and one for whoever lost the
count. There, counting well went with less mind wandering. Here it is a way to practise and not a test: short, at home,
and with no norms to be compared with.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

NINE = 9
Key = Literal["breath", "ninth", "lost"]


@dataclass(frozen=True, slots=True)
class Count:
    """What came of it."""

    rounds: tuple[int, ...]
    """Of each round that was ended with the key for nine, the breath that it was."""
    lost: int
    """How often the count was begun anew."""

    @property
    def right(self) -> int:
        return sum(n == NINE for n in self.rounds)

    @property
    def tries(self) -> int:
        """Rounds that came to an end, in one way or another."""
        return len(self.rounds) + self.lost

    @property
    def percent(self) -> int | None:
        """Of the rounds, those that came out at nine; None where none came to an end."""
        return round(100 * self.right / self.tries) if self.tries else None


def count(keys: Sequence[Key]) -> Count:
    """The rounds in what was pressed. A round that was under way at the end is left out."""
    rounds: list[int] = []
    lost = breath = 0
    for key in keys:
        if key == "lost":
            lost, breath = lost + 1, 0
        elif key == "ninth":
            rounds.append(breath + 1)
            breath = 0
        else:
            breath += 1
    return Count(tuple(rounds), lost)
