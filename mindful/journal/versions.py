"""What a record file must be to be read, and how old ones become new ones. Called by the store and by saving.

Each upgrade takes the plain data of one version and returns that of the next; nobody else knows old shapes. What a
record holds beyond this version's shape is kept.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

VERSION = 1
"""The version that this program writes."""

Upgrade = Callable[[dict[str, Any]], dict[str, Any]]

UPGRADES: dict[int, Upgrade] = {}
"""From a version to the next one: `UPGRADES[1]` will make version 2 of version 1."""


class DamagedError(ValueError):
    """The file is no record, or not a whole one. The text says what is wrong."""


class NewerError(ValueError):
    """A newer mindful wrote this record; it is whole, only not for us."""


def parse(data: bytes) -> dict[str, Any]:
    """A record of this version from the bytes of a file. Raises DamagedError, NewerError."""
    try:
        record = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise DamagedError("it is empty" if not data.strip() else "it is not complete JSON") from error
    if not isinstance(record, dict):
        raise DamagedError("it is not a record")
    return check(upgrade(record))


def upgrade(record: dict[str, Any], upgrades: Mapping[int, Upgrade] = UPGRADES, to: int = VERSION) -> dict[str, Any]:
    """The record in the version `to`. Raises DamagedError, NewerError."""
    version = record.get("mindful_record")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise DamagedError("it does not say which version of record it is")
    if version > to:
        raise NewerError(f"a newer mindful wrote it (record version {version}, this one reads up to {to})")
    while version < to:
        try:
            record = upgrades[version](dict(record))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise DamagedError(f"it cannot be read as record version {version}") from error
        version += 1
        record["mindful_record"] = version
    return record


def check(record: dict[str, Any]) -> dict[str, Any]:
    """The record itself when it has the shape that every reader counts on. Raises DamagedError."""
    for name, fits in _SHAPE.items():
        if name not in record:
            raise DamagedError(f"`{name}` is missing")
        if not fits(record[name]):
            raise DamagedError(f"`{name}` is not what it should be")
    return record


def _ms(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _time(value: object) -> bool:
    try:
        return isinstance(value, str) and datetime.fromisoformat(value).utcoffset() is not None
    except ValueError:
        return False


def _text(value: object) -> bool:
    return isinstance(value, str)


def _map(value: object) -> bool:
    return isinstance(value, dict)


def _session(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(value.get(name), str) for name in ("id", "title"))


def _steps(value: object) -> bool:
    return isinstance(value, list) and all(
        isinstance(step, dict)
        and all(isinstance(step.get(name), str) for name in ("step", "kind", "status"))
        and _ms(step.get("start_ms"))
        and _ms(step.get("end_ms"))
        and isinstance(step.get("data"), dict)
        for step in value
    )


_SHAPE: dict[str, Callable[[object], bool]] = {
    "id": lambda value: isinstance(value, str) and value != "",
    "session": _session,
    "status": lambda value: value in ("completed", "stopped", "interrupted"),
    "reason": _text,
    "started": _time,
    "ended": _time,
    "planned_ms": lambda value: value is None or _ms(value),
    "elapsed_ms": _ms,
    "paused_ms": _ms,
    "settings": _map,
    "variables": _map,
    "steps": _steps,
    "answers": _map,
    "private": lambda value: isinstance(value, list) and all(isinstance(name, str) for name in value),
    "timing": _map,
    "app": _text,
    "audio": _map,
    "simulated": lambda value: isinstance(value, bool),
    "note": _text,
}
"""What every record of this version holds. More keys may be there; these must."""
