"""Steps that are filled in like a sheet of paper: questionnaires, thought records, plans and diaries."""

from __future__ import annotations

import re
from typing import ClassVar, Literal, get_args

from pydantic import StrictBool, model_validator
from pydantic_core import PydanticCustomError

from mindful.script.kinds.base import Kind
from mindful.script.values import Text

_DAYS = re.compile(r"\s*(\d{1,3})\s*(d|days?|w|weeks?|h|hours?)\s*\Z", re.IGNORECASE)


def hours_of(every: str) -> int | None:
    """Hours of `7 days`, `2 weeks`, `12 hours`; None where it is no such time."""
    found = _DAYS.match(every)
    return None if found is None else int(found[1]) * {"d": 24, "w": 168, "h": 1}[found[2][0].lower()]


class Questionnaire(Kind):
    """A standard scale, or one from a file."""

    short: ClassVar[str | None] = "name"

    name: str
    """A bundled one (`mindful questionnaires` lists them), or a file beside the script."""
    every: str | None = None
    """Left out when it was answered more recently, such as `7 days`."""
    bands: StrictBool = False
    """Whether the client sees what a number is called in the literature, such as `mild`; else only the number."""
    result: StrictBool = True
    """Whether the client sees the number, and how it changed since the last time."""
    private: StrictBool = False
    """Never in a summary unless the client chooses it."""

    @model_validator(mode="after")
    def _every(self) -> Questionnaire:
        if self.every is not None and not hours_of(self.every):
            raise PydanticCustomError(
                "every_days", "“{source}” is no number of days: write `every: 7 days`", {"source": self.every}
            )
        return self


ThoughtField = Literal[
    "situation", "emotion", "emotion_before", "thought", "belief_before", "styles", "evidence_for", "evidence_against",
    "balanced", "balanced_belief", "belief_after", "emotion_after", "next",
    "prediction", "prediction_belief", "test", "when", "leave_out", "outcome", "learned", "prediction_after",
]  # fmt: skip
THOUGHT_FIELDS: tuple[str, ...] = get_args(ThoughtField)
"""What can stand on a thought record or an experiment; `prompts` may ask each in other words."""


ALWAYS = ("situation", "emotion", "emotion_before", "thought", "belief_before", "balanced", "balanced_belief")
FIELDS = {
    "record": (*ALWAYS, "styles", "evidence_for", "evidence_against", "belief_after", "emotion_after", "next"),
    "experiment": ("thought", "prediction", "prediction_belief", "test", "when", "leave_out"),
    "outcome": ("outcome", "learned", "prediction_after", "next"),
}
"""By form, what a thought record asks."""


class ThoughtRecord(Kind):
    """A thought record, or a behavioural experiment."""

    form: Literal["record", "experiment", "outcome"] = "record"
    """`experiment`: a prediction and how it can be tested; `outcome`: what came of one, which may be days later."""
    columns: Literal[5, 7, "five", "seven"] = 7
    """Of a record: seven also weigh what speaks for the thought and what against it."""
    styles: StrictBool = True
    """Whether names of thinking styles are offered, each with a plain explanation."""
    prompts: dict[ThoughtField, Text] = {}
    """Other words for a question: `{situation: Where were you just now?}`."""
    private: StrictBool = False
    """Never in a summary unless the client chooses it."""
    of: str | None = None
    """Of an outcome: the record of the experiment. `mindful thoughts outcome` fills it in."""


Goal = Literal["sleep", "activity", "nutrition", "movement", "stress", "connection"]
GOALS: tuple[str, ...] = get_args(Goal)
PlanForm = Literal["goal", "check-in", "sleep-diary", "activity", "activity-review", "wellness", "wellness-review"]


class Plan(Kind):
    """What, when and where, for a healthy habit; and what is kept about it from day to day."""

    form: PlanForm = "goal"
    """`check-in`: a minute, once a day; `sleep-diary`: last night; `activity`: something planned, and
    `activity-review` how it was; `wellness`: what keeps well, and `wellness-review` whether it still fits."""
    goals: tuple[str, ...] = ()
    """sleep, activity, nutrition, movement, stress, connection, or words of your own."""
    ask: tuple[Literal["what", "when", "where", "obstacle", "if-then"], ...] = ("what", "when", "where")
    private: StrictBool = False
    """Never in a summary unless the client chooses it."""
    of: str | None = None
    """Of an activity that is looked back on: its record. `mindful activities review` fills it in."""

    @model_validator(mode="after")
    def _goals(self) -> Plan:
        if self.form == "goal" and not self.goals:
            raise PydanticCustomError("plan_goals", "a plan wants `goals`, such as `goals: [sleep]`")
        return self


def field_of(goal: str, part: str) -> str:
    """The name of a field of a plan: `sleep_what`; words of the author's own are made a name."""
    plain = "".join(ch if ch.isalnum() and ch.isascii() else "-" for ch in goal.casefold()).strip("-") or "own"
    return f"{plain}_{part.replace('-', '_')}"


_OWN = {
    "sleep-diary": "in_bed tried latency awakenings awake woke up quality note",
    "activity": "what when where pleasure_expected mastery_expected obstacle if_then",
    "activity-review": "done pleasure mastery learned",
    "wellness": "well daily sometimes strains signs then others therapist",
    "wellness-review": "kept signs_seen signs_which change",
}


def parts_of(plan: Plan) -> tuple[str, ...]:
    """The names of all fields of a plan."""
    if plan.form == "goal":
        return tuple(field_of(goal, part) for goal in plan.goals for part in plan.ask)
    if plan.form == "check-in":
        return ("mood", "energy", *(field_of(goal, "done") for goal in plan.goals), "good", "tomorrow")
    return tuple(_OWN[plan.form].split())
