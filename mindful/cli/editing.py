"""A file of the client's own in their editor. For `mindful support edit` and `mindful plan edit`."""

from __future__ import annotations

from pathlib import Path

import click

from mindful.cli import exits
from mindful.cli.say import fail, interactive, out, tell
from mindful.tongue import _


def in_editor(path: Path) -> bool:
    """Open it in $VISUAL or $EDITOR, until that is closed. Without a terminal say where it is, and False.

    Ends the program in plain words where no editor can be started.
    """
    if not interactive():
        tell(_("There is no terminal for an editor here. Any editor opens the file:"))
        out(str(path))
        return False
    try:
        click.edit(filename=str(path))
    except click.ClickException as error:
        fail(exits.FAILED, error.format_message(), _("Any other editor opens it as well: {path}").format(path=path))
    return True
