"""What forms are made of: fields, and the small pieces of YAML that a filled-in form writes. Pure.

Shared by `author.forms`, `author.body_forms` and `author.therapy_forms`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from mindful.author import yaml_text

Values = Mapping[str, str]
NAME_HINT = "a name of your own, in small letters"


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to fill in."""

    name: str
    label: str
    value: str = ""
    """What stands there at first."""
    options: tuple[str, ...] = ()
    """Where only some values make sense, these; else anything can be typed."""
    needed: bool = True
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """How to ask for one kind of step."""

    kind: str
    about: str
    fields: tuple[Field, ...]
    write: Callable[[Values], list[str]]
    """Filled-in values to lines; the first begins with the dash."""


def length(words: str) -> str:
    """A length of time; a bare number is given its unit, so that nobody has to wonder."""
    text = " ".join(words.split())
    return f"{text} s" if text.replace(".", "", 1).isdigit() else text


def flow(kind: str, *pairs: tuple[str, str], short: str = "") -> str:
    """`kind: {a: b}`, without what is empty; the short form where only that field is left."""
    left = [(k, v) for k, v in pairs if v]
    if short and [k for k, _ in left] == [short]:
        return f"{kind}: {left[0][1]}"
    return f"{kind}: {{{', '.join(f'{k}: {v}' for k, v in left)}}}"


def listed(words: str) -> str:
    """`[a, b]` from words with commas between; empty where there are none."""
    parts = [yaml_text.scalar(part) for part in words.split(",") if part.strip()]
    return f"[{', '.join(parts)}]" if parts else ""
