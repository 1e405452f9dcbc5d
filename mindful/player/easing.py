"""Shorter, gentler breaths from the next one on: what the client's key does to a running session. `state` calls it.

The breath that runs is finished as it is. What comes after it is unfolded anew with another `timeline.ease.Ease`, by
the same door through which the voice's real lengths come in (`respoken`), so that nothing that was played changes.
"""

from __future__ import annotations

from dataclasses import replace

from mindful.player.done import cycle_end
from mindful.player.respoken import respoken
from mindful.player.running import State, Stepped
from mindful.player.writing import write
from mindful.timeline.ease import MOST, Ease
from mindful.timeline.lookup import phase_at, steps_of
from mindful.tongue import _

EASED = _("Shorter, gentler breaths from the next one on.")
EASED_LATER = _("When breathing comes, its breaths will be shorter and gentler.")
ENOUGH = _("The breaths are as short as is gentle. You may breathe as you like, or stop and land.")
AHEAD_MS = 400
"""A breath that begins sooner than this is in the device already: the one after it is the first."""
SAID_MS = 5000
"""How long a short line to the client stands."""


def said(state: State, text: str) -> State:
    """With a short line for the client to see now."""
    return replace(state, said=(text, state.at.now_ms + SAID_MS))


def eased(state: State) -> Stepped:
    """One level more, from the next breath on."""
    if not state.goes_on or state.grounding is not None or state.placed is None:
        return state, []
    p, old, now = state.placed, state.setup.ease, state.at.position_ms
    begun = {s.step: old.of(s.step) for at, _, s in steps_of(state.timeline) if s.kind == "breathe" and at <= now}
    found = phase_at(p.segment, now - p.start_ms)
    if found is None:
        level, border, more = old.level + 1, now + AHEAD_MS, {}
    else:
        cue = found.cue
        border, first = cycle_end(p, cue), cue.cycle
        following = phase_at(p.segment, border) if p.start_ms + border - now < AHEAD_MS else None
        if following is not None and following.cue.step == cue.step:
            border, first = cycle_end(p, following.cue), following.cue.cycle
        border += p.start_ms
        level = old.at(cue.step, first) + 1
        more = {cue.step: (*(run for run in old.of(cue.step) if run[0] < first), (first, level))}
    if level > MOST:
        return said(state, ENOUGH), []
    changed = replace(state, setup=replace(state.setup, ease=Ease(level, {**begun, **more})))
    told, effects = respoken(changed, border)
    if found is not None and told.timeline == state.timeline and _goes_on(state, border):
        return said(state, ENOUGH), []
    step = found.cue.step if found is not None else None
    words = EASED if found is not None and _goes_on(state, border) else EASED_LATER
    event = write(state, "ease", level=level, step=step, from_cycle=None if found is None else first + 1, at_ms=border)
    return said(told, words), [*effects, event]


def _goes_on(state: State, border: int) -> bool:
    """Whether another breath of the same step follows."""
    p = state.placed
    assert p is not None
    here, after = phase_at(p.segment, state.at.position_ms - p.start_ms), phase_at(p.segment, border - p.start_ms)
    return here is not None and after is not None and here.cue.step == after.cue.step
