"""`--fit`: played, shown and recorded at the length that was asked for, or refused in plain words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mindful.cli import exits
from mindful.cli.main import run
from tests.cli.conftest import Program

Said = pytest.CaptureFixture[str]
HEAD = "mindful: 1\ntitle: Elastic\n"


@pytest.fixture
def elastic(tmp_path: Path) -> Path:
    path = tmp_path / "elastic.yaml"
    path.write_text(HEAD + "fit: {min: 1 s, max: 9 min}\nsteps:\n  - bell: wood\n  - pause: 5 s\n  - pause: 3 s\n")
    return path


@pytest.mark.parametrize(("text", "total"), [("6 min", 360_000), ("6", 360_000), ("4:30", 270_000), ("90 s", 90_000)])
def test_outline_at_a_length(elastic: Path, text: str, total: int, capsys: Said) -> None:
    assert run(["outline", str(elastic), "--fit", text, "--json"]) == exits.DONE
    assert json.loads(capsys.readouterr().out)["total_ms"] == total


def test_outline_says_how_far_it_goes(elastic: Path, capsys: Said) -> None:
    run(["outline", str(elastic)])
    assert "With --fit it can take 0:03.2 to 9:00." in capsys.readouterr().err
    run(["outline", str(elastic), "--fit", "1 min"])
    assert "With --fit" not in capsys.readouterr().err


def test_the_nearest_is_said(elastic: Path, capsys: Said) -> None:
    assert run(["outline", str(elastic), "--fit", "2 s"]) == exits.DONE
    assert capsys.readouterr().err.startswith("The shortest it can be is 0:03.2.\n")


@pytest.mark.parametrize("command", ["play", "outline"])
def test_beyond_the_limits_it_is_refused(elastic: Path, command: str, capsys: Said) -> None:
    assert run([command, str(elastic), "--fit", "10 min"]) == exits.USAGE
    assert capsys.readouterr() == ("", "This session can take 0:01 to 9:00; 10:00 is outside.\n")


def test_without_fit_it_is_refused(tiny: Path, capsys: Said) -> None:
    assert run(["play", str(tiny), "--fit", "1 min"]) == exits.USAGE
    said = capsys.readouterr().err
    assert said.startswith("This session has one length.") and "fit: {min: 4 min, max: 20 min}" in said


def test_no_length_at_all(elastic: Path, capsys: Said) -> None:
    assert run(["outline", str(elastic), "--fit", "soon"]) == exits.USAGE
    assert "--fit wants a length of time" in capsys.readouterr().err


def test_what_is_open_comes_on_top(tmp_path: Path, capsys: Said) -> None:
    path = tmp_path / "open.yaml"
    path.write_text(HEAD + 'fit: {min: 1 s, max: 9 min}\nsteps: [{pause: 5 s}, {rate: {id: a, ask: "?"}}]\n')
    assert run(["outline", str(path), "--fit", "1 min"]) == exits.DONE
    assert "comes on top: questions, choices, open steps." in capsys.readouterr().err


def test_a_session_played_at_a_length(program: Program, elastic: Path, data: Path) -> None:
    done = program("play", str(elastic), "--fit", "3.5 s", "--mute", "--plain")
    assert done.returncode == exits.DONE and "Elastic, 4 s, gentle" in done.stderr
    (path,) = (data / "journal").rglob("*.json")
    record = json.loads(path.read_text())
    assert record["planned_ms"] == 3500 and record["settings"]["fit_ms"] == 3500
    assert 3500 <= record["elapsed_ms"] < 4500


def test_the_page_before_says_that_it_can_be_fitted(program: Program, tmp_path: Path) -> None:
    path = tmp_path / "short.yaml"
    path.write_text(HEAD + "fit: {min: 1 s, max: 9 min}\nsteps: [{pause: 1.2 s}]\n")
    done = program("play", str(path), "--mute", "--plain", "--no-journal")
    assert 'It can take 1 s to 9 min, with --fit "9 min" and the like.' in done.stderr
