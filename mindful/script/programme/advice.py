"""What a colleague would say to a programme's author. The sessions that it names are read for it, once each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from mindful.script.codes import Code
from mindful.script.nodes import Path
from mindful.script.problems import Problem, quote
from mindful.script.programme.plan import Check, Plan
from mindful.script.programme.values import WEEK
from mindful.script.values import Text

if TYPE_CHECKING:
    from mindful.script.model import Variable


def playable(plan: Plan) -> Iterator[Problem]:
    """The sessions can be played, and have the variables that are set."""
    for path, choice in plan.choices():
        if choice.session is None:
            continue
        script, count = plan.script(choice.session)
        if script is None:
            message = f"{quote(choice.session)} has {count} problem{'' if count == 1 else 's'} of its own"
            hint = f"mindful check {choice.session} shows them"
            yield plan.problem(Code.BROKEN_SESSION, (*path, "session"), message, hint)
            continue
        for name, value in choice.set.items():
            if told := _setting(name, value, script.variables):
                yield plan.problem(Code.SETTING, (*path, "set", name), *told, key=name not in script.variables)


def _setting(name: str, value: object, variables: dict[str, Variable]) -> tuple[str, str] | None:
    variable = variables.get(name)
    if variable is None:
        known = ", ".join(variables)
        return f"the session has no variable {quote(name)}", f"it has {known}" if known else "it has none"
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    low, high = variable.min, variable.max
    if (low is not None and value < low) or (high is not None and value > high):
        return f"`{name}` is {value:g} here, which the session does not allow", f"it is {_range(low, high)}"
    return None


def _range(low: float | None, high: float | None) -> str:
    if low is None:
        return f"at most {high:g}"
    return f"at least {low:g}" if high is None else f"{low:g} to {high:g}"


def late(plan: Plan) -> Iterator[Problem]:
    """What a stage opens with can be done as often as that before it, at the pace that is suggested."""
    suggested: dict[str, float] = {}
    for s, stage in enumerate(plan.programme.stages):
        for name, wanted in stage.opens.items():
            by_then = suggested.get(name, 0)
            if 0 < by_then < wanted:
                message = f"it asks for {name} {wanted} times; by then it is suggested {by_then:.0f} times"
                hint = "the stage before goes on until then; ask for less?"
                yield plan.problem(Code.OPENS_LATE, ("stages", s, "opens", name), message, hint)
        weeks = (stage.for_.count if stage.for_ is not None else WEEK) / WEEK
        for practice in stage.practices:
            times = practice.often.a_week * weeks if practice.often.unit != "once" else 1
            times = float("inf") if practice.often.unit == "any" else times
            suggested[practice.name] = suggested.get(practice.name, 0) + times


def waits(plan: Plan) -> Iterator[Problem]:
    """The programme waits longer than the longest stretch that a week's practices may leave to its end."""
    wait = plan.programme.waits.count
    for s, stage in enumerate(plan.programme.stages):
        often = [p.often for p in stage.practices if not p.optional and p.often.unit in ("week", "day")]
        if not wait or not often:
            continue
        gap = min(WEEK - o.count if o.unit == "week" else 0 for o in often)
        if gap >= wait:
            message = f"practising at the end of the week leaves {gap} days here, and it waits after {wait}"
            hint = f"write `waits: {gap + 1} days` at the top, or more"
            yield plan.problem(Code.WAITS, ("stages", s), message, hint)


def cautions(plan: Plan) -> Iterator[Problem]:
    """Whom one of its sessions may not suit is said before the programme is started."""
    said = {"other", *plan.programme.cautions, *(c for arm in plan.programme.arms.values() for c in arm.cautions)}
    missing: dict[str, str] = {}
    for _, choice in plan.choices():
        script = plan.script(choice.session)[0] if choice.session is not None else None
        for caution in script.cautions if script is not None else ():
            if caution not in said:
                missing.setdefault(caution, choice.session or "")
    if missing:
        first = "; ".join(f"{caution} ({session})" for caution, session in list(missing.items())[:4])
        message = f"sessions in it name cautions that it does not: {first}"
        hint = f"add them: `cautions: [{', '.join([*plan.programme.cautions, *missing])}]`"
        place: Path = ("cautions",) if plan.programme.cautions else ("title",)
        yield plan.problem(Code.PLAN_CAUTIONS, place, message, hint)


_PRESSING = re.compile(
    r"\b(miss(?:ed|ing)? (?:a|your|any|the) (?:day|session|practice)s?|overdue|fall(?:ing|en)? behind|catch(?:ing)? up|"
    r"keep(?:ing)? up|no excuses?|streaks?|homework|don['’]t (?:miss|skip|break|give up)|you (?:must|have to|need to)|"
    r"make sure (?:you|to)|fail(?:ed|ure)?|compliance|verpass\w*|versäum\w*|überfällig|Rückstand|aufholen|nachholen|"
    r"Hausaufgaben?|du musst|Sie müssen|durchhalten)\b",
    re.IGNORECASE,
)


def pressing(plan: Plan) -> Iterator[Problem]:
    """Its words invite: nothing is missed, overdue or homework."""
    for path, text in _texts(plan):
        for _, words in text.languages:
            for found in _PRESSING.finditer(words):
                before = words[: found.start()][-40:]
                if re.search(r"\b(not|never|no|nothing|nicht|nichts|kein\w*|nie)\b[^.!?;]*$", before, re.IGNORECASE):
                    continue
                message = f"{quote(found[0])} presses, where a programme invites"
                hint = "say what can be done, such as “when it suits you” or “go on from where you are”"
                span = plan.document.within(path, found[0])
                yield plan.document.source.problem(Code.PRESSING, span, message, hint)


def _texts(plan: Plan) -> Iterator[tuple[Path, Text]]:
    p = plan.programme
    found: list[tuple[Path, Text | None]] = [(("title",), p.title), (("summary",), p.summary), (("about",), p.about)]
    for name, arm in p.arms.items():
        found += [(("arms", name, "title"), arm.title), (("arms", name, "about"), arm.about)]
    for s, stage in enumerate(p.stages):
        found += [(("stages", s, "title"), stage.title), (("stages", s, "about"), stage.about)]
    for _, path, practice in plan.practices():
        found += [((*path, "do"), practice.do), ((*path, "note"), practice.note)]
    yield from ((path, text) for path, text in found if text is not None)


def rests(plan: Plan) -> Iterator[Problem]:
    """Two weeks and more of something daily have a rest day."""
    run = 0
    for s, stage in enumerate(plan.programme.stages):
        rest = stage.rest if stage.rest is not None else plan.programme.rest
        daily = any(p.often.a_week >= WEEK and not p.optional and not p.on for p in stage.practices)
        run = run + (stage.for_.count if stage.for_ is not None else WEEK) if daily and not rest else 0
        if run >= 2 * WEEK:
            message = "up to here something is suggested on each day for two weeks or more, without a rest day"
            hint = "write `rest: [sun]` at the top, or `often: 6 a week`"
            yield plan.problem(Code.NO_REST, ("stages", s), message, hint)
            return


ADVICE: tuple[Check, ...] = (playable, late, waits, cautions, pressing, rests)
