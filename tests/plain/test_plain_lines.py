"""From a stretch of a timeline to lines of words."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mindful.plain import words
from mindful.plain.lines import Line, between, clean, clock, next_ms, phase, wrap
from mindful.timeline.compile import compile_timeline
from mindful.timeline.model import PhaseCue, Timeline
from mindful.timeline.unfold import Setup
from tests.making import script


def timeline(*steps: dict[str, Any], **head: Any) -> Timeline:
    return compile_timeline(Setup(script(*steps, **head)))


def texts(*steps: dict[str, Any], **head: Any) -> list[str]:
    return [line.text for line in between(timeline(*steps, **head), 0, 10_000_000)]


def cue(**given: Any) -> PhaseCue:
    return PhaseCue(**{"at_ms": 0, "step": "s", "phase": "inhale", "length_ms": 4000, "cycle": 1, **given})


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (cue(), "Breathe in, 4"),
        (cue(through="nose"), "Breathe in through the nose, 4"),
        (cue(phase="exhale", length_ms=5500, through="mouth"), "Breathe out through the mouth, 5.5"),
        (cue(phase="top_up", length_ms=1000), "A little more in, 1"),
        (cue(phase="hold", length_ms=7000), "Hold gently, 7"),
        (cue(phase="rest", length_ms=1000), "Rest, empty, 1"),
        (cue(cycle=3), "In, 4"),
        (cue(cycle=3, through="nose"), "In, 4"),
        (cue(cycle=3, through="left"), "In left, 4"),
        (cue(cycle=9, phase="exhale", through="right", length_ms=6000), "Out right, 6"),
        (cue(cycle=9, length_ms=3333), "In, 3.3"),
    ],
)
def test_a_phase_in_full_and_in_short(made: PhaseCue, said: str) -> None:
    assert phase(made) == said


def test_every_phase_has_its_words() -> None:
    from mindful.script.kinds.breath import PHASES, Through

    assert set(words.PHASES) == set(PHASES)
    assert set(words.THROUGH) == set(Through.__args__)  # type: ignore[attr-defined]


def test_a_bell_that_is_written_before_a_silence_is_told_before_it() -> None:
    assert texts({"bell": "bowl"}, {"pause": "8 s"}, {"say": "Now."})[:2] == ["(singing bowl)", "(quiet, 8 s)"]
    assert texts({"pause": "8 s"}, {"bell": "bowl"})[:2] == ["(quiet, 8 s)", "(singing bowl)"]
    assert texts({"bell": "bowl"}, {"sit": "1 min"})[:2] == ["(singing bowl)", "Sitting in silence, 1 min."]


def test_steps_come_before_their_cues() -> None:
    assert texts({"breathe": {"pattern": {"inhale": 1, "exhale": 1}, "cycles": 1}, "label": "Once"}) == [
        "Once: once, 2 s.",
        "Breathe in, 1",
        "Breathe out, 1",
    ]


def test_long_silence_is_announced_and_short_is_not() -> None:
    assert texts({"pause": "7 s"}) == []
    assert texts({"pause": "90 s"}) == ["(quiet, 1 min 30 s)"]
    assert texts({"say": "Feel your feet.", "pause": "20 s"}) == ["Feel your feet. (quiet, 20 s)"]
    assert texts({"say": "Feel your feet. And your hands.", "pause": "20 s"})[0] == "Feel your feet."


def test_a_silence_inside_a_line_is_announced() -> None:
    assert texts({"say": "Feel your feet. [pause 30 s] And your hands."}) == [
        "Feel your feet. (quiet, 30 s)",
        "And your hands.",
    ]


def test_a_sit_says_how_long() -> None:
    assert texts({"sit": {"for": "10 min", "bells": {"every": "5 min", "sound": "chime"}}}) == [
        "Sitting in silence, 10 min.",
        "(chime)",
    ]


def test_bells_and_backgrounds() -> None:
    said = texts({"bell": {"sound": "bowl", "strokes": 2}}, {"sound": "brown-noise"}, {"sound": "silence"})
    assert said == ["(singing bowl)", "(singing bowl)", "(background: brown noise)", "(the background fades away)"]


def test_no_path_of_a_sound_is_said() -> None:
    made = timeline({"sound": {"layer": "sounds/sea.wav"}}, {"pause": "1 s"})
    assert [line.text for line in between(made, 0, 1)] == ["(background: sea.wav)"]


@given(cuts=st.lists(st.integers(0, 31_000), max_size=12))
def test_any_way_of_cutting_time_says_the_same(cuts: list[int]) -> None:
    made = timeline(
        {"bell": "bowl"},
        {"say": "One. Two.", "pause": "3 s"},
        {"breathe": {"pattern": {"inhale": 2, "hold": 1, "exhale": 3}, "cycles": 3}},
        {"bell": {"sound": "gong", "strokes": 2}},
    )
    total = made.total_ms
    assert total is not None
    edges = [0, *sorted(c for c in cuts if c <= total), total + 1]
    pieces = [line for a, b in pairwise(edges) for line in between(made, a, b)]
    assert pieces == list(between(made, 0, total + 1))


@given(at=st.integers(0, 40_000))
def test_the_next_moment_is_the_next_line_or_the_end(at: int) -> None:
    made = timeline(
        {"say": "One. Two.", "pause": "3 s"},
        {"breathe": {"pattern": {"inhale": 2, "exhale": 3}, "cycles": 3}},
        {"rate": {"id": "x", "ask": "How?"}},
    )
    known = made.known_ms
    later = [line.at_ms for line in between(made, at + 1, known + 1)]
    found = next_ms(made, at)
    if at >= known:
        assert found is None
    else:
        assert found is not None and at < found <= min([*later, known])


def test_the_next_moment_of_a_loop_never_ends() -> None:
    made = timeline({"breathe": {"pattern": {"inhale": 4, "exhale": 6}, "until": "key"}})
    at, found = 0, []
    for _ in range(6):
        following = next_ms(made, at)
        assert following is not None
        at = following
        found.append(at)
    assert found == [4000, 10_000, 14_000, 20_000, 24_000, 30_000]
    said = [(line.at_ms, line.text) for line in between(made, 20_000, 30_000)]
    assert said == [(20_000, "In, 4"), (24_000, "Out, 6")]


def test_an_open_sit_without_bells_has_no_next_moment() -> None:
    assert next_ms(timeline({"sit": {"open": True}}), 100) is None


@given(st.text(max_size=200))
def test_clean_leaves_nothing_that_a_terminal_obeys(text: str) -> None:
    made = clean(text)
    assert not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 or 0x202A <= ord(c) <= 0x202E for c in made)
    made.encode("utf-8")


@pytest.mark.parametrize(("ms", "said"), [(0, "0:00"), (5999, "0:05"), (65_000, "1:05"), (3_725_000, "1:02:05")])
def test_clock(ms: int, said: str) -> None:
    assert clock(ms) == said


@given(st.text(alphabet="abc de-fg", max_size=300), st.integers(12, 80))
def test_wrapped_rows_fit(text: str, columns: int) -> None:
    assert all(len(row) <= columns for row in wrap(text, columns))


def test_wrapping_keeps_the_words() -> None:
    text = "If you like, feel your feet and look around the room, and move when you are ready."
    assert " ".join(row.strip() for row in wrap(text, 30)) == text
    assert wrap(text, None) == [text]


@pytest.mark.parametrize(
    ("seconds", "said"), [(44, "44 s"), (90, "1 min 30 s"), (600, "10 min"), (3900, "1 h 5 min"), (0, "0 s")]
)
def test_spell(seconds: float, said: str) -> None:
    assert words.spell(seconds) == said


def test_the_last_line_blames_nobody() -> None:
    assert words.farewell("completed", 60_000) == "That was 1 min, from beginning to end."
    assert words.farewell("stopped", 20_000) == "You stopped after 20 s. That is fine."
    assert "cut off" in words.farewell("interrupted", 20_000)


def test_line_is_a_value() -> None:
    assert Line(1, "a") == Line(1, "a")


def test_keys_that_do_nothing_in_this_session_are_not_named() -> None:
    whole = words.keys(breathes=True, sound=True)
    assert "gentler breaths" in whole and "Words for the sound" in whole
    short = words.keys(breathes=False, sound=False)
    assert "breaths" not in short and "sound" not in short and "q end early" in short and "! shows" in short
