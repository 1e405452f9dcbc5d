"""Checks of how long, how often and how fast: also where it depends on a variable or an answer."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mindful.script.codes import Code
from mindful.script.kinds.ask import Ask, Rate
from mindful.script.model import Script
from mindful.script.nodes import Path
from mindful.script.problems import Problem, quote
from mindful.script.scope import Question, Scope, scale_ends
from mindful.script.tiers import corners
from mindful.script.values import MAX_MS, NAME, Duration, Number, UnresolvedError, Values, fill, parse_ms, shown
from mindful.script.where import Where, all_steps

_MAY_BE_ZERO = (("pause",), ("pause", "for"), ("say", "pause"))
_LIMITS: dict[tuple[str, str], tuple[float, float, bool, str]] = {
    ("breathe", "cycles"): (1, 5000, True, "cycles"),
    ("ramp", "from"): (1, 60, False, "breaths a minute"),
    ("ramp", "to"): (1, 60, False, "breaths a minute"),
    ("repeat", "times"): (1, 1000, True, "rounds"),
    ("repeat", "at_most"): (1, 1000, True, "rounds"),
    ("sound", "hz"): (20, 2000, False, "hertz"),
    ("sound", "beat"): (0.5, 60, False, "beats a second"),
    ("hrv_biofeedback", "pace"): (3, 12, False, "breaths a minute"),
}
"""Least, most, whether it must be whole, and what it counts."""


def durations(script: Script, where: Where) -> Iterator[Problem]:
    """Each length is more than nothing and at most four hours, for every value its variables can have."""
    for scene in Scope.of(script).scenes:
        for path, value in scene.placed.values:
            if isinstance(value, Duration):
                zero = path[len(scene.placed.path) :] in _MAY_BE_ZERO or path[-2:-1] == ("at",)
                yield from _duration(value, path, zero, _situations(script, value, scene.known), where)
    if script.fit is not None:
        for name in ("min", "max"):
            yield from _duration(getattr(script.fit, name), ("fit", name), False, corners(script), where)


def _duration(value: Duration, path: Path, zero: bool, situations: Sequence[Values], where: Where) -> Iterator[Problem]:
    if not value.names:
        if value.ms == 0 and not zero:
            yield where.problem(
                Code.DURATION_RANGE, path, f"{quote(value.source)} is no time at all", "write a length, such as `30 s`"
            )
        return
    for values in situations:
        try:
            source = fill(value.source, values)
        except UnresolvedError:
            continue
        ms = parse_ms(source)
        case = _case(value.names, values)
        if ms is None:
            yield where.problem(
                Code.NOT_AN_AMOUNT,
                path,
                f"with {case} this is {quote(source)}, which is no length of time",
                "the names in it must be numbers, with the unit behind them: `{minutes} min`",
            )
            return
        if ms > MAX_MS or (ms <= 0 and not zero):
            said = "longer than 4 hours" if ms > MAX_MS else "no time at all"
            yield where.problem(
                Code.DURATION_RANGE,
                path,
                f"with {case} this is {said}",
                "give the variable a `min` and a `max` that fit",
            )
            return


def _case(names: tuple[str, ...], values: Values) -> str:
    return " and ".join(f"{n} = {shown(values.get(n))}" for n in names)


def _situations(script: Script, value: Duration | Number, known: Mapping[str, Question | None]) -> Sequence[Values]:
    """What a length or number is tried with: variables and answers at first, at their least, at their most."""
    found: list[Values] = []
    for i, variables in enumerate(corners(script)):
        values: dict[str, Any] = dict(variables)
        for name in value.names:
            ends = scale_ends(known.get(name))
            if ends and (i or name not in values):
                values[name] = ends[1] if i == 2 else ends[0]
        found.append(values)
    return found


def numbers(script: Script, where: Where) -> Iterator[Problem]:
    """Each count and pace lies within its limits, for every value its variables can have."""
    for scene in Scope.of(script).scenes:
        for path, value in scene.placed.values:
            owner = next((p for p in reversed(path[:-1]) if isinstance(p, str)), "")
            limits = _LIMITS.get((owner, str(path[-1])))
            if isinstance(value, Number) and limits:
                yield from _number(value, path, limits, _situations(script, value, scene.known), where)


def _number(
    value: Number, path: Path, limits: tuple[float, float, bool, str], situations: Sequence[Values], where: Where
) -> Iterator[Problem]:
    least, most, whole, what = limits
    for values in situations if value.names else [{}]:
        with_case = f"with {_case(value.names, values)} " if value.names else ""
        try:
            n = value.resolve(values)
        except UnresolvedError as e:
            if values.get(e.name) is not None:
                yield where.problem(
                    Code.NOT_AN_AMOUNT,
                    path,
                    f"{with_case}this is not a number",
                    "the name in it must stand for a number",
                )
                return
            continue
        if not least <= n <= most:
            yield where.problem(
                Code.RANGE,
                path,
                f"{with_case}`{path[-1]}` is {n:g}; it is {least:g} to {most:g} {what}",
                f"let the smallest be {least:g} and the largest {most:g}, at the variable or the scale"
                if with_case
                else "",
            )
            return
        if whole and not math.isclose(n, round(n)):
            yield where.problem(Code.RANGE, path, f"{with_case}`{path[-1]}` is {n:g}; only whole {what} can be counted")
            return


def answers(script: Script, where: Where) -> Iterator[Problem]:
    """A length or number that depends on an answer: the answer is a number, and cannot be missing."""
    for scene in Scope.of(script).scenes:
        for path, value in scene.placed.values:
            if not isinstance(value, Duration | Number):
                continue
            for name in value.names:
                question = scene.known.get(name)
                if question is None:
                    continue
                part = f"{{{name}}}"
                if not _numeric(question):
                    yield where.problem(
                        Code.NOT_AN_AMOUNT,
                        path,
                        f"the answer to {quote(name)} is not a number",
                        "ask with `rate`, or with `answer: number`",
                        part=part,
                    )
                elif "ramp" in path:
                    continue  # a pace that was not told is a usual one, and any that was is kept within limits
                elif not (isinstance(question, Rate) and question.required) and name not in script.variables:
                    required = "write `required: true` at the rating, or " if isinstance(question, Rate) else ""
                    yield where.problem(
                        Code.OPEN_AMOUNT,
                        path,
                        f"the question {quote(name)} may be left unanswered, and then this is not known",
                        f"{required}add a variable `{name}` with the default to take then",
                        part=part,
                    )


def _numeric(question: Question) -> bool:
    if isinstance(question, Rate):
        return True
    if isinstance(question, Ask) and question.answer == "number":
        return True
    labels = [o.label for o in question.options] if not isinstance(question, Ask) else list(question.options)
    return bool(labels) and all(re.fullmatch(r"\d+(\.\d+)?", words) for label in labels for _, words in label.languages)


def variables(script: Script, where: Where) -> Iterator[Problem]:
    """Each variable has a name, and a default within its limits."""
    for name, v in script.variables.items():
        path: Path = ("variables", name)
        if not re.fullmatch(NAME, name):
            yield where.problem(
                Code.NAME,
                path,
                f"{quote(name)} is not a name: small letters, digits, - and _ only, beginning with a letter",
                "texts can only refer to it by such a name, as `{minutes}`",
                key=True,
            )
        if v.min is not None and v.max is not None and v.min > v.max:
            yield where.problem(
                Code.VARIABLE,
                (*path, "min"),
                f"min ({v.min:g}) is above max ({v.max:g})",
                f"swap the two: `min: {v.max:g}` and `max: {v.min:g}`",
            )
        elif v.min is not None or v.max is not None:
            yield from _default(name, v.default, v.min, v.max, where)


def _default(name: str, default: object, least: float | None, most: float | None, where: Where) -> Iterator[Problem]:
    path: Path = ("variables", name, "default")
    if isinstance(default, bool) or not isinstance(default, int | float):
        yield where.problem(
            Code.VARIABLE, path, f"{quote(default)} is not a number, but the variable has limits", "write a number"
        )
    elif (least is not None and default < least) or (most is not None and default > most):
        limits = " and ".join(f"{w} {n:g}" for w, n in (("at least", least), ("at most", most)) if n is not None)
        close = least if least is not None and default < least else most
        hint = f"it is {limits}: write `default: {close:g}`, or wider limits"
        yield where.problem(
            Code.VARIABLE, path, f"the default {shown(default)} is outside the variable's own limits", hint
        )


def fit(script: Script, where: Where) -> Iterator[Problem]:
    """The least length to stretch to is not above the most."""
    least, most = (script.fit.min.ms, script.fit.max.ms) if script.fit else (None, None)
    if script.fit and least is not None and most is not None and least > most:
        message = f"min ({script.fit.min.source}) is longer than max ({script.fit.max.source})"
        hint = f"swap the two: `min: {script.fit.max.source}` and `max: {script.fit.min.source}`"
        yield where.problem(Code.FIT, ("fit", "min"), message, hint)


def bare_seconds(script: Script, where: Where) -> Iterator[Problem]:
    """A sit, breathing, an exposure or a `fit` with a small bare number: minutes may have been meant."""
    found: list[tuple[Path, Duration | None]] = []
    if script.fit is not None:
        found += [(("fit", "min"), script.fit.min), (("fit", "max"), script.fit.max)]
    for placed in all_steps(script):
        step = placed.step
        if (lasting := step.sit or step.breathe or step.exposure) is not None:
            found.append(((*placed.body, "for"), lasting.for_))
        if step.exposure is not None:
            found.append(((*placed.body, "ask_every"), step.exposure.ask_every))
    for path, value in found:
        if value is not None and value.ms and value.ms <= 60_000 and re.fullmatch(r"[\d.]+", value.source.strip()):
            n = value.source.strip()
            yield where.problem(
                Code.BARE_SECONDS,
                path,
                f"a number without a unit counts seconds: this is {n} seconds",
                f"write `{n} min` if minutes are meant, or `{n} s`",
            )
