"""`mindful programme`: a plan over weeks, to start, to follow, to put down. `today` imports as little as can be."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mindful.cli import exits
from mindful.cli.say import fail, interactive, out, tell
from mindful.cli.unlocking import quietly
from mindful.journal import home
from mindful.journal.days import day_of
from mindful.journal.printable import printable
from mindful.journal.programme import state as files
from mindful.journal.programme import words
from mindful.journal.programme.looking import Followed, followed
from mindful.journal.programme.state import State, StateError
from mindful.tongue import _, language

if TYPE_CHECKING:
    from mindful.journal.programme.plan import Plan
    from mindful.script.programme.model import Programme

NONE = words.NONE
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@click.group(invoke_without_command=True)
@click.pass_context
def programme(ctx: click.Context) -> None:
    """A plan over days or weeks: what is next, and what it is made of.

    Nothing in it can be missed: it waits for whoever takes longer. Without a command, it shows where you are.
    """
    quietly()
    if ctx.invoked_subcommand is None:
        ctx.invoke(show)


def today_now() -> date:
    """The day that it is; it begins at 04:00."""
    return day_of(datetime.now().astimezone())


def kept() -> State:
    """The state; ends the command where it cannot be read."""
    try:
        return files.read(home.programme_file())
    except StateError as error:
        fail(exits.FAILED, _("Your programme could not be read: {why}.").format(why=printable(str(error))))


def keep(state: State) -> None:
    """Write it down; ends the command where that cannot be done."""
    try:
        files.write(home.programme_file(), state)
    except OSError as error:
        why = error.strerror or _("the system refused")
        fail(exits.FAILED, _("It could not be written: {value}.").format(value=why))


def current() -> Followed:
    """What is followed, renewed where its file was changed; ends the command where nothing is."""
    state = renewed(kept())
    found = followed(today_now(), state)
    if found is None:
        fail(exits.USAGE, NONE)
    return found


def renewed(state: State) -> State:
    """The state with its plan made anew where the programme's file was changed. What was done stays."""
    from mindful.cli.programme_files import again

    return again(state) if state.plan is not None else state


def changed(change: Callable[[State, date], State]) -> Followed:
    """Change what is followed, keep it, and give what it is now."""
    found = current()
    new = change(found.state, today_now())
    keep(new)
    after = followed(today_now(), new)
    assert after is not None
    return after


# What is next


@programme.command()
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.option("--notify", is_flag=True, help="Show it as a notification of the desktop, too.")
def today(as_json: bool, notify: bool) -> int:
    """What is next, in one line: for a shell's prompt or a status bar. Nothing where no programme runs."""
    state = kept()
    if state.plan is not None and not _as_it_was(state):
        state = renewed(state)
    found = followed(today_now(), state)
    if found is None:
        if as_json:
            out(json.dumps({"mindful_today": 1, "programme": None}))
        elif interactive():
            tell(NONE)
        return exits.DONE
    line = words.today(found.plan, found.position)
    out(json.dumps(_data(found, line), indent=2, ensure_ascii=False) if as_json else line)
    if notify:
        from mindful.cli.notifying import notify as send

        why = send(words.text(found.plan.title), line)
        if why:
            fail(exits.FAILED, why)
    return exits.DONE


def _as_it_was(state: State) -> bool:
    """Whether the programme's file looks as when the plan was made; other commands look at a bundled one."""
    assert state.plan is not None
    source = Path(state.plan.source)
    return not source.is_absolute() or files.glance(source) in (state.glanced, "")


def _data(found: Followed, line: str) -> dict[str, Any]:
    p = found.position
    return {
        "mindful_today": 1,
        "programme": found.plan.id,
        "arm": found.plan.arm or None,
        "line": line,
        "standing": p.standing,
        "since": found.state.following.since.isoformat(),
        "day": p.day.isoformat(),
        "part": p.part.id,
        "part_day": p.part_day,
        "rest": p.rest,
        "offers": [
            {
                "name": o.item.name,
                "session": o.item.things[0].session or None,
                "title": words.text(o.item.things[0].title),
                "alternatives": [t.session or words.text(t.title) for t in o.item.things[1:]],
                "suggested": o.suggested,
                "optional": o.item.optional,
                "times": o.times,
                "left": o.left,
            }
            for o in p.offers
        ],
        "counts": dict(p.counts),
        "days": [
            {"day": d.day.isoformat(), "part": d.part, "suggested": list(d.suggested), "done": list(d.done),
             "counted": d.counted}
            for d in p.lines
        ],
    }  # fmt: skip


@programme.command("list")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def list_(as_json: bool) -> None:
    """The programmes that come with mindful or with a pack, and those that you followed."""
    from mindful.cli.programme_files import named

    state = kept()
    found = named()
    if as_json:
        rows = [
            {"id": name, "title": p.title.source(language(), p.language), "arms": list(p.arms),
             "stages": len(p.stages), "cautions": list(p.cautions), "tags": list(p.tags)}
            for name, p in found.items()
        ]  # fmt: skip
        running = state.plan.id if state.plan is not None else None
        past = [{"id": p.id, "since": str(p.since), "until": str(p.until)} for p in state.past]
        out(json.dumps({"mindful_programmes": 1, "programmes": rows, "running": running, "past": past}, indent=2))
        return
    for name, each in found.items():
        out(f"{name}  {printable(each.title.source(language(), each.language))}")
        if each.summary is not None:
            out(f"    {printable(each.summary.source(language(), each.language))}")
    if not found:
        tell(_("No programme comes with this installation."))
    if state.plan is not None:
        out("")
        out(_("Running: {title}").format(title=words.text(state.plan.title)))
    for gone in state.past:
        out(_("Earlier: {title}, {since} to {until}").format(
            title=words.text(gone.title), since=gone.since, until=gone.until))  # fmt: skip
    tell("")
    tell(_("mindful programme show NAME tells what it is made of; a file of your therapist's can stand for NAME."))


@programme.command()
@click.argument("name", required=False)
@click.option("--arm", metavar="ARM", help="The way through it, where there are several.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def show(name: str | None = None, arm: str | None = None, as_json: bool = False) -> None:
    """Where you are in your programme; with NAME, what a programme is made of."""
    if name is not None:
        from mindful.cli.programme_files import load, plan_of

        loaded = load(name)
        plans = [plan_of(loaded, a) for a in ((arm,) if arm else tuple(loaded.programme.arms) or ("",))]
        if as_json:
            from mindful.journal.programme.plan import as_data

            out(json.dumps({"mindful_programme": 1, "plans": [as_data(p) for p in plans]}, indent=2))
            return
        for line in about(loaded.programme):
            out(line)
        for plan in plans:
            if plan.arm:
                out("")
                out(f"{plan.arm}: {words.text(plan.arm_title)}")
            for line in words.overview(plan):
                out(line)
        return
    state = renewed(kept())
    found = followed(today_now(), state)
    if found is None:
        tell(NONE)
        return
    if as_json:
        out(json.dumps(_data(found, words.today(found.plan, found.position)), indent=2, ensure_ascii=False))
        return
    for line in words.page(found.plan, found.position, found.state.following.since):
        out(line)


def about(of: Programme) -> list[str]:
    """What is read before it is started: what it is, whom it may not suit, what is known."""
    from mindful.tui.words import CAUTIONS

    def said(text: Any) -> list[str]:
        return [printable(line) for line in text.source(language(), of.language).splitlines()] if text else []

    lines = [*said(of.title), *said(of.summary), *said(of.about)]
    lines += [f"- {CAUTIONS[caution]}" for caution in of.cautions]
    return lines + [printable(f"* {known.claim} ({known.strength}). {known.source}") for known in of.evidence]


@programme.command()
@click.argument("file", metavar="FILE")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def new(file: str, force: bool) -> None:
    """For therapists: a commented programme to begin from."""
    from mindful import author
    from mindful.author.paper import replace

    path = Path(file)
    if path.exists() and not force:
        fail(exits.USAGE, f"{printable(file)} is there already. --force writes over it.")
    try:
        replace(path, (Path(author.__path__[0]) / "first_programme.yaml").read_bytes(), exclusive=not force)
    except OSError as error:
        fail(exits.FAILED, f"{printable(file)} could not be written: {error.strerror or 'no reason given'}.")
    tell(f"{printable(file)} is written. mindful check {printable(file)} looks for problems, at their lines.")
    tell("mindful schema --programme -o programme.schema.json beside it helps editors that know YAML.")


# Beginning and ending


@programme.command()
@click.argument("name")
@click.option("--arm", metavar="ARM", help="The way through it, where there are several.")
@click.option("--rest", "rests", metavar="DAYS", help="Your own rest days, beside those of the programme: sat,sun.")
@click.option("--yes", is_flag=True, help="Start without being asked.")
@click.option("--replace", is_flag=True, help="Leave the programme that is running.")
def start(name: str, arm: str | None, rests: str | None, yes: bool, replace: bool) -> None:
    """Start a programme: a bundled one by its name, or a file."""
    from mindful.cli.programme_files import load, plan_of

    loaded = load(name)
    state = kept()
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
    new = state.started(plan, today_now(), _rest(rests), files.glance(loaded.path))
    keep(new)
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
    found = followed(today_now(), state)
    if found is not None:
        out(words.today(found.plan, found.position))


@programme.command()
def pause() -> None:
    """Stand still from today on, for as long as you like."""
    found = changed(lambda state, day: state.paused(day))
    out(words.today(found.plan, found.position))


@programme.command()
def resume() -> None:
    """Go on where you were."""
    found = changed(lambda state, day: state.resumed(day))
    out(words.today(found.plan, found.position))


@programme.command()
@click.option("--yes", is_flag=True, help="Without being asked.")
def stop(yes: bool) -> None:
    """Leave the programme. What you did stays in your journal."""
    state = kept()
    if state.plan is None:
        tell(NONE)
        return
    title = words.text(state.plan.title)
    if not yes and interactive() and not click.confirm(_("Leave {title}?").format(title=title), err=True):
        tell(_("Nothing was changed."))
        return
    keep(state.stopped(today_now()))
    tell(_("{title} has ended here. What you did stays in your journal.").format(title=title))


@programme.command()
@click.argument("where")
def go(where: str) -> None:
    """Go to another part: next, again (this one once more), back, or a part by its name or number."""

    def moved(state: State, day: date) -> State:
        found = followed(day, state)
        assert found is not None
        return state.moved(day, _part(found.plan, found.position.index, where))

    found = changed(moved)
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


# Doing


@programme.command()
@click.argument("name", required=False)
@click.option("--undo", is_flag=True, help="Take it back, for today.")
def done(name: str | None, undo: bool) -> None:
    """Say that something of it was done that is no session, such as a walk. Sessions count by themselves."""
    found = current()
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
    after = changed(lambda state, day: state.unticked(day, chosen) if undo else state.tick(day, chosen))
    out(words.today(after.plan, after.position))


@programme.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
@click.argument("name", required=False)
@click.option("--instead", type=click.IntRange(1), help="The alternative of this number.")
@click.pass_context
def play(ctx: click.Context, name: str | None, instead: int | None) -> Any:
    """Begin what is next, or the practice NAME. Other options are those of mindful play."""
    extra = list(ctx.args)
    if name is not None and name.startswith("-"):
        extra, name = [name, *extra], None
    found = current()
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


@programme.command()
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

    found = current()
    path = Path(output)
    if path.exists() and not force:
        fail(exits.USAGE, _("{path} is there already. --force writes over it.").format(path=printable(output)))
    from mindful.journal.files import write_atomic

    text, count = calendar(found, today_now(), days, at)
    try:
        write_atomic(path, text)
    except OSError as error:
        why = error.strerror or _("the system refused")
        fail(exits.FAILED, _("It could not be written: {value}.").format(value=why))
    tell(_("{path}: {count} reminders. Your calendar opens it.").format(path=printable(output), count=count))
