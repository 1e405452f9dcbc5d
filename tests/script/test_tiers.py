"""Tiers are computed from the phases: at every limit of the format, for patterns, ramps and whole scripts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mindful.script.kinds.breath import Phase, Phases, parse_phases
from mindful.script.load import loads
from mindful.script.tiers import TIERS, breaths_a_minute, longest_still_ms, tier_of, tier_of_script


def phases(**seconds: float) -> Phases:
    return parse_phases(dict(seconds))


@pytest.mark.parametrize(
    ("pattern", "tier"),
    [
        (phases(inhale=4, exhale=6), "green"),
        (phases(inhale=4, hold=2, exhale=4), "green"),
        (phases(inhale=4, hold=2.1, exhale=4), "yellow"),
        (phases(inhale=4, exhale=4, rest=2.1), "yellow"),
        (phases(inhale=4, hold=8, exhale=3), "yellow"),
        (phases(inhale=4, hold=8.1, exhale=4), "red"),
        (phases(inhale=4, exhale=4, rest=8.1), "red"),
        (phases(inhale=7, exhale=8), "green"),
        (phases(inhale=7, exhale=8.1), "yellow"),
        (phases(inhale=1.5, exhale=1.5), "green"),
        (phases(inhale=1.5, exhale=1.4), "red"),
        (phases(inhale=4, hold=7, exhale=8), "yellow"),
    ],
)
def test_each_limit_of_the_format(pattern: Phases, tier: str) -> None:
    assert tier_of(pattern) == tier


def test_several_breaths_in_a_cycle_are_counted_by_their_exhales() -> None:
    nostrils = parse_phases([{"inhale": 4}, {"exhale": 6}, {"inhale": 4}, {"exhale": 6}])
    assert breaths_a_minute(nostrils) == 6
    stepped = parse_phases([{"inhale": 4}, {"exhale": 2, "through": "nose"}, {"exhale": 4, "through": "mouth"}])
    assert breaths_a_minute(stepped) == 6  # an exhale in two parts is one breath
    turned = parse_phases([{"exhale": 3}, {"inhale": 4}, {"exhale": 3}])
    assert breaths_a_minute(turned) == 6


def test_holds_that_follow_each_other_are_one() -> None:
    split = parse_phases([{"rest": 5}, {"inhale": 4}, {"exhale": 4}, {"rest": 4}])
    assert longest_still_ms(split) == 9000
    assert tier_of(split) == "red"


def test_a_ramp_counts_at_both_its_ends() -> None:
    even = phases(inhale=5, exhale=5)
    assert tier_of(even, (12, 6)) == "green"
    assert tier_of(even, (12, 3)) == "yellow"
    assert tier_of(even, (24, 6)) == "red"
    box = phases(inhale=4, hold=4, exhale=4, rest=4)
    assert tier_of(box, (10,)) == "green"  # holds of 1.5 s
    assert tier_of(box, (1.5,)) == "red"  # holds of 10 s
    assert tier_of(box, (0, -1)) == "green"  # no pace at all is told elsewhere


@given(
    st.lists(
        st.tuples(st.sampled_from(["hold", "rest", "inhale", "exhale", "top_up"]), st.integers(1, 200)), max_size=8
    )
)
def test_a_longer_hold_never_makes_it_milder_and_its_own_pace_changes_nothing(extra: list[tuple[str, int]]) -> None:
    made = tuple(
        Phase.model_validate({"phase": name, "ms": tenths * 100})
        for name, tenths in [("inhale", 40), *extra, ("exhale", 40)]
    )
    assert tier_of(made, (breaths_a_minute(made),)) == tier_of(made)
    held = tuple(p.model_copy(update={"ms": p.ms + 8000}) if p.phase == "hold" else p for p in made)
    assert TIERS.index(tier_of(held)) >= TIERS.index(tier_of(made)) or breaths_a_minute(made) > 20


HEAD = "mindful: 1\ntitle: Example\ncautions: [other]\n"


def tier(body: str, values: dict[str, float] | None = None, head: str = HEAD) -> str:
    script = loads(head + body).script
    assert script is not None
    return tier_of_script(script, values)


def test_a_script_is_as_strong_as_its_strongest_step() -> None:
    assert tier("steps:\n  - say: Welcome.\n") == "green"
    assert (
        tier("steps:\n  - breathe: {pattern: box, cycles: 3}\n  - breathe: {pattern: equal, cycles: 3}\n") == "yellow"
    )
    assert tier("steps:\n  - breathe: {pattern: cyclic-hyperventilation, cycles: 3}\n") == "red"
    assert tier("steps:\n  - wait: {text: Hold as long as is pleasant., count: true}\n") == "red"
    assert tier("steps:\n  - wait: In your own time.\n") == "green"
    own = "patterns: {equal: {inhale: 4, hold: 9, exhale: 4}}\n"
    assert tier(own + "steps:\n  - breathe: {pattern: equal, cycles: 3}\n") == "red"
    inner = "steps:\n  - repeat: {times: 2, steps: [{choose: {ask: How?, options: [{label: a}, {label: b, steps: [{%s}]}]}}]}\n"
    assert tier(inner % "breathe: {pattern: box, cycles: 2}") == "yellow"


def test_a_variable_counts_at_its_limits_until_it_is_known() -> None:
    text = (
        "variables: {pace: {default: 6, min: 3, max: 10}}\n"
        'steps:\n  - breathe: {pattern: equal, for: 2 min, ramp: {from: 12, to: "{pace}"}}\n'
    )
    assert tier(text) == "yellow"
    assert tier(text, {"pace": 6}) == "green"
    assert tier(text, {"pace": 3}) == "yellow"


def test_an_included_script_counts_with_what_it_is_given() -> None:
    script = loads(HEAD + "steps:\n  - include: box\n").script
    assert script is not None
    assert tier_of_script(script) == "yellow"
    assert tier_of_script(script, {}) == "yellow"
