"""What is said fits the terminal between its words, and goes as it is where there is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mindful.cli.say import folded

LONG = "If this computer is lost they are lost too: mindful key backup -o FILE keeps a closed copy of them."


def test_a_long_line_breaks_between_words_as_far_in_as_it_began() -> None:
    found = folded("  " + LONG, 40)
    assert all(len(line) < 40 and line.startswith("  ") for line in found)
    assert " ".join(line.strip() for line in found) == LONG


@pytest.mark.parametrize("line", [LONG + "\n  and more", "\x1b[1m" + LONG])
def test_what_was_laid_out_already_stays(line: str) -> None:
    assert folded(line, 40) == [line]


def test_nothing_is_folded_where_no_width_is_known() -> None:
    assert folded(LONG, None) == [LONG] and folded("", 40) == [""] and folded(" " * 90, 40) == [" " * 90]


@given(st.text(alphabet="ab -*/", max_size=200), st.integers(20, 100))
def test_no_word_is_lost_or_cut(line: str, wide: int) -> None:
    assert " ".join(folded(line, wide)).split() == line.split()
