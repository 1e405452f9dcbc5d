"""Records for other programs: one module a format. Called by `mindful journal export`.

A format is a module with `ENDING` and `write(records, out, choice) -> Written`. `records()` gives the records anew each
time it is called, oldest first, so that a format may go through them twice without holding them. `choice` says what of
a record is given away; `choosing.chosen` applies it, and every format must.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO, Protocol, cast

Records = Callable[[], Iterator[Mapping[str, Any]]]

FORMATS: dict[str, str] = {
    "csv": "mindful.journal.export.as_csv",
    "jsonl": "mindful.journal.export.as_jsonl",
    "parquet": "mindful.journal.export.as_parquet",
    "fhir": "mindful.journal.export.as_fhir",
    "health": "mindful.journal.export.as_apple",
}
"""name: the module. It is imported when it is used, so that a format may need a library that others do not."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What of a record goes out."""

    private: bool = False
    """Answers that the script marks as private."""
    notes: bool = True
    answers: bool = True


@dataclass(frozen=True, slots=True)
class Written:
    """What was written."""

    records: int
    withheld: int = 0
    """Private answers that were left out."""


class Format(Protocol):
    """What a module of `FORMATS` holds; one with `FOLDER` is a `FolderFormat`."""

    ENDING: str

    def write(self, records: Records, out: BinaryIO, choice: Choice) -> Written:
        """Write all records. Raises OSError."""


class FolderFormat(Protocol):
    """A format that is a folder of files."""

    ENDING: str
    FOLDER: bool

    def write_folder(self, records: Records, to: Path, choice: Choice, client: str | None = None) -> Written:
        """Write all records into a folder. Raises OSError, ImportError."""


def folder_form(name: str) -> FolderFormat | None:
    """The format of this name where it writes a folder; None for all others."""
    found = import_module(FORMATS[name])
    return cast("FolderFormat", found) if getattr(found, "FOLDER", False) else None


def form(name: str) -> Format:
    """The format of this name. Raises KeyError, and ImportError where its library is missing."""
    return cast("Format", import_module(FORMATS[name]))
