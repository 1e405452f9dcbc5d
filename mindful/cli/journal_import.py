"""`mindful journal import`: what you did with other programs. Called by `mindful.cli.journal`."""

from __future__ import annotations

from pathlib import Path

import click

from mindful.cli import exits
from mindful.cli.journal_access import fail, failures, tell
from mindful.journal import home
from mindful.journal.importing import MAX_BYTES, READERS, UnknownFileError, recognise, take
from mindful.tongue import _, ngettext


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--from", "source", type=click.Choice(list(READERS)), help="Whose file it is. Without it, that is found out."
)
@click.option("--look", is_flag=True, help="Only say what is in it.")
def import_(file: Path, source: str | None, look: bool) -> None:
    """Take sessions of another program into your journal.

    breathe-cli: ~/.breathe_log.csv. meditation: ~/.meditation_history.json. Brethap: its export of sessions. Medito:
    its statistics, which do not say how long a session was. Importing a file twice adds nothing.
    """
    with failures():
        if file.stat().st_size > MAX_BYTES:
            fail(exits.PROBLEMS, _("This file is larger than 64 MiB."))
        try:
            found, sessions = recognise(file.read_bytes().decode("utf-8-sig"), source)
        except (UnknownFileError, UnicodeDecodeError):
            fail(
                exits.PROBLEMS,
                _("This is no file that is understood here. Understood are: {names}.").format(names=", ".join(READERS)),
            )
        count = len(sessions)
        said = ngettext("One session of {name}", "{count} sessions of {name}", count).format(count=count, name=found)
        if sessions:
            first, last = (f(s.started for s in sessions) for f in (min, max))
            said += f", {first:%Y-%m-%d} – {last:%Y-%m-%d}"
        tell(said)
        if look:
            return
        taken = take(home.journal(), found, sessions)
    tell(_("New in your journal: {new}. There already: {known}.").format(new=taken.new, known=taken.known))
