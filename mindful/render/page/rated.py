"""Which ratings lead where on a page: ranges of a scale behind which the same comes. Pure. Called by `route`.

A page cannot weigh a condition, so the scale is tried out: a value of each stretch of it, and where two neighbours lead
to different places, those between them, until the very place is found where the way turns.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from itertools import pairwise
from typing import TypeVar

from mindful.timeline.model import RatePrompt

MOST_TRIED = 21
"""Values of a scale that are tried first; of a longer scale evenly spread ones."""


Way = TypeVar("Way", bound=Hashable)


def turns(prompt: RatePrompt, way: Callable[[float], Way]) -> list[tuple[float, float, Way]]:
    """(from, to, way) of each range of a scale, in order; empty where what follows tells the very number.

    `way` answers for equal ways with equal values. A range that lies wholly between two values that are tried first,
    with the same way at both, is not found.
    """
    last = round((prompt.high - prompt.low) / prompt.increment)
    found: dict[int, Way] = {}

    def at(place: int) -> Way:
        if place not in found:
            found[place] = way(round(prompt.low + place * prompt.increment, 6))
        return found[place]

    if last >= 2 and len({at(0), at(1), at(2)}) == 3:
        return []  # each number has words of its own
    tried = sorted({round(k * last / (MOST_TRIED - 1)) for k in range(MOST_TRIED)}) if last else [0]
    for place in tried:
        at(place)
    for low, high in pairwise(tried):
        _narrow(low, high, at)
    out: list[tuple[float, float, Way]] = []
    for place in sorted(found):
        value = round(prompt.low + place * prompt.increment, 6)
        if out and out[-1][2] == found[place]:
            out[-1] = (out[-1][0], value, found[place])
        else:
            out.append((value, value, found[place]))
    return out


def _narrow(low: int, high: int, at: Callable[[int], object]) -> None:
    """Try between two places with different ways until the turn lies between two neighbours."""
    if high - low < 2 or at(low) == at(high):
        return
    middle = (low + high) // 2
    at(middle)
    _narrow(low, middle, at)
    _narrow(middle, high, at)
