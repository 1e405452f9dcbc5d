"""An exposure while it runs: what its record holds, what is shown of it, and how a client ends it by choice. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from mindful.player.effects import Effect, Update
from mindful.player.exposure_view import ExposureView
from mindful.player.running import State, Stepped
from mindful.timeline.exposure import words
from mindful.timeline.exposure.runs import about_item, figures, read
from mindful.timeline.exposure.sheets import coded
from mindful.timeline.exposure.strip import sounds_on
from mindful.timeline.model import About, AskPrompt, ExposePrompt, LearnPrompt, Placed, RatePrompt, SheetPrompt
from mindful.tongue import _

KIND = "exposure"
FADE_MS = 1200
"""How a recording that is ended with the exposure fades."""
SAID_MS = 6000


@dataclass(frozen=True, slots=True)
class _Told:
    """What the segments of one exposure say together with the answers."""

    about: About | None
    ratings: tuple[tuple[int, float], ...]
    held_ms: int
    begun: bool
    """Whether a stretch began."""
    sheets: Mapping[str, Any]
    over: bool
    """Whether what comes after it was reached."""
    refused: bool


def key_of(p: Placed) -> str:
    """The base of the answers of the exposure that a segment is part of; empty where it is a mere page."""
    id_ = (p.segment.prompt.id if p.segment.prompt is not None else None) or ""
    return _base(id_)


def _base(id_: str) -> str:
    head, _dot, last = id_.rpartition(".")
    return head.rpartition(".")[0] if last.isdecimal() else head


def _part(p: Placed) -> str:
    id_ = (p.segment.prompt.id if p.segment.prompt is not None else None) or ""
    return id_.removeprefix(_base(id_) + ".").partition(".")[0]


def _told(state: State, path: str) -> _Told:
    about: About | None = None
    ratings: list[tuple[int, float]] = []
    sheets: dict[str, Any] = {}
    held = 0
    begun = over = refused = False
    for p in state.timeline.placed:
        if p.segment.step != path or p.segment.kind != KIND or p.start_ms > state.at.position_ms:
            continue
        prompt = p.segment.prompt
        value = None if prompt is None or prompt.id is None else state.answers.get(prompt.id)
        if isinstance(prompt, ExposePrompt):
            about, begun = prompt.about, True
            took = p.length_ms if p.length_ms is not None else state.at.position_ms - p.start_ms
            held += min(took, max(0, state.at.position_ms - p.start_ms))
        elif isinstance(prompt, RatePrompt) and isinstance(value, int | float):
            ratings.append((held, value))
        elif isinstance(prompt, SheetPrompt):
            part = _part(p)
            over = over or part == "after"
            sheets[part] = value
        elif isinstance(prompt, AskPrompt) and _part(p) == "agreed":
            refused = value == words.not_agreed()
        elif isinstance(prompt, LearnPrompt) and begun:
            over = True
    return _Told(about, tuple(ratings), held, begun, sheets, over, refused)


def data(state: State, path: str) -> dict[str, Any]:
    """What a progress note is written from: agreed by whom, what, what was expected, the curve, what came of it."""
    told = _told(state, path)
    key = _key(state, path)
    if told.refused:
        return {"agreed": "no"}
    out: dict[str, Any] = {}
    if told.about is not None:
        about = told.about
        out |= {
            "ladder": {"title": about.ladder},
            **about_item(about),
            "mode": about.mode,
            "agreed": about.agreed,
            "planned_ms": about.of_ms,
        }
    if "before" in told.sheets:
        out["before"] = dict(told.sheets["before"] or {})
    out["ratings"] = [[at, suds] for at, suds in told.ratings]
    if not told.begun:
        return out
    out["held_ms"] = told.held_ms
    assert told.about is not None
    ended = "left"
    if state.answers.get(f"{key}.stopped"):
        ended = "chosen"
    elif told.over:
        ended = "time" if told.held_ms >= told.about.of_ms - 1500 else "until"
    out["ended"] = ended
    if "after" in told.sheets:
        out["after"] = coded(told.sheets["after"])
    run = read(out)
    if run is not None:
        out["figures"] = figures(run)
    return out


def _key(state: State, path: str) -> str:
    for p in state.timeline.placed:
        if p.segment.step == path and p.segment.prompt is not None and p.segment.prompt.id is not None:
            return _base(p.segment.prompt.id)
    return path


def view(state: State) -> ExposureView | None:
    """What is shown of the exposure of this moment; None where there is none, or it has not begun."""
    p = state.placed
    if p is None or p.segment.kind != KIND or state.grounding is not None:
        return None
    prompt = p.segment.prompt
    told = _told(state, p.segment.step)
    if told.about is None or not isinstance(prompt, ExposePrompt | RatePrompt):
        return None
    stretching = isinstance(prompt, ExposePrompt)
    ahead = None
    if isinstance(prompt, ExposePrompt) and prompt.at_most_ms is not None:
        ahead = max(0, p.start_ms + prompt.at_most_ms - state.at.position_ms)
    return ExposureView(
        words=told.about.words,
        ratings=told.ratings,
        held_ms=told.held_ms,
        of_ms=told.about.of_ms,
        stretching=stretching,
        next_ms=ahead,
    )


def may_finish(state: State) -> bool:
    """Whether there is an exposure that can be ended by choice now: a stretch, or a rating within it."""
    p = state.asking
    if p is None or p.segment.kind != KIND:
        return False
    prompt = p.segment.prompt
    return isinstance(prompt, ExposePrompt) or (isinstance(prompt, RatePrompt) and _told(state, p.segment.step).begun)


def marked(state: State) -> State:
    """The client ends the exposure: after one more rating comes what was learned."""
    p = state.asking
    assert p is not None
    said = state.said
    if isinstance(p.segment.prompt, RatePrompt):
        said = (_(words.LAST), state.at.now_ms + SAID_MS)
    return replace(state, answers={**state.answers, f"{key_of(p)}.stopped": True}, said=said)


def unmarked(state: State, segment: int) -> State:
    """The client went back before segment `segment`: an exposure that is asked again has not been ended."""
    gone = {key_of(p) for p in state.timeline.placed[segment:] if p.segment.kind == KIND}
    names = {f"{key}.stopped" for key in gone}
    names |= {
        p.segment.prompt.id
        for p in state.timeline.placed[segment:]
        if isinstance(p.segment.prompt, ExposePrompt) and p.segment.prompt.id is not None
    }
    if names.isdisjoint(state.answers):
        return state
    return replace(state, answers={k: v for k, v in state.answers.items() if k not in names})


def quieted(state: State, effects: list[Effect]) -> Stepped:
    """An exposure was left for what comes after it: a recording of it that goes on still is over now."""
    placed = state.timeline.placed
    at = state.at.position_ms
    changed = False
    out = list(placed)
    for i, p in enumerate(placed):
        if p.segment.kind != KIND or not isinstance(p.segment.prompt, ExposePrompt) or p.start_ms > at:
            continue
        kept = tuple(
            c for c in p.segment.cues if not (sounds_on(c) and p.start_ms + c.at_ms + getattr(c, "length_ms", 0) > at)
        )
        if len(kept) != len(p.segment.cues):
            out[i], changed = Placed(replace(p.segment, cues=kept), p.start_ms, p.length_ms), True
    if not changed:
        return state, effects
    timeline = replace(state.timeline, placed=tuple(out))
    return replace(state, timeline=timeline), [*effects, Update(FADE_MS)]
