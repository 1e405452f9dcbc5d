"""What a programme has today is done: a session is played, something else is ticked off; and reminders of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from mindful.cli import exits
from mindful.cli import programme_kept as kept
from mindful.cli.say import fail, out, tell
from mindful.journal.printable import printable
from mindful.journal.programme import words
from mindful.tongue import _


@click.command()
@click.argument("name", required=False)
@click.option("--undo", is_flag=True, help="Take it back, for today.")
def done(name: str | None, undo: bool) -> None:
    """Say that something of it was done that is no session, such as a walk. Sessions count by themselves."""
    found = kept.current()
    names = [i.name for part in found.plan.parts for i in part.items if any(not t.session for t in i.things)]
    if name is None:
        left = [o.item.name for o in found.position.offers if o.left and o.item.name in names]
        if len(left) != 1:
            fail(
                exits.USAGE,
                _("What was done? There are: {names}.").format(names=", ".join(dict.fromkeys(names)) or "-"),
            )
        name = left[0]
    if name not in found.plan.names:
        from mindful.script.problems import near

        meant = next(iter(near(name, found.plan.names)), "")
        lines = [_("Nothing in the programme is called “{name}”.").format(name=printable(name))]
        fail(exits.USAGE, *lines, *([_("Did you mean {name}?").format(name=meant)] if meant else []))
    chosen = name
    after = kept.changed(lambda state, day: state.unticked(day, chosen) if undo else state.tick(day, chosen))
    out(words.today(after.plan, after.position))


@click.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
@click.argument("name", required=False)
@click.option("--instead", type=click.IntRange(1), help="The alternative of this number.")
@click.pass_context
def play(ctx: click.Context, name: str | None, instead: int | None) -> Any:
    """Begin what is next, or the practice NAME. Other options are those of mindful play."""
    extra = list(ctx.args)
    if name is not None and name.startswith("-"):
        extra, name = [name, *extra], None
    found = kept.current()
    offers = [o for o in found.position.offers if name in (None, o.item.name)]
    if name is None:
        offers = [o for o in found.position.left if any(t.session for t in o.item.things)] or list(found.position.left)
    if not offers:
        fail(exits.USAGE, words.today(found.plan, found.position) if name is None else
             _("Nothing of today is called “{name}”.").format(name=printable(name)))  # fmt: skip
    item = offers[0].item
    things = item.things
    if instead is not None and instead >= len(things):
        fail(exits.USAGE, _("It has {count} alternatives.").format(count=len(things) - 1))
    thing = things[instead or 0]
    if not thing.session:
        tell(words.text(thing.title))
        tell(_("When it is done: mindful programme done {name}").format(name=item.name))
        return exits.DONE
    arguments = [thing.play]
    for key, value in thing.set.items():
        arguments += ["--set", f"{key}={_value(value)}"]
    if thing.fit and "--fit" not in extra:
        arguments += ["--fit", thing.fit]
    from mindful.cli.play import play as command

    with command.make_context("play", [*arguments, *extra], parent=ctx.find_root()) as inner:
        return command.invoke(inner)


def _value(value: object) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


@click.command()
@click.option("-o", "--output", required=True, metavar="FILE", help="The file, such as practice.ics.")
@click.option(
    "--days", type=click.IntRange(1, 366), help="For so many days; unless given, to the end of the programme."
)
@click.option("--at", "at", metavar="TIME", help="When what has no time of its own is suggested, such as 18:30.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def reminders(output: str, days: int | None, at: str | None, force: bool) -> None:
    """Reminders for your calendar, as an .ics file: one quiet entry for each practice on its days.

    Their times are those of the clock where you are, also when it changes to summer time.
    """
    from mindful.cli.reminding import calendar

    found = kept.current()
    path = Path(output)
    if path.exists() and not force:
        fail(exits.USAGE, _("{path} is there already. --force writes over it.").format(path=printable(output)))
    from mindful.journal.files import write_atomic

    text, count = calendar(found, kept.today_now(), days, at)
    try:
        write_atomic(path, text)
    except OSError as error:
        why = error.strerror or _("the system refused")
        fail(exits.FAILED, _("It could not be written: {value}.").format(value=why))
    tell(_("{path}: {count} reminders. Your calendar opens it.").format(path=printable(output), count=count))
