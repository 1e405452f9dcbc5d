"""Therapy steps: exposure, and the two feedbacks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import Field, StrictBool

from mindful.script.conditions import Condition
from mindful.script.kinds.base import Kind, Whole
from mindful.script.ladder import LadderItem, Mode
from mindful.script.values import Duration, Number, Text, seconds

if TYPE_CHECKING:
    from mindful.script.model import Step


class Exposure(Kind):
    """Graded exposure: a prediction, an item of a ladder with ratings on a bell, and what was learned."""

    holes: ClassVar[frozenset[str]] = frozenset(("suds", "peak", "fall", "minutes"))

    ladder: str | tuple[LadderItem, ...]
    """A file beside the script, or the items themselves."""
    item: Text | None = None
    """The item of this session, by its id or its words; the client chooses where absent."""
    with_: Text | None = Field(None, alias="with")
    """A second item, met together with `item` (deepened extinction). Only once each was done alone and is expected no
    more."""
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


class HrvBiofeedback(Kind):
    """Breathing with one's own heart rate."""

    for_: Duration = Field(alias="for")
    """How long it is breathed with the pacer; a minute of breathing as it comes goes before."""
    pace: Number | None = None
    """Breaths a minute; the client's own pace where it is known, else 6."""
    feedback: Literal["lock", "coherence"] = "lock"
    """What is fed back: `lock`, how much the heart follows the pacer; `coherence`, how much of
    its swing lies in one rhythm."""
    sound: str | None = None
    """A layer, as in `sound`, that follows the heart; absent: nothing is heard of it."""
    assess: StrictBool = False
    """Finds the client's own pace instead: five paces from 6.5 to 4.5 a minute, two minutes each; `for` is not used."""


class Neurofeedback(Kind):
    """Feedback of one's own brain rhythms."""

    short: ClassVar[str | None] = "protocol"
    protocol: Literal["alpha", "alpha_theta", "smr", "frontal_theta", "asymmetry"] | dict[str, Any]
    """Which rhythm, or a map with more than the five have ready."""
    for_: Duration | None = Field(None, alias="for")
    """How long it is trained, rests not counted; 10 min where absent."""
    baseline: Duration | None = None
    """Sitting before it, with which it is compared; 2 min where absent."""
    blocks: Whole | None = Field(None, ge=1, le=60)
    """In how many parts, with a short rest between them; where absent one for each two minutes."""
    reward: Number | None = None
    """How much of the time is to be rewarded, in percent; 65 where absent."""
    sound: str | None = None
    """A layer, as in `sound`, that follows the rhythm; `stream` where absent."""
