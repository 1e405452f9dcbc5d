"""Sessions from other programs, as records of the journal. Called by `mindful journal import`.

A reader is a function from the text of a file to sessions, or None where the file is not of its kind. What a file does
not say is not made up: such a record says `imported` and from where, and has no answers, cues or settings. The same
session gives the same id each time, so importing a file twice adds nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from mindful.journal import names, saving
from mindful.journal.importing import breathe_cli, brethap, meditation, medito
from mindful.journal.importing.session import Imported

Reader = Callable[[str], list[Imported] | None]

READERS: Mapping[str, Reader] = {
    "breathe-cli": breathe_cli.read,
    "meditation": meditation.read,
    "brethap": brethap.read,
    "medito": medito.read,
}
MAX_BYTES = 64 * 2**20


class UnknownFileError(ValueError):
    """No reader knows this file, or the one that was named does not."""


@dataclass(slots=True)
class Taken:
    """What became of a file."""

    source: str
    new: int = 0
    known: int = 0
    unread: int = 0
    """Lines or entries that made no sense."""
    paths: list[Path] = field(default_factory=list)


def recognise(text: str, source: str | None = None) -> tuple[str, list[Imported]]:
    """Whose file this is, and its sessions. Raises UnknownFileError."""
    for name, read in READERS.items():
        if source in (None, name) and (found := read(text)) is not None:
            return name, found
    raise UnknownFileError(source or "")


def take(journal: Path, source: str, sessions: Iterable[Imported]) -> Taken:
    """Write the sessions as records; those that are there already stay as they are. Raises OSError."""
    taken = Taken(source)
    for session in sessions:
        record = as_record(source, session)
        stem = names.stem(journal, session.started, record["session"]["id"], record["id"][-6:])
        path = stem.with_name(stem.name + names.CLOSED)
        if saving.save(path, record, journal):
            taken.new += 1
            taken.paths.append(path)
        else:
            taken.known += 1
    return taken


def as_record(source: str, session: Imported) -> dict[str, Any]:
    """The session as a record of the present version."""
    key = f"{source}\0{session.started.isoformat()}\0{session.title}\0{session.elapsed_ms}"
    token = hashlib.sha256(key.encode()).hexdigest()[:6]
    from mindful.journal.record import stamp
    from mindful.journal.versions import VERSION

    steps = []
    if session.breaths is not None:
        data = {"cycles": session.breaths}
        steps = [
            {
                "step": "steps[0].breathe",
                "kind": "breathe",
                "status": "done",
                "start_ms": 0,
                "end_ms": session.elapsed_ms,
                "data": data,
            }
        ]
    return {
        "mindful_record": VERSION,
        "id": names.record_id(session.started, token),
        "session": {"id": names.plain_session(session.title), "title": session.title, "sha256": "", "format": 1},
        "status": "completed" if session.completed else "stopped",
        "reason": "",
        "started": stamp(session.started),
        "ended": stamp(session.started + timedelta(milliseconds=session.elapsed_ms)),
        "planned_ms": session.planned_ms,
        "elapsed_ms": session.elapsed_ms,
        "paused_ms": 0,
        "settings": {},
        "variables": {},
        "steps": steps,
        "answers": {},
        "private": [],
        "timing": {"cues": 0, "late_ms": {"p50": None, "p95": None, "max": None}, "clock": "monotonic"},
        "app": source,
        "audio": {"sink": "none", "rate": None},
        "simulated": False,
        "note": "",
        "imported": {"from": source, **session.more},
    }


def local(at: datetime) -> datetime:
    """A time without an offset as this computer's place has it on that day."""
    return at.astimezone() if at.tzinfo is None else at
