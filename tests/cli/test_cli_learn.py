"""`mindful learn` without a terminal: the list, a page, and names that are nearly right."""

from __future__ import annotations

import json
from pathlib import Path

from mindful.cli import exits
from tests.cli.conftest import Program


def test_it_lists_what_there_is_and_writes_nothing(program: Program, data: Path) -> None:
    done = program("learn")
    assert done.returncode == exits.DONE and not data.exists()
    assert "learn-vagus  The vagus nerve and long out-breaths" in done.stdout
    found = json.loads(program("learn", "--json").stdout)
    assert found["mindful_cards"] == 1 and len(found["cards"]) >= 12
    assert all(each["title"] and each["summary"] for each in found["cards"])


def test_a_name_that_is_nearly_right_is_answered_with_the_right_one(program: Program, data: Path) -> None:
    done = program("learn", "vagsu")
    assert done.returncode == exits.USAGE and "learn-vagus" in done.stderr and not data.exists()
    done = program("learn", "nothing\x1b[31m")
    assert done.returncode == exits.USAGE and "\x1b" not in done.stderr


def test_the_options_of_playing_are_there(program: Program) -> None:
    assert "--aloud" in program("learn", "--help").stdout and "--aloud" in program("play", "--help").stdout
