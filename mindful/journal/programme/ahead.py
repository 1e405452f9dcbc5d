"""The days to come, as they would be if everything were done on the day on which it is suggested. For reminders."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from mindful.journal.programme.plan import Plan
from mindful.journal.programme.progress import Done, Following, Offer, position

OPEN_DAYS = 28
"""How far ahead one looks where a programme has no end."""


def ahead(
    plan: Plan, following: Following, done: Iterable[Done], today: date, days: int | None = None
) -> Iterator[tuple[date, Offer]]:
    """Each practice on each day from today on, without what is optional: for `days` days, else to the end."""
    doings = list(done)
    for n in range(days or 366):
        day = today + timedelta(days=n)
        at = position(plan, following, doings, day)
        if at.standing == "ended" or (days is None and at.part.days is None and n >= OPEN_DAYS):
            return
        for offer in at.left:
            yield day, offer
            doings += [Done(day, name=offer.item.name)] * (offer.item.count if offer.item.unit == "day" else 1)
