"""`mindful journal verify`: every file read anew, and what is odd among them. Called by `mindful.cli.journal`."""

from __future__ import annotations

import click

from mindful.cli import exits
from mindful.cli.journal_access import fail, opened, tell, unread
from mindful.cli.say import out
from mindful.journal import asking, drafts, home, index
from mindful.journal.printable import printable
from mindful.tongue import _, ngettext


@click.command()
def verify() -> None:
    """Read every record anew, and tell of copies, damage and what waits.

    The table that makes lists quick is made anew as well. Nothing is deleted; damaged files are put aside.
    """
    for table in index.tables(home.cache()):
        table.unlink(missing_ok=True)
    with opened() as found:
        count = asking.count(found)
        copies = asking.copies(found)
        kept = found.kept
    out(ngettext("One record was read.", "{count} records were read.", count).format(count=count))
    for first, *others in copies:
        out(_("{path} counts; there is also:").format(path=printable(first)))
        for other in others:
            out(f"  {printable(other)}")
    waiting = len(list(drafts.files(home.journal())))
    if waiting:
        said = ngettext("One draft waits for its session.", "{count} drafts wait for their sessions.", waiting)
        out(said.format(count=waiting))
    if count and not kept:
        tell(_("The table could not be kept; lists are made from the files each time."))
    unread(found.unread)
    if copies:
        fail(exits.PROBLEMS)
