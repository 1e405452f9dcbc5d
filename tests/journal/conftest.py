"""A journal in a folder of its own, a clock that is handed in, and sessions to put into it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from mindful.journal.recorder import Recorder
from tests.killed import killed

SUMMER = timezone(timedelta(hours=1))


class Wall:
    """A wall clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 22, 7, 30, tzinfo=SUMMER)

    def __call__(self) -> datetime:
        return self.at

    def move(self, **by: float) -> None:
        self.at += timedelta(**by)


@pytest.fixture
def wall() -> Wall:
    return Wall()


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    return tmp_path / "data" / "journal"


@pytest.fixture
def head() -> dict[str, Any]:
    return {
        "session": {"id": "settle", "title": "Settle with long out-breaths", "sha256": "ab" * 32, "format": 1},
        "planned_ms": 300_000,
        "settings": {"background": "ocean"},
        "variables": {"minutes": 5},
        "app": "mindful 0.1.0",
        "audio": {"sink": "miniaudio", "rate": 48000},
        "clock": "audio",
        "simulated": False,
    }


@pytest.fixture
def begin(journal: Path, head: dict[str, Any], wall: Wall) -> Callable[..., Recorder]:
    """Open a recorder; what is named replaces part of the head."""

    def start(token: str | None = None, tell: Callable[[str], None] | None = None, **other: Any) -> Recorder:
        more = {} if tell is None else {"tell": tell}
        return Recorder.open(journal, head | other, now=wall, token=token, **more)

    return start


@pytest.fixture
def crash() -> Callable[[Recorder], Path]:
    """Ends a recorder as `kill -9` would. Gives the running file that it leaves."""
    return killed
