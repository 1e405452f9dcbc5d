"""What a record says of a question beside its answer: enough to write a progress note from it alone."""

from __future__ import annotations

from typing import Any

import pytest

from mindful.journal.withholding import step_without
from mindful.player.commands import Answer, Skip
from tests.player.test_exposure import Walk

QUESTIONS: list[tuple[dict[str, Any], Any, dict[str, Any]]] = [
    (
        {"rate": {"id": "x", "ask": "How strong?"}},
        60,
        {"answer": "x", "ask": "How strong?", "scale": "suds", "from": 0, "to": 100},
    ),
    (
        {"rate": {"id": "x", "ask": "How near?", "scale": {"min": 1, "max": 5, "low": "far", "high": "near"}}},
        2,
        {"answer": "x", "ask": "How near?", "scale": "own", "from": 1, "to": 5, "low": "far", "high": "near"},
    ),
    ({"ask": {"id": "x", "text": "What?"}}, "rain", {"answer": "x", "ask": "What?", "kind": "text"}),
    (
        {"ask": {"id": "x", "text": "Which?", "answer": "choice", "options": ["A", "B"]}},
        "A",
        {"answer": "x", "ask": "Which?", "kind": "choice", "options": ["A", "B"]},
    ),
    ({"learn": "# Worry\nWords."}, None, {"page": "Worry"}),
]


@pytest.mark.parametrize(("step", "answer", "said"), QUESTIONS)
def test_a_question_is_in_the_record_with_its_scale(step: dict[str, Any], answer: Any, said: dict[str, Any]) -> None:
    walk = Walk(step, {"say": "Thank you."})
    walk.answer(answer)
    walk.tick(3)
    first = walk.record["steps"][0]
    assert first["status"] == "done"
    assert said.items() <= first["data"].items()


def test_what_was_passed_and_what_was_left_open_are_told_apart() -> None:
    for command, status in ((Skip(), "skipped"), (Answer(None), "done")):
        walk = Walk({"rate": {"id": "x", "ask": "How strong?"}}, {"say": "Thank you."})
        walk.do(command)
        walk.tick(3)
        assert walk.record["steps"][0]["status"] == status
        assert walk.record["answers"] == {"x": None}
        assert walk.record["steps"][0]["data"]["ask"] == "How strong?"


def test_a_sheet_says_what_the_ends_of_its_scales_mean() -> None:
    walk = Walk({"id": "x", "rate": {"id": "x", "ask": "And now?", "scale": "affect"}}, {"say": "Thank you."})
    walk.answer({"pleasant": 3, "energy": 7})
    walk.tick(3)
    data = walk.record["steps"][0]["data"]
    assert data["scales"]["pleasant"] == {"from": 0, "to": 10, "low": "very unpleasant", "high": "very pleasant"}


def test_the_words_of_a_question_stay_behind_where_anything_is_hidden() -> None:
    step = {"kind": "rate", "data": {"answer": "x", "ask": "You said rain. And now?", "scale": "suds", "from": 0}}
    assert step_without(step, ["worry"])["data"] == {"answer": "x", "scale": "suds", "from": 0}
    assert step_without(step, ["x"])["data"] == {}
    assert step_without(step, [])["data"]["ask"].startswith("You said")
