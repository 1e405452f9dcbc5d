"""Where a script can go different ways, and which of them a run took. Called by `author.simulate`. Pure.

A way is a step under a condition, an option of a choice, or another round of a `repeat until`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from mindful.script.kinds.body import Move
from mindful.script.kinds.flow import Choose, Include, Repeat
from mindful.script.model import Script, Step
from mindful.script.said import flow
from mindful.script.values import Scalar, Text
from mindful.timeline.piece import Context
from mindful.timeline.pieces import label_of
from mindful.timeline.speech import Estimate

_ROUND = re.compile(r"#\d+")
_MOST = 20_000


@dataclass(frozen=True, slots=True)
class Branch:
    """One way that a session can go."""

    path: str
    """Of the step, the option or the repeat, without rounds."""
    kind: Literal["if", "option", "round"]
    words: str
    """What it is, for the author: `if before >= 60: “Look around”`."""
    answer: str = ""
    """Of an option: what a client of the author's own answers to take it, `way: Look around`."""


@dataclass(frozen=True, slots=True)
class Stop:
    """One step on the way, wherever it stands."""

    path: str
    """Without rounds."""
    step: Step
    variables: frozenset[str]
    label: str

    @property
    def names(self) -> tuple[str, ...]:
        """The names that its words refer to."""
        body = self.step.body
        own = [v for _, v in body if isinstance(v, Text)] + (
            [p.say for p in body.poses] if isinstance(body, Move) else []
        )
        listed = [each for _, v in body if isinstance(v, tuple) for each in v if isinstance(each, Text)]
        return tuple(dict.fromkeys(n for text in (*own, *listed) for n in text.names if n not in body.holes))

    @property
    def question(self) -> str:
        """The id under which its answer is kept; empty where it asks nothing that has one."""
        return str(getattr(self.step.body, "id", None) or (self.step.id if self.step.kind in ("wait", "learn") else ""))


def plain_path(path: str) -> str:
    """A path without its rounds: `steps[4].repeat.steps[0].bell`."""
    return _ROUND.sub("", path)


def branches(script: Script, values: Mapping[str, Scalar]) -> tuple[list[Branch], list[Stop]]:
    """Every way and every step of a script, in its order, those of included scripts among them."""
    ways: list[Branch] = []
    stops: list[Stop] = []
    for found in _walk(script, {**script.defaults(), **values}, script.steps, "steps"):
        if isinstance(found, Branch):
            ways.append(found)
        else:
            stops.append(found)
        if len(stops) > _MOST:
            break
    return ways, stops


def _walk(script: Script, variables: Mapping[str, Any], steps: tuple[Step, ...], base: str) -> Iterator[Branch | Stop]:
    for i, step in enumerate(steps):
        path = f"{base}[{i}].{step.kind}"
        c = Context(script, variables, path, script.language, 0, Estimate())
        label = label_of(step, c)
        if step.if_ is not None:
            yield Branch(path, "if", f"if {step.if_.source}: “{label}”")
        yield Stop(path, step, frozenset(variables), label)
        body = step.body
        if isinstance(body, Repeat):
            if body.until is not None:
                yield Branch(path, "round", f"another round, until {body.until.source}")
            yield from _walk(script, variables, body.steps, f"{path}.steps")
        elif isinstance(body, Choose):
            for k, option in enumerate(body.options):
                chosen = c.say(option.label)
                answer = f"{body.id}: {flow(chosen)}" if body.id else ""
                yield Branch(f"{path}.options[{k}]", "option", f"“{chosen}” at “{label}”", answer)
                yield from _walk(script, variables, option.steps, f"{path}.options[{k}].steps")
        elif isinstance(body, Include):
            inner = script.included[body.script]
            yield from _walk(inner, {**inner.defaults(), **body.with_}, inner.steps, f"{path}.steps")


def taken(ways: list[Branch], visited: Collection[str], chosen: Collection[str]) -> list[Branch]:
    """Those of `ways` that a run took: `visited` paths of steps with their rounds, `chosen` paths of options."""
    plain = {plain_path(path) for path in visited}
    inside = {path[: m.start()] for path in plain for m in re.finditer(r"\.", path)}
    again = {plain_path(path[: m.start()]) for path in visited for m in re.finditer(r"#(\d+)", path) if m[1] != "1"}
    reached = {"if": plain | inside, "option": set(chosen), "round": again}
    return [way for way in ways if way.path in reached[way.kind]]
