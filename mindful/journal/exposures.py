"""Exposures out of the journal, oldest first, for figures over weeks and for what could come next."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mindful.journal import store
from mindful.journal.days import day_of
from mindful.timeline.exposure.runs import Run, read


def runs(journal: Path, *, simulated: bool = False) -> tuple[Run, ...]:
    """Every exposure that was begun; of made-up clients only where they are wanted. No journal, none."""
    try:
        entries = store.look(journal).entries
    except OSError:
        return ()
    found: list[tuple[Any, Run]] = []
    for entry in entries:
        if entry.record["simulated"] is True and not simulated:
            continue
        day = day_of(entry.started).isoformat()
        found += [(entry.started, run) for run in runs_of(entry.record, day)]
    return tuple(run for _started, run in sorted(found, key=lambda each: each[0]))


def runs_of(record: Mapping[str, Any], day: str = "") -> list[Run]:
    """The exposures of one record."""
    session = str(record["session"]["id"])
    steps = (step for step in record["steps"] if step["kind"] == "exposure")
    return [run for step in steps if (run := read(step["data"], day, session)) is not None]
