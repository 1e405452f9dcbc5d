"""What goes on at a moment of a timeline: phase, caption, step, background. Pure, and cheap enough for every frame."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from mindful.timeline.model import CaptionCue, KeyPrompt, Part, PhaseCue, Placed, Segment, SoundCue, StepSpan, Timeline

LINGER_MS = 4000
"""A caption stays this long after its words, unless another comes."""


@dataclass(frozen=True, slots=True)
class PhaseNow:
    """A respiratory phase, how long it has gone on, and the one after it."""

    cue: PhaseCue
    elapsed_ms: int
    next: PhaseCue | None


def _loop_base(segment: Segment, offset_ms: int) -> int:
    """Where to look back from: in a loop, the start of the round."""
    if segment.loop is None or offset_ms < segment.loop[1]:
        return 0
    a, b = segment.loop
    return a + (offset_ms - a) // (b - a) * (b - a)


def phase_at(segment: Segment, offset_ms: int) -> PhaseNow | None:
    """The phase `offset_ms` into a segment, or None where the breath is left alone."""
    if segment.loop is None:
        i = bisect_right(segment.cues, offset_ms, key=lambda c: c.at_ms) - 1
        while i >= 0:
            cue = segment.cues[i]
            if isinstance(cue, PhaseCue):
                if offset_ms >= cue.at_ms + cue.length_ms:
                    return None
                return PhaseNow(cue, offset_ms - cue.at_ms, _next_phase(segment, cue, i + 1))
            i -= 1
        return None
    base = _loop_base(segment, offset_ms)
    found = [c for _, c in segment.cues_between(base, offset_ms + 1) if isinstance(c, PhaseCue)]
    if not found or offset_ms >= found[-1].at_ms + found[-1].length_ms:
        return None
    cue, (a, b) = found[-1], segment.loop
    end = cue.at_ms + cue.length_ms
    ahead = (c for _, c in segment.cues_between(end, end + b - a + 1) if isinstance(c, PhaseCue))
    return PhaseNow(cue, offset_ms - cue.at_ms, next(ahead, None))


def _next_phase(segment: Segment, cue: PhaseCue, i: int) -> PhaseCue | None:
    end = cue.at_ms + cue.length_ms
    for c in segment.cues[i:]:
        if c.at_ms > end:
            return None
        if isinstance(c, PhaseCue):
            return c
    return None


def phases_between(timeline: Timeline, start_ms: int, end_ms: int) -> list[tuple[int, PhaseCue]]:
    """(time on the session's line, phase) of what is breathed for start <= time < end; the first may have begun before.

    For a pacer that shows what is coming. Loops of an open segment are unrolled.
    """
    found: list[tuple[int, PhaseCue]] = []
    p = timeline.placed_at(max(0, start_ms))
    if p is not None and (now := phase_at(p.segment, max(0, start_ms) - p.start_ms)) is not None and now.elapsed_ms:
        found.append((max(0, start_ms) - now.elapsed_ms, now.cue))
    cues = timeline.cues_between(max(0, start_ms), end_ms)
    return [*found, *((t, cue) for t, cue in cues if isinstance(cue, PhaseCue))]


def step_at(segment: Segment, offset_ms: int) -> StepSpan | None:
    """The step `offset_ms` into a segment; of several that begin there, the last."""
    found = None
    for span in segment.spans:
        if span.start_ms > offset_ms:
            break
        found = span
    return found


def steps_of(timeline: Timeline) -> list[tuple[int, Placed, StepSpan]]:
    """(start on the session's line, segment, step) of all steps known so far, in order."""
    return [(p.start_ms + s.start_ms, p, s) for p in timeline.placed for s in p.segment.spans]


def places_of(timeline: Timeline) -> list[tuple[int, Placed, StepSpan]]:
    """The same with the parts of steps behind their first: all the places that a client can go back to."""
    out: list[tuple[int, Placed, StepSpan]] = []
    for start, p, span in steps_of(timeline):
        out.append((start, p, span))
        out += [(p.start_ms + part.start_ms, p, span) for part in span.parts[1:]]
    return out


def part_at(span: StepSpan, offset_ms: int) -> tuple[int, Part] | None:
    """(number from 0, part) of a step `offset_ms` into its segment; None where it has no parts."""
    found = None
    for i, part in enumerate(span.parts):
        if part.start_ms > offset_ms:
            break
        found = i, part
    return found


def captions_at(timeline: Timeline, at_ms: int) -> tuple[str, str]:
    """(caption of this moment, the one before it); empty where there is none."""
    found: list[str] = []
    passed = False
    """Whether the segment of this moment has been looked at."""
    for p in reversed(timeline.placed):
        if p.start_ms > at_ms:
            continue
        inside = at_ms - p.start_ms
        i = bisect_right(p.segment.cues, inside, key=lambda c: c.at_ms) - 1
        while i >= 0 and len(found) < 2:
            cue = p.segment.cues[i]
            if isinstance(cue, CaptionCue):
                if not found and inside >= cue.at_ms + cue.length_ms + LINGER_MS:
                    found.append("")
                if len(found) < 2:
                    found.append(cue.text)
            i -= 1
        if passed and len(found) == 1 and p.segment.prompt is not None:
            # What stood there while it waited came in between; what a question asked is over with its answer.
            found.append(p.segment.prompt.text if isinstance(p.segment.prompt, KeyPrompt) else "")
        if len(found) >= 2:
            break
        if not found:
            # an open step, or a stretch without words, begins with an empty caption line
            found.append("")
        passed = True
    texts = [*found, "", ""]
    return texts[0], texts[1]


def layer_at(timeline: Timeline, at_ms: int) -> SoundCue | None:
    """The background of this moment: the last that began."""
    for p in reversed(timeline.placed):
        if p.start_ms > at_ms:
            continue
        for cue in reversed(p.segment.cues):
            if isinstance(cue, SoundCue) and p.start_ms + cue.at_ms <= at_ms:
                return cue
    return None
