"""Mindful minutes as Apple Health has them, a row a session, for apps that write CSV into Health.

See `mindful.journal.export`. Only what Health knows of a mindful session: from when to when. Pauses are in it,
answers and notes never are.
"""

from __future__ import annotations

import csv
import io
from datetime import datetime
from typing import BinaryIO

from mindful.journal.export import Choice, Records, Written

ENDING = ".health.csv"
COLUMNS = ("type", "sourceName", "startDate", "endDate", "value", "unit")
_TYPE = "HKCategoryTypeIdentifierMindfulSession"
_TIME = "%Y-%m-%d %H:%M:%S %z"  # as Apple's own export writes times


def write(records: Records, out: BinaryIO, choice: Choice) -> Written:
    """Write all sessions in which anything was done."""
    del choice  # nothing that it is about is in this table
    count = 0
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    try:
        table = csv.writer(text)
        table.writerow(COLUMNS)
        for record in records():
            if record["elapsed_ms"] <= 0:
                continue
            start, end = (datetime.fromisoformat(record[name]).strftime(_TIME) for name in ("started", "ended"))
            table.writerow([_TYPE, "mindful", start, end, round(record["elapsed_ms"] / 60_000, 2), "min"])
            count += 1
    finally:
        text.detach()
    return Written(count)
