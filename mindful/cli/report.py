"""`mindful report`: what was practised, on one page to read, to print or to give away; or in the terminal."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mindful.cli import exits
from mindful.cli.journal_access import opened, unread
from mindful.cli.say import columns, fail, letters, out, tell
from mindful.cli.since import day
from mindful.cli.unlocking import key_option
from mindful.journal import home
from mindful.journal.days import day_of
from mindful.journal.files import write_atomic
from mindful.journal.printable import printable
from mindful.tongue import _

if TYPE_CHECKING:
    from mindful.journal.asking import Row
    from mindful.journal.index import Index
    from mindful.journal.ratings import Pair
    from mindful.render.report.blocks import Report
    from mindful.render.report.content import Scored, Written
    from mindful.render.report.training import Trained

ENDINGS = (".html", ".pdf", ".txt")
USUAL_DAYS = 91


@click.command()
@key_option
@click.option("-o", "--output", metavar="FILE", help="As FILE: .html, .pdf or .txt. Else here in the terminal.")
@click.option(
    "--since",
    metavar="DATE",
    help="From this day on: 2026-11-22, 14 d, 8 weeks, all. Unless given: 13 weeks, or since the first record.",
)
@click.option("--until", metavar="DATE", help="Up to this day; else today.")
@click.option("--name", metavar="NAME", help="Whose it is, to stand on it.")
@click.option("--questionnaires", is_flag=True, help="With the numbers of questionnaires, and no single answer.")
@click.option("--answers", is_flag=True, help="With what you answered in words; private answers stay out.")
@click.option("--notes", is_flag=True, help="With your notes.")
@click.option("--private", is_flag=True, help="With answers that are marked as private, too.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def report(
    output: str | None,
    since: str | None,
    until: str | None,
    name: str | None,
    questionnaires: bool,
    answers: bool,
    notes: bool,
    private: bool,
    force: bool,
) -> int:
    """What you practised, for you and for whomever you give it to: days, times, ratings before and after.

    Figures only, unless you ask for more: what you wrote stays out. The page needs no network and sends nothing.
    """
    today = day_of(datetime.now().astimezone())
    last = min(day(until, "--until"), today) if until else today
    if since == "all":
        first = None
    else:
        first = day(since, "--since") if since else date.fromordinal(max(1, last.toordinal() - USUAL_DAYS + 1))
    if first is not None and first > last:
        raise click.UsageError("--since is after --until.")
    path = Path(output) if output is not None else None
    if path is not None:
        _fits(path, force)
    wanted = _Wanted(name or "", questionnaires, answers or private, notes, private)
    made = _made(first, last, today, wanted, usual=since is None)
    if path is None:
        for line in _lines(made, columns() or 80):
            out(line)
        return exits.DONE
    try:
        write_atomic(path, _bytes(made, path.suffix.casefold()))
    except OSError as error:
        why = error.strerror or _("the system refused")
        fail(exits.FAILED, _("It could not be written: {value}.").format(value=why))
    tell(_("{path} is written. Only you can read it until you give it to somebody.").format(path=printable(str(path))))
    return exits.DONE


def _fits(path: Path, force: bool) -> None:
    if path.suffix.casefold() not in ENDINGS:
        fail(exits.USAGE, _("The ending says what it becomes: {endings}.").format(endings=", ".join(ENDINGS)))
    if path.is_dir() or not path.parent.is_dir():
        fail(exits.USAGE, _("There is no folder {folder}.").format(folder=printable(str(path.parent))))
    if path.exists() and not force:
        fail(exits.USAGE, _("{path} is there already. --force writes over it.").format(path=printable(str(path))))
    if path.suffix.casefold() == ".pdf":
        from mindful.render.report import plots, printed

        if not (plots.available() and printed.available()):
            fail(
                exits.USAGE, _("A PDF needs more: pip install 'mindful-sessions[report]'. A page, .html, goes without.")
            )


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is to be in it beside the figures."""

    name: str
    questionnaires: bool
    answers: bool
    notes: bool
    private: bool


def _made(first: date | None, last: date, today: date, wanted: _Wanted, *, usual: bool) -> Report:
    """The report from `first` to `last`; `usual`: no day was named, and nothing is told of days before the first."""
    from mindful.journal import asking
    from mindful.journal.programme import words as of_plans
    from mindful.journal.programme.looking import followed as programme
    from mindful.journal.stats import followed
    from mindful.journal.stats.summary import summary
    from mindful.render.report.content import Wish
    from mindful.render.report.content import report as compose

    with opened(aside=False) as index:
        if usual and first is not None and (began := asking.first_day(index)) is not None:
            first = max(first, min(began, last))
        seen = _seen(index, first, last, wanted)
        facts = [
            replace(each, ratings=seen.open_ratings.get((each.utc_ms, each.session), each.ratings))
            for each in asking.facts(index, first, last)
        ]
    unread(index.unread)
    found = summary(facts, first, last, followed.adherence(home.journal(), last))
    try:
        plan = programme(today)
    except OSError:
        plan = None
    line = f"{of_plans.text(plan.plan.title)}: {of_plans.place(plan.position)}" if plan is not None else ""
    return compose(
        found,
        facts,
        Wish(
            today,
            wanted.name,
            line,
            seen.scores,
            seen.written,
            seen.withheld,
            shared=seen.shared,
            kept_back=seen.kept_back,
            trained=seen.trained,
        ),
    )


@dataclass(slots=True)
class _Seen:
    """What the report needs of the records themselves, which the index has not got."""

    withheld: int = 0
    """Private answers that are not in it."""
    shared: bool = False
    """Whether these are records that somebody shared."""
    kept_back: int = 0
    """Answers that whoever shared them kept to themselves."""
    scores: list[Scored] = field(default_factory=list)
    written: list[Written] = field(default_factory=list)
    trained: list[Trained] = field(default_factory=list)
    """Trainings with a sensor."""
    open_ratings: dict[tuple[int, str], tuple[Pair, ...]] = field(default_factory=dict)
    """By start (Unix ms) and session, ratings without those that are private, where some are."""


def _seen(index: Index, first: date | None, last: date, wanted: _Wanted) -> _Seen:
    """Of all records of the stretch. Each is read once and let go: a journal may be long."""
    from mindful.journal import asking, store, trainings
    from mindful.journal.ratings import pairs
    from mindful.journal.versions import DamagedError, NewerError
    from mindful.render.report.training import Trained

    found = _Seen()
    scores: list[list[Scored]] = []
    written: list[list[Written]] = []
    trained: list[list[Trained]] = []
    for row in asking.each(index, asking.Wanted(since=first, until=last, real=True)):
        try:
            record = store.read(row.path).record
        except (OSError, DamagedError, NewerError):
            continue  # it cannot be read just now; the figures of it are in the index
        private = set(record["private"])
        if private and not wanted.private:
            found.withheld += len(private & set(record["answers"]))
            told = {name: value for name, value in record["answers"].items() if name not in private}
            found.open_ratings[round(row.started.timestamp() * 1000), row.session] = tuple(pairs(told))
        if isinstance(shared := record.get("shared"), dict):
            found.shared = True
            held = shared.get("answers_kept_back")
            found.kept_back += held if isinstance(held, int) else 0
        trained.append([Trained(day_of(row.started), each) for each in trainings.of(record)])
        if wanted.questionnaires:
            scores.append(list(_scores(row, record, wanted.private)))
        if wanted.answers or wanted.notes:
            written.append(list(_written(row, record, wanted)))
    found.scores = [each for of_record in reversed(scores) for each in of_record]  # oldest first
    found.written = [each for of_record in reversed(written) for each in of_record]
    found.trained = [each for of_record in reversed(trained) for each in of_record]
    return found


def _scores(row: Row, record: dict[str, Any], private: bool) -> Iterator[Scored]:
    """The numbers of the questionnaires in a record."""
    from mindful.journal import past, store
    from mindful.render.report.content import Scored

    for each in past.answered(store.Entry(row.path, record)):
        if each.private and not private:
            continue
        for scale, one in each.scores.items():
            score, most = one.get("score"), one.get("to")
            if not isinstance(score, int | float):
                continue
            name = each.name.upper() + ("" if scale in ("total", "percentage") else f", {scale}")
            yield Scored(day_of(row.started), name, float(score), float(most or score or 1))


def _written(row: Row, record: dict[str, Any], wanted: _Wanted) -> Iterator[Written]:
    """Answers that are no ratings, and the note."""
    from mindful.render.report.content import Written

    for name, value in record["answers"].items() if wanted.answers else ():
        if (name in record["private"] and not wanted.private) or isinstance(value, int | float) or not value:
            continue
        words = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        yield Written(day_of(row.started), row.title, name, words)
    if wanted.notes and record["note"]:
        yield Written(day_of(row.started), row.title, "", record["note"])


def _bytes(made: Report, ending: str) -> bytes:
    from mindful.render.report import plots

    if ending == ".txt":
        return ("\n".join(_lines(made, 80, told=True)) + "\n").encode()
    if ending == ".pdf":
        from mindful.render.report.printed import pdf

        return pdf(made)
    from mindful.render.report.page import page

    drawn = plots.available()
    if not drawn:
        tell(_("Without drawings, which need more: pip install 'mindful-sessions[report]'. The tables are in it."))
    return page(made, drawn=drawn).encode()


def _lines(made: Report, width: int, told: bool = False) -> Sequence[str]:
    import sys

    from mindful.render.report.lines import lines

    blocks = told or (letters("█▏", sys.stdout) and os.environ.get("TERM") != "dumb")
    return list(lines(made, width, blocks=blocks))
