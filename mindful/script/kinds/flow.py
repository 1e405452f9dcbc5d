"""Steps that hold other steps: choose, repeat, include."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from mindful.script.conditions import Condition
from mindful.script.kinds.base import Kind, Strict
from mindful.script.values import NAME, Number, Scalar, Text

if TYPE_CHECKING:
    from mindful.script.model import Step


class Option(Strict):
    """One way to go on."""

    label: Text
    """What the client reads; also the answer's value."""
    steps: tuple[Step, ...] = ()
    """What follows; nothing: the session goes on."""


class Choose(Kind):
    """The client chooses how to go on."""

    ask: Text
    options: tuple[Option, ...] = Field(min_length=2, max_length=9)
    id: str | None = Field(None, pattern=f"^{NAME}$")
    """The answer's name in texts and conditions."""


class Repeat(Kind):
    """The same steps again."""

    times: Number | None = None
    """How often."""
    until: Condition | None = None
    """Or until this holds, looked at after each round."""
    at_most: Number | None = None
    """Rounds at most; wanted with `until`."""
    steps: tuple[Step, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _one_end(self) -> Repeat:
        if (self.times is None) == (self.until is None):
            raise PydanticCustomError("repeat_end", "a repeat has either times or until")
        if self.until is not None and self.at_most is None:
            raise PydanticCustomError("repeat_end", "repeat until also wants at_most, so that it always ends")
        return self


class Include(Kind):
    """The steps of another script."""

    short: ClassVar[str | None] = "script"

    script: str
    """A path beside this script, or a bundled session's id."""
    with_: dict[str, Scalar] = Field(default={}, alias="with")
    """Values for its variables."""
