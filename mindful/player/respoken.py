"""The timeline told again when the voice knows more: what is ahead moves, the past stays. The conductor calls it.

Lines are said while the session already runs, so the timeline is first laid out with guesses. Each time real lengths
have become known, the part from this moment on is unfolded anew. Pure.
"""

from __future__ import annotations

from dataclasses import replace

from mindful.player.effects import Update
from mindful.player.running import State, Stepped
from mindful.timeline.compile import extend
from mindful.timeline.fit import refit
from mindful.timeline.lookup import steps_of
from mindful.timeline.model import REPEATED, Placed, Segment


def respoken(state: State, border_ms: int) -> Stepped:
    """The same session with what its speech knows now. Nothing before `border_ms` on the session's line changes."""
    if not state.started:
        setup = refit(state.setup, ())
        timeline, cursors = extend(setup, state.timeline.until(0), state.cursors[0], state.answers)
        return replace(state, setup=setup, timeline=timeline, cursors=cursors), []
    p = state.placed
    if state.ended is not None or state.landing_since is not None or p is None:
        return state, []
    # A question that was answered is over in a moment, and is not asked again for this.
    first = p.segment.index + (p.segment.open and p.length_ms is not None)
    old = state.timeline.placed[first:]
    if not old:
        return state, []
    # Where a length was asked for, what has not begun makes up for lines that turned out longer or shorter.
    setup = refit(state.setup, {s.step for at, _, s in steps_of(state.timeline) if at < border_ms})
    timeline, cursors = extend(setup, state.timeline.until(first), state.cursors[first], state.answers)
    if first == p.segment.index:
        kept = _kept(p, timeline.placed[first].segment, border_ms - p.start_ms)
        if kept is None:
            return state, []
        head = replace(timeline.placed[first], segment=kept)
        timeline = replace(timeline, placed=(*timeline.placed[:first], head, *timeline.placed[first + 1 :]))
    if timeline == state.timeline:
        return state, []
    return replace(state, setup=setup, timeline=timeline, cursors=(*state.cursors[:first], *cursors)), [Update()]


def _kept(p: Placed, new: Segment, border: int) -> Segment | None:
    """`new`, with all that is before `border` as it was; None where that cannot be: then nothing may change now."""
    old = p.segment
    if old.loop is not None or new.loop is not None:
        return new if (old.loop, old.grain_ms) == (new.loop, new.grain_ms) else _unrolled(old, new, border)
    # A line that was said once more stands in no script: it stays where it is.
    again_said = [c for c in old.cues if c.step == REPEATED]
    before = [c for c in old.cues if c.at_ms < border and c.step != REPEATED]
    again = [c for c in new.cues if c.at_ms < border]
    if [(c.at_ms, c.step, type(c)) for c in before] != [(c.at_ms, c.step, type(c)) for c in again]:
        return None
    if [s for s in old.spans if s.start_ms < border and _over(s.start_ms, s.length_ms, border)] != [
        s for s in new.spans if s.start_ms < border and _over(s.start_ms, s.length_ms, border)
    ]:
        return None
    cues = (*before, *new.cues[len(again) :])
    if again_said:
        cues = tuple(sorted((*cues, *again_said), key=lambda c: c.at_ms))
    return replace(new, cues=cues)


def _unrolled(old: Segment, new: Segment, border: int) -> Segment | None:
    """`new`, which comes again in another way: the rounds that were played stand before it as they were."""
    if new.loop is None or border < 0:
        return None
    before = [replace(c, at_ms=at) for at, c in old.cues_between(0, border) if c.step != REPEATED]
    again, after = new.cues[: len(before)], new.cues[len(before) :]
    if not after or [(c.step, type(c)) for c in before] != [(c.step, type(c)) for c in again]:
        return None
    # A loop is in whole milliseconds: after many rounds it stands a little beside what is computed anew.
    off = border - after[0].at_ms
    moved = (replace(c, at_ms=c.at_ms + off) for c in after)
    return replace(new, cues=(*before, *moved), loop=(new.loop[0] + off, new.loop[1] + off))


def _over(start: int, length: int | None, border: int) -> bool:
    return length is not None and start + length < border
