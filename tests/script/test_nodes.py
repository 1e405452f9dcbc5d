"""Plain data from YAML: scalars of YAML 1.2, exact places, limits, and both parsers alike."""

from __future__ import annotations

import math
from typing import Any

import pytest

from mindful.script import nodes, parser
from mindful.script.nodes import Document, read
from mindful.script.parser import plain_value
from mindful.script.problems import Source, Span


def doc(text: str) -> Document:
    return read(Source("s.yaml", text))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("4:30", "4:30"), ("1:02:00", "1:02:00"), ("on", "on"), ("no", "no"), ("yes", "yes"), ("off", "off"),
        ("010", "010"), ("2026-01-02", "2026-01-02"), ("1_000", "1_000"), ("0b1", "0b1"), ("-", "-"), ("+", "+"),
        ("true", True), ("false", False), ("True", "True"), ("FALSE", "FALSE"), ("~", None), ("null", None), ("", None), ("0", 0), ("-3", -3), ("+7", 7),
        ("0x10", 16), ("0o17", 15), ("1.5", 1.5), (".5", 0.5), ("5.", 5.0), ("1e3", 1000.0), ("-1.5E-2", -0.015),
        (".inf", math.inf), ("-.INF", -math.inf), ("9" * 30, "9" * 30), ("1e999999999", "1e999999999"),
    ],
)  # fmt: skip
def test_scalars_are_those_of_yaml_1_2(text: str, value: object) -> None:
    found = plain_value(text)
    assert found == value
    assert type(found) is type(value)


def test_nan_is_a_number_that_is_none() -> None:
    value = plain_value(".nan")
    assert isinstance(value, float)
    assert math.isnan(value)


TEXT = 'a: 1\nb:\n  - x\n  - {c: "two words", d: [3, äö, 5]}\nlong: |\n  first\n  second\n'


def test_every_key_and_value_has_its_place() -> None:
    d = doc(TEXT)
    assert d.data == {"a": 1, "b": ["x", {"c": "two words", "d": [3, "äö", 5]}], "long": "first\nsecond\n"}
    assert d.keys[("b", 1, "c")] == Span(3, 5, 1)
    assert d.values[("b", 1, "c")] == Span(3, 8, 11)
    assert d.values[("b", 1, "d", 1)] == Span(3, 28, 2)
    assert d.values[("b", 1, "d", 2)] == Span(3, 32, 1)
    assert d.place(("b", 1, "d")) == d.keys[("b", 1, "d")]
    assert d.place(("b", 1)) == Span(3, 5, 1)  # a list's entry is shown at its first key
    assert d.place(("b", 1, "no", "such")) == Span(3, 5, 1)
    assert d.within(("long",), "second") == Span(6, 2, 6)
    assert d.within(("b", 1, "c"), "words") == Span(3, 13, 5)
    assert d.within(("a",), "second") == Span(0, 3, 1)


def test_escapes_of_json_for_rare_characters_leave_places_exact() -> None:
    text = '{"a": ["\\ud83d\\ude00", "\\ud83d\\ude00x", 1], "b": 2}'
    d = doc(text)
    assert d.data == {"a": ["😀", "😀x", 1], "b": 2}
    assert d.keys[("b",)] == Span(0, text.index('"b"'), 3)
    assert d.values[("a", 1)] == Span(0, text.index(', "') + 2, 15)


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "{ask: How tense are you?, scale: suds}",
        "- {a: b}\n- [1, 2?, x?y]\n",
        "a: &x 1\nb: *x\n",
        "say: hi\n? k\n: v\n",
    ],
)
def test_the_parser_without_libyaml_reads_the_same(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    fast = doc(text)
    monkeypatch.setattr(parser, "PARSER", parser._Portable)
    slow = doc(text)
    assert slow.data == fast.data
    assert slow.problems == fast.problems == []
    assert slow.keys == fast.keys


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("a: 1\na: 2\n", "MF016", 2, 1),
        ("a: {b: 1, b: [1, {c: 2}], d: 3}\n", "MF016", 1, 11),
        ("a: !x 1\n", "MF017", 1, 4),
        ("!x a: 1\n", "MF017", 1, 1),
        ("a: !!str 1\n", "MF017", 1, 4),
        ("a: *no\n", "MF018", 1, 4),
        ("a: &x [1, *x]\n", "MF018", 1, 11),
        ("a: &x there\n", "MF015", 1, 4),
        ("a: 1\n--- \nb: 2\n", "MF021", 2, 1),
        ("{a: 1}: 2\n", "MF024", 1, 1),
        ("a: 1\n*x : 2\n", "MF024", 2, 1),
        ("\n\n", "MF006", 1, 1),
        ("# only words\n", "MF006", 2, 1),
        ("a: " + "[" * 80 + "]" * 80, "MF020", 1, 67),
        ("a: \x07b\n", "MF004", 1, 4),
        ('a: "\\x07"\n', "MF004", 1, 4),
        ('"a\\x07": 1\n', "MF004", 1, 1),
        ("a: \ud800\n", "MF004", 1, 4),
        ("a: b\u2028c\n", "MF004", 1, 5),
        ("\ta: 1\n", "MF005", 1, 1),
        ("a:\n  - b: 1\n\t- c: 2\n", "MF005", 3, 1),
        ('a: "open\n', "MF012", 1, 4),
        ('a: "\\q"\n', "MF012", 1, 5),
        ("a: ]\n", "MF015", 1, 4),
        ("- ]\n", "MF014", 1, 3),
        ("a: {b: 1\nc: 2\n", "MF014", 1, 4),
        ("a: [b: c: d]\n", "MF011", 1, 9),
        ("  a: 1\nb: 2\n", "MF013", 2, 1),
        ("a: 1\n b: 2\n", "MF013", 2, 2),
        ("- a: 1\n - b: 2\n", "MF013", 2, 2),
        ("a:\n  - b: 1\n     c: 2\n", "MF013", 3, 6),
        ("a: 1\nwords\nb: 2\n", "MF013", 2, 1),
        ("%YAML 3.0\n---\na: 1\n", "MF010", 1, 1),
        ("a: 'b' c\n", "MF012", 1, 8),
        ("a: @b\n", "MF015", 1, 4),
    ],
)  # fmt: skip
def test_each_slip_has_its_code_and_place(text: str, code: str, line: int, column: int) -> None:
    first = doc(text).problems[0]
    assert (first.code, first.line, first.column) == (code, line, column)
    assert first.hint


def test_a_mended_line_lets_the_rest_be_read() -> None:
    d = doc("a: one: two\nb: '*star'\nc: {d: 1} x\ne: 5\n")
    assert d.readable
    assert d.data == {"a": "one: two", "b": "*star", "c": "{d: 1} x", "e": 5}
    assert [p.code for p in d.problems] == ["MF011", "MF015"]


def test_more_slips_than_can_be_mended_end_calmly() -> None:
    d = doc("".join(f"k{i}: a: b\n" for i in range(40)))
    assert not d.readable
    assert len(d.problems) == nodes.MAX_REPAIRS


def test_many_laughs_are_not_expanded() -> None:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"{chr(98 + i)}: &{chr(98 + i)} [{', '.join(['*' + chr(97 + i)] * 10)}]" for i in range(9)]
    assert [p.code for p in doc("\n".join(lines)).problems] == ["MF019"]


def test_too_many_values_are_told_and_a_deep_map_too() -> None:
    assert [p.code for p in doc("[" + "1," * 200_001 + "]").problems] == ["MF019"]
    nested: Any = "{a: " * 300 + "}" * 300
    assert [p.code for p in doc(nested).problems] == ["MF020"]
