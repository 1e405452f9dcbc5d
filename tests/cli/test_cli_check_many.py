"""`mindful check` with several files, a folder, a file that is not there, as JSON, and in colour only on a terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mindful.cli import check, exits
from mindful.cli.main import run

Said = pytest.CaptureFixture[str]
TOP = "mindful: 1\ntitle: Example\nsteps:\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "good.yaml").write_text(TOP + "  - bell: bowl\n", encoding="utf-8")
    (tmp_path / "wrong.yaml").write_text(TOP + "  - sitt: 3 min\n  - bell: boll\n", encoding="utf-8")
    (tmp_path / "remark.yaml").write_text(TOP + "  - sit: 5\n", encoding="utf-8")
    return tmp_path


def test_several_files_are_each_told_with_their_name(folder: Path, capsys: Said) -> None:
    names = [str(folder / f"{n}.yaml") for n in ("good", "wrong", "remark")]
    assert run(["check", *names]) == exits.PROBLEMS
    said = capsys.readouterr()
    assert [line.split(" ")[1] for line in said.out.splitlines() if line.startswith(str(folder))] == [
        "MF033", "MF041", "MF078",
    ]  # fmt: skip
    assert said.err == "3 scripts: 2 problems and 1 remark. Each is shown at its line.\n"


def test_a_remark_alone_is_no_failure(folder: Path, capsys: Said) -> None:
    assert run(["check", str(folder / "remark.yaml")]) == exits.DONE
    assert "can be played; 1 remark" in capsys.readouterr().err


def test_a_folder_is_told_what_to_name(folder: Path, capsys: Said) -> None:
    assert run(["check", str(folder)]) == exits.PROBLEMS
    said = capsys.readouterr().out
    assert "MF001 this is a folder" in said and f"`{folder / 'good.yaml'}`" in said
    empty = folder / "empty"
    empty.mkdir()
    assert run(["check", str(empty)]) == exits.PROBLEMS
    assert capsys.readouterr().out.rstrip().endswith("name a file in it")


def test_a_file_that_is_not_there_does_not_hide_the_others(folder: Path, capsys: Said) -> None:
    names = [str(folder / "gone.yaml"), str(folder / "wrong.yaml")]
    assert run(["check", "--json", *names]) == exits.PROBLEMS
    data = json.loads(capsys.readouterr().out)
    assert data["mindful_check"] == 1 and data["files"] == names
    assert [(p["code"], p["file"], p["line"]) for p in data["problems"]] == [
        ("MF001", names[0], 1), ("MF033", names[1], 4), ("MF041", names[1], 5),
    ]  # fmt: skip
    assert set(data["problems"][1]) == {
        "code", "severity", "file", "line", "column", "length", "message", "hint", "snippet",
    }  # fmt: skip


def test_colour_only_where_it_is_wanted(folder: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    run(["check", str(folder / "wrong.yaml")])
    assert "\x1b" not in capsys.readouterr().out
    monkeypatch.setattr(check, "colour", lambda stream: True)
    run(["check", str(folder / "wrong.yaml")])
    assert "\x1b[1;31mMF033" in capsys.readouterr().out
    run(["check", "--json", str(folder / "wrong.yaml")])
    assert "\x1b" not in capsys.readouterr().out


def test_without_a_file_it_is_wrong_usage(capsys: Said) -> None:
    assert run(["check"]) == exits.USAGE
    assert "mindful check --help" in capsys.readouterr().err
