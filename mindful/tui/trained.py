"""How trainings with a sensor went from session to session, as rows of the journey. Pure; called by its screen."""

from __future__ import annotations

from collections.abc import Sequence

from mindful.journal.trained import FEWEST, Course
from mindful.journal.training_words import SENSORS, course_name, course_said, one, what_is_drawn
from mindful.tongue import _
from mindful.tui import charts
from mindful.tui.rows import Row, wrap

TALL = 6


def rows(courses: Sequence[Course], inner: int, *, short: bool) -> list[Row]:
    """Each kind of training of one practice; empty without one. `short`: words alone, for a screen of few rows."""
    out: list[Row] = []
    for course in courses:
        out += [*([] if short else [()]), *wrap(course_name(course), inner, "strong")]
        values = [value for _day, value in course.values]
        if len(values) >= FEWEST and not short:
            out += [*wrap(what_is_drawn(course), inner, "dim"), *charts.course_rows(values, TALL, inner)]
        if course.each:
            out += wrap(_("The last time: {said}.").format(said=one(course.each[-1][1])), inner)
        for said in course_said(course):
            out += wrap(said, inner, "dim")
    if out and not short:
        out += wrap(SENSORS, inner, "dim")
    return out
