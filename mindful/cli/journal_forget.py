"""`mindful journal forget`: records removed, with all that was made of them. Called by `mindful.cli.journal`."""

from __future__ import annotations

import sys

import click

from mindful.cli import exits
from mindful.cli.journal import data, width
from mindful.cli.journal_access import fail, found, opened, tell
from mindful.cli.journal_text import table
from mindful.cli.say import out
from mindful.cli.since import records, stretch
from mindful.journal import forgetting, home
from mindful.journal.asking import Row
from mindful.journal.forgetting import Plan, Removed
from mindful.journal.index import Index
from mindful.journal.printable import printable
from mindful.tongue import _, ngettext

_SHOWN = 20


@click.command()
@click.argument("which", nargs=-1)
@stretch
@click.option("--everything", is_flag=True, help="All that the journal holds, also what cannot be read.")
@click.option("--dry-run", is_flag=True, help="Only show what would be removed.")
@click.option("--yes", is_flag=True, help="Remove it without asking.")
@click.option("--json", "as_json", is_flag=True, help="What was removed, or would be, as JSON.")
def forget(
    which: tuple[str, ...],
    since: str | None,
    until: str | None,
    session: str | None,
    everything: bool,
    dry_run: bool,
    yes: bool,
    as_json: bool,
) -> None:
    """Remove records: WHICH (as in show), a stretch of days, all of one session, or everything.

    First you see what would go, and are asked. With a record go its copies, what lies beside it under its name, what
    you had begun to write in that session and not finished, and the tables made of your records. Your settings, your
    checklist and your plan are not part of the journal and stay. Backups and sync tools may keep copies of their own.
    """
    ranged = bool(since or until or session)
    if bool(which) + ranged + everything != 1:
        raise click.UsageError("Say which: numbers or ids, or --since, --until, --session, or --everything.")
    wanted = records(since, until, session)
    with opened(ask=not everything) as index:
        if everything:
            plan = forgetting.everything(index, home.cache())
        elif ranged:
            plan = forgetting.plan(index, wanted, home.cache())
        else:
            plan = _each(index, which)
    if plan.empty:
        tell(_("There is nothing to remove."))
        return
    if not as_json:
        _show(plan)
    if dry_run or not (yes or _agreed()):
        if as_json:
            data({"mindful_forget": 1, "removed": False, **_listed(plan)})
        tell(_("Nothing was removed."))
        if not dry_run and not yes and not sys.stdin.isatty():
            raise click.UsageError("--yes removes it.")
        return
    done = forgetting.carry_out(plan)
    if as_json:
        data({"mindful_forget": 1, "removed": True, **_listed(plan, done)})
    _told(done)


def _each(index: Index, which: tuple[str, ...]) -> Plan:
    rows: dict[str, Row] = {}
    for words in which:
        entry = found(index, words)
        rows[entry.id] = Row.of(entry)
    return forgetting.of_records(index, list(rows.values()), home.cache())


def _agreed() -> bool:
    return sys.stdin.isatty() and click.confirm(_("Remove all this? It cannot be undone."), err=True)


def _show(plan: Plan) -> None:
    if plan.rows:
        for line in table(plan.rows[:_SHOWN], width()).splitlines():
            out(line)
        if (more := len(plan.rows) - _SHOWN) > 0:
            out(ngettext("and one more", "and {count} more", more).format(count=more))
    known = {row.path for row in plan.rows}
    for path in [p for p in plan.files if p not in known][:_SHOWN]:
        out(_("also {path}").format(path=printable(path)))
    if plan.drafts:
        said = ngettext(
            "also one draft that was not finished", "also {count} drafts that were not finished", len(plan.drafts)
        )
        out(said.format(count=len(plan.drafts)))
    for folder in plan.folders:
        out(_("also {path}").format(path=printable(folder)))
    for path in plan.running:
        tell(_("A session goes on just now; it is left: {path}").format(path=path))


def _listed(plan: Plan, done: Removed | None = None) -> dict[str, object]:
    paths = done.files if done is not None else [*plan.files, *plan.drafts, *plan.tables, *plan.folders]
    refused = [{"path": str(path), "why": why} for path, why in done.refused] if done is not None else []
    return {
        "records": [row.id for row in plan.rows],
        "files": [str(path) for path in paths],
        "refused": refused,
    }


def _told(done: Removed) -> None:
    records = ngettext("One record", "{count} records", done.records).format(count=done.records)
    files = ngettext("one file", "{count} files", len(done.files)).format(count=len(done.files))
    tell(_("Removed: {records}, {files} in all.").format(records=records, files=files))
    for path, why in done.refused:
        tell(_("Not removed: {path}: {why}").format(path=path, why=why))
    if done.refused:
        fail(exits.FAILED)
