"""How files in the journal are called: `2026/11/20261122T063000Z_box_a1b2c3.json`. Called by all who open or look.

The time is UTC, so names sort as the sessions happened; the token keeps two machines from choosing one name, so that
sync tools merge journals by copying. While the session runs the ending is `.jsonl`.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

RUNNING = ".jsonl"
CLOSED = ".json"
_NAME = re.compile(r"^(?P<started>\d{8}T\d{6}Z)_(?P<session>.+)_(?P<token>[0-9a-f]{6})$")
_LONGEST = 60


def utc(at: datetime) -> str:
    """A moment as names hold it."""
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def plain_session(session: str) -> str:
    """A session's id as every file system takes it."""
    words = re.sub(r"[^a-z0-9_-]+", "-", session.lower()).strip("-_")[:_LONGEST].strip("-_")
    return words or "session"


def record_id(at: datetime, token: str) -> str:
    """The id of a record: when and which, without what."""
    return f"{utc(at)}_{token}"


def stem(journal: Path, at: datetime, session: str, token: str) -> Path:
    """The path of a session's files, without the ending."""
    started = utc(at)
    return journal / started[:4] / started[4:6] / f"{started}_{plain_session(session)}_{token}"


def told(name: str) -> tuple[str, str] | None:
    """The UTC start and the session that a file's stem tells; None when it was renamed."""
    found = _NAME.match(name)
    return (found["started"], found["session"]) if found else None


def started_in(name: str) -> str | None:
    """The UTC start that a file's stem tells; None when a person or a sync tool has renamed it."""
    found = _NAME.match(name)
    return found["started"] if found else None


def nearest(folder: bytes, name: bytes) -> tuple[int, bytes, bytes]:
    """Orders files that tell as much of one session: the one whose name is nearest to ours comes first.

    Copies have longer names. Lists and the table of records must choose alike, whichever file they met first.
    """
    return len(name), name, folder
