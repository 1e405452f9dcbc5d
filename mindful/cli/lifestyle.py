"""`mindful plan`, `mindful sleep` and `mindful activities`: plans and diaries, to fill in and to read again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from mindful.cli import exits, filled, options, wellness
from mindful.cli.helped import Group
from mindful.cli.say import fail, out, tell
from mindful.script.kinds.sheets import GOALS
from mindful.tongue import _, figure

if TYPE_CHECKING:
    from mindful.journal.filled import Filled


@click.group(cls=Group, invoke_without_command=True)
@click.pass_context
def plan(ctx: click.Context) -> None:
    """Small plans for what does you good: what, when, where, and what if something comes between.

    Without a command, the latest plan of each goal is shown, and what keeps you well.
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(show)


@plan.command()
@click.option("--json", "json_", is_flag=True, help="All plans and check-ins, as JSON.")
def show(json_: bool = False) -> None:
    """The latest plan of each goal, and what keeps you well."""
    if json_:
        filled.as_json(filled.read("plan-goal", "plan-check-in", "plan-wellness", "plan-wellness-review"))
        return
    seen: set[str] = set()
    for each in filled.read("plan-goal"):
        names = {name for name, _ask, _value in each.words()}
        if names and not names <= seen:
            seen |= names
            for row in [*filled.account(each), ""]:
                out(row)
    if wellness.show() or seen:
        return
    tell(_("No plan yet. mindful plan new sleep begins one; the goals: {goals}.").format(goals=", ".join(GOALS)))


@plan.command()
@click.argument("goals", nargs=-1, required=True)
@click.option("--obstacle/--no-obstacle", default=True, help="Also ask what could get in the way, and what then.")
@filled.ANSWER
@options.playing
def new(goals: tuple[str, ...], obstacle: bool, answers: tuple[str, ...], **wanted: Any) -> int:
    """Make a plan for GOALS: sleep, activity, nutrition, movement, stress, connection, or words of your own."""
    ask = ["what", "when", "where", *(["obstacle", "if-then"] if obstacle else [])]
    step = {"id": "plan", "plan": {"goals": list(dict.fromkeys(goals)), "ask": ask}}
    return filled.play_made({"id": "plan", "title": _("A plan"), "steps": [step]}, wanted, answers)


@plan.command("check-in")
@filled.ANSWER
@options.playing
def check_in(answers: tuple[str, ...], **wanted: Any) -> int:
    """A minute for how today was, with the goals that you have."""
    goals: list[str] = []
    for each in filled.read("plan-goal"):
        named = each.data.get("goals")
        goals += [g for g in named if isinstance(g, str) and g not in goals] if isinstance(named, list) else []
    step = {
        "id": "today",
        "plan": {"form": "check-in", "goals": [g.replace("{", "").replace("}", "") for g in goals[:6]]},
    }
    return filled.play_made({"id": "daily-check-in", "title": _("How today was"), "steps": [step]}, wanted, answers)


for _command in (wellness.wellness, wellness.edit, wellness.review):
    plan.add_command(_command)


@click.group(cls=Group, invoke_without_command=True)
@click.pass_context
def sleep(ctx: click.Context) -> None:
    """A sleep diary: a few questions in the morning, and the last nights side by side.

    Without a command, the last nights are listed.
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(nights)


@sleep.command()
@filled.ANSWER
@options.playing
def diary(answers: tuple[str, ...], **wanted: Any) -> int:
    """Write down last night. Guesses are fine."""
    return filled.play("sleep-diary", wanted, answers)


@sleep.command("list")
@click.option("--nights", "count", type=click.IntRange(1, 3660), default=14, show_default=True, help="How many.")
@click.option("--json", "json_", is_flag=True, help="As JSON.")
def nights(count: int = 14, json_: bool = False) -> None:
    """The last nights, the latest first, and their mean."""
    found = filled.read("sleep-diary")[:count]
    if json_:
        filled.as_json(found)
        return
    filled.listing(found, night_line)
    shares = [f.data["efficiency_pct"] for f in found if isinstance(f.data.get("efficiency_pct"), int)]
    slept = [f.data["asleep_min"] for f in found if isinstance(f.data.get("asleep_min"), int)]
    if len(shares) > 1:
        mean, share = round(sum(slept) / len(slept)), round(sum(shares) / len(shares))
        told = _("Mean of {count} nights: asleep {asleep}, {share} % of the time in bed.")
        out(told.format(count=len(shares), asleep=hours(mean), share=share))


def hours(minutes: int) -> str:
    """`7:05`."""
    return f"{minutes // 60}:{minutes % 60:02}"


def night_line(each: Filled) -> str:
    """`23:10 to 06:50, asleep 6:40 of 7:40 (87 %), sleep 4 of 5`; what is not known is left out."""
    a, d = each.answer, each.data
    parts = [_("{bed} to {up}").format(bed=a.get("in_bed") or "…", up=a.get("up") or "…")]
    if isinstance(d.get("asleep_min"), int):
        told = _("asleep {asleep} of {in_bed} ({share} %)")
        parts.append(
            told.format(asleep=hours(d["asleep_min"]), in_bed=hours(d["in_bed_min"]), share=d["efficiency_pct"])
        )
    if a.get("quality") is not None:
        parts.append(_("sleep {quality} of 5").format(quality=figure(a["quality"])))
    return ", ".join(parts)


@click.group(cls=Group, invoke_without_command=True)
@click.pass_context
def activities(ctx: click.Context) -> None:
    """Things to do, planned beforehand, and how they were: expected and actual pleasure and mastery.

    Without a command, they are listed.
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_activities)


@activities.command("plan")
@filled.ANSWER
@options.playing
def plan_activity(answers: tuple[str, ...], **wanted: Any) -> int:
    """Plan one thing to do."""
    return filled.play("something-to-do", wanted, answers)


def unreviewed() -> list[Filled]:
    """Activities of which nobody has said yet how they were, the latest first."""
    found = filled.read("plan-activity", "plan-activity-review")
    told = {each.data.get("of") for each in found if each.form == "plan-activity-review"}
    return [each for each in found if each.form == "plan-activity" and each.record not in told]


@activities.command()
@click.argument("number", type=click.IntRange(min=1), default=1)
@filled.ANSWER
@options.playing
def review(number: int, answers: tuple[str, ...], **wanted: Any) -> int:
    """Say how it was: the latest that waits, or NUMBER of those that wait."""
    open_ = unreviewed()
    if not open_:
        tell(_("Nothing planned waits to be looked back on."))
        return exits.DONE
    if number > len(open_):
        fail(exits.USAGE, _("There are {count}; 1 is the latest.").format(count=len(open_)))
    step = {"id": "review", "plan": {"form": "activity-review", "of": open_[number - 1].record}}
    what = filled.short(open_[number - 1].answer.get("what"), 60).replace("{", "(").replace("}", ")")
    title = _("How it was: {what}").format(what=what)
    return filled.play_made({"id": "something-to-do-review", "title": title, "steps": [step]}, wanted, answers)


@activities.command("list")
@click.option("--json", "json_", is_flag=True, help="All of it, as JSON.")
def list_activities(json_: bool = False) -> None:
    """What was planned, the latest first, and how it was."""
    found = filled.read("plan-activity", "plan-activity-review")
    if json_:
        filled.as_json(found)
        return
    looked = {each.data.get("of"): each for each in found if each.form == "plan-activity-review"}
    filled.listing((e for e in found if e.form == "plan-activity"), lambda e: _activity(e, looked.get(e.record)))


def _activity(each: Filled, after: Filled | None) -> str:
    a = each.answer
    told = filled.short(a.get("what"), 40)
    if after is None:
        return told
    done = filled.said(after.answer["done"]) if after.answer.get("done") is not None else ""
    pairs = []
    for name, label in (("pleasure", _("pleasure")), ("mastery", _("managed"))):
        then, now = a.get(f"{name}_expected"), after.answer.get(name)
        if now is not None:
            pairs.append(f"{label} {figure(then)} → {figure(now)}" if then is not None else f"{label} {figure(now)}")
    return ": ".join(part for part in (told, ", ".join(p for p in (done, *pairs) if p)) if part)
