"""Where the parts of a valid script stand: the checks' way to make a problem at a place.

A check knows a path of the model, `("steps", 3, "breathe", "for")`; a short form or a default has no such place in the
file, and the nearest part that has one is shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path as FilePath

from mindful.script.codes import Code
from mindful.script.model import Script, Step
from mindful.script.nodes import Document, Path
from mindful.script.problems import Problem


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

    @property
    def body(self) -> Path:
        """The path of the step's kind."""
        return (*self.path, self.step.kind)


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


def all_steps(script: Script) -> Iterator[Placed]:
    """Every step of a script, without those of the scripts it includes."""
    return walk(script.steps)
