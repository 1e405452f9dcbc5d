"""Plain-text snapshots of a screen: readable in a diff. `MINDFUL_UPDATE_SNAPSHOTS=1 pytest tests/tui` writes them anew."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parent / "snapshots"


def screen_text(app: Any) -> str:
    """What the screen shows, without colours; trailing spaces left out."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips) + "\n"


@pytest.fixture
def snapshot(request: pytest.FixtureRequest) -> Callable[[Any, str], None]:
    """`snapshot(app, name)`: the screen is what `snapshots/<name>.txt` says."""

    def compare(app: Any, name: str) -> None:
        found, path = screen_text(app), FOLDER / f"{name}.txt"
        if os.environ.get("MINDFUL_UPDATE_SNAPSHOTS"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(found, encoding="utf-8")
            return
        assert path.exists(), f"no snapshot {path.name}: write it with MINDFUL_UPDATE_SNAPSHOTS=1 and look at it"
        assert found == path.read_text(encoding="utf-8")

    return compare
