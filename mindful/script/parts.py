"""What a session holds, as far as it matters for whom it suits: breath, held breath, movement, tension, body, cold.

The page before a session asks (`mindful.tui.caution_words`), so that a caution speaks of what will really happen.
"""

from __future__ import annotations

import re
from typing import Literal, get_args

from mindful.script.model import Script, Step
from mindful.script.patterns import bundled, phases_of
from mindful.script.tiers import COLD, SHORT_HOLD_MS, longest_still_ms
from mindful.script.where import walk

Part = Literal["exposure", "cold", "hold", "breath", "move", "tense", "body"]
PARTS: tuple[Part, ...] = get_args(Part)
CALLED_EXPOSURE = re.compile(r"\b(exposure|exposition\w*|konfrontation\w*|reizkonfrontation\w*)\b", re.IGNORECASE)
"""A tag by which a script calls itself an exposure."""
MOST_DEEP = 12
"""Scripts within scripts that are followed."""


def parts_of(script: Script, deep: int = 0) -> frozenset[Part]:
    """What is in any step of it, steps under conditions and included scripts among them. `hold`: for over 2 s."""
    found: set[Part] = set()
    if any(CALLED_EXPOSURE.search(tag) for tag in script.tags):
        found.add("exposure")  # written by hand, in steps of other kinds
    if COLD in script.tags:
        found.add("cold")
    for placed in walk(script.steps):
        found |= _parts(placed.step, script)
        include = placed.step.include
        if include is not None and deep < MOST_DEEP and (inner := script.included.get(include.script)) is not None:
            found |= parts_of(inner, deep + 1)
    return frozenset(found)


def _parts(step: Step, script: Script) -> set[Part]:
    match step.kind:
        case "breathe":
            return {"breath", "hold"} if _holds(step, script) else {"breath"}
        case "hrv_biofeedback":
            return {"breath"}
        case "wait":
            # a stopwatch is there for holds that the client ends
            return {"breath", "hold"} if step.wait is not None and step.wait.count else set()
        case "scan":
            return {"body"}
        case "relax":
            return {"body", "tense"}
        case "move":
            return {"move"}
        case "exposure":
            return {"exposure"}
    return set()


def _holds(step: Step, script: Script) -> bool:
    assert step.breathe is not None
    pattern = step.breathe.pattern
    if isinstance(pattern, str) and pattern not in script.patterns:
        known = bundled().get(pattern)
        if known is None or known.rounds:
            return known is not None
    return longest_still_ms(phases_of(pattern, script)) > SHORT_HOLD_MS
