"""`mindful journal`: the client's own records, to read, to annotate, to keep. Called by `mindful.cli.main`.

What is seldom wanted lies in modules of its own, which are imported when they are: `MORE`.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterable
from importlib import import_module
from textwrap import indent
from typing import Any

import click

from mindful.cli import exits
from mindful.cli.helped import Group, spoken
from mindful.cli.journal_access import fail, failures, found, opened, recovered, tell, unread
from mindful.cli.journal_text import account, table
from mindful.cli.say import letters, out
from mindful.cli.since import records, stretch
from mindful.cli.unlocking import key_option, unlock
from mindful.journal import asking, home, recovery, store
from mindful.journal.printable import printable
from mindful.tongue import _, ngettext

_LATEST = 20

MORE = {
    "search": "mindful.cli.journal_search:search",
    "forget": "mindful.cli.journal_forget:forget",
    "export": "mindful.cli.journal_export:export",
    "import": "mindful.cli.journal_import:import_",
    "verify": "mindful.cli.journal_verify:verify",
    "encrypt": "mindful.cli.journal_seal:encrypt",
    "decrypt": "mindful.cli.journal_seal:decrypt",
    "unlock": "mindful.cli.journal_seal:unlock_now",
    "lock": "mindful.cli.journal_seal:lock_now",
}
"""name: where it is."""


class Journal(Group):
    """A group some of whose commands are imported when they are needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*(name for name in super().list_commands(ctx) if name not in MORE), *MORE]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in MORE:
            module, _, name = MORE[cmd_name].partition(":")
            command = getattr(import_module(module), name)
            assert isinstance(command, click.Command)
            return spoken(command)
        return super().get_command(ctx, cmd_name)


@click.group(cls=Journal, invoke_without_command=True)
@key_option
@click.pass_context
def journal(ctx: click.Context) -> None:
    """Your records: what you did, when, and what you wrote down.

    They are on this computer only. Without a command, the latest are listed.
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_records)


@journal.command("list")
@stretch
@click.option("--limit", type=click.IntRange(min=0), help="At most so many; 0 for all. For people 20, with --json all.")
@click.option("--json", "as_json", is_flag=True, help="As JSON; without answers and notes.")
def list_records(
    since: str | None = None,
    until: str | None = None,
    session: str | None = None,
    limit: int | None = None,
    as_json: bool = False,
) -> None:
    """List your records, the latest first."""
    limit = limit if limit is not None else (0 if as_json else _LATEST)
    wanted = records(since, until, session)
    with opened() as index:
        rows: list[asking.Row] = []
        copies = len(asking.copies(index))
        if as_json:
            stream(asking.each(index, wanted, limit or None))
        else:
            rows = asking.rows(index, wanted, limit + 1 if limit else None)
    shown = rows[:limit] if limit else rows
    if shown:
        out(table(shown, width()))
        if len(rows) > len(shown):
            tell(_("There are earlier ones; --limit 0 shows all."))
    elif not as_json and not any(each.locked for each in index.unread):
        tell(_("No records here.") if since or until or session else _("Your journal is empty so far."))
    if copies:
        said = ngettext(
            "A sync tool left a second copy of one record; the fuller is shown. `mindful journal verify` tells more.",
            "A sync tool left copies of {count} records; the fuller are shown. `mindful journal verify` tells more.",
            copies,
        )
        tell(said.format(count=copies))
    unread(index.unread)


@journal.command()
@click.argument("which", default="1")
@click.option("--json", "as_json", is_flag=True, help="The record as it is in its file.")
def show(which: str, as_json: bool) -> None:
    """Show one record: the latest, or WHICH.

    WHICH is a number from the list (1 is the latest), the beginning of a record's id, or a file.
    """
    with opened() as index:
        entry = found(index, which)
    if as_json:
        data(entry.record)
    else:
        from mindful.cli.filled import back

        out(account(entry, drawn=letters("█▁", sys.stdout), back=back))


@journal.command()
@click.argument("which")
@click.argument("text", required=False)
@click.option("--replace", is_flag=True, help="Put the text in place of the note that is there.")
def note(which: str, text: str | None, replace: bool) -> None:
    """Write a note into a record, after what is there.

    Without TEXT you are asked for it, so that it does not stay in your shell's history; with - it is read from the
    input.
    """
    with opened() as index:
        entry = found(index, which)
        if text is None:
            if not sys.stdin.isatty():
                raise click.UsageError("Say what to write: mindful journal note WHICH TEXT, or - to read it.")
            text = str(click.prompt("Your note", err=True, default="", show_default=False))
        elif text == "-":
            text = sys.stdin.read()
        if not text.strip() and not replace:
            tell(_("Nothing was written."))
            return
        store.add_note(entry, text, replace=replace)
    tell(
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

    with opened() as index:
        entry = found(index, which)
        said = told(strength or "", lasting or "", steps)
        if said is None:
            tell(_("Nothing was written."))
            return
        store.add_effects(entry, said)
    tell(_("It is in your record."))


@journal.command()
def recover() -> None:
    """Close the records of sessions that were cut short. This also happens by itself."""
    with failures():
        unlock(home.journal())
    done = recovery.examine(home.journal())
    for path in done.records:
        out(printable(path))
    recovered(done)
    if not (done.records or done.damaged or done.troubles or done.locked):
        tell(_("Nothing to recover."))
    if done.troubles:
        fail(exits.FAILED)
    if done.damaged or done.locked:
        fail(exits.PROBLEMS)


@journal.command()
def where() -> None:
    """Print the folder of your journal."""
    folder = home.journal()
    out(str(folder))
    if not folder.exists():
        tell(_("It is not there yet; the first session makes it."))


def width() -> int | None:
    """The columns that a table may take; None where it goes elsewhere than to a terminal."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def as_data(row: asking.Row) -> dict[str, Any]:
    """One row for other programs: no answers, no note."""
    return {
        "number": row.number,
        "id": row.id,
        "session": {"id": row.session, "title": row.title},
        "status": row.status,
        "started": row.started.isoformat(timespec="milliseconds"),
        "ended": row.ended,
        "planned_ms": row.planned_ms,
        "elapsed_ms": row.elapsed_ms,
        "paused_ms": row.paused_ms,
        "simulated": row.simulated,
        "has_note": row.noted,
        "path": str(row.path),
    }


def stream(rows: Iterable[asking.Row]) -> None:
    """The list as JSON, written row by row: that of a hundred thousand records need not be held."""
    sys.stdout.write('{\n  "mindful_journal": 1,\n  "records": [')
    any_ = False
    for row in rows:
        sys.stdout.write((",\n" if any_ else "\n") + indent(json.dumps(as_data(row), indent=2), "    "))
        any_ = True
    sys.stdout.write(("\n  ]" if any_ else "]") + "\n}\n")
    sys.stdout.flush()


def data(value: object) -> None:
    """JSON on stdout: plain ASCII, so that whatever a note holds, it cannot drive a terminal."""
    click.echo(json.dumps(value, indent=2))
