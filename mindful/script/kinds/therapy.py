"""Therapy steps: questionnaire, thought_record, exposure, plan, and the two feedbacks. Modelled; not yet played."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import Field, StrictBool

from mindful.script.conditions import Condition
from mindful.script.kinds.base import Kind, Whole
from mindful.script.ladder import LadderItem, Mode
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


class Exposure(Kind):
    """Graded exposure: a prediction, an item of a ladder with ratings on a bell, and what was learned."""

    holes: ClassVar[frozenset[str]] = frozenset(("suds", "peak", "fall", "minutes"))

    ladder: str | tuple[LadderItem, ...]
    """A file beside the script, or the items themselves."""
    item: Text | None = None
    """The item of this session, by its id or its words; the client chooses where absent."""
    mode: Mode | None = None
    """in-vivo, imaginal or interoceptive; where absent as the ladder says."""
    ask_every: Duration = seconds(120)
    """How often the distress is rated, on a bell."""
    for_: Duration | None = Field(None, alias="for")
    """How long, ratings not counted."""
    until: Condition | None = None
    """Or until this holds: `suds`, `peak`, `fall` (in percent of the peak) and `minutes` are known in it."""
    predict: StrictBool = True
    """Whether what is expected, and how strongly, is asked before, and what came of it after."""
    script: tuple[Step, ...] = ()
    """What is said and heard meanwhile."""


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
