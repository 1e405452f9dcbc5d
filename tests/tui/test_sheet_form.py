"""A sheet on the screen: one field at a time, back and forth, looked over at the end. Keys in, answers and rows out."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mindful.player.answers import accept
from mindful.timeline.model import AskPrompt
from mindful.timeline.sheet import SheetField, place
from mindful.tui.forms import form_for
from mindful.tui.forms.sheet import SheetForm
from mindful.tui.rows import plain, row_width
from tests.making_sheets import FULL, SHEET


def _form() -> SheetForm:
    form = form_for(SHEET)
    assert isinstance(form, SheetForm)
    return form


def _fill(form: SheetForm) -> None:
    form.text = "walk\nslowly"
    form.ready()
    for character in "60":
        form.key(character, character)
    form.ready()
    form.key("2", "2")
    form.ready()
    form.key("3", "3")
    form.ready()
    form.key("space", " ")
    form.key("space", " ")
    form.ready()
    for character in "730":
        form.key(character, character)
    form.ready()
    form.key("n", "n")
    form.ready()
    form.text = "no"
    form.ready()


def _rows(form: SheetForm, width: int = 60) -> str:
    form.room = 22
    return "\n".join(plain(r) for r in form.rows(width))


def test_enter_goes_through_all_fields_to_the_review_and_gives_them() -> None:
    form = _form()
    assert form.at == "what"
    _fill(form)
    assert form.at == "review"
    assert form.value == FULL
    assert form.ready()
    assert accept(SHEET, form.value) == FULL


def test_a_field_that_hangs_on_another_comes_only_with_it() -> None:
    form = _form()
    form.text = "walk"
    form.ready()
    form.key("right", None)
    form.ready()
    form.key("1", "1")
    form.ready()
    assert form.at == "felt"


def test_what_hangs_on_a_field_to_come_is_counted_beforehand() -> None:
    fields = (
        SheetField(name="a", ask="?"),
        SheetField(name="b", ask="?", when=("a", "!=", "")),
        SheetField(name="c", ask="?", when=("b", "!=", "")),
        SheetField(name="d", ask="?", answer="choice", options=("x", "y")),
        SheetField(name="e", ask="?", when=("d", "==", "x")),
    )
    assert place(fields, {}, "a") == (1, 4)
    assert place(fields, {"a": "yes"}, "b") == (2, 4)
    assert place(fields, {}, "d") == (2, 2)
    assert place(fields, {"d": "x"}, "e") == (3, 3)


def test_it_says_where_one_is_and_how_many_there_are() -> None:
    form = _form()
    assert "1 of 7 · 6 more" in _rows(form)
    form.text = "walk"
    form.ready()
    assert "2 of 7" in _rows(form)
    assert "What will you do?" not in _rows(form)


def test_back_goes_to_the_field_before_and_keeps_what_was_entered() -> None:
    form = _form()
    assert not form.back()
    form.text = "walk"
    form.ready()
    form.key("right", None)
    assert form.back()
    assert (form.at, form.text) == ("what", "walk")
    form.ready()
    assert form._inner is not None
    assert form._inner.value == 50


def test_a_field_that_is_needed_stays_until_something_is_there() -> None:
    form = _form()
    assert not form.ready()
    assert form.at == "what"
    assert form.message
    assert not form.may_stay_open()
    assert form.at == "what"


def test_leaving_a_field_open_takes_a_second_enter_or_its_own_key() -> None:
    form = _form()
    form.text = "walk"
    form.ready()
    form.ready()
    assert (form.at, bool(form.message)) == ("belief", True)
    form.ready()
    assert form.at == "where"
    form.may_stay_open()
    assert form.at == "felt"


def test_an_answer_is_changed_from_the_review_and_leads_back_there() -> None:
    form = _form()
    _fill(form)
    form.key("2", "2")
    assert form.at == "belief"
    form.key("end", None)
    form.ready()
    assert form.at == "review"
    assert form.value is not None
    assert form.value["belief"] == 100
    form.key("up", None)
    assert form.cursor == "review:7"
    form.ready()
    assert form.at == "more"
    assert form.back()
    assert form.at == "review"


def test_looking_over_early_and_going_on_with_what_is_needed_missing() -> None:
    form = _form()
    form.text = "walk"
    form.ready()
    form.key("end", None)
    assert form.look_over()
    assert form.at == "review"
    form.press("review:0")
    form.text = ""
    form.look_over()
    assert not form.ready()
    assert form.at == "what"


def test_each_finished_field_is_in_the_draft_and_the_rest_as_typed() -> None:
    form = _form()
    assert form.draft is None
    form.text = "walk"
    assert form.draft == {"at": "what", "values": {}, "typed": "walk"}
    page = form.page
    form.ready()
    assert form.page == page + 1
    assert form.draft == {"at": "belief", "values": {"what": "walk"}}


@pytest.mark.parametrize("at", ["what", "belief", "when", "more", "review"])
def test_a_draft_goes_on_where_it_was(at: str) -> None:
    form = _form()
    _fill(form)
    draft = {"at": None if at == "review" else at, "values": form.values}
    other = _form()
    other.restore(draft)
    assert other.at == at
    assert other.value == FULL


def test_half_a_number_is_there_again() -> None:
    form = _form()
    _fill(form)
    form.press("review:5")
    form.key("backspace", None)
    form.key("backspace", None)
    other = _form()
    other.restore(form.draft)
    assert other.at == "when"
    assert other.draft["typed"] == form.draft["typed"] == "07:"


def test_what_another_session_had_begun_is_offered_and_not_shown() -> None:
    form = _form()
    form.offer({"at": "belief", "values": {"what": "a secret"}})
    assert "secret" not in _rows(form)
    assert "1 answer" in _rows(form)
    assert form.keep()
    assert form.at == "belief"
    assert form.values["what"] == "a secret"


KEYS = st.sampled_from(
    ["enter", "back", "open", "over", "up", "down", "left", "right", "backspace", "space", *"123y9:."]
)


def test_looking_over_begins_at_the_top_and_follows_the_mark_once_it_moves() -> None:
    form = _form()
    _fill(form)
    assert form.over and form.cursor == ""
    form.key("down", None)
    assert form.cursor == "review:0"
    form.key("up", None)
    assert form.cursor == "answer"


def test_a_long_answer_is_looked_over_in_three_lines() -> None:
    form = _form()
    _fill(form)
    form.values["what"] = "word " * 200
    rows = [plain(row) for row in form.rows(50)]
    lines = [row for row in rows if row.strip().startswith("word")]
    assert len(lines) == 3 and lines[-1].rstrip().endswith("…")
    assert all(row_width(row) <= 50 for row in form.rows(50))


def test_that_a_field_is_private_is_said_in_any_width() -> None:
    form = _form()
    form.look_over()
    form.back()
    assert form.at == "more"
    assert all(row_width(row) <= 24 for row in form.rows(24))


@pytest.mark.parametrize("width", [38, 40, 44, 60])
def test_each_button_of_a_time_is_whole(width: int) -> None:
    form: Any = form_for(AskPrompt(id="x", text="When?", answer="time"))
    text = "\n".join(plain(row) for row in form.rows(width))
    assert all(button in text for button in ("- 1 h", "- 15 min", "+ 15 min", "+ 1 h"))
    assert all(row_width(row) <= width for row in form.rows(width))
    for key in "2230":
        form.key(key, key)
    assert "such as" not in (said := "\n".join(plain(row) for row in form.rows(width))) and "22:30" in said


@settings(max_examples=60, deadline=None)
@given(
    st.lists(KEYS | st.text(max_size=30).map(lambda text: f"write {text}"), max_size=40),
    st.sampled_from([24, 38, 78]),
)
def test_whatever_is_pressed_it_stands_and_its_draft_leads_back(keys: list[str], width: int) -> None:
    form: Any = _form()
    for key in keys:
        if key == "enter":
            form.ready()
        elif key == "back":
            form.back()
        elif key == "open":
            form.may_stay_open()
        elif key == "over":
            form.look_over()
        elif key.startswith("write "):
            if form.writes:
                form.text = key[6:]
        else:
            form.key(key, key if len(key) == 1 else " " if key == "space" else None)
        form.room = 8
        assert all(row_width(r) <= width for r in form.rows(width))
    draft = form.draft
    other = _form()
    if draft is not None:
        other.restore(draft)
        kept = accept(SHEET, draft)
        words = draft.get("typed") if draft["at"] == "what" else None
        assert kept is None or kept["what"] == (words or other.values.get("what"))


def test_letters_are_no_keys_of_the_session_on_any_page_of_a_sheet_with_words() -> None:
    """Whoever writes on, not seeing that a number is asked now, must not end the session with a q."""
    form = _form()
    form.text = "walk"
    form.ready()
    assert form.at == "belief"
    assert all(form.key(letter, letter) for letter in "quiet evening")
    assert form.types and {k: v for k, v in (form.value or {}).items() if v is not None} == {"what": "walk"}
    form.look_over()
    assert form.at == "review" and form.key("q", "q") and form.types
