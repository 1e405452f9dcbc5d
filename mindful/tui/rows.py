"""Rows of words with roles: what every widget here paints. Pure text work, no widget and no colour.

A span has a role (what it means, `theme.py` says how that looks) and perhaps a token (what pressing it does). Text from
scripts, packs and answers passes `clean` and is never read as markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size

from mindful.tui.clean import clean

__all__ = ["Row", "Span", "beside", "centre", "clean", "cut", "pad", "plain", "row", "row_width", "token_at", "wrap"]


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text on one line."""

    text: str
    role: str = "text"
    token: str = ""
    """What a press on it means to the screen; empty: nothing."""


Row = tuple[Span, ...]


def row(text: str, role: str = "text", token: str = "") -> Row:
    """A row of one span; other people's text is made safe."""
    return (Span(clean(text).replace("\n", " "), role, token),) if text else ()


def row_width(spans: Iterable[Span]) -> int:
    """Cells."""
    return sum(cell_len(s.text) for s in spans)


def plain(spans: Iterable[Span]) -> str:
    """Only the words."""
    return "".join(s.text for s in spans)


def cut(text: str, width: int) -> str:
    """At most `width` cells, an ellipsis where something is left out."""
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, width - 1).rstrip() + "…" if width > 1 else set_cell_size(text, max(0, width))


def pad(spans: Row, width: int, role: str = "text") -> Row:
    """Filled up with spaces to `width` cells."""
    gap = width - row_width(spans)
    return (*spans, Span(" " * gap, role)) if gap > 0 else spans


def centre(spans: Row, width: int) -> Row:
    """In the middle of `width` cells."""
    left = (width - row_width(spans)) // 2
    return (Span(" " * left), *spans) if left > 0 else spans


def beside(left: Row, right: Row, width: int, role: str = "text") -> Row:
    """One at the left end, one at the right; when there is no room for both, the right one goes."""
    gap = width - row_width(left) - row_width(right)
    if gap < 1 or not right:
        return left
    return (*left, Span(" " * gap, role), *right)


def _pieces(word: str, width: int) -> list[str]:
    """A word that is longer than a line, in parts that fit."""
    out, part = [], ""
    for char in word:
        if part and cell_len(part + char) > width:
            out.append(part)
            part = ""
        part += char
    return [*out, part]


def wrap_text(text: str, width: int) -> list[str]:
    """Lines of at most `width` cells, broken between words; an empty line stays one."""
    width = max(1, width)
    lines: list[str] = []
    for paragraph in clean(text).split("\n"):
        line = ""
        for word in paragraph.split():
            for part in _pieces(word, width) if cell_len(word) > width else [word]:
                if not line:
                    line = part
                elif cell_len(line) + 1 + cell_len(part) <= width:
                    line += " " + part
                else:
                    lines.append(line)
                    line = part
        lines.append(line)
    return lines


def wrap(text: str, width: int, role: str = "text", *, indent: str = "", first: str | None = None) -> list[Row]:
    """Wrapped rows; every line begins with `indent`, the first with `first`."""
    first = indent if first is None else first
    lines = wrap_text(text, width - max(cell_len(indent), cell_len(first)))
    return [(Span((indent if i else first) + line, role),) for i, line in enumerate(lines)]


def token_at(spans: Sequence[Span], x: int) -> str:
    """The token at column `x`, or an empty string."""
    at = 0
    for span in spans:
        at += cell_len(span.text)
        if x < at:
            return span.token
    return ""
