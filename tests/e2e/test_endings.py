"""However a session ends, the terminal is as it was and the record is whole (`bench/endings.py` does it 200 times)."""

from __future__ import annotations

import sys

import pytest

from tests.e2e.endings import summary, trials

pytestmark = [
    pytest.mark.pty,
    pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal and signals"),
]


def test_signals_at_random_moments() -> None:
    wrong, seen = summary(trials(12, seed=20))
    assert not wrong, "\n".join(wrong)
    assert sum(seen.values()) == 12
    assert {status for _, status in seen} >= {"interrupted"}
