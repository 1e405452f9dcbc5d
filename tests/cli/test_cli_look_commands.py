"""The commands that only look: list, check, outline, schema, doctor."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mindful.assets import session_files
from mindful.audio.choose import SinkInfo
from mindful.cli import check, exits, listing
from mindful.cli.main import run
from mindful.script import catalogue

Said = pytest.CaptureFixture[str]


def test_list_names_every_session(capsys: Said) -> None:
    assert run(["list"]) == exits.DONE
    said = capsys.readouterr()
    heads = [line.split("  ")[0] for line in said.out.splitlines() if not line.startswith(" ")]
    assert heads == list(session_files())
    assert "settle  1 min  +" in said.out and "mindful play NAME" in said.err


def test_list_by_tag(capsys: Said) -> None:
    run(["list", "--tag", "Short", "--json"])
    found = json.loads(capsys.readouterr().out)["sessions"]
    assert found and all("short" in each["tags"] for each in found)
    assert len(found) < len(session_files())


def test_list_json_is_the_index(capsys: Said) -> None:
    run(["list", "--json"])
    data = json.loads(capsys.readouterr().out)
    assert data["mindful_sessions"] == 1
    settle = next(each for each in data["sessions"] if each["id"] == "settle")
    assert settle["total_ms"] == 60_000 and settle["tier"] == "green" and settle["title"]["en"] == "Settle"
    assert settle["open"] is False and settle["languages"] == ["de", "en"] and len(settle["sha256"]) == 64


@pytest.mark.parametrize("width", [40, 60, 80])
def test_list_rows_fit(width: int) -> None:
    for entry in catalogue.entries():
        assert all(len(line) <= width for line in listing.row(entry, width).splitlines())


def test_list_says_the_tier_without_colour() -> None:
    entry = catalogue.Entry(
        "x", {"en": "X"}, {"en": "Words."}, tier="red", total_ms=60_000, min_ms=60_000, max_ms=60_000
    )
    assert listing.row(entry, 80) == "x  1 min  +++\n  Words."


def test_check_of_bundled_sessions_and_files(tiny: Path, capsys: Said) -> None:
    assert run(["check", "settle", str(tiny)]) == exits.DONE
    said = capsys.readouterr()
    assert said.out == "" and said.err == "2 scripts: no problems found.\n"


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    path = tmp_path / "bad.yaml"
    path.write_text("mindful: 1\ntitle: Bad\nsteps:\n  - brethe: box\n  - pause: soon\n", encoding="utf-8")
    return path


def test_check_shows_each_problem_at_its_line(bad: Path, capsys: Said) -> None:
    assert run(["check", str(bad)]) == exits.PROBLEMS
    said = capsys.readouterr()
    assert "bad.yaml:4:" in said.out and "bad.yaml:5:" in said.out and "^" in said.out and "breathe" in said.out
    assert "\x1b" not in said.out
    assert "2 problems" in said.err and "Each is shown at its line." in said.err


def test_check_json(bad: Path, capsys: Said) -> None:
    assert run(["check", str(bad), "--json"]) == exits.PROBLEMS
    data = json.loads(capsys.readouterr().out)
    assert data["mindful_check"] == 1 and [p["line"] for p in data["problems"]] == [4, 5]
    assert {"code", "severity", "file", "line", "column", "message", "hint"} <= set(data["problems"][0])


def test_check_of_nothing_is_a_problem_too(capsys: Said) -> None:
    assert run(["check", "nosuch.yaml"]) == exits.PROBLEMS
    assert "nosuch.yaml" in capsys.readouterr().out


def test_check_of_a_good_file_beside_a_bad_one_fails(bad: Path, tiny: Path) -> None:
    assert run(["check", str(tiny), str(bad)]) == exits.PROBLEMS


def test_remarks_alone_do_not_fail(tmp_path: Path, capsys: Said) -> None:
    path = tmp_path / "remark.yaml"
    path.write_text("mindful: 1\ntitle: Remark\nsteps:\n  - say: Rest. [PAUSE:4] And on.\n", encoding="utf-8")
    assert run(["check", str(path)]) == exits.DONE
    assert "can be played; 1 remark." in capsys.readouterr().err


def test_summary_counts() -> None:
    assert check.summary(("a.yaml",), []) == "a.yaml: no problems found."


def test_outline_table(capsys: Said) -> None:
    assert run(["outline", "settle"]) == exits.DONE
    said = capsys.readouterr()
    assert said.out.splitlines()[0].split() == ["start", "length", "step", "what"]
    assert "Four slow breaths: 4 times in 4, out 6" in said.out
    assert "Settle: 1:00; tier green." in said.err and "~ is a length guessed" in said.err


def test_outline_of_a_session_with_questions_explains_its_marks(capsys: Said) -> None:
    run(["outline", "arriving"])
    said = capsys.readouterr()
    assert "as early as it can be" in said.err and "as long as the client takes" in said.err


def test_outline_json(capsys: Said) -> None:
    assert run(["outline", "five-minute-breath", "--json"]) == exits.DONE
    data = json.loads(capsys.readouterr().out)
    assert (
        data["mindful_timeline"] == 1 and data["total_ms"] == 300_000 and data["session"]["id"] == "five-minute-breath"
    )


def test_outline_with_other_values(tmp_path: Path, capsys: Said) -> None:
    path = tmp_path / "sets.yaml"
    path.write_text(
        "mindful: 1\ntitle: Sets\nvariables: {minutes: {default: 1, min: 1, max: 5}}\nsteps:\n  - sit: '{minutes} min'\n"
    )
    run(["outline", str(path), "--json"])
    assert json.loads(capsys.readouterr().out)["total_ms"] == 60_000
    run(["outline", str(path), "--json", "--set", "minutes=3"])
    assert json.loads(capsys.readouterr().out)["total_ms"] == 180_000


def test_outline_of_a_bad_script_shows_its_problems(bad: Path, capsys: Said) -> None:
    assert run(["outline", str(bad)]) == exits.PROBLEMS
    said = capsys.readouterr()
    assert said.out == "" and "bad.yaml:4:" in said.err and "mindful check" in said.err


def test_schema_is_one(capsys: Said) -> None:
    assert run(["schema"]) == exits.DONE
    data = json.loads(capsys.readouterr().out)
    assert "$schema" in data and "steps" in json.dumps(data)


@pytest.fixture
def sinks(monkeypatch: pytest.MonkeyPatch) -> list[SinkInfo]:
    found = [SinkInfo("simpleaudio", False, "not installed", ""), SinkInfo("null", True, "no sound", "")]
    monkeypatch.setattr("mindful.audio.choose.available", lambda probe=True: found)
    return found


def test_doctor_says_what_is_not_there_and_why(sinks: list[SinkInfo], data: Path, capsys: Said) -> None:
    assert run(["doctor"]) == exits.PROBLEMS
    said = capsys.readouterr().out
    assert "simpleaudio: not usable, not installed" in said and "not there yet" in said and "mindful " in said
    assert not data.exists()


def test_doctor_is_content_with_a_device(sinks: list[SinkInfo], capsys: Said) -> None:
    sinks.insert(0, SinkInfo("miniaudio", True, "the device opens", "miniaudio 1.61"))
    assert run(["doctor"]) == exits.DONE
    assert "miniaudio: ready, the device opens; from miniaudio 1.61" in capsys.readouterr().out


def test_doctor_names_a_folder_that_cannot_be_written(
    sinks: list[SinkInfo], data: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    data.mkdir()
    monkeypatch.setattr("os.access", lambda *_: False)
    run(["doctor"])
    assert "CANNOT be written" in capsys.readouterr().out


def test_doctor_rings_where_nothing_is_heard(sinks: list[SinkInfo], capsys: Said) -> None:
    assert run(["doctor", "--sound", "--sink", "null"]) == exits.PROBLEMS
    said = capsys.readouterr()
    assert "Bell" in said.out and "null" in said.err


def test_outline_picture_alone(capsys: Said) -> None:
    assert run(["outline", "box", "--picture"]) == exits.DONE
    said = capsys.readouterr().out
    assert "start" not in said and "voice" in said and "held" in said
    assert max(map(len, said.splitlines())) <= 80 and len(said.splitlines()) <= 24


def test_outline_has_the_picture_below_the_table_on_a_terminal_only(
    capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(["outline", "box"])
    assert "breath: how many a minute" not in capsys.readouterr().out
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    run(["outline", "box"])
    said = capsys.readouterr().out
    assert said.index("start") < said.index("breath: how many a minute")
    assert "█" in said
    monkeypatch.setenv("TERM", "dumb")
    run(["outline", "box"])
    said = capsys.readouterr().out
    assert "█" not in said and "###" in said


def test_outline_tells_what_is_left_on_purpose(tmp_path: Path, capsys: Said) -> None:
    path = tmp_path / "sit.yaml"
    path.write_text(
        "mindful: 1\ntitle: Sit\nsilence:\n  - {code: MF107, reason: They asked for no words., step: quiet}\n"
        "steps:\n  - {id: quiet, sit: 10 min}\n",
        encoding="utf-8",
    )
    run(["outline", str(path)])
    assert "MF107 An inward practice without a landing at “quiet”: They asked for no words." in capsys.readouterr().err
    run(["outline", "sit-10"])
    assert "Left on purpose" not in capsys.readouterr().err
