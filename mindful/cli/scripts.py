"""From what a person typed to a script that can be played: names, files, values for variables. Called by many commands.

What is wrong is said in plain words, with what may have been meant, and ends the command with the fitting status.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from mindful import assets
from mindful.cli import exits
from mindful.cli.say import colour, either, fail, tell
from mindful.journal.printable import printable

if TYPE_CHECKING:
    from mindful.script.load import Loaded
    from mindful.script.model import Script, Variable


def find(name: str) -> Path:
    """The file of a bundled session or a file's own path; ends the command where there is none."""
    if (path := assets.find(name)) is None:
        from mindful.script import catalogue

        _nowhere(name, catalogue.near(Path(name).stem))
    return path


def _nowhere(name: str, near: list[str]) -> NoReturn:
    lines = [f"There is no session and no file called “{printable(name)}”."]
    if Path(name).is_dir():
        lines = [f"“{printable(name)}” is a folder. A script is one file in it."]
    if near:
        lines.append(f"Did you mean {either(near)}?")
    lines.append("mindful list shows every session.")
    fail(exits.USAGE, *lines)


def load(name: str) -> Script:
    """The script of that name; its problems on stderr, and the end of the command, where it cannot be played."""
    from mindful.script.load import load as load_script

    loaded = load_script(find(name))
    if loaded.script is None:
        show_problems(loaded)
        tell("")
        tell("It cannot be played like this. mindful check shows the same, any time.")
        fail(exits.PROBLEMS)
    return loaded.script


def show_problems(loaded: Loaded) -> None:
    """Every problem, for a person, on stderr."""
    from mindful.script.problems import render

    for problem in loaded.problems:
        tell(render(problem, colour=colour(sys.stderr)))


def pairs(given: Iterable[str], option: str) -> dict[str, str]:
    """`name=value` options as a map; ends the command where one is not of that form."""
    found = {}
    for each in given:
        name, sign, value = each.partition("=")
        if not sign or not name.strip():
            fail(exits.USAGE, f"{option} wants name=value, such as {option} minutes=5, not “{printable(each)}”.")
        found[name.strip()] = value.strip()
    return found


def values(script: Script, given: Iterable[str]) -> dict[str, Any]:
    """The variables as `--set` gives them; ends the command where one is unknown or does not fit."""
    found: dict[str, Any] = {}
    for name, text in pairs(given, "--set").items():
        variable = script.variables.get(name)
        if variable is None:
            fail(exits.USAGE, *_unknown(name, script.variables))
        found[name] = _value(name, text, variable)
    return found


def _unknown(name: str, variables: Mapping[str, Variable]) -> list[str]:
    if not variables:
        return [f"This session has nothing to set, so “{printable(name)}” is not known."]
    lines = [f"This session has nothing called “{printable(name)}”. What can be set:"]
    return lines + [f"  {describe(n, v)}" for n, v in variables.items()]


def describe(name: str, variable: Variable, *languages: str) -> str:
    """`minutes=5  Minutes of breathing, 2 to 15`."""
    label = printable(variable.label.source(*languages)) if variable.label is not None else ""
    what = ", ".join(part for part in (label, _range(variable)) if part)
    return f"{name}={printable(_shown(variable.default))}  {what}".rstrip()


def _value(name: str, text: str, variable: Variable) -> Any:
    default = variable.default
    if isinstance(default, bool) or default in ("yes", "no"):
        word = text.casefold()
        if word not in ("true", "false", "yes", "no"):
            fail(exits.USAGE, f"{name} is yes or no, not “{printable(text)}”.")
        on = word in ("true", "yes")
        # A default that is written as a word is compared with words.
        return on if isinstance(default, bool) else "yes" if on else "no"
    if isinstance(default, str):
        return text
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        fail(exits.USAGE, f"{name} wants a number{_among(variable)}, not “{printable(text)}”.")
    low, high = variable.min, variable.max
    if (low is not None and number < low) or (high is not None and number > high) or not abs(number) < 1e9:
        fail(exits.USAGE, f"{name} can be {_range(variable) or 'a usable number'}; {printable(text)} is outside.")
    return int(number) if number.is_integer() else number


def _among(variable: Variable) -> str:
    return f", {found}" if (found := _range(variable)) else ""


def _range(variable: Variable) -> str:
    low, high = variable.min, variable.max
    if low is not None and high is not None:
        return f"{low:g} to {high:g}"
    if low is not None:
        return f"at least {low:g}"
    return f"at most {high:g}" if high is not None else ""


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)
