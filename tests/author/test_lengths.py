"""A script as written is within its own `fit`, where its length is known; the hint is right when applied literally."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mindful.author.lengths import CHECKS
from mindful.script.load import loads

HEAD = "mindful: 1\ntitle: An example\n"


def problems(fit: str, *steps: str) -> list[tuple[str, int, str, str]]:
    text = f"{HEAD}fit: {{{fit}}}\nsteps:\n" + "".join(f"  - {step}\n" for step in steps)
    return [(p.code, p.line, p.message, p.hint) for p in loads(text, further=CHECKS).problems]


def test_longer_than_it_may_be() -> None:
    assert problems("min: 4 min, max: 8 min", "sit: 12 min") == [
        ("MF086", 3, "as written this takes 12:00, longer than its `fit` allows", "write `max: 12 min`")
    ]


def test_shorter_than_it_may_be() -> None:
    assert problems("min: 4 min, max: 8 min", "sit: 150 s") == [
        ("MF086", 3, "as written this takes 2:30, shorter than its `fit` allows", "write `min: 2 min`")
    ]


@pytest.mark.parametrize("sit", ["4 min", "6 min", "8 min"])
def test_within_it_nothing_is_said(sit: str) -> None:
    assert problems("min: 4 min, max: 8 min", f"sit: {sit}") == []


RATE = "rate: {id: now, ask: How tense?}"


def test_what_the_client_adds_can_make_it_longer_and_never_shorter() -> None:
    assert problems("min: 4 min, max: 8 min", RATE, "sit: 1 min") == []
    assert problems("min: 4 min, max: 8 min", RATE, "sit: 9 min") == [
        ("MF086", 3, "as written this takes at least 9:00, longer than its `fit` allows", "write `max: 9 min`")
    ]
    assert problems("min: 4 min, max: 8 min", "wait: {text: Rest., at_most: 2 min}", "sit: 1 min") == [
        ("MF086", 3, "as written this takes at most 3:00, shorter than its `fit` allows", "write `min: 3 min`")
    ]


def test_of_a_choice_the_shortest_way_decides() -> None:
    ways = "choose: {ask: Which?, options: [{label: A, steps: [{sit: SHORT}]}, {label: B, steps: [{sit: 20 min}]}]}"
    assert problems("min: 4 min, max: 8 min", ways.replace("SHORT", "5 min")) == []
    assert [p[0] for p in problems("min: 4 min, max: 8 min", ways.replace("SHORT", "9 min"))] == ["MF086"]


def test_a_guess_of_spoken_time_is_allowed_for() -> None:
    words = "say: " + "Let it come and go as it likes. " * 20
    spoken = re.search(r"about (\d+):(\d+)", problems("min: 1 s, max: 2 s", words)[0][2])
    assert spoken is not None
    seconds = int(spoken[1]) * 60 + int(spoken[2])
    assert problems(f"min: 1 s, max: {seconds * 0.8:.0f} s", words) == []
    assert problems(f"min: 1 s, max: {seconds * 0.7:.0f} s", words) != []
    assert problems(f"min: {seconds * 1.2:.0f} s, max: 1 h", words) == []
    assert problems(f"min: {seconds * 1.35:.0f} s, max: 1 h", words) != []


def test_an_upside_down_fit_and_a_script_with_errors_are_told_of_other_things() -> None:
    assert [p[0] for p in problems("min: 8 min, max: 4 min", "sit: 1 h")] == ["MF073"]
    assert [p[0] for p in problems("min: 1 min, max: 4 min", "sit: 1 h", "bell: boll")] == ["MF041"]
    assert loads(HEAD + "steps:\n  - sit: 1 h\n", further=CHECKS).problems == ()


@given(st.integers(1, 900), st.integers(1, 900), st.integers(0, 900), st.booleans())
@settings(max_examples=60, deadline=None)
def test_the_hint_is_right_when_applied_literally(sit: int, least: int, more: int, said: bool) -> None:
    fit = f"min: {least} s, max: {least + more} s"
    steps = [f"sit: {sit} s", *(["say: Slowly come back to the room that you are in."] if said else [])]
    for _, _, _, hint in problems(fit, *steps):
        found = re.fullmatch(r"write `(min|max): (.+)`", hint)
        assert found is not None
        mended = re.sub(rf"{found[1]}: [^,]+", f"{found[1]}: {found[2]}", fit)
        assert problems(mended, *steps) == []
