"""The pure step that moves a running session: (state, what happened) -> (state, effects). Called by the conductor.

No clock, no sound, no file: the conductor asks those and hands in the moment. A `Moment` is the time since the start
and the position that is heard; both in ms.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from mindful.audio.levels import Levels
from mindful.player import exposing
from mindful.player.done import cycle_end
from mindful.player.easing import eased
from mindful.player.effects import (
    CloseLog,
    Effect,
    FinishSound,
    HoldSound,
    ResumeSound,
    Seek,
    SetLevels,
    SetVolume,
    Tell,
    Update,
)
from mindful.player.landing import FADE_MS, grounding_of, landed
from mindful.player.repeating import repeated
from mindful.player.running import Moment, State, Stepped
from mindful.player.skipped import joined, without
from mindful.player.tapping import over, prompt_of, result
from mindful.player.tapping import tap as tap
from mindful.player.view import Ended
from mindful.player.writing import BEAT_MS as BEAT_MS
from mindful.player.writing import answered, beat, current, entered, key_of, leave, write
from mindful.timeline.compile import extend
from mindful.timeline.lookup import phase_at, places_of, steps_of
from mindful.timeline.model import ExposePrompt, FindPrompt, KeyPrompt, Placed, RatePrompt, SheetPrompt, Timeline
from mindful.timeline.unfold import Setup, begin
from mindful.tongue import _

LEAD_MS = 500
"""An open step ends this long after its answer: sound is written ahead, so what comes next is heard from its start."""
LANDING_MS = 8000
"""How long the landing line stands after ending early."""
LANDING_FADE_MS = FADE_MS
LANDED = "landed"
"""The reason in the record of who stopped and landed."""
CUT_SHORT_MS = 400
"""How fast the last line of the landing fades when it is ended early."""
BACK_MS = 3000
"""Going back within this time after a step's start goes to the step before."""
ASLEEP_MS = 10_000
"""Nobody asked for the time for so long: the computer slept or the program was halted, and nothing was played."""
SLEPT = _("The computer was asleep for a while. The session goes on from where it was.")
MOSTLY = 0.5
"""A session of which more than this share was skipped was not completed."""


def ready(setup: Setup) -> State:
    """The state before the start."""
    timeline, cursors = extend(setup, Timeline(), begin(setup), {})
    return State(setup, timeline, cursors)


def start(state: State) -> Stepped:
    """The session begins."""
    return entered(replace(state, started=True), [])


def tick(state: State, at: Moment) -> Stepped:
    """Time has gone on to `at`."""
    if state.ended is not None or not state.started:
        return state, []
    if state.paused_since is None and at.now_ms - state.at.now_ms > ASLEEP_MS:
        return _woken(state, at.now_ms)
    if state.landing_since is not None:
        landed = at.now_ms - state.landing_since
        state = replace(state, at=replace(state.at, now_ms=at.now_ms))
        if landed >= LANDING_MS:
            return _end(state, "stopped", "client", [])
        return beat(state, [])
    if state.paused_since is not None:
        return beat(replace(state, at=replace(state.at, now_ms=at.now_ms)), [])
    before = state.at.position_ms
    position = max(before, at.position_ms)
    first = before if before == 0 else before + 1
    late = tuple(position - t for t, _ in state.timeline.cues_between(first, position + 1)) if position > before else ()
    played = joined(state.played, before, position)
    here = joined(state.here, before, position)
    state = replace(state, at=Moment(at.now_ms, position), late_ms=state.late_ms + late, played=played, here=here)
    if over(state):
        return tapped(state)
    effects: list[Effect] = []
    state, effects = _time_out(state, effects)
    state, effects = entered(state, effects)
    total = state.timeline.total_ms
    if state.timeline.complete and total is not None and position >= total:
        if state.grounding is not None:
            return _end(state, "stopped", LANDED, effects)
        mostly = state.skipped_ms > MOSTLY * max(1, total)
        if mostly:
            return _end(state, "stopped", "skipped to the end", effects)
        return _end(state, "completed", "", effects)
    return beat(state, effects)


def _woken(state: State, now_ms: int) -> Stepped:
    """The time that was slept through counts as a pause: the session goes on where the client left it."""
    slept = now_ms - state.at.now_ms
    landing = None if state.landing_since is None else state.landing_since + slept
    here = state.at.position_ms
    state = replace(state, at=Moment(now_ms, here), paused_ms=state.paused_ms + slept, landing_since=landing)
    return beat(state, [Tell(SLEPT)] if landing is not None else [Seek(here), Tell(SLEPT)])


def hold(state: State) -> Stepped:
    """Pause."""
    if state.status == "paused" or not state.goes_on:
        return state, []
    state = replace(state, paused_since=state.at.now_ms)
    return state, [HoldSound(), write(state, "pause")]


def resume(state: State) -> Stepped:
    """Go on after a pause."""
    if state.status != "paused":
        return state, []
    state = replace(state, paused_ms=state.pauses_ms, paused_since=None)
    return state, [ResumeSound(), write(state, "resume")]


def answer(state: State, value: Any) -> Stepped:
    """The open step is over; `value` was accepted before (`answers.accept`), None leaves the question open."""
    effects: list[Effect] = []
    if state.status == "paused":
        state, effects = resume(state)
    p = state.asking
    if p is None or state.status not in ("playing", "asking"):
        return state, effects
    prompt = p.segment.prompt
    assert prompt is not None
    offset = state.at.position_ms - p.start_ms
    key = key_of(p)
    if not isinstance(prompt, KeyPrompt):
        state = _undrafted(state, key)
        parts = prompt.names(key, value) if isinstance(prompt, SheetPrompt) else {}
        state = replace(state, answers={**state.answers, key: value, **parts})
        effects += answered(state, p, value)
    elif prompt.id is not None:
        state = replace(state, answers={**state.answers, key: round(offset / 1000, 1)})
    state, effects = _close_open(state, p, offset, effects)
    return exposing.quieted(state, effects) if _exposed(state, p) else (state, effects)


def _exposed(state: State, p: Placed) -> bool:
    """Whether an exposure was over with this segment: what comes next belongs to it no more, or looks back on it."""
    if p.segment.kind != exposing.KIND or not isinstance(p.segment.prompt, RatePrompt):
        return False
    following = state.timeline.placed[p.segment.index + 1 :]
    return not following or not isinstance(following[0].segment.prompt, ExposePrompt)


def finish(state: State) -> Stepped:
    """End the exposure that runs, by choice: one more rating, and then what was learned. Not a failure, nor a skip."""
    effects: list[Effect] = []
    if not exposing.may_finish(state):
        return state, effects
    if state.status == "paused":
        state, effects = resume(state)
    state = exposing.marked(state)
    if state.asks:
        return state, effects
    state, more = answer(state, None)
    return state, effects + more


def find(state: State, things: int) -> Stepped:
    """Something was found; with the last of what the open step asks for, it goes on."""
    p = state.asking
    prompt = None if p is None else p.segment.prompt
    if p is None or not isinstance(prompt, FindPrompt) or state.status not in ("playing", "paused"):
        return state, []
    effects: list[Effect] = []
    if state.status == "paused":
        state, effects = resume(state)
    count = min(prompt.things, state.found.get(p.segment.index, 0) + max(0, things))
    state = replace(state, found={**state.found, p.segment.index: count})
    if count < prompt.things:
        return state, effects
    state, more = answer(state, None)
    return state, effects + more


def skip(state: State, *, whole: bool = False) -> Stepped:
    """Go to the next step; within a step of several parts to its next part, unless `whole`."""
    if not state.goes_on:
        return state, []
    p = state.asking
    if p is not None and state.found.get(p.segment.index):
        return answer(state, None)  # what was found is enough
    if p is not None:
        effects: list[Effect] = []
        if state.status == "paused":
            state, effects = resume(state)
        if isinstance(p.segment.prompt, ExposePrompt):
            # On to the rating; as a whole it is ended by choice, which is no skipping.
            return finish(state) if whole else answer(state, None)
        key = key_of(p)
        state = _undrafted(state, key)
        state = replace(state, answers={**state.answers, key: None}, leaving="skipped")
        effects += answered(state, p, None)
        offset = state.at.position_ms - p.start_ms
        return _close_open(state, p, offset, effects, cut=True)
    part = None if whole else _next_part(state)
    if part is not None:
        return _jump(_skipped_to(state, part), part, [])
    target = _next_start(state)
    here = state.placed
    if here is not None and here.segment.open:
        # answered already: only its end is left out, and how it ended stays as it was
        state, effects = leave(state, [], state.leaving)
        return _jump(replace(state, step=None), target, effects)
    state, effects = leave(state, [], "skipped")
    return _jump(replace(_skipped_to(state, target), step=None), target, effects)


def back(state: State) -> Stepped:
    """Go to the start of this step, or soon after it to the step before. A question on the way is asked again."""
    if not state.goes_on:
        return state, []
    # From the landing no way leads back into the session.
    here = [entry for entry in places_of(state.timeline) if entry[1].segment.index >= (state.grounding or 0)]
    now = state.at.position_ms
    passed = [entry for entry in here if entry[0] <= now]
    if not passed:
        return state, []
    i = len(passed) - 1
    if now - passed[i][0] < BACK_MS or state.asks:
        # A question that stands open has no start to go back to.
        # several steps may begin at one instant (a bell and what follows it): go before them all
        start_ms = passed[i][0]
        while i > 0 and passed[i][0] == start_ms:
            i -= 1
    target, p, span = passed[i]
    if span.parts and state.step is not None and p.segment.index == state.step[0] and span == current(state):
        return _jump(state, target, [])
    state = replace(state, tapping=None, taps=())
    state, effects = leave(state, [], "left")
    again = next((q for q in state.timeline.placed[p.segment.index :] if q.segment.open), None)
    if again is not None and again.length_ms is not None:
        count = again.segment.index
        state = exposing.unmarked(state, count)
        base = state.timeline.until(count)
        timeline, cursors = extend(state.setup, base, state.cursors[count], state.answers)
        # what came after it is no more: another answer may lead elsewhere
        gone = again.start_ms, max(again.start_ms, state.timeline.known_ms, now)
        state = replace(
            state,
            timeline=timeline,
            cursors=(*state.cursors[:count], *cursors),
            skipped=without(state.skipped, *gone),
            played=without(state.played, *gone),
            found={k: n for k, n in state.found.items() if k < count},
        )
        effects.append(Update())
    return _jump(replace(state, step=None), target, effects)


def stop(state: State) -> Stepped:
    """End early: a landing line, then the end; asked again, the end at once."""
    if state.ended is not None:
        return state, []
    if not state.started or state.landing_since is not None:
        return _end(state, "stopped", "client", [])
    if state.grounding is not None:
        state, effects = leave(state, [], "left")
        return _end(state, "stopped", LANDED, effects)
    effects = []
    if state.paused_since is not None:
        state = replace(state, paused_ms=state.pauses_ms, paused_since=None)
        effects.append(FinishSound(1))
    else:
        effects.append(FinishSound(LANDING_FADE_MS))
    state, effects = leave(state, effects, "left")
    return replace(state, landing_since=state.at.now_ms, step=None), effects


def say_again(state: State) -> Stepped:
    """The last line once more; a pause is over by that."""
    if not state.started or not state.goes_on:
        return state, []
    state, effects = resume(state)
    state, told = repeated(state)
    return state, [*effects, *told]


def draft(state: State, value: Any) -> Stepped:
    """A form holds this by now: it is written down, and shown again should the client come back to it."""
    p = state.asking
    if p is None or state.status != "asking" or state.drafts.get(key_of(p)) == value:
        return state, []
    prompt = p.segment.prompt
    assert prompt is not None
    state = replace(state, drafts={**state.drafts, key_of(p): value})
    return state, [write(state, "draft", id=key_of(p), value=value, private=prompt.private, step=p.segment.step)]


def tapped(state: State) -> Stepped:
    """The question that is answered by tapping is over."""
    if prompt_of(state) is None or state.status != "asking":
        return state, []
    value, told = result(state)
    state, effects = answer(replace(state, tapping=None, taps=()), value)
    return state, [*told, *effects]


def _undrafted(state: State, key: str) -> State:
    return replace(state, drafts={k: v for k, v in state.drafts.items() if k != key})


def ease(state: State) -> Stepped:
    """Shorter, gentler breaths from the next one on."""
    return eased(state)


def land(state: State) -> Stepped:
    """Stop and land: the grounding minute takes the place of all that was to come. While it ends already, nothing."""
    if not state.started or not state.goes_on or state.grounding is not None or state.placed is None:
        return state, []
    effects: list[Effect] = []
    if state.status == "paused":
        state, effects = resume(state)
    state, effects = leave(state, effects, "left")
    at = state.at.position_ms
    of = state.timeline.total_ms if state.timeline.complete else None
    effects.append(write(state, "landing", at_ms=at, of_ms=of, after_ms=state.elapsed_ms))
    state = landed(state)
    effects.append(Update(FADE_MS))
    return entered(state, effects)


def set_volume(state: State, level: float) -> Stepped:
    """Louder or softer."""
    level = min(1.0, max(0.0, level))
    return replace(state, volume=level), [SetVolume(level)]


def set_levels(state: State, levels: Levels) -> Stepped:
    """Voice, breath tone, bells and background against one another."""
    return replace(state, levels=levels), [SetLevels(levels)]


def abort(state: State, status: str, reason: str) -> Stepped:
    """The program ends now."""
    if state.ended is not None:
        return state, []
    state, effects = leave(state, [], "left")
    return _end(state, status, reason, effects)


def _end(state: State, status: Any, reason: str, effects: list[Effect]) -> Stepped:
    if status == "completed":
        state, effects = leave(state, effects, state.leaving)
        effects.append(FinishSound(0))
    elif state.grounding is not None:
        effects.append(FinishSound(CUT_SHORT_MS))
    elif state.landing_since is None:
        effects.append(FinishSound(1))
    state, effects = beat(state, effects, now=True)
    ended = Ended(status=status, reason=reason, elapsed_ms=state.elapsed_ms, paused_ms=state.pauses_ms)
    times: dict[str, Any] = {"t_ms": state.at.now_ms, "elapsed_ms": ended.elapsed_ms, "paused_ms": ended.paused_ms}
    if state.grounding is not None:
        times["landing"] = grounding_of(state)
    elif state.timeline.complete and state.timeline.total_ms is not None:
        # Lines were said meanwhile: only now is it known how long all of it takes.
        times["planned_ms"] = state.timeline.total_ms
    effects.append(CloseLog(status, reason, times))
    return replace(state, ended=ended), effects


def _skipped_to(state: State, target: int) -> State:
    """What lies between is skipped, unless the step may be left out."""
    span = current(state)
    if span is not None and span.optional:
        return state
    return replace(state, skipped=joined(state.skipped, state.at.position_ms, target))


def _next_part(state: State) -> int | None:
    """Where the next part of the step that runs begins; None in its last part, and where it has none."""
    span, now = current(state), state.at.position_ms
    if span is None or state.step is None:
        return None
    start = state.timeline.placed[state.step[0]].start_ms
    return next((start + p.start_ms for p in span.parts if start + p.start_ms > now), None)


def _next_start(state: State) -> int:
    """Where the next step begins, or where the session ends."""
    now = state.at.position_ms
    after = (t for t, _, _ in steps_of(state.timeline) if t > now)
    total = state.timeline.total_ms
    return next(after, now if total is None else total)


def _jump(state: State, target: int, effects: list[Effect]) -> Stepped:
    state = replace(state, at=replace(state.at, position_ms=target))
    effects.append(Seek(target))
    return entered(state, effects)


def _time_out(state: State, effects: list[Effect]) -> Stepped:
    """An open step with `at_most` ends by itself; said a little ahead, so that what follows is heard from its start."""
    p = state.asking
    if p is None or not isinstance(p.segment.prompt, KeyPrompt) or p.segment.prompt.at_most_ms is None:
        return state, effects
    offset = state.at.position_ms - p.start_ms
    limit = p.segment.prompt.at_most_ms
    if offset < limit - LEAD_MS:
        return state, effects
    if p.segment.prompt.id is not None:
        state = replace(state, answers={**state.answers, p.segment.prompt.id: round(limit / 1000, 1)})
    return _extended(state, state.timeline.closed(max(limit, offset)), effects)


def _close_open(state: State, p: Placed, offset: int, effects: list[Effect], *, cut: bool = False) -> Stepped:
    """End the open segment: a paced one with its breath, others a moment after the answer."""
    end = offset + LEAD_MS
    now = phase_at(p.segment, offset) if p.segment.grain_ms and not cut else None
    if now is not None:
        breath = cycle_end(p, now.cue)
        return _extended(state, state.timeline.closed(max(breath, end), breath), effects)
    return _extended(state, state.timeline.closed(end, offset + 1 if p.segment.loop else None), effects)


def _extended(state: State, timeline: Timeline, effects: list[Effect]) -> Stepped:
    timeline, cursors = extend(state.setup, timeline, state.cursors[-1], state.answers)
    effects.append(Update())
    return replace(state, timeline=timeline, cursors=(*state.cursors[:-1], *cursors)), effects
