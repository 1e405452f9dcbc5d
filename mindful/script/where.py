"""Where the parts of a valid script stand: the checks' way to make a problem at a place.

A check knows a path of the model, `("steps", 3, "breathe", "for")`; a short form or a default has no such place in the
file, and the nearest part that has one is shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path as FilePath
from typing import Any

from pydantic import BaseModel

from mindful.script.codes import Code
from mindful.script.conditions import Condition
from mindful.script.model import Script, Step
from mindful.script.nodes import Document, Path
from mindful.script.problems import Problem
from mindful.script.values import Duration, Number, Text

Value = Duration | Number | Text | Condition


@dataclass(frozen=True)
class Where:
    """A script's document, and the folder its paths start from."""

    document: Document
    folder: FilePath | None = None

    def problem(
        self, code: Code, path: Path, message: str, hint: str = "", *, key: bool = False, part: str = ""
    ) -> Problem:
        """A problem at the value of `path`, at its key, or at `part` of its text."""
        span = self.document.within(path, part) if part else self.document.place(path, key)
        return self.document.source.problem(code, span, message, hint)


@dataclass(frozen=True)
class Placed:
    """A step with its path."""

    path: Path
    step: Step

    @cached_property
    def body(self) -> Path:
        """The path of the step's kind."""
        return (*self.path, self.step.kind)

    @cached_property
    def values(self) -> tuple[tuple[Path, Value], ...]:
        """Every value of the step itself: its condition, its label, and what its kind holds."""
        step, path = self.step, self.path
        out: list[tuple[Path, Value]] = []
        if step.if_ is not None:
            out.append(((*path, "if"), step.if_))
        if step.label is not None:
            out.append(((*path, "label"), step.label))
        out += values_in(step.body, self.body)
        if step.say is not None and step.pause is not None:
            out.append(((*path, "pause"), step.pause.for_))
        return tuple(out)


def values_in(model: BaseModel, path: Path) -> Iterator[tuple[Path, Value]]:
    """Every length, number, text and condition of a model, with its path; not those of steps within it."""
    for name, key in _keys(type(model)):
        value = getattr(model, name)
        if value is not None and not isinstance(value, str | int | float):
            yield from _values(value, (*path, key))


@cache
def _keys(model: type[BaseModel]) -> tuple[tuple[str, str], ...]:
    """The fields of a model, and what the format calls them."""
    return tuple((name, info.alias or name) for name, info in model.model_fields.items())


def _values(value: Any, path: Path) -> Iterator[tuple[Path, Value]]:
    if isinstance(value, Value):
        yield path, value
    elif isinstance(value, Step):
        return
    elif isinstance(value, BaseModel):
        yield from values_in(value, path)
    elif isinstance(value, tuple):
        for i, item in enumerate(value):
            yield from _values(item, (*path, i))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _values(item, (*path, key))


def children(placed: Placed) -> list[tuple[Path, tuple[Step, ...]]]:
    """The lists of steps within a step, each with its path."""
    step, body = placed.step, placed.body
    if step.repeat is not None:
        return [((*body, "steps"), step.repeat.steps)]
    if step.choose is not None:
        return [((*body, "options", i, "steps"), o.steps) for i, o in enumerate(step.choose.options)]
    if step.exposure is not None:
        return [((*body, "script"), step.exposure.script)]
    return []


def walk(steps: tuple[Step, ...], path: Path = ("steps",)) -> Iterator[Placed]:
    """Every step in the order of the file, those within others after the one that holds them."""
    for i, step in enumerate(steps):
        placed = Placed((*path, i), step)
        yield placed
        for inner_path, inner in children(placed):
            yield from walk(inner, inner_path)


def all_steps(script: Script) -> tuple[Placed, ...]:
    """Every step of a script, without those of the scripts it includes; of the last script asked for, they are kept."""
    global _last
    known, steps = _last  # by names of their own: another thread may load as well
    if known is not script:
        steps = tuple(walk(script.steps))
        _last = (script, steps)
    return steps


_last: tuple[Script | None, tuple[Placed, ...]] = (None, ())
