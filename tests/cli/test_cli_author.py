"""`mindful author` as a person starts it: refused in words without a terminal, and the terminal given back at the end."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mindful.cli import exits
from tests.cli.conftest import Program
from tests.cli.terminal import Terminal

LEFT = "\x1b[?1049l"


def test_without_a_terminal_it_is_refused_and_says_what_else_there_is(program: Program, tiny: Path) -> None:
    done = program("author", str(tiny))
    assert done.returncode == exits.USAGE and done.stdout == ""
    assert "there is none here" in done.stderr and f"mindful check {tiny}" in done.stderr


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("settle", "mindful new my-settle.yaml --like settle"),
        ("a.txt", "ends with .yaml"),
        ("no/where.yaml", "no folder"),
    ],
)
def test_files_that_can_be_none(program: Program, name: str, said: str) -> None:
    done = program("author", name)
    assert done.returncode == exits.USAGE and said in done.stderr


@pytest.fixture
def start() -> Iterator[Callable[..., Terminal]]:
    made: list[Terminal] = []

    def begin(*args: str) -> Terminal:
        made.append(Terminal(*args))
        return made[-1]

    yield begin
    for each in made:
        each.clean_up()


@pytest.mark.pty
def test_a_new_script_is_written_when_it_is_saved(start: Callable[..., Terminal], tmp_path: Path, data: Path) -> None:
    path = tmp_path / "evening walk.yaml"
    terminal = start("author", str(path), "--mute")
    terminal.until("Evening walk")
    terminal.until("no problems")
    assert not path.exists()
    terminal.type("\x13")
    terminal.until("Saved")
    assert "title: Evening walk" in path.read_text()
    terminal.type("\x11")
    assert terminal.status() == exits.DONE and LEFT in terminal.everything
    assert not (data / "journal").exists() and [p.name for p in tmp_path.glob("*.yaml*")] == [path.name]


@pytest.mark.pty
def test_a_closed_window_keeps_the_words(start: Callable[..., Terminal], tiny: Path) -> None:
    terminal = start("author", str(tiny), "--mute")
    terminal.until("no problems")
    terminal.type("# words ")
    terminal.until("not saved")
    terminal.signal(signal.SIGHUP)
    assert terminal.status() == exits.FAILED and LEFT in terminal.everything
    assert (tiny.parent / "tiny.yaml.unsaved").read_text().startswith("# words mindful: 1")
    assert tiny.read_text().startswith("mindful: 1")


@pytest.mark.pty
def test_hearing_a_step_leaves_no_record(start: Callable[..., Terminal], tiny: Path, data: Path) -> None:
    terminal = start("author", str(tiny), "--mute")
    terminal.until("no problems")
    terminal.type("\x1b[15~")
    terminal.until("Playing")
    terminal.type("\x11")
    assert terminal.status() == exits.DONE and not (data / "journal").exists()


@pytest.mark.pty
def test_a_file_that_is_no_text_is_refused_before_anything_is_drawn(
    start: Callable[..., Terminal], tmp_path: Path
) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"\xff\xfe\x00")
    terminal = start("author", str(path))
    terminal.until("UTF-8")
    assert terminal.status() == exits.USAGE and "\x1b[?1049h" not in terminal.everything
