"""`mindful programme`: a plan over weeks, to start, to follow, to put down.

`today` stands in prompts, so it imports as little as can be; the other commands lie in modules of their own (`MORE`).
"""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from mindful.cli import exits
from mindful.cli import programme_kept as kept
from mindful.cli.helped import Group, spoken
from mindful.cli.say import fail, interactive, out, tell
from mindful.journal.programme import state as files
from mindful.journal.programme import words
from mindful.journal.programme.looking import Followed, followed
from mindful.journal.programme.state import State

MORE = {
    "today": "mindful.cli.programme:today",
    "list": "mindful.cli.programme_show:list_",
    "show": "mindful.cli.programme_show:show",
    "start": "mindful.cli.programme_start:start",
    "play": "mindful.cli.programme_do:play",
    "done": "mindful.cli.programme_do:done",
    "pause": "mindful.cli.programme_start:pause",
    "resume": "mindful.cli.programme_start:resume",
    "go": "mindful.cli.programme_start:go",
    "reminders": "mindful.cli.programme_do:reminders",
    "stop": "mindful.cli.programme_start:stop",
    "new": "mindful.cli.programme_show:new",
}
"""name: where it is. The order is that of `--help`."""


class Programmes(Group):
    """A group whose commands are imported when they are needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(MORE)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in MORE:
            return None
        module, _, name = MORE[cmd_name].partition(":")
        command = getattr(import_module(module), name)
        assert isinstance(command, click.Command)
        return spoken(command)


@click.group(cls=Programmes, invoke_without_command=True)
@click.pass_context
def programme(ctx: click.Context) -> None:
    """A plan over days or weeks: what is next, and what it is made of.

    Nothing in it can be missed: it waits for whoever takes longer. Without a command, it shows where you are.
    """
    if ctx.invoked_subcommand is None:
        from mindful.cli.programme_show import show

        ctx.invoke(show)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.option("--notify", is_flag=True, help="Show it as a notification of the desktop, too.")
def today(as_json: bool, notify: bool) -> int:
    """What is next, in one line: for a shell's prompt or a status bar. Nothing where no programme runs."""
    state = kept.read()
    if state.plan is not None and not _as_it_was(state):
        state = kept.renewed(state)
    found = followed(kept.today_now(), state)
    if found is None:
        if as_json:
            out(json.dumps({"mindful_today": 1, "programme": None}))
        elif interactive():
            tell(words.NONE)
        return exits.DONE
    line = words.today(found.plan, found.position)
    out(json.dumps(as_data(found, line), indent=2, ensure_ascii=False) if as_json else line)
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


def as_data(found: Followed, line: str) -> dict[str, Any]:
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
