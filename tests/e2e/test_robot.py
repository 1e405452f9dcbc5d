"""Three quarters of a minute of the robot that mashes keys; `python -m bench.robot` has it do so for five."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.robot import Robot

pytestmark = pytest.mark.pty


def test_whatever_is_pressed_nothing_breaks_and_the_terminal_is_given_back(tmp_path: Path) -> None:
    report = Robot(seed=7, folder=tmp_path, seconds=45, each=5).run()
    assert report.wrong == []
    assert sum(report.runs.values()) >= 3 and report.done["keys"] > 50
