"""Embodied practice: scan, relax, move, ground. Modelled and checked; not yet played."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field, StrictBool

from mindful.script.kinds.base import Kind, Strict, Whole
from mindful.script.values import Duration, Text, seconds


class Scan(Kind):
    """Attention through the body."""

    playable: ClassVar[bool] = False
    holes: ClassVar[frozenset[str]] = frozenset({"region"})

    regions: tuple[Text, ...] = ()
    """Names of regions, or texts; a whole body where absent."""
    each: Duration = seconds(30)
    text: Text = Text((("", "Bring your attention to {region}."),))
    from_: Literal["feet", "head"] = Field("feet", alias="from")


class Relax(Kind):
    """Progressive muscle relaxation."""

    playable: ClassVar[bool] = False

    groups: Literal[16, 7, 4] | tuple[Text, ...] = 16
    tense: Duration = seconds(6)
    release: Duration = seconds(35)
    rounds: Whole = Field(1, ge=1, le=2)
    recall: StrictBool = False


class Pose(Strict):
    """One movement."""

    say: Text
    hold: Duration | None = None
    breaths: Whole | None = Field(None, ge=1, le=60)
    sides: Literal["both", "left", "right"] | None = None


class Move(Kind):
    """Gentle movement."""

    playable: ClassVar[bool] = False

    poses: tuple[Pose, ...] = Field(min_length=1)


class Ground(Kind):
    """Grounding through the senses, 5-4-3-2-1."""

    playable: ClassVar[bool] = False

    senses: dict[Literal["see", "touch", "hear", "smell", "taste"], int] = Field(
        default={"see": 5, "touch": 4, "hear": 3, "smell": 2, "taste": 1}
    )
    advance: Literal["key", "timed"] = "key"
    each: Duration = seconds(20)
