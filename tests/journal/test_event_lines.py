"""Events to lines and back: nothing that a person or a device hands in breaks a line or drives a terminal."""

from __future__ import annotations

import json
import math
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from mindful.journal.lines import dumps, line, parse, plain
from mindful.journal.printable import CONTROL, printable

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary() | st.datetimes(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.integers(), inner) | st.tuples(inner, inner),
    max_leaves=20,
)


@given(anything)
def test_any_value_makes_one_line_that_reads_back(value: object) -> None:
    written = line({"event": "x", "value": value})
    assert written.count(b"\n") == 1
    assert written.endswith(b"\n")
    (event,) = parse(written)
    assert event["value"] == plain(value)


@given(st.text())
def test_a_printed_file_cannot_drive_a_terminal(text: str) -> None:
    assert not CONTROL.search(dumps({text: text}))


@given(st.lists(st.text(min_size=1), min_size=1), st.data())
def test_a_cut_costs_the_last_line_only(texts: list[str], data: st.DataObject) -> None:
    whole = b"".join(line({"event": "x", "text": t}) for t in texts)
    cut = data.draw(st.integers(0, len(whole)))
    complete = whole[:cut].count(b"\n")
    found = [e["text"] for e in parse(whole[:cut])]
    assert found[:complete] == texts[:complete]
    assert len(found) - complete in (0, 1)  # a line that lacks nothing but its newline still counts


def test_a_torn_line_in_the_middle_costs_itself_only() -> None:
    data = line({"event": "a"}) + b'{"event":"b","te\n' + line({"event": "c"})
    assert [e["event"] for e in parse(data)] == ["a", "c"]


def test_what_is_no_event_is_left_out() -> None:
    data = b'[1]\n7\n{"no":"event"}\n{"event":5}\n\xff\xfe\n\x00\x00\n' + b"[" * 100_000 + b'\n{"event":"ok"}\n'
    assert [e["event"] for e in parse(data)] == ["ok"]


def test_values_without_a_json_form() -> None:
    assert plain(math.nan) is None
    assert plain(-math.inf) is None
    assert plain(10**5000) is None
    assert plain(Path("a")) == "a"
    assert plain(datetime(2026, 1, 2, tzinfo=UTC)) == "2026-01-02T00:00:00+00:00"
    assert plain({1: {"a"}}) == {"1": ["a"]}
    assert plain("a\udc80") == "a?"
    assert plain(b"x") == "b'x'"


def test_a_value_that_holds_itself_does_not_hang() -> None:
    ring: list[object] = []
    ring.append(ring)
    json.loads(dumps(ring))


def test_a_person_can_read_what_is_written() -> None:
    assert dumps({"note": "schön, 平静"}) == '{"note":"schön, 平静"}'


def test_printable_keeps_rows_and_shows_what_it_took() -> None:
    assert printable("a\x1b[2Jb\x9bc\u202ed\x00") == "a�[2Jb�c�d�"
    assert printable("one\r\ntwo\tthree") == "one two three"
    assert printable("one\r\ntwo\rthree", lines=True) == "one\ntwo\nthree"
    assert printable(5) == "5"


@given(st.text(alphabet=st.characters()))
def test_nothing_printable_holds_a_control_character(text: str) -> None:
    assert not CONTROL.search(printable(text, lines=True))
    assert "\n" not in printable(text)
