"""Words for somebody who is new: which session, what the bell does, what a half step is called."""

from __future__ import annotations

import pytest

from mindful.cli import exits
from mindful.cli.host import CliHost
from mindful.cli.journal_text import _step
from mindful.cli.main import run
from mindful.cli.sound_check import words


def test_play_without_a_session_asks_which_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["play"]) == exits.USAGE
    said = capsys.readouterr().err
    assert "Which session would you like?" in said and "mindful play settle" in said
    assert "Missing" not in said and "SESSION" not in said


@pytest.mark.parametrize("chosen", ["null", "null as asked", "file; as asked"])
def test_no_bell_is_promised_where_none_can_be_heard(chosen: str) -> None:
    assert words(chosen, 0.8).endswith("so no bell is heard.")
    assert words("simpleaudio (chosen)", 0.8) == "You should hear a bell, through simpleaudio."


def test_a_step_that_was_left_was_done_in_part() -> None:
    step = {"start_ms": 0, "end_ms": 4000, "kind": "breathe", "status": "left"}
    assert _step(step).split() == ["0:00", "breathe", "4", "s", "in", "part"]


def test_home_begins_with_what_is_gentle_and_short() -> None:
    cards = list(CliHost().catalogue())
    assert cards[0].id in ("one-sigh", "settle")
    assert [c.tier for c in cards] == sorted((c.tier for c in cards), key=["green", "yellow", "red"].index)
    known = [c.total_ms for c in cards if c.tier == "green" and c.total_ms is not None]
    assert known == sorted(known)
