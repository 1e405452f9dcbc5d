"""A whole programme: its head, its arms, its stages and what is practised in them. Format version 1.

What is said of each field here is its help in editors.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, PrivateAttr, StrictBool, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from mindful.script.kinds.base import Kind, Strict, not_a_bool
from mindful.script.model import Caution, Evidence, Origin
from mindful.script.programme.values import At, Days, Often, Weekday
from mindful.script.values import NAME, Duration, Scalar, Text

MOST_STAGES = 104
_ENDING = re.compile(r"\.(yaml|yml|json)$")
MOST_PRACTICES = 60
"""In one stage."""


def _several(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


_NAMES_SCHEMA = WithJsonSchema(
    {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]}
)
Arms = Annotated[tuple[str, ...], BeforeValidator(_several), _NAMES_SCHEMA]
"""One name or a list of names."""
Name = Annotated[str, Field(pattern=f"^{NAME}$")]
Opens = dict[str, Annotated[int, Field(ge=1, le=1000), BeforeValidator(not_a_bool)]]
Waits = Annotated[Days, BeforeValidator(Days.or_never)]


class Choice(Kind):
    """What can be done: a session, or something in words."""

    short: ClassVar[str | None] = "session"
    session: str | None = None
    """A bundled session's id, or a script beside the programme."""
    do: Text | None = None
    """Something that is no session, such as a walk."""
    set: dict[str, Scalar] = {}
    """Variables of the session: `{minutes: 8}`."""
    fit: Duration | None = None
    """The length to fit the session to."""

    @model_validator(mode="after")
    def _one_thing(self) -> Choice:
        if (self.session is None) == (self.do is None):
            raise PydanticCustomError("practice_what", "a practice has either `session` or `do`")
        return self


class Practice(Choice):
    """One thing that is practised in a stage."""

    id: Name | None = None
    """Its name for `opens` and `mindful programme done`; the session's where absent."""
    often: Often = Often("week", 7, "daily")
    """`daily`, `3 a week`, `2 a day`, `every 2 days`, `once` or `any time`."""
    on: tuple[Weekday, ...] = ()
    """Days of the week that suit it."""
    at: At | None = None
    """When in the day: morning, midday, afternoon, evening, night or a time."""
    or_: tuple[Choice, ...] = Field((), alias="or")
    """Alternatives, which count as much."""
    optional: StrictBool = False
    """Offered after the others; a day without it has nothing left over."""
    opens: Opens = {}
    """From when it is suggested: `{practice: times}`."""
    arm: Arms = ()
    """The arms that have it; all where absent."""
    note: Text | None = None
    """A line for the client beside it."""

    @property
    def name(self) -> str:
        """Its id, else its session's name."""
        return self.id or _ENDING.sub("", (self.session or "").rsplit("/", 1)[-1])


class Stage(Strict):
    """A stretch of the programme."""

    title: Text
    practices: tuple[Practice, ...] = Field(min_length=1, max_length=MOST_PRACTICES)
    """What is done in it."""
    id: Name | None = None
    for_: Days | None = Field(None, alias="for")
    """How long: `1 week`, `10 days`."""
    about: Text | None = None
    """What it is about, read when it begins."""
    opens: Opens = {}
    """What is done before it comes: `{practice: times}`."""
    rest: tuple[Weekday, ...] | None = None
    """Rest days, in place of the programme's."""
    arm: Arms = ()
    """The arms that have this stage; all where absent."""


class Arm(Strict):
    """One of several ways through a programme."""

    title: Text
    about: Text | None = None
    cautions: tuple[Caution, ...] = ()


class Programme(Strict):
    """A programme, format version 1."""

    programme: Literal[1]
    """The version of the format."""
    title: Text
    stages: tuple[Stage, ...] = Field(min_length=1, max_length=MOST_STAGES)
    """What follows what."""
    id: Name | None = None
    summary: Text | None = None
    about: Text | None = None
    """A few lines, read before it is started."""
    author: str | None = None
    license: str | None = None
    language: str = Field("en", pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
    tags: tuple[str, ...] = ()
    suits: tuple[str, ...] = ()
    cautions: tuple[Caution, ...] = ()
    """For whom it may not be right; shown before it is started."""
    evidence: tuple[Evidence, ...] = ()
    """What is known about it, and how well."""
    rest: tuple[Weekday, ...] = ()
    """Days of the week on which nothing is suggested."""
    waits: Waits = Days(7, "7 days")
    """After so many days in a row without practice the programme stands still; or `never`."""
    arms: dict[str, Arm] = {}
    """Ways through it, of which the client takes one."""

    _origin: Origin = PrivateAttr(default=Origin("", ""))

    @property
    def origin(self) -> Origin:
        return self._origin
