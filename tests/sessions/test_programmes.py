"""The bundled programmes: no problem, sources that are there, rest days, a way without pressure, and arms that stay apart."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from mindful import assets
from mindful.script.bibliography import find
from mindful.script.programme.load import load, programme_files

FILES = programme_files()
NAMES = sorted(FILES)
WANTED = {"eight-weeks", "better-sleep", "low-mood", "panic"}


def raw(name: str) -> dict[str, Any]:
    data = yaml.safe_load(FILES[name].read_text(encoding="utf-8"))
    assert isinstance(data, dict)
    return data


def sessions_of(practice: Any) -> set[str]:
    """The sessions of a practice with its alternatives."""
    if isinstance(practice, str):
        return {practice}
    found = {practice["session"]} if "session" in practice else set()
    for other in practice.get("or", []):
        found |= sessions_of(other)
    return found


def test_what_belongs_to_this_field_is_there() -> None:
    assert set(NAMES) >= WANTED


@pytest.mark.parametrize("name", NAMES)
def test_a_colleague_has_nothing_to_say_against_it(name: str) -> None:
    loaded = load(FILES[name], clinical=True)
    assert loaded.problems == ()


@pytest.mark.parametrize("name", NAMES)
def test_it_says_for_whom_it_is_not_what_is_known_and_that_it_waits(name: str) -> None:
    data = raw(name)
    assert data["cautions"] and data["rest"] and data["waits"] and data["summary"]
    assert re.search(r"\b(doctor|therapist|talk to someone)\b", data["about"])
    assert re.search(r"not been tested|was not tested|were not tested", data["about"] + str(data["evidence"]))
    assert re.search(r"waits|no harm", data["about"])
    for each in data["evidence"]:
        assert find(each["source"]) is not None and "doi:" in each["source"]


@pytest.mark.parametrize("name", NAMES)
def test_a_day_stays_small(name: str) -> None:
    """What is not optional comes to at most fifteen times a week, and to a few things at once."""
    for stage in raw(name)["stages"]:
        asked = [
            p for p in stage["practices"] if isinstance(p, dict) and not p.get("optional") and p.get("arm") != "breath"
        ]
        times = [int(m[1]) for p in asked if (m := re.match(r"(\d+) a week", p.get("often", "")))]
        assert sum(times) <= 15 and len(asked) <= 5, stage["title"]


def test_the_programme_for_sleep_prescribes_no_shorter_time_in_bed() -> None:
    data = raw("better-sleep")
    window = [p for s in data["stages"] for p in s["practices"] if p.get("session") == "sleep-week-3-window"]
    assert [p["often"] for p in window] == ["once"] and "nothing to try alone" in window[0]["note"]
    text = assets.session_files()["sleep-week-3-window"].read_text(encoding="utf-8")
    assert "**not part of this week**" in text and "bipolar" in text and "seizures" in text


def test_the_two_ways_with_panic_are_never_mixed() -> None:
    """A breath that is used against panic can become a safety behaviour; so one arm has no breathing in it."""
    arms: dict[str, set[str]] = {"body": set(), "breath": set()}
    for stage in raw("panic")["stages"]:
        for practice in stage["practices"]:
            arm = practice.get("arm", stage.get("arm"))
            for name in arms:
                if arm in (None, name):
                    arms[name] |= sessions_of(practice)
    breathing = {n for n in arms["body"] if "breathe:" in assets.session_files()[n].read_text(encoding="utf-8")}
    assert "exposure-panic-body" in arms["body"] and not breathing
    assert not any(n.startswith("exposure") for n in arms["breath"])
    assert "therapist" in raw("panic")["arms"]["body"]["about"] and "heart" in raw("panic")["about"]


def test_low_mood_knows_where_people_come_first() -> None:
    assert "people come before programmes" in raw("low-mood")["about"]
