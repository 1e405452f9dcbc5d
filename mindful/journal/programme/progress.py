"""Where somebody is in a programme: a pure walk over the days since it began. Nothing of it is stored.

The same plan, moves and doings always lead to the same place: a record that a sync tool brings later, or one that is
forgotten, is counted as if it had always, or never, been there. Days are those of `mindful.journal.days`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Literal

from mindful.journal.programme.plan import Item, Part, Plan

WEEK = 7
LONGEST = 20_000
"""Days that are walked at the most: a clock that is far off is no reason to hang."""
Standing = Literal["running", "paused", "waiting", "ended"]


@dataclass(frozen=True, slots=True)
class Done:
    """Something that was done: a session by its id, or a practice by its name."""

    day: date
    session: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """The client went to a part by themselves; from the beginning of this day on."""

    day: date
    to: str
    """The part's id."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Days that do not count: from `since` to the day before `until`."""

    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Following:
    """What somebody did with a plan."""

    since: date
    pauses: tuple[Pause, ...] = ()
    moves: tuple[Move, ...] = ()
    rest: tuple[int, ...] = ()
    """The client's own rest days, beside those of the plan."""

    def paused(self, day: date) -> Pause | None:
        """The pause that this day lies in."""
        return next((p for p in self.pauses if p.since <= day and (p.until is None or day < p.until)), None)


@dataclass(frozen=True, slots=True)
class Offer:
    """A practice on one day."""

    item: Item
    suggested: bool
    """Whether it is today's; else it is merely there."""
    times: int = 0
    """How often it was done today."""

    @property
    def left(self) -> bool:
        """Whether it is suggested and not yet done as often as that."""
        return self.suggested and self.times < (self.item.count if self.item.unit == "day" else 1)


@dataclass(frozen=True, slots=True)
class Line:
    """One day that lies behind, or today."""

    day: date
    part: str
    """The part's id."""
    suggested: tuple[str, ...]
    """Names of practices that were suggested and not optional."""
    done: tuple[str, ...]
    """Names of practices that were done, each as often as it was."""
    counted: bool
    """Whether the programme went on by a day: not while it paused or waited."""


@dataclass(frozen=True, slots=True)
class Position:
    """Where somebody is on a day."""

    day: date
    standing: Standing
    index: int
    """Of the part."""
    part: Part
    part_day: int
    """The day within the part, from 1."""
    offers: tuple[Offer, ...]
    """Of the day: what is suggested by the time of the day, then what is optional, then what is merely there."""
    counts: Mapping[str, int]
    """Times each practice was done since the programme began."""
    rest: bool
    """Whether it is a rest day."""
    idle: int
    """Days in a row up to yesterday that had something suggested, without anything done."""
    last: date | None
    """The last day on which something of it was done."""
    lines: tuple[Line, ...] = ()
    """Every day since it began, today last."""
    missing: Mapping[str, int] = field(default_factory=dict)
    """What the next part still opens with, where this one is over its time."""

    @property
    def left(self) -> tuple[Offer, ...]:
        """What is left of today's, without what is optional."""
        return tuple(o for o in self.offers if o.left and not o.item.optional)


@dataclass(frozen=True, slots=True)
class _Place:
    """A place in the plan between two days."""

    index: int = 0
    day: int = 0
    """Days of the part that lie behind."""
    log: tuple[tuple[int, date, str], ...] = ()
    """What was done in this part: the day of the part, the day, the practice."""
    ended: bool = False


def position(plan: Plan, following: Following, done: Iterable[Done], today: date) -> Position:
    """Where the following of a plan has led to on `today`, with what was done by then."""
    today = max(today, following.since)  # a clock that was put back
    by_day: dict[date, list[Done]] = {}
    for each in done:
        if following.since <= each.day <= today:
            by_day.setdefault(each.day, []).append(each)
    walk = _Walk(plan, following)
    for day in _days(following.since, today):
        walk.day(day, by_day.get(day, ()), last=day == today)
    return walk.position(today)


def _days(since: date, until: date) -> Iterator[date]:
    for n in range(min(LONGEST, (until - since).days) + 1):
        yield since + timedelta(days=n)


class _Walk:
    """The state of a walk, day by day."""

    def __init__(self, plan: Plan, following: Following) -> None:
        self.plan = plan
        self.following = following
        self.place = _Place()
        self.counts: Counter[str] = Counter()
        self.idle = 0
        self.mark: _Place | None = None
        """Where it stood when the gap began."""
        self.last: date | None = None
        self.lines: list[Line] = []
        self.today: tuple[str, ...] = ()
        self.index = {part.id: n for n, part in enumerate(plan.parts)}
        self.known = frozenset(plan.names)
        self._offered: tuple[date, _Place, list[Offer]] | None = None

    @property
    def part(self) -> Part:
        return self.plan.parts[self.place.index]

    def day(self, day: date, done: Sequence[Done], *, last: bool) -> None:
        """One day: what is suggested, what was done, and where that leaves the next day."""
        for move in self.following.moves:
            if move.day == day and move.to in self.index:
                self.place, self.idle, self.mark = _Place(self.index[move.to]), 0, None
        waiting = self._waits()
        suggested = tuple(o.item.name for o in self.offers(day) if o.suggested and not o.item.optional)
        before = self.place
        names = tuple(self._names(day, done))
        if names:
            self.last = day
            self.idle, self.mark, waiting = 0, None, False
        paused = self.following.paused(day) is not None
        self.today = names
        if last:
            self.lines.append(Line(day, self.part.id, suggested, names, not paused and not waiting))
            return
        if not names and suggested and not paused:
            self.mark = self.mark or before
            self.idle += 1
        counted = not paused and not waiting
        if self._waits() and self.mark is not None:
            self.place = self.mark
            counted = False
        elif counted:
            self._next_day()
        self.lines.append(Line(day, self.plan.parts[before.index].id, suggested, names, counted))

    def _waits(self) -> bool:
        return bool(self.plan.waits) and self.idle >= self.plan.waits

    def _names(self, day: date, done: Sequence[Done]) -> Iterator[str]:
        """The practices that were done, each kept where it is counted."""
        for each in done:
            name = self._practice(day, each)
            if name:
                self.counts[name] += 1
                self.place = replace(self.place, log=(*self.place.log, (self.place.day, day, name)))
                yield name

    def _practice(self, day: date, done: Done) -> str:
        """The practice that a session counts for: one that is left today, else one of this part, else any."""
        if done.name:
            return done.name if done.name in self.known else ""
        fits = [o for o in self.offers(day) if any(t.session == done.session for t in o.item.things)]
        fits.sort(key=lambda o: not o.left)
        if fits:
            return fits[0].item.name
        items = (item for part in self.plan.parts for item in part.items)
        return next((i.name for i in items if any(t.session == done.session for t in i.things)), "")

    def _next_day(self) -> None:
        if self.place.ended:
            return
        place = replace(self.place, day=self.place.day + 1)
        if place.day % WEEK == 0:  # of weeks that lie behind only the last time of each practice still matters
            place = replace(place, log=tuple({entry[2]: entry for entry in place.log}.values()))
        part = self.part
        if part.days is not None and place.day >= part.days:
            if place.index + 1 >= len(self.plan.parts):
                if self.plan.waits and self.mark is not None:
                    return  # nobody comes to the end within a gap
                place = replace(place, ended=True)
            elif not self._missing(self.plan.parts[place.index + 1].opens):
                place = _Place(place.index + 1)
        self.place = place

    def _missing(self, opens: Mapping[str, int]) -> dict[str, int]:
        # What another arm has does not count.
        return {n: times - self.counts[n] for n, times in opens.items() if n in self.known and self.counts[n] < times}

    # What a day offers

    def resting(self, day: date) -> bool:
        """Whether it is a rest day."""
        return day.weekday() in (*self.part.rest, *self.following.rest)

    def offers(self, day: date) -> list[Offer]:
        """Every practice that is there on a day."""
        if self._offered is not None and self._offered[0] == day and self._offered[1] is self.place:
            return self._offered[2]  # whatever is counted comes with another place
        found: list[Offer] = []
        for item in (*self._left_over(), *self.part.items):
            if self._missing(item.opens):
                continue
            times = sum(1 for _, d, name in self.place.log if d == day and name == item.name)
            found.append(Offer(item, self._suggested(item, day), times))
        self._offered = (day, self.place, found)
        return found

    def _left_over(self) -> Iterator[Item]:
        """What was to be done once in an earlier part, and was not."""
        here = {item.name for item in self.part.items}
        for part in self.plan.parts[: self.place.index]:
            for item in part.items:
                if item.unit == "once" and not item.optional and item.name not in here and not self.counts[item.name]:
                    here.add(item.name)
                    yield item

    def _suggested(self, item: Item, day: date) -> bool:
        """Whether a practice is today's, also when it was done today already."""
        if self.place.ended or item.unit == "any" or self.resting(day) or (item.on and day.weekday() not in item.on):
            return False
        log = [(n, d) for n, d, name in self.place.log if name == item.name and d != day]
        if item.unit == "once":
            today = sum(1 for _, d, name in self.place.log if d == day and name == item.name)
            return self.counts[item.name] - today == 0
        if item.unit == "week":
            week = self.place.day // WEEK
            return len({d for n, d in log if n // WEEK == week}) < item.count
        if item.unit == "days":
            return not log or self.place.day - max(n for n, _ in log) >= item.count
        return True

    def position(self, day: date) -> Position:
        """What it has come to."""
        offers = [o for o in self.offers(day) if o.suggested or o.times or o.item.unit == "any" or o.item.optional]
        offers.sort(key=_order)
        paused = self.following.paused(day) is not None
        standing: Standing = "running"
        if self.place.ended:
            standing = "ended"
        elif paused:
            standing = "paused"
        elif self._waits():
            standing = "waiting"
        over = self.part.days is not None and self.place.day >= self.part.days and not self.place.ended
        following = self.plan.parts[self.place.index + 1] if self.place.index + 1 < len(self.plan.parts) else None
        return Position(
            day=day,
            standing=standing,
            index=self.place.index,
            part=self.part,
            part_day=self.place.day + (not self.place.ended),
            offers=tuple(offers),
            counts=dict(self.counts),
            rest=self.resting(day),
            idle=self.idle,
            last=self.last,
            lines=tuple(self.lines),
            missing=self._missing(following.opens) if over and following is not None else {},
        )


def _order(offer: Offer) -> tuple[bool, bool, int]:
    """What is today's, then what is optional, then what is merely there; each by the time of the day."""
    at = offer.item.at
    minute = (at - 4 * 60) % (24 * 60) if at is not None else 12 * 60
    return not offer.suggested, offer.item.optional, minute
