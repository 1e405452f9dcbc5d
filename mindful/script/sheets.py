"""Checks of what is filled in: questionnaires, thought records, plans."""

from __future__ import annotations

from collections.abc import Iterator

from mindful.script.codes import Code
from mindful.script.kinds.sheets import FIELDS, hours_of
from mindful.script.model import Script
from mindful.script.problems import Problem, quote
from mindful.script.where import Where, all_steps

LEAST_SHARE = 0.5
"""A questionnaire about two weeks that is asked each day counts the same days again and again."""


def questionnaires(script: Script, where: Where) -> Iterator[Problem]:
    """One that is for clinicians says so; one is not asked much more often than the time that it asks about."""
    for placed in all_steps(script):
        body = placed.step.questionnaire
        known = script.questionnaires.get(body.name) if body is not None else None
        if body is None or known is None:
            continue
        if known.audience == "clinician":
            message = f"the makers of {quote(body.name)} mean it for use by professionals, who explain what comes out"
            hint = "use it where you go through it together, or one such as `phq-9`, `gad-7` or `who-5`"
            yield where.problem(Code.FOR_CLINICIANS, (*placed.body, "name"), message, hint)
        hours = hours_of(body.every) if body.every is not None else None
        if hours is not None and known.days is not None and hours < known.days * 24 * LEAST_SHARE:
            message = f"it asks about the last {known.days} days, so every {body.every} counts the same days again"
            least = -(-known.days // 2)
            yield where.problem(
                Code.ASKED_OFTEN, (*placed.body, "every"), message, f"write `every: {least} days` or more"
            )


def thought_records(script: Script, where: Where) -> Iterator[Problem]:
    """Each prompt belongs to a field that the form has."""
    for placed in all_steps(script):
        body = placed.step.thought_record
        for name in body.prompts if body is not None else ():
            assert body is not None
            there = set(FIELDS[body.form])
            if body.form == "record" and body.columns in (5, "five"):
                there -= {"evidence_for", "evidence_against"}
            if body.form == "record" and not body.styles:
                there -= {"styles"}
            if name not in there:
                message = f"{quote(name)} is not asked in this form, so these words are never shown"
                path = (*placed.body, "prompts", name)
                yield where.problem(
                    Code.PROMPT_WITHOUT_FIELD, path, message, f"it asks {', '.join(sorted(there))}", key=True
                )


def plans(script: Script, where: Where) -> Iterator[Problem]:
    """`ask` and `goals` stand where they are used."""
    for placed in all_steps(script):
        body = placed.step.plan
        if body is None:
            continue
        given = body.model_fields_set
        if "ask" in given and body.form != "goal":
            message = f"`ask` belongs to a goal; `form: {body.form}` has questions of its own"
            yield where.problem(Code.PLAN_WITHOUT_EFFECT, (*placed.body, "ask"), message, "leave it out", key=True)
        if body.goals and body.form not in ("goal", "check-in"):
            message = f"`goals` belong to a goal or a check-in; `form: {body.form}` does not ask for them"
            yield where.problem(Code.PLAN_WITHOUT_EFFECT, (*placed.body, "goals"), message, "leave them out", key=True)
        if body.form == "goal" and len(body.goals) != len(set(body.goals)):
            message = "the same goal is named twice, and would be asked once"
            yield where.problem(
                Code.PLAN_WITHOUT_EFFECT, (*placed.body, "goals"), message, "name each goal once", key=True
            )
