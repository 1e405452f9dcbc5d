"""An answer that opens the client's own plan and contacts: noticed as soon as its field is finished. Called by `state`.

The performer shows the plan and says so with `Shown`; the record has when it was due and when it was shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from mindful.player.running import State, Stepped
from mindful.player.writing import key_of, write
from mindful.timeline.model import SheetPrompt
from mindful.timeline.sheet import drafted


def noticed(state: State, given: Any) -> Stepped:
    """With what is filled in by now: fields that ask for the client's plan and did not before."""
    p = state.asking
    prompt = None if p is None else p.segment.prompt
    if p is None or not isinstance(prompt, SheetPrompt) or not isinstance(given, Mapping):
        return state, []
    _at, values, _typed = drafted(given)
    new = [
        field.name
        for field in prompt.shown(values)
        if field.supports(values.get(field.name)) and (p.segment.step, field.name) not in state.supported
    ]
    if not new:
        return state, []
    supported = state.supported | {(p.segment.step, name) for name in new}
    due = write(state, "support", phase="due", step=p.segment.step, id=key_of(p), fields=new)
    return replace(state, supported=supported, support_due=True), [due]


def shown(state: State) -> Stepped:
    """The plan is in front of the client."""
    if not state.support_due:
        return state, []
    return replace(state, support_due=False), [write(state, "support", phase="shown")]
