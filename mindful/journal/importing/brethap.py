"""Sessions of Brethap as JSON: `start` and `end` in Unix milliseconds, `breaths`, perhaps `heartrates`."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from mindful.journal.importing.session import Imported, sound


def read(text: str) -> list[Imported] | None:
    """Its sessions; None where this is another file. It may be a list, or an object that holds one."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if isinstance(data, dict):
        data = next((v for v in data.values() if isinstance(v, list)), None)
    if not isinstance(data, list) or not data or not all(_is(each) for each in data):
        return None
    return [found for each in data if (found := _session(each)) is not None]


def _is(data: Any) -> bool:
    return isinstance(data, dict) and {"start", "end", "breaths"} <= data.keys()


def _session(data: dict[str, Any]) -> Imported | None:
    try:
        start, end = int(data["start"]), int(data["end"])
        if not sound(end - start):
            return None
        started = datetime.fromtimestamp(start / 1000, UTC).astimezone()
        rates = [float(r) for r in data.get("heartrates") or []]
        return Imported(
            started,
            "Breathing: Brethap",
            end - start,
            None,
            True,
            max(0, int(data["breaths"])),
            {"heart_rates": rates} if rates else {},
        )
    except (ValueError, TypeError, OverflowError, OSError):
        return None
