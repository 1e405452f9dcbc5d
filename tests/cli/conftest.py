"""A data folder of its own for every test, and the program as a process."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Program = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder; not there yet."""
    folder = tmp_path / "data"
    monkeypatch.setenv("MINDFUL_HOME", str(folder))
    for name in ("MINDFUL_DEBUG", "NO_COLOR", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture
def program(data: Path) -> Program:
    """`program("list", "--json", env={...})`: runs mindful to its end, with no terminal anywhere."""

    def run(*args: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "mindful", *args],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=60,
            env={**os.environ, "PYTHONIOENCODING": "utf-8", **(env or {})},
            check=False,
        )

    return run


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A session of one second."""
    path = tmp_path / "tiny.yaml"
    path.write_text("mindful: 1\ntitle: Tiny\nsteps:\n  - bell: bowl\n  - pause: 1 s\n", encoding="utf-8")
    return path
