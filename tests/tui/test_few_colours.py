"""Sixteen colours and none: what can be pressed has an edge, and where no colour is wanted there is none."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.color import Color, ColorType
from textual.scrollbar import ScrollBarRender

from mindful.tui.app import MindfulApp
from mindful.tui.rows import Row, Span, edged, plain, token_at
from mindful.tui.widgets.coarse import ThinBar
from mindful.tui.widgets.page import Page
from tests.tui import test_screens_at_three_sizes as scenes
from tests.tui.hosting import HandHost

PLAIN = (
    scenes.home,
    scenes.palette,
    scenes.settings,
    scenes.player_keys,
    scenes.ask_text,
    scenes.choose,
    scenes.before,
)


def test_a_button_of_one_row_stands_in_brackets_and_a_high_one_in_a_box() -> None:
    low = (Span(" Go on ", "field", "answer"), Span("  "), Span(" Open ", "button", "open"))
    assert [plain(r) for r in edged([low])] == ["[Go on]   Open "]
    blank = (Span("       ", "field", "answer"),)
    assert [plain(r) for r in edged([blank, low[:1], blank])] == ["┌─────┐", "│Go on│", "└─────┘"]


def test_an_option_of_two_rows_has_lines_at_its_sides_and_one_that_is_marked_none() -> None:
    two = [
        (Span("  1 Once", "field", "option:0"), Span("  ", "field", "option:0")),
        (Span("    more  ", "field", "option:0"),),
    ]
    assert [plain(r) for r in edged(two)] == ["│ 1 Once │", "│   more │"]
    assert edged([(Span("› 1 Once  ", "picked", "option:0"),)]) == [(Span("› 1 Once  ", "picked", "option:0"),)]


SPANS = st.builds(
    Span, st.text(" ab日", max_size=8), st.sampled_from(["text", "field", "button"]), st.sampled_from(["", "a", "b"])
)


@given(st.lists(st.lists(SPANS, max_size=4).map(tuple), max_size=5))
def test_an_edge_moves_nothing_and_hides_no_letter(rows: list[Row]) -> None:
    for before, after in zip(rows, edged(rows), strict=True):
        assert cell_len(plain(after)) == cell_len(plain(before))
        assert [c for c in plain(before) if c != " "] == [c for c in plain(after) if c not in " []│┌┐└┘─"]
        assert all(token_at(before, x) == token_at(after, x) for x in range(cell_len(plain(before))))


@pytest.mark.parametrize(("position", "thumb"), [(0, range(3)), (70, range(7, 10)), (35, range(4, 7))])
def test_the_thin_bar_is_where_the_page_is(position: int, thumb: range) -> None:
    cells = list(ThinBar.render_bar(10, 100, 30, position).segments)
    assert [i for i, cell in enumerate(cells) if cell.text == "│"] == list(thumb)
    assert all(cell.style is not None and cell.style.color is None and cell.style.bgcolor is None for cell in cells)


async def colours(app: MindfulApp) -> Iterator[Color]:
    strips = app.screen._compositor.render_strips()
    styles = (segment.style for strip in strips for segment in strip if segment.style is not None)
    return (c for style in styles for c in (style.color, style.bgcolor) if c is not None)


@pytest.mark.parametrize("scene", PLAIN)
async def test_where_no_colour_is_wanted_none_is_sent(scene: scenes.Steps) -> None:
    host = HandHost()
    app = MindfulApp(host, fps=0, look="mono", now=host.clock.now, hour=lambda: 12)  # type: ignore[arg-type]
    async with app.run_test(size=(80, 24)) as pilot:
        await scenes.settled(pilot)
        await scene(pilot, host)
        await pilot.pause()
        # The cursor of a field is black on white: it is a cell turned round, and has to be seen.
        sent = {c.number for c in await colours(app) if c.type is not ColorType.DEFAULT}
    assert sent <= {0, 7, 15}


async def test_with_true_colours_the_bar_is_the_usual_one() -> None:
    host = HandHost()
    app = MindfulApp(host, fps=0, look="true", now=host.clock.now, hour=lambda: 12)  # type: ignore[arg-type]
    async with app.run_test(size=(80, 24)) as pilot:
        await scenes.settled(pilot)
        assert app.screen.query_one(Page).vertical_scrollbar.renderer is ScrollBarRender
