"""What can be named at each step: variables, and the ids of questions that came before it.

The checks of references and of amounts share it. Within a `repeat`, every question of it counts as asked: the next
round knows the answers of the last.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, ClassVar

from pydantic import BaseModel

from mindful.script.conditions import Condition
from mindful.script.kinds.ask import Ask, OwnScale, Rate
from mindful.script.kinds.flow import Choose
from mindful.script.model import Script, Step
from mindful.script.nodes import Path
from mindful.script.values import Duration, Number, Text
from mindful.script.where import Placed, children, walk

Question = Rate | Ask | Choose
Value = Duration | Number | Text | Condition


class Known(Mapping[str, Question | None]):
    """The first `n` questions of all: a view, since a copy at each of 5,000 steps would not be small."""

    def __init__(self, asked: dict[str, tuple[int, Question | None]], n: int) -> None:
        self._asked = asked
        self._n = n

    def __getitem__(self, name: str) -> Question | None:
        order, question = self._asked[name]
        if order >= self._n:
            raise KeyError(name)
        return question

    def __iter__(self) -> Iterator[str]:
        return islice(self._asked, self._n)

    def __len__(self) -> int:
        return self._n


@dataclass(frozen=True)
class Scene:
    """One step, and what is known when it comes."""

    placed: Placed
    known: Known
    """Ids of questions asked before; None for those of included scripts."""


@dataclass
class Scope:
    """A script's names."""

    _last: ClassVar[Scope | None] = None

    script: Script
    scenes: list[Scene] = field(default_factory=list)
    asked: dict[str, tuple[int, Question | None]] = field(default_factory=dict)
    """Ids of all questions, in the order in which they are first asked, with their number in it."""

    @classmethod
    def of(cls, script: Script) -> Scope:
        """The names of a script; of the last script asked for, they are kept for the next check."""
        if cls._last is None or cls._last.script is not script:
            cls._last = cls(script)
            cls._last._visit(script.steps, ("steps",))
        return cls._last

    def _ask(self, questions: dict[str, Question | None]) -> None:
        for name, question in questions.items():
            self.asked.setdefault(name, (len(self.asked), question))

    def _visit(self, steps: tuple[Step, ...], path: Path) -> None:
        for i, step in enumerate(steps):
            placed = Placed((*path, i), step)
            if step.repeat is not None:
                self._ask(_asked(step.repeat.steps, self.script))
            self.scenes.append(Scene(placed, Known(self.asked, len(self.asked))))
            self._ask(_asked_by(step, self.script))
            for inner_path, inner in children(placed):
                self._visit(inner, inner_path)


def _asked_by(step: Step, script: Script) -> dict[str, Question | None]:
    question = step.rate or step.ask or step.choose
    if question is not None and question.id:
        return {question.id: question}
    if step.include is not None and step.include.script in script.included:
        inner = script.included[step.include.script]
        return dict.fromkeys(_asked(inner.steps, inner))
    return {}


def _asked(steps: tuple[Step, ...], script: Script) -> dict[str, Question | None]:
    out: dict[str, Question | None] = {}
    for placed in walk(steps):
        out |= _asked_by(placed.step, script)
    return out


def values_in(model: BaseModel, path: Path) -> Iterator[tuple[Path, Value]]:
    """Every length, number, text and condition of a model, with its path; not those of steps within it."""
    for name, info in type(model).model_fields.items():
        yield from _values(getattr(model, name), (*path, info.alias or name))


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


def values_of_step(placed: Placed) -> Iterator[tuple[Path, Value]]:
    """Every value of a step itself: its condition, its label, and what its kind holds."""
    step, path = placed.step, placed.path
    if step.if_ is not None:
        yield (*path, "if"), step.if_
    if step.label is not None:
        yield (*path, "label"), step.label
    yield from values_in(step.body, placed.body)
    if step.say is not None and step.pause is not None:
        yield (*path, "pause"), step.pause.for_


def scale_ends(question: Question | None) -> tuple[float, float] | None:
    """The least and most that an answer can be, where the question says so."""
    if isinstance(question, Rate):
        if isinstance(question.scale, OwnScale):
            return question.scale.min, question.scale.max
        return (0, 100) if question.scale == "suds" else (0, 10)
    return None
