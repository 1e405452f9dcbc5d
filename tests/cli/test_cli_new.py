"""`mindful new` and `mindful schema -o`: a script that plays, nothing written over, and what to do next."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mindful import assets
from mindful.cli import exits
from mindful.script.load import load
from tests.cli.conftest import Program
from tests.cli.terminal import Terminal


def test_a_script_that_plays_as_it_stands_and_what_comes_next(program: Program, tmp_path: Path) -> None:
    path = tmp_path / "evening walk.yaml"
    done = program("new", str(path), "--practice", "body")
    assert done.returncode == exits.DONE and done.stdout == ""
    assert "can be played as it stands" in done.stderr
    for command in ("author", "check", "outline", "play"):
        assert f'mindful {command} "{path}"' in done.stderr
    loaded = load(path)
    assert loaded.script is not None and loaded.script.title.source() == "Evening walk" and not loaded.problems


def test_without_a_terminal_nothing_is_asked(program: Program, tmp_path: Path) -> None:
    done = program("new", str(tmp_path / "a"))
    assert done.returncode == exits.DONE and (tmp_path / "a.yaml").exists()
    assert (
        "A few slow breaths" not in (tmp_path / "a.yaml").read_text()
        and "breathe:" in (tmp_path / "a.yaml").read_text()
    )


def test_a_file_that_is_there_stays_unless_forced(program: Program, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("mine\n")
    done = program("new", str(path))
    assert done.returncode == exits.USAGE and "stays as it is" in done.stderr and path.read_text() == "mine\n"
    assert program("new", str(path), "--force", "--language", "de").returncode == exits.DONE
    assert "Anmerkungen" in path.read_text()


def test_like_a_session_that_needs_a_ladder_brings_it_along(program: Program, tmp_path: Path) -> None:
    done = program("new", str(tmp_path / "body.yaml"), "--like", "exposure-panic-body")
    assert done.returncode == exits.DONE and "can be played as it stands" in done.stderr
    ladder = tmp_path / "ladders" / "body.yaml"
    assert ladder.read_bytes() == (assets.sessions() / "ladders" / "body.yaml").read_bytes()
    assert program("check", str(tmp_path / "body.yaml")).returncode == exits.DONE
    ladder.write_text("mine", encoding="utf-8")
    again = program("new", str(tmp_path / "second.yaml"), "--like", "exposure-panic-body")
    assert "is there already" in again.stderr and ladder.read_text(encoding="utf-8") == "mine"


def test_like_a_bundled_session(program: Program, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    assert program("new", str(path), "--like", "arriving", "--title", "Ours: a start").returncode == exits.DONE
    script = load(path).script
    assert script is not None and (script.id, script.title.source()) == ("mine", "Ours: a start")
    assert "# Begun from “Arriving” by The mindful authors (CC-BY-4.0)." in path.read_text()
    done = program("new", str(tmp_path / "b.yaml"), "--like", "ariving")
    assert done.returncode == exits.USAGE and "Did you mean arriving, " in done.stderr


def test_from_prose(program: Program, tmp_path: Path) -> None:
    text = tmp_path / "my text.txt"
    text.write_text("Welcome home\n\nSit down. (pause 10 sec) Rest… and rest.\n\n[bell]\n")
    done = program("new", str(tmp_path / "home.yaml"), "--from", str(text))
    assert done.returncode == exits.DONE
    assert "5 words to say, 2 pauses and 1 bell found." in done.stderr
    assert "line 3: “…” was taken as a pause of 2 s (dots do not say how long)" in done.stderr
    assert "can be played" not in done.stderr
    made = (tmp_path / "home.yaml").read_text()
    assert "# Made from my text.txt." in made and "# line 3: “…”" in made
    script = load(tmp_path / "home.yaml").script
    assert script is not None and script.title.source() == "Welcome home"


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["x.md"], "ends with .yaml"),
        (["nowhere/x.yaml"], "no folder"),
        (["a.yaml", "--like", "settle", "--practice", "sit"], "choose one"),
        (["a.yaml", "--from", "none.txt"], "no such file"),
        (["a.yaml", "--from", "a.pdf"], "PDF"),
        (["."], "is a folder"),
        (["a.yaml", "--practice", "dance"], "dance"),
    ],
)
def test_what_cannot_be_is_said_in_words(
    program: Program, args: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = program(*["new", *args], env={"PYTHONPATH": str(Path(__file__).parents[2])})
    assert done.returncode == exits.USAGE and said in done.stderr and "Traceback" not in done.stderr
    assert not list(tmp_path.glob("*.yaml"))


def test_the_text_itself_is_never_written_over(program: Program, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("Sit down.\n")
    done = program("new", str(path), "--from", str(path), "--force")
    assert done.returncode == exits.USAGE and path.read_text() == "Sit down.\n"


@pytest.mark.pty
def test_in_a_terminal_it_asks_and_takes_a_name_or_a_number(tmp_path: Path) -> None:
    terminal = Terminal("new", str(tmp_path / "a.yaml"))
    try:
        terminal.until("Number or name")
        terminal.type("9\r")
        terminal.until("from 1 to 7")
        terminal.until("Number or name")
        terminal.type("sit\r")
        terminal.until("written, and can be played")
        assert terminal.status() == exits.DONE
    finally:
        terminal.clean_up()
    assert "sit:" in (tmp_path / "a.yaml").read_text()


def test_the_schema_beside_a_script(program: Program, tmp_path: Path) -> None:
    path = tmp_path / "mindful.schema.json"
    assert program("schema", "-o", str(path)).returncode == exits.DONE
    written = json.loads(path.read_text())
    assert written == json.loads(program("schema").stdout) and written["title"] == "Session script"
    path.write_text(json.dumps({**written, "properties": {}}))
    assert program("schema", "-o", str(path)).returncode == exits.DONE and json.loads(path.read_text()) == written
    path.write_text("{}")
    done = program("schema", "-o", str(path))
    assert done.returncode == exits.USAGE and path.read_text() == "{}"
    assert program("schema", "-o", str(path), "--force").returncode == exits.DONE
    done = program("new", str(tmp_path / "a.yaml"))
    assert "schema -o" not in done.stderr
