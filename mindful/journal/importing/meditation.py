"""`~/.meditation_history.json` of `meditation` (version 3.0): when each session ended, and its length."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from mindful.journal.importing.session import Imported, sound


def read(text: str) -> list[Imported] | None:
    """Its sessions; None where this is another file."""
    try:
        data = json.loads(text)
        sessions = data["sessions"]
        if not isinstance(sessions, list) or not all(isinstance(s, dict) and "duration_seconds" in s for s in sessions):
            return None
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return [found for each in sessions if (found := _session(each)) is not None]


def _session(data: dict[str, Any]) -> Imported | None:
    try:
        lasted = float(data["duration_seconds"]) * 1000
        at = datetime.fromisoformat(data["timestamp"])
        if not sound(lasted):
            return None
        # The program adds no offset: the place of this computer is meant, which may have had another at the start.
        started = (at.astimezone(UTC) - timedelta(milliseconds=int(lasted))).astimezone()
        return Imported(started, f"Meditation: {data.get('session_type', 'timer')}", int(lasted))
    except (ValueError, TypeError, KeyError, OverflowError, OSError):
        return None
