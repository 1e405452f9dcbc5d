"""How strong a breathing practice is: green, yellow or red, computed from its phases and never declared.

The home screen shows it, the player asks for an acknowledgement where it is red. Where a length or a pace depends on a
variable, the strongest that the variable allows counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

from mindful.script.kinds.breath import Breathe, Phases
from mindful.script.model import Caution, Script
from mindful.script.patterns import bundled, phases_of
from mindful.script.values import Number, UnresolvedError
from mindful.script.where import Placed, all_steps

Tier = Literal["green", "yellow", "red"]
TIERS: tuple[Tier, ...] = ("green", "yellow", "red")

SLOW, FAST = 4, 20
"""Breaths a minute: slower than the first is yellow, faster than the second is red."""
SHORT_HOLD_MS, LONG_HOLD_MS = 2000, 8000
"""A hold or rest over the first is yellow, over the second red."""

COLD = "cold"
"""The one tag that has a meaning here. A tag can only make a session count as stronger, never as gentler."""

HELD_CAUTIONS: tuple[Caution, ...] = ("pregnancy", "heart", "blood-pressure", "panic")
"""Whom a held breath may harm."""
RED_CAUTIONS: tuple[Caution, ...] = (
    "pregnancy", "heart", "blood-pressure", "epilepsy", "glaucoma", "surgery", "panic", "psychosis",
)  # fmt: skip
"""Whom a strong practice may harm."""


def breaths_in(phases: Phases) -> int:
    """Breaths in one cycle: its exhales, an exhale in several parts being one."""
    moving = ["out" if p.phase == "exhale" else "in" for p in phases if p.phase not in ("hold", "rest")]
    turns = sum(a == "out" and b == "in" for a, b in zip(moving, moving[1:] + moving[:1], strict=True))
    return max(1, turns)


def breaths_a_minute(phases: Phases) -> float:
    """The pace of a pattern as it is written."""
    return breaths_in(phases) * 60_000 / sum(p.ms for p in phases)


def longest_still_ms(phases: Phases) -> int:
    """The longest time in which the breath stands still; holds and rests that follow each other count as one."""
    longest = run = 0
    for phase in (*phases, *phases):
        run = run + phase.ms if phase.phase in ("hold", "rest") else 0
        longest = max(longest, run)
    return longest


def tier_of(phases: Phases, paces: Iterable[float] = ()) -> Tier:
    """The tier of a pattern; with `paces` (breaths a minute), of the pattern stretched to each of them."""
    own = breaths_a_minute(phases)
    still = longest_still_ms(phases)
    worst = 0
    for pace in tuple(paces) or (own,):
        if pace <= 0:
            continue
        # A hair's breadth: 8 s stretched to its own pace must stay 8 s.
        hold = still * own / pace - 1e-6
        if pace > FAST + 1e-9 or hold > LONG_HOLD_MS:
            worst = max(worst, 2)
        elif pace < SLOW - 1e-9 or hold > SHORT_HOLD_MS:
            worst = max(worst, 1)
    return TIERS[worst]


def tier_of_script(script: Script, values: Mapping[str, Any] | None = None) -> Tier:
    """The strongest tier of a script's steps and of the scripts it includes.

    With `values` (variables, answers) for these; without, for the strongest that the variables' limits allow. One that
    says of itself that it uses cold is yellow at least: that is in its words and not in its steps.
    """
    breath = tier_of_breath(script, values)
    return "yellow" if breath == "green" and uses_cold(script) else breath


def tier_of_breath(script: Script, values: Mapping[str, Any] | None = None) -> Tier:
    """The same for the breathing and holding alone."""
    return max((tier for _, tier in tiers_of_steps(script, values)), key=TIERS.index, default="green")


def uses_cold(script: Script) -> bool:
    """Whether it, or one that it includes, is tagged `cold`. No gentle practice: cold on the face slows the heart."""
    included = (p.step.include.script for p in all_steps(script) if p.step.include is not None)
    return COLD in script.tags or any(uses_cold(script.included[name]) for name in included if name in script.included)


def tiers_of_steps(script: Script, values: Mapping[str, Any] | None = None) -> Iterator[tuple[Placed, Tier]]:
    """Each step that breathes or holds, with its tier; an `include` step has that of its script."""
    for placed in all_steps(script):
        step = placed.step
        if step.breathe is not None:
            yield placed, _tier_of_breathe(step.breathe, script, values)
        elif step.wait is not None and step.wait.count:
            yield placed, "red"  # a hold that the client ends
        elif step.include is not None and step.include.script in script.included:
            inner = script.included[step.include.script]
            known = None if values is None else {**inner.defaults(), **values, **step.include.with_}
            yield placed, tier_of_breath(inner, known)


def _tier_of_breathe(breathe: Breathe, script: Script, values: Mapping[str, Any] | None) -> Tier:
    if isinstance(breathe.pattern, str) and breathe.pattern not in script.patterns:
        known = bundled().get(breathe.pattern)
        if known is None:
            return "green"  # told as an unknown pattern
        if known.rounds:
            return "red"
    return tier_of(phases_of(breathe.pattern, script), paces_of(breathe, script, values))


def paces_of(breathe: Breathe, script: Script, values: Mapping[str, Any] | None = None) -> list[float]:
    """The paces (breaths a minute) at both ends of a step's ramp; none where it keeps its pattern's own."""
    if breathe.ramp is None:
        return []
    return [p for end in (breathe.ramp.from_, breathe.ramp.to) for p in _paces(end, script, values)]


def _paces(end: Number, script: Script, values: Mapping[str, Any] | None) -> list[float]:
    out: list[float] = []
    for chosen in [values] if values is not None else corners(script):
        try:
            out.append(end.resolve(chosen))
        except UnresolvedError:
            continue  # an answer that nobody gave yet
    return out


def corners(script: Script) -> list[dict[str, Any]]:
    """The variables as they stand at first, all at their least, and all at their most."""
    default = script.defaults()
    least = {n: v.min for n, v in script.variables.items() if v.min is not None}
    most = {n: v.max for n, v in script.variables.items() if v.max is not None}
    return [dict(default), {**default, **least}, {**default, **most}]
