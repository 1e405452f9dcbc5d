"""One record a line, as it is in its file. See `mindful.journal.export`."""

from __future__ import annotations

from typing import BinaryIO

from mindful.journal.export import Choice, Records, Written
from mindful.journal.export.choosing import chosen
from mindful.journal.lines import dumps

ENDING = ".jsonl"


def write(records: Records, out: BinaryIO, choice: Choice) -> Written:
    """Write all records as JSON lines."""
    count = withheld = 0
    for record in records():
        given, hidden = chosen(record, choice)
        out.write(dumps(given).encode() + b"\n")
        count, withheld = count + 1, withheld + hidden
    return Written(count, withheld)
