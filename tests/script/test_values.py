"""Lengths of time, numbers and texts: what is read, what is refused, what is filled in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from mindful.script.teachers import duration_meant
from mindful.script.values import Duration, Number, Text, UnresolvedError, fill, names_in, parse_ms, shown


@pytest.mark.parametrize(
    ("source", "ms"),
    [
        ("90 s", 90_000), ("1.5 min", 90_000), ("1 h", 3_600_000), ("1 min 30 s", 90_000), ("4:30", 270_000), ("90", 90_000),
        ("1:02:00", 3_720_000), (".5", 500), ("250 ms", 250), ("2 minutes", 120_000), ("0", 0), ("90:00", 5_400_000),
        ("4:75", None), ("1:75:00", None), ("", None), ("soon", None), ("5 mins", None), ("9" * 400, None), ("-3", None),
    ],
)  # fmt: skip
def test_a_length_of_time(source: str, ms: int | None) -> None:
    assert parse_ms(source) == ms


@given(st.integers(0, 4), st.integers(0, 59), st.integers(0, 59))
def test_hours_minutes_and_seconds_add_up(h: int, m: int, s: int) -> None:
    expected = (h * 3600 + m * 60 + s) * 1000
    assert parse_ms(f"{h}:{m:02}:{s:02}") == parse_ms(f"{h} h {m} min {s} s") == expected


@pytest.mark.parametrize("value", [True, None, [1], {"a": 1}, "soon", "5 h", "1e3"])
def test_what_is_no_length_of_time_is_refused(value: object) -> None:
    with pytest.raises(PydanticCustomError):
        Duration.parse(value)


def test_a_length_with_names_waits_for_them() -> None:
    length = Duration.parse("{minutes} min")
    assert (length.ms, length.names) == (None, ("minutes",))
    assert length.resolve({"minutes": 2.5}) == 150_000
    assert length.resolve({"minutes": 9999}) == 4 * 3_600_000
    assert Duration.parse(length) is length
    assert Duration.parse(90).resolve({}) == 90_000
    for values in ({}, {"minutes": None}, {"minutes": "few"}):
        with pytest.raises(UnresolvedError, match="minutes"):
            length.resolve(values)


def test_a_number_may_wait_for_names_too() -> None:
    assert Number.parse("3").resolve({}) == 3
    assert Number.parse(Number.parse(3)).value == 3
    pace = Number.parse("{pace}")
    assert pace.resolve({"pace": "6"}) == 6
    for value in ("much", "1e12", "nan"):
        with pytest.raises(UnresolvedError):
            pace.resolve({"pace": value})
    for wrong in (True, None, [], "many", "1_000", "inf", "nan", "1e12"):
        with pytest.raises(PydanticCustomError):
            Number.parse(wrong)


def test_names_are_filled_in_as_a_person_writes_them() -> None:
    assert names_in("{a} {b} {a} {{c}} { d }") == ("a", "b", "d")
    values = {"a": 6.0, "b": True, "c": ["x", 2], "d": 1.5, "e": False}
    assert fill("{a}|{b}|{c}|{d}|{e}|{{x}}", values) == "6|yes|x, 2|1.5|no|{x}"
    assert fill("{gone}", {}, missing="…") == "…"
    assert shown(None) == ""
    with pytest.raises(UnresolvedError):
        fill("{gone}", {})


def test_texts_in_several_languages() -> None:
    text = Text.parse({"en": "Hello {who}", "de": " Hallo {who} "})
    assert text.names == ("who",)
    assert text.say({"who": "you"}, "de-AT") == "Hallo you"
    assert text.say({}, "fr") == "Hello …"
    assert Text.parse(text) is text
    assert Text.parse(5).source() == "5"
    assert Text.parse(5.0).source() == "5"
    assert Text.parse(True).source() == "true"
    for wrong in (None, [], {}, {"EN US": "x"}, {"en": 5}, "", "  ", "a\x1b[2J", "a\u202eb", "a\rb"):
        with pytest.raises(PydanticCustomError):
            Text.parse(wrong)


@pytest.mark.parametrize(
    ("source", "meant"),
    [
        ("5 mins", "5 min"), ("5 mins?", "5 min"), ("5m30", "5 min 30 s"), ("five minutes", "5 min"), ("2,5 min", "2.5 min"),
        ("half a minute", "0.5 min"), ("an hour", "1 h"), ("1 hr 5", "1 h 5 min"), ("about 90 secs", "90 s"), ("5'30\"", "5 min 30 s"),
        ("2 Minuten", "2 min"), ("1 hour and 30 minutes", "1 h 30 min"), ("5", None), ("soon", None), ("", None), ("5 days", None),
        ("1 h 2 min 3 s 4 s", None), ("0 min", None),
    ],
)  # fmt: skip
def test_what_was_meant_by_a_length_of_time(source: str, meant: str | None) -> None:
    assert duration_meant(source) == meant


@given(st.text(max_size=30))
def test_what_is_meant_is_always_a_length_of_time(source: str) -> None:
    meant = duration_meant(source)
    assert meant is None or parse_ms(meant)
