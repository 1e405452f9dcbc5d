"""Where a listener may want to jump to: the author's labels, else the steps themselves. Pure. Called by the job."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mindful.render.clean import one_line
from mindful.script.kinds.flow import Choose, Include, Option, Repeat
from mindful.script.model import Script, Step
from mindful.timeline.model import StepSpan, Timeline

MOST = 255
"""More chapters than this an MP3 file's table of contents cannot name."""
_ENTRY = re.compile(r"(?:options\[(\d+)\]\.)?steps\[(\d+)\]\.[a-z_]+")
_ROUND = re.compile(r"#\d+")
_UNNAMED = ("pause", "sound", "choose")


@dataclass(frozen=True, slots=True)
class Chapter:
    """A stretch of a recording with a name."""

    start_ms: int
    end_ms: int
    title: str


def chapters(script: Script, timeline: Timeline, values: Mapping[str, Any], language: str, title: str) -> list[Chapter]:
    """In order, from 0 to the timeline's end, without gaps; at most `MOST`.

    They begin at labelled steps; where none has a label, at every step that is no pause, no background and no choice.
    What comes before the first of them is called by the `title`. Of what begins at one moment, the last one that takes
    time counts.
    """
    spans = [(p.start_ms + s.start_ms, s) for p in timeline.placed for s in p.segment.spans]
    starts = list(_labelled(script, spans, values, language or script.language))
    if not starts:
        starts = [(at, s.label, bool(s.length_ms)) for at, s in spans if s.kind not in _UNNAMED]
    total = timeline.total_ms or 0
    marks: dict[int, tuple[str, bool]] = {}
    for at, name, long in starts:
        if at < total and (long or at not in marks or not marks[at][1]):
            marks[at] = (one_line(name), long)
    marks.setdefault(0, (one_line(title), True))
    kept = _apart(sorted(marks))
    return [Chapter(a, b, marks[a][0]) for a, b in zip(kept, [*kept[1:], total], strict=True)]


def _apart(starts: list[int]) -> list[int]:
    """Fewer than too many: only what begins some seconds after the one before."""
    least, kept = 1000, starts
    while len(kept) > MOST:
        kept = [0]
        for at in starts:
            if at - kept[-1] >= least:
                kept.append(at)
        least *= 2
    return kept


def _labelled(
    script: Script, spans: list[tuple[int, StepSpan]], values: Mapping[str, Any], language: str
) -> Iterator[tuple[int, str, bool]]:
    """(time, label, whether it takes time) where a step with a label of its own begins, also one that holds others."""
    inside: list[str] = []
    for at, span in spans:
        path = list(holders(script, span.step))
        here = [name for name, _ in path]
        for name, step in path:
            if step.label is not None and name not in inside:
                own = name == span.step
                yield at, span.label if own else step.label.say(values, language), not own or bool(span.length_ms)
        inside = here


def holders(script: Script, path: str) -> Iterator[tuple[str, Step]]:
    """(path without its round, step) of each step that a step's path names, from the outermost in."""
    steps, at = script.steps, 0
    options: tuple[Option, ...] = ()
    while m := _ENTRY.match(path, at):
        step = steps[int(m[2])] if m[1] is None else options[int(m[1])].steps[int(m[2])]
        yield path[: m.end()], step
        round_ = _ROUND.match(path, m.end())
        at = (round_ or m).end() + 1
        match step.body:
            case Repeat(steps=inner):
                steps = inner
            case Include(script=name):
                script = script.included[name]
                steps = script.steps
            case Choose():
                options = step.body.options
