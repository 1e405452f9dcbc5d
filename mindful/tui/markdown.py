"""The small Markdown of `learn` as rows. Nothing in it is ever interpreted as terminal or Textual markup, and no link
can be opened. A picture that is wider than the page gives way to its words."""

from __future__ import annotations

import re

from rich.cells import cell_len

from mindful.script.markdown import Block, Emphasis, blocks, spans
from mindful.tongue import _
from mindful.tui.rows import Row, Span, clean, wrap

_ROLES: dict[Emphasis, str] = {"": "", "strong": "title", "thin": "emphasis", "code": "accent"}


def _spans(text: str, role: str = "text") -> list[Span]:
    return [Span(words, _ROLES[how] or role) for words, how in spans(text)]


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
    for block in blocks(clean(text)):
        if rows and (block.apart or block.kind in ("heading", "picture")):
            rows.append(())
        rows += _rows(block, width)
    return rows


def _rows(block: Block, width: int) -> list[Row]:
    match block.kind:
        case "heading":
            return _wrap(_spans(block.text, "strong"), width, "", "")
        case "entry":
            lead = " " * block.indent + (block.mark or "•") + " "
            return _wrap(_spans(block.text), width, lead, " " * len(lead))
        case "picture":
            return _picture(block, width)
    return _wrap(_spans(block.text), width, "", "")


def _picture(block: Block, width: int) -> list[Row]:
    """As it was drawn, in the middle, with its words beneath; where it does not fit, its words alone."""
    widest = max(map(cell_len, block.rows), default=0)
    if not block.rows or widest > width:
        said = _("In the picture: {words}").format(words=block.text) if block.text else _("A picture.")
        return wrap(said, width, "dim")
    left = " " * ((width - widest) // 2)
    drawn: list[Row] = [(Span(left + row, "accent"),) if row else () for row in block.rows]
    return [*drawn, *wrap(block.text, width, "dim")] if block.text else drawn
