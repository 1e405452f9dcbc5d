"""The small Markdown of `learn` as rows: headings, lists, emphasis, links as text. Nothing in it is ever interpreted
as terminal or Textual markup, and no link can be opened."""

from __future__ import annotations

import re

from rich.cells import cell_len

from mindful.tui.rows import Row, Span, clean

_HEADING = re.compile(r"#{1,6}\s+(.*?)\s*#*\Z")
_BULLET = re.compile(r"(\s*)([-*+]|\d{1,3}[.)])\s+(.*)\Z")
_LINK = re.compile(r"!?\[([^\]\n]*)\]\(\s*<?([^)\s>]*)>?[^)\n]*\)")
_INLINE = re.compile(r"\*\*(.+?)\*\*|__(.+?)__|\*(?!\s)(.+?)\*|(?<!\w)_(?!\s)(.+?)_(?!\w)|`([^`]+)`", re.DOTALL)


def _spans(text: str, role: str = "text") -> list[Span]:
    text = _LINK.sub(lambda m: m[1] if m[2] in ("", m[1]) else f"{m[1]} ({m[2]})", text)
    out, at = [], 0
    for m in _INLINE.finditer(text):
        if m.start() > at:
            out.append(Span(text[at : m.start()], role))
        strong, thin = m[1] or m[2], m[3] or m[4]
        out.append(Span(strong or thin or m[5], "title" if strong else "emphasis" if thin else "accent"))
        at = m.end()
    if at < len(text):
        out.append(Span(text[at:], role))
    return out


def _wrap(spans: list[Span], width: int, first: str, rest: str) -> list[Row]:
    """Wrapped between words, each word in its own role."""
    rows: list[Row] = []
    line: list[Span] = [Span(first, "dim")] if first else []
    used, empty, space = cell_len(first), True, False
    for span in spans:
        for part in re.findall(r"\s+|\S+", span.text):
            if part.isspace():
                space = not empty
                continue
            for piece in _cells(part, max(1, width - cell_len(rest))):
                need = cell_len(piece) + (1 if space else 0)
                if used + need > width and not empty:
                    rows.append(tuple(line))
                    line, used, space = ([Span(rest)] if rest else []), cell_len(rest), False
                if space:
                    line.append(Span(" ", span.role))
                    used += 1
                line.append(Span(piece, span.role))
                used += cell_len(piece)
                empty, space = False, False
    return [*rows, tuple(line)]


def _cells(word: str, width: int) -> list[str]:
    out, part = [], ""
    for char in word:
        if part and cell_len(part + char) > width:
            out.append(part)
            part = ""
        part += char
    return [*out, part]


def render(text: str, width: int) -> list[Row]:
    """Rows of at most `width` cells."""
    width = max(4, width)
    rows: list[Row] = []
    paragraph: list[str] = []

    def flush() -> None:
        if paragraph:
            rows.extend(_wrap(_spans(" ".join(paragraph)), width, "", ""))
            paragraph.clear()

    fresh = True
    for raw in clean(text).split("\n"):
        line = raw.rstrip()
        if not line.strip():
            flush()
            if rows and rows[-1] != ():
                rows.append(())
            fresh = True
            continue
        if m := _HEADING.match(line.strip()):
            flush()
            if rows and rows[-1] != ():
                rows.append(())
            rows.extend(_wrap(_spans(m[1], "strong"), width, "", ""))
            continue
        if m := _BULLET.match(line):
            flush()
            mark = "•" if m[2] in "-*+" else m[2]
            lead = " " * min(len(m[1]), 6) + mark + " "
            rows.extend(_wrap(_spans(m[3]), width, lead, " " * len(lead)))
            fresh = False
            continue
        if not fresh and raw.startswith("  ") and rows:
            # A list entry that goes on in the next line of the source.
            rows.extend(_wrap(_spans(line.strip()), width, "  ", "  "))
            continue
        fresh = True
        paragraph.append(line.strip())
    flush()
    while rows and rows[-1] == ():
        rows.pop()
    return rows
