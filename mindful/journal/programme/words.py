"""What is said of a programme: one line for a prompt, and the lines of its page. Nothing is ever missed or overdue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from mindful.journal.printable import printable
from mindful.journal.programme.plan import Item, Part, Plan, Thing, words
from mindful.journal.programme.progress import WEEK, Offer, Position
from mindful.tongue import _, language, ngettext, weekday

NONE = _("No programme is running. mindful programme list shows what there is.")
AT: Mapping[str, str] = {
    "morning": _("in the morning"),
    "midday": _("at midday"),
    "afternoon": _("in the afternoon"),
    "evening": _("in the evening"),
    "night": _("at night"),
}
WEEKDAYS = tuple(range(WEEK))


def text(of: Mapping[str, str]) -> str:
    """A text of the programme in the client's language, on one line and harmless."""
    return " ".join(printable(words(of, language())).split())


def thing(what: Thing) -> str:
    """`Body scan, 20 min`; what is no session, as it was written."""
    if what.total_ms is None or not what.session:
        return text(what.title)
    minutes = max(1, round(what.total_ms / 60_000))
    return _("{title}, {minutes} min").format(title=text(what.title), minutes=minutes)


def when(item: Item) -> str:
    """`in the evening`, `at 07:30`; empty where any time will do."""
    if not item.at_said:
        return ""
    return AT.get(item.at_said) or _("at {time}").format(time=item.at_said)


def offered(offer: Offer) -> str:
    """`Body scan, 20 min, in the evening`."""
    item = offer.item
    said = ", ".join(part for part in (thing(item.things[0]), when(item)) if part)
    if item.unit == "day" and item.count > 1:
        return _("{said} ({times} of {count})").format(said=said, times=min(offer.times, item.count), count=item.count)
    return said


def often(item: Item) -> str:
    """How often, in words."""
    if item.unit == "once":
        return _("once")
    if item.unit == "any":
        return _("whenever you like")
    if item.unit == "days":
        return _("every {count} days").format(count=item.count)
    if item.unit == "day":
        return ngettext("once a day", "{count} times a day", item.count).format(count=item.count)
    if item.on:
        return ", ".join(weekday(day) for day in item.on)
    if item.count == WEEK:
        return _("each day")
    return ngettext("once a week", "{count} times a week", item.count).format(count=item.count)


def lasts(part: Part) -> str:
    """`1 week`, `10 days`; empty where it has no end."""
    if part.days is None:
        return ""
    if part.days % WEEK == 0:
        return ngettext("{count} week", "{count} weeks", part.days // WEEK).format(count=part.days // WEEK)
    return ngettext("{count} day", "{count} days", part.days).format(count=part.days)


def place(position: Position) -> str:
    """`Arriving, day 3`."""
    return _("{part}, day {day}").format(part=text(position.part.title), day=position.part_day)


def today(plan: Plan, position: Position) -> str:
    """What is next, in one line."""
    if position.standing == "ended":
        return _("{title}: you have come to its end. What you did stays yours.").format(title=text(plan.title))
    if position.standing == "paused":
        return _("{title} stands still. mindful programme resume goes on.").format(title=text(plan.title))
    where = place(position)
    if position.standing == "waiting":
        where = _("Good to see you. Where you left it: {place}").format(place=where)
    left = position.left
    if left:
        said = _("{place}: {what}").format(place=where, what=offered(left[0]))
        if len(left) > 1:
            said += "; " + _("then {what}").format(what=offered(left[1]))
        if len(left) > 2:
            said += "; " + ngettext("and one more", "and {count} more", len(left) - 2).format(count=len(left) - 2)
        return said
    if any(offer.times for offer in position.offers):
        return _("{place}: nothing more today.").format(place=where)
    if position.rest:
        return _("{place}: a rest day.").format(place=where)
    return _("{place}: nothing today.").format(place=where)


def page(plan: Plan, position: Position, since: date) -> Iterator[str]:
    """Where somebody is, a line each."""
    title = text(plan.title)
    if plan.arm:
        title = _("{title}: {arm}").format(title=title, arm=text(plan.arm_title))
    yield title
    yield today(plan, position)
    yield ""
    yield (
        _("Part {number} of {count}").format(number=position.index + 1, count=len(plan.parts))
        + ". "
        + text(position.part.title)
    )
    if position.part.about:
        yield from (printable(line) for line in words(position.part.about, language()).splitlines())
    groups = (
        (_("Today"), [o for o in position.offers if o.suggested and not o.item.optional]),
        (_("If you like"), [o for o in position.offers if o.item.optional and o.item.unit != "any"]),
        (_("Whenever it helps"), [o for o in position.offers if o.item.unit == "any"]),
    )
    for heading, offers in groups:
        if offers:
            yield ""
            yield heading
            for offer in offers:
                yield from _offer(offer)
    if position.missing:
        yield ""
        yield _("This part goes on until you have done:")
        names = {item.name: item for part in plan.parts for item in part.items}
        for name, times in position.missing.items():
            yield "  " + ngettext("{what}, once more", "{what}, {count} more times", times).format(
                what=thing(names[name].things[0]), count=times
            )
        yield _("Or go on now: mindful programme go next")
    yield ""
    yield practised(position, since)


def _offer(offer: Offer) -> Iterator[str]:
    item = offer.item
    done = _(", done") if offer.times and not offer.left else ""
    yield f"  {offered(offer)}{done}  ({item.name})"
    if item.note:
        yield f"    {text(item.note)}"
    for other in item.things[1:]:
        yield "    " + _("or {what}").format(what=thing(other))


def practised(position: Position, since: date) -> str:
    """How many days something was done on: a number, and nothing beside it."""
    days = sum(1 for line in position.lines if line.done)
    if not days:
        return _("It began on {day}.").format(day=since.isoformat())
    said = ngettext("one day with practice", "{count} days with practice", days).format(count=days)
    return _("Since {day}: {said}.").format(day=since.isoformat(), said=said)


def overview(plan: Plan) -> Iterator[str]:
    """All parts of a plan, with what is in each."""
    for number, part in enumerate(plan.parts, 1):
        long = lasts(part)
        yield ""
        yield f"{number}. {text(part.title)}" + (f", {long}" if long else "")
        if part.about:
            yield "   " + text(part.about)
        for item in part.items:
            said = ", ".join(p for p in (thing(item.things[0]), often(item), when(item)) if p)
            more = [_("if you like")] if item.optional else []
            more += [_("or {what}").format(what=thing(other)) for other in item.things[1:]]
            yield f"   - {said}" + (f" ({'; '.join(more)})" if more else "")
        if part.opens:
            names = {item.name: item for each in plan.parts for item in each.items}
            asked = [f"{thing(names[n].things[0])} ({times}x)" for n, times in part.opens.items() if n in names]
            if asked:
                yield "   " + _("It comes when you have done: {what}.").format(what="; ".join(asked))
