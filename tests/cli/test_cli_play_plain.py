"""Sessions as lines, from the command line: without a terminal, and in a real pseudo-terminal."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import wave
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mindful.cli import exits
from tests.cli.conftest import Program
from tests.cli.terminal import Terminal

LONG = """\
mindful: 1
title: Long
cautions: [panic]
steps:
  - say: Here we are.
  - breathe: {pattern: {inhale: 4, exhale: 6}, for: 10 min}
"""


def records(data: Path) -> list[dict[str, Any]]:
    return [json.loads(p.read_text()) for p in sorted((data / "journal").rglob("*.json"))]


@pytest.fixture
def long(tmp_path: Path) -> Path:
    path = tmp_path / "long.yaml"
    path.write_text(LONG, encoding="utf-8")
    return path


def test_a_session_in_a_pipe(program: Program, tiny: Path, data: Path) -> None:
    done = program("play", str(tiny), "--mute")
    assert done.returncode == exits.DONE
    assert done.stdout == "[0:00] (singing bowl)\nThat was 1 s, from beginning to end.\n"
    assert "Tiny, 1 s, gentle (+)." in done.stderr and "journal show" in done.stderr
    (record,) = records(data)
    assert record["status"] == "completed" and record["session"]["id"] == "tiny"
    assert record["planned_ms"] == 1000 and record["audio"]["sink"] == "none" and record["simulated"] is False
    assert record["timing"]["clock"] == "monotonic" and record["app"].startswith("mindful ")
    assert record["settings"]["performer"] == "plain" and isinstance(record["settings"]["seed"], int)


def test_cautions_are_told_before_and_not_in_the_data(program: Program, tmp_path: Path) -> None:
    path = tmp_path / "short.yaml"
    path.write_text("mindful: 1\ntitle: Short\ncautions: [asthma]\nsteps: [{pause: 0.2 s}]\n")
    told = program("play", str(path), "--mute")
    assert "asthma" in told.stderr and "safe" in told.stderr and "asthma" not in told.stdout
    begun = program("play", str(path), "--mute", "--begin")
    assert "asthma" not in begun.stderr


def test_no_journal_leaves_nothing(program: Program, tiny: Path, data: Path) -> None:
    done = program("play", str(tiny), "--mute", "--no-journal")
    assert done.returncode == exits.DONE and not data.exists()
    assert "journal" not in done.stderr


def test_answers_and_variables_are_in_the_record(program: Program, tmp_path: Path, data: Path) -> None:
    path = tmp_path / "asks.yaml"
    path.write_text(
        "mindful: 1\ntitle: Asks\nvariables: {secs: {default: 1, min: 0.2, max: 5}}\n"
        "steps:\n  - rate: {id: now, ask: How is it?}\n  - ask: {id: why, text: Why?}\n  - pause: '{secs} s'\n"
    )
    done = program("play", str(path), "--mute", "--set", "secs=0.5", "--answer", "now=30")
    assert done.returncode == exits.DONE
    (record,) = records(data)
    assert record["answers"] == {"now": 30, "why": None} and record["variables"] == {"secs": 0.5}
    assert "left open" in done.stderr


@pytest.mark.parametrize(
    ("given", "words"),
    [("secs=9", "0.2 to 5; 9 is outside"), ("secs=lots", "wants a number, 0.2 to 5"), ("nope=1", "secs=1  How long")],
)
def test_a_value_that_does_not_fit_is_explained(given: str, words: str, program: Program, tmp_path: Path) -> None:
    path = tmp_path / "sets.yaml"
    path.write_text(
        "mindful: 1\ntitle: Sets\nvariables: {secs: {default: 1, min: 0.2, max: 5, label: How long}}\n"
        "steps:\n  - pause: '{secs} s'\n"
    )
    done = program("play", str(path), "--mute", "--set", given)
    assert done.returncode == exits.USAGE and words in done.stderr and done.stdout == ""


def test_a_file_with_problems_is_not_played(program: Program, tmp_path: Path, data: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text("mindful: 1\ntitle: Bad\nsteps:\n  - brethe: box\n")
    done = program("play", str(path))
    assert done.returncode == exits.PROBLEMS
    assert "breathe" in done.stderr and "bad.yaml:4" in done.stderr and done.stdout == "" and not data.exists()


def test_an_intense_session_wants_a_yes(program: Program, tmp_path: Path, data: Path) -> None:
    path = tmp_path / "fast.yaml"
    path.write_text(
        "mindful: 1\ntitle: Fast\ncautions: [heart]\nsteps:\n  - breathe: {pattern: {inhale: 0.2, exhale: 0.2}, cycles: 2}\n"
    )
    done = program("play", str(path), "--mute", "--acknowledge")
    assert done.returncode == exits.USAGE and "off until you switch them on" in done.stderr
    assert "mindful breathe long-exhale" in done.stderr and not (data / "journal").exists()
    assert program("profile", "set", "--none", "--intense", "on").returncode == exits.DONE
    for more in ([], ["--begin"]):
        done = program("play", str(path), "--mute", *more)
        assert done.returncode == exits.USAGE and "--acknowledge" in done.stderr and not (data / "journal").exists()
    done = program("play", str(path), "--mute", "--acknowledge")
    assert done.returncode == exits.DONE
    assert records(data)[0]["settings"]["acknowledged"] is True


def test_without_a_device_it_says_so_once_and_plays(program: Program, tiny: Path, data: Path) -> None:
    done = program("play", str(tiny), "--sink", "null")
    assert done.returncode == exits.DONE and "ALSA" not in done.stderr
    assert records(data)[0]["timing"]["clock"] == "monotonic"


def test_sound_goes_into_a_file(program: Program, tiny: Path, tmp_path: Path) -> None:
    path = tmp_path / "out.wav"
    done = program("play", str(tiny), "--sink-file", str(path))
    assert done.returncode == exits.DONE, done.stderr
    with wave.open(str(path)) as sound:
        assert sound.getnframes() > sound.getframerate()


def test_the_last_bell_rings_out(program: Program, tmp_path: Path) -> None:
    script, sound = tmp_path / "last.yaml", tmp_path / "heard.wav"
    script.write_text("mindful: 1\ntitle: Last\nsteps: [{pause: 0.3 s}, {bell: wood}]\n")
    assert program("play", str(script), "--begin", "--sink", f"file:{sound}").returncode == exits.DONE
    with wave.open(str(sound)) as heard:
        assert heard.getnframes() > 0.9 * heard.getframerate()


def test_a_cut_off_session_is_told_at_the_next_start(program: Program, tiny: Path, long: Path, data: Path) -> None:
    process = start(long)
    process.kill()
    process.communicate()
    done = program("play", str(tiny), "--mute", "--begin")
    assert "A session that was cut off, Long, " in done.stderr and "as interrupted." in done.stderr
    assert [r["status"] for r in records(data)] == ["interrupted", "completed"]
    assert "cut off" not in program("play", str(tiny), "--mute", "--begin").stderr


def start(path: Path, *more: str) -> subprocess.Popen[str]:
    """A long session that has said its first line."""
    process = subprocess.Popen(
        [sys.executable, "-m", "mindful", "play", str(path), "--mute", *more],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "[0:00] Here we are.\n"
    return process


@pytest.mark.parametrize(
    ("number", "status", "code", "reason"),
    [
        (signal.SIGINT, "stopped", exits.STOPPED, "client"),
        (signal.SIGTERM, "interrupted", exits.FAILED, "the system asked it to end"),
        (signal.SIGHUP, "interrupted", exits.FAILED, "the terminal was closed"),
    ],
)
def test_signals_close_the_record(number: int, status: str, code: int, reason: str, long: Path, data: Path) -> None:
    process = start(long)
    process.send_signal(number)
    out, err = process.communicate(timeout=20)
    assert process.returncode == code and "Traceback" not in err
    (record,) = records(data)
    assert (record["status"], record["reason"]) == (status, reason)
    assert list((data / "journal").rglob("*.jsonl")) == []
    assert out.splitlines()[-1].startswith("You stopped after" if status == "stopped" else "The session was cut off")


def test_a_reader_that_goes_away_closes_the_record(long: Path, data: Path) -> None:
    process = start(long)
    assert process.stdout is not None and process.stderr is not None
    process.stdout.close()
    assert "Traceback" not in process.stderr.read()
    assert process.wait(20) == exits.FAILED
    (record,) = records(data)
    assert record["status"] == "interrupted" and record["reason"] == "its output went away"


# In a terminal


@pytest.fixture
def terminals() -> Iterator[list[Terminal]]:
    open_ones: list[Terminal] = []
    yield open_ones
    for each in open_ones:
        each.clean_up()


@pytest.mark.pty
def test_keys_in_a_terminal(terminals: list[Terminal], long: Path, data: Path) -> None:
    terminal = Terminal("play", str(long), "--plain", "--mute")
    terminals.append(terminal)
    terminal.until("Enter begins, q leaves.")
    terminal.type("\n")
    assert "\x1b" not in terminal.until("Here we are.")
    terminal.type("p\n")
    terminal.until("Paused. Take the time you need.")
    time.sleep(0.05)  # the pause lasts at least so long
    terminal.type("\n")
    terminal.until("Going on.")
    terminal.type("s\n")
    terminal.until("Breathing: 60 times, 10 min.")
    terminal.type("q\nq\n")
    assert terminal.status() == exits.STOPPED
    (record,) = records(data)
    assert record["paused_ms"] >= 50


@pytest.mark.pty
def test_leaving_before_it_began_leaves_no_record(terminals: list[Terminal], long: Path, data: Path) -> None:
    terminal = Terminal("play", str(long), "--plain", "--mute")
    terminals.append(terminal)
    terminal.until("Enter begins, q leaves.")
    terminal.type("q\n")
    assert terminal.status() == exits.STOPPED
    assert not (data / "journal").exists()


@pytest.mark.pty
def test_ctrl_c_lands_softly_and_once_more_ends(terminals: list[Terminal], long: Path, data: Path) -> None:
    terminal = Terminal("play", str(long), "--plain", "--mute", "--begin")
    terminals.append(terminal)
    terminal.until("Here we are.")
    terminal.type("\x03")
    terminal.until("You can stop here.")
    terminal.type("\x03")
    terminal.until("That is fine.")
    assert terminal.status() == exits.STOPPED
    assert records(data)[0]["status"] == "stopped"


@pytest.mark.pty
@pytest.mark.parametrize("key", ["\x03", "\n"])
def test_the_last_bell_can_be_cut_short(terminals: list[Terminal], tiny: Path, tmp_path: Path, key: str) -> None:
    terminal = Terminal("play", str(tiny), "--plain", "--begin", "--sink", f"file:{tmp_path / 'x.wav'}")
    terminals.append(terminal)
    terminal.until("from beginning to end.")
    terminal.until("mindful journal show")
    began = time.monotonic()
    terminal.type(key)
    if key == "\n":
        terminal.until("How was that for you?")
        terminal.type("q\n")
    assert terminal.status() == exits.DONE
    assert time.monotonic() - began < 5  # the bowl rings for twelve seconds


@pytest.mark.pty
def test_a_dumb_terminal_gets_lines(terminals: list[Terminal], tiny: Path) -> None:
    terminal = Terminal("play", str(tiny), "--mute", "--begin", term="dumb")
    terminals.append(terminal)
    assert "\x1b" not in terminal.until("That was 1 s")
    terminal.until("How was that for you?")
    terminal.type("4\n")
    terminal.until("A note for yourself")
    terminal.type("a dog far off\n")
    assert terminal.status() == exits.DONE


@pytest.mark.pty
def test_a_closed_terminal_closes_the_record(terminals: list[Terminal], long: Path, data: Path) -> None:
    terminal = Terminal("play", str(long), "--plain", "--mute", "--begin")
    terminals.append(terminal)
    terminal.until("Here we are.")
    terminal.close()
    os.waitpid(terminal.pid, 0)
    (record,) = records(data)
    assert record["status"] == "interrupted"


@pytest.mark.pty
def test_an_intense_session_asks_in_a_terminal(
    terminals: list[Terminal], program: Program, tmp_path: Path, data: Path
) -> None:
    program("profile", "set", "--none", "--intense", "on")
    path = tmp_path / "fast.yaml"
    path.write_text("mindful: 1\ntitle: Fast\nsteps:\n  - breathe: {pattern: {inhale: 0.2, exhale: 0.2}, cycles: 2}\n")
    terminal = Terminal("play", str(path), "--plain", "--mute", "--begin")
    terminals.append(terminal)
    terminal.until("To begin, type yes.")
    terminal.type("\n")
    terminal.until("yes begins, q leaves.")
    terminal.type("yes\n")
    terminal.until("How was that for you?")
    terminal.type("\n\n")
    assert terminal.status() == exits.DONE
    assert records(data)[0]["settings"]["acknowledged"] is True
