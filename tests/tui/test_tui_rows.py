"""Rows of words: they fit, they lose nothing but spaces, and nothing in them reaches the terminal that should not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from mindful.script.values import CONTROL
from mindful.tui.clean import clean
from mindful.tui.markdown import render
from mindful.tui.rows import Span, beside, centre, cut, pad, plain, row, row_width, token_at, wrap, wrap_text


@given(st.text(), st.integers(2, 80))
def test_wrapped_lines_fit_and_keep_every_word(text: str, width: int) -> None:
    lines = wrap_text(text, width)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(clean(text).split())


@given(st.text(), st.integers(0, 40))
def test_a_cut_text_fits(text: str, width: int) -> None:
    assert cell_len(cut(clean(text), width)) <= max(width, 0)


@given(st.text())
def test_nothing_that_steers_a_terminal_is_left(text: str) -> None:
    assert not CONTROL.search(clean(text))
    assert "\x1b" not in plain(row(text))


def test_an_escape_sequence_becomes_harmless_letters() -> None:
    assert clean("a\x1b[2Jb\x9b31mc\u202ed\ud800") == "a[2Jb31mcd"
    assert clean("one\r\ntwo\tthree") == "one\ntwo three"


def test_a_long_word_is_broken_and_wide_letters_count_twice() -> None:
    assert wrap_text("abcdefgh", 3) == ["abc", "def", "gh"]
    assert wrap_text("呼吸呼吸", 5) == ["呼吸", "呼吸"]


def test_indents_and_empty_lines_stay() -> None:
    rows = wrap("one two three\n\nfour", 9, indent="  ", first="- ")
    assert [plain(r) for r in rows] == ["- one two", "  three", "  ", "  four"]


def test_left_and_right_share_a_row_while_there_is_room() -> None:
    left, right = row("title"), row("4:00")
    assert plain(beside(left, right, 12)) == "title   4:00"
    assert plain(beside(left, right, 8)) == "title"


def test_padding_and_centring() -> None:
    assert row_width(pad(row("ab"), 6)) == 6
    assert plain(centre(row("ab"), 6)) == "  ab"
    assert centre(row("abcdefgh"), 6) == row("abcdefgh")


def test_a_press_finds_its_token() -> None:
    spans = (Span("呼", "text", "a"), Span("b", "text", "b"), Span("c"))
    assert [token_at(spans, x) for x in range(5)] == ["a", "a", "b", "", ""]


def words(text: str, width: int = 40) -> list[str]:
    return [plain(r) for r in render(text, width)]


def test_headings_lists_and_paragraphs() -> None:
    text = "# Slow\nOne line\nand its other half.\n\n- first thing\n- second\n  goes on\n\n1. one\n2) two"
    assert words(text) == [
        "Slow", "One line and its other half.", "", "• first thing", "• second goes on", "", "1. one", "2) two",
    ]  # fmt: skip


WAVE = "Before.\n```picture A wave\n   .-.\n_.'   '._\n```\nAfter."


def test_a_picture_stands_in_the_middle_with_its_words_beneath() -> None:
    assert words(WAVE, 20) == ["Before.", "", "        .-.", "     _.'   '._", "A wave", "After."]


def test_a_picture_gives_way_to_its_words_where_it_has_no_room() -> None:
    assert words(WAVE, 8) == ["Before.", "", "In the", "picture:", "A wave", "After."]
    assert words("```\n0123456789\n```", 8) == ["A", "picture."]


def test_a_picture_is_never_markup() -> None:
    assert words("```picture x\n*a* [b](c) \x1b[31m\n```", 40)[0].strip() == "*a* [b](c) [31m"


def test_emphasis_has_roles_and_loses_its_stars() -> None:
    spans = [s for s in render("a **strong** and *soft* `word`", 60)[0] if s.text.strip()]
    assert [(s.text, s.role) for s in spans] == [
        ("a", "text"), ("strong", "title"), ("and", "text"), ("soft", "emphasis"), ("word", "accent"),
    ]  # fmt: skip


def test_links_are_text_and_can_never_be_opened() -> None:
    assert words("See [the page](https://example.org/a) here.", 80) == ["See the page (https://example.org/a) here."]
    assert words("![picture](x.png)", 80) == ["picture (x.png)"]
    assert all(not s.token for r in render("[a](b)", 80) for s in r)


def test_markup_of_other_kinds_is_only_letters() -> None:
    assert words("[red]not[/red] [@click=app.bell]this[/] <b>bold</b> \x1b[31m", 80) == [
        "[red]not[/red] [@click=app.bell]this[/] <b>bold</b> [31m"
    ]


@given(st.text(), st.integers(4, 70))
def test_any_markdown_fits_and_is_safe(text: str, width: int) -> None:
    for spans in render(text, width):
        assert row_width(spans) <= width + 8
        assert not CONTROL.search(plain(spans))
