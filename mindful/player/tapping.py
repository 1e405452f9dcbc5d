"""Questions that are answered by tapping a key with each breath: the taps, and what they come to. Pure.

Times are those of the session without its pauses, so a pause in the middle is no long breath.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from mindful.player.effects import Effect, Tell
from mindful.player.running import State, Stepped
from mindful.player.writing import key_of, write
from mindful.timeline.counting import Key, count
from mindful.timeline.model import AskPrompt
from mindful.timeline.pace import Pace, pace
from mindful.tongue import _, figure

TOO_FEW = _("Those were too few taps to tell a pace by. That is all right.")
NONE_COUNTED = _("No round came to nine this time. Noticing the breath at all was the practice.")


def prompt_of(state: State) -> AskPrompt | None:
    """The open question, if it is answered by tapping."""
    p = state.asking
    prompt = None if p is None else p.segment.prompt
    return prompt if isinstance(prompt, AskPrompt) and prompt.tapped else None


def tap(state: State, key: Key) -> Stepped:
    """One key. Outside such a question, and in a pause, it means nothing."""
    prompt, p = prompt_of(state), state.asking
    if prompt is None or p is None or state.status != "asking" or (prompt.answer == "breaths" and key != "breath"):
        return state, []
    before = state.taps if state.tapping == p.segment.index else ()
    return replace(state, tapping=p.segment.index, taps=(*before, (state.elapsed_ms, key))), []


def since_ms(state: State) -> int | None:
    """How long has been tapped in the open question; None before its first tap."""
    p = state.asking
    if p is None or prompt_of(state) is None or state.tapping != p.segment.index or not state.taps:
        return None
    return state.elapsed_ms - state.taps[0][0]


def over(state: State) -> bool:
    """Whether the time for tapping has run out."""
    prompt, since = prompt_of(state), since_ms(state)
    return prompt is not None and since is not None and since >= prompt.for_ms


def result(state: State) -> tuple[Any, list[Effect]]:
    """(the answer that the taps come to, what the record and the client are told of it)."""
    prompt, p = prompt_of(state), state.asking
    assert prompt is not None and p is not None
    taps = state.taps if state.tapping == p.segment.index else ()
    name = key_of(p)
    if prompt.answer == "breaths":
        found = pace([at for at, _ in taps])
        first = taps[0][0] if taps else 0
        data: dict[str, Any] = {"kind": "pace", "taps_ms": [at - first for at, _ in taps]}
        if found is None:
            return None, [write(state, "tapped", id=name, **data), *([Tell(TOO_FEW)] if taps else [])]
        regularity = None if found.regularity is None else round(found.regularity, 3)
        data |= {"rate": found.shown, "regularity": regularity, "breaths": found.breaths}
        data |= {"doubles": found.doubles, "missed": found.missed, "margin": round(found.margin, 1)}
        told = [Tell(between(found))] if found.rough else []
        return found.shown, [write(state, "tapped", id=name, **data), *told]
    counted = count([key for _, key in taps])
    data = {"kind": "count", "rounds": list(counted.rounds), "lost": counted.lost, "right": counted.right}
    words = kindly(counted.right, counted.tries) if taps else ""
    return counted.percent, [write(state, "tapped", id=name, **data), *([Tell(words)] if words else [])]


def between(found: Pace) -> str:
    """What is said where breaths were so uneven that the number is a rough one."""
    low, high = (figure(round(found.rate + sign * found.margin, 1)) for sign in (-1, 1))
    return _("Your breaths were of different lengths, as breath often is: somewhere from {low} to {high}.").format(
        low=low, high=high
    )


def kindly(right: int, tries: int) -> str:
    """What is said afterwards of a count."""
    if not tries:
        return NONE_COUNTED
    if right == tries:
        return _("You came to nine each of {tries} times.").format(tries=tries) if tries > 1 else _("You came to nine.")
    return _(
        "You came to nine {right} times of {tries}. Each time that you noticed and began anew was the practice."
    ).format(right=right, tries=tries)
