"""A table with a row a record, for a spreadsheet. See `mindful.journal.export`.

Each answer has a column of its own, `answer.<id>`, after those that every record has. UTF-8 with a byte order mark,
without which spreadsheets take it for something else; rows end as RFC 4180 says. A text that a spreadsheet would take
for a formula has an apostrophe before it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import datetime
from typing import Any, BinaryIO

from mindful.journal.days import day_of
from mindful.journal.export import Choice, Records, Written
from mindful.journal.export.choosing import chosen
from mindful.journal.lines import dumps
from mindful.journal.printable import printable

ENDING = ".csv"
_FIXED = (
    "id", "day", "started", "ended", "session", "title", "status", "reason", "planned_ms", "elapsed_ms", "paused_ms",
    "simulated", "note",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write(records: Records, out: BinaryIO, choice: Choice) -> Written:
    """Write all records as a table."""
    answers: dict[str, None] = {}
    for record in records():
        answers |= dict.fromkeys(chosen(record, choice)[0]["answers"])
    count = withheld = 0
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
    try:
        table = csv.writer(text)
        table.writerow([*_FIXED, *(_cell(f"answer.{name}") for name in answers)])
        for record in records():
            given, hidden = chosen(record, choice)
            table.writerow([*_fixed(given), *(_cell(given["answers"].get(name)) for name in answers)])
            count, withheld = count + 1, withheld + hidden
    finally:
        text.detach()  # what is beneath it belongs to the caller
    return Written(count, withheld)


def _fixed(record: Mapping[str, Any]) -> list[object]:
    session = record["session"]
    known = {"day": day_of(datetime.fromisoformat(record["started"])).isoformat()}
    known |= {"session": session["id"], "title": session["title"]}
    return [_cell(known.get(name, record.get(name))) for name in _FIXED]


def _cell(value: object) -> object:
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).lower()
    if isinstance(value, int | float):
        return value
    words = printable(value if isinstance(value, str) else dumps(value), lines=True)
    return "'" + words if words.startswith(_FORMULA) else words
