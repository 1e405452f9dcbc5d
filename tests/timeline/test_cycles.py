"""Cycles of breath: where exact arithmetic puts them, with and without a change of pace."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mindful.script.kinds.breath import Phases, parse_phases
from mindful.timeline.cycles import Cycles, Glide, breaths_in, fills

COHERENT = parse_phases({"inhale": 5.5, "exhale": 5.5})
SIGH = parse_phases([{"inhale": 2}, {"top_up": 1}, {"exhale": 6}])
NOSTRIL = parse_phases(
    [
        {"inhale": 4, "through": "left"},
        {"exhale": 6, "through": "right"},
        {"inhale": 4, "through": "right"},
        {"exhale": 6, "through": "left"},
    ]
)

phases = st.lists(
    st.tuples(st.sampled_from(["inhale", "top_up", "hold", "exhale", "rest"]), st.integers(1, 200)),
    min_size=0,
    max_size=8,
).map(lambda extra: parse_phases([{"inhale": 2}, *({k: t / 10} for k, t in extra), {"exhale": 3}]))
glides = st.builds(
    Glide,
    st.floats(1, 60, allow_nan=False),
    st.floats(1, 60, allow_nan=False),
    st.integers(1000, 3_600_000),
)


def test_an_hour_of_coherent_breathing_does_not_drift_by_a_millisecond() -> None:
    cycles = Cycles(COHERENT)
    cues = list(cycles.cues(0, 327, step="s", of=327, tones=True, spoken=0, visual=None))
    for n, cue in enumerate(cues):
        assert cue.at_ms == n * 5500
        assert cue.length_ms == 5500
    assert cues[-1].at_ms + cues[-1].length_ms == 327 * 11_000


def test_an_hour_of_gliding_is_where_the_integral_of_the_pace_puts_it() -> None:
    """From 12 to 6 over ten minutes, then on at 6: breath k begins where the area under the pace is k."""
    glide = Glide(12, 6, 600_000)
    cycles = Cycles(COHERENT, glide)
    for k in range(390):
        t = Fraction(cycles.start(k)) / 60_000  # minutes
        d = Fraction(10)
        area = 12 * t - 6 * t * t / (2 * d) if t <= d else Fraction(90) + 6 * (t - d)
        assert abs(float(area) - k) < 1e-9


@pytest.mark.parametrize(("pace", "step_ms"), [(6, 10_000), (7, 60_000 / 7), (5.5, 60_000 / 5.5)])
def test_a_flat_glide_is_a_steady_pace(pace: float, step_ms: float) -> None:
    cycles = Cycles(COHERENT, Glide(pace, pace, 60_000))
    for k in (0, 1, 5, 6, 100, 5000):
        assert cycles.start(k) == pytest.approx(k * step_ms, abs=1e-6)
        assert abs(cycles.bounds(k)[0] - k * step_ms) <= 0.5


@given(phases, glides)
def test_phases_follow_one_another_without_gap_or_overlap(pattern: Phases, glide: Glide) -> None:
    cycles = Cycles(pattern, glide)
    cues = list(cycles.cues(0, 6, step="s", of=6, tones=True, spoken=0, visual=None))
    for a, b in pairwise(cues):
        assert a.at_ms + a.length_ms == b.at_ms
        assert a.length_ms >= 0
    assert cues[0].at_ms == 0
    assert cues[-1].at_ms + cues[-1].length_ms == round(cycles.start(6))


@given(phases, glides)
def test_proportions_stay_while_the_pace_changes(pattern: Phases, glide: Glide) -> None:
    cycles = Cycles(pattern, glide)
    at = cycles.bounds(2)
    whole = at[-1] - at[0]
    for i, p in enumerate(pattern):
        assert abs((at[i + 1] - at[i]) - whole * p.ms / cycles.cycle_ms) <= 1.5


@given(phases, st.integers(1, 4 * 3_600_000))
def test_nearest_is_the_nearest_whole_cycle_and_at_least_one(pattern: Phases, length: int) -> None:
    cycles = Cycles(pattern)
    n = cycles.nearest(length)
    assert n >= 1
    if n < 19_999:
        error = abs(n * cycles.cycle_ms - length)
        for other in (n - 1, n + 1):
            if other >= 1:
                assert error <= abs(other * cycles.cycle_ms - length)


@given(phases)
def test_breathing_in_ends_full_and_breathing_out_ends_empty(pattern: Phases) -> None:
    levels = fills(pattern)
    flow = [(p.phase, a, b) for p, (a, b) in zip(pattern, levels, strict=True)]
    for (_, _, end), (_, start, _) in pairwise(flow):
        assert end == start
    for phase, a, b in flow:
        assert min(a, b) >= 0 and max(a, b) <= 1 + 1e-9
        if phase in ("hold", "rest"):
            assert a == b
        elif phase == "exhale":
            assert b <= a
        else:
            assert b >= a
    moves = [f for f in flow if f[0] not in ("hold", "rest")]
    for (phase, _, b), after in zip(moves, [*moves[1:], None], strict=True):
        turns = after is None or (after[0] == "exhale") != (phase == "exhale")
        if turns:
            assert b == pytest.approx(0.0 if phase == "exhale" else 1.0)


def test_a_top_up_is_a_small_second_sip() -> None:
    (_, first), (_, second), (_, out) = fills(SIGH)
    assert first == pytest.approx(0.8)
    assert (second, out) == (pytest.approx(1.0), pytest.approx(0.0))


def test_a_pattern_that_begins_with_an_out_breath_begins_full() -> None:
    assert fills(parse_phases([{"exhale": 4}, {"inhale": 4}])) == [(1.0, 0.0), (0.0, 1.0)]


def test_alternate_nostril_has_two_breaths_in_a_cycle_and_ramps_count_breaths() -> None:
    assert breaths_in(NOSTRIL) == 2
    assert breaths_in(SIGH) == 1
    assert Cycles(NOSTRIL, Glide(6, 6, 60_000)).start(1) == pytest.approx(20_000)


def test_only_the_first_cycles_are_spoken() -> None:
    cues = list(Cycles(SIGH).cues(0, 4, step="s", of=4, tones=True, spoken=2, visual=None))
    assert [c.speak for c in cues] == [True] * 6 + [False] * 6
