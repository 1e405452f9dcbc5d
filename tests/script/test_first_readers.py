"""Slips of therapists who had never seen YAML: what they are told is true, and works when it is typed as it stands."""

from __future__ import annotations

import re

import pytest

from mindful.script.conditions import Condition
from mindful.script.load import loads
from mindful.script.problems import Problem
from tests.script.applying import applied

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
        ("before == Open", "MF049", "not (before >= 0)"),
        ("before is unanswered or way == 'Rest'", "MF049", "not (before >= 0) or way == 'Rest'"),
        ("before is not left open", "MF049", "before >= 0"),
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


def test_an_answer_that_could_be_several_is_left_to_the_author() -> None:
    asked = "  - choose: {id: way, ask: How?, options: [{label: Look round}, {label: Look and listen}]}\n"
    for condition in ("way == Look", "way == Sing", "way == 'Look'"):
        problem = one(at_the_step(condition), asked)
        assert problem.hint == "compare it with one of its answers: 'Look round', 'Look and listen'"
    problem = one(at_the_step("way == Look and listen"), asked)
    assert typed(problem) == ["if: way == 'Look and listen'"]
    assert told(at_the_step("way == 'Look and listen'"), asked) == ()


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


# Where a line belongs.


def test_an_if_with_several_steps_is_told_what_it_can_be() -> None:
    problem = one("  - if: before > 3\n    steps:\n      - say: One.\n      - bell: bowl\n")
    assert (problem.code, problem.line) == ("MF033", 13)
    assert "`if` belongs to one step" in problem.message
    assert problem.hint.startswith("give each of these steps its own `if`")
    whole = typed(problem)[-1].replace("…", "{say: One.}, {bell: bowl}")
    assert told(f"  - if: before > 3\n    {whole}\n") == ()
    assert one("  - if: before > 3\n    then: [{bell: bowl}]\n").hint == problem.hint


@pytest.mark.parametrize(
    ("word", "own", "right"),
    [
        ("else", "\n      - say: Hi.", "not (before > 3)"),
        ("otherwise", "\n      - say: Hi.", "not (before > 3)"),
        ("elif", " before > 1\n    say: Hi.", "not (before > 3) and (before > 1)"),
        ("else if", " before > 1\n    say: Hi.", "not (before > 3) and (before > 1)"),
    ],
)
def test_there_is_no_else_but_the_opposite_if(word: str, own: str, right: str) -> None:
    first = "  - if: before > 3\n    say: Slowly.\n"
    problem = one(f"{first}  - {word}:{own}\n")
    assert (problem.line, typed(problem)) == (14, ["if", f"if: {right}"])
    assert told(f"{first}  - if: {right}\n    say: Hi.\n") == ()


def test_an_else_beside_its_if_is_told_the_same() -> None:
    problem = one("  - if: before > 3\n    say: Slowly.\n    else: Hi.\n")
    assert typed(problem)[-1] == "if: not (before > 3)"
    assert typed(one("  - else:\n      - say: Hi.\n", ""))[-1] == "if: not (before >= 60)"


def test_two_kinds_under_one_if_need_it_twice() -> None:
    problem = one("  - if: before > 3\n    say: Slowly.\n    bell: bowl\n")
    assert problem.hint == "begin a new step with a dash: `- bell: …`, and repeat the `if` in it"
    assert "repeat" not in one("  - say: Slowly.\n    bell: bowl\n").hint
    assert told("  - if: before > 3\n    say: Slowly.\n  - bell: bowl\n    if: before > 3\n") == ()


CHOICE = "  - choose:\n      ask: How?\n      options:\n        - label: Rest\n{}        - label: Go\n"


@pytest.mark.parametrize(
    "step",
    [
        "          - say: Rest.\n          - bell: bowl\n",
        "            - say: Rest.\n              pause: 3 s\n",
        "          - say:\n              text: Rest.\n",
    ],
)
def test_a_step_below_a_label_is_told_that_steps_is_missing_above(step: str) -> None:
    problem = one(CHOICE.format(step))
    assert (problem.code, problem.line) == ("MF013", 16)
    assert "`steps:` is missing above" in problem.message
    assert problem.hint == "put the line `steps:` above it, in the same column as `label`"
    assert told(CHOICE.format("          steps:\n" + step)) == ()


def test_steps_in_the_list_of_options_are_put_further_right() -> None:
    first, second = told(CHOICE.format("        - say: Rest.\n          pause: 3 s\n        - bell: bowl\n"))[::2]
    more = "put 4 more spaces before this line and those that belong to it"
    assert first.hint == f"put the line `steps:` above it, in the same column as `label`, and {more}"
    assert (second.line, second.hint) == (18, more)
    lines = "          steps:\n            - say: Rest.\n              pause: 3 s\n            - bell: bowl\n"
    assert told(CHOICE.format(lines)) == ()


def test_a_step_beside_a_label_is_put_below_it() -> None:
    problem = one(CHOICE.format("          say: Rest.\n"))
    assert problem.code == "MF037" and typed(problem)[-1] == "  - say:"
    assert told(CHOICE.format("          steps:\n            - say: Rest.\n")) == ()
    flow = "  - choose: {{ask: How?, options: [{{label: Rest, {}}}, {{label: Go}}]}}\n"
    assert typed(one(flow.format("say: Rest."))) == ["steps: [{say: …}]"]
    assert told(flow.format("steps: [{say: Rest.}]")) == ()


@pytest.mark.parametrize(
    ("kind", "fields", "names"),
    [
        ("choose", "id: on\nask: How?\noptions:\n  - label: Rest\n    steps:\n      - say: Rest.\n  - label: Go\n", "id ask options"),
        ("rate", "id: now\nask: And now?\nscale: suds\n", "id ask scale"),
    ],
)  # fmt: skip
def test_fields_that_look_like_a_second_kind_are_put_further_right(kind: str, fields: str, names: str) -> None:
    def indented(spaces: int) -> str:
        return f"  - {kind}:\n" + "".join(" " * spaces + line + "\n" for line in fields.splitlines())

    problem = one(indented(4))
    listed = ", ".join(f"`{name}`" for name in names.split())
    assert problem.code == "MF037"
    assert (
        problem.hint == f"put these lines further right: 2 more spaces before {listed} and before what belongs to them"
    )
    assert told(indented(6)) == ()


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("1 min", "breathe: {pattern: long-exhale, for: 1 min}"),
        ("five minutes", "breathe: {pattern: long-exhale, for: 5 min}"),
        ("5 breaths", "breathe: {pattern: long-exhale, cycles: 5}"),
        ("{in: 4, out: 6, for: 1 min}", "pattern: {inhale: 4, exhale: 6}"),
        ("{in: 4 s, hold: 2, out: 6, cycles: 9}", "pattern: {inhale: 4, hold: 2, exhale: 6}"),
        ("{in: 4, out: 6}", "breathe: {pattern: {inhale: 4, exhale: 6}, for: 3 min}"),
        ("{inhale: 4, exhale: 6}", "breathe: {pattern: {inhale: 4, exhale: 6}, for: 3 min}"),
        ("{pattern: box, cues: voice}", "breathe: {pattern: box, cues: voice, for: 3 min}"),
    ],
)
def test_a_breathing_keeps_what_is_there_and_gets_what_is_missing(wrong: str, right: str) -> None:
    assert typed(one(f"  - breathe: {wrong}\n"))[0] == right
    body = right if right.startswith("breathe") else f"breathe: {{{right}, for: 1 min}}"
    assert told(f"  - {body}\n") == ()


# What is to be read.


@pytest.mark.parametrize("word", ["page", "read", "text"])
def test_what_is_to_be_read_is_a_learn_step(word: str) -> None:
    assert one(f"  - {word}: The breath slows the heart.\n").hint == "did you mean `learn`?"


def test_a_text_with_a_pause_is_to_be_said() -> None:
    assert one("  - text: Welcome.\n    pause: 3 s\n").hint == "did you mean `say`?"


def test_a_quiz_belongs_inside_learn() -> None:
    quiz = "[{ask: Which?, options: [nose, mouth], answer: 1}]"
    for step in (f"quiz: {quiz}", f"say: Breath.\n    quiz: {quiz}"):
        problem = one(f"  - {step}\n")
        assert "`quiz` belongs inside `learn`" in problem.message
        assert typed(problem) == ["learn: {text: …, quiz: …}"]
    assert told(f"  - learn: {{text: Breath., quiz: {quiz}}}\n") == ()


@pytest.mark.parametrize("hole", ["max(way, before)", "100 - before", "before + 5", "before, way"])
def test_only_a_name_can_stand_in_braces(hole: str) -> None:
    problem = one(f"  - say: 'At {{{hole}}}.'\n")
    assert problem.message.startswith("only a name can stand in braces")
    name = "{way}" if hole.startswith("max") else "{before}"
    assert typed(problem) == [name]
    assert told(f"  - say: 'At {name}.'\n") == ()


# To the letter.


@pytest.mark.parametrize(
    "step",
    [
        at_the_step("before > = 60"),
        at_the_step("way == Look"),
        at_the_step("way == 'Look'"),
        at_the_step("way == 'Don't know'"),
        at_the_step("way is Rest and before > 3"),
        at_the_step("before == open"),
        at_the_step("before is not unanswered"),
        "  - breathe: 1 min\n",
        "  - breathe: 5 breaths\n",
        "  - breathe: {in: 4, out: 6}\n",
        "  - breathe: {pattern: box, cues: voice}\n",
        "  - say: 'At {100 - before}.'\n",
        "  - page: The breath slows the heart.\n",
    ],
)
def test_what_is_proposed_is_typed_as_it_stands(step: str) -> None:
    text = f"{TOP}steps:\n{ASKED}{step}"
    (problem,) = loads(text).problems
    mended = applied(text, problem)
    assert mended is not None and mended != text
    assert loads(mended).problems == ()
