"""Exposures over weeks as rows: each item with its peaks and ends, what was expected, and its last curve. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from mindful.journal.ratings import Pair
from mindful.timeline.exposure.runs import Course
from mindful.tongue import _, ngettext
from mindful.tui import charts, curve
from mindful.tui.rows import Row, Span, clean, wrap

SIGNS = _(
    "o peak, x end of each time. High numbers are no bad marks: what you expected, and what came, counts as much."
)


def rows(courses: Sequence[Course], inner: int, tall: int) -> list[Row]:
    """Every item, the latest first."""
    out = wrap(SIGNS, inner, "dim")
    for course in sorted(courses, key=lambda c: c.runs[-1].day, reverse=True):
        out += [(), *_one(course, inner, tall)]
    return out


def _one(course: Course, inner: int, tall: int) -> list[Row]:
    times = ngettext("{count} time", "{count} times", len(course.runs)).format(count=len(course.runs))
    out = wrap(f"{clean(course.words)} ({times})", inner, "strong")
    pairs = [Pair("", r.peak, r.end) for r in course.runs if r.peak is not None and r.end is not None]
    if len(pairs) > 1:
        out += charts.rating_rows(pairs, tall, inner)
    last = course.runs[-1]
    if len(last.ratings) > 1:
        day = _("The last time, {day}:").format(day=last.day)
        out += [*wrap(day, inner, "dim"), *curve.rows(last.ratings, last.held_ms, inner, tall + 1)]
    before, after = course.belief
    if before is not None and after is not None:
        said = _("Expected at first: {before} %. Expected now: {after} %.").format(
            before=f"{before:g}", after=f"{after:g}"
        )
        out += wrap(said, inner)
    if last.learned:
        out += wrap(_("You wrote: {words}").format(words=clean(last.learned)), inner, "dim")
    return out


def item(number: int, suds: int, words: str, inner: int, *, here: bool, token: str) -> list[Row]:
    """One line of a ladder: its SUDS as a number and as a bar, and what it is."""
    role = "picked" if here else "text"
    filled = round(suds / 10)
    bar = "━" * filled + "─" * (10 - filled) if inner >= 50 else ""
    lead = f"{'›' if here else ' '} {number:>2}. {suds:>3} {bar}  "
    lines = wrap(clean(words), inner, role, indent=" " * len(lead), first=lead)
    return [tuple(Span(s.text.ljust(inner), s.role, token) for s in r) for r in lines]
