"""The small values of a script: durations, numbers and texts, each possibly with `{names}` in it.

A value with names cannot be known before the names are: it keeps its source and is resolved by the timeline's
compiler with the variables and answers of the moment. Every parse error is a `PydanticCustomError` whose type is
the problem it becomes (`mindful.script.problems`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

MAX_MS = 4 * 60 * 60 * 1000
"""The longest duration a script may name: four hours."""

Scalar = str | int | float | bool
Values = Mapping[str, Any]
"""What names stand for: variables and the answers so far. A missing or empty answer is absent or None."""

NAME = r"[a-z][a-z0-9_-]*"
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z")
_HOLE = re.compile(r"\{\{|\}\}|\{\s*(" + NAME + r")\s*\}")
_PART = re.compile(r"\s*(\d+(?:\.\d+)?|\.\d+)\s*(ms|h|hours?|min|minutes?|m|s|sec|seconds?)\b\.?", re.IGNORECASE)
_CLOCK = re.compile(r"(?:(\d+):)?(\d{1,2}):(\d{2})\Z")
_UNIT_MS = {"h": 3_600_000, "m": 60_000, "s": 1000}
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""Characters that never reach a terminal: control codes but tab and newline, and bidirectional overrides."""


class UnresolvedError(ValueError):
    """A `{name}` has no value yet, or one that does not fit."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def names_in(source: str) -> tuple[str, ...]:
    """The names between braces, in order of first use."""
    return tuple(dict.fromkeys(m.group(1) for m in _HOLE.finditer(source) if m.group(1)))


def no_names_in(source: str) -> tuple[str, ...]:
    """What stands between braces and is no name: `Before` in `{Before}`. Doubled braces are braces."""
    return tuple(dict.fromkeys(re.findall(r"\{([^{}\n]+)\}", _HOLE.sub("", source))))


def shown(value: object) -> str:
    """A value as a person writes it: 6, not 6.0; lists with commas."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(shown(v) for v in value)
    return "" if value is None else str(value)


def fill(source: str, values: Values, missing: str | None = None) -> str:
    """Put values for `{names}`, and braces for doubled braces.

    A name without a value gives `missing`; with no `missing` it raises `UnresolvedError`.
    """

    def one(m: re.Match[str]) -> str:
        if not m.group(1):
            return m.group(0)[0]
        value = values.get(m.group(1))
        if value is None:
            if missing is None:
                raise UnresolvedError(m.group(1))
            return missing
        return shown(value)

    return _HOLE.sub(one, source)


def parse_ms(source: str) -> int | None:
    """Milliseconds of `90 s`, `1 min 30 s`, `4:30`, `1:02:00` or a bare number of seconds; None if it is none."""
    text = source.strip()
    if len(text) > 60:
        return None
    if re.fullmatch(r"\d+(?:\.\d+)?|\.\d+", text):
        return round(float(text) * 1000)
    if clock := _CLOCK.match(text):
        hours, minutes, seconds = (int(g or 0) for g in clock.groups())
        if seconds > 59 or (clock.group(1) and minutes > 59):
            return None
        return (hours * 3600 + minutes * 60 + seconds) * 1000
    total, at = 0.0, 0
    while at < len(text):
        part = _PART.match(text, at)
        if part is None:
            return None
        unit = part.group(2).lower()
        total += float(part.group(1)) * (1 if unit == "ms" else _UNIT_MS[unit[0]])
        at = part.end()
    return round(total) if text else None


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time. `ms` is None while it depends on `names`."""

    source: str
    ms: int | None
    names: tuple[str, ...] = ()

    @classmethod
    def parse(cls, value: object) -> Duration:
        if isinstance(value, Duration):
            return value
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise PydanticCustomError("duration", "a length of time is wanted here, such as 90 s or 2 min")
        source = str(value)
        if names := names_in(source):
            return cls(source, None, names)
        ms = parse_ms(source)
        if ms is None:
            raise PydanticCustomError("duration", "“{source}” is not a length of time", {"source": source})
        if ms < 0 or ms > MAX_MS:
            raise PydanticCustomError("duration_range", "a length of time is at most 4 h", {"source": source})
        return cls(source, ms)

    def resolve(self, values: Values) -> int:
        """Milliseconds, clamped to 0..4 h. Raises `UnresolvedError` when a name has no fitting value."""
        if self.ms is not None:
            return self.ms
        ms = parse_ms(fill(self.source, values))
        if ms is None:
            raise UnresolvedError(self.names[0])
        return min(ms, MAX_MS)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls.parse, serialization=core_schema.plain_serializer_function_ser_schema(lambda d: d.source)
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {
            "description": "A length of time: 90 s, 1.5 min, 1 min 30 s, 4:30, or seconds.",
            "anyOf": [
                {"type": "string", "examples": ["90 s", "1.5 min", "4:30", "{minutes} min"]},
                {"type": "number", "minimum": 0, "maximum": 14400},
            ],
        }


def seconds(n: float) -> Duration:
    """A default of `n` seconds."""
    return Duration(f"{n:g} s", round(n * 1000))


@dataclass(frozen=True, slots=True)
class Number:
    """A number. `value` is None while it depends on `names`."""

    source: str
    value: float | None
    names: tuple[str, ...] = ()

    @classmethod
    def parse(cls, value: object) -> Number:
        if isinstance(value, Number):
            return value
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise PydanticCustomError("number", "a number is wanted here")
        source = str(value)
        if names := names_in(source):
            return cls(source, None, names)
        try:
            number = float(source.replace("_", "?"))  # Python alone reads 1_000
        except ValueError:
            raise PydanticCustomError("number", "“{source}” is not a number", {"source": source}) from None
        if not abs(number) < 1e9:
            raise PydanticCustomError("number", "“{source}” is not a usable number", {"source": source})
        return cls(source, number)

    def resolve(self, values: Values) -> float:
        """The number. Raises `UnresolvedError` when a name has no fitting value."""
        if self.value is not None:
            return self.value
        try:
            number = float(fill(self.source, values))
        except ValueError:
            raise UnresolvedError(self.names[0]) from None
        if not abs(number) < 1e9:
            raise UnresolvedError(self.names[0])
        return number

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls.parse, serialization=core_schema.plain_serializer_function_ser_schema(lambda n: n.source)
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"anyOf": [{"type": "number"}, {"type": "string", "pattern": r"\{.+\}"}]}


def number(n: float) -> Number:
    """A default of `n`."""
    return Number(f"{n:g}", float(n))


@dataclass(frozen=True, slots=True)
class Text:
    """Words in one language or several. Never markup, never code."""

    languages: tuple[tuple[str, str], ...]
    """(language tag, words); the tag is empty where the script gives one string."""

    @classmethod
    def parse(cls, value: object) -> Text:
        if isinstance(value, Text):
            return value
        if isinstance(value, bool | int | float):
            value = str(value).lower() if isinstance(value, bool) else shown(value)
        pairs: list[tuple[str, str]] = []
        if isinstance(value, str):
            pairs = [("", value)]
        elif isinstance(value, dict) and value:
            for tag, words in value.items():
                if not isinstance(tag, str) or not LANGUAGE.match(tag) or not isinstance(words, str):
                    raise PydanticCustomError("text", "a text is a sentence, or one for each language: {en: …, de: …}")
                pairs.append((tag, words))
        else:
            raise PydanticCustomError("text", "a text is wanted here")
        pairs = [(tag, words.replace("\t", " ")) for tag, words in pairs]
        for _, words in pairs:
            if found := CONTROL.search(words):
                raise PydanticCustomError(
                    "text_control",
                    "a control character ({code}) is in this text",
                    {"code": f"U+{ord(found.group()):04X}"},
                )
            if not words.strip():
                raise PydanticCustomError("text_empty", "this text is empty")
        return cls(tuple((tag, words.strip()) for tag, words in pairs))

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(n for _, words in self.languages for n in names_in(words)))

    def source(self, language: str = "") -> str:
        """The words in `language`, else in its base language, else the first given; holes unfilled."""
        have = dict(self.languages)
        return have.get(language) or have.get(language.split("-")[0]) or self.languages[0][1]

    def given_in(self, language: str) -> str:
        """The tag of the words that `source` gives for a language; empty where they have none of their own."""
        have = dict(self.languages)
        return next((tag for tag in (language, language.split("-")[0]) if tag in have), self.languages[0][0])

    def say(self, values: Values, language: str = "") -> str:
        """The words with `{names}` filled in; a name with no answer becomes an ellipsis."""
        return fill(self.source(language), values, missing="…")

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls.parse,
            serialization=core_schema.plain_serializer_function_ser_schema(
                lambda t: t.languages[0][1] if not t.languages[0][0] else dict(t.languages)
            ),
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {
            "description": "Words, or words for each language.",
            "anyOf": [
                {"type": "string"},
                {"type": "object", "additionalProperties": {"type": "string"}, "minProperties": 1},
            ],
        }
