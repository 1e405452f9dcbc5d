"""Slips of therapists who had never seen YAML: what they are told is true, and works when it is typed as it stands."""

from __future__ import annotations

import re

import pytest

from mindful.script.conditions import Condition
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
    assert (problems[0].code, problems[0].line) == ("MF090", 12)
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
    problem = (
        one(f"  - if: {wrong}\n    bell: bowl\n") if wrong[0] != "{" else one(f"  - if: '{wrong}'\n    bell: bowl\n")
    )
    assert (problem.code, typed(problem)[-1]) == ("MF049", f"if: {right}")
    assert told(f"  - if: {right}\n    bell: bowl\n") == ()


def at_the_step(condition: str) -> str:
    return f"  - if: {condition}\n    say: Slowly.\n"


@pytest.mark.parametrize(
    ("wrong", "code", "right"),
    [
        ("way == Look", "MF049", "way == 'Look round'"),
        ("way == Look round", "MF049", "way == 'Look round'"),
        ("way == Look arround", "MF049", "way == 'Look round'"),
        ("way is Look round", "MF049", "way == 'Look round'"),
        ("way = Rest", "MF049", "way == 'Rest'"),
        ("way != Look and before > 3", "MF049", "way != 'Look round' and before > 3"),
        ("way == Look or way == Rest", "MF049", "way == 'Look round' or way == 'Rest'"),
        ("way == Don't know", "MF049", 'way == "Don\'t know"'),
        ("way == 'Don't know'", "MF049", 'way == "Don\'t know"'),
        ("way == look", "MF061", "way == 'Look round'"),
        ("way == rest and before > 3", "MF061", "way == 'Rest' and before > 3"),
        ("way == 'Look'", "MF085", "way == 'Look round'"),
        ("way != 'Look'", "MF085", "way != 'Look round'"),
        ('before > 3 and way == "look around"', "MF085", "before > 3 and way == 'Look round'"),
        ("before == 'open'", "MF085", "not (before >= 0)"),
        ("before != 'empty'", "MF085", "before >= 0"),
        ("before == 'unanswered' or way == 'Rest'", "MF085", "not (before >= 0) or way == 'Rest'"),
        ("before == open", "MF061", "not (before >= 0)"),
    ],
)
def test_an_answer_is_offered_whole_and_in_quotes(wrong: str, code: str, right: str) -> None:
    problem = one(at_the_step(wrong))
    assert (problem.code, typed(problem)[-1]) == (code, f"if: {right}")
    assert told(at_the_step(right)) == ()
    assert told(f"  - {{if: {right}, say: Slowly.}}\n") == ()


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("way == 'Sing'", "one of its answers: 'Look round', \"Don't know\", 'Rest'"),
        ("way == 2", "one of its answers: 'Look round'"),
        ("way > 2", "one of its answers: 'Look round'"),
        ("before == 'high'", "with a number, such as `before >= 50`"),
        ("before > 'high'", "with a number, such as `before >= 50`"),
        ("before == high", "with a number, such as `before >= 50`"),
    ],
)
def test_what_only_the_author_can_know_is_named(condition: str, words: str) -> None:
    problem = one(at_the_step(condition))
    assert problem.code == ("MF061" if condition.endswith(" high") else "MF085")
    assert words in problem.hint


@pytest.mark.parametrize(
    ("asked", "condition"),
    [
        ("ask: {id: a, text: Which?, answer: choice, options: [2, 5]}", "a == 5 or a > 3"),
        ("ask: {id: a, text: Which?, answer: choices, options: [x, y]}", "a == 'X'"),
        ("ask: {id: a, text: Which?, answer: yes-no}", "a == yes or a == 'No'"),
        ("ask: {id: a, text: Which?}", "a == 'anything'"),
        ("ask: {id: a, text: How many?, answer: number}", "a == '5'"),
        ("choose: {id: a, ask: How?, options: [{label: '{before} again'}, {label: Rest}]}", "a == '5 again'"),
        ("choose: {id: a, ask: How?, options: [{label: {en: Rest, de: Ruhen}}, {label: {en: Go, de: Los}}]}", "a == 'Ruhen'"),
    ],
)  # fmt: skip
def test_what_can_be_answered_is_not_warned_of(asked: str, condition: str) -> None:
    assert {p.code for p in told(f"  - {asked}\n{at_the_step(condition)}")} <= {"MF084"}, (
        "only languages may be missing"
    )


@pytest.mark.parametrize(
    ("question", "condition"),
    [
        ("rate: {id: a, ask: How?, scale: {min: -5, max: 5}}", "not (a >= -5)"),
        ("ask: {id: a, text: How many?, answer: number}", "not (a < 0 or a >= 0)"),
    ],
)
def test_a_question_left_open_is_told_from_every_answer(question: str, condition: str) -> None:
    problem = one(f"  - {question}\n{at_the_step('a == open')}")
    assert typed(problem)[-1] == f"if: {condition}"
    read = Condition.parse(condition)
    assert read.holds({}) and not any(read.holds({"a": answer}) for answer in (-5, 0, 5))


def test_an_answer_of_a_round_is_known_to_its_end() -> None:
    step = "  - repeat: {{until: a == '{}', at_most: 3, steps: [{{ask: {{id: a, text: On?, answer: yes-no}}}}]}}\n"
    assert told(step.format("no")) == ()
    assert one(step.format("enough")).code == "MF085"


def test_an_answer_that_would_end_the_line_is_offered_in_quotes() -> None:
    asked = "  - choose: {id: way, ask: How?, options: [{label: 'Now: rest'}, {label: 'Go, slowly'}]}\n"
    problem = one(at_the_step("way == Now"), asked)
    assert typed(problem) == ["if: \"way == 'Now: rest'\""]
    assert told(at_the_step(typed(problem)[0][4:]), asked) == ()
