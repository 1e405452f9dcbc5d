"""Steps and lines: which step the cursor is in, where a step stands, and what plays from there on.

Pure. Called by the workbench. Step paths are those of timelines, `steps[3].repeat#2.steps[0].say`; lines count from 0.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mindful.author.context import ITEM, context, parse
from mindful.script.model import Script, Settings, Step
from mindful.script.nodes import Document, Path

_PART = re.compile(r"\.?([A-Za-z_]\w*)(?:#\d+)?|\[(\d+)\]")
Index = tuple[tuple[Path, int], ...]
"""Every step's path in the document and the line where it begins, in the order of the file."""


def steps_of(document: Document) -> Index:
    """Where each step stands."""
    found = []
    for path in document.values:
        if len(path) >= 2 and isinstance(path[-1], int) and path[-2] in ("steps", "script"):
            span = document.first_keys.get(path) or document.values[path]
            found.append((path, span.line))
    return tuple(sorted(found, key=lambda f: f[1]))


def step_at(index: Index, row: int) -> Path | None:
    """The innermost step that begins at a line or before it; None before the first."""
    before = [path for path, line in index if line <= row]
    return before[-1] if before else None


def line_of(index: Index, step: str) -> int | None:
    """The line of a step of a timeline; of what another script brings, the line that includes it."""
    wanted = path_of(step)
    lines = dict(index)
    for n in range(len(wanted), 0, -1):
        if (line := lines.get(wanted[:n])) is not None:
            return line
    return None


def path_of(step: str) -> Path:
    """`steps[4].repeat#2.steps[0].say` as a path in the document, without rounds and without what is included."""
    out: list[str | int] = []
    for found in _PART.finditer(step):
        if found[1] == "include":
            break
        out.append(found[1] if found[1] is not None else int(found[2]))
    while out and not isinstance(out[-1], int):
        out.pop()
    return tuple(out)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list of steps, by its lines."""

    first: int
    last: int
    """Its last line that is not empty."""
    indent: int
    """The column of its dash."""


def entry_at(lines: Sequence[str], row: int) -> Entry | None:
    """The innermost step that a line is in, by indentation alone, so that a half-written text has one too."""
    number = min(row, len(lines) - 1)
    while number >= 0:
        line = parse(lines[number])
        if line.dashes:
            path = context(lines, number, line.column).path
            if path[-2:] == ("steps", ITEM) and (number == row or _reaches(lines, number, row, line.dashes[-1])):
                return Entry(number, _last(lines, number, line.dashes[-1]), line.dashes[-1])
        number -= 1
    return None


def _reaches(lines: Sequence[str], first: int, row: int, dash: int) -> bool:
    """Whether an entry goes on to a line. Empty lines and remarks belong to what stands before them."""
    for number in range(first + 1, row + 1):
        line = parse(lines[number])
        if not line.blank and line.indent <= dash:
            return False
    return True


def _last(lines: Sequence[str], first: int, dash: int) -> int:
    last = first
    for number in range(first + 1, len(lines)):
        line = parse(lines[number])
        if line.blank:
            continue
        if line.indent <= dash:
            break
        last = number
    return last


def rest_from(script: Script, path: Path) -> Script:
    """The script from a step on, as its author wants to hear it: the step itself whatever its condition, then what
    follows in its list and in those around it, over the background that plays there. Raises KeyError for no such step.
    """
    steps, background = _rest(script.steps, path[1:], script.settings.background)
    settings = Settings.model_validate({**script.settings.model_dump(), "background": background})
    return script.model_copy(update={"steps": steps, "settings": settings})


def _rest(steps: tuple[Step, ...], path: Path, background: str) -> tuple[tuple[Step, ...], str]:
    index = path[0]
    if not isinstance(index, int) or index >= len(steps):
        raise KeyError(path)
    for step in steps[:index]:
        if step.sound is not None and step.if_ is None:
            background = step.sound.layer
    here, after = steps[index], steps[index + 1 :]
    inner = path[1:]
    if not inner:
        return (here.model_copy(update={"if_": None}), *after), background
    if here.repeat is not None and inner[:2] == ("repeat", "steps"):
        found, background = _rest(here.repeat.steps, inner[2:], background)
        return (*found, *after), background
    if here.choose is not None and inner[:2] == ("choose", "options") and inner[3:4] == ("steps",):
        option = here.choose.options[int(inner[2])]
        found, background = _rest(option.steps, inner[4:], background)
        return (*found, *after), background
    return (here.model_copy(update={"if_": None}), *after), background
