"""The small Markdown of `learn`: headings, lists, emphasis, links as text, and pictures in plain characters. Pure.

Every performer reads a page through `blocks`: the screen makes rows of them, the plain lines and the page for a
browser paragraphs, the voice `spoken`. A picture stands between two lines of three backticks or tildes, and behind the
first of them stand the words that take its place where it cannot be seen:

    ```picture A curve that rises, stays a while, and falls by itself
         .--.
    ___.'    '.___
    ```

Nothing in a page is ever markup of a terminal or of a browser, and no link can be opened.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

_FENCE = re.compile(r"\s{0,3}(`{3,}|~{3,})\s*(?:picture\b[\s:]*)?(.*?)\s*\Z")
_HEADING = re.compile(r"#{1,6}\s+(.*?)\s*#*\Z")
_ENTRY = re.compile(r"(\s*)([-*+]|\d{1,3}[.)])\s+(.*)\Z")
_QUOTE = re.compile(r"\A\s{0,3}>\s?")
_LINK = re.compile(r"!?\[([^\]\n]*)\]\(\s*<?([^)\s>]*)>?[^)\n]*\)")
_INLINE = re.compile(r"\*\*(.+?)\*\*|__(.+?)__|\*(?!\s)(.+?)\*|(?<!\w)_(?!\s)(.+?)_(?!\w)|`([^`]+)`", re.DOTALL)

Emphasis = Literal["", "strong", "thin", "code"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One part of a page."""

    text: str
    """Its words with the marks of emphasis and links; of a picture the words that stand in its place."""
    kind: Literal["paragraph", "heading", "entry", "picture"] = "paragraph"
    apart: bool = False
    """Whether an empty line stands before it."""
    mark: str = ""
    """Of an entry: empty for a list without numbers, else its number, `2.`"""
    indent: int = 0
    """Of an entry: blanks before it."""
    rows: tuple[str, ...] = ()
    """Of a picture: its lines as written, without the blanks that stand before all of them."""
    closed: bool = True
    """Of a picture: whether its end was written."""


def blocks(text: str) -> list[Block]:
    """The parts of a page, in order. Nothing that anyone writes is an error."""
    out: list[Block] = []
    lines = text.replace("\t", " ").split("\n")
    at, apart, joins = 0, False, False
    while at < len(lines):
        line = lines[at].rstrip()
        at += 1
        if not line.strip():
            apart, joins = True, False
            continue
        if fence := _FENCE.match(line):
            rows, at, closed = _picture(lines, at, fence[1])
            out.append(Block(kind="picture", text=fence[2], rows=rows, closed=closed, apart=apart))
            apart = joins = False
            continue
        line = _QUOTE.sub("", line, count=1)
        if heading := _HEADING.match(line.strip()):
            out.append(Block(kind="heading", text=heading[1], apart=apart))
            joins = False
        elif entry := _ENTRY.match(line):
            mark = "" if entry[2] in "-*+" else entry[2]
            out.append(Block(kind="entry", text=entry[3], mark=mark, indent=min(len(entry[1]), 6), apart=apart))
            joins = True
        elif joins and (out[-1].kind == "paragraph" or line.startswith("  ")):
            last = out[-1]
            out[-1] = Block(
                kind=last.kind, text=f"{last.text} {line.strip()}", apart=last.apart, mark=last.mark, indent=last.indent
            )
        else:
            out.append(Block(text=line.strip(), apart=apart))
            joins = True
        apart = False
    return out


def _picture(lines: list[str], at: int, fence: str) -> tuple[tuple[str, ...], int, bool]:
    """(rows, the line after the picture, whether its end was written)."""
    rows: list[str] = []
    closed = False
    while at < len(lines):
        line = lines[at].rstrip()
        at += 1
        if line.strip() and not line.strip().strip(fence[0]) and len(line.strip()) >= len(fence):
            closed = True
            break
        rows.append(line)
    while rows and not rows[-1]:
        rows.pop()
    while rows and not rows[0]:
        rows.pop(0)
    blank = min((len(r) - len(r.lstrip()) for r in rows if r), default=0)
    return tuple(r[blank:] for r in rows), at, closed


def spans(text: str, *, addresses: bool = True) -> list[tuple[str, Emphasis]]:
    """The runs of a block's words with how each is emphasised; a link is its words and, if wanted, its address."""
    text = _LINK.sub(lambda m: m[1] if not addresses or m[2] in ("", m[1]) else f"{m[1]} ({m[2]})", text)
    out: list[tuple[str, Emphasis]] = []
    at = 0
    for m in _INLINE.finditer(text):
        if m.start() > at:
            out.append((text[at : m.start()], ""))
        strong, thin = m[1] or m[2], m[3] or m[4]
        out.append((strong or thin or m[5], "strong" if strong else "thin" if thin else "code"))
        at = m.end()
    if at < len(text):
        out.append((text[at:], ""))
    return out


def plain(text: str, *, addresses: bool = True) -> str:
    """The words of a block on one line, without marks."""
    return " ".join("".join(words for words, _ in spans(text, addresses=addresses)).split())


def spoken(text: str) -> list[str]:
    """What is said of a page, paragraph by paragraph. Pictures are for the eye: of them nothing is said."""
    said = (plain(b.text, addresses=False) for b in blocks(text) if b.kind != "picture")
    return [words for words in said if words]
