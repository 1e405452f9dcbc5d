"""What a script asks of the body: read from its steps and those of the scripts it includes, not from what it says.

Pure. Called by `script.safety`, which knows whom each demand may harm.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from mindful.script.kinds.breath import Breathe, Phases
from mindful.script.model import Script, Step
from mindful.script.patterns import phases_of
from mindful.script.tiers import (
    FAST,
    LONG_HOLD_MS,
    SHORT_HOLD_MS,
    SLOW,
    breaths_a_minute,
    longest_still_ms,
    paces_of,
    tiers_of_steps,
)
from mindful.script.where import Placed, all_steps

Demand = Literal[
    "too-long", "intense", "hold", "very-slow", "top-up", "hum", "tense", "move", "scan", "interoceptive", "exposure"
]  # fmt: skip

CAP_MS = 90_000
"""No hold is guided for longer, whoever asks for it. Custom: an empty hold to the first urge, at most 60 to 90 s."""


def demands(script: Script, values: Mapping[str, Any] | None = None) -> frozenset[Demand]:
    """Everything that its steps ask for, whichever way it goes.

    With `values` (variables, answers) for these; without, whatever the variables' limits allow.
    """
    found: set[Demand] = set()
    for placed, tier in tiers_of_steps(script, values):
        if placed.step.include is not None:
            continue
        own = set(_of_breath(placed, script, values))
        if tier == "red":
            own.add("intense")
        elif tier == "yellow" and not own & {"hold", "very-slow"}:
            own.add("hold")  # a way of holding that is not in the phases
        found |= own
    for placed in all_steps(script):
        found |= set(_of_step(placed.step))
        if (exposure := placed.step.exposure) is not None:
            modes = script.modes_of(exposure)
            found |= {"interoceptive" if mode == "interoceptive" else "exposure" for mode in modes}
        if (inner := _included(placed.step, script)) is not None:
            given = placed.step.include.with_ if placed.step.include is not None else {}
            known = None if values is None else {**inner.defaults(), **values, **given}
            found |= demands(inner, known)
    return frozenset(found)


def of_phases(phases: Phases, paces: tuple[float, ...] = ()) -> frozenset[Demand]:
    """What a pattern asks for; with `paces` (breaths a minute), stretched to each of them."""
    found: set[Demand] = set()
    own, still = breaths_a_minute(phases), longest_still_ms(phases)
    for pace in paces or (own,):
        if pace <= 0:
            continue
        hold = still * own / pace - 1e-6
        if hold > CAP_MS:
            found.add("too-long")
        if pace > FAST + 1e-9 or hold > LONG_HOLD_MS:
            found.add("intense")
        elif hold > SHORT_HOLD_MS:
            found.add("hold")
        if pace < SLOW - 1e-9:
            found.add("very-slow")
    if any(p.phase == "top_up" for p in phases):
        found.add("top-up")
    if any(p.through == "hum" for p in phases):
        found.add("hum")
    return frozenset(found)


def _of_breath(placed: Placed, script: Script, values: Mapping[str, Any] | None) -> Iterator[Demand]:
    breathe: Breathe | None = placed.step.breathe
    if breathe is None:
        return
    try:
        phases = phases_of(breathe.pattern, script)
    except LookupError:
        return  # told as an unknown pattern
    yield from of_phases(phases, tuple(paces_of(breathe, script, values)))


def _of_step(step: Step) -> Iterator[Demand]:
    if step.relax is not None and not step.relax.recall:
        yield "tense"
    if step.move is not None:
        yield "move"
    if step.scan is not None:
        yield "scan"


def _included(step: Step, script: Script) -> Script | None:
    return script.included.get(step.include.script) if step.include is not None else None


def cautions(script: Script) -> frozenset[str]:
    """The cautions that a script and those it includes declare, and those of the bundled patterns that they name."""
    from mindful.script.patterns import bundled

    found: set[str] = set(script.cautions)
    for placed in all_steps(script):
        breathe = placed.step.breathe
        if breathe is not None and isinstance(breathe.pattern, str) and breathe.pattern not in script.patterns:
            known = bundled().get(breathe.pattern)
            found |= set(known.cautions) if known is not None else set()
        if (inner := _included(placed.step, script)) is not None:
            found |= cautions(inner)
    return frozenset(found)
