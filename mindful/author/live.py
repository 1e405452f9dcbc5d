"""What a script is at this moment of writing: its problems, its outline, and where its steps stand.

Pure: a text in, a `Look` out. `mindful.author.examiner` looks when the workbench asks, and that is when a moment has
passed without a key; `Rest` says when.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from mindful.author import lengths
from mindful.author.outline import Row, length, rows
from mindful.author.place import Index, line_of, steps_of
from mindful.script.load import loads
from mindful.script.model import Script
from mindful.script.nodes import read
from mindful.script.problems import Problem, Source
from mindful.script.safety_words import for_authors
from mindful.timeline.outline import outline
from mindful.timeline.unfold import Setup

QUIET_S = 0.3
"""A pause in typing after which the text is looked at."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A row of the outline and the line of its step, from 0; None for a condition."""

    row: Row
    line: int | None


@dataclass(frozen=True, slots=True)
class Look:
    """A script as it is now."""

    text: str
    playable: bool = False
    problems: tuple[Problem, ...] = ()
    rows: tuple[Placed, ...] = ()
    """Of the last text that could be played."""
    length: str = ""
    steps: Index = ()
    current: bool = True
    """Whether the rows are those of this text."""
    made: bool = True
    """False only before anything was looked at."""
    kept: str = ""
    """Who would be kept from it by the checklist, in a sentence; empty where nobody would."""

    @property
    def errors(self) -> int:
        return sum(p.severity == "error" for p in self.problems)

    def problems_here(self, file: str) -> tuple[Problem, ...]:
        """Those of the text itself, not of scripts that it includes."""
        return tuple(p for p in self.problems if p.file == file)

    @property
    def verdict(self) -> str:
        """In a few words, for the head of the screen."""
        if not self.made:
            return "reading"
        errors, hints = self.errors, len(self.problems) - self.errors
        parts = [f"{n} {word}{'' if n == 1 else 's'}" for n, word in ((errors, "problem"), (hints, "remark")) if n]
        return " and ".join(parts) or "no problems"


NOT_YET = Look("", made=False)
"""Before the first look."""


def look(text: str, file: Path, before: Look | None = None) -> Look:
    """A text as it is now. Rows and lengths stay those of `before` while it cannot be played."""
    loaded = loads(text, str(file), file.parent, clinical=True, further=lengths.CHECKS)
    mine = tuple(p for p in loaded.problems if p.file == str(file))
    others = tuple(p for p in loaded.problems if p.file != str(file))
    index = steps_of(read(Source(str(file), text)))
    if loaded.script is None:
        old = before if before is not None else Look("")
        return Look(text, False, (*mine, *others), old.rows, old.length, index, current=False)
    laid = outline(Setup(loaded.script))
    placed = tuple(Placed(row, line_of(index, row.step) if row.step else None) for row in rows(laid))
    return Look(text, True, (*mine, *others), placed, length(laid), index, kept=for_authors(loaded.script))


def script_of(look: Look, file: Path) -> Script | None:
    """The script that was looked at, read anew since a look does not carry it; None where it cannot be played."""
    return loads(look.text, str(file), file.parent).script if look.playable else None


class Rest:
    """Says when enough time has passed since the last change. Time is handed in, in seconds."""

    def __init__(self, now: Callable[[], float], quiet_s: float = QUIET_S) -> None:
        self._now, self._quiet = now, quiet_s
        self._since: float | None = None

    def touch(self) -> None:
        """Something changed."""
        self._since = self._now()

    def due(self) -> bool:
        """Whether it is time to look; true once for each rest."""
        if self._since is None or self._now() - self._since < self._quiet:
            return False
        self._since = None
        return True
