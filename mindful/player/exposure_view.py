"""What a performer shows of an exposure. A plain value, part of a `View`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ExposureView:
    """An exposure as far as it has come, for a performer."""

    words: str
    """The item."""
    ratings: tuple[tuple[int, float], ...]
    """(ms exposed, SUDS)."""
    held_ms: int
    """How long by now, ratings not counted."""
    of_ms: int
    stretching: bool
    """Whether it goes on just now, rather than asking."""
    next_ms: int | None
    """How long until it asks again."""
