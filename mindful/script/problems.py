"""What is wrong in a script, where, and what to write instead: as a value, as lines for a person, as JSON.

Problems are made by the readers and checks of this room; `mindful check`, the author's tools and the player print
them. What an author wrote is other people's text: it is made harmless before it is put into a message or a line.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any

from mindful.script.codes import BY_CODE, Code, Severity
from mindful.script.values import CONTROL

__all__ = ["BY_CODE", "Code", "Problem", "Severity", "Source", "Span", "as_json", "near", "quote", "render", "visible"]

WIDTH = 100
"""Columns of the author's line that are shown; longer lines are windowed around the caret."""
_BREAK = re.compile(r"\r\n|[\n\r]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One finding about a script, in words for its author."""

    code: str
    severity: Severity
    file: str
    line: int
    """From 1."""
    column: int
    """From 1, in characters."""
    length: int
    """Characters from the column on; at least 1, never beyond the line."""
    message: str
    hint: str = ""
    """What to write instead."""
    snippet: str = ""
    """The author's own line, as it stands in the file."""


@dataclass(frozen=True, slots=True)
class Span:
    """A place on one line; line and column count from 0, in characters."""

    line: int
    column: int
    length: int = 1


@dataclass(frozen=True)
class Source:
    """A script's text by lines, and the maker of problems in it."""

    file: str
    text: str = field(repr=False)

    @cached_property
    def lines(self) -> list[str]:
        return _BREAK.split(self.text)

    def line(self, number: int) -> str:
        """Line `number` from 0; empty behind the end."""
        return self.lines[number] if 0 <= number < len(self.lines) else ""

    def problem(self, code: Code, span: Span, message: str, hint: str = "") -> Problem:
        number = min(span.line, len(self.lines) - 1)
        line = self.line(number)
        column = min(span.column, len(line))
        return Problem(
            code=code.code,
            severity=code.severity,
            file=self.file,
            line=number + 1,
            column=column + 1,
            length=max(1, min(span.length, len(line) - column)),
            message=visible(message),
            hint=visible(hint),
            snippet=line,
        )


def visible(text: str) -> str:
    """The text with each character that a terminal would obey put as one that it shows; as long as before."""

    def one(m: re.Match[str]) -> str:
        code = ord(m.group())
        return chr(0x2400 + code) if code < 0x20 else "�"

    return CONTROL.sub(one, text.replace("\n", " ").replace("\t", "␉")).translate(_UNPAIRED)


_UNPAIRED = dict.fromkeys((*range(0xD800, 0xE000), 0xFEFF, 0xFFFE, 0xFFFF, *range(0x200B, 0x2010)), "�")


def quote(value: object, limit: int = 48) -> str:
    """What the author wrote, between quotes, on one line and not too long."""
    text = " ".join(str(value).split())
    return f"“{text if len(text) <= limit else text[: limit - 1].rstrip() + '…'}”"


def near(word: str, words: Iterable[str], n: int = 1) -> list[str]:
    """The names most like `word`, best first: what the author may have meant. Reads over case, spaces and hyphens."""
    import difflib

    def plain(name: str) -> str:
        return re.sub(r"[\s_-]+", "-", name.strip().strip("“”‘’\"'").casefold())[:60]

    by_plain: dict[str, str] = {}
    for name in list(words)[:300]:
        by_plain.setdefault(plain(name), name)
    return [by_plain[p] for p in difflib.get_close_matches(plain(word), by_plain, n, 0.6)]


def _cells(text: str) -> int:
    """Terminal columns that the text takes."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _window(line: str, start: int, length: int) -> tuple[str, int, int]:
    """The part of a long line around the caret, with where the caret is in it."""
    if len(line) <= WIDTH:
        return line, start, length
    first = max(0, min(start - WIDTH // 3, len(line) - WIDTH))
    part = line[first : first + WIDTH]
    start, length = start - first, max(1, min(length, WIDTH - (start - first)))
    if first:
        part = "…" + part[1:]
    if first + WIDTH < len(line):
        part = part[:-1] + "…"
    return part, start, length


def render(problem: Problem, colour: bool = False) -> str:
    """The problem for a person: place, what is wrong, the line with a caret, what to write instead."""

    def paint(text: str, sgr: str) -> str:
        return f"\x1b[{sgr}m{text}\x1b[0m" if colour else text

    p = problem
    mark = {"error": "", "warning": " (warning)", "advice": " (advice)"}[p.severity]
    place = f"{visible(p.file)}:{p.line}:{p.column}:"
    out = [f"{paint(place, '1')} {paint(p.code, '1;31' if p.severity == 'error' else '1;33')}{mark} {p.message}"]
    if p.snippet.strip():
        number = str(p.line)
        gutter = " " * len(number)
        part, start, length = _window(visible(p.snippet), p.column - 1, p.length)
        caret = " " * _cells(part[:start]) + paint("^" * max(1, _cells(part[start : start + length])), "1;31")
        out += [f"{gutter} |", f"{number} | {part.rstrip()}", f"{gutter} | {caret}"]
    if p.hint:
        out.append(f"  = {paint('help:', '1;36')} {p.hint}")
    return "\n".join(out)


def as_json(problem: Problem) -> dict[str, Any]:
    """The problem as plain data, with the keys of `Problem`."""
    return asdict(problem)
