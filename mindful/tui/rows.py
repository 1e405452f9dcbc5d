"""Rows of words with roles: what every widget here paints. Pure text work, no widget and no colour.

A span has a role (what it means, `theme.py` says how that looks) and perhaps a token (what pressing it does). Text from
scripts, packs and answers passes `clean` and is never read as markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from mindful.tui.clean import clean
from mindful.tui.clusters import clusters, units

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
    kept, room = "", max(0, width - 1 if width > 1 else width)
    for sign in clusters(text):
        if cell_len(kept + sign) > room:
            break
        kept += sign
    return kept.rstrip() + "…" if width > 1 else kept


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
    for sign in clusters(word):
        if part and cell_len(part + sign) > width:
            out.append(part)
            part = ""
        part += sign
    return [*out, part]


def wrap_text(text: str, width: int) -> list[str]:
    """Lines of at most `width` cells, broken between words (Chinese and Japanese: signs); an empty line stays one."""
    width = max(1, width)
    lines: list[str] = []
    for paragraph in clean(text).split("\n"):
        line = ""
        for word in paragraph.split():
            gap = " "
            for unit in units(word):
                for part in _pieces(unit, width) if cell_len(unit) > width else [unit]:
                    if not line:
                        line = part
                    elif cell_len(line) + len(gap) + cell_len(part) <= width:
                        line += gap + part
                    else:
                        lines.append(line)
                        line = part
                    gap = ""
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
