"""Shorter, gentler breaths from a moment on: what a client asks for who cannot or will not keep the pace.

Called by the compiler of `breathe` in `pieces`, and by `mindful.player.easing`, which decides from which cycle on. Each
level takes a fifth of every breath; holds and rests give more, and from the second level on there are none. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from mindful.script.kinds.breath import Phase, Phases
from mindful.timeline.cycles import Cycles, Glide, breaths_in
from mindful.timeline.model import PhaseCue

SHARE = 0.8
"""What is left of each phase at each level."""
HOLD_SHARE = 0.4
"""What is left of a hold or a rest at the first level; at the second it is gone."""
FASTEST = 20.0
"""Breaths a minute that easing never passes: beyond it breathing is no longer gentle (`script.tiers`)."""
MOST = 6
"""Levels there are."""
_TENTH = 100

Runs = tuple[tuple[int, int], ...]
"""((cycle counted from 0, level), ...): from which cycle of a step on which level holds."""


@dataclass(frozen=True, slots=True)
class Ease:
    """How far a session is eased. The default leaves the breath as it was written."""

    level: int = 0
    """Of all breathing that had not begun when it was last asked for."""
    begun: Mapping[str, Runs] = field(default_factory=dict)
    """By its path, for each step of breathing that was under way or over then: its own levels."""

    def of(self, path: str) -> Runs:
        """The levels of the step at `path`."""
        return self.begun.get(path, ((0, self.level),))

    def at(self, path: str, cycle: int) -> int:
        """The level at a cycle of a step."""
        return [level for first, level in self.of(path) if first <= cycle][-1]


AS_WRITTEN = Ease()


def eased(phases: Phases, level: int) -> Phases:
    """The phases at a level, in whole tenths of a second; never faster than `FASTEST`.

    What was written faster than that becomes slower: there, that is what is gentle.
    """
    if level <= 0:
        return phases
    least = round(breaths_in(phases) * 60_000 / FASTEST)
    share = SHARE**level
    held = {"hold", "rest"}
    moving = sum(p.ms for p in phases if p.phase not in held) * share
    still = sum(p.ms for p in phases if p.phase in held) * HOLD_SHARE * (level == 1)
    # Where the limit is reached the moving breath takes its time; a hold is never made longer.
    share *= max(1.0, (least - still) / moving)
    out: list[Phase] = []
    for p in phases:
        if p.phase not in held:
            out.append(p.model_copy(update={"ms": _tenths(p.ms * share)}))
        elif level == 1:
            out.append(p.model_copy(update={"ms": _tenths(p.ms * HOLD_SHARE)}))
    missing = least - sum(p.ms for p in out)
    if missing > 0:  # rounded to tenths it would be a hair too fast: the last exhale takes it
        i = max(i for i, p in enumerate(out) if p.phase == "exhale")
        out[i] = out[i].model_copy(update={"ms": out[i].ms + missing})
    return tuple(out)


def _tenths(ms: float) -> int:
    return max(_TENTH, round(ms / _TENTH) * _TENTH)


def deepest(phases: Phases) -> int:
    """The level beyond which nothing changes any more."""
    return next((n for n in range(MOST) if eased(phases, n) == eased(phases, n + 1)), MOST)


@dataclass(frozen=True, slots=True)
class _Run:
    """Cycles of one level, in a step."""

    cycles: Cycles
    first: int
    """Its first cycle in the step."""
    start: float
    """When that begins, in ms from the step's start."""


class EasedCycles:
    """The cycles of one step, some of them eased. With no level it is the cycles themselves, cue by cue."""

    def __init__(self, cycles: Cycles, runs: Runs) -> None:
        self._written = cycles
        self._runs: list[_Run] = [_Run(cycles, 0, 0.0)]
        for first, level in runs:
            if level == 0:
                continue
            # A run begins where the cues of the one before it end, which is in whole milliseconds.
            at = float(round(self.start(first)))
            run = _Run(_paced(cycles, level, at), first, at)
            self._runs = [*(r for r in self._runs if r.first < first), run]

    @property
    def changed(self) -> bool:
        """Whether any of it is eased."""
        return self._runs[-1].cycles is not self._written

    @property
    def eased_from(self) -> int:
        """The cycle from which the last level holds."""
        return self._runs[-1].first

    def start(self, k: int) -> float:
        """Milliseconds at which cycle `k` of the step begins."""
        run = next(r for r in reversed(self._runs) if r.first <= k)
        return run.start + run.cycles.start(k - run.first)

    def count(self, count: int) -> int:
        """How many cycles take the time that `count` cycles would take as written, to the nearest whole cycle."""
        last = self._runs[-1]
        if not self.changed:
            return count
        left = self._written.start(count) - last.start
        return max(1, last.first + (last.cycles.nearest(round(left)) if left > 0 else 0))

    def cues(self, count: int, *, of: int | None, spoken: int, **how: Any) -> Iterator[PhaseCue]:
        """The phase cues of the first `count` cycles, as `Cycles.cues` gives them."""
        ends = [*(r.first for r in self._runs[1:]), count]
        for run, end in zip(self._runs, ends, strict=True):
            for cue in run.cycles.cues(0, min(end, count) - run.first, of=of, spoken=max(0, spoken - run.first), **how):
                moved = run.first > 0
                yield replace(cue, at_ms=cue.at_ms + round(run.start), cycle=cue.cycle + run.first) if moved else cue


def _paced(cycles: Cycles, level: int, at: float) -> Cycles:
    """The cycles of a level that begin `at` ms into the step: a glide goes on from the pace that it has there."""
    new = eased(cycles.phases, level)
    glide = cycles.glide
    if glide is None:
        return Cycles(new)
    faster = cycles.cycle_ms / sum(p.ms for p in new)
    left = max(0, glide.over_ms - round(at))
    share = min(1.0, at / glide.over_ms) if glide.over_ms else 1.0
    here = glide.start + (glide.end - glide.start) * share
    return Cycles(new, Glide(_capped(here, faster), _capped(glide.end, faster), left))


def _capped(pace: float, faster: float) -> float:
    """A pace made faster, up to the limit; one that is beyond it comes down to it."""
    return min(FASTEST, pace * faster)
