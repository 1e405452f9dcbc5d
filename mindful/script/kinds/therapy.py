"""Therapy steps: questionnaire, thought_record, exposure, plan, and the two feedbacks. Modelled; not yet played."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import Field, StrictBool

from mindful.script.conditions import Condition
from mindful.script.kinds.base import Kind, Strict, Whole
from mindful.script.values import Duration, Number, Text, seconds

if TYPE_CHECKING:
    from mindful.script.model import Step


class Questionnaire(Kind):
    """A standard scale, or one from a file."""

    short: ClassVar[str | None] = "name"
    playable: ClassVar[bool] = False

    name: str
    every: str | None = None
    """Skipped when it was answered more recently, such as `7 days`."""


class ThoughtRecord(Kind):
    """A thought record."""

    playable: ClassVar[bool] = False

    columns: Literal[5, 7, "five", "seven"] = 7
    prompts: dict[str, Text] = {}


class LadderItem(Strict):
    """One situation, and how hard it is."""

    item: Text
    suds: Whole = Field(ge=0, le=100)


class Exposure(Kind):
    """Graded exposure."""

    playable: ClassVar[bool] = False

    ladder: str | tuple[LadderItem, ...]
    item: Text | None = None
    mode: Literal["in-vivo", "imaginal", "interoceptive"] = "in-vivo"
    ask_every: Duration = seconds(120)
    for_: Duration | None = Field(None, alias="for")
    until: Condition | None = None
    predict: StrictBool = True
    script: tuple[Step, ...] = ()


class Plan(Kind):
    """What, when and where, for a healthy habit."""

    playable: ClassVar[bool] = False

    goals: tuple[str, ...] = Field(min_length=1)
    ask: tuple[Literal["what", "when", "where", "obstacle", "if-then"], ...] = ("what", "when", "where")


class HrvBiofeedback(Kind):
    """Breathing with one's own heart rate."""

    playable: ClassVar[bool] = False

    for_: Duration = Field(alias="for")
    pace: Number | None = None
    feedback: Literal["lock", "coherence"] = "lock"
    sound: str | None = None
    assess: StrictBool = False


class Neurofeedback(Kind):
    """Feedback of one's own brain rhythms."""

    short: ClassVar[str | None] = "protocol"
    playable: ClassVar[bool] = False

    protocol: Literal["alpha", "alpha_theta", "smr", "frontal_theta", "asymmetry"] | dict[str, Any]
    for_: Duration | None = Field(None, alias="for")
    baseline: Duration | None = None
    blocks: Whole | None = Field(None, ge=1, le=60)
    reward: Number | None = None
    sound: str | None = None
