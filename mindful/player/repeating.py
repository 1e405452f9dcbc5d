"""The last spoken line once more. `state` calls it; pure.

Just after a line, with nothing but its own quiet since, the session goes back to the beginning of that line. Later on,
while breath is paced, in a sit or at a question, going back would take away what was done: the line is said over what
goes on, and no time is moved. Where something else is being said just then, or soon, it is only shown.
"""

from __future__ import annotations

from dataclasses import replace

from mindful.player.easing import said
from mindful.player.effects import Effect, Seek, Update
from mindful.player.running import State, Stepped
from mindful.player.writing import current, entered, leave, write
from mindful.timeline.lookup import LINGER_MS
from mindful.timeline.model import REPEATED, AnyCue, CaptionCue, PhaseCue, Placed, SayCue
from mindful.tongue import _

NEAR_MS = 10_000
"""A line that ended this long ago, with only quiet since, is gone back to."""
LEAD_MS = 400
"""A line said over what goes on begins this far ahead, where the sound can still be changed."""
NOTHING = _("There was no line to say again yet.")


def repeated(state: State) -> Stepped:
    """Say the last line again. Takes effect while it plays; a pause must be over."""
    p = state.placed
    if p is None:
        return state, []
    now = state.at.position_ms
    found = _last(state, now)
    if found is None:
        return said(state, NOTHING), []
    at, line = found
    if now - (at + line.length_ms) <= NEAR_MS and _only_quiet(state, at, now):
        return _back_to(state, at)
    if not line.estimated and not _speaks(state, now, now + LEAD_MS + line.length_ms):
        state = _over(state, p, line)
        return said(state, line.text), [Update(), write(state, "repeat", at_ms=at, how="over")]
    state = replace(state, said=(line.text, state.at.now_ms + line.length_ms + LINGER_MS))
    return state, [write(state, "repeat", at_ms=at, how="shown")]


def _last(state: State, now: int) -> tuple[int, SayCue] | None:
    """(when it began, the line) that was last begun; of the landing only its own."""
    first = 0 if state.grounding is None else state.timeline.placed[state.grounding].start_ms
    found = None
    for at, cue in state.timeline.cues_between(first, now + 1):
        if isinstance(cue, SayCue) and cue.manner == "guide" and cue.step != REPEATED:
            found = (at, cue)
    return found


def _only_quiet(state: State, at: int, now: int) -> bool:
    """Whether nothing but the line and silence lies between: going back takes nothing away."""
    span = current(state)
    if span is None or span.kind not in ("say", "pause") or state.asking is not None:
        return False
    cues = [c for t, c in state.timeline.cues_between(at, now + 1) if t > at]
    return all(isinstance(c, CaptionCue) for c in cues)


def _speaks(state: State, start: int, end: int) -> bool:
    """Whether anything is said in start <= time < end."""
    for at, cue in state.timeline.cues_between(max(0, start - 60_000), end):
        if isinstance(cue, SayCue) and at + cue.length_ms > start:
            return True
    return False


def _back_to(state: State, at: int) -> Stepped:
    state, effects = leave(state, [], "left")
    event = write(state, "repeat", at_ms=at, how="back")
    state = replace(state, at=replace(state.at, position_ms=at), step=None)
    out: list[Effect] = [*effects, event, Seek(at)]
    return entered(state, out)


def _over(state: State, p: Placed, line: SayCue) -> State:
    """With the line put into the segment that runs, a moment ahead."""
    here = state.at.position_ms - p.start_ms
    again = replace(line, at_ms=here + LEAD_MS, step=REPEATED)
    segment = p.segment
    cues: list[AnyCue] = list(segment.cues)
    if segment.loop is not None:
        # A loop is told as it was played up to the round after this one, and goes on from there.
        a, b = segment.loop
        rounds = max(0, (here + LEAD_MS + line.length_ms - a) // (b - a) + 1)
        until = a + rounds * (b - a)
        cues = [replace(c, at_ms=t) for t, c in segment.cues_between(0, until)]
        body = [replace(c, at_ms=t) for t, c in segment.cues_between(until, until + b - a)]
        segment = replace(segment, loop=(until, until + b - a))
        cues += [c for c in body if isinstance(c, PhaseCue) or c.step == segment.step]
    cues = sorted([*cues, again], key=lambda c: c.at_ms)
    placed = replace(p, segment=replace(segment, cues=tuple(cues)))
    i = p.segment.index
    known = state.timeline.placed
    return replace(state, timeline=replace(state.timeline, placed=(*known[:i], placed, *known[i + 1 :])))
