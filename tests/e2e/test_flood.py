"""More keys than anybody types, in a real terminal: the program stays small, hears what else happens, and ends soon."""

from __future__ import annotations

import json
import os
import re
import select
import signal
import time
from pathlib import Path

import psutil
import pytest

from tests.terminal import MINDFUL, Terminal

pytestmark = pytest.mark.pty

SCRIPT = """\
mindful: 1
title: Flooded
settings: {voice: none, background: silence}
steps:
  - ask: {id: words, text: What is on your mind?, answer: text}
"""
WAYS = {"home": "", "palette": "\x10", "settings": ",", "form": ""}
MEGABYTE = b"abcdefgh ijk" * 87_382
SENDING_S = 6.0
MOST_MB = 45
"""What the program may grow by meanwhile; when all keys were let in it was 69 to 128."""
MOST_CPU_S = 5.0
"""From the signal to the end; a tenth of it is usual."""


def flooding(terminal: Terminal, data: bytes, seconds: float) -> int:
    """Send what is taken in so many seconds; how much that was."""
    end, sent = time.monotonic() + seconds, 0
    while sent < len(data) and time.monotonic() < end and terminal.process.poll() is None:
        if select.select([], [terminal.master], [], 0)[1]:
            sent += os.write(terminal.master, data[sent : sent + 1024])
        terminal.pump(0.002)
    return sent


def cpu_s(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def at(screen: str, folder: Path) -> Terminal:
    """The program at a screen."""
    script = folder / "flooded.yaml"
    script.write_text(SCRIPT, encoding="utf-8")
    argv = [*MINDFUL, "play", str(script), "--begin", "--mute"] if screen == "form" else [*MINDFUL]
    terminal = Terminal(argv, env={"MINDFUL_HOME": str(folder / "home"), "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"})
    terminal.until_text("What is on your mind" if screen == "form" else "F2", limit=60)
    terminal.pump(0.3)
    if WAYS[screen]:
        terminal.send(WAYS[screen])
        terminal.pump(1.0)
    return terminal


@pytest.mark.parametrize("screen", WAYS)
def test_a_megabyte_of_keys_is_held_back_and_a_signal_ends_it_soon(screen: str, tmp_path: Path) -> None:
    with at(screen, tmp_path) as terminal:
        process = psutil.Process(terminal.process.pid)
        small = process.memory_info().rss
        flooding(terminal, MEGABYTE, SENDING_S)
        grown, used = process.memory_info().rss - small, cpu_s(process)
        terminal.process.send_signal(signal.SIGTERM)
        limit = time.monotonic() + 60
        while terminal.process.poll() is None and time.monotonic() < limit:
            try:
                used_since = cpu_s(process) - used
            except psutil.Error:
                break
            assert used_since < MOST_CPU_S
            terminal.pump(0.02)
        assert terminal.wait(5) == 4
        assert terminal.restored() == []
        assert grown < MOST_MB * 1_000_000


def test_a_resize_and_a_suspension_are_heard_while_keys_pour_in(tmp_path: Path) -> None:
    with at("form", tmp_path) as terminal:
        flooding(terminal, MEGABYTE, 1.0)
        said = len(terminal.output)
        terminal.resize(100, 30)
        terminal.until(lambda t: re.search(rb"\x1b\[(2[5-9]|30);\d+H", t.output[said:]), limit=20)
        # Now the reading thread waits for the screen; it is waited for itself when the terminal is given away.
        flooding(terminal, MEGABYTE, 0.5)
        process = psutil.Process(terminal.process.pid)
        terminal.process.send_signal(signal.SIGTSTP)
        terminal.until(lambda _: process.status() == psutil.STATUS_STOPPED, limit=20)
        assert terminal.restored() == []
        said = len(terminal.output)
        terminal.process.send_signal(signal.SIGCONT)
        terminal.until(lambda t: b"\x1b[?1049h" in t.output[said:], limit=20)
        terminal.process.send_signal(signal.SIGTERM)
        assert terminal.wait(30) == 4
        assert terminal.restored() == []


def test_nothing_of_what_is_typed_fast_is_lost(tmp_path: Path) -> None:
    """Two thousand letters as keys at once, then as many pasted, into a field whose answer is kept."""
    typed, pasted = "".join(f"{n:04d}" for n in range(500)), "p" * 2000
    with at("form", tmp_path) as terminal:
        data = f"{typed}\x1b[200~{pasted}\x1b[201~".encode()
        assert flooding(terminal, data, 60) == len(data)
        terminal.until(lambda t: "ppp" in "\n".join(t.screen()), limit=60)
        terminal.send("\r")
        terminal.until_text("How was", limit=20)
        terminal.process.send_signal(signal.SIGTERM)
        terminal.wait(20)
    [path] = (tmp_path / "home" / "journal").rglob("*.json")
    assert json.loads(path.read_text(encoding="utf-8"))["answers"]["words"] == typed + pasted
