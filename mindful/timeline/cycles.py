"""Cycles of breath on the line of time, in exact arithmetic: no cycle builds on the rounded end of another."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from mindful.script.kinds.breath import Phases
from mindful.timeline.model import PhaseCue

_TOP_UP_WEIGHT = 0.5
"""A second sip of air adds less than its time suggests."""
SLOWEST, FASTEST = 1.0, 60.0
"""Breaths a minute that a ramp may ask for; beyond lies a slip of the pen."""
MOST_CYCLES = 20_000


@dataclass(frozen=True, slots=True)
class Glide:
    """A change of pace: breaths a minute from `start` to `end` over `over_ms`, then staying at `end`."""

    start: float
    end: float
    over_ms: int


def breaths_in(phases: Phases) -> int:
    """Breaths in one cycle: runs of exhaling (alternate nostril has two)."""
    flow = [p.phase == "exhale" for p in phases if p.phase not in ("hold", "rest")]
    return max(1, sum(1 for i, out in enumerate(flow) if out and (i == 0 or not flow[i - 1])))


def fills(phases: Phases) -> list[tuple[float, float]]:
    """(fill at its start, fill at its end) of each phase: breathing in always ends full, breathing out empty."""
    flows = [p.phase for p in phases if p.phase not in ("hold", "rest")]
    level = 1.0 if flows and flows[0] == "exhale" else 0.0
    out: list[tuple[float, float]] = []
    for i, p in enumerate(phases):
        if p.phase in ("hold", "rest"):
            out.append((level, level))
            continue
        goal = 0.0 if p.phase == "exhale" else 1.0
        ahead = 0.0
        for q in phases[i:]:
            if q.phase in ("hold", "rest"):
                continue
            if (q.phase == "exhale") != (p.phase == "exhale"):
                break
            ahead += _weight(q.phase, q.ms)
        own = _weight(p.phase, p.ms)
        new = goal if ahead <= own else level + (goal - level) * own / ahead
        out.append((level, new))
        level = new
    return out


def _weight(phase: str, ms: int) -> float:
    return ms * (_TOP_UP_WEIGHT if phase == "top_up" else 1.0)


class Cycles:
    """When each cycle of a pattern begins. Cycle 0 begins at 0 ms."""

    def __init__(self, phases: Phases, glide: Glide | None = None) -> None:
        self.phases = phases
        self.glide = glide
        self.cycle_ms = sum(p.ms for p in phases)
        self.breaths = breaths_in(phases)

    def stretched(self, written: int, count: int) -> Cycles:
        """The same, meant for `count` cycles where `written` were written: a ramp takes the same share of them."""
        if self.glide is None or count == written:
            return self
        return Cycles(self.phases, replace(self.glide, over_ms=round(self.glide.over_ms * count / written)))

    def start(self, k: int) -> float:
        """Milliseconds at which cycle `k` begins, unrounded with a glide and whole without."""
        if self.glide is None:
            return float(k * self.cycle_ms)
        g, minute = self.glide, 60_000.0
        f, e, d = g.start / minute, g.end / minute, float(g.over_ms)
        want = float(k * self.breaths)
        within = (f + e) * d / 2
        if want >= within or d <= 0:
            return d + (want - within) / e if d > 0 else want / e
        # want = f t + (e - f) t² / 2d, solved for t in the form that stays exact as the glide becomes flat
        return 2 * want / (f + math.sqrt(f * f + 2 * (e - f) / d * want))

    def nearest(self, length_ms: int) -> int:
        """The number of whole cycles, at least one, whose end is nearest to `length_ms`."""
        low, high = 1, 2
        while self.start(high) < length_ms and high < MOST_CYCLES:
            low, high = high, high * 2
        while high - low > 1:
            mid = (low + high) // 2
            low, high = (mid, high) if self.start(mid) <= length_ms else (low, mid)
        return low if length_ms - self.start(low) < self.start(high) - length_ms else high

    def bounds(self, k: int) -> list[int]:
        """Where the phases of cycle `k` begin, and where it ends, in whole ms."""
        a, b = self.start(k), self.start(k + 1)
        done, out = 0, [round(a)]
        for p in self.phases:
            done += p.ms
            out.append(round(a + (b - a) * done / self.cycle_ms))
        return out

    def cues(
        self,
        first: int,
        count: int,
        *,
        step: str,
        of: int | None,
        tones: bool,
        spoken: int,
        visual: str | None,
        level_db: float = 0.0,
    ) -> Iterator[PhaseCue]:
        """The phase cues of cycles `first` to `first + count - 1`; the first `spoken` cycles are spoken."""
        levels = fills(self.phases)
        for k in range(first, first + count):
            at = self.bounds(k)
            for i, p in enumerate(self.phases):
                yield PhaseCue(
                    at_ms=at[i],
                    step=step,
                    phase=p.phase,
                    length_ms=at[i + 1] - at[i],
                    cycle=k + 1,
                    cycles=of,
                    through=p.through,
                    fill_from=levels[i][0],
                    fill_to=levels[i][1],
                    tones=tones,
                    level_db=level_db,
                    speak=k < spoken,
                    visual=visual,
                )
