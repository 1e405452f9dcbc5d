"""Stretches of a session, compared with sets of single milliseconds."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from mindful.player.skipped import Stretches, joined, never_played, without

stretch = st.tuples(st.integers(0, 30), st.integers(0, 30))


def points(stretches: Stretches) -> set[int]:
    return {t for a, b in stretches for t in range(a, b)}


def made(parts: list[tuple[int, int]]) -> Stretches:
    out: Stretches = ()
    for a, b in parts:
        out = joined(out, a, b)
    return out


@given(st.lists(stretch, max_size=6), stretch)
def test_joining_and_taking_away_are_those_of_sets(parts: list[tuple[int, int]], cut: tuple[int, int]) -> None:
    whole = made(parts)
    assert points(whole) == {t for a, b in parts for t in range(a, b)}
    ends = sorted(whole)
    assert all(b < c for (_, b), (c, _) in itertools.pairwise(ends))
    a, b = sorted(cut)
    assert points(without(whole, a, b)) == points(whole) - set(range(a, b))


@given(st.lists(stretch, max_size=5), st.lists(stretch, max_size=5))
def test_what_was_played_was_not_skipped(skipped: list[tuple[int, int]], played: list[tuple[int, int]]) -> None:
    assert never_played(made(skipped), made(played)) == len(points(made(skipped)) - points(made(played)))
