"""Putting a closed record in place. Called by the recorder and by recovery, so that the richer record always wins."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any

from mindful.journal import sealing
from mindful.journal.files import set_aside
from mindful.journal.lines import dumps
from mindful.journal.versions import DamagedError, NewerError, parse


def encode(record: dict[str, Any]) -> bytes:
    """The bytes of a record's file."""
    return dumps(record, indent=1).encode() + b"\n"


def richness(record: dict[str, Any]) -> tuple[bool, int, int, int, int]:
    """How much a record knows; of two about the same session the one with more is kept."""
    counts = len(record["steps"]), len(record["answers"]), len(record["note"])
    return record["status"] != "interrupted", record["elapsed_ms"], *counts


def save(path: Path, record: dict[str, Any], journal: Path) -> bool:
    """Write the record unless a file of that name already knows as much; a note there is carried over.

    Gives whether it was written, sealed where the journal is. A damaged file in its place is set aside first. Raises
    OSError, also where what is there cannot be opened.
    """
    at = sealing.here(path)
    try:
        there = parse(sealing.read(at))
    except FileNotFoundError:
        there = None
    except NewerError:
        return False
    except DamagedError:
        there = None
        with contextlib.suppress(FileNotFoundError):
            set_aside(at, journal)
    if there is not None:
        if not record["note"] and there["note"]:
            record = record | {"note": there["note"]}
        if richness(record) <= richness(there):
            return False
    sealing.write(path, encode(record), journal)
    return True
