"""Looking things up in a timeline: quick, and never other than what the timeline itself says."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mindful.audio.differences import Differences, differences
from mindful.audio.ducking import ATTACK
from mindful.audio.limiter import REACH
from mindful.audio.mixer import Mixer
from mindful.audio.score import Score
from mindful.audio.units import FRAMES_PER_MS, RATE
from mindful.timeline.model import BellCue, PhaseCue, SayCue, Segment, SoundCue, Timeline
from tests.audio.made import BOX, MadeBank, bell, breaths, layer, phase, say, segment, timeline

MANY = 1 << 50


@st.composite
def timelines(draw: st.DrawFn) -> Timeline:
    """A few segments, some of them closed early, the last perhaps open and looping."""
    out = Timeline()
    for i in range(draw(st.integers(1, 4))):
        cues = [bell(draw(st.integers(0, 9000))) for _ in range(draw(st.integers(0, 3)))]
        cues += breaths(draw(st.integers(0, 3)))
        cues += [layer(draw(st.integers(0, 9000)), "rain") for _ in range(draw(st.integers(0, 2)))]
        for k in range(draw(st.integers(0, 3))):
            manner = draw(st.sampled_from(["guide", "cue"]))
            cues.append(
                say(draw(st.integers(0, 9000)), f"{i} {k}", draw(st.integers(1, 4000)), manner, draw(st.booleans()))
            )
        out = out.extended(segment(*cues, ms=draw(st.integers(0, 20_000)), index=i), complete=False)
    if draw(st.booleans()):
        words = say(0, "in", 700, "cue"), say(3000, "out", 700, "cue", draw(st.booleans()))
        out = out.extended(segment(*breaths(1), *words, bell(1000), ms=None, loop=(0, 6000), index=9), complete=False)
        if draw(st.booleans()):
            out = out.closed(draw(st.integers(0, 40_000)))
    return out


@settings(max_examples=150, deadline=None)
@given(t=timelines(), first=st.integers(-1000, 90_000), length=st.integers(1, 20_000))
def test_strokes_are_those_of_the_timeline(t: Timeline, first: int, length: int) -> None:
    want = [at for at, c in t.cues_between(max(0, first), first + length) if isinstance(c, BellCue)]
    got = list(Score(t).strokes(first * FRAMES_PER_MS, (first + length) * FRAMES_PER_MS))
    assert [s.frame for s in got] == [at * FRAMES_PER_MS for at in want]


@settings(max_examples=150, deadline=None)
@given(t=timelines(), first=st.integers(0, 90_000), length=st.integers(1, 5000))
def test_breaths_are_the_phases_that_sound_there(t: Timeline, first: int, length: int) -> None:
    want = set()
    for at, c in t.cues_between(0, first + length):
        if isinstance(c, PhaseCue):
            placed = t.placed_at(at)
            assert placed is not None
            end = at + c.length_ms if placed.end_ms is None else min(at + c.length_ms, placed.end_ms)
            if end > first:
                want.add((at * FRAMES_PER_MS, end * FRAMES_PER_MS, c.phase))
    got = Score(t).breaths(first * FRAMES_PER_MS, (first + length) * FRAMES_PER_MS)
    assert {(v.frame, v.end, v.cue.phase) for v in got} == want


@settings(max_examples=150, deadline=None)
@given(t=timelines(), first=st.integers(0, 90_000), length=st.integers(1, 5000))
def test_lines_are_those_that_are_heard_there(t: Timeline, first: int, length: int) -> None:
    want = set()
    for at, c in t.cues_between(0, first + length):
        if isinstance(c, SayCue) and not c.estimated:
            placed = t.placed_at(at)
            assert placed is not None
            end = at + c.length_ms if placed.end_ms is None else min(at + c.length_ms, placed.end_ms)
            if end > first:
                want.add((at * FRAMES_PER_MS, end * FRAMES_PER_MS, c.text))
    got = Score(t).lines(first * FRAMES_PER_MS, (first + length) * FRAMES_PER_MS)
    assert {(s.frame, s.end, s.cue.text) for s in got} == want


@settings(max_examples=60, deadline=None)
@given(t=timelines(), at=st.integers(0, 90_000))
def test_the_background_is_that_of_the_last_change(t: Timeline, at: int) -> None:
    want = [c for ms, c in t.cues_between(0, at + 1) if isinstance(c, SoundCue)]
    got = [c.cue for c in Score(t).changes_before(at * FRAMES_PER_MS)]
    assert got == want[::-1]


def test_a_phase_without_tones_does_not_sound() -> None:
    t = timeline(segment(phase("inhale", tones=False), ms=4000))
    assert not list(Score(t).breaths(0, RATE))


def test_an_open_loop_goes_on_without_end() -> None:
    score = Score(timeline(segment(*breaths(1), ms=None, loop=(0, 6000)), complete=False))
    hours = 3 * 3600 * 1000 // 6000 * 6000
    found = list(score.breaths(hours * FRAMES_PER_MS, (hours + 6000) * FRAMES_PER_MS))
    assert [v.cue.phase for v in found] == ["inhale", "top_up", "exhale"]
    assert found[0].frame == hours * FRAMES_PER_MS


def test_a_look_costs_the_same_late_in_a_long_session() -> None:
    score = Score(timeline(segment(*breaths(600, BOX), ms=600 * 16_000)))

    def cost(at_ms: int) -> float:
        frame, best = at_ms * FRAMES_PER_MS, 1.0
        for _ in range(30):
            a = time.perf_counter()
            assert list(score.breaths(frame, frame + 4096))
            best = min(best, time.perf_counter() - a)
        return best

    assert cost(599 * 16_000) < 10 * cost(0) + 1e-4


def test_only_what_is_new_is_indexed_again() -> None:
    first = timeline(segment(*breaths(100), ms=600_000), complete=False)
    score = Score(first)
    longer = first.extended(segment(bell(0), ms=1000, index=1), complete=True)
    after = Score(longer, score)
    assert after.parts[0] is score.parts[0]
    assert [s.frame for s in after.strokes(0, MANY)] == [600_000 * FRAMES_PER_MS]


def test_only_of_the_last_segment_is_the_very_end_part() -> None:
    first = timeline(segment(bell(5000), ms=5000), complete=False)
    score = Score(first)
    ended = Score(Timeline(first.placed, complete=True), score)
    longer = Score(first.extended(segment(bell(0), ms=1000, index=1), complete=True), ended)
    assert [[s.frame // FRAMES_PER_MS for s in x.strokes(0, MANY)] for x in (score, ended, longer)] == [
        [],
        [5000],
        [5000],
    ]
    assert len(longer.parts[0].bells) == 0


def first_difference(old: Score, new: Score, until: int) -> int | None:
    return differences(old, new, 0, until).first


def open_then(*cues: object, closed_at: int | None = None, complete: bool = False) -> tuple[Timeline, Timeline]:
    """A timeline with an open segment from 10 s on, and the one after it was closed with `cues` to follow."""
    old = timeline(segment(layer(0, "rain"), ms=10_000), segment(ms=None, index=1), complete=False)
    if closed_at is None:
        return old, old
    new = old.closed(closed_at)
    return old, new.extended(segment(*cues, ms=5000, index=2), complete=complete)  # type: ignore[arg-type]


def test_the_same_timeline_sounds_the_same() -> None:
    old, new = open_then()
    assert first_difference(Score(old), Score(new), MANY) is None


def test_a_bell_after_an_answer_is_the_first_difference() -> None:
    old, new = open_then(bell(700), closed_at=3000)
    assert first_difference(Score(old), Score(new), MANY) == 13_700 * FRAMES_PER_MS
    assert first_difference(Score(old), Score(new), 13_700 * FRAMES_PER_MS) is None


def test_silent_steps_change_nothing() -> None:
    old, new = open_then(closed_at=3000)
    assert first_difference(Score(old), Score(new), 40_000 * FRAMES_PER_MS) is None


def test_the_end_of_a_session_is_a_difference() -> None:
    old, new = open_then(closed_at=3000, complete=True)
    assert first_difference(Score(old), Score(new), MANY) == 18_000 * FRAMES_PER_MS


def test_a_phase_cut_short_is_a_difference_at_the_cut() -> None:
    old = timeline(segment(*breaths(1), ms=None, loop=(0, 6000)), complete=False)
    new = old.closed(7000)
    assert first_difference(Score(old), Score(new), 60_000 * FRAMES_PER_MS) == 7000 * FRAMES_PER_MS


@pytest.mark.parametrize("complete", [True, False])
def test_other_segments_differ_from_their_start(complete: bool) -> None:
    a = timeline(segment(bell(0), ms=2000), segment(bell(0), ms=2000, index=1), complete=complete)
    b = timeline(segment(bell(0), ms=2000), segment(bell(0, "wood"), ms=2000, index=1), complete=complete)
    assert first_difference(Score(a), Score(b), MANY) == 2000 * FRAMES_PER_MS


def test_equal_segments_need_not_be_the_same_object() -> None:
    def make() -> Segment:
        return segment(bell(0), ms=2000)

    assert first_difference(Score(timeline(make())), Score(timeline(make())), MANY) is None


def half_an_hour(*known: int) -> Timeline:
    """One segment with a line every 20 s, of which some have been said."""
    lines = [say(20_000 * k, f"line {k}", 3000, guessed=k not in known) for k in range(90)]
    return timeline(segment(layer(0, "rain"), bell(0), *lines, ms=1_800_000))


def test_a_line_that_becomes_known_late_in_a_long_segment_differs_only_there() -> None:
    old, new = Score(half_an_hour(1, 2)), Score(half_an_hour(1, 2, 60))
    at = 20_000 * 60 * FRAMES_PER_MS
    assert differences(old, new, 0, MANY) == Differences(at - ATTACK, at)
    assert differences(old, new, 0, at - ATTACK) == Differences()
    assert differences(old, new, at + RATE, MANY) == Differences(at + RATE, None)  # it sounds already
    assert differences(old, new, at + 20 * RATE, MANY) == Differences()  # over


def test_words_that_no_longer_come_into_quiet_sound_different() -> None:
    alone, after_words = (
        timeline(segment(say(0, "Hello", 1000, guessed=guessed), say(6000, "And now", 2000), ms=20_000))
        for guessed in (True, False)
    )
    found = differences(Score(alone), Score(after_words), 3 * RATE, MANY)
    assert found.onset == 6 * RATE


def test_a_phase_that_only_counts_differently_sounds_the_same() -> None:
    a, b = (timeline(segment(phase("inhale", cycles=n), ms=4000)) for n in (5, 6))
    assert differences(Score(a), Score(b), 0, MANY) == Differences()


@settings(max_examples=15, deadline=None)
@example(before={3}, after={0, 1, 3}, at=[361, 69, 0, 1], since=0)
@given(
    before=st.sets(st.integers(0, 3)),
    after=st.sets(st.integers(0, 3)),
    at=st.lists(st.integers(0, 7000), min_size=4, max_size=4),
    since=st.integers(0, 6 * RATE),
)
def test_before_the_first_difference_both_sound_the_same_to_the_last_bit(
    before: set[int], after: set[int], at: list[int], since: int
) -> None:
    def some(known: set[int]) -> Timeline:
        kinds = ("guide", "cue", "guide", "cue")
        lines = [say(at[k], str(k), 1000, kinds[k], k not in known) for k in range(4)]
        return timeline(segment(layer(0, "drone", fade_ms=0), *lines, ms=9000))

    old, new = some(before), some(after)
    bank = MadeBank(some({0, 1, 2, 3}))
    until = 9 * RATE
    first = differences(Score(old), Score(new), since, until).first
    end = until if first is None else max(since, first - REACH)  # the limiter looks so far ahead, as who asks knows
    a, b = (Mixer(bank=bank).render(t, since, max(1, end - since)) for t in (old, new))
    np.testing.assert_array_equal(a[: end - since], b[: end - since])
