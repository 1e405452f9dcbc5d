"""Sheets in plain lines: one question after another, back, looked over at the end, and the client's plan where needed."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from mindful.plain.keyboard import NoMore, Told
from mindful.plain.sheet import PlainSheet
from mindful.player.answers import accept
from mindful.player.commands import Answer
from mindful.script.load import loads
from mindful.script.model import Script
from tests.making_sheets import FULL, SHEET
from tests.plain.stage import Performance, play

THOUGHT = """
mindful: 1
title: A thought
steps:
  - id: tr
    thought_record: {columns: 5, styles: false}
  - say: Thank you.
"""
PHQ = "mindful: 1\ntitle: Two weeks\nsteps:\n  - {id: phq, questionnaire: phq-9}\n  - say: Thank you.\n"


def script(text: str) -> Script:
    found = loads(text).script
    assert found is not None
    return found


def typed(text: str, *lines: str, **more: str) -> Performance:
    """The lines are typed a second apart, and a minute later it is ended where it still goes on."""
    planned = [(1.0 + k, line) for k, line in enumerate(lines)]
    return play(script(text), *planned, (60.0, Told("interrupt")), **more)  # type: ignore[arg-type]


def test_all_fields_then_the_review_then_the_answer() -> None:
    p = typed(THOUGHT, "at work", "they laugh", "80", "shame", "70", "a joke", "50", "40", "30", "", "")
    assert "1 of 10: What happened? Where were you, and with whom?" in p.lines
    assert "To look over:" in p.lines
    assert "2. What went through your mind just then? they laugh" in p.lines
    (answer,) = p.log.of("answer")
    assert answer["value"]["belief_after"] == 40
    assert answer["value"]["next"] is None
    assert p.ended.status == "completed"


def test_each_finished_field_is_written_down_at_once() -> None:
    p = typed(THOUGHT, "at work", "they laugh")
    assert [e["value"]["values"] for e in p.log.of("draft")] == [
        {"situation": "at work"},
        {"situation": "at work", "thought": "they laugh"},
    ]


def test_back_look_and_change() -> None:
    p = typed(THOUGHT, "at work", "they laugh", "/back", "they smile", "/look", "1", "at home", "")
    (answer,) = p.log.of("answer")
    assert (answer["value"]["situation"], answer["value"]["thought"]) == ("at home", "they smile")


def test_what_does_not_fit_is_asked_again_and_words_never_steer() -> None:
    p = typed(THOUGHT, "q", "s", "much", "200", "20", "/skip")
    (answer,) = p.log.of("answer")
    assert (answer["value"]["situation"], answer["value"]["thought"]) == ("q", "s")
    assert answer["value"]["belief_before"] == 20
    assert "A number, please." in p.lines
    assert "A number from 0 to 100." in p.lines


def test_ending_and_a_keyboard_that_goes_away_keep_what_was_written() -> None:
    stopped = play(script(THOUGHT), (1.0, "at work"), (2.0, Told("interrupt")))
    assert stopped.ended.status == "stopped"
    assert stopped.log.of("answer")[0]["value"]["situation"] == "at work"
    gone = play(script(THOUGHT), (1.0, "at work"), (2.0, NoMore()))
    assert gone.log.of("answer")[0]["value"]["situation"] == "at work"


def test_answers_given_beforehand_and_nobody_there() -> None:
    p = play(script(THOUGHT), keyboard=False, answers={"tr.thought": "they laugh", "tr.belief_before": "80"})
    (answer,) = p.log.of("answer")
    assert (answer["value"]["thought"], answer["value"]["belief_before"]) == ("they laugh", 80)
    assert play(script(THOUGHT), keyboard=False).log.of("answer")[0]["value"] is None


def test_the_ninth_question_says_the_clients_own_plan_at_once() -> None:
    p = typed(PHQ, *["1"] * 8, "2", "", "")
    due, shown = p.log.of("support")
    assert (due["phase"], due["fields"], shown["phase"]) == ("due", ["dead"], "shown")
    assert due["t_ms"] == shown["t_ms"]
    assert any(text.startswith("Thank you for answering that.") for text in p.asides)
    quiet = typed(PHQ, *["1"] * 9, "", "")
    assert quiet.log.of("support") == []
    beforehand = play(script(PHQ), keyboard=False, answers={"phq.dead": "Nearly every day"})
    assert [e["phase"] for e in beforehand.log.of("support")] == ["due", "shown"]


def test_the_number_is_said_and_nothing_is_called_anything() -> None:
    p = typed(PHQ, *["2"] * 8, "1", "", "")
    text = " ".join(p.lines)
    assert "8, on a scale from 0 to 27." in text
    assert "mild" not in text


def test_a_draft_is_taken_up_where_it_was() -> None:
    sheet = PlainSheet.begin(SHEET, {"at": "felt", "values": {k: v for k, v in FULL.items() if k < "m"}})
    assert sheet.at == "felt"
    assert PlainSheet.begin(SHEET, FULL).at is None
    assert PlainSheet.begin(SHEET, {"at": 7, "values": {"far": "x"}}).at == "what"


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.sampled_from(["", "/back", "/look", "/skip", "b", "1", "2", "99", "y", "7:30", "-"]) | st.text(max_size=20)
    )
)
def test_whatever_is_typed_it_stands(lines: list[str]) -> None:
    sheet = PlainSheet.begin(replace(SHEET))
    for line in lines:
        turn = sheet.typed(line)
        assert all("\x1b" not in text and "\n" not in text for text in sheet.ask())
        if isinstance(turn.command, Answer):
            accept(SHEET, turn.command.value)
