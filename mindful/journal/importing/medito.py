"""Medito's statistics as its app keeps them: `audioCompleted`, a moment and a track each.

How long a track is stands nowhere in the file, so these sessions have no length: they count as days and times, and add
no minutes. (Read from the app's source, 2025; a moment is in milliseconds there, seconds are understood too.)
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from mindful.journal.importing.session import Imported


def read(text: str) -> list[Imported] | None:
    """Its sessions; None where this is another file."""
    try:
        data = json.loads(text)
        if isinstance(data, dict) and "audioCompleted" not in data:  # a backup wraps the statistics
            data = next((v for v in data.values() if isinstance(v, dict) and "audioCompleted" in v), data)
        listed = data["audioCompleted"]
        if not isinstance(listed, list):
            return None
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return [found for each in listed if (found := _session(each)) is not None]


def _session(data: Any) -> Imported | None:
    try:
        at = int(data["timestamp"])
        started = datetime.fromtimestamp(at / 1000 if at > 10**11 else at, UTC).astimezone()
        return Imported(started, "Medito", 0, more={"track": str(data["id"])[:100]})
    except (ValueError, TypeError, KeyError, OverflowError, OSError):
        return None
