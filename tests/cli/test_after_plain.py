"""What plain lines ask after a session: how it was, what was unpleasant, a note. Typed lines, no terminal."""

from __future__ import annotations

from typing import Any

import pytest

from mindful.cli import after, exits
from mindful.journal.ratings import Pair
from mindful.plain.keyboard import Heard, NoMore, Suspended, Told, Typed
from mindful.tui import unpleasant, words
from tests.cli.conftest import Program


class Host:
    """Keeps what it is given."""

    def __init__(self) -> None:
        self.notes: list[tuple[str, int | None]] = []
        self.effects: list[dict[str, Any]] = []

    def rated(self) -> list[Pair]:
        return [Pair("stress", 60, 35)]

    def support(self) -> list[tuple[str, str]]:
        return [("head", "My plan"), ("gap", ""), ("item", "call A. Example")]

    def add_note(self, text: str, feeling: int | None = None) -> None:
        self.notes.append((text, feeling))

    def add_effects(self, effects: dict[str, Any]) -> None:
        self.effects.append(effects)


class Keys:
    """Hands out what was planned; a question more than that is an endless wait, and fails."""

    there = True

    def __init__(self, *planned: str | Heard) -> None:
        self.planned = [Typed(p) if isinstance(p, str) else p for p in planned]

    def wait(self, seconds: float | None) -> Heard:
        assert seconds is None
        return self.planned.pop(0)


def ask(*typed: str | Heard, asks: bool = True, felt: str | None = None) -> tuple[Host, list[str]]:
    host, said = Host(), []
    keys = Keys(*typed)
    after.plainly(host, keys, said.append, asks=asks, felt=felt)  # type: ignore[arg-type]
    assert not keys.planned
    return host, said


def test_ratings_stand_side_by_side_and_every_line_can_stay_open() -> None:
    host, said = ask("", "")
    assert said[0] == "Stress: 60 before, 35 after"
    assert words.HOW_WAS_IT in said and "1. rough" in said and "5. very good" in said
    assert host.notes == [] and host.effects == []


def test_a_number_and_a_note_are_kept() -> None:
    host, said = ask("4", "  the birds \n")
    assert host.notes == [("", 4), ("the birds", None)] and host.effects == []
    assert words.ROUGH not in said


def test_a_rough_one_is_met_with_the_two_small_questions() -> None:
    host, said = ask("1", "2", "1", "1, 3", "")
    assert said.index(words.ROUGH) < said.index(unpleasant.INTRO) < said.index(unpleasant.STRONG)
    assert host.effects == [{"strength": 2, "lasting": "gone", "next": ["shorter", "outside"]}]
    assert unpleasant.SEEK not in said and not any("F7" in line for line in said)


@pytest.mark.parametrize("answers", [("3", ""), ("", "3")])
def test_very_strong_or_still_there_calls_for_somebody(answers: tuple[str, str]) -> None:
    _, said = ask("2", *answers, "", "")
    assert said.index(unpleasant.SEEK) < said.index(unpleasant.NEXT)


@pytest.mark.parametrize("leave", ["q", Told("interrupt"), NoMore()])
def test_leaving_in_the_middle_keeps_what_was_said(leave: str | Heard) -> None:
    host, _ = ask("1", "3", leave)
    assert host.notes == [("", 1)] and host.effects == [{"strength": 3}]


def test_what_is_no_answer_is_asked_again_and_one_answer_is_one() -> None:
    host, said = ask("perhaps", "9", "1 2", "", "")
    assert host.notes == []
    assert sum(line.startswith("Type a number") for line in said) == 4


def test_the_plan_is_one_key_away_and_suspending_still_suspends() -> None:
    halted: list[bool] = []
    _, said = ask("!", Suspended(lambda: halted.append(True)), "", "")
    assert "call A. Example" in said and halted == [True]


def test_an_option_answers_and_without_a_keyboard_nothing_waits() -> None:
    host, said = ask(asks=True, felt="2")
    assert host.notes == [("", 2)] and words.HOW_WAS_IT not in said
    assert ask(asks=True, felt="skip")[0].notes == []
    assert words.HOW_WAS_IT not in ask(asks=False)[1]


def test_the_options_of_the_commands(program: Program, tiny: Any) -> None:
    done = program("play", str(tiny), "--mute", "--felt", "1")
    assert done.returncode == exits.DONE and words.HOW_WAS_IT not in done.stderr
    assert "rough (1 of 5)" in program("journal", "show").stdout
    nothing = program("journal", "unpleasant")
    assert nothing.returncode == exits.DONE and "Nothing was written." in nothing.stderr
    kept = program("journal", "unpleasant", "1", "--strength", "3", "--next", "talk")
    assert kept.returncode == exits.DONE and unpleasant.SEEK[:40] in kept.stderr
    shown = program("journal", "show").stdout
    assert "It was very strong." in shown and "Next time: I tell someone" in shown
    assert program("journal", "unpleasant", "--strength", "4").returncode == exits.USAGE
