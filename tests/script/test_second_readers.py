"""What the second group of new authors stumbled over: an `if` that got lost, numbers off the scale, pauses read out.

Each hint is followed here as it is written, and the script is looked at afterwards.
"""

from __future__ import annotations

import pytest

from mindful.script.load import Loaded, loads
from mindful.script.problems import Problem

TOP = "mindful: 1\ntitle: Example\nsteps:\n"
ASKED = "  - rate: {id: before, ask: How is it?, scale: mood}\n  - rate: {id: after, ask: And now?}\n"


def read(steps: str) -> Loaded:
    return loads(TOP + ASKED + steps)


def told(steps: str) -> list[Problem]:
    return list(read(steps).problems)


def one(steps: str) -> Problem:
    (problem,) = told(steps)
    return problem


def conditions(steps: str) -> list[str | None]:
    """The condition of each step behind the two questions."""
    loaded = read(steps)
    assert loaded.script is not None and not loaded.problems
    return [None if step.if_ is None else step.if_.source for step in loaded.script.steps[2:]]


# An `if` and the step behind it.


def test_a_second_line_below_an_if_keeps_the_if_when_the_hint_is_followed() -> None:
    problem = one("  - if: before > 5\n    say: One.\n    say: Two.\n")
    assert problem.code == "MF016" and "write `- if: before > 5` on a line above it" in problem.hint
    assert conditions("  - if: before > 5\n    say: One.\n  - if: before > 5\n    say: Two.\n") == ["before > 5"] * 2


def test_what_goes_with_the_second_line_is_told_to_go_with_it() -> None:
    first, second = told("  - if: before > 5\n    say: A.\n    pause: 3 s\n    say: B.\n    pause: 4 s\n")
    assert (first.line, second.line) == (9, 10)
    assert "goes with the line above" in second.hint


def test_without_an_if_a_second_line_is_told_as_before() -> None:
    assert one("  - say: One.\n    say: Two.\n").hint == "keep one of them; a new step begins with a dash: `- …`"


def test_a_line_in_the_column_of_the_dashes_keeps_the_if() -> None:
    problem = one("  - if: before > 5\n    say: One.\n  say: Two.\n")
    assert problem.code == "MF013"
    assert "write `- if: before > 5` on a line above it, and put 4 spaces before this line" in problem.hint
    assert "for one that always comes, write `- say: Two.`" in problem.hint
    pause = one("  - if: before > 5\n    say: One.\n  pause: 3 s\n")
    assert pause.hint.startswith("to go on with the step above, put 4 spaces before this line")


def test_steps_below_an_if_are_put_into_a_repeat() -> None:
    problem = one("  - if: before > 5\n    - say: One.\n    - say: Two.\n")
    assert (problem.code, problem.line) == ("MF013", 7)
    assert "`repeat:`, `  times: 1` and `  steps:`, and 4 more spaces" in problem.hint
    mended = "  - if: before > 5\n    repeat:\n      times: 1\n      steps:\n        - say: One.\n        - say: Two.\n"
    assert conditions(mended) == ["before > 5"]


def test_a_dash_behind_an_if_is_told_as_a_dash_too_many() -> None:
    problem = one("  - if: before > 5\n  - say: One.\n")
    assert (problem.code, problem.line) == ("MF034", 6)
    assert problem.hint == "the dash before `say` in line 7 begins a new step: put a space in its place"
    assert conditions("  - if: before > 5\n    say: One.\n") == ["before > 5"]
    assert "write the step below it" in one("  - if: before > 5\n").hint


# Numbers off the scale.


@pytest.mark.parametrize(
    "never", ["before > 10", "before >= 11", "before == 12", "before < 0", "10 < before", "after > 100"]
)
def test_a_number_that_a_rating_cannot_reach_is_told(never: str) -> None:
    problem = one(f"  - if: {never}\n    say: A.\n")
    assert problem.code == "MF085" and problem.message.endswith("never holds")
    assert conditions("  - if: before > 5\n    say: A.\n") == ["before > 5"]


@pytest.mark.parametrize("always", ["before < 60", "before != 11", "before > -1", "60 > before"])
def test_a_number_that_every_answer_reaches_is_told(always: str) -> None:
    assert one(f"  - if: {always}\n    say: A.\n").message.endswith("always holds once there is an answer")


@pytest.mark.parametrize(
    "fine", ["before >= 0", "not (before >= 0)", "before <= 10", "before == 10", "before > 9", "after > 90"]
)
def test_numbers_on_the_scale_are_fine_and_so_is_the_question_whether_there_is_an_answer(fine: str) -> None:
    assert told(f"  - if: {fine}\n    say: A.\n") == []


# Conditions as they are said.


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("before is open", "not (before >= 0)"),
        ("before not answered", "not (before >= 0)"),
        ("unanswered before", "not (before >= 0)"),
        ("after was answered", "after >= 0"),
    ],
)
def test_left_open_may_be_said_in_many_ways(said: str, meant: str) -> None:
    problem = one(f"  - if: {said}\n    say: A.\n")
    assert (problem.code, problem.hint) == ("MF049", f"write `if: {meant}`")
    assert conditions(f"  - if: {meant}\n    say: A.\n") == [meant]


def test_answered_alone_is_told_with_the_last_rating() -> None:
    assert "write `if: not (after >= 0)`" in one("  - if: not answered\n    say: A.\n").hint


@pytest.mark.parametrize("sum_", ["before + after > 3", "before - 3 > 2", "before * 2 > 3", "(before) / 2 > 1"])
def test_a_condition_that_calculates_is_told_what_to_do_instead(sum_: str) -> None:
    problem = one(f"  - if: {sum_}\n    say: A.\n")
    assert problem.code == "MF049" and "cannot calculate" in problem.message
    assert "work out the number" in problem.hint


def test_a_difference_becomes_a_comparison() -> None:
    problem = one("  - if: before - after > 2\n    say: A.\n")
    assert "`if: before > after`" in problem.hint
    assert problem.snippet[problem.column - 1] == "-"


# Pauses that would be read out.


@pytest.mark.parametrize(
    ("words", "mark"),
    [
        ("Sit down. (pause 10 s)", "[pause 10 s]"),
        ("Sit down (pause) and rest.", "[pause 4 s]"),
        ("Sit down. *pause 5 seconds* Rest.", "[pause 5 s]"),
        ("Sit pause 10 s", "[pause 10 s]"),
        ("Sit down. Pause 2 minutes.", "[pause 2 min]"),
        ("Setz dich. (kurze Pause)", "[pause 4 s]"),
        ("Setz dich. Pause 10 Sekunden.", "[pause 10 s]"),
    ],
)
def test_a_pause_that_is_not_written_as_one_is_told(words: str, mark: str) -> None:
    problem = one(f'  - say: "{words}"\n')
    assert (problem.code, problem.severity) == ("MF093", "warning")
    assert problem.hint.startswith(f"write `{mark}`")
    start, end = problem.column - 1, problem.column - 1 + problem.length
    assert told((problem.snippet[:start] + mark + problem.snippet[end:]) + "\n") == []


@pytest.mark.parametrize(
    "words",
    [
        "Pause for a moment, and look around.",
        "You may pause 10 seconds here.",
        "There is a pause after the out-breath.",
        "Take a pause (as long as you like).",
        "Rest in the pause.",
        "Breathe in, [pause 4 s] and out.",
    ],
)
def test_words_about_a_pause_are_words(words: str) -> None:
    assert told(f"  - say: {words}\n" if "[" not in words else f'  - say: "{words}"\n') == []


def test_a_pause_without_its_colon_on_its_own_line() -> None:
    problem = one("  - say: Sit down.\n    pause 10 s\n  - say: Go on.\n")
    assert (problem.line, problem.hint) == (7, "write `pause: 10 s`")
    assert conditions("  - say: Sit down.\n    pause: 10 s\n  - say: Go on.\n") == [None, None]
