"""A data folder of its own for every test, the program as a process, scripts as files, and a made-up voice."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mindful.audio.units import Mono
from mindful.render.voice import Progress
from mindful.timeline.speech import Length, Line, estimate_ms

Program = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder; not there yet."""
    folder = tmp_path / "data"
    monkeypatch.setenv("MINDFUL_HOME", str(folder))
    for name in ("MINDFUL_DEBUG", "NO_COLOR", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture
def program(data: Path, tmp_path: Path) -> Program:
    """`program("settle", "-o", "x.txt")`: runs `mindful render` in `tmp_path` to its end; warnings are errors."""

    def run(*args: str, **options: Any) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-W", "error", "-m", "mindful", "render", *args],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=120,
            cwd=tmp_path,
            env={**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONPATH": str(Path.cwd())},
            check=False,
            **options,
        )

    return run


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A session of five seconds with a bell, words, two breaths and chapters."""
    path = tmp_path / "tiny.yaml"
    path.write_text(
        "mindful: 1\ntitle: Tiny & “small”\nauthor: A. Ödön\nsummary: A few seconds.\nlicense: CC-BY-4.0\nsteps:\n"
        "  - bell: wood\n  - say: Here we are.\n    label: Words\n"
        "  - breathe: {pattern: {inhale: 1, exhale: 1}, cycles: 2}\n    label: Brèath\n",
        encoding="utf-8",
    )
    return path


class Hum:
    """A voice that hums: 100 ms a letter, other than the guess; it does not know the words in `mute`."""

    def __init__(self, mute: Sequence[str] = ()) -> None:
        self.mute = mute
        self.said: dict[Line, int] = {}
        self.asked: list[list[Line]] = []
        self.closed = 0

    def length(self, line: Line) -> Length:
        ms = self.said.get(line)
        return Length(1000) if ms is None else Length(ms, estimated=False)

    def speaks(self, voice: str, language: str) -> bool:
        return voice in ("guide", "hum")

    def say_all(self, lines: Sequence[Line], progress: Progress) -> Mapping[Line, str]:
        self.asked.append(list(lines))
        for k, line in enumerate(lines, 1):
            if line.text not in self.mute:
                self.said[line] = 100 * len(line.text)
            progress(k, len(lines))
        return {line: f"“{line.text}” could not be said" for line in lines if line.text in self.mute}

    def sound(self, line: Line) -> Any:
        ms = self.said.get(line)
        return None if ms is None else np.full(48 * ms, 0.1, np.float32)

    def close(self) -> None:
        self.closed += 1


class Unspoken:
    """No voice: every length is a guess, and nothing sounds."""

    def length(self, line: Line) -> Length:
        return Length(estimate_ms(line.text, line.wpm))

    def speaks(self, voice: str, language: str) -> bool:
        return False

    def say_all(self, lines: Sequence[Line], progress: Progress) -> Mapping[Line, str]:
        return {}

    def sound(self, line: Line) -> Mono | None:
        return None

    def close(self) -> None:
        pass
