"""From a state to what a performer shows: pure, once a frame."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from mindful.player import exposing
from mindful.player.feedback_view import FeedbackView
from mindful.player.running import State
from mindful.player.tapping import prompt_of, since_ms
from mindful.player.view import PartView, PhaseView, StepView, View
from mindful.player.writing import key_of
from mindful.timeline.breath import fill_at
from mindful.timeline.lookup import captions_at, layer_at, part_at, phase_at, step_at, steps_of
from mindful.timeline.model import Placed, StepSpan
from mindful.tongue import _

LANDING = _("You can stop here. If you like, feel your feet, look around the room, and move when you are ready.")


def look(
    state: State,
    title: str,
    notices: tuple[str, ...] = (),
    offers: Mapping[str, Any] | None = None,
    feedback: FeedbackView | None = None,
) -> View:
    """The view of this moment. `offers`: what an earlier session had begun, by its question."""
    offers = offers or {}
    at = state.at.position_ms
    landing = state.status == "landing" and state.grounding is None
    p = state.placed
    offset = 0 if p is None else at - p.start_ms
    span = None if p is None else step_at(p.segment, offset)
    caption, previous = (LANDING, "") if landing else captions_at(state.timeline, at)
    total = state.timeline.total_ms if state.timeline.complete else None
    layer = layer_at(state.timeline, at)
    number, following = _around(state, p, span)
    key = key_of(p) if p is not None and state.asks else None
    return View(
        status=state.status,
        title=title,
        position_ms=at,
        elapsed_ms=state.elapsed_ms,
        left_ms=None if total is None else max(0, total - at),
        step=None if span is None else _step_view(span, number),
        step_left_ms=_left(p, span, offset),
        step_elapsed_ms=0 if span is None else max(0, offset - span.start_ms),
        next=following,
        phase=None if p is None or landing else _phase(p, offset),
        caption=caption,
        previous_caption=previous,
        prompt=p.segment.prompt if p is not None and p.length_ms is None and not landing else None,
        layer="silence" if layer is None else layer.layer,
        volume=state.volume,
        levels=state.levels,
        part=None if span is None or landing else _part(span, offset),
        found=0 if p is None else state.found.get(p.segment.index, 0),
        notices=notices,
        given=None if key is None else state.drafts.get(key, state.answers.get(key)),
        offered=None if key is None or key in state.drafts or key in state.answers else offers.get(key),
        taps=_taps(state),
        support_due=state.support_due,
        said=state.said[0] if state.said is not None and state.at.now_ms < state.said[1] else "",
        exposure=exposing.view(state),
        feedback=feedback,
        grounding=state.grounding is not None,
        ended=state.ended,
        timeline=state.timeline,
    )


def _taps(state: State) -> tuple[int, int, int] | None:
    prompt = prompt_of(state)
    if prompt is None:
        return None
    since = since_ms(state)
    return (0, 0, prompt.for_ms) if since is None else (len(state.taps), since, prompt.for_ms)


def _phase(p: Placed, offset: int) -> PhaseView | None:
    now = phase_at(p.segment, offset)
    if now is None:
        return None
    left = now.cue.length_ms - now.elapsed_ms
    return PhaseView(
        cue=now.cue,
        elapsed_ms=now.elapsed_ms,
        fill=fill_at(now.cue, now.elapsed_ms),
        count=max(1, math.ceil(left / 1000)),
        next=now.next,
    )


def _part(span: StepSpan, offset: int) -> PartView | None:
    here = part_at(span, offset)
    if here is None:
        return None
    number, part = here
    a, b = next(((a, b) for a, b in part.held if a <= offset < b), (0, 0))
    return PartView(
        name=part.name,
        number=number + 1,
        of=len(span.parts),
        held_ms=offset - a if b else None,
        hold_ms=b - a,
        let_go=span.kind == "relax" and any(end <= offset for _, end in part.held),
    )


def _left(p: Placed | None, span: StepSpan | None, offset: int) -> int | None:
    if p is None or span is None or span.length_ms is None:
        return None
    return max(0, span.start_ms + span.length_ms - offset)


def _step_view(span: StepSpan, number: int) -> StepView:
    return StepView(path=span.step, kind=span.kind, label=span.label, number=number)


def _around(state: State, p: Placed | None, span: StepSpan | None) -> tuple[int, StepView | None]:
    """(number of this step from 1, the next step that is worth naming)."""
    steps = steps_of(state.timeline)
    here = -1
    for i, (_at, q, s) in enumerate(steps):
        if q is p and s is span:
            here = i
    if here < 0:
        return 0, None
    for i in range(here + 1, len(steps)):
        s = steps[i][2]
        if s.kind not in ("pause", "sound"):
            return here + 1, _step_view(s, i + 1)
    return here + 1, None
