"""Sessions of Brethap: what its export writes (`brethap.sessions.csv`), and its sessions as JSON.

The table has `start` and `end` as local times without an offset, `breaths` and the mean `heartrate`, 0 where there is
none; earlier versions have no heart rate. As JSON `start` and `end` are Unix milliseconds, `heartrates` a list.
"""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from typing import Any

from mindful.journal.importing.session import Imported, sound

_HEADER = ("start", "end", "breaths")


def read(text: str) -> list[Imported] | None:
    """Its sessions; None where this is another file. JSON may be a list, or an object that holds one."""
    if (rows := _rows(text)) is not None:
        return [found for row in rows if (found := _of_row(row)) is not None]
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if isinstance(data, dict):
        data = next((v for v in data.values() if isinstance(v, list)), None)
    if not isinstance(data, list) or not data or not all(_is(each) for each in data):
        return None
    return [found for each in data if (found := _of_json(each)) is not None]


def _rows(text: str) -> list[dict[str, str | None]] | None:
    """The rows of its table; None where it is none."""
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    try:
        names = tuple(rows.fieldnames or ())
        return list(rows) if names in (_HEADER, (*_HEADER, "heartrate")) else None
    except csv.Error:
        return None


def _is(data: Any) -> bool:
    return isinstance(data, dict) and {"start", "end", "breaths"} <= data.keys()


def _of_row(row: dict[str, str | None]) -> Imported | None:
    try:
        # a time without an offset is one of this computer's place
        start, end = (datetime.fromisoformat(row[name] or "").astimezone() for name in ("start", "end"))
        rate = float(row.get("heartrate") or 0)
        return _session(start, (end - start).total_seconds() * 1000, row["breaths"], [rate] if rate else [])
    except (ValueError, TypeError, OverflowError, OSError):
        return None


def _of_json(data: dict[str, Any]) -> Imported | None:
    try:
        start, end = int(data["start"]), int(data["end"])
        rates = [float(r) for r in data.get("heartrates") or []]
        return _session(datetime.fromtimestamp(start / 1000, UTC).astimezone(), end - start, data["breaths"], rates)
    except (ValueError, TypeError, OverflowError, OSError):
        return None


def _session(started: datetime, elapsed_ms: float, breaths: Any, rates: list[float]) -> Imported | None:
    if not sound(elapsed_ms):
        return None
    more = {"heart_rates": rates} if rates else {}
    return Imported(started, "Breathing: Brethap", round(elapsed_ms), None, True, max(0, int(breaths)), more)
