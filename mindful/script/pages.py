"""What `check` says of pages to read: their pictures, and marks that the small Markdown does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mindful.script.codes import Code
from mindful.script.markdown import Block, blocks
from mindful.script.model import Script
from mindful.script.problems import Problem, quote
from mindful.script.where import Where, all_steps

WIDEST, TALLEST = 64, 16
"""Columns and rows of a picture that fits on a page of 80 by 24 with the words around it."""
_OTHER = (
    (re.compile(r"^\s*\|.*\|\s*$"), "a table", "write a list: a dash before each entry"),
    (re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*[^<>]*>"), "a tag", "write `**strong**`, `*thin*`, a list or a heading"),
    (re.compile(r"!\[[^\]\n]*\]\("), "a picture in a file", "draw it in plain characters, or tell it in words"),
    (re.compile(r"^\s*(?:-{3,}|\*{3,}|_{3,})\s*$"), "a line across", "leave an empty line, or write a heading"),
)


def pages(script: Script, where: Where) -> Iterator[Problem]:
    """A picture ends, is small enough to be seen, and has words; a page has no other marks than it can show."""
    for placed in all_steps(script):
        if placed.step.learn is None:
            continue
        path = (*placed.body, "text")
        for _, text in placed.step.learn.text.languages:
            for block in blocks(text):
                if block.kind == "picture":
                    yield from _picture(block, where, path)
                elif found := next((each for each in _OTHER if each[0].search(block.text)), None):
                    message = f"{found[1]} is shown as it is written: {quote(block.text[:40])}"
                    yield where.problem(Code.OTHER_MARKUP, path, message, found[2])


def _picture(block: Block, where: Where, path: tuple[str | int, ...]) -> Iterator[Problem]:
    if not block.closed:
        message = "this picture has no end, so the rest of the page is taken for a drawing"
        yield where.problem(Code.PICTURE_OPEN, path, message, "write a line of three backticks below it")
    if not block.text:
        message = "this picture has no words, and who cannot see it is told nothing"
        yield where.problem(
            Code.PICTURE_WORDS, path, message, "write them behind the backticks: ```picture A rising curve"
        )
    wide, tall = max(map(len, block.rows), default=0), len(block.rows)
    if wide > WIDEST or tall > TALLEST:
        message = f"this picture has {wide} columns and {tall} rows"
        hint = f"up to {WIDEST} columns and {TALLEST} rows most screens can show it; else its words stand in its place"
        yield where.problem(Code.PICTURE_SIZE, path, message, hint)
