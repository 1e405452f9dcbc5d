"""`mindful support`: the client's own plan for hard hours and the people in it. Every number in it is theirs."""

from __future__ import annotations

import click

from mindful.cli import exits
from mindful.cli.editing import in_editor
from mindful.cli.helped import Group
from mindful.cli.say import fail, out, tell
from mindful.journal import home
from mindful.journal.printable import printable
from mindful.tongue import _


@click.group(cls=Group, invoke_without_command=True)
@click.pass_context
def support(ctx: click.Context) -> None:
    """Your own plan: whom you can call, what helps, how you notice. Written by you, kept here."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(show)


@support.command()
def show() -> None:
    """Show it, and beneath it what keeps you well (mindful plan wellness)."""
    from mindful.journal.support import lines, read
    from mindful.journal.wellness import beneath

    for kind, text in [*lines(read(home.plan_file())), *beneath(home.wellness_file())]:
        out(f"  {printable(text)}" if kind == "item" else printable(text))


@support.command()
def edit() -> None:
    """Open it in your editor ($VISUAL or $EDITOR). Without a terminal: say where it is."""
    from mindful.journal.support import begin, lines, read

    path = home.plan_file()
    try:
        begin(path)
    except OSError as error:
        fail(
            exits.FAILED, _("It could not be written: {value}.").format(value=error.strerror or _("the system refused"))
        )
    if not in_editor(path):
        return
    for kind, text in lines(read(path)):
        if kind == "note":
            tell(printable(text))


@support.command()
def path() -> None:
    """Where the file is."""
    out(str(home.plan_file()))
