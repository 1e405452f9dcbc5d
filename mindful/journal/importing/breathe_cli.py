"""`~/.breathe_log.csv` of breathe-cli (read from its version 1.14): a row a session, local times without an offset."""

from __future__ import annotations

import csv
import io
from datetime import datetime

from mindful.journal.importing.session import Imported, sound

_HEADER = ("date", "time", "preset", "ratio", "duration_target_s", "duration_actual_s", "breaths")


def read(text: str) -> list[Imported] | None:
    """Its sessions; None where this is another file. Rows that make no sense are left out."""
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    try:
        if rows.fieldnames is None or tuple(rows.fieldnames[: len(_HEADER)]) != _HEADER:
            return None
        return [found for row in rows if (found := _session(row)) is not None]
    except csv.Error:
        return None


def _session(row: dict[str, str | None]) -> Imported | None:
    try:
        started = datetime.strptime(f"{row['date']} {row['time']}", "%Y-%m-%d %H:%M:%S").astimezone()
        actual, target = int(row["duration_actual_s"] or ""), int(row["duration_target_s"] or "")
        if not (sound(actual * 1000) and sound(target * 1000)):
            return None
        return Imported(
            started,
            f"Breathing: {row['preset']}",
            actual * 1000,
            target * 1000,
            (row.get("status") or "completed") == "completed",
            max(0, int(row["breaths"] or 0)),
            {"ratio": row["ratio"] or ""},
        )
    except (ValueError, TypeError, OverflowError, OSError):
        return None
