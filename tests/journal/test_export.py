"""Records for other programs: whole, private where that is wanted, and harmless in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from mindful.journal.export import Choice, Written, form
from tests.records import record, years

AT = datetime(2026, 11, 22, 2, 30, tzinfo=UTC)
SOME = [
    record(AT, answers={"before": 6, "why": "my secret", "ok": True}, private=["why"], note="=1+2"),
    record(
        AT + timedelta(days=1), token="bbbbbb", answers={"after": None, "list": ["a", "b"]}, note="two\nlines \x1b[31m"
    ),
]


def written(name: str, found: list[dict[str, Any]], choice: Choice | None = None) -> tuple[bytes, Written]:
    def records() -> Iterator[Mapping[str, Any]]:
        yield from found

    out = io.BytesIO()
    done = form(name).write(records, out, choice or Choice())
    assert not out.closed, "it belongs to the caller"
    return out.getvalue(), done


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("name", ["csv", "jsonl"])
def test_tables_and_lines_keep_private_answers_back(name: str) -> None:
    data, done = written(name, SOME)
    assert done == Written(2, 1) and b"my secret" not in data
    data, done = written(name, SOME, Choice(private=True))
    assert done == Written(2, 0) and b"my secret" in data
    data, _ = written(name, SOME, Choice(private=True, answers=False, notes=False))
    assert b"my secret" not in data and b"lines" not in data
    assert written(name, [])[1] == Written(0, 0)


def test_lines_are_the_records() -> None:
    data, _ = written("jsonl", SOME, Choice(private=True))
    assert [json.loads(line) for line in data.splitlines()] == SOME


def test_a_table_reads_back() -> None:
    one, two = rows(written("csv", SOME)[0])
    assert one["day"] == "2026-11-21", "before 04:00 it is the day before"
    assert (one["id"], one["session"], one["elapsed_ms"], one["answer.before"], one["answer.ok"]) == (
        SOME[0]["id"], "settle", "300000", "6", "true",
    )  # fmt: skip
    assert one["note"] == "'=1+2" and "answer.why" not in one
    assert two["answer.after"] == "" and json.loads(two["answer.list"]) == ["a", "b"]
    assert two["note"].startswith("two\nlines ") and "\x1b" not in two["note"]


def test_sums_are_the_same_in_every_format() -> None:
    found = list(years(300))
    table = rows(written("csv", found)[0])
    lines = [json.loads(line) for line in written("jsonl", found)[0].splitlines()]
    sums = [
        sum(r["elapsed_ms"] for r in found),
        sum(int(r["elapsed_ms"]) for r in table),
        sum(r["elapsed_ms"] for r in lines),
    ]
    assert len(table) == len(lines) == 300 and len(set(sums)) == 1
