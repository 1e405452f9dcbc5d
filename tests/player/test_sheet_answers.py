"""What is filled in on a sheet becomes its answer: checked field by field, whole or as far as it has come."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mindful.player.answers import RefusedError, accept
from mindful.timeline.model import question
from mindful.timeline.sheet import Op, SheetField, drafted, shown
from tests.making_sheets import FULL, SHEET

ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


def test_a_full_answer_is_kept_as_it_is() -> None:
    assert accept(SHEET, FULL) == FULL


def test_what_hangs_on_another_answer_is_kept_only_with_it() -> None:
    kept = accept(SHEET, {**FULL, "where": "At home"})
    assert "far" not in kept
    assert kept["where"] == "At home"


def test_what_is_not_filled_in_is_none_and_names_that_are_not_there_go() -> None:
    kept = accept(SHEET, {"what": "walk", "other": 3})
    assert kept == {
        "what": "walk",
        "belief": None,
        "where": None,
        "felt": None,
        "when": None,
        "alone": None,
        "more": None,
    }


def test_nothing_at_all_is_an_open_question() -> None:
    assert accept(SHEET, None) is None
    assert accept(replace(SHEET, fields=SHEET.fields[1:]), {}) is None
    with pytest.raises(RefusedError):
        accept(replace(SHEET, required=True), None)


@pytest.mark.parametrize(
    ("name", "value"),
    [("belief", 101), ("belief", "much"), ("where", "Nowhere"), ("far", 51), ("far", -1), ("when", "25:00")],
)
def test_what_does_not_fit_is_refused_with_its_question(name: str, value: Any) -> None:
    with pytest.raises(RefusedError) as refused:
        accept(SHEET, {**FULL, name: value})
    assert str(refused.value).startswith(SHEET.named(name).ask)


def test_a_field_that_is_needed_is_asked_for_in_an_answer_and_not_in_a_draft() -> None:
    with pytest.raises(RefusedError):
        accept(SHEET, {"belief": 20})
    assert accept(SHEET, {"at": "where", "values": {"belief": 20}})["belief"] == 20


def test_a_draft_keeps_the_words_that_were_being_written() -> None:
    kept = accept(SHEET, {"at": "more", "values": {"what": "walk"}, "typed": "half a sen"})
    assert (kept["what"], kept["more"]) == ("walk", "half a sen")


@given(ANY)
def test_whatever_a_draft_file_holds_is_no_error(junk: Any) -> None:
    drafted(junk)
    try:
        kept = accept(SHEET, junk)
    except RefusedError:
        return
    assert kept is None or set(kept) <= {field.name for field in SHEET.fields}


def test_conditions_compare_what_was_filled_in() -> None:
    base = SheetField(name="x", ask="?")
    cases: list[tuple[Op, Any, Any, bool]] = [
        ("==", "a", "a", True), ("==", "a", None, False), ("!=", "a", "b", True), ("!=", "a", None, False),
        (">", 0, 1, True), (">", 0, 0, False), (">=", 1, 1, True), ("<", 3, 2, True), ("<=", 2, 3, False),
        (">", 0, "1", False), (">", 0, True, False), ("has", "a", ["a", "b"], True), ("has", "c", ["a"], False),
        ("has", "a", None, False),
    ]  # fmt: skip
    for op, wanted, value, holds in cases:
        assert replace(base, when=("y", op, wanted)).holds({"y": value}) is holds, (op, wanted, value)


def test_a_field_beneath_one_that_is_not_asked_is_not_asked() -> None:
    fields = (
        SheetField(name="a", ask="?", answer="yes-no"),
        SheetField(name="b", ask="?", answer="yes-no", when=("a", "==", True)),
        SheetField(name="c", ask="?", when=("b", "==", True)),
    )
    names = [f.name for f in shown(fields, {"a": False, "b": True, "c": "left over"})]
    assert names == ["a"]


def test_an_answer_that_opens_the_clients_plan() -> None:
    field = SheetField(name="i9", ask="?", answer="choice", options=("never", "some", "much"), support_from=1)
    assert [field.supports(o) for o in (None, *field.options)] == [False, False, True, True]


def test_each_field_is_a_question_of_its_own() -> None:
    asked = [question(field) for field in SHEET.fields]
    assert [(q.id, q.private) for q in asked] == [(f.name, f.private) for f in SHEET.fields]
    assert asked[1].increment == 5  # type: ignore[union-attr]
