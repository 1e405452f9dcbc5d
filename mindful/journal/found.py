"""What a look into the journal finds beside records. Called by the store and by the index."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that is no record for us, and where it is now."""

    path: Path
    why: str
    set_aside: bool
    locked: bool = False
    """It is encrypted, and its key was not given: nothing is wrong with it."""
