"""`mindful profile`: the client's checklist, kept on this computer and nowhere else."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

import click

from mindful.cli import exits
from mindful.cli.helped import Group
from mindful.cli.say import either, fail, interactive, out, tell
from mindful.journal import home
from mindful.script.profile import FLAGS, NAMES, QUESTIONS
from mindful.tongue import _

if TYPE_CHECKING:
    from mindful.script.profile import Profile

INTRO = _(
    "Some practices do not suit everyone. Tick what is true for you, and mindful leaves out what may do harm. "
    "Skip what you like. It stays on this computer, and no record names it."
)
ANSWER_FIRST = _(
    "Intense practices come after the checklist. With nothing to tick: mindful profile set --none --intense on"
)
FLAGGED = _("They stay off while something is ticked: {flags}. There is always a gentler way.")


@click.group(cls=Group, invoke_without_command=True)
@click.pass_context
def profile(ctx: click.Context) -> None:
    """Your checklist: which practices suit you. Kept here, readable for you only, in no record."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(show)


@profile.command()
def show() -> None:
    """What it says now."""
    for line in lines(_read()):
        out(line)
    tell("")
    tell(_("To change it: mindful profile set. To delete it: mindful profile forget."))


@profile.command("set")
@click.option("--has", metavar="FLAG", multiple=True, help="Tick one; repeatable. The names are those of the list.")
@click.option("--has-not", metavar="FLAG", multiple=True, help="Take a tick away; repeatable.")
@click.option("--none", is_flag=True, help="Nothing on the list is true for me.")
@click.option("--intense", type=click.Choice(("on", "off")), help="Fast breathing and long holds.")
def set_(has: tuple[str, ...], has_not: tuple[str, ...], none: bool, intense: str | None) -> None:
    """Go through the checklist, or answer it by options.

    Without options and with a terminal the list is asked. Each line can be left open.
    """
    found = _read()
    if has or has_not or none or intense is not None:
        if none and has:
            fail(exits.USAGE, _("--none and --has do not go together."))
        flags = frozenset() if none else found.flags
        flags = (flags | _flags(has)) - _flags(has_not)
        answered = found.answered or bool(has) or none
    elif not interactive():
        fail(exits.USAGE, _("There is no terminal to ask on. Use --has FLAG, --has-not FLAG or --none."),
             _("The flags: {FLAGS}.").format(FLAGS=', '.join(FLAGS)))  # fmt: skip
    else:
        given = _asked(found)
        if given is None:
            tell(_("Nothing was changed."))
            return
        flags, answered = given, True
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    new = replace(found.ticked(flags, found.intense, now), answered=answered)
    if intense == "on":
        if not answered:
            fail(exits.USAGE, ANSWER_FIRST)
        if flags:
            fail(exits.USAGE, FLAGGED.format(flags=", ".join(NAMES[f] for f in FLAGS if f in flags)))
        new = replace(new, intense_since=found.intense_since or now)
    elif intense == "off":
        new = replace(new, intense_since=None)
    _keep(new)
    for line in lines(new):
        out(line)


@profile.command()
@click.option("--yes", is_flag=True, help="Without asking.")
def forget(yes: bool) -> None:
    """Delete it. Sessions then show their cautions to you as to anyone."""
    from mindful.journal import profile as kept

    if not yes:
        if not interactive():
            fail(exits.USAGE, _("To delete your checklist without being asked: mindful profile forget --yes"))
        click.confirm("Delete your checklist?", abort=True, err=True)
    try:
        there = kept.forget(home.profile_file())
    except OSError as error:
        fail(
            exits.FAILED, _("It could not be deleted: {value}.").format(value=error.strerror or _("the system refused"))
        )
    tell(_("Your checklist is deleted.") if there else _("There was no checklist."))


def lines(found: Profile) -> list[str]:
    """The profile, to read."""
    if found.flags:
        said = [_("Ticked:"), *(f"  {f}: {QUESTIONS[f]}" for f in FLAGS if f in found.flags)]
    elif found.answered:
        said = [_("Nothing is ticked.")]
    else:
        said = [_("The checklist has not been answered. That is fine: every session shows its cautions.")]
    if found.intense and not found.flags:
        return [
            *said,
            _("Intense practices: on, since {value}. Each asks you again.").format(
                value=(found.intense_since or "")[:10]
            ),
        ]
    return [*said, _("Intense practices (fast breathing, long holds): off.")]


def _read() -> Profile:
    from mindful.journal.profile import PUT_RIGHT, UnreadError, read

    try:
        return read(home.profile_file())
    except UnreadError as error:
        fail(exits.FAILED, _("It seems that {error}.").format(error=error), PUT_RIGHT)


def _keep(new: Profile) -> None:
    from mindful.journal.profile import write

    try:
        write(home.profile_file(), new)
    except OSError as error:
        fail(
            exits.FAILED,
            _("It could not be kept: {value}. Nothing changed.").format(
                value=error.strerror or _("the system refused")
            ),
        )


def _flags(names: tuple[str, ...]) -> frozenset[str]:
    for name in names:
        if name not in FLAGS:
            fail(exits.USAGE, _("A flag can be {FLAGS}.").format(FLAGS=either(FLAGS)))
    return frozenset(names)


def _asked(found: Profile) -> frozenset[str] | None:
    """The whole list at once: numbers of what is true, in one line. None: left as it was."""
    tell(INTRO)
    tell("")
    for number, (flag, question) in enumerate(QUESTIONS.items(), 1):
        tell(f"{'x' if flag in found.flags else ' '} {number:>2}  {question}")
    tell("")
    tell(_("Type the numbers of all that is true, such as 2 9, or 0 for none of them. Enter alone changes nothing."))
    while True:
        typed = click.prompt("", default="", show_default=False, prompt_suffix="> ", err=True)
        numbers = re.split(r"[\s,;]+", typed.strip()) if typed.strip() else []
        if not numbers:
            return None
        if numbers == ["0"]:
            return frozenset()
        if all(n.isdecimal() and 1 <= int(n) <= len(FLAGS) for n in numbers):
            return frozenset(FLAGS[int(n) - 1] for n in numbers)
        tell(_("Numbers from 1 to {FLAGS}, please, or 0.").format(FLAGS=len(FLAGS)))
