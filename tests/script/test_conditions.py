"""Conditions: what they hold of, and that a question left open makes no comparison true."""

from __future__ import annotations

from typing import Any

import pytest

from mindful.script.conditions import Condition, ConditionError

VALUES: dict[str, Any] = {
    "before": 60, "word": "Calm", "sleepy": True, "awake": False, "several": ["sea", "wood"], "open": None, "none": "no",
    "digits": "7",
}  # fmt: skip


@pytest.mark.parametrize(
    ("source", "holds"),
    [
        ("before >= 60", True), ("before > 60", False), ("before <= 60", True), ("before < 60", False), ("before == 60", True),
        ("before != 60", False), ("60 <= before", True), ("-3 < before", True), ('word == "calm"', True), ("word != 'calm'", False),
        ('word < "z"', False), ("sleepy == yes", True), ("awake == no", True), ("sleepy == true", True), ("awake == false", True),
        ("sleepy", True), ("awake", False), ("none", False), ("open", False), ("gone", False), ("several == 'sea'", True),
        ("several != 'sea'", False), ("several == 'sky'", False), ("several < 3", False), ("open == 1", False), ("open != 1", False),
        ("gone < 3", False), ("not gone < 3", True), ("before > 50 and word == 'calm'", True), ("before > 90 and sleepy", False),
        ("before > 90 or sleepy", True), ("not (before > 90 or sleepy)", False), ("not not sleepy", True), ("digits > 5", True),
        ("awake == 0", True), ("before > word", False),
        ("before > 90 or sleepy and awake", False),
    ],
)  # fmt: skip
def test_a_condition_holds(source: str, holds: bool) -> None:
    assert Condition.parse(source).holds(VALUES) is holds


@pytest.mark.parametrize(
    ("source", "sea", "both", "nothing", "unanswered"),
    [
        ("near == 'Sea'", True, True, False, False), ("'sea' == near", True, True, False, False),
        ("near != 'Sea'", False, False, True, False), ("'Sea' != near", False, False, True, False),
        ("near == 'Wood'", False, True, False, False), ("near != 'Wood'", True, False, True, False),
        ("near == 'Sea' and near == 'Wood'", False, True, False, False), ("near == 'Sea' and near != 'Wood'", True, False, False, False),
        ("near == 'Sea, Wood'", False, False, False, False), ("near < 'Z'", False, False, False, False), ("near >= 0", False, False, False, False),
        ("near == other", False, True, False, False), ("other == near", False, True, False, False), ("near == word", False, True, False, False),
        ("near", True, True, False, False), ("not near", False, False, True, True), ("not (near == 'Sea')", False, False, True, True),
    ],
)  # fmt: skip
def test_of_several_answers_equal_is_among_them(
    source: str, sea: bool, both: bool, nothing: bool, unanswered: bool
) -> None:
    condition, more = Condition.parse(source), {"other": ["Wood", "Hill"], "word": "wood"}
    answers: list[Any] = [["Sea"], ["Sea", "Wood"], [], None]
    assert [condition.holds({"near": a, **more}) for a in answers] == [sea, both, nothing, unanswered]


def test_a_name_alone_does_not_hold_at_nought() -> None:
    alone, negated = Condition.parse("n"), Condition.parse("not n")
    assert [alone.holds({"n": n}) for n in (0, 0.0, 3, -1, None)] == [False, False, True, True, False]
    assert [negated.holds({"n": n}) for n in (0, 3, None)] == [True, False, True]


def test_the_names_it_looks_at() -> None:
    assert Condition.parse("a > 1 and (b == 'x' or not c) and a < d").names == ("a", "b", "c", "d")
    assert Condition.parse("1 > 2").names == ()
    assert Condition.parse("sleepy == no").names == ("sleepy",)
    known = Condition.parse("a > 1")
    assert Condition.parse(known) is known


@pytest.mark.parametrize(
    ("source", "column"),
    [
        ("", 0), ("   ", 0), ("before = 60", 7), ("before >=", 9), ("(before > 1", 11), ("before > 1)", 10), ("5", 1), ("a b", 2),
        ("and", 0), ("a > and", 4), ("  §", 2), ("not " * 80 + "a", 200), ("a and " * 300 + "a", 1200),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_at_its_column(source: str, column: int) -> None:
    with pytest.raises(ConditionError) as told:
        Condition.parse(source)
    assert told.value.column == column


@pytest.mark.parametrize("value", [True, 3, None, ["a"]])
def test_only_words_are_conditions(value: object) -> None:
    with pytest.raises(ConditionError):
        Condition.parse(value)
