"""`mindful check`: every problem of scripts, at its line, for a person or as JSON; and what a code means."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mindful.cli import exits
from mindful.cli.say import colour, fail, out, tell
from mindful.journal.printable import printable

if TYPE_CHECKING:
    from mindful.script.problems import Problem


@click.command()
@click.argument("files", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.option("--explain", metavar="CODE", help="Say what a code such as MF011 means, with an example.")
def check(files: tuple[str, ...], as_json: bool, explain: str | None) -> int:
    """Look for problems in FILES: scripts, programmes, or bundled ones by name.

    Each problem has its line and what to write instead. The status is 1 when a script cannot be played; warnings and
    advice are worth reading, and leave it at 0.
    """
    if explain is not None:
        return _explain(explain)
    if not files:
        raise click.UsageError("Missing argument 'FILES...'.")
    from mindful.author import lengths
    from mindful.script.load import find, load
    from mindful.script.problems import as_json as as_data
    from mindful.script.problems import render
    from mindful.script.programme import load as programmes

    found: list[Problem] = []
    silenced: list[Problem] = []
    for name in files:
        path = find(name) or programmes.programme_files().get(name) or Path(name)
        if programmes.file_is_programme(path):
            found += programmes.load(path, clinical=True).problems
            continue
        # a name that is neither goes on as a path, so that it is reported like everything else
        loaded = load(path, clinical=True, further=lengths.CHECKS)
        found += loaded.problems
        silenced += loaded.silenced
    if as_json:
        data = {
            "mindful_check": 1,
            "files": list(files),
            "problems": [as_data(p) for p in found],
            "silenced": [as_data(p) for p in silenced],
        }
        out(json.dumps(data, indent=2))
    else:
        for problem in found:
            out(render(problem, colour=colour(sys.stdout)))
            out("")
    tell(summary(files, found))
    if silenced:
        times = "is silenced" if len(silenced) == 1 else "are silenced"
        tell(f"{_count(len(silenced), 'remark')} {times} in the script; mindful outline shows why.")
    return exits.PROBLEMS if any(p.severity == "error" for p in found) else exits.DONE


def summary(files: tuple[str, ...], found: list[Problem]) -> str:
    """What it comes to, in a sentence."""
    errors = sum(p.severity == "error" for p in found)
    hints = len(found) - errors
    scripts = printable(files[0]) if len(files) == 1 else f"{len(files):,} scripts"
    if not found:
        return f"{scripts}: no problems found."
    if not errors:
        return f"{scripts}: can be played; {_count(hints, 'remark')}."
    more = f" and {_count(hints, 'remark')}" if hints else ""
    return f"{scripts}: {_count(errors, 'problem')}{more}. {'Each' if errors > 1 else 'It'} is shown at its line."


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def _explain(code: str) -> int:
    """What a code means, on stdout."""
    from mindful.script import problem_pages
    from mindful.script.codes import BY_CODE

    wanted = code.strip().upper()
    if wanted not in BY_CODE:
        near = problem_pages.near(wanted)
        meant = f" Did you mean {near}?" if near else ""
        fail(exits.USAGE, f"There is no problem called {printable(code)}.{meant} They are MF001 to {max(BY_CODE)}.")
    out(problem_pages.page(wanted).rstrip("\n"))
    return exits.DONE
