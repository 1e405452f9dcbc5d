"""Two homes, and a pack to hand from one to the other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mindful.handoff import keys
from mindful.handoff.gather import gather
from mindful.handoff.keys import Own
from mindful.handoff.making import Wanted, make

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
SCRIPT = "mindful: 1\ntitle: A short one\nsteps:\n  - say: Sit as you like.\n  - pause: 10 s\n"

Maker = Callable[..., Path]


@pytest.fixture(scope="session")
def therapist(tmp_path_factory: pytest.TempPathFactory) -> Own:
    return keys.make(tmp_path_factory.mktemp("therapist"), "Dr. Ada Example")


@pytest.fixture(scope="session")
def client(tmp_path_factory: pytest.TempPathFactory) -> Own:
    return keys.make(tmp_path_factory.mktemp("client"), "Kim")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A folder with a script in it."""
    folder = tmp_path / "source"
    folder.mkdir()
    (folder / "short.yaml").write_text(SCRIPT, encoding="utf-8")
    return folder


@pytest.fixture
def packed(source: Path, tmp_path: Path, therapist: Own) -> Path:
    """A good pack."""
    to = tmp_path / "good.mindful-pack"
    make(to, gather([source / "short.yaml"]), Wanted("homework", "Homework"), therapist, AT)
    return to
