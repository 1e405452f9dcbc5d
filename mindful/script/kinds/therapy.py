"""Therapy steps: exposure, and the two feedbacks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import Field, StrictBool

from mindful.script.conditions import Condition
from mindful.script.kinds.base import Kind, Strict, Whole
from mindful.script.values import Duration, Number, Text, seconds

if TYPE_CHECKING:
    from mindful.script.model import Step


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
