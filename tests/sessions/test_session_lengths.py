"""The lengths that sessions and their README state are those of the timeline, and the exact ones are exact."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

import pytest

from mindful import assets
from mindful.script.model import Script
from mindful.timeline.model import BellCue, SoundCue
from tests.sessions.conftest import READING, SKILLS

SESSIONS = sorted(assets.session_files())
EXPOSURES = tuple(n for n in SESSIONS if n.startswith("exposure-"))
AT_YOUR_PACE = (
    "arriving", "grounding-steps", "wim-hof-rounds", "cyclic-hyperventilation", "cold-water", "thought-record",
    "small-experiment", "sleep-diary", "daily-check-in", "something-to-do", "last-two-weeks", *sorted(READING | SKILLS),
    *EXPOSURES,
)  # fmt: skip
"""What the client decides makes most of their length."""
NIGHT = {"bedtime": "Good night.", "counting-down": "Good night.", "night-waking": "Rest well."}
"""Sessions that nobody is brought back from, and their last words."""
_ROW = re.compile(r"^\| `([a-z0-9-]+)` \|[^|]+\| ([^|]+) \|$", re.MULTILINE)


def _stated() -> dict[str, str]:
    """Lengths of the table in `sessions/README.md`, by id."""
    return dict(_ROW.findall((assets.sessions() / "README.md").read_text(encoding="utf-8")))


def test_the_readme_lists_every_session() -> None:
    assert sorted(_stated()) == SESSIONS


@pytest.mark.parametrize("name", [n for n in SESSIONS if n not in AT_YOUR_PACE])
def test_the_readme_tells_the_true_length(name: str, play: Callable) -> None:
    number = re.match(r"(\d+)(½)? min", _stated()[name])
    assert number is not None
    minutes = int(number[1]) + (0.5 if number[2] else 0)
    assert abs(play(name).length_ms - minutes * 60_000) <= 25_000


@pytest.mark.parametrize("name", AT_YOUR_PACE)
def test_only_sessions_at_the_clients_pace_state_no_length(name: str) -> None:
    assert not any(c.isdigit() for c in _stated()[name])


def test_settle_is_one_minute_and_the_pacer_is_there_within_ten_seconds(play: Callable) -> None:
    run = play("settle")
    assert run.asked == []
    assert len(run.segments) == 1
    assert run.length_ms == 60_000
    assert run.bells[0][0] == 0  # something is heard at once
    assert run.phases[0][0] <= 10_000
    assert len(run.breaths()) == 4


@pytest.mark.parametrize("name", ["box", "coherent", "cyclic-sighing", "four-seven-eight", "humming"])
def test_breathing_begins_within_about_a_minute(name: str, play: Callable) -> None:
    # Before the longest hold there is the most to say: who had better leave it out is not said in a hurry.
    assert play(name).phases[0][0] <= (68_000 if name == "four-seven-eight" else 62_000)


@pytest.mark.parametrize("name", SESSIONS)
def test_a_bell_is_heard_before_anyone_speaks_into_it(name: str, play: Callable) -> None:
    run = play(name)
    for at, bell in run.bells:
        if bell.step.endswith(".relax"):
            continue  # the soft knock at which a muscle is eased is heard with its words
        assert not any(at <= said < at + 2000 for said, _ in run.said)


def test_five_minute_breath_is_the_reference_of_the_sound_test(play: Callable) -> None:
    run = play("five-minute-breath")
    assert run.asked == []
    assert len(run.segments) == 1
    assert run.length_ms == 300_000
    assert len(run.bells) >= 8  # strokes
    assert {cue.sound for _, cue in run.bells} == {"bowl", "chime", "bell"}
    assert {cue.phase for _, cue in run.phases} == {"inhale", "top_up", "hold", "exhale", "rest"}
    assert all(cue.tones for _, cue in run.phases)
    assert run.phases[0][0] <= 20_000
    assert run.phases[-1][0] >= 240_000 - run.phases[-1][1].length_ms


def test_breathing_space_is_three_minutes_in_three_parts(play: Callable) -> None:
    run = play("breathing-space")
    assert abs(run.length_ms - 180_000) <= 5_000
    times = [at for at, _ in run.bells]
    assert len(times) == 4
    for start, end in pairwise(times):
        assert 45_000 <= end - start <= 75_000


def test_the_sit_is_ten_minutes_from_bell_to_bell(play: Callable) -> None:
    run = play("sit-10")
    times = [at for at, _ in run.bells]
    first, middle, *last = times
    assert middle - first == 300_000
    assert last[0] - first == 600_000
    assert len(last) == 3
    assert [c for at, c in run.said if first <= at < last[0]] == []  # quiet
    assert {cue.level_db for _, cue in run.bells} == {0.0}  # none louder than the first


@pytest.mark.parametrize("name", SESSIONS)
def test_no_bell_is_louder_than_the_first(name: str, play: Callable) -> None:
    run = play(name, {"way": [0, 2, 0], "more": [True, True, False]} if name == "arriving" else {})
    levels = [cue.level_db for _, cue in run.bells]
    assert all(level <= levels[0] for level in levels)


@pytest.mark.parametrize("name", [n for n in SESSIONS if n not in READING])
def test_the_last_words_bring_back_to_the_room(name: str, play: Callable) -> None:
    run = play(name)
    at, line = run.said[-1]
    if name in NIGHT:
        assert line.text == NIGHT[name]
        return
    assert re.search(
        r"stand|look(ing)? (around|in on)|see the room|go (on )?gently|notice where you are|whatever comes next|"
        r"your own speed|a moment longer|a while longer",
        line.text,
        re.IGNORECASE,
    ), line.text
    assert run.length_ms - (at + line.length_ms) <= 20_000
    assert run.phases == [] or run.phases[-1][0] < at  # nobody is paced past the end


@pytest.mark.parametrize("name", NIGHT)
def test_a_night_session_wakes_nobody(name: str, play: Callable) -> None:
    run = play(name)
    assert run.asked == []
    assert run.cues(BellCue) == []
    good_night = run.said[-1][0]
    assert [c for at, c in run.phases if at > good_night and c.tones] == []
    at, fade = run.cues(SoundCue)[-1]
    assert fade.layer == "silence"
    assert fade.fade_ms >= 60_000
    assert at + fade.fade_ms == run.length_ms


@pytest.mark.parametrize(("name", "cycle_ms"), [("coherent", 11_000), ("bedtime", 10_000)])
@pytest.mark.parametrize("minutes", [5, 7, 20])
def test_minutes_are_minutes_of_breathing(name: str, cycle_ms: int, minutes: int, play: Callable) -> None:
    def breathing(n: int) -> int:
        return play(name, minutes=n).length_ms

    assert abs((breathing(minutes) - breathing(10)) - (minutes - 10) * 60_000) <= cycle_ms


@pytest.mark.parametrize("name", SESSIONS)
def test_variables_have_sane_limits(name: str, session: Callable[[str], Script], play: Callable) -> None:
    for variable, v in session(name).variables.items():
        assert v.label is not None
        assert isinstance(v.default, int | float)
        assert v.min is not None
        assert v.max is not None
        assert v.min <= v.default <= v.max
        assert play(name, **{variable: v.min}).length_ms <= play(name, **{variable: v.max}).length_ms + 30_000
