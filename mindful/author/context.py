"""Where in a script a cursor stands, also while a line is only half typed: under which keys, at a key or at a value.

Pure, and by indentation alone: the text need not be readable. Called by `complete` (what could be typed here) and
`place` (which step is this). Lines and columns count from 0.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

ITEM = "[]"
"""In a path: an entry of a list."""
_LINE = re.compile(r"(?P<indent> *)(?P<dashes>(?:- +)*)(?P<dash>-?)(?P<rest>.*)$")
_KEY = re.compile(r"(?P<key>[A-Za-z_][\w-]*|\"[^\"]*\"|'[^']*')\s*:(?=\s|$)")
_BLOCK = re.compile(r"[|>][-+0-9]*\s*(#.*)?$")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of YAML, as far as its indentation and its first key tell."""

    indent: int
    dashes: tuple[int, ...]
    """Columns of the dashes that begin entries of lists."""
    column: int
    """Of its first key or value."""
    key: str
    """Empty where it has none."""
    value: str
    """What stands behind the key, or the whole rest."""

    @property
    def blank(self) -> bool:
        return not self.dashes and not self.key and (not self.value or self.value.startswith("#"))


@lru_cache(maxsize=20_000)
def parse(text: str) -> Line:
    """A line taken apart."""
    found = _LINE.match(text)
    assert found is not None
    indent, dashes, rest = len(found["indent"]), found["dashes"], found["rest"]
    columns = [indent + m.start() for m in re.finditer("-", dashes)]
    column = indent + len(dashes)
    if found["dash"] and not rest.strip():  # a dash alone
        columns.append(column)
        column += 2
        rest = ""
    elif found["dash"]:
        rest = "-" + rest
    key = _KEY.match(rest)
    if key:
        return Line(indent, tuple(columns), column, key["key"].strip("\"'"), rest[key.end() :].strip())
    return Line(indent, tuple(columns), column, "", rest.strip())


@dataclass(frozen=True, slots=True)
class Context:
    """Where the cursor stands."""

    path: tuple[str, ...]
    """Keys from the top, `[]` for an entry of a list: `("steps", "[]", "breathe")`. At a value its own key is last."""
    at: Literal["key", "value", "text"]
    """`text`: within words or a remark, where nothing is to be completed but names in braces."""
    prefix: str = ""
    """What of the word before the cursor is typed."""
    present: frozenset[str] = field(default_factory=frozenset)
    """Keys that are in the same map already."""
    flow: bool = False
    """Within curly or square brackets."""


def blocks(lines: Sequence[str]) -> list[bool]:
    """For each line, whether it is words below `|` or `>`, and so no YAML."""
    out: list[bool] = []
    least: int | None = None
    for text in lines:
        if least is not None and (not text.strip() or len(text) - len(text.lstrip()) > least):
            out.append(True)
            continue
        least = None
        out.append(False)
        line = parse(text)
        if _BLOCK.match(line.value):
            least = line.dashes[-1] if line.dashes and not line.key else line.indent
            if line.key and line.dashes:
                least = line.dashes[-1]
    return out


def context(lines: Sequence[str], row: int, column: int) -> Context:
    """Where a cursor stands."""
    text = lines[row][:column] if row < len(lines) else ""
    within = blocks(lines)
    if row < len(within) and within[row] and lines[row].strip():
        return Context(_above(lines, within, row, None), "text", _prefix(text))
    line = parse(text)
    if line.value.startswith("#") or (" #" in line.value and not line.value.startswith(("{", "[", '"', "'"))):
        return Context((), "text")
    start = line.column if text.strip() else len(text)
    path = _above(lines, within, row, line if text.strip() else Line(start, (), start, "", ""))
    siblings = _siblings(lines, within, row, line.dashes[-1] if line.dashes else None, start)
    if line.key:
        behind = text[text.index(":", line.column + len(line.key)) + 1 :]
        return _value((*path, line.key), behind)
    if line.value[:1] in ("{", "["):
        return _value(path, line.value)
    if line.dashes and path[-1:] == (ITEM,) and not re.fullmatch(r"[\w-]*", line.value):
        return Context(path, "text", _prefix(text))
    if not re.fullmatch(r"[\w-]*", line.value):
        return Context(path, "text", _prefix(text))
    return Context(path, "key", line.value, siblings)


def _prefix(text: str) -> str:
    found = re.search(r"[\w.-]*\Z", text)
    return found[0] if found else ""


def _above(lines: Sequence[str], within: Sequence[bool], row: int, line: Line | None) -> tuple[str, ...]:
    """The keys that a line lies under, from the top."""
    out: list[str] = []
    if line is None:
        limit = len(lines[row]) - len(lines[row].lstrip())
    elif line.dashes:
        out += [ITEM] * len(line.dashes)
        limit = line.dashes[0] + 1  # a list may stand in the column of its key
    else:
        limit = line.column
    listed = bool(line is not None and line.dashes)
    for number in range(row - 1, -1, -1):
        above = parse(lines[number])
        if within[number] or above.blank:
            continue
        if listed and above.dashes and above.dashes[0] == limit - 1:
            continue  # another entry of the same list
        if above.key and above.column < limit and not (listed and above.dashes and above.dashes[0] >= limit - 1):
            out.append(above.key)
            limit, listed = above.column, False
        elif not above.key and above.dashes and above.column < limit and not listed:
            limit = above.column
        if above.dashes and above.dashes[0] < limit <= above.column and not listed:
            out += [ITEM] * len(above.dashes)
            limit, listed = above.dashes[0] + 1, True
        if limit <= 0:
            break
    return tuple(reversed(out))


def _siblings(lines: Sequence[str], within: Sequence[bool], row: int, dash: int | None, column: int) -> frozenset[str]:
    """The keys of the map that the key at `column` of this line belongs to."""
    found: set[str] = set()
    if dash is None:
        for number in range(row - 1, -1, -1):
            above = parse(lines[number])
            if within[number] or above.blank:
                continue
            if above.column < column:
                break
            if above.column == column and above.key:
                found.add(above.key)
                if above.dashes:
                    break
    for number in range(row + 1, len(lines)):
        below = parse(lines[number])
        if within[number] or below.blank:
            continue
        if below.indent < column or (below.dashes and below.dashes[0] < column):
            break
        if below.column == column and below.key and not below.dashes:
            found.add(below.key)
    return frozenset(found)


def _value(path: tuple[str, ...], behind: str) -> Context:
    """Behind a key: a word, a sentence, or something within brackets."""
    text = behind.lstrip()
    if text[:1] not in ("{", "["):
        quoted = text[:1] in ("'", '"')
        if quoted or len(text.split()) > 1 or (text and behind != behind.rstrip()):
            return Context(path, "text" if path[-1] not in ("if", "until") else "value", _prefix(text))
        if not behind[:1].isspace():
            return Context(path, "text")
        return Context(path, "value", text)
    return _flow(path, text)


def _flow(path: tuple[str, ...], text: str) -> Context:
    """Within `{ }` or `[ ]` on one line."""
    stack: list[tuple[str, tuple[str, ...], set[str]]] = []
    here, key, word, quote = path, "", "", ""
    for i, c in enumerate(text):
        if quote:
            quote = "" if c == quote else quote
            word += c
        elif c in "\"'" and not word.strip():
            quote, word = c, word + c
        elif c in "{[" and not word.strip():
            here = (*here, key) if key else here
            here = (*here, ITEM) if c == "[" else here
            stack.append((c, here, set()))
            key, word = "", ""
        elif c in "}]" and stack:
            stack.pop()
            here = stack[-1][1] if stack else path
            key, word = "", "\0"
        elif c == "," and stack:
            key, word = "", ""
        elif c == ":" and stack and stack[-1][0] == "{" and (i + 1 == len(text) or text[i + 1] == " ") and not key:
            key, word = word.strip().strip("\"'"), ""
            stack[-1][2].add(key)
        else:
            word += c
    if not stack or "\0" in word:
        return Context(here, "text")
    kind, here, present = stack[-1]
    typed = word.lstrip()
    if quote or (key and (" " in typed)):
        return Context((*here, key) if key else here, "text", _prefix(typed), flow=True)
    if kind == "{" and not key:
        return Context(here, "key", typed, frozenset(present), flow=True)
    if key and not word.startswith(" "):
        return Context((*here, key), "text", flow=True)
    return Context((*here, key) if key else here, "value", typed, flow=True)
