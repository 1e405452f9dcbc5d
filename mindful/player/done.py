"""What was really done of a step, for the record. Called by `state` when a step ends."""

from __future__ import annotations

from typing import Any

from mindful.timeline.model import PhaseCue, Placed, StepSpan


def done(p: Placed, span: StepSpan, offset_ms: int) -> dict[str, Any]:
    """The record's `data` of a step that ended `offset_ms` into its segment: whole cycles of breath, or time held."""
    end = offset_ms if span.length_ms is None else min(offset_ms, span.start_ms + span.length_ms)
    if span.kind == "breathe":
        return _breaths(p, span, end)
    if span.kind in ("wait", "sit"):
        return {"held_ms": max(0, end - span.start_ms)}
    return {}


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
