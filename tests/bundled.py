"""The bundled sessions as tests want them: each read once by a process, for none of them is ever changed."""

from __future__ import annotations

from functools import cache

from mindful import assets
from mindful.script import catalogue
from mindful.script.load import load
from mindful.script.model import Script
from mindful.script.where import walk


@cache
def bundled(name: str) -> Script:
    """The bundled session with this id. KeyError where there is none, AssertionError where it has errors."""
    loaded = load(assets.session_files()[name])
    assert loaded.script is not None, loaded.problems
    return loaded.script


@cache
def one_of_each_kind() -> tuple[str, ...]:
    """Few sessions in which every kind of step occurs that any bundled session has, by their names; short ones first."""
    long = {entry.id: entry.total_ms or 0 for entry in catalogue.entries()}
    left = {name: {placed.step.kind for placed in walk(bundled(name).steps)} for name in sorted(assets.session_files())}
    wanted = set().union(*left.values())
    found: list[str] = []
    while wanted:
        best = max(left, key=lambda name: (len(left[name] & wanted), -long[name]))
        wanted -= left.pop(best)
        found.append(best)
    return tuple(found)
