"""What has to be said before a practice begins is said, aloud and in time, and what was once wrong stays mended.

The lists are from the reading that `docs/practices.md` tells of, and not from the program.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from mindful.script.model import Script, Step

PEOPLE_FIRST = [
    "activation-map", "big-feelings", "cold-water", "exposure-heights", "exposure-worry", "grounding-crisis", "night-waking",
    "paced-breathing-crisis", "thought-record", "thought-record-guided", "urge-delay", "urge-surfing", "worry-time",
]  # fmt: skip
"""Sessions that somebody may begin who thinks of dying, of hurting themselves, or who is in danger."""
WORSE = re.compile(r"\b(hurt(ing)? yourself|ending your life|of dying|staying alive|danger)\b", re.IGNORECASE)
PEOPLE = re.compile(r"\b(people|plan|call|help|adult you trust)\b", re.IGNORECASE)

ALOUD = {
    "box": ["pregnancy", "heart", "blood pressure"],
    "four-seven-eight": ["pregnancy", "heart", "blood pressure"],
    "triangle": ["pregnancy", "heart", "blood pressure"],
    "heart-first": ["heart condition", "pacemaker", "uneasy"],
    "heart-pace": ["heart condition", "pacemaker", "uneasy"],
    "heart-training": ["heart condition", "pacemaker"],
    "brain-first": ["seizures"],
    "brain-breath": ["seizures"],
    "wim-hof-rounds": ["pregnant", "seizure", "heart", "blood pressure", "aneurysm", "sickle cell", "water", "adults"],
    "cyclic-hyperventilation": ["pregnancy", "seizure", "heart", "blood pressure", "aneurysm", "water", "adults"],
    "exposure-fast-breathing": ["pregnant", "seizure", "heart", "blood pressure", "stroke", "sickle cell", "water"],
    "exposure-panic-body": ["pregnancy", "seizures", "asthma", "heart", "water", "driving"],
    "exposure-driving": ["whoever drives", "accident"],
    "muscle-relaxation-16": ["heart", "blood pressure", "pregnancy", "glaucoma"],
}
"""What a client who only listens is told before the practice itself."""
PRACTICE = (
    "breathe",
    "exposure",
    "hrv_biofeedback",
    "neurofeedback",
    "relax",
    "thought_record",
    "rate",
    "ask",
    "choose",
    "sit",
)


def _before_practice(steps: tuple[Step, ...]) -> list[str]:
    """The spoken lines before the first step that practises or asks; a line to wait at is read, too."""
    said: list[str] = []
    for step in steps:
        if step.kind in PRACTICE:
            break
        if text := (step.say and step.say.text) or (step.wait and step.wait.text):
            said.append(text.source())
    return said


@pytest.mark.parametrize("name", PEOPLE_FIRST)
def test_when_life_is_in_question_people_come_before_the_practice(name: str, session: Callable[[str], Script]) -> None:
    said = _before_practice(session(name).steps)
    lines = [line for line in said if WORSE.search(line) and PEOPLE.search(line)]
    assert lines, said


@pytest.mark.parametrize("name", ALOUD)
def test_whom_it_may_harm_is_said_before_it_begins(name: str, session: Callable[[str], Script]) -> None:
    said = " ".join(_before_practice(session(name).steps)).lower()
    assert [words for words in ALOUD[name] if words not in said] == []


@pytest.mark.parametrize("name", ["exposure-spiders", "exposure-worry"])
def test_who_is_to_picture_something_may_close_their_eyes(name: str, session: Callable[[str], Script]) -> None:
    script = session(name)
    assert script.settings.eyes == "either"
    assert re.search(r"eyes may stay open, or close", " ".join(_before_practice(script.steps)))


def test_nobody_is_told_to_get_out_of_a_moving_car(play: Callable) -> None:
    last = play("exposure-driving").said[-1][1].text
    assert "get out" not in last or re.search(r"car stands safely", last)


def test_ten_minutes_first_are_ten_minutes(play: Callable) -> None:
    """Without the time in which the client answers."""
    assert abs(play("urge-delay", {"before": 60, "after": 40}).length_ms - 600_000) <= 45_000


def test_whoever_has_no_good_thing_today_is_told_of_none(play: Callable) -> None:
    not_today = " ".join(c.text for _, c in play("gratitude-three-things", {"today": "Not today"}).said)
    three = " ".join(c.text for _, c in play("gratitude-three-things", {"today": "Three things"}).said)
    assert "Both were there" not in not_today and "Not every day shines" in not_today
    assert "Both were there" in three and "Not every day shines" not in three


def test_the_frightened_have_time_to_find_something_to_hold(play: Callable) -> None:
    """Four seconds at least after each thing to look for, and under five minutes in all."""
    run = play("grounding-crisis")
    at = {c.text: (start, start + c.length_ms) for start, c in run.said}
    order = list(at)
    for each in ("Hold something. A chair. A cup.", "One thing that is blue.", "Find a corner of the room."):
        start = next(i for i, text in enumerate(order) if each in text)
        assert at[order[start + 1]][0] - at[order[start]][1] >= 4_000, each
    assert run.length_ms < 300_000
