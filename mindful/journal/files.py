"""Writing so that no bad moment leaves half a file. Called by the recorder, the store and recovery."""

from __future__ import annotations

import contextlib
import os
import re
from pathlib import Path

from mindful.journal.home import create_private, make_private

DAMAGED = "damaged"
"""The folder in the journal for what could not be read."""

TEMPORARY = re.compile(r"^\..+\.[0-9a-f]{8}\.tmp$")
"""The names of half-written files; such a file is never the only copy of anything."""


def write_all(fd: int, data: bytes) -> None:
    """Write everything to the system. Raises OSError; then a part may have been written."""
    left = memoryview(data)
    while left:
        left = left[os.write(fd, left) :]


def sync_folder(folder: Path) -> None:
    """Ask the disk to remember the names in a folder. Where folders cannot be opened (Windows) nothing happens."""
    with contextlib.suppress(OSError):
        fd = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)


def write_atomic(path: Path, data: bytes) -> None:
    """Put a private file in place: all of it or, when anything goes wrong, what was there before. Raises OSError."""
    import secrets  # a reader of the journal writes nothing

    make_private(path.parent)
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    fd = create_private(temporary)
    try:
        try:
            write_all(fd, data)
            os.fsync(fd)
        finally:
            os.close(fd)
        temporary.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    sync_folder(path.parent)


def set_aside(path: Path, journal: Path) -> Path:
    """Move a file that cannot be read into `damaged/`, never over another; gives its new place. Raises OSError."""
    make_private(journal / DAMAGED)
    for number in range(1, 10_000):
        name = path.name if number == 1 else f"{path.stem}-{number}{path.suffix}"
        target = journal / DAMAGED / name
        try:
            os.close(create_private(target))  # keeps the name for us, also against another program
        except FileExistsError:
            continue
        try:
            path.replace(target)
        except BaseException:
            with contextlib.suppress(OSError):
                target.unlink()
            raise
        return target
    raise FileExistsError(path)
