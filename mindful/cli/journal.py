"""`mindful journal`: the client's own records, to read and to annotate. Called by `mindful.cli.main`."""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NoReturn

import click

from mindful.cli import exits
from mindful.cli.journal_text import account, table
from mindful.journal import home, recovery, store
from mindful.journal.printable import printable
from mindful.journal.versions import DamagedError, NewerError
from mindful.tongue import _, ngettext

_LATEST = 20


@click.group(invoke_without_command=True)
@click.pass_context
def journal(ctx: click.Context) -> None:
    """Your records: what you did, when, and what you wrote down.

    They are on this computer only. Without a command, the latest are listed.
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_records)


@journal.command("list")
@click.option("--since", metavar="DATE", help="Only records from this day on: 2026-11-22, today, or 14 d.")
@click.option("--session", metavar="ID", help="Only records of this session.")
@click.option("--limit", type=click.IntRange(min=0), help="At most so many; 0 for all. For people 20, with --json all.")
@click.option("--json", "as_json", is_flag=True, help="As JSON; without answers and notes.")
def list_records(
    since: str | None = None, session: str | None = None, limit: int | None = None, as_json: bool = False
) -> None:
    """List your records, the latest first."""
    start = from_day(since) if since else None
    limit = limit if limit is not None else (0 if as_json else _LATEST)
    with _failures():
        folder = home.journal()
        _recover(folder)
        found = store.look(folder, since=start, session=session, limit=limit or None)
    if as_json:
        _data({"mindful_journal": 1, "records": [_row(entry) for entry in found.entries]})
    elif found.entries:
        columns = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
        _out(table(found.entries, columns))
        if found.more:
            _tell(_("Earlier ones were not looked at; --limit 0 shows all."))
    else:
        _tell(_("No records here.") if since or session else _("Your journal is empty so far."))
    _unread(found)


@journal.command()
@click.argument("which", default="1")
@click.option("--json", "as_json", is_flag=True, help="The record as it is in its file.")
def show(which: str, as_json: bool) -> None:
    """Show one record: the latest, or WHICH.

    WHICH is a number from the list (1 is the latest), the beginning of a record's id, or a file.
    """
    with _failures():
        entry = _find(which)
    if as_json:
        _data(entry.record)
    else:
        _out(account(entry))


@journal.command()
@click.argument("which")
@click.argument("text", required=False)
@click.option("--replace", is_flag=True, help="Put the text in place of the note that is there.")
def note(which: str, text: str | None, replace: bool) -> None:
    """Write a note into a record, after what is there.

    Without TEXT you are asked for it, so that it does not stay in your shell's history; with - it is read from the
    input.
    """
    with _failures():
        entry = _find(which)
        if text is None:
            if not sys.stdin.isatty():
                raise click.UsageError("Say what to write: mindful journal note WHICH TEXT, or - to read it.")
            text = str(click.prompt("Your note", err=True, default="", show_default=False))
        elif text == "-":
            text = sys.stdin.read()
        if not text.strip() and not replace:
            _tell(_("Nothing was written."))
            return
        store.add_note(entry, text, replace=replace)
    _tell(
        _("Noted, with {printable}, {started:%Y-%m-%d %H:%M}.").format(
            printable=printable(entry.record["session"]["title"]), started=entry.started
        )
    )


@journal.command()
@click.argument("which", default="1")
@click.option("--strength", type=click.Choice(("1", "2", "3")), help="1 a little, 2 quite strong, 3 very strong.")
@click.option(
    "--lasting", type=click.Choice(("gone", "some", "there")), help="Gone again, a little still, still there."
)
@click.option("--next", "steps", multiple=True, help="What might suit you next time; repeatable.",
              type=click.Choice(("shorter", "eyes-open", "outside", "moving", "talk", "pause")))  # fmt: skip
def unpleasant(which: str, strength: str | None, lasting: str | None, steps: tuple[str, ...]) -> None:
    """Say that something was unpleasant, in the latest session or in WHICH.

    It helps to choose what suits you next time. Without options you are asked; every line can stay open.
    """
    from mindful.cli.after import told

    with _failures():
        entry = _find(which)
        said = told(strength or "", lasting or "", steps)
        if said is None:
            _tell(_("Nothing was written."))
            return
        store.add_effects(entry, said)
    _tell(_("It is in your record."))


@journal.command()
def recover() -> None:
    """Close the records of sessions that were cut short. This also happens by itself."""
    found = recovery.examine(home.journal())
    for path in found.records:
        _out(printable(path))
    _recovered(found)
    if not (found.records or found.damaged or found.troubles):
        _tell(_("Nothing to recover."))
    if found.troubles:
        raise click.exceptions.Exit(exits.FAILED)
    if found.damaged:
        raise click.exceptions.Exit(exits.PROBLEMS)


@journal.command()
def where() -> None:
    """Print the folder of your journal."""
    folder = home.journal()
    _out(str(folder))
    if not folder.exists():
        _tell(_("It is not there yet; the first session makes it."))


@contextmanager
def _failures() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        _fail(
            exits.FAILED,
            _("The journal cannot be used just now: {value}: {value2}").format(
                value=error.strerror or error, value2=error.filename or ""
            ),
        )


def _find(which: str) -> store.Entry:
    folder = home.journal()
    _recover(folder)
    try:
        return store.find(folder, which)
    except store.AmbiguousError as error:
        near = error.args[1]
        _fail(
            exits.USAGE,
            _("{which} could mean {near} records:").format(which=which, near=len(near)),
            *table(near, None).splitlines(),
        )
    except store.NotFoundError:
        if not store.look(folder, limit=1).entries:
            _fail(exits.USAGE, _("Your journal is empty so far."))
        _fail(
            exits.USAGE,
            _("There is no record {which}. `mindful journal list` shows what is there.").format(which=which),
        )
    except (DamagedError, NewerError) as error:
        _fail(exits.PROBLEMS, _("{which} cannot be read: {error}.").format(which=which, error=error))


def _recover(folder: Path) -> None:
    _recovered(recovery.examine(folder))


def _recovered(found: recovery.Found) -> None:
    if count := len(found.records):
        kept = ngettext(
            "One session that was cut short is now kept.",
            "{count} sessions that were cut short are now kept.",
            count,
        )
        _tell(kept.format(count=count))
    for path in found.damaged:
        _tell(_("Nothing could be read from one file; it was put aside: {path}").format(path=path))
    for path, why in found.troubles:
        _tell(_("Left for later: {path}: {why}").format(path=path, why=why))


def _unread(found: store.Listing) -> None:
    for each in found.unread:
        done = _("put aside") if each.set_aside else _("left where it is")
        _tell(
            _("One file could not be read and was {done}: {path}: {why}.").format(
                done=done, path=each.path, why=each.why
            )
        )
    if found.unread:
        raise click.exceptions.Exit(exits.PROBLEMS)


def _row(entry: store.Entry) -> dict[str, Any]:
    names = ("id", "session", "status", "started", "ended", "planned_ms", "elapsed_ms", "paused_ms", "simulated")
    has_note = entry.record["note"] != ""
    return {
        "number": entry.number,
        **{name: entry.record[name] for name in names},
        "has_note": has_note,
        "path": str(entry.path),
    }


def from_day(text: str) -> datetime:
    words = text.strip().lower()
    today = datetime.now().astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
    if words == "today":
        return today
    try:
        if days := re.fullmatch(r"(\d{1,5}) ?(d|days?|w|weeks?)", words):
            back = int(days[1]) * (7 if days[2].startswith("w") else 1)
            return (today.replace(tzinfo=None) - timedelta(days=back)).astimezone()
        return datetime.strptime(words, "%Y-%m-%d").astimezone()
    except (ValueError, OverflowError, OSError):
        raise click.BadParameter("Write a day as 2026-11-22, today, or 14 d.", param_hint="--since") from None


def _data(value: object) -> None:
    click.echo(json.dumps(value, indent=2))  # plain ASCII: whatever a note holds, it cannot drive a terminal


def _out(text: str) -> None:
    click.echo(_fitting(text, sys.stdout.encoding))


def _tell(text: str) -> None:
    click.echo(_fitting(printable(text), sys.stderr.encoding), err=True)


def _fitting(text: str, encoding: str | None) -> str:
    """Letters that this terminal does not have become question marks rather than an error."""
    return text.encode(encoding or "utf-8", "replace").decode(encoding or "utf-8")


def _fail(status: int, *lines: str) -> NoReturn:
    for line in lines:
        _tell(line)
    raise click.exceptions.Exit(status)
