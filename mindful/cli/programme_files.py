"""From a name that a person typed to a programme, and from a programme to the plan that is followed."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from mindful.cli import exits
from mindful.cli.say import colour, fail, tell
from mindful.journal import home
from mindful.journal.printable import printable
from mindful.journal.programme import state as files
from mindful.journal.programme.compiling import compile_plan
from mindful.script.programme.load import file_is_programme, programme_files
from mindful.script.programme.load import load as load_file
from mindful.tongue import _

if TYPE_CHECKING:
    from mindful.journal.programme.plan import Plan
    from mindful.journal.programme.state import State
    from mindful.script.programme.model import Programme


@dataclass(frozen=True, slots=True)
class Found:
    """A programme, and where it lies."""

    programme: Programme
    path: Path
    source: str
    """A bundled programme's id, or an absolute path."""


def known() -> dict[str, Path]:
    """Every programme that has a name here: the bundled ones, then those of packs that were taken in."""
    found = programme_files()
    folder = home.packs()
    if folder.is_dir():
        from mindful.handoff import library

        for pack in library.installed(folder):
            for path in pack.session_files():
                if file_is_programme(path):
                    found.setdefault(path.stem, path)
    return found


def named() -> dict[str, Programme]:
    """Those of them that can be read, by the name that `start` takes."""
    return {name: p for name, path in known().items() if (p := load_file(path).programme) is not None}


def named_by(path: Path) -> str:
    """What `start` takes for this file: its name where that means it, else the path."""
    return path.stem if known().get(path.stem) == path else str(path)


def load(name: str) -> Found:
    """The programme of that name; ends the command where there is none, or where it has problems."""
    path = Path(name)
    names = {} if path.is_file() else known()
    path = names.get(name, path)
    source = name if programme_files().get(name) == path else str(path.absolute())
    if not path.is_file():
        from mindful.script.problems import near

        meant = near(name, names)
        lines = [_("There is no programme and no file called “{name}”.").format(name=printable(name))]
        lines += [_("Did you mean {name}?").format(name=meant[0])] if meant else []
        fail(exits.USAGE, *lines, _("mindful programme list shows what there is."))
    loaded = load_file(path)
    if loaded.programme is None:
        from mindful.script.problems import render

        for problem in loaded.problems:
            tell(render(problem, colour=colour(sys.stderr)))
        fail(exits.PROBLEMS, "", _("It cannot be followed like this. mindful check shows the same, any time."))
    return Found(loaded.programme, path, source)


def plan_of(found: Found, arm: str) -> Plan:
    """The plan of one arm; ends the command where there is no such arm."""
    if arm and arm not in found.programme.arms:
        names = ", ".join(found.programme.arms) or "-"
        fail(exits.USAGE, _("There is no such way. There are: {arms}.").format(arms=names))
    return compile_plan(found.programme, found.path.parent, found.source, arm)


def again(state: State) -> State:
    """The state with its plan made anew, and written down, where the programme was changed since; else as it is.

    A programme that is gone, that has problems now or that has lost the arm is followed as it was.
    """
    plan = state.plan
    assert plan is not None
    path = programme_files().get(plan.source) or Path(plan.source)
    glanced = files.glance(path)
    if glanced in ("", state.glanced):
        return state
    new = load_file(path).programme
    if new is None or (plan.arm not in new.arms if plan.arm else bool(new.arms)):
        return state
    made = compile_plan(new, path.parent, plan.source, plan.arm)
    if not made.parts:
        return state
    state = replace(state, plan=made, glanced=glanced)
    try:
        files.write(home.programme_file(), state)
    except OSError:
        return state  # it is made again the next time
    return state
