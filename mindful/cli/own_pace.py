"""The client's own pace as it was tapped last, kept in `pace.json` in the data folder. For the host and `breathe`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

FASTEST = 20.0
"""Breaths a minute at which a glide begins at most: what was tapped faster is not led on at that pace."""


def remember(path: Path, found: Mapping[str, Any], at: datetime) -> None:
    """Keep it. Never raises: forgetting it does no harm."""
    from mindful.journal.files import write_atomic

    kept = {k: found.get(k) for k in ("rate", "regularity", "breaths")}
    with suppress(OSError, ValueError):
        write_atomic(path, (json.dumps({**kept, "at": at.isoformat(timespec="seconds")}) + "\n").encode())


def known(path: Path) -> tuple[float, str] | None:
    """(breaths a minute, the day on which they were tapped); None where nothing readable is there."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        rate, day = float(found["rate"]), datetime.fromisoformat(found["at"]).date()
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    return (rate, day.isoformat()) if 1 <= rate <= 60 else None
