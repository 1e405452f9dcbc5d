"""What a report is made of, whatever it is written as. Texts are plain: each writer makes them harmless for itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Heading:
    """Begins a section."""

    text: str


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph."""

    text: str
    quiet: bool = False
    """A remark rather than a finding."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Names with their values."""

    rows: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows beneath a head; the first column names the row."""

    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing, what it shows in a sentence, and the same as a table."""

    name: str
    """Unique in the report; a plain word."""
    about: str
    spec: Mapping[str, Any]
    """Vega-Lite, with its data in it."""
    table: Table
    bars: Sequence[tuple[str, float, str]] = ()
    """For plain lines, where bars say it: label, value, the value in words."""


Block = Heading | Words | Figures | Table | Chart


@dataclass(frozen=True, slots=True)
class Report:
    """The whole."""

    title: str
    language: str
    since: date
    until: date
    blocks: Sequence[Block] = field(default_factory=tuple)
