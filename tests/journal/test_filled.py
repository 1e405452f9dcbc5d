"""Sheets read back from records, and questionnaires that are left out when they were answered lately."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from mindful.journal import filled, past
from mindful.journal.store import look
from tests.playing_sheets import PHQ, phq, write

NOW = datetime.fromisoformat("2026-11-20T18:00:00+01:00")
THOUGHT = "id: tr\n    thought_record: {columns: 5, styles: false}"
WORDS = {"situation": "at work", "thought": "they laugh", "belief_before": 80, "belief_after": 40}


def test_a_thought_record_is_all_there_for_a_progress_note(tmp_path: Path) -> None:
    write(tmp_path, NOW, THOUGHT, WORDS)
    (found,) = filled.find(tmp_path, "thought-record")
    assert [(name, value) for name, _, value in found.words()] == list(WORDS.items())
    asks = {name: ask for name, ask, _ in found.words()}
    assert asks["thought"] == "What went through your mind just then?"
    assert (found.number, found.when, found.data["columns"]) == (1, NOW, 5)
    json.dumps(dict(found.data))


def test_the_latest_comes_first_and_all_words_must_stand_in_it(tmp_path: Path) -> None:
    for day, words in enumerate(("At work", "On the BUS to work", "at home")):
        write(tmp_path, NOW + timedelta(days=day), THOUGHT, {"situation": words})
    found = filled.find(tmp_path, "thought-record")
    assert [f.answer["situation"] for f in found] == ["at home", "On the BUS to work", "At work"]
    assert [f.number for f in filled.search(found, "bus WORK")] == [2]
    assert filled.search(found, "sea") == []


def test_a_sheet_that_was_left_open_is_none(tmp_path: Path) -> None:
    write(tmp_path, NOW, THOUGHT, None)
    assert filled.find(tmp_path, "thought-record") == []


def test_the_record_of_a_questionnaire_has_items_and_numbers(tmp_path: Path) -> None:
    record = write(tmp_path, NOW, PHQ, phq(1, 2, 3, 0, 0, 0, 1, 0, 0))
    (data,) = [s["data"] for s in record["steps"] if s["data"].get("questionnaire")]
    assert data["items"]["sleep"] == 3
    assert data["scores"] == {"total": {"score": 7, "from": 0, "to": 27, "higher": "more trouble"}}
    assert "last" not in data and "support" not in record
    (answered,) = [a for e in look(tmp_path).entries for a in past.answered(e)]
    assert (answered.name, answered.scores["total"]["score"]) == ("phq-9", 7)


def test_that_the_plan_was_due_is_in_the_record_and_that_nobody_showed_it(tmp_path: Path) -> None:
    record = write(tmp_path, NOW, PHQ, phq(0, 0, 0, 0, 0, 0, 0, 0, 1))
    (due,) = record["support"]
    assert (due["fields"], due["shown_ms"]) == (["dead"], None)


@pytest.mark.parametrize(("hours", "asked"), [(1, False), (24 * 6, False), (24 * 7 - 1, True), (24 * 8, True)])
def test_it_is_left_out_when_it_was_answered_lately(hours: int, asked: bool, tmp_path: Path) -> None:
    write(tmp_path, NOW, PHQ, phq(*[1] * 8, 0))
    record = write(tmp_path, NOW + timedelta(hours=hours), PHQ, phq(*[2] * 8, 0))
    (step, *_) = [s for s in record["steps"] if s["kind"] == "questionnaire"]
    if asked:
        assert step["data"]["last"] == {"day": "2026-11-20", "scores": {"total": 8}}
        assert step["data"]["scores"]["total"]["score"] == 16
    else:
        assert step["data"] == {"asked": False}
        assert record["answers"] == {}


def test_one_without_a_number_does_not_count_as_answered(tmp_path: Path) -> None:
    write(tmp_path, NOW, PHQ, phq(1, None, None, None, 0, 0, 0, 0, 0))
    record = write(tmp_path, NOW + timedelta(hours=2), PHQ, phq(*[1] * 8, 0))
    assert record["steps"][0]["data"]["scores"]["total"]["score"] == 8


def test_a_journal_that_is_not_there_is_no_past(tmp_path: Path) -> None:
    assert past.Journal(tmp_path / "none", NOW).questionnaire("phq-9") is None


def test_a_night_has_its_figures_in_the_record(tmp_path: Path) -> None:
    answer = {"in_bed": "22:45", "tried": "23:00", "latency": 20, "awakenings": 0, "woke": "06:30", "up": "07:00"}
    record = write(tmp_path, NOW, "id: night\n    plan: {form: sleep-diary}", answer)
    data = record["steps"][0]["data"]
    assert (data["in_bed_min"], data["asleep_min"], data["efficiency_pct"]) == (495, 430, 87)


def test_whatever_a_record_of_others_holds_it_is_read(tmp_path: Path) -> None:
    record = write(tmp_path, NOW, THOUGHT, WORDS)
    (path,) = tmp_path.rglob("*.json")
    for data in ({"form": 3}, {"form": "thought-record", "answer": []}, {"form": "thought-record", "asks": "x"}, {}):
        broken = {**record, "steps": [{**record["steps"][0], "data": data}]}
        path.write_text(json.dumps(broken), encoding="utf-8")
        filled.find(tmp_path, "thought-record")
        [list(past.answered(e)) for e in look(tmp_path).entries]
