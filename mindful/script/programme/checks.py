"""What models cannot know of a programme: one small function for each rule, with the rule as its docstring."""

from __future__ import annotations

from collections.abc import Iterator

from mindful.script.codes import Code
from mindful.script.nodes import Path
from mindful.script.problems import Problem, near, quote
from mindful.script.programme.plan import Check, Plan


def arms(plan: Plan) -> Iterator[Problem]:
    """Every arm that is named is one of `arms`."""
    known = list(plan.programme.arms)
    named: list[tuple[Path, tuple[str, ...]]] = [
        (("stages", s, "arm"), stage.arm) for s, stage in enumerate(plan.programme.stages)
    ]
    named += [((*path, "arm"), practice.arm) for _, path, practice in plan.practices()]
    for path, names in named:
        for name in names:
            if name not in known:
                meant = next(iter(near(name, known)), "")
                hint = f"did you mean `{meant}`?" if meant else "name it under `arms`" if not known else ""
                hint = hint or f"the arms are {', '.join(known)}"
                yield plan.problem(Code.UNKNOWN_ARM, path, f"there is no arm {quote(name)}", hint)


def names(plan: Plan) -> Iterator[Problem]:
    """Practices that a client can have in one stage have different names, and so have stages."""
    stages: set[str] = set()
    for s, stage in enumerate(plan.programme.stages):
        if stage.id in stages:
            message = f"there is another stage called {quote(stage.id)}"
            yield plan.problem(Code.SAME_NAME, ("stages", s, "id"), message, "give it another `id`")
        stages |= {stage.id} if stage.id else set()
        there: dict[str, set[str]] = {}
        for n, practice in enumerate(stage.practices):
            path: Path = ("stages", s, "practices", n)
            if not practice.name:
                hint = "give it a name, such as `id: walk`, for mindful programme done"
                yield plan.problem(Code.MISSING, path, "something in words needs an `id`", hint)
                continue
            mine = plan.arms_of(practice.arm) & plan.arms_of(stage.arm)
            if mine & there.get(practice.name, set()):
                message = f"this stage has another practice called {quote(practice.name)}"
                place: Path = (*path, "id") if practice.id else path
                yield plan.problem(Code.SAME_NAME, place, message, "give one of them an `id` of its own")
            there.setdefault(practice.name, set()).update(mine)


def sessions(plan: Plan) -> Iterator[Problem]:
    """Every session is a bundled one or a script beside the programme."""
    for path, choice in plan.choices():
        if choice.session is not None and isinstance(found := plan.session(choice.session), tuple):
            place = (*path, "session")
            yield plan.problem(found[0] if found[0] is Code.OUTSIDE else Code.NO_SESSION, place, found[1], found[2])


def lengths(plan: Plan) -> Iterator[Problem]:
    """Every stage but the last of an arm has a length."""
    stages = plan.programme.stages
    for s, stage in enumerate(stages):
        later = any(plan.arms_of(stage.arm) & plan.arms_of(other.arm) for other in stages[s + 1 :])
        if stage.for_ is None and later:
            hint = "write `for: 1 week`; only the last stage has no end"
            yield plan.problem(Code.MISSING, ("stages", s), "`for` is missing: this stage would never end", hint)


def opens(plan: Plan) -> Iterator[Problem]:
    """What something opens with is a practice that comes before it."""
    before: set[str] = set()
    every = {practice.name for _, _, practice in plan.practices()}
    for s, stage in enumerate(plan.programme.stages):
        yield from _opens(plan, ("stages", s, "opens"), stage.opens, before, every)
        for n, practice in enumerate(stage.practices):
            yield from _opens(plan, ("stages", s, "practices", n, "opens"), practice.opens, before, every)
            before.add(practice.name)


def _opens(plan: Plan, path: Path, wanted: dict[str, int], before: set[str], every: set[str]) -> Iterator[Problem]:
    for name in wanted:
        if name in before:
            continue
        message = f"{quote(name)} comes only after this" if name in every else f"there is no practice {quote(name)}"
        meant = next(iter(near(name, before)), "")
        hint = f"did you mean `{meant}`?" if meant else "name practices that come before, such as `{arriving: 3}`"
        yield plan.problem(Code.OPENS, (*path, name), message, hint, key=True)


def nothing(plan: Plan) -> Iterator[Problem]:
    """Every arm has stages, and every stage has something in each of its arms."""
    programme = plan.programme
    if any(True for _ in arms(plan)):
        return
    for arm in programme.arms:
        if not any(arm in plan.arms_of(stage.arm) for stage in programme.stages):
            message = f"no stage belongs to the arm {quote(arm)}"
            hint = "name it at stages, or leave it out"
            yield plan.problem(Code.NOTHING_TO_DO, ("arms", arm), message, hint, key=True)
    for s, stage in enumerate(programme.stages):
        for arm in sorted(plan.arms_of(stage.arm)):
            if not any(arm in plan.arms_of(practice.arm) for practice in stage.practices):
                message = f"in this stage there is nothing to do in the arm {quote(arm)}"
                hint = f"give it a practice, or write `arm: {', '.join(a for a in programme.arms if a != arm)}`"
                yield plan.problem(Code.NOTHING_TO_DO, ("stages", s), message, hint)


CHECKS: tuple[Check, ...] = (arms, names, sessions, lengths, opens, nothing)
