"""The small values of a programme: how often, for how many days, when in the day. Each error names its problem."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

MOST_DAYS = 366
WEEK = 7
DAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""In the order of `date.weekday()`."""
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

Unit = Literal["week", "day", "days", "once", "any"]
OFTEN = ("daily", "once", "any time")
_TIMES = re.compile(r"(\d{1,3})\s*(?:x|times)?\s+(?:a|per)\s+(week|day)\Z")
_EVERY = re.compile(r"every\s+(\d{1,3})\s+days\Z")
_SPAN = re.compile(r"\s*(\d{1,3})\s*(weeks?|days?)\b[\s,]*")
_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)\Z")
PARTS = {"morning": 7 * 60, "midday": 12 * 60, "afternoon": 16 * 60, "evening": 19 * 60, "night": 21 * 60 + 30}
"""Parts of the day, and the minute at which a reminder for them comes."""


def _schema(parse: Any, write: Any) -> CoreSchema:
    return core_schema.no_info_plain_validator_function(
        parse, serialization=core_schema.plain_serializer_function_ser_schema(write)
    )


@dataclass(frozen=True, slots=True)
class Often:
    """How often: `count` times a `week` or `day`, every `count` `days`, `once`, or at `any` time."""

    unit: Unit
    count: int
    source: str = ""

    @classmethod
    def parse(cls, value: object) -> Often:
        if isinstance(value, Often):
            return value
        text = " ".join(str(value).casefold().split()) if isinstance(value, str) else ""
        if text in OFTEN:
            return {"daily": cls("week", WEEK, text), "once": cls("once", 1, text), "any time": cls("any", 0, text)}[
                text
            ]
        if found := _TIMES.match(text):
            count, most = int(found[1]), WEEK if found[2] == "week" else 12
            if not 1 <= count <= most:
                raise PydanticCustomError("often_range", "that is at most {most} a {unit}", _context(most, found[2]))
            return cls("week" if found[2] == "week" else "day", count, text)
        if text == "every day":
            return cls("week", WEEK, text)
        if text == "every other day":
            return cls("days", 2, text)
        if found := _EVERY.match(text):
            if not 2 <= int(found[1]) <= 60:
                raise PydanticCustomError("often_range", "that is at most every {most} days", _context(60, "days"))
            return cls("days", int(found[1]), text)
        raise PydanticCustomError("often", "“{source}” does not say how often", {"source": str(value)})

    @property
    def a_week(self) -> float:
        """Times a week, as far as one can say; 0 where it is once or as wanted."""
        return {"week": self.count, "day": 7 * self.count, "days": 7 / max(1, self.count)}.get(self.unit, 0)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return _schema(cls.parse, lambda o: o.source)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        pattern = r"^(daily|once|any time|every (day|other day|\d+ days)|\d+ (times )?(a|per) (week|day))$"
        return {"type": "string", "pattern": pattern, "examples": ["daily", "3 a week", "every 2 days", "once"]}


def _context(most: int, unit: str) -> dict[str, Any]:
    return {"most": most, "unit": unit}


@dataclass(frozen=True, slots=True)
class Days:
    """A whole number of days; 0 is `never`, where that may be said."""

    count: int
    source: str = ""

    @classmethod
    def parse(cls, value: object) -> Days:
        if isinstance(value, Days):
            return value
        text = value.strip().casefold() if isinstance(value, str) else ""
        total, at = 0, 0
        while at < len(text) and (part := _SPAN.match(text, at)):
            total, at = total + int(part[1]) * (WEEK if part[2].startswith("week") else 1), part.end()
        if not text or at < len(text):
            raise PydanticCustomError("days", "“{source}” is not a number of days or weeks", {"source": str(value)})
        if not 1 <= total <= MOST_DAYS:
            raise PydanticCustomError("days_range", "that is 1 to {most} days", {"most": MOST_DAYS})
        return cls(total, text)

    @classmethod
    def or_never(cls, value: object) -> Days:
        """The same, where `never` may stand."""
        if isinstance(value, str) and value.strip().casefold() == "never":
            return cls(0, "never")
        return cls.parse(value)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return _schema(cls.parse, lambda d: d.source)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"type": "string", "pattern": r"^(never|(\d+ ?(weeks?|days?)[ ,]*)+)$", "examples": ["1 week"]}


@dataclass(frozen=True, slots=True)
class At:
    """When in the day: a part of it, or a time."""

    minute: int
    """Of the day, by the wall clock."""
    source: str

    @classmethod
    def parse(cls, value: object) -> At:
        if isinstance(value, At):
            return value
        text = value.strip().casefold() if isinstance(value, str) else ""
        if text in PARTS:
            return cls(PARTS[text], text)
        if found := _CLOCK.match(text):
            return cls(int(found[1]) * 60 + int(found[2]), f"{int(found[1]):02}:{found[2]}")
        raise PydanticCustomError("at", "“{source}” is no time of the day", {"source": str(value)})

    @property
    def order(self) -> int:
        """Minutes since the day began at 04:00."""
        return (self.minute - 4 * 60) % (24 * 60)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return _schema(cls.parse, lambda a: a.source)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        times = {"type": "string", "pattern": r"^([01]?\d|2[0-3]):[0-5]\d$", "examples": ["07:30"]}
        return {"anyOf": [{"enum": list(PARTS)}, times]}
