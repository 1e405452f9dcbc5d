"""Exposures over time as lines and as JSON. Called by `mindful exposure`; the screen shows the same figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from mindful.timeline.exposure.runs import Course, Run, figures
from mindful.tongue import N_, _, ngettext

NONE_YET = _("No exposure is in your journal yet. mindful exposure play LADDER begins one.")
ENDED = {
    "time": N_("to its end"),
    "until": N_("until what was agreed"),
    "chosen": N_("ended by choice"),
    "left": N_("left with the session"),
}
HAPPENED = {
    "yes": N_("it happened"),
    "partly": N_("it happened in part"),
    "no": N_("it did not happen"),
    "unclear": N_("hard to say whether it happened"),
}


def progress(courses: Sequence[Course]) -> Iterator[str]:
    """Each item with its runs, oldest first, and what changed from the first to the last."""
    for n, course in enumerate(courses):
        if n:
            yield ""
        yield _("{item}: {times}").format(
            item=course.words,
            times=ngettext("{count} time", "{count} times", len(course.runs)).format(count=len(course.runs)),
        )
        for run in course.runs:
            yield f"  {line(run)}"
        if (text := change(course)) != "":
            yield f"  {text}"


def line(run: Run) -> str:
    """One exposure in a line: the numbers, how it ended, what came of the expectation."""
    parts = []
    if run.suds:
        parts.append(", ".join(f"{s:g}" for s in run.suds))
        parts.append(_("peak {peak}, end {end}").format(peak=f"{run.peak:g}", end=f"{run.end:g}"))
    parts.append(_("{minutes} min, {how}").format(minutes=f"{run.held_ms / 60_000:.0f}", how=_(ENDED[run.ended])))
    if run.believed is not None and run.believes is not None:
        parts.append(
            _("expected {before} %, now {after} %").format(before=f"{run.believed:g}", after=f"{run.believes:g}")
        )
    if run.happened is not None:
        parts.append(_(HAPPENED[run.happened]))
    return f"{run.day}  " + "; ".join(parts)


def change(course: Course) -> str:
    """What changed from the first time to the last; empty where there is nothing to compare."""
    parts = []
    if course.between is not None:
        first, last = course.runs[0].peak, course.runs[-1].peak
        if first is not None and last is not None:
            parts.append(_("peak from {first} to {last}").format(first=f"{first:g}", last=f"{last:g}"))
    before, after = course.belief
    if before is not None and after is not None:
        parts.append(_("expected from {before} % to {after} %").format(before=f"{before:g}", after=f"{after:g}"))
    return _("From the first to the last: {parts}.").format(parts="; ".join(parts)) if parts else ""


def as_json(courses: Sequence[Course]) -> dict[str, Any]:
    """The same with everything that was written."""
    return {
        "mindful_exposures": 1,
        "items": [
            {
                "item": c.item,
                "words": c.words,
                "between_peaks": list(c.between_peaks),
                "belief": list(c.belief),
                "runs": [{**asdict(r), "figures": figures(r), "violated": r.violated} for r in c.runs],
            }
            for c in courses
        ],
    }
