"""What was really done of a step, for the record. Called by `state` when a step ends."""

from __future__ import annotations

from typing import Any

from mindful.player.asked import asked
from mindful.player.skipped import Stretches
from mindful.timeline.model import BellCue, FindPrompt, Part, PhaseCue, Placed, SheetPrompt, StepSpan

NEARLY_MS = 1000
"""A performer looks at the clock at least so often: what was played but for this was played to its end."""
_PARTS = {"scan": "regions", "relax": "groups", "move": "poses", "ground": "senses"}
"""What the parts of a step are called in the record."""


def done(
    p: Placed, span: StepSpan, offset_ms: int, played: Stretches = (), found: int = 0, answer: Any = None
) -> dict[str, Any]:
    """The record's `data` of a step that ended `offset_ms` into its segment.

    Whole cycles of breath, time held, bells heard; parts that were done and those that were left out (`played`: since
    it was entered, on the session's line); of a sense, how many things were `found`; of a sheet what its `answer` comes
    to."""
    end = offset_ms if span.length_ms is None else min(offset_ms, span.start_ms + span.length_ms)
    held = {"held_ms": max(0, end - span.start_ms)}
    prompt = p.segment.prompt
    if span.kind == "breathe":
        return _breaths(p, span, end)
    if span.kind == "wait":
        return held
    if span.kind == "sit":
        if not any(isinstance(c, BellCue) and c.step == span.step for c in p.segment.cues):
            return held
        cues = (c for _, c in p.segment.cues_between(span.start_ms, end + 1) if c.step == span.step)
        return {**held, "bells": sum(isinstance(c, BellCue) and c.stroke == 1 for c in cues)}
    if isinstance(prompt, SheetPrompt) and span.step == p.segment.step:
        return {"answer": prompt.id or p.segment.step, **prompt.data(answer)}
    if span.step == p.segment.step and (told := asked(prompt, (prompt.id if prompt else None) or p.segment.step)):
        return told
    if span.kind == "questionnaire" and span.length_ms is not None:
        return {"asked": False}
    if isinstance(prompt, FindPrompt) and span.step == p.segment.step:
        return {"sense": prompt.sense, "found": found, "things": prompt.things, **held}
    return _parts(p, span, end, played) if span.parts else {}


def _parts(p: Placed, span: StepSpan, end: int, played: Stretches) -> dict[str, Any]:
    """A part is done when all that is held in it was held, or else when half of it was played."""
    there = tuple((a - p.start_ms, b - p.start_ms) for a, b in played)
    complete = [part for part in span.parts if _complete(part, there)]
    skipped = [part.name for part in span.parts if part not in complete and part.start_ms + part.length_ms <= end]
    name = _PARTS[span.kind]
    out: dict[str, Any] = {name: len(complete), f"planned_{name}": len(span.parts)}
    return {**out, "skipped": skipped} if skipped else out


def _complete(part: Part, played: Stretches) -> bool:
    def of(start: int, end: int) -> int:
        return sum(max(0, min(b, end) - max(a, start)) for a, b in played)

    if part.held:
        return all(of(a, b) >= b - a - min(NEARLY_MS, (b - a) // 2) for a, b in part.held)
    return 2 * of(part.start_ms, part.start_ms + part.length_ms) >= part.length_ms


def _breaths(p: Placed, span: StepSpan, end: int) -> dict[str, Any]:
    here = (c for _, c in p.segment.cues_between(span.start_ms, end + 1) if c.step == span.step)
    cues = [c for c in here if isinstance(c, PhaseCue)]
    if not cues:
        return {"cycles": 0}
    last = cues[-1]
    kept = len({c.cycle for c in cues}) - (cycle_end(p, last) > end)
    return {"cycles": kept} if last.cycles is None else {"cycles": kept, "planned_cycles": last.cycles}


def cycle_end(p: Placed, cue: PhaseCue) -> int:
    """Where, in its segment, the cycle of `cue` ends."""
    end = cue.at_ms + cue.length_ms
    while True:
        more = [c for _, c in p.segment.cues_between(end, end + 1) if isinstance(c, PhaseCue)]
        if not more or more[0].cycle != cue.cycle or more[0].step != cue.step:
            return end
        end = more[0].at_ms + more[0].length_ms
