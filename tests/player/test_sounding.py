"""What feedback sounds like: small steps, rare marks, nothing louder than the session was made."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mindful.player.sounding import (
    DOWN,
    DROWSY,
    GAIN,
    LAYERS,
    OVER,
    QUIET,
    SOFTEST_DB,
    STEP_MS,
    UP,
    Followed,
    Manner,
    Sounding,
    manner_of,
)

TICK = 40


def sounding(manner: Manner) -> Sounding:
    out = Sounding()
    out.use(manner)
    return out


def marks(manner: Manner, rewards: list[bool]) -> list[int]:
    """Ticks at which there was a mark."""
    s = sounding(manner)
    return [i for i, reward in enumerate(rewards) if s.mark(reward, 10_000 + i * TICK)]


@given(
    st.sampled_from([GAIN, LAYERS]), st.lists(st.none() | st.floats(0, 1) | st.sampled_from([-3.0, 7.0]), max_size=300)
)
def test_every_step_is_small_and_none_is_too_soon(manner: Manner, values: list[float | None]) -> None:
    s, steps = sounding(manner), [(0, Followed())]
    for i, value in enumerate(values):
        found = s.follow(value, 10_000 + i * TICK)
        if found is not None:
            steps.append((10_000 + i * TICK, found))
    for (before_ms, before), (after_ms, after) in pairwise(steps):
        assert after_ms - before_ms >= STEP_MS
        assert DOWN * SOFTEST_DB - 0.01 <= after.db - before.db * 1.0 <= -UP * SOFTEST_DB + 0.01
        assert -DOWN - 1e-6 <= after.crossing - before.crossing <= OVER + 1e-6
        assert SOFTEST_DB <= after.db <= 0.0 and 0.0 <= after.crossing <= 1.0
        assert after.db == 0.0 if manner is LAYERS else after.crossing == 0.0


@pytest.mark.parametrize("manner", [GAIN, LAYERS])
def test_it_comes_to_what_is_shown_and_back_to_as_it_was_made(manner: Manner) -> None:
    s, last = sounding(manner), Followed()
    for i in range(100):
        last = s.follow(0.3, 10_000 + i * TICK) or last
    assert (last.db, last.crossing) == pytest.approx((0.7 * SOFTEST_DB, 0) if manner is GAIN else (0, 0.3))
    for i in range(100, 200):
        last = s.follow(None, 10_000 + i * TICK) or last
    assert last == Followed()
    assert s.follow(None, 99_000) is None, "nothing is asked of the mixer while nothing moves"


def test_a_value_that_moves_is_heard_with_the_next_tick() -> None:
    s = sounding(GAIN)
    assert s.follow(0.0, 10_000) is not None
    for i in range(1, 100):
        s.follow(0.0, 10_000 + i * TICK)
    found = s.follow(1.0, 20_000)
    assert found is not None and found.db == pytest.approx(SOFTEST_DB * (1 - UP))


@given(st.lists(st.booleans(), max_size=3000), st.sampled_from([GAIN, LAYERS, DROWSY]))
def test_marks_are_rare_and_never_without_a_reward_that_lasted(flips: list[bool], manner: Manner) -> None:
    rewards = [flip for flip in flips for _ in range(7)]
    found = marks(manner, rewards)
    for a, b in pairwise(found):
        assert (b - a) * TICK >= manner.apart_ms
    for at in found:
        assert rewards[at]
        held = rewards[max(0, at - manner.held_ms // TICK) : at + 1]
        assert sum(held) * TICK >= manner.held_ms - 3 * TICK


def test_one_mark_for_one_reward_however_long_it_lasts() -> None:
    assert len(marks(GAIN, [False] * 10 + [True] * 3000)) == 1
    again = [True] * 300 + [False] * 10 + [True] * 300
    assert len(marks(GAIN, again)) == 2
    flicker = ([True] * 20 + [False] * 2) * 40
    assert len(marks(GAIN, flicker)) == 1, "a tick or two without it has not ended it"


def test_a_reward_that_is_short_or_of_before_a_pause_is_not_marked() -> None:
    assert marks(GAIN, ([True] * 20 + [False] * 20) * 30) == []
    s = sounding(GAIN)
    for i in range(20):
        s.mark(True, 10_000 + i * TICK)
    assert not s.mark(True, 60_000), "nobody was asked meanwhile: it begins anew"


@pytest.mark.parametrize(
    ("kind", "protocol", "beside", "expected"),
    [
        ("heart", "lock", False, QUIET),
        ("eeg", "alpha", False, GAIN),
        ("eeg", '{"preset": "alpha"}', False, GAIN),
        ("eeg", "alpha_theta", True, LAYERS),
        ("eeg", "alpha_theta", False, DROWSY),
    ],
)
def test_each_kind_of_training_has_its_sound(kind: str, protocol: str, beside: bool, expected: Manner) -> None:
    assert manner_of(kind, protocol, beside=beside) == expected
    assert marks(QUIET, [True] * 1000) == []
