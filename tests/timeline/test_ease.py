"""Gentler breaths: what each level makes of a pattern, and how a step is told with some of it eased."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mindful.script.kinds.breath import Phases, parse_phases
from mindful.script.patterns import bundled
from mindful.script.tiers import TIERS, breaths_a_minute, longest_still_ms, tier_of
from mindful.timeline.compile import compile_timeline
from mindful.timeline.cycles import Cycles, Glide
from mindful.timeline.ease import FASTEST, MOST, Ease, EasedCycles, deepest, eased
from mindful.timeline.model import PhaseCue
from mindful.timeline.unfold import Setup
from tests.making import script

BOX = parse_phases({"inhale": 4, "hold": 4, "exhale": 4, "rest": 4})
HOW = {"step": "steps[0].breathe", "tones": True, "visual": None}


def seconds(phases: Phases) -> list[tuple[str, float]]:
    return [(p.phase, p.ms / 1000) for p in phases]


def test_a_fifth_goes_of_each_breath_and_more_of_a_hold() -> None:
    assert seconds(eased(BOX, 1)) == [("inhale", 3.2), ("hold", 1.6), ("exhale", 3.2), ("rest", 1.6)]


def test_at_the_second_level_nothing_is_held() -> None:
    assert seconds(eased(BOX, 2)) == [("inhale", 2.6), ("exhale", 2.6)]


def test_the_way_of_the_breath_stays() -> None:
    sigh = parse_phases([{"inhale": 4, "through": "nose"}, {"top_up": 2}, {"exhale": 8, "through": "mouth"}])
    assert [(p.phase, p.through) for p in eased(sigh, 3)] == [(p.phase, p.through) for p in sigh]


@pytest.mark.parametrize("name", sorted(bundled()))
@pytest.mark.parametrize("level", range(1, MOST + 1))
def test_no_bundled_pattern_becomes_stronger_or_fast(name: str, level: int) -> None:
    before = bundled()[name].phases
    after = eased(before, level)
    assert breaths_a_minute(after) <= FASTEST + 1e-9
    assert longest_still_ms(after) <= longest_still_ms(before)
    assert TIERS.index(tier_of(after)) <= TIERS.index(tier_of(before))


phase = st.integers(1, 120)
patterns = st.builds(
    lambda i, h, e, r: parse_phases({"inhale": i / 10, "hold": h / 10, "exhale": e / 10, "rest": r / 10}),
    phase, st.integers(0, 150), phase, st.integers(0, 150),
)  # fmt: skip


@given(patterns, st.integers(1, MOST))
def test_no_pattern_at_all_does(before: Phases, level: int) -> None:
    after = eased(before, level)
    assert breaths_a_minute(after) <= FASTEST + 1e-9
    assert longest_still_ms(after) <= longest_still_ms(before)
    assert TIERS.index(tier_of(after)) <= TIERS.index(tier_of(before))
    assert all(p.ms >= 100 for p in after)


@given(patterns, st.integers(0, MOST))
def test_a_level_more_is_never_longer(before: Phases, level: int) -> None:
    if breaths_a_minute(before) <= FASTEST:
        # Tenths of a second: two phases may each be rounded up by half a tenth.
        assert sum(p.ms for p in eased(before, level + 1)) <= sum(p.ms for p in eased(before, level)) + 200


def test_what_is_fast_already_becomes_slower() -> None:
    fast = parse_phases({"inhale": 1, "exhale": 1})
    assert seconds(eased(fast, 1)) == [("inhale", 1.5), ("exhale", 1.5)]


def test_there_is_a_level_beyond_which_nothing_changes() -> None:
    quick = parse_phases({"inhale": 1.5, "exhale": 2})
    assert deepest(quick) == 1
    assert eased(quick, 1) == eased(quick, MOST)


class TestOneStep:
    def cues(self, paced: EasedCycles, count: int) -> list[PhaseCue]:
        return list(paced.cues(count, of=count, spoken=2, **HOW))

    def test_without_a_level_it_is_as_written(self) -> None:
        cycles = Cycles(BOX)
        paced = EasedCycles(cycles, ((0, 0),))
        assert paced.count(5) == 5 and not paced.changed
        assert self.cues(paced, 5) == list(cycles.cues(0, 5, of=5, spoken=2, **HOW))

    def test_from_a_cycle_on(self) -> None:
        paced = EasedCycles(Cycles(BOX), ((0, 0), (3, 1), (5, 2)))
        count = paced.count(10)
        cues = self.cues(paced, count)
        lengths = {c.cycle: c.length_ms for c in cues if c.phase == "inhale"}
        assert [lengths[n] for n in range(1, 7)] == [4000, 4000, 4000, 3200, 3200, 2600]
        assert all(a.at_ms + a.length_ms == b.at_ms for a, b in pairwise(cues))
        assert [c.cycle for c in cues if c.phase == "inhale"] == list(range(1, count + 1))

    def test_the_step_takes_as_long_to_the_nearest_cycle(self) -> None:
        paced = EasedCycles(Cycles(BOX), ((0, 0), (3, 1)))
        assert abs(paced.start(paced.count(20)) - 320_000) <= 9600 / 2

    def test_after_the_last_cycle_nothing_is_added(self) -> None:
        paced = EasedCycles(Cycles(BOX), ((0, 0), (4, 1)))
        assert paced.count(4) == 4 and paced.start(4) == 64_000

    @given(st.integers(0, 19), st.integers(1, MOST), st.booleans())
    def test_nothing_ever_jumps(self, first: int, level: int, glides: bool) -> None:
        glide = Glide(12, 5, 120_000) if glides else None
        paced = EasedCycles(Cycles(BOX, glide), ((0, 0), (first, level)))
        cues = self.cues(paced, paced.count(20))
        assert all(a.at_ms + a.length_ms == b.at_ms for a, b in pairwise(cues))
        assert all(a.fill_to == b.fill_from for a, b in pairwise(cues))
        assert all(c.length_ms > 0 for c in cues)

    def test_a_glide_goes_on_from_the_pace_that_it_has(self) -> None:
        plain = parse_phases({"inhale": 4, "exhale": 6})
        cycles = Cycles(plain, Glide(12, 6, 180_000))
        paced = EasedCycles(cycles, ((0, 0), (10, 1)))
        before, after = paced.start(10) - paced.start(9), paced.start(11) - paced.start(10)
        assert after == pytest.approx(before * 0.8, rel=0.05)

    def test_a_glide_never_passes_the_limit(self) -> None:
        paced = EasedCycles(Cycles(parse_phases({"inhale": 4, "exhale": 6}), Glide(18, 12, 60_000)), ((0, 3),))
        count = paced.count(20)
        assert min(paced.start(k + 1) - paced.start(k) for k in range(count)) >= 3000 - 1e-6


def test_a_session_may_begin_eased() -> None:
    made = script({"breathe": {"pattern": "box", "cycles": 6}})
    timeline = compile_timeline(Setup(made, ease=Ease(2)))
    first = next(c for c in timeline.placed[0].segment.cues if isinstance(c, PhaseCue))
    assert first.length_ms == 2600 and timeline.total_ms is not None
    assert abs(timeline.total_ms - 96_000) <= 2600
