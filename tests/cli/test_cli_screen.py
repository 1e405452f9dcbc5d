"""The screen as the command starts it: what it draws on, what it keeps off it, and how it ends."""

from __future__ import annotations

import json
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from mindful.cli import exits
from mindful.cli.main import VOICE_THREAD
from tests.cli.conftest import Program
from tests.cli.terminal import Terminal

pytestmark = pytest.mark.pty

LEFT = "\x1b[?1049l"
"""The terminal is given back as it was."""
Start = Callable[..., Terminal]


@pytest.fixture
def start() -> Iterator[Start]:
    made: list[Terminal] = []

    def begin(*args: str, code: str = "") -> Terminal:
        made.append(Terminal(*args, code=code))
        return made[-1]

    yield begin
    for each in made:
        each.clean_up()


@pytest.fixture
def quiet(tmp_path: Path) -> str:
    path = tmp_path / "quiet.yaml"
    path.write_text("mindful: 1\ntitle: Quiet room\nsteps:\n  - sit: 10 min\n", encoding="utf-8")
    return str(path)


def record(data: Path) -> dict[str, Any]:
    (path,) = (data / "journal").rglob("*.json")
    return dict(json.loads(path.read_text()))


def test_a_session_to_its_end(start: Start, tiny: Path, data: Path) -> None:
    terminal = start("play", str(tiny), "--mute", "--begin")
    terminal.until("That was")
    terminal.type("\r")
    assert terminal.status() == exits.DONE and LEFT in terminal.everything
    found = record(data)
    assert found["status"] == "completed" and found["settings"]["performer"] == "screen"


def test_leaving_the_page_before_it_leaves_no_record(start: Start, quiet: str, data: Path) -> None:
    terminal = start("play", quiet, "--mute")
    terminal.until("Begin")
    terminal.type("\x03")
    assert terminal.status() == exits.DONE and LEFT in terminal.everything
    assert not (data / "journal").exists()


def test_home_opens_and_closes(start: Start, data: Path) -> None:
    terminal = start()
    terminal.until("Settle")
    terminal.type("\x03")
    assert terminal.status() == exits.DONE and LEFT in terminal.everything


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_told_to_end(start: Start, number: int, quiet: str, data: Path) -> None:
    terminal = start("play", quiet, "--mute", "--begin")
    terminal.until("Quiet room")
    terminal.until("10:00")
    terminal.signal(number)
    assert terminal.status() == exits.FAILED and LEFT in terminal.everything
    assert record(data)["status"] == "interrupted"
    assert "Something went wrong" not in terminal.everything


NOISE = """
import os
import mindful.cli.host as h
begin = h.CliHost.begin
def noisy(*a, **k):
    os.write(2, b"NOISE FROM A LIBRARY")
    return begin(*a, **k)
h.CliHost.begin = noisy
"""


def test_noise_of_libraries_stays_off_the_screen(start: Start, quiet: str, data: Path) -> None:
    terminal = start("play", quiet, "--mute", "--begin", code=NOISE)
    terminal.until("10:00")
    terminal.type("qq")
    terminal.until("That is fine")
    terminal.type("\r")
    assert terminal.status() == exits.STOPPED
    assert "NOISE" not in terminal.everything
    assert "NOISE FROM A LIBRARY" in (data / "mindful.log").read_text()


CRASH = """
from mindful.player.conductor import Conductor
tick = Conductor.tick
def failing(self):
    if self.state.at.now_ms > 300:
        raise RuntimeError("hidden cause")
    return tick(self)
Conductor.tick = failing
"""


def test_a_crash_is_a_sentence_a_log_and_a_record(start: Start, quiet: str, data: Path) -> None:
    terminal = start("play", quiet, "--mute", "--begin", code=CRASH)
    assert terminal.status() == exits.FAILED
    after = terminal.everything.partition(LEFT)[2]
    assert "Something went wrong in the program, not with you." in after and "mindful.log" in after
    assert "Traceback" not in after and "hidden cause" not in after
    assert "hidden cause" in (data / "mindful.log").read_text()
    assert record(data)["status"] == "interrupted"
    assert "What you did up to here is kept in your journal." in " ".join(after.split())


CRASH_AT_HOME = """
from mindful.tui.screens import home
search = home.search
def failing(cards, query):
    if query:
        raise RuntimeError("hidden cause")
    return search(cards, query)
home.search = failing
"""


def test_a_crash_where_nothing_was_begun_does_not_speak_of_the_journal(start: Start, data: Path) -> None:
    terminal = start(code=CRASH_AT_HOME)
    terminal.until("Type to search")
    terminal.type("x")
    assert terminal.status() == exits.FAILED
    after = terminal.everything.rpartition(LEFT)[2]
    assert "Something went wrong in the program, not with you." in after and "mindful.log" in after
    assert "journal" not in after and "Traceback" not in after and "hidden cause" not in after
    assert "hidden cause" in (data / "mindful.log").read_text()


SPEAKING = """
import atexit, threading
from mindful.cli.main import VOICE_THREAD
threading.Thread(target=threading.Event().wait, name=VOICE_THREAD, daemon=True).start()
atexit.register(print, "TAKEN DOWN")
"""


def test_who_ends_while_the_voice_still_loads_meets_no_abort(start: Start, quiet: str, data: Path) -> None:
    """Its library ends the whole program with SIGABRT where Python is taken down around it."""
    terminal = start("play", quiet, "--mute", "--begin", code=SPEAKING)
    terminal.until("10:00")
    terminal.signal(signal.SIGTERM)
    assert terminal.status() == exits.FAILED
    assert LEFT in terminal.everything and "TAKEN DOWN" not in terminal.everything
    assert record(data)["status"] == "interrupted"


def test_the_name_of_the_voices_thread_is_the_one_that_is_looked_for() -> None:
    from mindful.audio.voice import narrator

    assert f'name="{VOICE_THREAD}"' in Path(narrator.__file__).read_text(encoding="utf-8")


def test_a_red_session_is_not_begun_unasked(start: Start, program: Program, tmp_path: Path, data: Path) -> None:
    path = tmp_path / "fast.yaml"
    path.write_text("mindful: 1\ntitle: Fast\nsteps:\n  - breathe: {pattern: {inhale: 1, exhale: 1}, cycles: 9}\n")
    for words in ("switched off", "This one is intense"):
        terminal = start("play", str(path), "--mute", "--begin")
        terminal.until(words)
        terminal.type("\x03")
        terminal.status()
        program("profile", "set", "--none", "--intense", "on")
    assert not (data / "journal").exists()


def test_words_half_written_survive_kill_nine_and_are_offered_again(start: Start, tmp_path: Path, data: Path) -> None:
    path = tmp_path / "asks.yaml"
    path.write_text(
        "mindful: 1\ntitle: One question\nsteps:\n  - ask: {id: mind, text: What is on your mind?, answer: text}\n"
    )
    terminal = start("play", str(path), "--mute", "--begin")
    terminal.until("What is on your mind?")
    terminal.type("half a thought")

    def running() -> str:
        return "".join(p.read_text() for p in (data / "journal").rglob("*.jsonl"))

    end = time.monotonic() + 20
    while '"value":"half a thought"' not in running():
        assert time.monotonic() < end, running()
        terminal._read()
    terminal.signal(signal.SIGKILL)
    terminal.clean_up()

    again = start("play", str(path), "--mute", "--begin")
    again.until("You had begun to write")
    (left,) = (data / "journal").rglob("2*.json")
    assert json.loads(left.read_text())["status"] == "interrupted" and "half a thought" not in left.read_text()
    again.type("\x0b")  # Ctrl+K keeps it
    again.type("\r")
    again.until("That was")
    again.type("\r")
    assert again.status() == exits.DONE
    answers = [json.loads(p.read_text())["answers"] for p in sorted((data / "journal").rglob("2*.json"))]
    assert {"mind": "half a thought"} in answers
    assert not list((data / "journal" / ".drafts").glob("*"))
