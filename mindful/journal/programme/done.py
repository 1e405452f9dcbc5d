"""What was done of a programme, read from the journal: only its months, and of those only the programme's sessions.

The names of files tell when and which (`mindful.journal.names`), so few are opened. A record counts when it was
completed, or when half or more of what was planned was played. Of a locked one only its name is known: it counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from mindful.journal import names, sealing
from mindful.journal.day import day_of
from mindful.journal.programme.progress import Done
from mindful.journal.versions import DamagedError, NewerError, parse

ENOUGH = 0.5
"""The share of a session that counts as having done it."""
_ENDINGS = (names.CLOSED, names.CLOSED + ".age")


def done(journal: Path, sessions: Iterable[str], since: date) -> list[Done]:
    """The sessions of a programme that were done from a day on, oldest first. Changes nothing; never raises."""
    wanted = {names.plain_session(session) for session in sessions}
    found: dict[str, tuple[datetime, str]] = {}
    for path in _files(journal, since):
        stem = path.name.removesuffix(".age").removesuffix(names.CLOSED)
        told = names.told(stem)
        # A sealed record's name need not tell which session it is of.
        if told is not None and told[1] not in wanted and path.suffix != ".age":
            continue
        one = _read(path, told, sessions)
        if one is not None and day_of(one[1]) >= since:
            found.setdefault(one[0], one[1:])
    ordered = sorted(found.values(), key=lambda each: each[0].timestamp())
    return [Done(day_of(started), session=session) for started, session in ordered]


def _files(journal: Path, since: date) -> Iterator[Path]:
    first = since - timedelta(days=1)  # names are UTC
    month = f"{first:%Y}", f"{first:%m}"
    with suppress(OSError):
        for year in sorted(p for p in journal.iterdir() if p.name.isdecimal() and p.name >= month[0]):
            for folder in sorted(p for p in year.iterdir() if (year.name, p.name) >= month and p.is_dir()):
                yield from (p for p in sorted(folder.iterdir()) if p.name.endswith(_ENDINGS) and p.name[0] != ".")


def _read(path: Path, told: tuple[str, str] | None, sessions: Iterable[str]) -> tuple[str, datetime, str] | None:
    """Id, start and session of a record that counts."""
    try:
        record = parse(sealing.read(path))
    except sealing.SealError:
        if told is None or told[1] not in {names.plain_session(session) for session in sessions}:
            return None
        started = datetime.strptime(told[0], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC).astimezone()
        session = next((s for s in sessions if names.plain_session(s) == told[1]), "")
        return f"{told[0]}_{path.name.removesuffix('.json.age')[-6:]}", started, session
    except (OSError, DamagedError, NewerError):
        return None
    session = str(record["session"]["id"])
    if record["simulated"] or session not in sessions or not enough(record):
        return None
    return str(record["id"]), datetime.fromisoformat(record["started"]), session


def enough(record: Mapping[str, Any]) -> bool:
    """Whether a record counts as having done its session."""
    planned = record.get("planned_ms")
    if record["status"] == "completed":
        return True
    return isinstance(planned, int) and planned > 0 and record["elapsed_ms"] >= ENOUGH * planned
