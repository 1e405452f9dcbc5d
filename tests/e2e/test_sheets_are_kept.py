"""A handful of kills in the middle of a thought record; `python -m bench.sheets` does a hundred."""

from __future__ import annotations

import pytest

from tests.e2e.sheets import trials

pytestmark = pytest.mark.pty


def test_no_finished_field_is_lost_and_at_most_the_last_second_of_typing() -> None:
    done = list(trials(5, seed=11))
    assert [each for t in done for each in t.wrong] == []
    assert sum(t.finished for t in done) >= 5, "the kills came too early to tell anything"
    assert any(t.owed for t in done), "no kill came while older words stood in an open field"
