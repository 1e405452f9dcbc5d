"""Captions in any script: the width that a terminal gives them, and never broken within a sign."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from mindful.tui import stage
from mindful.tui.clusters import clusters, units
from mindful.tui.rows import centre, cut, plain, row, row_width, wrap_text
from tests.tui.test_stage_rows import view

JAPANESE = "ゆっくり息を吸って、お腹がふくらむのを感じてください。そして、ゆっくり吐きます。"
CHINESE = "慢慢地吸气，感觉腹部鼓起来。然后慢慢地呼气。"
KOREAN = "천천히 숨을 들이쉬고 배가 부풀어 오르는 것을 느껴 보세요."
HEBREW = "נִשְׁמוּ לְאַט וְהַרְגִּישׁוּ אֵיךְ הַבֶּטֶן עוֹלָה וְיוֹרֶדֶת."
ARABIC = "تَنَفَّسْ بِبُطْءٍ وَاشْعُرْ كَيْفَ يَرْتَفِعُ بَطْنُكَ وَيَنْخَفِضُ."
HINDI = "धीरे-धीरे साँस लें और महसूस करें कि पेट कैसे फूलता है।"
ALL = [JAPANESE, CHINESE, KOREAN, HEBREW, ARABIC, HINDI, "👩‍👩‍👧 🇩🇪🇫🇷 ❤️ cafe\u0301"]


@pytest.mark.parametrize("text", ALL)
@pytest.mark.parametrize("width", [4, 7, 12, 30, 60])
def test_lines_fit_and_nothing_is_lost(text: str, width: int) -> None:
    lines = wrap_text(text, width)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize("text", ALL)
@pytest.mark.parametrize("width", [1, 2, 3, 5, 8, 13])
def test_no_line_and_no_cut_begins_or_ends_within_a_sign(text: str, width: int) -> None:
    whole = clusters(text)
    ends = {len("".join(whole[:i])) for i in range(len(whole) + 1)}
    shown = cut(text, width)
    assert cell_len(shown) <= width
    kept = shown.removesuffix("…") if shown != text else shown
    assert text.startswith(kept) and any(len(kept) <= end and not text[len(kept) : end].strip() for end in ends)
    for line in wrap_text(text, max(2, width)):
        assert not line or unicodedata.category(line[0]) not in ("Mn", "Mc", "Me")
        assert not line or line[0] not in "\u200d\u200c"


def test_signs_are_whole() -> None:
    assert clusters("e\u0301a") == ["e\u0301", "a"]
    assert clusters("שָׁלוֹם") == ["שָׁ", "ל", "וֹ", "ם"]
    assert clusters("👩‍👩‍👧🇩🇪🇫🇷") == ["👩‍👩‍👧", "🇩🇪", "🇫🇷"]
    assert clusters("नमस्ते") == ["न", "म", "स्ते"]
    assert clusters("") == []


def test_chinese_and_japanese_fill_their_lines_and_korean_keeps_its_words() -> None:
    lines = wrap_text(JAPANESE, 20)
    assert all(cell_len(line) >= 16 for line in lines[:-1])
    assert wrap_text(KOREAN, 14)[0] == "천천히 숨을"
    assert wrap_text("Sag 息を吸って aus", 10) == ["Sag 息を", "吸って aus"]


def test_a_line_does_not_begin_with_a_closing_mark_or_end_with_an_opening_one() -> None:
    assert units("吸気。「呼気」") == ["吸", "気。", "「呼", "気」"]
    for width in range(8, 30):
        lines = wrap_text(CHINESE + "「" + JAPANESE + "」", width)
        assert not any(line[0] in "、。，」っ" for line in lines if line)
        assert not any(line.endswith("「") for line in lines)


def test_words_of_latin_and_right_to_left_scripts_are_not_broken() -> None:
    for text in (HEBREW, ARABIC, "Atmen Sie ruhig weiter, naïve Übung"):
        assert all(units(word) == [word] for word in text.split())


@pytest.mark.parametrize("text", [JAPANESE, HEBREW, ARABIC])
def test_captions_stand_in_the_middle(text: str) -> None:
    for made in stage.caption(view(caption=text), 80, 4):
        if made:
            left = len(made[0].text)
            right = 80 - row_width(made)
            assert abs(left - right) <= 1 and plain(made).strip()


def test_a_title_in_wide_signs_leaves_room_for_the_time() -> None:
    (head,) = stage.head(view(title=JAPANESE), 40)
    assert row_width(head) <= 40 and plain(head).endswith("left")
    status = stage.status(view(step=None), 40)
    assert all(row_width(r) <= 40 for r in status)


@given(st.text(max_size=80), st.integers(2, 40))
@settings(max_examples=100, deadline=None)
def test_any_text_at_all(text: str, width: int) -> None:
    assert "".join(clusters(text)) == text
    for line in wrap_text(text, width):
        assert cell_len(line) <= width or len(clusters(line)) == 1
    assert cell_len(cut(text, width)) <= width
    assert row_width(centre(row(text), 40)) >= 0
