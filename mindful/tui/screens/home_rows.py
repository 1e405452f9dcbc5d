"""The rows of the home screen: a session's two lines, its shape, what one key begins. Pure. Called by `home`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mindful.tui import words
from mindful.tui.layout import margin
from mindful.tui.rows import Row, Span, beside, clean, cut, pad, row_width
from mindful.tui.search import Filters, card_length

if TYPE_CHECKING:
    from mindful.tui.host import Card

_SHAPE_ROLES = {"breath": "accent", "held": "warm", "voice": "text", "bell": "warm", "ask": "warm"}
WIDEST = 100
"""A list wider than this takes the eye too far from the title to its length."""


def card_rows(card: Card, width: int, picked: bool) -> list[Row]:
    """Two rows of one session: title, length and tier; what it is for."""
    role = "picked" if picked else "text"
    dim = "picked-dim" if picked else "dim"
    side = margin(width + 1, WIDEST)
    inner = max(1, width - 2 * side)
    token = f"card:{card.id}"
    title = clean(card.title).replace("\n", " ")
    long, tier = card_length(card), words.tier(card.tier)
    right: Row = (Span(long, "picked-accent" if picked else "accent", token), Span(f"  {tier:<12}", dim, token))
    if inner < 60:
        right = (Span(long, "picked-accent" if picked else "accent", token),)
    lead = Span("› " if picked else "  ", "picked-accent" if picked else "text", token)
    name = cut(title, max(1, inner - 2 - row_width(right) - 2))
    one = beside((lead, Span(name, role if picked else "title", token)), right, inner, role)
    about = clean(card.summary).replace("\n", " ")
    tags = ", ".join(clean(t) for t in card.tags)
    if inner < 60:
        about, tags = f"{tier}  {tags}".strip(), ""
    tail: Row = (Span(tags, dim, token),) if tags and inner >= 90 else ()
    if not about:
        about, tail = tags, ()
    text = cut(about, max(1, inner - 2 - (row_width(tail) + 3 if tail else 0)))
    two = beside((Span("  ", dim, token), Span(text, dim, token)), tail, inner, dim)
    return [_band(r, inner, side, role, token) for r in (one, two)]


def _band(spans: Row, inner: int, side: int, role: str, token: str) -> Row:
    left = (Span(" " * side, "text", token),) if side else ()
    return left + tuple(Span(s.text, s.role, token) for s in pad(spans, inner, role))


def shape_rows(cells: Sequence[tuple[str, str]], left: int) -> list[Row]:
    """A session's shape and, beneath it, what its marks are."""
    if not cells:
        return []
    line = [Span(" " * left)]
    for mark, kind in cells:
        role = _SHAPE_ROLES.get(kind, "dim")
        if line[-1].role == role and len(line) > 1:
            line[-1] = Span(line[-1].text + mark, role)
        else:
            line.append(Span(mark, role))
    legend: list[Span] = [Span(" " * left)]
    for kind, name in words.SHAPES.items():
        mark = next((m for m, k in cells if k == kind), "")
        if mark:
            legend += [Span(mark, _SHAPE_ROLES.get(kind, "dim")), Span(f" {name}   ", "dim")]
    return [(), tuple(line), tuple(legend)]


def quick_row(fourth: tuple[str, str, str, str] | None, inner: int) -> Row:
    """What one key begins: all by their names, or by shorter ones, or as many as there is room for.

    `fourth`: what the key 4 opens (its id, what it is called, shorter names).
    """
    spans: list[Span] = []
    for which in (1, 2, 3):
        spans = []
        each = [(f"quick_{n}", str(n), q[which]) for n, q in enumerate(words.QUICK, 1)]
        if fourth is not None:
            each.append(("quick_4", "4", fourth[which]))
        for token, key, text in each:
            spans += [Span("   " if which < 3 else "  ")] if spans else []
            spans += [Span(key, "key", token), Span(f" {text}", "text", token)]
        if row_width(spans) <= inner:
            return tuple(spans)
    while spans and row_width(spans) > inner:
        spans.pop()
    return tuple(spans)


def filter_row(filters: Filters, inner: int) -> Row:
    """The filters, and what each lets through now."""
    spans: list[Span] = []
    gap = "   " if inner >= 60 else " "
    for key, (name, text) in zip(("F2", "F3", "F4"), filters.words, strict=True):
        chosen = getattr(filters, name) > 0
        spans += [Span(gap)] if spans else []
        spans += [Span(key, "key", name), Span(f" {text}", "accent" if chosen else "dim", name)]
    return tuple(spans)
