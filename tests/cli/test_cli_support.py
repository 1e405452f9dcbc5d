"""`mindful support` and `mindful evidence` without a terminal, and what was unpleasant in a record."""

from __future__ import annotations

import json
from pathlib import Path

from mindful.cli import exits
from mindful.cli.journal_text import account
from mindful.journal import store
from tests.cli.conftest import Program


def test_looking_at_the_plan_writes_nothing_and_editing_waits_for_nobody(program: Program, data: Path) -> None:
    done = program("support")
    assert done.returncode == exits.DONE and "in danger" in done.stdout and not data.exists()
    assert program("support", "path").stdout.strip() == str(data / "plan.toml")
    done = program("support", "edit")
    assert done.returncode == exits.DONE and done.stdout.strip() == str(data / "plan.toml")
    (data / "plan.toml").write_text('[[people]]\nname = "Ana \\u001b[31m"\nphone = "0123"\n')
    shown = program("support").stdout
    assert "Ana" in shown and "0123" in shown and "\x1b" not in shown


def test_a_card_is_read_as_text_and_as_data(program: Program, data: Path) -> None:
    done = program("evidence", "tactical breathing")
    assert "Box breathing" in done.stdout and "doi:10.1016/j.xcrm.2022.100895" in done.stdout
    found = json.loads(program("evidence", "box", "--json").stdout)
    assert found["strength"] == "little" and found["sources"]["balban-2023"].startswith("Balban et al. 2023")
    assert len(json.loads(program("evidence", "--json").stdout)["cards"]) >= 20
    done = program("evidence", "boxx breathing")
    assert done.returncode == exits.USAGE and "box-breathing" in done.stderr and not data.exists()


def test_what_was_unpleasant_is_kept_in_the_record_and_shown(program: Program, data: Path, tiny: Path) -> None:
    program("play", str(tiny), "--mute")
    (path,) = (data / "journal").rglob("*.json")
    entry = store.add_effects(store.read(path), {"strength": 3, "lasting": "some", "next": ["shorter", "talk", "odd"]})
    again = store.read(path)
    assert again.record == entry.record and again.record["effects"]["strength"] == 3
    text = account(again)
    assert "It was very strong." in text and "Next time: I tell someone" in text
    store.add_note(again, "later")
    assert store.read(path).record["effects"]["strength"] == 3
