"""A programme as it is followed: one arm of it, with the titles and lengths of its sessions. Plain data, no models.

It is kept in the state file, so that a prompt need not read the programme again, and so that a programme whose file is
gone can be followed to its end.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

Words = Mapping[str, str]
"""A text by language; the first is the programme's own."""


@dataclass(frozen=True, slots=True)
class Thing:
    """What can be done: a session, or something in words."""

    title: Words
    session: str = ""
    """Its id in records; empty for what is no session."""
    play: str = ""
    """What `mindful play` is given: a bundled id or an absolute path."""
    set: Mapping[str, Any] = field(default_factory=dict)
    fit: str = ""
    """The length to fit it to, as `--fit` takes it."""
    total_ms: int | None = None
    """None where the client decides, or where nobody knows."""


@dataclass(frozen=True, slots=True)
class Item:
    """A practice of a part."""

    name: str
    things: tuple[Thing, ...]
    """The practice, then its alternatives."""
    unit: str = "week"
    """week, day, days, once or any; see `mindful.script.programme.values.Often`."""
    count: int = 7
    on: tuple[int, ...] = ()
    """Days of the week, Monday is 0; empty for all."""
    at: int | None = None
    """The minute of the day that suits it; None where any does."""
    at_said: str = ""
    """As it was written: evening, 07:30."""
    optional: bool = False
    opens: Mapping[str, int] = field(default_factory=dict)
    note: Words = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Part:
    """A stage in this arm."""

    id: str
    title: Words
    items: tuple[Item, ...]
    days: int | None = None
    """None: without an end."""
    about: Words = field(default_factory=dict)
    opens: Mapping[str, int] = field(default_factory=dict)
    rest: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """One arm of a programme."""

    id: str
    title: Words
    parts: tuple[Part, ...]
    waits: int = 7
    """Days with something suggested and nothing done after which it stands still; 0: never."""
    arm: str = ""
    arm_title: Words = field(default_factory=dict)
    about: Words = field(default_factory=dict)
    source: str = ""
    """A bundled programme's id, or an absolute path."""
    sha256: str = ""

    @property
    def sessions(self) -> frozenset[str]:
        """The ids of all sessions in it."""
        things = (thing for part in self.parts for item in part.items for thing in item.things)
        return frozenset(thing.session for thing in things if thing.session)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its practices, each once, in the order of the programme."""
        return tuple(dict.fromkeys(item.name for part in self.parts for item in part.items))


def words(text: Words, language: str = "") -> str:
    """A text in a language, else in its base language, else as the programme has it first."""
    return text.get(language) or text.get(language.split("-")[0]) or next(iter(text.values()), "")


def as_data(plan: Plan) -> dict[str, Any]:
    """The plan as JSON holds it."""
    return asdict(plan)


def from_data(data: Mapping[str, Any]) -> Plan:
    """The plan in data of `as_data`. Raises KeyError, TypeError, ValueError where it is none."""
    parts = tuple(
        Part(**{**part, "items": tuple(_item(item) for item in part["items"]), "rest": tuple(part["rest"])})
        for part in data["parts"]
    )
    if not parts:
        raise ValueError("a plan has parts")
    return Plan(**{**data, "parts": parts})


def _item(data: Mapping[str, Any]) -> Item:
    things = tuple(Thing(**thing) for thing in data["things"])
    if not things:
        raise ValueError("a practice has something to do")
    return Item(**{**data, "things": things, "on": tuple(data["on"])})
