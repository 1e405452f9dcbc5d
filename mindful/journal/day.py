"""The day that a moment belongs to. Called by all that count days; by itself, as a line for a shell's prompt needs it.

A day is the wall clock's day of the place where the session was played, which a record carries: travelling, a change to
summer time or another time zone now moves nothing that lies behind. It begins at 04:00, so that a late night belongs to
its evening.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

DAY_BEGINS = 4
"""The hour of the wall clock at which a day begins."""


def day_of(at: datetime) -> date:
    """The day of a moment, by the wall clock that it is written with. Earlier than year 1 there is none."""
    wall = at.replace(tzinfo=None)
    return (wall - timedelta(hours=DAY_BEGINS)).date() if wall >= datetime(1, 1, 2) else wall.date()
