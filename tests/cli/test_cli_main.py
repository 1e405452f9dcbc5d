"""The door of the program: help, versions, slips of the pen, and failures nobody foresaw."""

from __future__ import annotations

import errno
import io
import signal
import subprocess
import sys
from pathlib import Path

import click
import pytest

import mindful
from mindful.cli import exits, main
from mindful.cli.main import COMMANDS, cli, run
from tests.cli.conftest import Program


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == exits.DONE
    said = capsys.readouterr()
    for name, (_, help_) in COMMANDS.items():
        assert name in said.out and help_ in said.out
    assert said.err == ""


def test_help_writes_nothing(data: Path) -> None:
    run(["--help"])
    run(["list"])
    run(["check", "settle"])
    assert not data.exists()


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == exits.DONE
    assert mindful.__version__ in capsys.readouterr().out


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_where_it_is_said_to_be(name: str) -> None:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None and command.name == name
    assert command.get_short_help_str(200)


def test_no_command_without_a_terminal_lists(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == exits.DONE
    said = capsys.readouterr()
    assert "settle" in said.out and "mindful play settle" in said.err


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["plya"], "Did you mean play?"),
        (["settle"], "mindful play settle"),
        (["setle"], "mindful play settle"),
        (["mine.yaml"], "mindful play mine.yaml"),
        (["qqqq"], "mindful --help"),
        (["--nope"], "--nope"),
        (["play"], "Which session"),
        (["play", "settle", "--nope"], "--nope"),
        (["play", "nosuch"], "mindful list"),
        (["play", "setle"], "Did you mean settle?"),
        (["play", "."], "is a folder"),
        (["play", "settle", "--set", "minutes"], "name=value"),
        (["play", "settle", "--set", "minutes=5"], "nothing to set"),
        (["play", "settle", "--sink", "nope"], "--sink can be auto"),
        (["play", "settle", "--sink", "file"], "--sink-file PATH"),
        (["play", "settle", "--answer", "x"], "name=value"),
        (["outline", "setle"], "settle"),
        (["breathe", "bxo"], "Did you mean box?"),
        (["breathe", "4"], "two to four numbers"),
        (["breathe", "0-6"], "neither"),
        (["breathe", "4-100"], "at most 60"),
        (["breathe", "wim-hof-rounds", "--for", "5"], "lengths are their own"),
        (["breathe", "--for", "soon"], "such as 5 min"),
        (["breathe", "--for", "9 h"], "4 h"),
        (["breathe", "--background", "disco"], "ocean"),
        (["sit", "a while"], "such as 5 min"),
        (["sit", "10", "--bell-every", "2 s"], "10 s or more"),
        (["list", "--tag", "nope"], "Tags:"),
        (["list", "more"], "more"),
    ],
)
def test_bad_usage_is_said_with_a_way_on(args: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(args) == exits.USAGE
    said = capsys.readouterr()
    assert words in said.err and said.out == ""
    assert "Traceback" not in said.err and "Error" not in said.err


@pytest.fixture
def slip(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("hidden cause")

    monkeypatch.setattr("mindful.script.catalogue.entries", broken)


def test_a_slip_is_a_sentence_and_a_log(slip: None, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["list"]) == exits.FAILED
    said = capsys.readouterr().err
    assert "Something went wrong in the program" in said and str(data / "mindful.log") in said
    assert "Traceback" not in said and "hidden cause" not in said
    log = (data / "mindful.log").read_text()
    assert "RuntimeError: hidden cause" in log and "Traceback" in log
    assert (data / "mindful.log").stat().st_mode & 0o077 == 0


def test_debug_shows_it(slip: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINDFUL_DEBUG", "1")
    with pytest.raises(RuntimeError):
        run(["list"])


def test_a_log_that_cannot_be_written_is_said(slip: None, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data.write_text("a file where the folder should be")
    assert run(["list"]) == exits.FAILED
    assert "could not be written to a log" in capsys.readouterr().err


def test_a_long_log_is_begun_anew(slip: None, data: Path) -> None:
    data.mkdir()
    log = data / "mindful.log"
    log.write_bytes(b"x" * (600 * 1024))
    run(["list"])
    assert log.stat().st_size < 10_000


def test_the_system_that_refuses_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(13, "Permission denied", "somewhere")

    monkeypatch.setattr("mindful.script.catalogue.entries", refused)
    assert run(["list"]) == exits.FAILED
    assert "The system did not allow it: Permission denied (somewhere)" in capsys.readouterr().err


def test_ctrl_c_is_quiet(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("mindful.script.catalogue.entries", stop)
    assert run(["list"]) == exits.STOPPED
    assert capsys.readouterr().err.strip() == ""


def test_main_ends_with_the_status() -> None:
    with pytest.raises(SystemExit) as ended:
        main.main(["play", "nosuch"])
    assert ended.value.code == exits.USAGE


def test_a_reader_that_goes_away_is_no_failure() -> None:
    """`mindful outline … | head -1`: no traceback, no complaint."""
    with subprocess.Popen(
        [sys.executable, "-m", "mindful", "outline", "coherent", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(30) == exits.DONE


@pytest.mark.parametrize("lines", [1, 40])
def test_the_status_does_not_tell_when_the_reader_went_away(lines: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """`mindful list | head -1`: gone between two lines, or at the very end."""
    written = 0

    class Gone(io.StringIO):
        def write(self, text: str) -> int:
            nonlocal written
            written += text.count("\n")
            if written >= lines:
                raise BrokenPipeError(errno.EPIPE, "gone")
            return len(text)

        def fileno(self) -> int:
            raise ValueError("no descriptor")

    monkeypatch.setattr(sys, "stdout", Gone())
    assert run(["list"]) == exits.DONE
    assert written >= lines


def test_a_signal_before_anything_began_is_quiet() -> None:
    wait = "import time, mindful.cli.main as m; m.import_module = lambda n: print('here', flush=True) or time.sleep(60)"
    with subprocess.Popen(
        [sys.executable, "-c", f"{wait}; m.main([])"], stderr=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"here\n"
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=30)
        assert b"Traceback" not in said and process.returncode == exits.STOPPED


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp437"])
def test_few_letters_are_enough(encoding: str, program: Program) -> None:
    for args in (["list"], ["outline", "settle"], ["play", "nosuch"], ["check", "settle"], ["breathe", "bxo"]):
        done = program(*args, env={"PYTHONIOENCODING": encoding, "LC_ALL": "C"})
        assert done.returncode in (exits.DONE, exits.USAGE), done.stderr
        assert "Traceback" not in done.stderr
