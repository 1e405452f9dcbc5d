"""`mindful check` with several files, a folder, a file that is not there, as JSON, and in colour only on a terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mindful import assets
from mindful.cli import check, exits
from mindful.cli.main import run
from mindful.script.load import loads

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
    assert data["mindful_check"] == 1 and data["files"] == names and data["silenced"] == []
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


def test_a_code_is_explained_with_its_example(capsys: Said) -> None:
    assert run(["check", "--explain", "mf011"]) == exits.DONE
    said = capsys.readouterr().out
    assert said.startswith("MF011: A colon inside an unquoted sentence\n")
    assert "say: Notice this: the breath." in said and "MF012" not in said


def test_a_rule_of_good_practice_is_explained_with_its_source(capsys: Said) -> None:
    assert run(["check", "--explain", "MF117"]) == exits.DONE
    assert "Szulczewski 2019" in capsys.readouterr().out


def test_without_the_page_a_code_still_has_its_sentence(
    capsys: Said, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assets, "docs", lambda: tmp_path)
    assert run(["check", "--explain", "MF005"]) == exits.DONE
    said = capsys.readouterr().out
    assert said == "MF005: A tab where spaces are wanted\n\n*Error.* YAML is indented with spaces only.\n"


@pytest.mark.parametrize(
    ("typed", "meant"), [("MF11", "Did you mean MF011?"), ("5", "Did you mean MF005?"), ("x", "no problem called x")]
)
def test_a_code_that_there_is_not(typed: str, meant: str, capsys: Said) -> None:
    assert run(["check", "--explain", typed]) == exits.USAGE
    assert meant in capsys.readouterr().err


SILENT = "mindful: 1\ntitle: Example\nsilence: [{{code: MF117, reason: A quotation.{step}}}]\nsteps:\n"
LINES = '  - {id: one, say: "Take a deep breath."}\n  - {id: two, say: "Take a deep breath."}\n'


def test_advice_is_given_and_can_be_silenced_with_a_reason(folder: Path, capsys: Said) -> None:
    file = folder / "deep.yaml"
    file.write_text(TOP + LINES, encoding="utf-8")
    assert run(["check", str(file)]) == exits.DONE
    said = capsys.readouterr()
    assert said.out.count("MF117 (advice)") == 2 and said.err.endswith("can be played; 2 remarks.\n")
    file.write_text(SILENT.format(step="") + LINES, encoding="utf-8")
    assert run(["check", str(file)]) == exits.DONE
    said = capsys.readouterr()
    assert said.out == "" and "2 remarks are silenced in the script" in said.err
    file.write_text(SILENT.format(step=", step: two") + LINES, encoding="utf-8")
    assert run(["check", "--json", str(file)]) == exits.DONE
    data = json.loads(capsys.readouterr().out)
    assert [(p["code"], p["line"]) for p in data["problems"]] == [("MF117", 5)]
    assert [(p["code"], p["line"]) for p in data["silenced"]] == [("MF117", 6)]


@pytest.mark.parametrize(
    ("silence", "codes"),
    [
        ("{code: MF117}", ["MF031"]),
        ("{code: MF117, reason: ''}", ["MF040"]),
        ("{code: MF011, reason: I like colons.}", ["MF041"]),
        ("{code: MF117, reason: A quotation., step: three}", ["MF121", "MF117", "MF117"]),
        ("{code: MF103, reason: Meant so.}", ["MF121", "MF117", "MF117"]),
        ("MF117", ["MF040"]),
    ],
)
def test_a_silence_has_a_rule_of_good_practice_and_a_reason(silence: str, codes: list[str]) -> None:
    text = f"mindful: 1\ntitle: Example\nsilence:\n  - {silence}\nsteps:\n{LINES}"
    assert [p.code for p in loads(text, clinical=True).problems] == codes
