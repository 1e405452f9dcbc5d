"""Slips of therapists who had never seen YAML: what they are told is true, and works when it is typed as it stands."""

from __future__ import annotations

import re

import pytest

from mindful.script.load import loads
from mindful.script.model import KINDS
from mindful.script.problems import Problem
from mindful.script.unplayed import instead

TOP = "mindful: 1\ntitle: Example\n"
ASKED = (
    "  - rate: {id: before, ask: How tense are you?, required: true}\n"
    "  - choose:\n      id: way\n      ask: How to go on?\n      options:\n"
    "        - {label: Look round, steps: [{say: Look.}]}\n        - {label: Don't know}\n        - {label: Rest}\n"
)


def told(steps: str, asked: str = ASKED) -> tuple[Problem, ...]:
    return loads(f"{TOP}steps:\n{asked}{steps}").problems


def one(steps: str, asked: str = ASKED) -> Problem:
    (problem,) = told(steps, asked)
    return problem


def typed(problem: Problem) -> list[str]:
    return re.findall(r"`([^`]*)`", problem.hint)


# Kinds that cannot be played yet.


@pytest.mark.parametrize("kind", [name for name, model in KINDS.items() if not model.playable])
def test_a_kind_that_is_not_played_names_kinds_that_are(kind: str) -> None:
    named = re.findall(r"[a-z_]+", instead(kind).replace(" and ", " "))
    assert named and all(KINDS[name].playable for name in named)


def test_calming_is_not_offered_in_place_of_an_exposure() -> None:
    problem = one("  - exposure: {ladder: [{item: A lift, suds: 40}]}\n")
    assert problem.code == "MF090"
    assert problem.hint == "leave the step out, or use rate, ask, pause and choose in its place"


@pytest.mark.parametrize(
    "step",
    [
        "exposure: {ladder: A lift, untl: suds < 3, script: [{sya: Hi.}, {bell: boll}]}",
        "exposure:\n      ladder:\n        - A lift\n        - {item: x, suds: many}",
        "scan: {each: a while, parts: [hands]}\n    colour: blue",
        "questionnaire: [1, 2]",
        "relax: {groups: all of them}\n    if: before > = 3",
    ],
)
def test_it_is_said_before_the_fields_of_the_step_and_in_their_place(step: str) -> None:
    problems = told(f"  - {step}\n  - sitt: 3 min\n")
    kind = step.partition(":")[0]
    assert [(p.code, p.line) for p in problems][0] == ("MF090", 12)
    assert f"`{kind}`" in problems[0].message
    assert [p.code for p in problems[1:]] == ["MF033"], "what is wrong elsewhere is told all the same"


def test_a_kind_in_another_word_is_told_at_once_not_to_be_played() -> None:
    hint = one("  - body_scan: 5 min\n").hint
    assert hint == "did you mean `scan`? It cannot be played yet: use say and pause in its place"


# Conditions.


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("before > = 60", "before >= 60"),
        ("before < = 60", "before <= 60"),
        ("before ! = 60", "before != 60"),
        ("before = = 60", "before == 60"),
        ("before > = 60 and before < = 90", "before >= 60 and before <= 90"),
        ("{before} > = 60", "before >= 60"),
    ],
)
def test_a_space_within_a_sign_is_closed(wrong: str, right: str) -> None:
    problem = one(f"  - if: {wrong}\n    bell: bowl\n") if wrong[0] != "{" else one(f"  - if: '{wrong}'\n    bell: bowl\n")
    assert (problem.code, typed(problem)[-1]) == ("MF049", f"if: {right}")
    assert told(f"  - if: {right}\n    bell: bowl\n") == ()
