"""`mindful profile`, and what it does to what begins: in commands, in plain lines, in a file that is rendered."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from mindful.cli import exits
from tests.cli.conftest import Program
from tests.cli.terminal import Terminal


@pytest.fixture
def terminals() -> Iterator[list[Terminal]]:
    opened: list[Terminal] = []
    yield opened
    for terminal in opened:
        terminal.close()


def test_looking_writes_nothing_and_asking_waits_for_nobody(program: Program, data: Path) -> None:
    assert "has not been answered" in program("profile").stdout
    done = program("profile", "set")
    assert done.returncode == exits.USAGE and "--has FLAG" in done.stderr and "pregnancy" in done.stderr
    assert program("profile", "forget").returncode == exits.USAGE
    assert not data.exists()


def test_flags_are_set_and_taken_back_by_options(program: Program, data: Path) -> None:
    program("profile", "set", "--has", "heart", "--has", "ear")
    done = program("profile", "set", "--has-not", "ear")
    assert "heart:" in done.stdout and "ear:" not in done.stdout
    assert json.loads((data / "profile.json").read_text())["flags"] == ["heart"]
    assert program("profile", "set", "--has", "nothing").returncode == exits.USAGE
    assert program("profile", "forget", "--yes").returncode == exits.DONE
    assert not (data / "profile.json").exists()


def test_intense_practice_wants_an_answered_checklist_without_a_tick(program: Program) -> None:
    assert program("profile", "set", "--intense", "on").returncode == exits.USAGE
    assert program("profile", "set", "--has", "panic", "--intense", "on").returncode == exits.USAGE
    assert "off" in program("profile").stdout
    assert "on, since" in program("profile", "set", "--none", "--intense", "on").stdout
    assert "off." in program("profile", "set", "--intense", "off").stdout


def test_a_refusal_names_why_and_what_to_type_instead_and_leaves_no_record(program: Program, data: Path) -> None:
    program("profile", "set", "--has", "pregnancy")
    for args in (["play", "box", "--begin"], ["breathe", "4-4-4-4"], ["breathe", "box", "--acknowledge"]):
        done = program(*args, "--mute")
        assert done.returncode == exits.USAGE and done.stdout == ""
        assert "It holds the breath." in done.stderr and "pregnancy" in done.stderr
        assert "mindful breathe equal" in done.stderr
    assert not (data / "journal").exists()


def test_a_caution_of_ones_own_comes_first_and_the_record_does_not_name_it(program: Program, data: Path) -> None:
    program("profile", "set", "--has", "asthma")
    done = program("breathe", "box", "--for", "1 s", "--mute")
    assert done.returncode == exits.DONE
    assert "Your checklist says asthma" in done.stderr and "keep your reliever near" in done.stderr
    (record,) = (data / "journal").rglob("*.json")
    assert "asthma" not in record.read_text()


def test_a_rendering_says_it_and_writes_all_the_same(program: Program, data: Path, tmp_path: Path) -> None:
    program("profile", "set", "--has", "panic")
    out = tmp_path / "box.txt"
    done = program("render", "box", "-o", str(out), "--voice", "none")
    assert done.returncode == exits.DONE and out.exists()
    assert "it would not begin" in done.stderr and "panic" in done.stderr


@pytest.mark.pty
def test_the_variant_begins_with_enter_and_the_record_says_only_that_a_gate_applied(
    terminals: list[Terminal], program: Program, data: Path
) -> None:
    program("profile", "set", "--has", "heart")
    terminal = Terminal("play", "box", "--plain", "--mute")
    terminals.append(terminal)
    terminal.until("Enter begins it, q leaves.")
    terminal.type("\n")
    terminal.until("Breathe in")
    terminal.type("q\n")
    terminal.type("q\n")
    terminal.until("You stopped")
    (record,) = (data / "journal").rglob("*.json")
    kept = json.loads(record.read_text())
    assert kept["id"] and kept["session"]["id"] == "breathe-equal" and kept["settings"]["gated"] is True
    assert "heart" not in json.dumps(kept["settings"])
