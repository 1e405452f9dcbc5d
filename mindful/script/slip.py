"""What a slip is, where the parser gave up on it, and the line as it was surely meant.

Shared by `mindful.script.slips` (sentences, quotes, indentation) and `mindful.script.brackets` (what stands in them).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from mindful.script.codes import Code
from mindful.script.problems import Problem, Source, Span

ENTRY = re.compile(r"(?P<lead>\s*(?:- +)*)(?P<key>[A-Za-z_][\w-]*)\s*:(?P<gap>\s+)(?P<value>\S.*?)\s*$")
CURLY = re.compile(r"[“”„‟«»]")


@dataclass(frozen=True)
class Slip:
    """A problem of the text, and the line as it was surely meant: (number from 0, text)."""

    problem: Problem
    mended: tuple[int, str] | None = None


@dataclass(frozen=True)
class At:
    """Where the parser gave up, and what it said."""

    source: Source
    lines: list[str]
    number: int
    column: int
    said: str
    start: tuple[int, int] | None
    """Line and column where the thing began that it was reading."""

    @property
    def line(self) -> str:
        return self.lines[self.number]

    @property
    def entry(self) -> re.Match[str] | None:
        """The line as a key with a value."""
        return ENTRY.match(self.line)


def rest(lines: list[str], number: int, column: int) -> Span:
    """From a column to the end of its line; an empty place stands at the last words before it."""
    while number > 0 and not lines[number].strip():
        number -= 1
        column = len(lines[number].rstrip()) - 1
    column = max(0, min(column, len(lines[number].rstrip()) - 1))
    return Span(number, column, max(1, len(lines[number].rstrip()) - column))


def quoted(value: str) -> str:
    """The value between straight double quotes."""
    bare = CURLY.sub("'", value) if not whole_curly(value) else value[1:-1]
    return '"' + bare.replace("\\", "\\\\").replace('"', "'") + '"'


def whole_curly(value: str) -> bool:
    return len(value) > 2 and bool(CURLY.match(value[0])) and bool(CURLY.match(value[-1]))


def mend(at: At, entry: re.Match[str], value: str) -> str:
    return at.line[: entry.start("value")] + value


def shortened(key: str, value: str) -> str:
    """How to write a value in quotes: as it is to be written, or in words where that would be too long."""
    whole = quoted(value)
    if len(whole) > 70:
        return (
            f'put a straight quote (") before “{value[:20].strip()}…” and another one behind “…{value[-12:].strip()}”'
        )
    return f"write it in straight quotes: `{key}: {whole}`"


def write(entry: re.Match[str]) -> str:
    return shortened(entry["key"], entry["value"])


def slip(
    at: At, code: Code, span: Span, message: str, hint: str, mended: str | None = None, *, number: int | None = None
) -> Slip:
    """A slip at a place, with the mended line: that of the place where the parser gave up, or of `number`."""
    problem = at.source.problem(code, span, message, hint)
    return Slip(problem, None if mended is None else (at.number if number is None else number, mended))
