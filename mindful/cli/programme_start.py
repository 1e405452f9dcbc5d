"""A programme is started, stands still, goes on, goes elsewhere, ends."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from mindful.cli import exits
from mindful.cli import programme_kept as kept
from mindful.cli.say import fail, interactive, out, tell
from mindful.journal.printable import printable
from mindful.journal.programme import state as files
from mindful.journal.programme import words
from mindful.journal.programme.looking import followed
from mindful.journal.programme.state import State
from mindful.tongue import _, language

if TYPE_CHECKING:
    from mindful.journal.programme.plan import Plan
    from mindful.script.programme.model import Programme

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@click.command()
@click.argument("name")
@click.option("--arm", metavar="ARM", help="The way through it, where there are several.")
@click.option("--rest", "rests", metavar="DAYS", help="Your own rest days, beside those of the programme: sat,sun.")
@click.option("--yes", is_flag=True, help="Start without being asked.")
@click.option("--replace", is_flag=True, help="Leave the programme that is running.")
def start(name: str, arm: str | None, rests: str | None, yes: bool, replace: bool) -> None:
    """Start a programme: a bundled one by its name, or a file."""
    from mindful.cli.programme_files import load, plan_of
    from mindful.cli.programme_show import about

    loaded = load(name)
    state = kept.read()
    asks = interactive() and not yes
    for line in about(loaded.programme):
        tell(line)
    tell("")
    chosen = _arm(loaded.programme, arm, asks)
    for caution in loaded.programme.arms[chosen].cautions if chosen else ():
        from mindful.tui.words import CAUTIONS

        tell(f"- {CAUTIONS[caution]}")
    if state.plan is not None and not replace:
        running = words.text(state.plan.title)
        if not asks:
            fail(exits.USAGE, _("{title} is running. --replace leaves it; what you did stays.").format(title=running))
        if not click.confirm(_("{title} is running. Leave it for this one?").format(title=running), err=True):
            tell(_("Nothing was changed."))
            return
    elif asks and not click.confirm(_("Start it today?"), default=True, err=True):
        tell(_("Nothing was changed."))
        return
    plan = plan_of(loaded, chosen)
    new = state.started(plan, kept.today_now(), _rest(rests), files.glance(loaded.path))
    kept.keep(new)
    _say(new)


def _arm(of: Programme, arm: str | None, asks: bool) -> str:
    if not of.arms:
        if arm:
            fail(exits.USAGE, _("This programme has one way only; leave out --arm."))
        return ""
    if arm is None:
        for name, each in of.arms.items():
            tell(f"{name}: {printable(each.title.source(language(), of.language))}")
            if each.about is not None:
                tell(f"  {printable(each.about.source(language(), of.language))}")
        if not asks:
            fail(
                exits.USAGE,
                _("There are several ways through it. Name one: --arm {arm}").format(arm=next(iter(of.arms))),
            )
        return str(click.prompt(_("Which way"), type=click.Choice(tuple(of.arms)), err=True))
    if arm not in of.arms:
        fail(exits.USAGE, _("There is no such way. There are: {arms}.").format(arms=", ".join(of.arms)))
    return arm


def _rest(text: str | None) -> tuple[int, ...]:
    found = [word.strip().casefold()[:3] for word in (text or "").split(",") if word.strip()]
    if wrong := [word for word in found if word not in _WEEKDAYS]:
        names = ", ".join(_WEEKDAYS)
        fail(exits.USAGE, _("“{word}” is no day: they are {names}.").format(word=printable(wrong[0]), names=names))
    return tuple(sorted({_WEEKDAYS.index(word) for word in found}))


def _say(state: State) -> None:
    found = followed(kept.today_now(), state)
    if found is not None:
        out(words.today(found.plan, found.position))


@click.command()
def pause() -> None:
    """Stand still from today on, for as long as you like."""
    found = kept.changed(lambda state, day: state.paused(day))
    out(words.today(found.plan, found.position))


@click.command()
def resume() -> None:
    """Go on where you were."""
    found = kept.changed(lambda state, day: state.resumed(day))
    out(words.today(found.plan, found.position))


@click.command()
@click.option("--yes", is_flag=True, help="Without being asked.")
def stop(yes: bool) -> None:
    """Leave the programme. What you did stays in your journal."""
    state = kept.read()
    if state.plan is None:
        tell(words.NONE)
        return
    title = words.text(state.plan.title)
    if not yes and interactive() and not click.confirm(_("Leave {title}?").format(title=title), err=True):
        tell(_("Nothing was changed."))
        return
    kept.keep(state.stopped(kept.today_now()))
    tell(_("{title} has ended here. What you did stays in your journal.").format(title=title))


@click.command()
@click.argument("where")
def go(where: str) -> None:
    """Go to another part: next, again (this one once more), back, or a part by its name or number."""

    def moved(state: State, day: date) -> State:
        found = followed(day, state)
        assert found is not None
        return state.moved(day, _part(found.plan, found.position.index, where))

    found = kept.changed(moved)
    out(words.today(found.plan, found.position))


def _part(plan: Plan, index: int, where: str) -> str:
    word = where.strip().casefold()
    steps = {"next": 1, "again": 0, "back": -1}
    if word in steps:
        to = index + steps[word]
        if not 0 <= to < len(plan.parts):
            fail(exits.USAGE, _("There is no part in that direction."))
        return plan.parts[to].id
    ids = [part.id for part in plan.parts]
    if word in ids:
        return word
    if not (word.isdecimal() and 1 <= int(word) <= len(ids)):
        names = ", ".join(f"{n} {words.text(part.title)}" for n, part in enumerate(plan.parts, 1))
        fail(
            exits.USAGE, _("There is no part “{word}”. There are: {names}.").format(word=printable(where), names=names)
        )
    return ids[int(word) - 1]
