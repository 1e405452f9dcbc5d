"""Reminders as an iCalendar file (RFC 5545): private entries that block no time, at the clock's time wherever one is.

Times are written without a zone ("floating"), so that half past seven stays half past seven on the other side of a
change to summer time, and on a journey. A renewed file has the same entries, which calendars put in place of the old.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from mindful.cli import exits
from mindful.cli.say import fail
from mindful.journal import home
from mindful.journal.printable import printable
from mindful.journal.programme import words
from mindful.journal.programme.ahead import ahead
from mindful.journal.programme.done import done
from mindful.tongue import _

if TYPE_CHECKING:
    from icalendar import Event

    from mindful.journal.programme.looking import Followed
    from mindful.journal.programme.progress import Offer

USUAL = 18 * 60
"""The minute of the day of what has no time of its own."""
DAY_BEGINS = 4 * 60
_BETWEEN = 3 * 60
"""Minutes between several times of one practice on a day."""


def calendar(found: Followed, today: date, days: int | None, at: str | None) -> tuple[bytes, int]:
    """The file, and how many entries are in it. Ends the command where there is nothing to be reminded of."""
    from icalendar import Calendar

    if found.position.standing == "paused":
        fail(exits.USAGE, _("It stands still. mindful programme resume goes on; then there is something to come."))
    usual = _minute(at) if at is not None else USUAL
    plan, state = found.plan, found.state
    doings = [*done(home.journal(), plan.sessions, state.following.since), *state.ticked]
    book = Calendar()
    book.add("prodid", "-//mindful//programme//EN")
    book.add("version", "2.0")
    book.add("x-wr-calname", words.text(plan.title))
    count, taken = 0, datetime.min
    for day, offer in ahead(plan, state.following, doings, today, days):
        for event in _events(plan.id, day, offer, usual, taken):
            book.add_component(event)
            count, taken = count + 1, max(taken, event.DTSTART + event.duration)
    if not count:
        fail(exits.USAGE, _("Nothing is to come that one could be reminded of."))
    return book.to_ical(), count


def _minute(text: str) -> int:
    from mindful.script.programme.values import At

    try:
        return At.parse(text).minute
    except ValueError:
        fail(exits.USAGE, _("“{text}” is no time of the day; such as 18:30 or evening.").format(text=printable(text)))


def _events(plan: str, day: date, offer: Offer, usual: int, taken: datetime) -> Iterator[Event]:
    """The entries of one practice on one day; one without a time of its own follows what is there by then."""
    from icalendar import Alarm, Event

    item = offer.item
    first = item.at if item.at is not None else usual
    times = max(1, item.count - offer.times) if item.unit == "day" else 1
    if times > 1 and item.at is None:
        first = 10 * 60
    for number in range(times):
        minute = min(first + number * _BETWEEN, 22 * 60) if times > 1 else first
        # what comes before the day begins at 04:00 is of the night that follows it
        begins = datetime.combine(day + timedelta(days=minute < DAY_BEGINS), datetime.min.time())
        begins += timedelta(minutes=minute)
        if item.at is None and begins.date() == taken.date():
            begins = max(begins, taken)
        event = Event()
        event.add("uid", f"{plan}-{item.name}-{day.isoformat()}-{number}@mindful")
        event.add("dtstamp", datetime.now(UTC))
        event.add("dtstart", begins)
        event.add("duration", timedelta(milliseconds=item.things[0].total_ms or 600_000))
        event.add("summary", words.text(item.things[0].title))
        lines = [words.text(item.note)] if item.note else []
        lines += [_("or {what}").format(what=words.thing(other)) for other in item.things[1:]]
        event.add("description", "\n".join([*lines, "mindful programme play"]))
        event.add("class", "PRIVATE")
        event.add("transp", "TRANSPARENT")
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("trigger", timedelta(0))
        alarm.add("description", words.text(item.things[0].title))
        event.add_component(alarm)
        yield event
