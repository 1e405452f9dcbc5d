"""What the record is told while a session runs: beats, answers, and the steps that began and ended. Called by `state`.

Pure, as `state` is: the events are effects, which the conductor hands to the log.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from mindful.player import exposing
from mindful.player.done import done
from mindful.player.effects import Effect, Write
from mindful.player.running import State, Stepped
from mindful.timeline.lookup import step_at
from mindful.timeline.model import AnyPrompt, KeyPrompt, LearnPrompt, Placed, StepSpan

BEAT_MS = 900
"""An event at least this often, so that a killed program loses less than a second."""


def beat(state: State, effects: list[Effect], *, now: bool = False) -> Stepped:
    """A sign of life, with the lateness of the cues since the last: when it is time for one, or `now`."""
    if not now and state.at.now_ms - state.beat_ms < BEAT_MS:
        return state, effects
    if state.late_ms:
        effects.append(write(state, "cues", late_ms=list(state.late_ms)))
    effects.append(write(state, "beat", elapsed_ms=state.elapsed_ms, paused_ms=state.pauses_ms))
    return replace(state, beat_ms=state.at.now_ms, late_ms=()), effects


def write(state: State, event: str, **data: Any) -> Write:
    """An event of this moment."""
    return Write(event, {"t_ms": state.at.now_ms, **data})


def answered(state: State, p: Placed, value: Any) -> list[Effect]:
    """What the record is told of a question, also of one left open: an earlier answer to it no longer stands."""
    value = kept(p.segment.prompt, value)
    prompt = p.segment.prompt
    if prompt is None or not _asks(prompt):
        return []
    return [write(state, "answer", id=key_of(p), value=value, private=prompt.private, step=p.segment.step)]


def key_of(p: Placed) -> str:
    """What the answer to an open segment is called: its id, else the path of its step."""
    return (p.segment.prompt.id if p.segment.prompt is not None else None) or p.segment.step


def kept(prompt: AnyPrompt | None, value: Any) -> Any:
    """An answer as a record has it: of a quiz what was asked, what was chosen, and whether the page says so too.

    The numbers of the options would read like a score to whoever opens the file.
    """
    if not isinstance(prompt, LearnPrompt) or value is None:
        return value
    return [
        {"ask": item.ask, "chosen": item.options[n], "right": n == item.right}
        for item, n in zip(prompt.quiz, value, strict=False)
        if 0 <= n < len(item.options)
    ]


def _asks(prompt: AnyPrompt) -> bool:
    """Whether there is something to answer: a mere key has nothing, nor has a page without a quiz."""
    return not isinstance(prompt, KeyPrompt) and (not isinstance(prompt, LearnPrompt) or bool(prompt.quiz))


def current(state: State) -> StepSpan | None:
    """The step that runs."""
    if state.step is None:
        return None
    segment, k = state.step
    return state.timeline.placed[segment].segment.spans[k]


def entered(state: State, effects: list[Effect]) -> Stepped:
    """Write the steps that began and ended on the way to this moment."""
    p = state.placed
    if p is None:
        last = state.timeline.placed[-1] if state.timeline.placed else None
        if last is None or (state.step is None and not _begins_at_the_end(last)):
            return state, effects
        goal = (last.segment.index, len(last.segment.spans) - 1)
    else:
        span = step_at(p.segment, state.at.position_ms - p.start_ms)
        if span is None:
            return state, effects
        goal = (p.segment.index, p.segment.spans.index(span))
    if goal == state.step:
        return state, effects
    if state.step is None or goal < state.step:
        # of steps that begin together (a bell and what follows it), all are entered
        spans = state.timeline.placed[goal[0]].segment.spans
        first = next(k for k, s in enumerate(spans) if s.start_ms == spans[goal[1]].start_ms)
        state, effects = _begin_step(state, (goal[0], first), effects)
    while state.step != goal:
        state, effects = leave(state, effects, state.leaving)
        assert state.step is not None
        segment, k = state.step
        more = k + 1 < len(state.timeline.placed[segment].segment.spans)
        state, effects = _begin_step(state, (segment, k + 1) if more else (segment + 1, 0), effects)
    return state, effects


def _begins_at_the_end(last: Placed) -> bool:
    """Whether a last step takes no time (a bell): who skipped to the end comes to it still."""
    return last.segment.spans[-1].start_ms == last.length_ms


def _begin_step(state: State, goal: tuple[int, int], effects: list[Effect]) -> Stepped:
    state = replace(state, step=goal, leaving="done", here=())
    span = current(state)
    assert span is not None
    at = state.timeline.placed[goal[0]].start_ms + span.start_ms
    effects.append(write(state, "step", step=span.step, kind=span.kind, phase="start", at_ms=at))
    return state, effects


def leave(state: State, effects: list[Effect], status: str) -> Stepped:
    """Write how the step that runs ended. It stays the current one."""
    span = current(state)
    if span is None or state.step is None:
        return state, effects
    if status == "skipped" and span.optional:
        status = "left"
    p = state.timeline.placed[state.step[0]]
    if span.kind == exposing.KIND:
        data = exposing.data(state, span.step)
        effects.append(write(state, "step", step=span.step, kind=span.kind, phase="end", status=status, data=data))
        return state, effects
    found, answer = state.found.get(state.step[0], 0), state.answers.get(key_of(p))
    data = done(p, span, state.at.position_ms - p.start_ms, state.here, found, answer)
    runs = [run for run in state.setup.ease.of(span.step) if run[1]] if span.kind == "breathe" else []
    if runs:
        data["eased"] = [{"from_cycle": first + 1, "level": level} for first, level in runs]
    effects.append(write(state, "step", step=span.step, kind=span.kind, phase="end", status=status, data=data))
    return state, effects
