"""Colours for the text of a script: keys, words, numbers, quotes, remarks. Pure, and a line at a time.

Called by the workbench's editor on each change. It is light on purpose: no parser has to be installed for it, and a
text that cannot be read yet is coloured as well as one that can.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from mindful.author.context import blocks
from mindful.script.model import KINDS

Span = tuple[int, int, str]
"""From column, to column, name: `key`, `kind`, `text`, `number`, `quote`, `mark`, `remark`, `sign`, `hole`."""
_KEY = re.compile(r"(?P<lead>\s*(?:-\s+)*)(?P<key>[A-Za-z_][\w-]*)(?P<colon>\s*:)(?=\s|$)")
_DASH = re.compile(r"\s*((?:-\s+)*-?)(?=\s|$|\S)")
_QUOTE = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'")
_REMARK = re.compile(r"(?:^|(?<=\s))#.*$")
_NUMBER = re.compile(r"(?<![\w.{-])\d+(?:[.:]\d+)*(?:\s?(?:ms|s|sec|min|h|dB)\b)?(?![\w-])")
_FLOW_KEY = re.compile(r"(?<=[{,\[])\s*(?P<key>[A-Za-z_][\w-]*)\s*:(?=\s|$)")
_MARK = re.compile(r"\[\s*pause\b[^\]]*\]|<break\b[^>]*>", re.IGNORECASE)
_HOLE = re.compile(r"(?<!\{)\{\s*[a-z][a-z0-9_-]*\s*\}(?!\})")


def highlight(lines: Sequence[str]) -> list[tuple[Span, ...]]:
    """The coloured stretches of every line, in order, later ones over earlier ones."""
    within = blocks(lines)
    return [_coloured(line, block) for line, block in zip(lines, within, strict=True)]


@lru_cache(maxsize=20_000)
def _coloured(line: str, block: bool) -> tuple[Span, ...]:
    """While one line is typed, all others are as they were."""
    return tuple(_words(line) if block else _line(line))


def _words(line: str) -> Iterator[Span]:
    yield 0, len(line), "text"
    yield from _in_words(line, 0)


def _in_words(text: str, at: int) -> Iterator[Span]:
    for pattern, name in ((_MARK, "mark"), (_HOLE, "hole")):
        for found in pattern.finditer(text):
            yield at + found.start(), at + found.end(), name


def _line(line: str) -> Iterator[Span]:
    end = len(line)
    quotes = [m.span() for m in _QUOTE.finditer(line)]
    for remark in _REMARK.finditer(line):
        if not any(a < remark.start() < b for a, b in quotes):
            end = remark.start()
            yield end, len(line), "remark"
            break
    body = line[:end]
    dash = _DASH.match(body)
    if dash and dash[1].strip():
        yield dash.start(1), dash.start(1) + len(dash[1].rstrip()), "sign"
    key = _KEY.match(body)
    start = key.end() if key else (dash.end() if dash else 0)
    if key:
        yield key.start("key"), key.end("key"), "kind" if key["key"] in KINDS else "key"
        yield key.start("colon"), key.end("colon"), "sign"
    value = body[start:]
    lead = len(value) - len(value.lstrip())
    if not value.strip():
        return
    if value.lstrip()[0] not in "{[":
        yield start + lead, start + len(value.rstrip()), "quote" if value.lstrip()[0] in "\"'" else "text"
        if re.fullmatch(r"\s*" + _NUMBER.pattern + r"(?:\s+\d+\s*\w+)*\s*", value):
            yield start + lead, start + len(value.rstrip()), "number"
        yield from _in_words(value, start)
        return
    for found in _NUMBER.finditer(value):
        yield start + found.start(), start + found.end(), "number"
    for found in re.finditer(r"[{}\[\],]", value):
        yield start + found.start(), start + found.end(), "sign"
    for found in _FLOW_KEY.finditer(value):
        yield start + found.start("key"), start + found.end("key"), "key"
    for a, b in quotes:
        if start <= a and b <= end:
            yield a, b, "quote"
            yield from _in_words(line[a:b], a)
