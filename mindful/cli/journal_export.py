"""`mindful journal export`: records for other programs. Called by `mindful.cli.journal`."""

from __future__ import annotations

import contextlib
import os
import secrets
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import click

from mindful.cli import exits
from mindful.cli.journal_access import fail, opened, tell, unread
from mindful.cli.since import records as chosen_records
from mindful.cli.since import stretch
from mindful.journal import asking, store
from mindful.journal.export import FORMATS, Choice, folder_form, form
from mindful.journal.home import create_private, make_private
from mindful.journal.versions import DamagedError, NewerError
from mindful.tongue import _, ngettext


@click.command()
@click.option("--format", "name", type=click.Choice(list(FORMATS)), help="Else by the ending of OUT.")
@click.option(
    "-o", "--out", type=click.Path(path_type=Path), help="The file to write; else stdout. For parquet a folder."
)
@stretch
@click.option("--private", is_flag=True, help="With the answers that a script marks as private.")
@click.option("--no-notes", is_flag=True, help="Without your notes.")
@click.option("--no-answers", is_flag=True, help="Without answers.")
@click.option("--simulated", is_flag=True, help="Trial runs with a made-up client, too.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def export(
    name: str | None,
    out: Path | None,
    since: str | None,
    until: str | None,
    session: str | None,
    private: bool,
    no_notes: bool,
    no_answers: bool,
    simulated: bool,
    force: bool,
) -> None:
    """Write your records into one file for other programs, oldest first.

    csv: a table with a row a record, for spreadsheets. jsonl: a record a line, as it is in its file. parquet: a
    folder of tables by month, for DuckDB and others. fhir: an HL7 FHIR R4 bundle. health: mindful minutes for Apple
    Health. What you export is no longer protected by mindful.
    """
    name = name or _by_ending(out)
    if out is not None and out.exists() and not force:
        raise click.UsageError(f"{out} is there already; --force writes over it.")
    as_folder = folder_form(name)
    if as_folder is not None and out is None:
        raise click.UsageError(f"{name} is a folder of files: say where with -o.")
    if as_folder is None and out is not None and out.is_dir():
        raise click.UsageError(f"{out} is a folder; {name} is one file.")
    wanted = chosen_records(since, until, session, real=not simulated)
    with opened() as index:
        missing: dict[Path, str] = {}

        def records() -> Iterator[Mapping[str, Any]]:
            for row in asking.each(index, wanted, oldest_first=True):
                try:
                    yield store.read(row.path).record
                except (OSError, DamagedError, NewerError) as error:
                    missing[row.path] = str(error)  # removed or changed by another program meanwhile

        choice = Choice(private, not no_notes, not no_answers)
        if as_folder is not None:
            assert out is not None
            with _folder(out) as folder:
                written = as_folder.write_folder(records, folder, choice)
        else:
            with _file(out) as file:
                written = form(name).write(records, file, choice)
    said = ngettext("One record was written.", "{count} records were written.", written.records)
    tell(said.format(count=written.records))
    if written.withheld:
        said = ngettext(
            "One private answer was left out; --private takes it along.",
            "{count} private answers were left out; --private takes them along.",
            written.withheld,
        )
        tell(said.format(count=written.withheld))
    for path, why in missing.items():
        tell(_("Not written: {path}: {why}").format(path=path, why=why))
    unread(index.unread)
    if missing:
        fail(exits.PROBLEMS)


def _by_ending(out: Path | None) -> str:
    found = [name for name in FORMATS if out is not None and out.name.lower().endswith(form(name).ENDING)]
    if not found:
        raise click.UsageError(f"Say in which form: --format {' or '.join(FORMATS)}.")
    return max(found, key=lambda name: len(form(name).ENDING))  # .health.csv before .csv


@contextlib.contextmanager
def _folder(out: Path) -> Iterator[Path]:
    """A new folder that takes the place of an old one of ours when it is whole.

    Ends the command without the library.
    """
    import shutil

    from mindful.journal.export.as_parquet import TABLES

    if out.exists() and (not out.is_dir() or {p.name for p in out.iterdir()} - set(TABLES)):
        raise click.UsageError(f"{out} holds other things; nothing is written over them.")
    temporary = out.with_name(f".{out.name}.{secrets.token_hex(4)}.tmp")
    try:
        make_private(temporary)
        yield temporary
        if out.exists():
            shutil.rmtree(out)
        temporary.rename(out)
    except ImportError as error:
        tell(_("Not installed here: {name}. It comes with the extra `exchange`.").format(name=error.name))
        fail(exits.FAILED)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


@contextlib.contextmanager
def _file(out: Path | None) -> Iterator[BinaryIO]:
    """The file, which only its owner can read, and which is there in whole or not at all; or stdout."""
    if out is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    temporary = out.with_name(f".{out.name}.{secrets.token_hex(4)}.tmp")
    fd = create_private(temporary)
    try:
        with os.fdopen(fd, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(out)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
