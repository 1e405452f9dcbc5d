"""What the workbench shows around the text, as rows: head, problems, outline, words, what plays. Pure, for `bench`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from mindful.author.complete import Candidate
from mindful.author.live import Look, Placed
from mindful.author.outline import Row as OutlineRow
from mindful.author.outline import cells, cut, visible
from mindful.script.problems import Problem
from mindful.timeline.as_clock import clock
from mindful.tui import words
from mindful.tui.layout import margin
from mindful.tui.rows import Row, Span, beside, clean, pad, row_width, wrap
from mindful.tui.rows import cut as cut_cells

if TYPE_CHECKING:
    from mindful.player.view import View

_MARKS = {"error": ("!", "care"), "warning": ("?", "warm"), "advice": ("?", "dim")}
OFFERED = 8
"""Words that are offered at once."""


def head(name: str, look: Look, unsaved: bool, there: bool, width: int) -> Row:
    """The file, whether it is saved, how the script is, and how long."""
    state = "not saved" if unsaved else "saved" if there else "new, not saved"
    left = (Span(" "), Span(clean(name), "title"), Span(f"  {state}", "warm" if unsaved or not there else "dim"))
    role = "dim" if not look.made else "care" if look.errors else "warm" if look.problems else "accent"
    verdict = Span(look.verdict, role)
    length = look.length if look.current else f"{look.length}, before the last change" if look.length else ""
    known, more, _ = look.length.partition(", ")
    short = f"{known} or more" if more and not known.startswith("at least") else known
    for said in (length, short if look.current else "", ""):
        right = (verdict, Span(f"  {said}" if said else "", "dim"), Span(" "))
        if row_width(left) + row_width(right) < width:
            return beside(left, right, width)
    return left


def bar(outline: bool) -> Row:
    """Which list stands below the text, with the key of each."""
    return (
        Span(" F4 ", "key", "problems"),
        Span("Problems", "dim" if outline else "title", "problems"),
        Span("   F6 ", "key", "outline"),
        Span("Outline", "title" if outline else "dim", "outline"),
    )


def problem_rows(problems: Sequence[Problem], file: str, width: int, marked: int, focused: bool) -> list[Row]:
    """One row a problem; the marked one with all its words, and what to write instead."""
    if not problems:
        return [(Span(" Nothing to put right.", "dim"),)]
    out: list[Row] = []
    for i, problem in enumerate(problems):
        mark, role = _MARKS[problem.severity]
        where = f"{problem.line:>4}" if problem.file == file else "   +"
        lead = f" {mark} {where}  "
        here = "picked" if focused and i == marked else ""
        token = f"problem:{i}"
        words_of = clean(problem.message)
        if problem.file != file:
            words_of = f"{clean(problem.file)}:{problem.line}: {words_of}"
        if i == marked:
            rows = wrap(words_of, max(8, width - len(lead)), here or "text")
            out.append((Span(lead, here or role, token), *(Span(s.text, s.role, token) for s in rows[0])))
            out += [
                (Span(" " * len(lead), here or "text", token), *(Span(s.text, s.role, token) for s in row))
                for row in rows[1:]
            ]
            hint = (
                wrap(clean(problem.hint), max(8, width - len(lead)), "picked-dim" if here else "dim")
                if problem.hint
                else []
            )
            out += [
                (Span(" " * len(lead), here or "text", token), *(Span(s.text, s.role, token) for s in row))
                for row in hint
            ]
        else:
            out.append((Span(lead, role, token), Span(cut_cells(words_of, max(4, width - len(lead))), "dim", token)))
    return [pad(row, width, "picked") if row[0].role == "picked" else row for row in out]


NO_OUTLINE = "No outline yet: with problems (!) in the text it is not known what comes when. F3 goes to the next one."


def outline_rows(
    rows: Sequence[Placed], row: int, width: int, marked: int, focused: bool, *, broken: bool = False
) -> list[Row]:
    """One row a step: when, how long, what. The step of line `row` stands out; with the focus the marked one does.

    `broken`: the text cannot be played as it stands, so there may be no rows, or only those of before.
    """
    if not rows:
        text = NO_OUTLINE if broken else "There are no steps yet."
        return [(Span(" "), *row) for row in wrap(text, max(8, width - 2), "dim")]
    picked = marked if focused else current(rows, row)
    out: list[Row] = []
    for i, placed in enumerate(rows):
        text, role = _line(placed.row, width)
        style = "picked" if i == picked else role
        out.append((Span(text, style, f"row:{i}"),))
    return out


_WIDE = 56
"""Cells from which on what the steps say stands in one column."""


@lru_cache(maxsize=8192)
def _line(r: OutlineRow, width: int) -> tuple[str, str]:
    """A row of the outline as text of `width` cells, and its role; the same row is laid out once."""
    indent = "  " * r.depth
    if not r.kind:
        text, role = f"{'':>16}{indent}{r.what}:", "dim"
    else:
        start = ("" if r.sure else "~") + clock(r.start_ms)
        length = "open" if r.length_ms is None else "-" if r.length_ms == 0 else clock(r.length_ms)
        kind = f"{r.kind:<8}" if width >= _WIDE else r.kind
        lead = f"{start:>7} {('~' if r.estimated else '') + length:>7} {indent}{kind}  "
        text, role = lead + visible(r.what), "text"
    text = cut(text[: 2 * width], width)
    return text + " " * (width - cells(text)), role


def current(rows: Sequence[Placed], row: int) -> int | None:
    """Which row of the outline belongs to a line of the text."""
    best: int | None = None
    for i, placed in enumerate(rows):
        if placed.line is not None and placed.line <= row and (best is None or placed.line > (rows[best].line or 0)):
            best = i
    return best


def offer_rows(candidates: Sequence[Candidate], marked: int, picking: bool, width: int) -> list[Row]:
    """Words that could be typed here, with what they are for; the marked one is taken by Tab."""
    first = max(0, min(marked - OFFERED + 1, len(candidates) - OFFERED)) if marked >= OFFERED else 0
    shown = candidates[first : first + OFFERED]
    wide = min(20, max((len(c.word) for c in shown), default=0))
    out: list[Row] = []
    for i, candidate in enumerate(shown, first):
        at = i == marked
        word = f" {cut_cells(clean(candidate.word), wide):<{wide}}  "
        about = cut_cells(clean(candidate.about), max(0, width - len(word) - 1))
        key = "Enter" if picking else "Tab"
        row: Row = (
            Span(word, "picked" if at else "field", f"offer:{i}"),
            Span(about, "picked-dim" if at else "field-dim", f"offer:{i}"),
        )
        if at and not about:
            row = (row[0], Span(cut_cells(key, max(0, width - len(word))), "picked-dim"))
        out.append(pad(row, width, "picked" if at else "field"))
    return out


def offer_width(candidates: Sequence[Candidate], room: int) -> int:
    """Cells that the list of words takes."""
    widest = max((len(c.word) for c in candidates), default=0)
    about = max((len(c.about) for c in candidates), default=0)
    return max(1, min(room, min(20, widest) + 3 + max(about, 5) + 1, 60))


def playing_rows(view: View | None, width: int) -> list[Row]:
    """What is heard: the step, how long it still takes, its words or its breath, and what can be done."""
    if view is None:
        return [(), ()]
    side = " " * min(1, margin(width))
    step = view.step
    what = f"{step.kind}: {step.label}" if step is not None else ""
    left = words.clock(view.step_left_ms) if view.step_left_ms is not None else "open"
    first: Row = (
        Span(f"{side}Playing  ", "strong"),
        Span(cut_cells(clean(what).replace("\n", " "), max(4, width - 24)), "text"),
    )
    line, role = view.caption, "text"
    if view.status == "ready":
        line, role = words.VOICE_COMES, "dim"
    elif view.prompt is not None:
        line, role = f"{view.prompt.text}  (the client decides here; F8 goes on)", "warm"
    elif view.phase is not None:
        line, role = f"{words.PHASES[view.phase.cue.phase]} {view.phase.count}", "accent"
    told = view.notices[-1] if view.notices and not line else ""
    return [
        beside(first, (Span(f"{left} ", "dim"),), width),
        (Span(side + cut_cells(clean(line or told).replace("\n", " "), max(4, width - 2)), role),),
    ]
