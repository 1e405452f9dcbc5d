"""Ways to show a breath: each a pure function of (width, height, moment) to rows of cells. `widgets.pacer` paints them.

To add one: a module with `frame`, a line in `PACERS`, a word in `tui.words.PACERS`, and its name in the script's model.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from mindful.tui.pacers import circle, column, empty, petals, ring, wave, word
from mindful.tui.pacers.frames import Frame
from mindful.tui.pacers.moment import Moment

__all__ = ["DEFAULT", "NAMES", "PACERS", "Moment", "Pacer", "after", "pacer"]


@dataclass(frozen=True, slots=True)
class Pacer:
    """One way to show a breath."""

    name: str
    frame: Callable[[int, int, Moment], Frame]
    """(columns, rows, moment) to exactly so many rows of exactly so many cells."""
    seen: Callable[[Moment], tuple[int, int]] | None = None
    """How many ms before and after now it shows; None: only this moment."""


PACERS: dict[str, Pacer] = {
    p.name: p
    for p in (
        Pacer("circle", circle.picture),
        Pacer("wave", wave.frame, wave.seen),
        Pacer("column", column.frame),
        Pacer("ring", ring.frame),
        Pacer("petals", petals.frame),
        Pacer("word", word.frame),
        Pacer("none", empty.frame),
    )
}
NAMES = tuple(PACERS)
DEFAULT = "circle"


def pacer(name: str | None) -> Pacer:
    """By name; the circle for a name that is none."""
    return PACERS.get(name or DEFAULT, PACERS[DEFAULT])


def after(name: str) -> str:
    """The next one, round and round."""
    at = NAMES.index(name) if name in NAMES else -1
    return NAMES[(at + 1) % len(NAMES)]
