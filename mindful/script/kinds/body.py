"""Embodied practice: scan, relax, move, ground.

Each length of time counts from the end of the words before it.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field, StrictBool

from mindful.script.kinds.base import Kind, Strict, Whole
from mindful.script.values import Duration, Text, seconds

Sense = Literal["see", "touch", "hear", "smell", "taste"]
Things = Annotated[Whole, Field(ge=1, le=20)]


class Scan(Kind):
    """Attention through the body."""

    holes: ClassVar[frozenset[str]] = frozenset({"region"})

    regions: tuple[Text, ...] = ()
    """Names of regions such as `left-foot`, or words of your own; a whole body where absent. A whole sentence is said
    as it stands."""
    each: Duration = seconds(30)
    """Silence after the words of each region."""
    text: Text | None = None
    """What is said for each, with `{region}`; a few inviting forms in turn where absent."""
    from_: Literal["feet", "head"] = Field("feet", alias="from")
    """Where a whole body begins. Regions that are listed come in their own order."""


class Relax(Kind):
    """Progressive muscle relaxation."""

    groups: Literal[16, 7, 4] | tuple[Text, ...] = 16
    """How many groups of muscles, or a list of them: names such as `right-hand`, words of your own, or a whole sentence
    that tells how to tense (`Draw your toes up a little.`). After each comes “And tense.”."""
    tense: Duration = seconds(6)
    """How long each is tensed."""
    release: Duration = seconds(35)
    """Silence after letting go."""
    rounds: Whole = Field(1, ge=1, le=2)
    """How often each group is tensed."""
    recall: StrictBool = False
    """Nothing is tensed; letting go is only remembered."""


class Pose(Strict):
    """One movement."""

    say: Text
    """What to do."""
    hold: Duration | None = None
    """How long it is held after the words."""
    breaths: Whole | None = Field(None, ge=1, le=60)
    """Or for how many breaths: in 4, out 6, softly heard."""
    sides: Literal["both", "left", "right"] | None = None
    """`both`: it comes twice, the second time on the other side."""


class Move(Kind):
    """Gentle movement."""

    poses: tuple[Pose, ...] = Field(min_length=1)


class Ground(Kind):
    """Grounding through the senses, 5-4-3-2-1."""

    senses: dict[Sense, Things] = Field(default={"see": 5, "touch": 4, "hear": 3, "smell": 2, "taste": 1}, min_length=1)
    """How many things for each sense, in this order."""
    advance: Literal["key", "timed"] = "key"
    """`key`: the client presses a key for each thing found; `timed`: it goes on by itself."""
    each: Duration = seconds(20)
    """Where it is timed: silence for each sense."""
