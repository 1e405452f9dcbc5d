"""`mindful thoughts`, `plan`, `sleep`, `activities`, `questionnaires`: written without a terminal, and read again."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from mindful.cli.main import run
from mindful.journal import home
from mindful.journal.store import look
from tests.playing_sheets import PHQ, phq, write

NOW = datetime.fromisoformat("2026-11-20T18:00:00+01:00")
THOUGHT = "id: tr\n    thought_record: {columns: 5, styles: false}"
EVIL = "\x1b[31mred\x07\u202eabc"


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]):
    def call(*words: str) -> str:
        capsys.readouterr()
        assert run([*words]) == 0
        return capsys.readouterr().out

    return call


def test_nothing_yet(said, capsys: pytest.CaptureFixture[str]) -> None:
    for command in (["thoughts"], ["sleep"], ["activities"], ["questionnaires", "history"]):
        assert run(command) == 0
        captured = capsys.readouterr()
        assert captured.out == ""
        assert "Nothing of this kind is in your journal yet." in captured.err
    assert run(["plan"]) == 0
    assert "No plan yet." in capsys.readouterr().err


def test_a_plan_is_made_without_a_terminal_and_read_again(said) -> None:
    answers = ["--answer", "plan.sleep_what=up at seven", "--answer", "plan.sleep_when=each day"]
    said("plan", "new", "sleep", "--plain", "--mute", *answers)
    shown = said("plan")
    assert "Sleep: what would you like to do?" in shown and "up at seven" in shown
    rows = json.loads(said("plan", "show", "--json"))["filled"]
    assert rows[0]["data"]["goals"] == ["sleep"]


def test_thoughts_are_listed_searched_and_shown(said) -> None:
    write(
        home.journal(),
        NOW,
        THOUGHT,
        {"situation": "at work", "thought": f"they laugh {EVIL}", "belief_before": 80, "belief_after": 40},
    )
    write(home.journal(), NOW + timedelta(days=1), THOUGHT, {"situation": "on the bus"})
    listed = said("thoughts")
    assert listed.splitlines()[0].endswith("on the bus")
    assert "80 → 40" in listed
    assert said("thoughts", "search", "laugh").count("\n") == 1
    page = said("thoughts", "show", "2")
    assert "What went through your mind just then?" in page
    for text in (listed, page, said("thoughts", "list", "--json")):
        assert "\x1b" not in text and "\x07" not in text
    assert run(["thoughts", "show", "9"]) == 2


def test_an_experiment_waits_for_its_outcome(said) -> None:
    step = "id: experiment\n    thought_record: {form: experiment}"
    write(home.journal(), NOW, step, {"thought": "they laugh", "prediction": "they {laugh} out loud"})
    said("thoughts", "outcome", "--plain", "--mute", "--answer", "outcome.outcome=nobody laughed")
    latest = look(home.journal()).entries[0].record
    data = latest["steps"][0]["data"]
    assert data["of"] == look(home.journal()).entries[1].id
    assert "You had predicted: “they {laugh} out loud”." in data["asks"]["outcome"]
    assert "what came of it: nobody laughed" in said("thoughts")
    assert run(["thoughts", "outcome", "--plain", "--mute"]) == 0  # none waits any more


def test_activities_with_what_was_expected_and_what_came(said) -> None:
    step = "id: activity\n    plan: {form: activity}"
    write(home.journal(), NOW, step, {"what": "a walk {x}", "pleasure_expected": 3, "mastery_expected": 4})
    assert said("activities").rstrip().endswith("a walk {x}")
    answers = [f"--answer=review.{k}" for k in ("done=yes", "pleasure=7", "mastery=5")]
    said("activities", "review", "--plain", "--mute", *answers)
    assert "a walk {x}: yes, pleasure 3 → 7, managed 4 → 5" in said("activities")
    assert run(["activities", "review", "--plain", "--mute"]) == 0


def test_what_a_look_back_belongs_to_is_said_in_words_and_by_its_id_in_json_only(said) -> None:
    write(home.journal(), NOW, "id: activity\n    plan: {form: activity}", {"what": f"a walk {EVIL}"})
    said("activities", "review", "--plain", "--mute", "--answer", "review.done=yes")
    write(
        home.journal(),
        NOW,
        "id: e\n    thought_record: {form: experiment}",
        {"thought": "x", "prediction": "they laugh"},
    )
    said("thoughts", "outcome", "--plain", "--mute", "--answer", "outcome.outcome=nobody laughed")
    assert "Looks back on: they laugh (2026-11-20)" in said("thoughts", "show")
    pages = [said("journal", "show", str(n)) for n in (1, 2)]
    assert "    Looks back on: they laugh (2026-11-20)\n" in pages[0]
    assert "    Looks back on: a walk " in pages[1] and "\x1b" not in pages[1]
    planned = next(e for e in look(home.journal()).entries if e.record["answers"].get("activity"))
    for page in (*pages, said("thoughts"), said("activities")):
        assert planned.id not in page
    assert planned.id in said("activities", "list", "--json")
    planned.path.unlink()
    assert "Looks back on something that is no longer in the journal." in said("journal", "show", "2")


def test_nights_and_their_mean(said) -> None:
    step = "id: night\n    plan: {form: sleep-diary}"
    usual = {
        "in_bed": "22:45",
        "tried": "23:00",
        "latency": 20,
        "awakenings": 0,
        "woke": "06:30",
        "up": "07:00",
        "quality": 4,
    }
    for day, latency in enumerate((20, 80)):
        write(home.journal(), NOW + timedelta(days=day), step, {**usual, "latency": latency})
    lines = said("sleep").splitlines()
    assert lines[1].endswith("22:45 to 07:00, asleep 7:10 of 8:15 (87 %), sleep 4 of 5")
    assert lines[2] == "Mean of 2 nights: asleep 6:40, 81 % of the time in bed."


def test_the_wellness_plan_is_shown_and_written_to_a_file(said, tmp_path: Path) -> None:
    write(
        home.journal(), NOW, "id: w\n    plan: {form: wellness}", {"well": "I sing", "therapist": "to call on Mondays"}
    )
    write(home.journal(), NOW + timedelta(days=7), "id: w\n    plan: {form: wellness-review}", {"kept": 7})
    page = said("plan", "wellness")
    assert "I sing" in page and "looked at last on 2026-11-27" in page
    assert page.splitlines()[-2:] == ["How much of it was there this week?", "  7"]
    said("plan", "wellness", "-o", str(tmp_path / "plan.txt"))
    assert "to call on Mondays" in (tmp_path / "plan.txt").read_text(encoding="utf-8")


def test_questionnaires_with_their_licences_and_numbers(said, capsys: pytest.CaptureFixture[str]) -> None:
    listed = said("questionnaires")
    assert "CC BY-NC-SA 3.0 IGO" in listed and "without its words" in listed
    rows = json.loads(said("questionnaires", "list", "--json"))["questionnaires"]
    assert {r["id"] for r in rows} >= {"phq-9", "gad-7", "who-5", "k6", "k10", "pcl-5", "dass-21"}
    page = said("questionnaires", "show", "phq-9")
    assert "9. Thoughts that you would be better off dead" in page
    for weeks, level in enumerate((2, 1)):
        write(home.journal(), NOW + timedelta(days=7 * weeks), PHQ, phq(*[level] * 8, 0))
    assert said("questionnaires", "history").splitlines() == [
        "2026-11-27  phq-9     8 of 27 (-8)",
        "2026-11-20  phq-9     16 of 27",
    ]
    assert run(["questionnaires", "fill", "dass-21"]) == 2
    assert run(["questionnaires", "show", "phq9"]) == 2
    assert "Did you mean `phq-9`?" in capsys.readouterr().err


def test_the_journal_page_shows_questions_and_numbers(said) -> None:
    write(home.journal(), NOW, PHQ, phq(*[1] * 8, 0))
    page = said("journal", "show")
    assert "phq-9: 9 answers" in page and "total: 8 of 27" in page
    assert "Little interest or pleasure in doing things" in page
