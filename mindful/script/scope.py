"""What can be named at each step: variables, and the ids of questions that came before it.

The checks of references and of amounts share it. Within a `repeat`, every question of it counts as asked: the next
round knows the answers of the last.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import ClassVar

from mindful.script.kinds.ask import Ask, OwnScale, Rate
from mindful.script.kinds.flow import Choose
from mindful.script.kinds.sheets import FIELDS, parts_of
from mindful.script.model import Script, Step
from mindful.script.nodes import Path
from mindful.script.where import Placed, children, walk

Question = Rate | Ask | Choose


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
        scope = cls._last  # by a name of its own: another thread may load as well
        if scope is None or scope.script is not script:
            scope = cls(script)
            scope._visit(script.steps, ("steps",))
            cls._last = scope
        return scope

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
    if isinstance(question, Rate) and question.scale == "affect":
        return {question.id: None, f"{question.id}_pleasant": None, f"{question.id}_energy": None}
    if question is not None and question.id:
        return {question.id: question}
    if step.id and (step.questionnaire or step.thought_record or step.plan):
        return dict.fromkeys(_parts(step, step.id, script))
    if step.include is not None and step.include.script in script.included:
        inner = script.included[step.include.script]
        return dict.fromkeys(_asked(inner.steps, inner))
    return {}


def _parts(step: Step, name: str, script: Script) -> Iterator[str]:
    """What the parts of a sheet are called: `phq_score`, `record_belief_before`."""
    if step.questionnaire is not None:
        known = script.questionnaires.get(step.questionnaire.name)
        yield f"{name}_score"
        if known is not None:
            yield from (f"{name}_{part}" for part in (*(s.id for s in known.scales), *known.ids))
    elif step.thought_record is not None:
        yield from (f"{name}_{part}" for part in FIELDS[step.thought_record.form])
    elif step.plan is not None:
        yield from (f"{name}_{part}" for part in parts_of(step.plan))


def _asked(steps: tuple[Step, ...], script: Script) -> dict[str, Question | None]:
    out: dict[str, Question | None] = {}
    for placed in walk(steps):
        out |= _asked_by(placed.step, script)
    return out


def scale_ends(question: Question | None) -> tuple[float, float] | None:
    """The least and most that an answer can be, where the question says so."""
    if isinstance(question, Rate):
        if isinstance(question.scale, OwnScale):
            return question.scale.min, question.scale.max
        return (0, 100) if question.scale == "suds" else (0, 10)
    return None
