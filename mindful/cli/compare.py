"""`mindful compare`: two practices, days by lot, and what they say. Called by `mindful.cli.main`."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import click

from mindful.cli import exits
from mindful.cli.journal_access import fail, failures, opened, tell
from mindful.cli.say import out, paragraph
from mindful.cli.since import day
from mindful.cli.stats import number, signed
from mindful.cli.unlocking import key_option
from mindful.journal import asking, days, home
from mindful.journal.printable import printable
from mindful.journal.trial import design
from mindful.journal.trial.analysis import LEAST_PAIRS, Result, analyse
from mindful.journal.trial.design import Trial
from mindful.tongue import _, language, ngettext
from mindful.tui import words


@click.command()
@key_option
@click.argument("sessions", nargs=-1, metavar="[A B]")
@click.option("--rating", default="", help="What is looked at: the name of the rating, as mindful stats shows it.")
@click.option(
    "--by", type=click.Choice(["change", "after"]), default="change", show_default=True,
    help="Its change within a session, or what it is afterwards.",
)  # fmt: skip
@click.option("--block", type=click.IntRange(1, 28), default=2, show_default=True, help="Days in one turn.")
@click.option(
    "--pairs", type=click.IntRange(design.LEAST_PAIRS, design.MOST_PAIRS), default=6, show_default=True,
    help="So often each practice has its turn.",
)  # fmt: skip
@click.option(
    "--settle", type=click.IntRange(0, 14), default=0, show_default=True, help="Days of a turn not looked at."
)
@click.option("--from", "from_", metavar="DATE", help="The first day; else tomorrow.")
@click.option("--seed", type=click.IntRange(0), help="Draw again what another seed drew.")
@click.option("--result", is_flag=True, help="What it says so far.")
@click.option("--plan", is_flag=True, help="Every day of it.")
@click.option("--stop", is_flag=True, help="End it today; what was rated stays.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def compare(
    sessions: tuple[str, ...],
    rating: str,
    by: design.Measure,
    block: int,
    pairs: int,
    settle: int,
    from_: str | None,
    seed: int | None,
    result: bool,
    plan: bool,
    stop: bool,
    as_json: bool,
) -> None:
    """Compare two practices for yourself: A and B, sessions with a rating before and after.

    A lot decides on which days you do which. Without A and B it says which practice today has; with --result what the
    days say so far. It is about you alone, and about what was rated.
    """
    if len(sessions) not in (0, 2):
        raise click.UsageError("Name two sessions, or none.")
    if sum((bool(sessions), result, plan, stop)) > 1:
        raise click.UsageError("--result, --plan, --stop and A B do not go together.")
    today = days.day_of(datetime.now().astimezone())
    folder = home.home() / design.FOLDER
    with failures():
        try:
            found = design.latest(folder)
        except ValueError:
            fail(exits.PROBLEMS, _("The plan of your comparison cannot be read: {folder}").format(folder=folder))
        if sessions:
            trial = _new(sessions, rating, by, block, pairs, settle, from_, seed, today)
            _begin(folder, found, trial, today, as_json=as_json)
            return
    if found is None:
        fail(exits.USAGE, _("No comparison was begun. To begin one: mindful compare A B"))
    path, trial = found
    if stop:
        with failures():
            trial = design.end(path, trial, max(today, trial.began))
        tell(_("It is ended. `mindful compare --result` tells what it says."))
    elif plan:
        _plan(trial, as_json=as_json)
    elif result:
        with opened(aside=False) as index:
            facts = list(asking.facts(index, trial.began, trial.last))
        said = analyse(trial, facts, today)
        if as_json:
            out(json.dumps(_as_data(said), indent=2))
        else:
            for line in lines(said, today):
                paragraph(line)
    else:
        _today(trial, today, as_json=as_json)


def _new(
    sessions: tuple[str, ...],
    rating: str,
    by: design.Measure,
    block: int,
    pairs: int,
    settle: int,
    from_: str | None,
    seed: int | None,
    today: date,
) -> Trial:
    a, b = (_id(name) for name in sessions)
    if a == b:
        raise click.UsageError("Two different sessions are needed.")
    if settle >= block:
        raise click.UsageError("--settle must leave a day of each --block.")
    first = day(from_, "--from") if from_ else today + timedelta(days=1)
    if first < today:
        raise click.UsageError("--from lies behind: a lot cannot be drawn for days that are over.")
    chosen = secrets.randbits(32) if seed is None else seed
    return Trial(a, b, rating, by, first, block, design.draw(chosen, pairs), settle, chosen)


def _id(name: str) -> str:
    """The id that a session's records bear: of a bundled one, or of a file."""
    from mindful.script.load import find, load

    path = find(name) or (Path(name) if Path(name).is_file() else None)
    script = load(path).script if path is not None else None
    if path is None or script is None:
        raise click.UsageError(f"There is no session {printable(name)}. mindful list shows what there is.")
    return script.id or path.stem


def _begin(folder: Path, found: tuple[Path, Trial] | None, trial: Trial, today: date, *, as_json: bool) -> None:
    if found is not None and found[1].last >= today and found[1].ended is None:
        goes_on = _("A comparison goes on until {day}. `mindful compare --stop` ends it.")
        fail(exits.USAGE, goes_on.format(day=_said(found[1].last)))
    path = design.begin(folder, trial)
    if as_json:
        out(json.dumps(design.as_data(trial), indent=2))
    else:
        tell(
            _("Drawn: {days}, from {first} to {last}, each practice in {pairs} turns.").format(
                days=ngettext("one day", "{count} days", trial.days).format(count=trial.days),
                first=_said(trial.began),
                last=_said(trial.last),
                pairs=len(trial.order),
            )
        )
        tell(_("`mindful compare` says each day which practice it has. The plan: {path}").format(path=path))
        if len(trial.order) < LEAST_PAIRS:
            tell(_("With fewer than {least} pairs it can show, but not tell.").format(least=LEAST_PAIRS))


def _today(trial: Trial, today: date, *, as_json: bool) -> None:
    at = trial.block(today)
    if as_json:
        known = None
        if at is not None:
            known = {"pair": at[0] + 1, "letter": at[1], "session": trial.session(at[1]), "day": at[2] + 1}
        out(json.dumps({"mindful_comparison_today": 1, "day": today.isoformat(), "block": known}, indent=2))
    elif at is not None:
        out(
            _("{session} today; pair {pair} of {pairs}, until {last}").format(
                session=_name(trial, at[1]), pair=at[0] + 1, pairs=len(trial.order), last=_said(trial.last)
            )
        )
    elif today < trial.began:
        out(_("It begins on {day}.").format(day=_said(trial.began)))
    else:
        out(_("The comparison is over. `mindful compare --result` tells what it says."))


def _plan(trial: Trial, *, as_json: bool) -> None:
    if as_json:
        out(json.dumps(design.as_data(trial), indent=2))
        return
    at = trial.began
    while at <= trial.last:
        block = trial.block(at)
        assert block is not None
        out(f"{at.isoformat()}  {_name(trial, block[1])}")
        at += timedelta(days=1)


def lines(said: Result, today: date) -> Iterator[str]:
    """What a comparison says, and what it cannot say, as plain lines."""
    trial = said.trial
    a, b = _name(trial, "A"), _name(trial, "B")
    rating = printable(trial.outcome) if trial.outcome else _("your rating")
    what = _("how {rating} changed in a session") if trial.measure == "change" else _("{rating} after a session")
    yield _("{a} and {b}: {what}").format(a=a, b=b, what=what.format(rating=rating))
    yield _("{rated} of {over} days so far have a rating; {whole} of {pairs} pairs are whole.").format(
        rated=said.days_rated, over=said.days_over, whole=said.whole, pairs=len(said.pairs)
    )
    for i, pair in enumerate(said.pairs, 1):
        if pair.a is not None or pair.b is not None:
            yield _("  pair {i}: {a} {x}, {b} {y}").format(i=i, a=a, x=number(pair.a), b=b, y=number(pair.b))
    if said.difference is not None:
        yield _("On average {a} {x}, {b} {y}: a difference of {difference}.").format(
            a=a, x=number(said.mean_a), b=b, y=number(said.mean_b), difference=signed(said.difference)
        )
    yield ""
    if not said.enough:
        yield _("Too few to tell: at least {least} whole pairs are needed.").format(least=LEAST_PAIRS)
    else:
        assert said.p is not None and said.level is not None
        yield _("The true difference is probably {low} to {high} ({level} of 100 such stretches hold it).").format(
            low=signed(said.low), high=signed(said.high), level=round(100 * said.level)
        )
        yield _("If the practice made no difference, chance alone would show this much in {p} of 100.").format(
            p=number(100 * said.p)
        )
        yield (
            _("So there is a difference for you, as far as this can tell.")
            if said.p <= 0.05
            else _("So a difference cannot be told from chance. That does not show that there is none.")
        )
    if trial.ended is None and today < trial.last:
        yield _("It is not over: whoever looks early and stops when it looks good will be misled more often.")
    if said.otherwise:
        other = ngettext(
            "On one day the other practice was done; it counts as it was drawn.",
            "On {count} days the other practice was done; they count as they were drawn.",
            said.otherwise,
        )
        yield other.format(count=said.otherwise)
    yield ""
    yield _(
        "What it cannot tell: whether it would be so for others, what lasts beyond these weeks, and how much is what "
        "you expected, since you know which practice it is. What one practice does may reach into the other's days."
    )


def _name(trial: Trial, letter: str) -> str:
    from mindful.script import catalogue

    session = trial.session(letter)
    title = next((e.title for e in catalogue.entries() if e.id == session), None)
    return printable(session if title is None else catalogue.words(title, language()))


def _said(when: date) -> str:
    return words.day_said(when)


def _as_data(said: Result) -> dict[str, Any]:
    return {
        "mindful_comparison_result": 1,
        "plan": design.as_data(said.trial),
        "pairs": [{"a": pair.a, "b": pair.b} for pair in said.pairs],
        "whole_pairs": said.whole,
        "enough": said.enough,
        "days_rated": said.days_rated,
        "days_over": said.days_over,
        "days_otherwise": said.otherwise,
        "mean_a": said.mean_a,
        "mean_b": said.mean_b,
        "difference": said.difference,
        "interval": {"low": said.low, "high": said.high, "level": said.level},
        "p": said.p,
        "test": "randomisation over the order of each pair, two-sided, exact",
    }
