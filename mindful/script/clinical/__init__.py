"""What a colleague in practice would say of a script: rules of good practice, each with its source, as advice.

None of them keeps a script from being played. `mindful.script.load` runs them where they are wanted (`mindful check`,
the author's tools); the player never does. To add one, write it in the module of its subject, with the rule and its
source as its docstring, and list it here. A script may silence a rule with a reason: `silence: [{code: MF107, reason:
...}]`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from mindful.script.clinical import breath, exposure, inward, manner, scales, spoken
from mindful.script.clinical.view import Session
from mindful.script.codes import BY_CODE, Code
from mindful.script.model import Script, Silence
from mindful.script.nodes import Path
from mindful.script.problems import Problem
from mindful.script.where import Where, all_steps

Finding = tuple[Code, Path, Problem]
Rule = Callable[[Session], Iterable[Finding]]

RULES: dict[Code, Rule] = {
    Code.HOLD_CAUTION: breath.hold_caution,
    Code.HOLD_WAY_ROUND: breath.hold_way_round,
    Code.SHORT_CYCLE: breath.short_cycle,
    Code.RED_CAUTIONS: breath.red_cautions,
    Code.RED_WORDS: breath.red_words,
    Code.SCAN_WAY_OUT: inward.scan_way_out,
    Code.LANDING: inward.landing,
    Code.EXPOSURE_RATING: exposure.rating,
    Code.EXPOSURE_WAY_OUT: exposure.way_out,
    Code.EXPOSURE_CALMING: exposure.calming,
    Code.FAST_WORDS: manner.fast_words,
    Code.TOO_LATE: spoken.too_late,
    Code.OTHER_COUNTS: spoken.other_counts,
    Code.NO_CLOSING: inward.no_closing,
    Code.COMMAND: manner.command,
    Code.PROMISE: manner.promise,
    Code.DEEP: manner.deep,
    Code.LICENSED: scales.licensed,
    Code.DIZZY: breath.dizzy,
    Code.EYES: inward.eyes,
    Code.REASSURANCE: exposure.reassurance,
    Code.EXPOSURE_CAUTIONS: exposure.cautions,
    Code.EXPOSURE_END: exposure.end,
}


@dataclass(frozen=True)
class Advice:
    """What the rules found."""

    problems: tuple[Problem, ...]
    silenced: tuple[Problem, ...]
    """What they found where the script silences them, with its reason."""


def advise(script: Script, where: Where) -> Advice:
    """What the rules say of a script that has no errors of its own."""
    session = Session(script, where)
    ids = {p.step.id: p.path for p in all_steps(script) if p.step.id}
    used: set[int] = set()
    told: list[Problem] = []
    hushed: list[Problem] = []
    for rule in RULES.values():
        for code, path, problem in rule(session):
            at = _silence(script.silence, code, path, ids)
            if at is None:
                told.append(problem)
            else:
                used.add(at)
                hushed.append(problem)
    for i, silence in enumerate(script.silence):
        if silence.step is not None and silence.step not in ids:
            message = f"there is no step with the id `{silence.step}`: this hushes nothing"
            told.append(where.problem(Code.UNUSED_SILENCE, ("silence", i, "step"), message, "name the `id` of a step"))
        elif i not in used:
            title = BY_CODE[silence.code].title.lower()
            message = f"{silence.code} ({title}) finds nothing here, so there is nothing to hush"
            told.append(where.problem(Code.UNUSED_SILENCE, ("silence", i, "code"), message, "delete this entry"))
    return Advice(tuple(dict.fromkeys(told)), tuple(dict.fromkeys(hushed)))


def _silence(silences: tuple[Silence, ...], code: Code, path: Path, ids: dict[str, Path]) -> int | None:
    """Which entry of `silence` hushes a finding at `path`; None where none does."""
    for i, silence in enumerate(silences):
        if silence.code != code.code:
            continue
        step = ids.get(silence.step) if silence.step is not None else ()
        if step is not None and path[: len(step)] == step:
            return i
    return None
