"""What another program says of one session."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

LONGEST_MS = 24 * 3_600_000
"""What says that it lasted longer is damaged."""


@dataclass(frozen=True, slots=True)
class Imported:
    """One session. Times in whole milliseconds."""

    started: datetime
    """With its offset."""
    title: str
    elapsed_ms: int
    """0 where the file does not say how long."""
    planned_ms: int | None = None
    completed: bool = True
    breaths: int | None = None
    more: dict[str, Any] = field(default_factory=dict)
    """What there is no field for, kept as it was said."""


def sound(ms: float) -> bool:
    """Whether a length can be one."""
    return 0 <= ms <= LONGEST_MS
