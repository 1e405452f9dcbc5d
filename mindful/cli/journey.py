"""`mindful journey`: what was done so far, as plain lines: days, ratings, practices. The screen has the same (`j`)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta

import click

from mindful.cli import settings
from mindful.cli.journal_access import opened
from mindful.cli.say import out, tell
from mindful.cli.unlocking import key_option
from mindful.journal import asking, days, home, training_words
from mindful.journal.days import Sat
from mindful.journal.printable import printable
from mindful.tongue import _, ngettext, weekday
from mindful.tui import words


@click.command()
@key_option
@click.option("--days", "count", type=click.IntRange(1, 3660), default=28, show_default=True, help="How far back.")
@click.option("--json", "as_json", is_flag=True, help="As JSON; without answers and notes, but for ratings.")
def journey(count: int, as_json: bool) -> None:
    """What you did so far: days, minutes, ratings before and after, practices.

    It is read from your journal, on this computer. A day begins at 04:00.
    """
    today = days.day_of(datetime.now().astimezone())
    since = today - timedelta(days=count - 1)
    with opened(aside=False) as index:
        sats = asking.sats(index, since=since)
        locked = sum(each.locked for each in index.unread)
    if locked:
        tell(words.JOURNEY_LOCKED)
    if as_json:
        out(json.dumps(_data(sats, since, today), indent=2))
        return
    if not sats and not locked:
        tell(words.JOURNEY_EMPTY)
    if not sats:
        return
    streak = settings.everything(home.settings_file())["journey", "streak"] is True
    for text in lines(sats, since, today, streak=streak):
        out(text)
    for text in _plan(today):
        out("")
        out(text)


def lines(sats: Sequence[Sat], since: date, today: date, *, streak: bool = False) -> Iterator[str]:
    """The journey from `since` to `today`, one fact a line, the oldest day first."""
    by_day = days.by_day(sats)
    spent = words.length(sum(s.elapsed_ms for s in sats))
    count = len(by_day)
    yield _("Since {since}: {value}, {spent}.").format(
        since=words.day_said(since), value=ngettext("one day", "{count} days", count).format(count=count), spent=spent
    )
    if streak and (row := days.streak(by_day, today)):
        yield words.in_a_row(row)
    yield ""
    yield _("Days")
    for day in sorted(by_day):
        titles = "; ".join(dict.fromkeys(printable(s.title) for s in reversed(sats) if s.day == day))
        yield f"  {day:%Y-%m-%d} {weekday(day.weekday())}: {words.length(by_day[day].elapsed_ms)}, {titles}"
    rated = [(sat, pair) for sat in reversed(sats) for pair in sat.ratings]
    if rated:
        yield ""
        yield _("Ratings")
        for sat, pair in rated:
            name = f"{printable(pair.name)}, " if pair.name else ""
            yield f"  {sat.day:%Y-%m-%d} {printable(sat.title)}: {name}{words.rated(pair.before, pair.after)}"
    yield ""
    yield _("Practices")
    for practice in days.practices(sats):
        said = words.practised(practice.times, practice.elapsed_ms, practice.last, today)
        yield f"  {printable(practice.title)}: {said}"
    yield from _trainings(sats)


def _trainings(sats: Sequence[Sat]) -> Iterator[str]:
    """Every training with a sensor, and how each kind of them goes within its practice."""
    told = False
    for practice in days.practices(sats):
        for course in practice.courses:
            if not told:
                yield ""
                yield _("Trainings")
                told = True
            yield f"  {printable(practice.title)}: {training_words.course_name(course)}"
            for day, figures in course.each:
                yield f"    {day:%Y-%m-%d}: {training_words.one(figures)}"
            for said in training_words.course_said(course):
                yield f"    {said}"
    if told:
        yield f"  {training_words.SENSORS}"


def _plan(today: date) -> Iterator[str]:
    """What was done of the programme that is followed."""
    from mindful.journal.programme import words as of_plans
    from mindful.journal.programme.looking import followed

    try:
        found = followed(today)
    except OSError:
        return
    if found is not None:
        done = of_plans.practised(found.position, found.state.following.since)
        yield f"{of_plans.text(found.plan.title)}. {done}"


def _data(sats: Sequence[Sat], since: date, today: date) -> dict[str, object]:
    by_day = days.by_day(sats)
    return {
        "mindful_journey": 1,
        "since": since.isoformat(),
        "until": today.isoformat(),
        "days": [
            {"day": d.isoformat(), "sessions": by_day[d].sessions, "elapsed_ms": by_day[d].elapsed_ms}
            for d in sorted(by_day)
        ],
        "ratings": [
            {"day": s.day.isoformat(), "session": s.session, "name": p.name, "before": p.before, "after": p.after}
            for s in reversed(sats)
            for p in s.ratings
        ],
        "practices": [
            {"session": p.session, "times": p.times, "elapsed_ms": p.elapsed_ms, "last": p.last.isoformat()}
            for p in days.practices(sats)
        ],
        "trainings": [
            {"day": s.day.isoformat(), "session": s.session, **asdict(figures)}
            for s in reversed(sats)
            for figures in s.trained
        ],
    }
