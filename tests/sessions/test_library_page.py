"""docs/library.md: a row for each bundled session, in order, and none has a warning or is too loud."""

from __future__ import annotations

import pytest

from bench.library import COLUMNS, rows_of, with_row
from mindful import assets

PAGE = (assets.docs() / "library.md").read_text(encoding="utf-8")
ROWS = rows_of(PAGE)


def test_there_is_a_row_for_each_bundled_session_in_order() -> None:
    assert list(ROWS) == sorted(ROWS) and set(ROWS) == set(assets.session_files())


@pytest.mark.parametrize("name", ROWS)
def test_no_session_warns_or_comes_near_full_scale(name: str) -> None:
    cells = dict(zip(COLUMNS, (cell.strip() for cell in ROWS[name].strip("|").split("|")), strict=True))
    assert cells["warnings"] == "none"
    assert float(cells["peak dBTP"]) <= -1.0


def test_a_row_takes_the_place_of_the_old_one_and_new_ones_are_put_in_by_the_alphabet() -> None:
    cells = " | ".join("x" for _ in COLUMNS[1:])
    head = f"Words.\n\n| {' | '.join(COLUMNS)} |\n|{'---|' * len(COLUMNS)}\n"
    page = with_row(with_row(head + "\nMore.\n", "b", f"| b | {cells} |"), "a", f"| a | {cells} |")
    assert list(rows_of(page)) == ["a", "b"] and page.startswith("Words.") and page.endswith("\nMore.\n")
    again = with_row(page, "b", f"| b | {cells.replace('x', 'y')} |")
    assert "y" in rows_of(again)["b"] and list(rows_of(again)) == ["a", "b"]
