"""What a command does not need it does not import."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from mindful.cli.main import COMMANDS

_RUN = """
import sys
sys.argv = ["mindful", *{args!r}]
from mindful.cli.main import run
status = run()
sys.stderr.write("\\nIMPORTED " + " ".join(sorted({{name.partition(".")[0] for name in sys.modules}})))
sys.exit(status)
"""


def imported(*args: str) -> set[str]:
    """The top-level modules that are there after a command was carried out."""
    done = subprocess.run(
        [sys.executable, "-c", _RUN.format(args=list(args))],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        env=os.environ,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    return set(done.stderr.rpartition("IMPORTED ")[2].split())


HEAVY = {"textual", "rich", "numpy", "pydantic", "yaml", "miniaudio", "simpleaudio"}


@pytest.mark.parametrize("args", [["--help"], ["--version"], ["list"], ["list", "--json"], [], ["journal", "where"]])
def test_looking_around_is_light(args: list[str]) -> None:
    found = imported(*args)
    assert "click" in found
    assert not found & HEAVY


@pytest.mark.parametrize(
    "args",
    [
        ["check", "settle"],
        ["outline", "settle"],
        ["outline", "settle", "--json"],
        ["schema"],
        ["play", "--help"],
        ["render", "settle", "-o", "-", "--voice", "none"],
    ],
)
def test_scripts_need_no_screen_and_no_sound(args: list[str]) -> None:
    assert not imported(*args) & {"textual", "rich", "numpy", "miniaudio", "simpleaudio"}


def test_plain_lines_without_sound_need_neither() -> None:
    found = imported("play", "--plain", "--mute", "--no-journal", "no-such-session", "--help")
    assert not found & {"textual", "rich", "numpy"}


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_every_command_is_light(name: str) -> None:
    assert not imported(name, "--help") & {"textual", "rich", "numpy", "miniaudio", "simpleaudio"}
