"""What is proposed works when it is typed as it stands: the line is mended, and nothing more is said about it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mindful import assets
from mindful.script.load import Loaded, loads
from mindful.script.remainder import remainder

TOP = "mindful: 1\ntitle: Example\n"
ASKED = "  - rate: {id: before, ask: How tense are you?}\n"


def one_step(step: str, head: str = "") -> Loaded:
    return loads(f"{TOP}{head}steps:\n{ASKED}  - {step}\n")


def proposal(loaded: Loaded) -> str:
    (problem,) = [p for p in loaded.problems if p.severity == "error"]
    found = re.findall(r"`([^`]*)`", problem.hint)
    assert found, problem
    return str(found[-1])


@pytest.mark.parametrize(
    ("wrong", "mended"),
    [
        ("say: Three words: calm, slow", 'say: "Three words: calm, slow"'),
        ("say:Welcome.", "- say: Welcome."),
        ("say: “Now: rest.”", 'say: "Now: rest."'),
        ("breathe: box, 1 min", "breathe: {pattern: box, for: 1 min}"),
        ("breathe: long exhale", None),
        ("rate: calm", "rate: {id: calm, ask: How is it now?, scale: calm}"),
        (
            "rate: How tense are you, from 0 to 100?",
            'rate: {id: before, ask: "How tense are you, from 0 to 100?"}',
        ),
        ("ask: Which word fits?", "ask: {id: answer, text: Which word fits?}"),
        ("bell: 3x bowl", "bell: {sound: bowl, strokes: 3}"),
        ("bell: 2", "bell: {sound: bowl, strokes: 2}"),
        ("ramp: from 12 to 6", None),
        ("say: You were at {Before}.", "{before}"),
        ("say: 'Wait. [pause:7]'", None),
    ],
)
def test_the_words_of_the_proposal(wrong: str, mended: str | None) -> None:
    loaded = one_step(wrong)
    assert loaded.problems
    if mended is None:
        return
    hint = next(p.hint for p in loaded.problems if p.severity == "error")
    assert f"`{mended}`" in hint
    if mended.startswith("{"):
        mended = wrong.replace("{Before}", mended)
    again = one_step(mended.removeprefix("- ").replace("id: before", "id: again"))
    assert [p for p in again.problems if p.severity == "error"] == []


@pytest.mark.parametrize(
    ("condition", "mended"),
    [
        ("before is greater than 60", "before > 60"),
        ("before is at least 60", "before >= 60"),
        ("before > 60%", "before > 60"),
        ("{before} >= 60", "before >= 60"),
        ("before is not 60", "before != 60"),
        ("before = 60", "before == 60"),
        ("before > 10 && before < 60", "before > 10 and before < 60"),
        ("before is less than 60", "before < 60"),
    ],
)
def test_conditions_as_they_are_spoken(condition: str, mended: str) -> None:
    loaded = one_step(f"if: {condition}\n    say: Slowly.")
    assert proposal(loaded).removeprefix("if: ") == mended
    assert one_step(f"if: {mended}\n    say: Slowly.").problems == ()


@pytest.mark.parametrize(
    ("pattern", "mended"),
    [
        ("Box Breathing", "box"),
        ("4-4-4-4", "box"),
        ("4-6", "{inhale: 4, exhale: 6}"),
        ("4-2-6", "{inhale: 4, hold: 2, exhale: 6}"),
        ("in 4 out 6", "{inhale: 4, exhale: 6}"),
        ('"in 4, hold 4, out 4, hold 2"', "{inhale: 4, hold: 4, exhale: 4, rest: 2}"),
        ("478", "4-7-8"),
        ("physiological sigh", "cyclic-sigh"),
        ("belly breathing", "diaphragmatic"),
    ],
)
def test_patterns_as_they_are_called(pattern: str, mended: str) -> None:
    loaded = one_step(f"breathe: {{pattern: {pattern}, for: 3 min}}")
    assert proposal(loaded).removeprefix("pattern: ") == mended
    assert one_step(f"breathe: {{pattern: {mended}, for: 3 min}}").problems == ()


@pytest.mark.parametrize(
    ("length", "mended"),
    [("1/2 min", "0.5 min"), ("3-5 min", "3 min"), ("five minutes", "5 min"), ("10 Minuten", "10 min")],
)
def test_lengths_as_they_are_spoken(length: str, mended: str) -> None:
    assert proposal(one_step(f"sit: {length}")) == mended
    assert one_step(f"sit: {mended}").problems == ()


@pytest.mark.parametrize(
    ("caution", "known"),
    [
        ("anxiety", "panic"),
        ("PTSD", "trauma"),
        ("heart disease", "heart"),
        ("pregnant", "pregnancy"),
        ("migraine", "other"),
    ],
)
def test_cautions_in_everyday_words(caution: str, known: str) -> None:
    assert proposal(one_step("bell: bowl", f"cautions: [{caution}]\n")) == known


@pytest.mark.parametrize(
    ("wrong", "mended"),
    [
        ("minutes: 5", "for: 5 min"),
        ("seconds: 90", "for: 90 s"),
        ("time: 4 min", "for: 4 min"),
        ('minutes: "{before}"', 'for: "{before} min"'),
    ],
)
def test_a_length_under_another_key(wrong: str, mended: str) -> None:
    assert proposal(one_step(f"breathe: {{pattern: box, {wrong}}}")) == mended
    left = {p.code for p in one_step(f"breathe: {{pattern: box, {mended}}}").problems}
    assert left == ({"MF046", "MF063"} if "before" in wrong else set())  # 0 min at the least, and may stay open
    beside = one_step(f"breathe: box\n    {wrong}")
    assert proposal(beside) == f"breathe: {{pattern: box, {mended}}}"


def test_a_decimal_comma_within_brackets_is_one_problem_each() -> None:
    loaded = one_step("breathe: {pattern: {inhale: 5,5, exhale: 5,5}, for: 2,5 min}")
    assert [(p.code, p.hint) for p in loaded.problems] == [
        ("MF043", "write `5.5`, with a point"),
        ("MF043", "write `5.5`, with a point"),
        ("MF043", "write `2.5 min`, with a point"),
    ]
    assert one_step("breathe: {pattern: {inhale: 5.5, exhale: 5.5}, for: 2.5 min}").problems == ()


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        ("rate: {id: a ask: How?}", "write `id: a, ask: …`"),
        ("breathe: {pattern: {inhale: 4 exhale: 6}, cycles: 3}", "write `inhale: 4, exhale: …`"),
        ("rate: {id: a, ask: Now: how is it?}", 'write it in straight quotes: `ask: "Now: how is it?"`'),
        ("rate: {id: a, ask: How is it, {before}?}", 'write it in straight quotes: `ask: "How is it, {before}?"`'),
    ],
)
def test_slips_within_brackets_are_mended_and_the_rest_is_read(wrong: str, hint: str) -> None:
    loaded = one_step(wrong + "\n  - sitt: 3 min")
    assert [p.hint for p in loaded.problems] == [hint, "did you mean `sit`?"]


def test_a_forgotten_comma_is_told_at_the_end_of_its_line() -> None:
    text = '{\n  "mindful": 1,\n  "title": "Rest"\n\n  "steps": [\n    {"say": "a"}\n    {"bell": "boll"}\n  ]\n}\n'
    assert [(p.code, p.line, p.column) for p in loads(text).problems] == [
        ("MF014", 3, 17), ("MF014", 6, 16), ("MF041", 7, 14),
    ]  # fmt: skip


def test_a_quote_that_ran_on_to_the_next_is_told_where_it_opens() -> None:
    loaded = one_step('say: "Rest.\n  - say: "And now."\n  - bell: boll')
    assert [(p.code, p.line) for p in loaded.problems] == [("MF012", 5), ("MF041", 7)]


def test_a_long_sentence_is_told_in_words_how_to_quote_it() -> None:
    (problem,) = one_step("say: Here it is: " + "on and on " * 9 + "to the end").problems
    assert problem.hint.startswith('put a straight quote (") before “Here it is: on')
    assert problem.hint.endswith("to the end”")


def test_spaces_of_a_word_processor_are_spaces() -> None:
    text = f"{TOP}steps:\n\u00a0\u00a0-\u00a0say:\u00a0Welcome.\n\u202f\u00a0\u00a0\u00a0pause: 4 s\n"
    assert loads(text).problems == ()


def test_a_tab_in_a_text_is_a_space() -> None:
    script = one_step('say: "One\\ttwo"').script
    assert script is not None
    assert script.steps[1].say is not None and script.steps[1].say.text is not None
    assert script.steps[1].say.text.source() == "One two"


def test_the_advice_on_a_pause_keeps_its_length() -> None:
    for mark in ("[PAUSE:7]", '<break time="7s"/>', "[pause: 7 s]"):
        (problem,) = one_step(f"say: 'Wait. {mark}'").problems
        assert (problem.code, problem.hint) == ("MF079", "the format writes `[pause 7 s]`")


def test_a_step_that_cannot_be_read_hides_nothing_elsewhere() -> None:
    text = (
        TOP + "cautions: [dragons]\nsettings: {background: oceen}\npatterns: {mine: {inhale: 4}}\nsteps:\n"
        "  - rate: {id: now, ask: How?, scale: furlongs}\n  - say: 'At {now}, {then}.'\n"
        "  - breathe: {pattern: mine, for: 1 min}\n  - breathe: {pattern: bocks, for: 1 min}\n"
        "  - repeat: {times: 2, steps: [{sit: 0 s}, {bell: boll}]}\n"
    )
    assert [(p.code, p.line) for p in loads(text).problems] == [
        ("MF041", 3), ("MF066", 4), ("MF050", 5), ("MF041", 7), ("MF061", 8), ("MF065", 10), ("MF046", 11), ("MF041", 11),
    ]  # fmt: skip


def test_a_name_is_not_missed_while_its_question_cannot_be_read() -> None:
    loaded = loads(f"{TOP}steps:\n  - rate: {{id: Now, ask: How?}}\n  - say: 'At {{now}}.'\n")
    assert [p.code for p in loaded.problems] == ["MF048"]
    assert loaded.script is None


@pytest.mark.parametrize("data", [None, [], {}, {"mindful": 2, "steps": []}, {"mindful": 1, "title": "x", "steps": []}])
def test_nothing_is_left_of_what_is_no_script(data: object) -> None:
    assert remainder(data) == (None, False) or remainder(data)[0] is None


def test_files_of_exercises_lie_beside_the_script(tmp_path: Path) -> None:
    text = f"{TOP}steps:\n  - exposure: {{ladder: ../fear.yaml}}\n  - questionnaire: ./own.yaml\n"
    assert [p.code for p in loads(text, folder=tmp_path).problems if p.code != "MF090"] == ["MF068", "MF067"]
    (tmp_path / "fear.yaml").write_text("mindful_ladder: 1\nitems: [{item: x, suds: 3}]\n", encoding="utf-8")
    own = (assets.sessions() / "questionnaires" / "phq-2.yaml").read_text(encoding="utf-8")
    (tmp_path / "own.yaml").write_text(own, encoding="utf-8")
    text = (
        f"{TOP}steps:\n  - exposure: {{ladder: fear.yaml}}\n  - questionnaire: ./own.yaml\n  - questionnaire: phq-9\n"
    )
    assert loads(text, folder=tmp_path).problems == ()


ASK = "  - ask: {id: pace, text: How many?, answer: number}\n"
GLIDE = 'breathe: {pattern: equal, for: 3 min, ramp: {from: "{pace}", to: 6}}\n'


def test_a_pace_that_an_answer_decides_needs_no_condition_and_no_default() -> None:
    """Whatever is answered, it is played within limits (`tests/timeline/test_unfold.py`)."""
    for head in ("", "variables: {pace: {default: 12, min: 6, max: 18}}\n"):
        assert loads(f"{TOP}{head}steps:\n{ASK}  - {GLIDE}").problems == ()
    words = ASK.replace("number", "text")
    assert [p.code for p in loads(f"{TOP}steps:\n{words}  - {GLIDE}").problems] == ["MF064"]


@pytest.mark.parametrize(
    ("answer", "codes"), [("3", ["MF052"]), ('"3"', []), ("4", ["MF052"]), ('"4"', []), ("9", ["MF052"])]
)
def test_a_quiz_on_numbers_says_which_option_is_meant(answer: str, codes: list[str]) -> None:
    loaded = one_step(f"learn: {{text: Box., quiz: [{{ask: How many?, options: [2, 3, 4], answer: {answer}}}]}}")
    assert [p.code for p in loaded.problems] == codes


def test_a_text_may_have_bullets_of_its_own() -> None:
    text = f"{TOP}steps:\n  - learn:\n      text: |\n        • inhale: four\n\n        – exhale: six\n  – bell: bowl\n"
    assert [(p.code, p.line) for p in loads(text).problems] == [("MF013", 9)]
