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

__all__ = [
    "Row", "Span", "beside", "centre", "clean", "cut", "edged", "pad", "plain", "row", "row_width", "token_at", "wrap",
]  # fmt: skip


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


_SHORT = 24
"""Cells up to which a thing of one row stands in brackets; longer ones, and higher ones, between lines."""


def edged(rows: Sequence[Row]) -> list[Row]:
    """With an edge around everything that can be pressed or typed into, in place of the spaces at its ends.

    For looks that have no ground of its own for it. What is marked or ready needs none: it is reversed.
    """
    merged = [_merged(spans) for spans in rows]
    places = [_fields(spans) for spans in merged]
    out: list[Row] = []
    for y, spans in enumerate(merged):
        above = places[y - 1] if y else frozenset()
        below = places[y + 1] if y + 1 < len(places) else frozenset()
        at, new = 0, []
        for span in spans:
            width = cell_len(span.text)
            where = (at, width, span.token)
            at += width
            edged_text = _edge(span.text, where in above, where in below) if where in places[y] else span.text
            new.append(Span(edged_text, span.role, span.token))
        out.append(tuple(new))
    return out


def _merged(spans: Row) -> Row:
    """Neighbours that look alike and do the same as one span."""
    out: list[Span] = []
    for span in spans:
        if out and (out[-1].role, out[-1].token) == (span.role, span.token):
            out[-1] = Span(out[-1].text + span.text, span.role, span.token)
        elif span.text:
            out.append(span)
    return tuple(out)


def _fields(spans: Row) -> frozenset[tuple[int, int, str]]:
    """(column, cells, token) of what can be pressed or typed into."""
    at, out = 0, set()
    for span in spans:
        width = cell_len(span.text)
        if span.role == "field" and width > 1:
            out.add((at, width, span.token))
        at += width
    return frozenset(out)


def _edge(text: str, above: bool, below: bool) -> str:
    """One row of a thing, which goes on `above` or `below`."""
    if len(text) < 2:
        return text  # one wide sign
    inner = text[1:-1]
    if not text.strip() and above != below:
        return f"└{'─' * len(inner)}┘" if above else f"┌{'─' * len(inner)}┐"
    left, right = "[]" if len(text) <= _SHORT and not above and not below else "││"
    return (left if text[0] == " " else text[0]) + inner + (right if text[-1] == " " else text[-1])
