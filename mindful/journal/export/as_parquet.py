"""Parquet files in folders by client, year and month, as DuckDB, Polars, Spark and others read them.

See `mindful.journal.export`. Three tables: `sessions` (a row a record), `answers` (a row an answer) and `steps` (a row
a step). Written month by month, so the size of the journal does not matter. Times are UTC with milliseconds;
`utc_offset_min` is that of the place where it was practised.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mindful.journal.days import day_of
from mindful.journal.export import Choice, Records, Written
from mindful.journal.export.choosing import chosen

ENDING = ".parquet"
FOLDER = True
"""It writes a folder of files, not one."""
TABLES = ("sessions", "answers", "steps")


def write_folder(records: Records, to: Path, choice: Choice, client: str | None = None) -> Written:
    """Write all records below a folder that is empty, or holds other clients. Raises OSError, ImportError.

    With `client` each row is in a folder of that name, so that the journals of a clinic lie side by side.
    """
    schemas = _schemas()
    rows: dict[str, list[dict[str, Any]]] = {table: [] for table in TABLES}
    count = withheld = 0
    month: tuple[int, int] | None = None
    part: dict[tuple[int, int], int] = {}
    for record in records():
        given, hidden = chosen(record, choice)
        started = datetime.fromisoformat(given["started"]).astimezone(UTC)
        if month is not None and month != (started.year, started.month):
            _flush(rows, schemas, to, client, month, part)
        month = (started.year, started.month)
        _add(rows, given, started)
        count, withheld = count + 1, withheld + hidden
    if month is not None:
        _flush(rows, schemas, to, client, month, part)
    return Written(count, withheld)


def _add(rows: dict[str, list[dict[str, Any]]], record: Mapping[str, Any], started: datetime) -> None:
    local = datetime.fromisoformat(record["started"])
    offset = local.utcoffset()
    assert offset is not None  # a record without one is damaged and never gets here
    rows["sessions"].append(
        {
            "record": record["id"],
            "session": record["session"]["id"],
            "title": record["session"]["title"],
            "started": started,
            "ended": datetime.fromisoformat(record["ended"]).astimezone(UTC),
            "utc_offset_min": int(offset.total_seconds() // 60),
            "day": day_of(local),
            "status": record["status"],
            "planned_ms": record["planned_ms"],
            "elapsed_ms": record["elapsed_ms"],
            "paused_ms": record["paused_ms"],
            "simulated": record["simulated"],
            "note": record["note"] or None,
        }
    )
    private = set(record["private"])
    for name, value in record["answers"].items():
        number = float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
        rows["answers"].append(
            {
                "record": record["id"],
                "started": started,
                "name": name,
                "number": number,
                "text": value if isinstance(value, str) else None,
                "json": json.dumps(value, ensure_ascii=False),
                "private": name in private,
            }
        )
    for place, step in enumerate(record["steps"]):
        rows["steps"].append(
            {
                "record": record["id"],
                "started": started,
                "place": place,
                **{name: step[name] for name in ("step", "kind", "status", "start_ms", "end_ms")},
                "data": json.dumps(step["data"], ensure_ascii=False),
            }
        )


def _flush(
    rows: dict[str, list[dict[str, Any]]],
    schemas: Mapping[str, Any],
    to: Path,
    client: str | None,
    month: tuple[int, int],
    part: dict[tuple[int, int], int],
) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    from mindful.journal.home import make_private

    number = part[month] = part.get(month, -1) + 1  # records of clocks that were set back may come late
    for table in TABLES:
        folder = to / table
        if client is not None:
            folder /= f"client={client}"
        folder = folder / f"year={month[0]}" / f"month={month[1]}"
        make_private(folder)
        file = folder / f"part-{number}.parquet"
        pq.write_table(pa.Table.from_pylist(rows[table], schema=schemas[table]), file, compression="zstd")
        file.chmod(0o600)
        rows[table].clear()


def _schemas() -> dict[str, Any]:
    import pyarrow as pa

    at = pa.timestamp("ms", tz="UTC")
    return {
        "sessions": pa.schema(
            [
                ("record", pa.string()),
                ("session", pa.string()),
                ("title", pa.string()),
                ("started", at),
                ("ended", at),
                ("utc_offset_min", pa.int16()),
                ("day", pa.date32()),
                ("status", pa.string()),
                ("planned_ms", pa.int64()),
                ("elapsed_ms", pa.int64()),
                ("paused_ms", pa.int64()),
                ("simulated", pa.bool_()),
                ("note", pa.string()),
            ]
        ),
        "answers": pa.schema(
            [
                ("record", pa.string()),
                ("started", at),
                ("name", pa.string()),
                ("number", pa.float64()),
                ("text", pa.string()),
                ("json", pa.string()),
                ("private", pa.bool_()),
            ]
        ),
        "steps": pa.schema(
            [
                ("record", pa.string()),
                ("started", at),
                ("place", pa.int32()),
                ("step", pa.string()),
                ("kind", pa.string()),
                ("status", pa.string()),
                ("start_ms", pa.int64()),
                ("end_ms", pa.int64()),
                ("data", pa.string()),
            ]
        ),
    }
