"""The client's own resonance pace, as an assessment found it. Called by the host and by the command that shows it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from mindful.journal.files import write_atomic

SLOWEST, FASTEST = 3.5, 12.0


def read(file: Path) -> dict[str, Any] | None:
    """All that was found: `per_min`, `trust`, `steps`, `found` (when); None where there is nothing that can be used."""
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        rate = data["per_min"]
        usable = isinstance(rate, int | float) and not isinstance(rate, bool) and SLOWEST <= rate <= FASTEST
        return data if usable else None
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def kept(file: Path) -> float | None:
    """Breaths a minute; None where nothing was found."""
    found = read(file)
    return None if found is None else float(found["per_min"])


def keep(file: Path, found: Mapping[str, Any], at: datetime) -> None:
    """Keep what an assessment found, in place of an earlier one. Raises OSError."""
    data = {"mindful_resonance": 1, "found": at.isoformat(timespec="seconds"), **found}
    write_atomic(file, (json.dumps(data, indent=1) + "\n").encode())
