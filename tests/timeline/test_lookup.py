"""What goes on at a moment: compared with a plain search through all cues."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from mindful.timeline.breath import ease, fill_at
from mindful.timeline.compile import compile_timeline, extend
from mindful.timeline.lookup import LINGER_MS, captions_at, layer_at, phase_at, phases_between, step_at, steps_of
from mindful.timeline.model import PhaseCue, Segment, Timeline
from mindful.timeline.unfold import Setup, begin
from tests.making import script

MIXED = compile_timeline(
    Setup(
        script(
            {"say": "Sit down. Rest your hands. [pause 9 s] Good."},
            {"breathe": {"pattern": "cyclic-sigh", "cycles": 3}},
            {"sound": {"layer": "rain", "level": -3}},
            {"pause": "20 s"},
            {"breathe": {"pattern": "box", "cycles": 2}},
            {"bell": "bowl"},
            settings={"background": "ocean"},
        )
    )
)
UNTIL = compile_timeline(
    Setup(
        script(
            {"bell": "bowl"},
            {"breathe": {"pattern": "box", "until": "key", "ramp": {"from": 6, "to": 5, "over": "1 min"}}},
        )
    )
)


def plain_phase(segment: Segment, at: int) -> PhaseCue | None:
    for t, c in segment.cues_between(0, at + 1):
        if isinstance(c, PhaseCue) and t <= at < t + c.length_ms:
            return c
    return None


@given(st.integers(0, 130_000))
@settings(max_examples=100)
def test_phase_at_finds_what_a_plain_search_finds(at: int) -> None:
    segment = MIXED.placed[0].segment
    now, want = phase_at(segment, at), plain_phase(segment, at)
    assert (now.cue if now else None) == want
    if now:
        assert now.elapsed_ms == at - now.cue.at_ms
        after = [
            c for _, c in segment.cues_between(now.cue.at_ms + now.cue.length_ms, 10**9) if isinstance(c, PhaseCue)
        ]
        touching = after[0] if after and after[0].at_ms == now.cue.at_ms + now.cue.length_ms else None
        assert now.next == touching


@given(st.integers(-5000, 130_000), st.integers(0, 40_000), st.sampled_from([MIXED, UNTIL]))
@settings(max_examples=100)
def test_phases_between_are_all_that_are_breathed_in_that_time(start: int, length: int, timeline: Timeline) -> None:
    found = phases_between(timeline, start, start + length)
    every = [(t, c) for t, c in timeline.cues_between(0, 200_000) if isinstance(c, PhaseCue)]
    first = max(0, start)
    assert found == [(t, c) for t, c in every if t < start + length and (t >= first or t < first < t + c.length_ms)]


def test_a_phase_is_over_at_its_end() -> None:
    segment = MIXED.placed[0].segment
    last = [c for c in segment.cues if isinstance(c, PhaseCue)][-1]
    assert phase_at(segment, last.at_ms + last.length_ms - 1) is not None
    assert phase_at(segment, last.at_ms + last.length_ms) is None


@given(st.integers(0, 900_000))
@settings(max_examples=100)
def test_phase_at_goes_round_a_loop(at: int) -> None:
    segment = UNTIL.placed[0].segment
    now = phase_at(segment, at)
    assert now is not None
    assert now.cue == plain_phase(segment, at)
    assert now.next is not None and now.next.at_ms == now.cue.at_ms + now.cue.length_ms
    assert now.next.cycle - now.cue.cycle in (0, 1)


@given(st.integers(0, 600_000), st.integers(0, 60_000), st.integers(0, 60_000))
@settings(max_examples=100)
def test_cues_of_two_neighbouring_windows_are_those_of_both(a: int, x: int, y: int) -> None:
    for timeline in (MIXED, UNTIL):
        b, c = a + x, a + x + y
        parts = [*timeline.cues_between(a, b), *timeline.cues_between(b, c)]
        assert parts == list(timeline.cues_between(a, c))
        assert [t for t, _ in parts] == sorted(t for t, _ in parts)
        assert all(a <= t < c for t, _ in parts)


def test_the_bell_that_opens_a_paced_step_is_not_repeated_with_it() -> None:
    bells = [t for t, c in UNTIL.cues_between(0, 3_600_000) if not isinstance(c, PhaseCue)]
    assert bells == [0]


def test_captions_stay_a_while_and_then_go() -> None:
    assert captions_at(MIXED, 0) == ("Sit down.", "")
    first = [c for c in MIXED.placed[0].segment.cues if getattr(c, "text", "") == "Rest your hands."]
    end = first[-1].at_ms + first[-1].length_ms
    assert captions_at(MIXED, first[-1].at_ms) == ("Rest your hands.", "Sit down.")
    assert captions_at(MIXED, end + LINGER_MS - 1) == ("Rest your hands.", "Sit down.")
    assert captions_at(MIXED, end + LINGER_MS) == ("", "Rest your hands.")
    assert captions_at(Timeline(), 5) == ("", "")


def test_a_question_begins_with_an_empty_caption_line() -> None:
    timeline = compile_timeline(Setup(script({"say": "Rest."}, {"rate": {"id": "a", "ask": "?"}})))
    assert captions_at(timeline, timeline.known_ms + 10) == ("", "Rest.")


def test_the_background_is_the_last_that_began() -> None:
    rain = next(t for t, _, s in steps_of(MIXED) if s.kind == "sound")
    names = [layer.layer if (layer := layer_at(MIXED, t)) else None for t in (0, rain - 1, rain, 10**6)]
    assert names == ["ocean", "ocean", "rain", "rain"]
    assert layer_at(UNTIL, 10) is None


def test_of_steps_that_begin_together_the_last_counts() -> None:
    segment = compile_timeline(Setup(script({"bell": "bowl"}, {"sound": "rain"}, {"pause": "5 s"}))).placed[0].segment
    span = step_at(segment, 0)
    assert span is not None and span.kind == "pause"
    assert step_at(segment, -1) is None


def test_a_timeline_knows_its_segments_and_its_ends() -> None:
    timeline = compile_timeline(Setup(script({"pause": "5 s"}, {"rate": {"id": "a", "ask": "?"}})))
    assert (timeline.total_ms, timeline.known_ms, timeline.complete) == (None, 5000, False)
    assert [p.segment.index if (p := timeline.placed_at(t)) else None for t in (0, 4999, 5000, 10**9)] == [0, 0, 1, 1]
    closed = timeline.closed(700)
    assert (closed.total_ms, closed.known_ms, closed.placed_at(5700)) == (5700, 5700, None)
    assert Timeline().total_ms == 0 and Timeline().known_ms == 0


@given(st.floats(0, 1))
def test_a_breath_is_eased_and_never_turns_back(p: float) -> None:
    assert 0 <= ease(p) <= 1
    assert ease(p) <= ease(min(1.0, p + 0.01)) + 1e-12
    assert abs(ease(p) + ease(1 - p) - 1) < 1e-9


def test_a_hold_is_held() -> None:
    cue = PhaseCue(at_ms=0, step="s", phase="hold", length_ms=4000, cycle=1, fill_from=1.0, fill_to=1.0)
    assert {fill_at(cue, t) for t in (0, 1000, 3999)} == {1.0}


def test_after_a_wait_the_line_before_is_what_was_waited_for_and_after_a_question_there_is_none() -> None:
    for step, before in (({"wait": "Feel your feet."}, "Feel your feet."), ({"rate": {"id": "r", "ask": "How?"}}, "")):
        setup = Setup(script({"say": "Old words."}, step, {"say": "New words."}))
        asks, cursors = extend(setup, Timeline(), begin(setup), {})
        *earlier, waits = asks.placed
        answered = Timeline((*earlier, replace(waits, length_ms=1000)))
        whole, _ = extend(setup, answered, cursors[-1], {"r": None})
        assert captions_at(whole, whole.placed[-1].start_ms + 200) == ("New words.", before)
