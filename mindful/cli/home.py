"""`mindful` without a command: the home screen, or the list where nothing can be drawn."""

from __future__ import annotations

import click

from mindful.cli import exits
from mindful.cli.say import dumb, interactive, tell
from mindful.tongue import _


def home(language: str | None = None) -> None:
    """Open the home screen; without a terminal for it, say what there is."""
    if not interactive() or dumb():
        from mindful.cli.listing import show

        tell(_("Guided mindfulness and breathwork. To begin: mindful play settle. Help: mindful --help."))
        tell("")
        show()
        return
    from mindful.cli.host import CliHost, Wishes
    from mindful.cli.perform import screen

    host = CliHost(Wishes(language=language))
    try:
        status = screen(host)
    finally:
        host.close()
    if status != exits.DONE:
        raise click.exceptions.Exit(status)
