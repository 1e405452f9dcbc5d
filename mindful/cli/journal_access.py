"""How commands get at the journal: the key where it is encrypted, then recovery, then the index. Called by all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import click

from mindful.cli import exits, say
from mindful.cli.journal_text import table
from mindful.cli.unlocking import unlock
from mindful.journal import asking, home, recovery, store
from mindful.journal.found import Unread
from mindful.journal.index import Index
from mindful.journal.printable import printable
from mindful.journal.versions import DamagedError, NewerError
from mindful.tongue import _, ngettext

_MANY = 2000


@contextmanager
def opened(*, aside: bool = True, ask: bool = True) -> Iterator[Index]:
    """The journal's index, up to date. Sessions that were cut short are closed first.

    With `ask` a key is asked for where the journal is encrypted and none was given. Damaged files are put aside.
    """
    with failures():
        folder = home.journal()
        unlock(folder, ask=ask)
        recover(folder)
        with Index(folder, home.cache() if folder.exists() else None, aside=aside) as index:
            told = False
            for read in index.steps(_MANY):
                if not told and read >= _MANY:
                    told = True
                    tell(_("Reading your records once; the next time it is quick."))
            yield index


@contextmanager
def failures() -> Iterator[None]:
    """What the disk refuses ends the command with a sentence."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        fail(
            exits.FAILED,
            _("The journal cannot be used just now: {value}: {value2}")
            .format(value=error.strerror or error, value2=error.filename or "")
            .removesuffix(": "),
        )


def found(index: Index, which: str) -> store.Entry:
    """The record that these words mean; the command ends where there is none, or several."""
    try:
        return asking.find(index, which)
    except store.AmbiguousError as error:
        near = error.args[1]
        fail(
            exits.USAGE,
            _("{which} could mean {near} records:").format(which=which, near=len(near)),
            *table(near, None).splitlines(),
        )
    except store.NotFoundError:
        if not asking.count(index):
            fail(exits.USAGE, _("Your journal is empty so far."))
        fail(
            exits.USAGE,
            _("There is no record {which}. `mindful journal list` shows what is there.").format(which=which),
        )
    except (DamagedError, NewerError) as error:
        fail(exits.PROBLEMS, _("{which} cannot be read: {error}.").format(which=which, error=error))


def recover(folder: Path) -> None:
    """Close what was cut short, and say so."""
    recovered(recovery.examine(folder))


def recovered(found: recovery.Found) -> None:
    """What recovery did, in words."""
    if count := len(found.records):
        kept = ngettext(
            "One session that was cut short is now kept.",
            "{count} sessions that were cut short are now kept.",
            count,
        )
        tell(kept.format(count=count))
    for path in found.damaged:
        tell(_("Nothing could be read from one file; it was put aside: {path}").format(path=path))
    for path, why in found.troubles:
        tell(_("Left for later: {path}: {why}").format(path=path, why=why))
    if count := len(found.locked):
        waits = ngettext(
            "One session that was cut short waits for the journal's key.",
            "{count} sessions that were cut short wait for the journal's key.",
            count,
        )
        tell(waits.format(count=count))


def unread(found: Sequence[Unread]) -> None:
    """What could not be read, in words; ends the command with the status for that where there was any."""
    locked = [each for each in found if each.locked]
    for each in found:
        if each.locked:
            continue
        done = _("put aside") if each.set_aside else _("left where it is")
        tell(
            _("One file could not be read and was {done}: {path}: {why}.").format(
                done=done, path=each.path, why=each.why
            )
        )
    if locked:
        many = ngettext(
            "One record is encrypted and stays locked: {why}.",
            "{count} records are encrypted and stay locked: {why}.",
            len(locked),
        )
        tell(many.format(count=len(locked), why=locked[0].why))
    if found:
        raise click.exceptions.Exit(exits.PROBLEMS)


def tell(text: str) -> None:
    """A line of narration; what stands in it of a record or of a file's name is made harmless."""
    say.tell(printable(text))


def fail(status: int, *lines: str) -> NoReturn:
    """Say why, and end the command."""
    for line in lines:
        tell(line)
    raise click.exceptions.Exit(status)
