"""`mindful stats`: days, minutes, practices, what changed and how sure that is. Called by `mindful.cli.main`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime

import click

from mindful.cli.journal_access import opened, tell, unread
from mindful.cli.say import out, paragraph
from mindful.cli.since import day
from mindful.cli.unlocking import key_option
from mindful.journal import asking, days, home
from mindful.journal.printable import printable
from mindful.journal.stats import followed
from mindful.journal.stats.adherence import Adherence
from mindful.journal.stats.as_data import as_data
from mindful.journal.stats.summary import Change, Summary, summary
from mindful.journal.stats.uncertainty import Mean, Middle
from mindful.tongue import _, figure, ngettext
from mindful.tui import words

_WEEKS = 8
_PRACTICES = 8


@click.command()
@key_option
@click.option("--since", metavar="DATE", help="From this day on: 2026-11-22, today, 14 d. Else from your first record.")
@click.option("--until", metavar="DATE", help="Up to this day; else today.")
@click.option("--json", "as_json", is_flag=True, help="As JSON; without answers and notes, but for ratings.")
def stats(since: str | None, until: str | None, as_json: bool) -> None:
    """What you did, in numbers: days, minutes, practices, ratings before and after.

    A day begins at 04:00. A change is told with the stretch in which it probably lies (95 of 100); where there are too
    few days to tell, that is said.
    """
    today = days.day_of(datetime.now().astimezone())
    first = day(since, "--since") if since else None
    last = min(day(until, "--until"), today) if until else today
    if first is not None and first > last:
        raise click.UsageError("--since is after --until.")
    with opened(aside=False) as index:
        facts = list(asking.facts(index, first, last))
    found = summary(facts, first, last, followed.adherence(home.journal(), last))
    if as_json:
        out(json.dumps(as_data(found), indent=2))
    elif not found.sessions:
        if not any(each.locked for each in index.unread):
            tell(words.JOURNEY_EMPTY)
    else:
        for line in lines(found):
            paragraph(line)
    unread(index.unread)


def lines(found: Summary) -> Iterator[str]:
    """The figures as plain lines."""
    yield _("{since} to {until}").format(since=words.day_said(found.since), until=words.day_said(found.until))
    yield _("{done} of {days}, {sessions}, {spent} in all, usually {usual}.").format(
        done=found.days,
        days=ngettext("{count} day", "{count} days", found.of_days).format(count=found.of_days),
        sessions=ngettext("one session", "{count} sessions", found.sessions).format(count=found.sessions),
        spent=words.length(found.elapsed_ms),
        usual=words.length(round(found.usual_ms or 0)),
    )
    status = found.status
    yield _("To the end: {completed}; ended early: {stopped}; cut short: {interrupted}.").format(**status)
    if found.adherence is not None:
        yield ""
        yield _("Your programme")
        yield f"  {_followed(found.adherence)}"
    yield ""
    yield _("Weeks")
    for week in found.weeks[-_WEEKS:]:
        done = ngettext("one day", "{count} days", week.days).format(count=week.days) if week.days else "–"
        spent = f", {words.length(week.elapsed_ms)}" if week.sessions else ""
        yield f"  {week.monday:%Y-%m-%d}: {done}{spent}"
    yield ""
    yield _("Practices")
    for practice in found.practices[:_PRACTICES]:
        times = ngettext("{count} time", "{count} times", practice.times).format(count=practice.times)
        yield f"  {printable(practice.title)}: {times}, {words.length(practice.elapsed_ms)}"
    if found.changes:
        titles = {p.session: p.title for p in found.practices}
        yield ""
        yield _("Before and after")
        for change in found.changes:
            yield f"  {_changed(change, titles)}"
        yield _("  What was rated changed by so much; what changed it, nobody can see from this.")
    if found.holds is not None:
        yield ""
        yield _("Breath holds")
        yield f"  {_seconds(found.holds)}"
    if found.heart:
        yield ""
        yield _("Heart")
        for name, (around, mean) in found.heart.items():
            yield f"  {_heart(name, around, mean)}"
    if found.effects:
        yield ""
        said = ngettext(
            "With one session you wrote down something unpleasant.",
            "With {count} sessions you wrote down something unpleasant.",
            found.effects,
        )
        yield said.format(count=found.effects)


def _changed(change: Change, titles: dict[str, str]) -> str:
    name = printable(change.name) if change.name else _("your rating")
    where = printable(titles.get(change.session, change.session)) if change.session is not None else _("all sessions")
    mean = change.change
    said = _("{name}, {where}: from {before} to {after}").format(
        name=name, where=where, before=number(change.before.mean), after=number(change.after.mean)
    )
    on = ngettext("one day", "{count} days", mean.days).format(count=mean.days)
    if not mean.enough:
        return said + _("; {on}, too few to tell").format(on=on)
    return said + _("; a change of {mean}, probably {low} to {high}; {on}").format(
        mean=signed(mean.mean), low=signed(mean.low), high=signed(mean.high), on=on
    )


def _followed(found: Adherence) -> str:
    return _("{title}: {done} of {offered} that it suggested since {since}").format(
        title=printable(found.title), done=found.done, offered=found.offered, since=words.day_said(found.since)
    )


def _seconds(found: Middle) -> str:
    times = ngettext("{count} time", "{count} times", found.n).format(count=found.n)
    if found.n == 1:
        return _("{times}: {median} s").format(times=times, median=number(found.median / 1000))
    return _("{times}; half of them between {low} and {high} s, the middle one {median} s").format(
        times=times, low=number(found.low / 1000), high=number(found.high / 1000), median=number(found.median / 1000)
    )


def _heart(name: str, around: Middle, mean: Mean) -> str:
    label = {"rmssd_ms": "RMSSD (ms)", "sdnn_ms": "SDNN (ms)", "heart_bpm": _("beats a minute")}[name]
    said = _("{label}: half between {low} and {high}, the middle one {median}").format(
        label=label, low=number(around.low), high=number(around.high), median=number(around.median)
    )
    on = ngettext("one day", "{count} days", mean.days).format(count=mean.days)
    if not mean.enough:
        return said + _("; {on}, too few to tell").format(on=on)
    return said + _("; mean {mean}, probably {low} to {high}; {on}").format(
        mean=number(mean.mean), low=number(mean.low), high=number(mean.high), on=on
    )


def number(value: float | None) -> str:
    """A figure to three digits or so, as it is written in the client's language."""
    if value is None:
        return "–"
    return figure(round(value, 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2) + 0.0).replace("-", "−")


def signed(value: float | None) -> str:
    """As `number`, with its sign."""
    text = number(value)
    return text if text in ("0", "–") or text.startswith("−") else f"+{text}"
