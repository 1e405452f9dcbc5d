"""What is left of a script with problems of shape, so that the checks can look at the rest in the same run.

`mindful.script.load` asks for it when a script is not valid. Each step that cannot be read is replaced by one that says
nothing, in the same place, so that paths stay as they are; a question keeps its id, so that what refers to it is not
told to be unknown. It is never played.
"""

from __future__ import annotations

import copy
import re
from typing import Any

from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from mindful.script.kinds.breath import parse_phases
from mindful.script.model import Script
from mindful.script.nodes import Path
from mindful.script.values import NAME

_TRIES = 4
_QUESTIONS = ("rate", "ask", "choose")
_SILENCE = {"pause": 0}


def remainder(data: Any) -> tuple[Script | None, bool]:
    """A script made of what can be read, and whether every name that the author gave is still in it."""
    if not isinstance(data, dict) or data.get("mindful") != 1 or not isinstance(data.get("steps"), list):
        return None, False
    rest, sure = copy.deepcopy(data), True
    patterns = rest.get("patterns")
    if isinstance(patterns, dict):
        faulty = [name for name, value in patterns.items() if not _breathes(value)]
        patterns.update({name: {"inhale": 4, "exhale": 4} for name in faulty})
    for _ in range(_TRIES):
        try:
            return Script.model_validate(rest), sure
        except ValidationError as e:
            broken = {_broken(rest, error["loc"]) for error in e.errors(include_url=False)}
            if () in broken:
                return None, False
            for path in sorted(broken, key=len, reverse=True):  # steps first, the innermost before those around them
                sure &= _replace(rest, path)
    return None, False


def _breathes(pattern: object) -> bool:
    try:
        return bool(parse_phases(pattern))
    except PydanticCustomError:
        return False


def _broken(data: dict[str, Any], loc: tuple[int | str, ...]) -> Path:
    """The innermost step that an error lies in, else the key at the top."""
    value: Any = data
    path: list[str | int] = []
    step: Path = ()
    for part in loc:
        if isinstance(value, dict) and part in value:
            value = value[part]
        elif isinstance(value, list) and isinstance(part, int) and part < len(value):
            value = value[part]
            if path and path[-1] in ("steps", "script"):
                step = (*path, part)
        else:
            continue  # a branch of a union, or a field that is missing
        path.append(part)
    return step or tuple(loc[:1])


def _replace(data: dict[str, Any], path: Path) -> bool:
    """Put silence, or a question with the same id, in place of a step; leave out a key at the top."""
    if len(path) == 1:
        name = str(path[0])
        if name == "steps":
            return True  # too few of them, while those that are there were replaced
        data.pop(name, None)
        if name == "title":
            data[name] = "…"
        elif name == "cautions":
            data[name] = ["other"]  # some were named, though not in words that are known
        return name != "variables"
    holder: Any = data
    for part in path[:-1]:
        holder = holder[part]
    step = holder[path[-1]]
    holder[path[-1]] = dict(_SILENCE)
    if not isinstance(step, dict):
        return True
    question = next((step[k] for k in _QUESTIONS if k in step), None)
    given = question.get("id") if isinstance(question, dict) else None
    if isinstance(given, str) and re.fullmatch(NAME, given):
        holder[path[-1]] = {"rate": {"id": given, "ask": "…", "scale": {"min": 1, "max": 2}, "required": True}}
    elif question is not None and "choose" not in step:
        return False
    return "include" not in step and "steps" not in repr(step)
