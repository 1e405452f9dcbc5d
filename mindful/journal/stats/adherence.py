"""How a plan was followed: the port by which a programme tells statistics. Pure.

Whoever knows a plan hands in an `Adherence`; `mindful stats` and reports only show it. Nothing in it is missed: what
was offered and not done is simply not counted as done.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Adherence:
    """What a plan offered in a stretch of days, and what was done of it."""

    title: str
    since: date
    until: date
    """The last day that counts."""
    offered: int
    """Practices that the plan suggested on days that count; optional ones and paused days are not among them."""
    done: int
    """Those of them that were done; at most `offered`."""
    days_paused: int = 0

    @property
    def share(self) -> float | None:
        """0 to 1; None where nothing was offered."""
        return self.done / self.offered if self.offered else None
