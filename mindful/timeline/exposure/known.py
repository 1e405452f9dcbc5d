"""What is known of a client before an exposure begins: handed in by the host, empty for whoever only lays it out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from mindful.timeline.exposure.runs import Run

Agreed = Literal["", "pack", "earlier", "preview", "file"]
"""Who unlocked it: nobody yet; the therapist whose pack it came in; the client, another time; its author, looking.

`file`: it becomes a file, which asks nothing and so cannot be an exposure: a page says what would come.
"""


@dataclass(frozen=True, slots=True)
class Known:
    """What a client brings to an exposure."""

    agreed: Agreed = ""
    runs: tuple[Run, ...] = ()
    """What was done before, oldest first, of any ladder."""
    flags: frozenset[str] = frozenset()
    """What was ticked on the checklist: items with one of these as a caution are not offered."""


NOTHING = Known()
FILE = Known("file")
