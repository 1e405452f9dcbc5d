"""`mindful profile`: the client's checklist, kept on this computer and nowhere else."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

import click

from mindful.cli import exits
from mindful.cli.say import either, fail, interactive, out, tell
from mindful.journal import home
from mindful.script.profile import FLAGS, NAMES, QUESTIONS

if TYPE_CHECKING:
    from mindful.script.profile import Profile

INTRO = (
    "Some practices do not suit everyone. Tick what is true for you, and mindful leaves out what may do harm. "
    "Skip what you like. It stays on this computer, and no record names it."
)
ANSWER_FIRST = (
    "Intense practices come after the checklist. With nothing to tick: mindful profile set --none --intense on"
)
FLAGGED = "They stay off while something is ticked: {flags}. There is always a gentler way."


@click.group(invoke_without_command=True)
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
    tell("To change it: mindful profile set. To delete it: mindful profile forget.")


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
            fail(exits.USAGE, "--none and --has do not go together.")
        flags = frozenset() if none else found.flags
        flags = (flags | _flags(has)) - _flags(has_not)
        answered = found.answered or bool(has) or none
    elif not interactive():
        fail(exits.USAGE, "There is no terminal to ask on. Use --has FLAG, --has-not FLAG or --none.",
             f"The flags: {', '.join(FLAGS)}.")  # fmt: skip
    else:
        given = _asked(found)
        if given is None:
            tell("Nothing was changed.")
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
            fail(exits.USAGE, "To delete your checklist without being asked: mindful profile forget --yes")
        click.confirm("Delete your checklist?", abort=True, err=True)
    try:
        there = kept.forget(home.profile_file())
    except OSError as error:
        fail(exits.FAILED, f"It could not be deleted: {error.strerror or 'the system refused'}.")
    tell("Your checklist is deleted." if there else "There was no checklist.")


def lines(found: Profile) -> list[str]:
    """The profile, to read."""
    if found.flags:
        said = ["Ticked:", *(f"  {f}: {QUESTIONS[f]}" for f in FLAGS if f in found.flags)]
    elif found.answered:
        said = ["Nothing is ticked."]
    else:
        said = ["The checklist has not been answered. That is fine: every session shows its cautions."]
    if found.intense and not found.flags:
        return [*said, f"Intense practices: on, since {(found.intense_since or '')[:10]}. Each asks you again."]
    return [*said, "Intense practices (fast breathing, long holds): off."]


def _read() -> Profile:
    from mindful.journal.profile import PUT_RIGHT, UnreadError, read

    try:
        return read(home.profile_file())
    except UnreadError as error:
        fail(exits.FAILED, f"It seems that {error}.", PUT_RIGHT)


def _keep(new: Profile) -> None:
    from mindful.journal.profile import write

    try:
        write(home.profile_file(), new)
    except OSError as error:
        fail(exits.FAILED, f"It could not be kept: {error.strerror or 'the system refused'}. Nothing changed.")


def _flags(names: tuple[str, ...]) -> frozenset[str]:
    for name in names:
        if name not in FLAGS:
            fail(exits.USAGE, f"A flag can be {either(FLAGS)}.")
    return frozenset(names)


def _asked(found: Profile) -> frozenset[str] | None:
    """The whole list at once: numbers of what is true, in one line. None: left as it was."""
    tell(INTRO)
    tell("")
    for number, (flag, question) in enumerate(QUESTIONS.items(), 1):
        tell(f"{'x' if flag in found.flags else ' '} {number:>2}  {question}")
    tell("")
    tell("Type the numbers of all that is true, such as 2 9, or 0 for none of them. Enter alone changes nothing.")
    while True:
        typed = click.prompt("", default="", show_default=False, prompt_suffix="> ", err=True)
        numbers = re.split(r"[\s,;]+", typed.strip()) if typed.strip() else []
        if not numbers:
            return None
        if numbers == ["0"]:
            return frozenset()
        if all(n.isdecimal() and 1 <= int(n) <= len(FLAGS) for n in numbers):
            return frozenset(FLAGS[int(n) - 1] for n in numbers)
        tell(f"Numbers from 1 to {len(FLAGS)}, please, or 0.")
