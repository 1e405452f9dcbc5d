"""Cuts of a stream: what stands where, to the frame, with no jump in the sound."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from mindful.audio.levels import AS_MADE, Levels
from mindful.audio.stream_map import FADE, SOFT, Piece, StreamMap
from mindful.audio.units import Block
from mindful.timeline.model import Timeline

EMPTY = Timeline()


def ruler(_: Timeline, first: int, n: int, __: Levels = AS_MADE) -> Block:
    """A session whose sound is its own frame number, so that what is heard can be read off."""
    return np.repeat(np.arange(first, first + n, dtype=np.float32)[:, None], 2, axis=1)


def steady(_: Timeline, first: int, n: int, __: Levels = AS_MADE) -> Block:
    return np.full((n, 2), 0.5, np.float32)


def playing(session: int = 0) -> StreamMap:
    return StreamMap(Piece(-FADE, session, True, EMPTY), 1.0)


def test_it_begins_at_the_frame_asked_for() -> None:
    x = playing(500).content(ruler, 0, 100)
    np.testing.assert_array_equal(x[:, 0], np.arange(500, 600))


def test_a_seek_is_heard_whole_from_its_frame_on() -> None:
    m = playing()
    m.cut(10_000, 777_000, True, EMPTY)
    x = m.content(ruler, 9_000, 20_000)[:, 0]
    np.testing.assert_array_equal(x[:1000], np.arange(9000, 10_000))
    np.testing.assert_array_equal(x[1000 + FADE :], np.arange(777_000, 777_000 + 19_000 - FADE))
    assert m.session_at(9_999) == 9_999
    assert m.session_at(10_000) == m.session_at(10_000 + FADE) == 777_000
    assert m.session_at(10_001 + FADE) == 777_001
    assert m.stream_of(777_001) == 10_001 + FADE


def test_pause_and_resume_go_on_at_the_very_frame() -> None:
    m = playing()
    here = round(m.session_at(5000))
    m.cut(5000, here, False, EMPTY)
    assert m.session_at(90_000) == here
    assert not m.content(ruler, 5000 + FADE, 5000).any()
    m.cut(50_000, round(m.session_at(50_000)), True, EMPTY)
    x = m.content(ruler, 50_000 + FADE, 10)[:, 0]
    np.testing.assert_array_equal(x, np.arange(here, here + 10))


@settings(max_examples=60, deadline=None)
@given(
    cuts=st.lists(st.tuples(st.integers(1, 3000), st.integers(0, 10**6), st.booleans()), min_size=1, max_size=8),
    size=st.integers(1, 5000),
)
def test_any_cuts_however_close_give_no_jump_and_blocks_join(cuts: list[tuple[int, int, bool]], size: int) -> None:
    m, at = playing(), 4000
    for gap, session, on in cuts:
        at += gap
        m.cut(at, session, on, EMPTY)
    n = at + 5000
    whole = m.content(steady, 0, n)
    joined = np.concatenate([m.content(steady, i, min(size, n - i)) for i in range(0, n, size)])
    np.testing.assert_allclose(joined, whole, atol=1e-6)
    # The steepest that a half cosine over FADE frames can be; eight fades at once are steeper, and still no step.
    assert np.abs(np.diff(whole, axis=0)).max() <= 0.5 * np.pi / 2 / FADE * np.sqrt(len(cuts)) * 1.3
    assert whole.max() <= 0.5 + 1e-6


@settings(max_examples=60, deadline=None)
@given(
    ramps=st.lists(st.tuples(st.integers(0, 9000), st.floats(0, 1), st.integers(2400, 9600)), min_size=1, max_size=6)
)
def test_loudness_never_jumps_however_often_it_is_changed(ramps: list[tuple[int, float, int]]) -> None:
    m, at = playing(), 1000
    for gap, goal, frames in ramps:
        at += gap
        before = m.gain_at(at)
        m.ramp(at, goal, frames)
        assert abs(m.gain_at(at) - before) < 1e-9
        assert m.goal == goal
    x = m.content(steady, 0, at + 20_000)[:, 0]
    assert np.abs(np.diff(x)).max() <= 0.5 / 2400 * 1.01
    assert abs(x[-1] - 0.5 * ramps[-1][1]) < 1e-6


def test_forgetting_the_past_changes_nothing_to_come() -> None:
    m = playing()
    for i in range(1, 20):
        m.cut(i * 10_000, i * 500, i % 3 > 0, EMPTY)
        m.ramp(i * 10_000, 0.3 + 0.03 * i, 4000)
    before = m.content(ruler, 165_000, 40_000)
    m.forget(164_000)
    assert len(m.pieces) < 6 and len(m.knots) < 10
    np.testing.assert_array_equal(m.content(ruler, 165_000, 40_000), before)


SOFTER = Levels(background=-6)


def test_a_piece_that_flows_takes_no_time() -> None:
    m = playing(500)
    m.flow(10_000, levels=SOFTER)
    x = m.content(ruler, 0, 40_000)[:, 0]
    np.testing.assert_allclose(x, np.arange(500, 40_500), atol=0.01)
    assert [m.session_at(s) for s in (9_999, 10_000, 10_001, 30_000)] == [10_499, 10_500, 10_501, 30_500]
    assert m.stream_of(30_500) == 30_000


def test_while_it_flows_one_way_of_sounding_fades_into_the_other() -> None:
    def sound(_: Timeline, first: int, n: int, levels: Levels) -> Block:
        return np.full((n, 2), levels.gain("background"), np.float32)

    m = playing()
    m.flow(10_000, levels=SOFTER)
    x = m.content(sound, 9_000, 9_000)[:, 0]
    assert (x[:1001] == 1.0).all() and np.allclose(x[1000 + SOFT :], SOFTER.gain("background"))
    assert (np.diff(x[1000 : 1000 + SOFT]) <= 0).all()
    assert np.abs(np.diff(x)).max() < 0.5 * np.pi / 2 / SOFT * 1.1


def test_what_flows_while_it_still_waits_waits_as_long() -> None:
    m = playing()
    m.cut(1000, 90_000, True, EMPTY)
    m.flow(1000 + FADE // 2, levels=SOFTER)
    assert m.session_at(1000 + FADE - 1) == 90_000
    assert m.session_at(1000 + FADE + 5) == 90_005
    x = m.content(ruler, 1000 + FADE // 2 + SOFT, 100)[:, 0]
    np.testing.assert_array_equal(x, 90_000 - FADE // 2 + SOFT + np.arange(100))


def test_in_a_pause_it_flows_without_moving() -> None:
    m = playing()
    m.cut(5000, 5000, False, EMPTY)
    m.flow(9000, levels=SOFTER)
    assert m.session_at(20_000) == 5000
    assert not m.content(ruler, 9000, 10_000).any()
    m.cut(30_000, 5000, True, EMPTY)
    assert m.last.levels == SOFTER and m.session_at(30_000 + FADE + 7) == 5007


def test_a_copy_is_a_copy() -> None:
    m = playing()
    other = m.copy()
    other.cut(100, 5, False, EMPTY)
    other.ramp(100, 0.0, 100)
    assert len(m.pieces) == 1 and m.goal == 1.0


def test_another_timeline_is_followed_from_the_last_piece_on() -> None:
    new = Timeline(complete=True)
    m = playing()
    m.cut(1000, 0, True, EMPTY)
    m.retell(new)
    assert [p.timeline is new for p in m.pieces] == [False, True]
