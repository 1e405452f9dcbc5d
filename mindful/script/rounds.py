"""How many steps a script plays when its repeats are counted: a check, and the bounds that the timeline keeps to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mindful.script.codes import Code
from mindful.script.model import Script, Step
from mindful.script.problems import Problem
from mindful.script.tiers import corners
from mindful.script.values import UnresolvedError, Values
from mindful.script.where import Where

MOST_PLAYED = 20_000
"""Steps that one session may play, rounds counted."""
MOST_ROUNDS = 1000
"""Rounds of one `repeat`."""


def played(script: Script, where: Where) -> Iterator[Problem]:
    """A session plays at most 20,000 steps: the top-level step that goes over it is named, once."""
    worst = max(corners(script), key=lambda values: _steps(script, script.steps, values))
    total = 0
    for i, step in enumerate(script.steps):
        total += _step(script, step, worst)
        if total > MOST_PLAYED:
            message = f"with its rounds, this script plays more than {MOST_PLAYED:,} steps"
            yield where.problem(Code.TOO_MANY_STEPS, ("steps", i, step.kind), message, "repeat less often", key=True)
            return


def _steps(script: Script, steps: Sequence[Step], values: Values) -> int:
    return sum(_step(script, step, values) for step in steps)


def _step(script: Script, step: Step, values: Values) -> int:
    """Steps that one step plays at most."""
    if step.repeat is not None:
        wanted = step.repeat.times or step.repeat.at_most
        assert wanted is not None
        try:
            rounds = min(MOST_ROUNDS, max(0, round(wanted.resolve(values))))
        except UnresolvedError:
            rounds = MOST_ROUNDS
        return rounds * _steps(script, step.repeat.steps, values)
    if step.choose is not None:
        return 1 + max(_steps(script, option.steps, values) for option in step.choose.options)
    if step.include is not None:
        inner = script.included.get(step.include.script)
        return 1 if inner is None else _steps(inner, inner.steps, {**inner.defaults(), **step.include.with_})
    return 1
