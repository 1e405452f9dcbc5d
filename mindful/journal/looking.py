"""Which files lie in the journal, and what can be told of them without opening one. Called by the index.

A folder's digest is over all that is known of its files: when it is as before, none of them needs a look.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from mindful.journal.files import DAMAGED


class Seen(NamedTuple):
    """What the file system says of a file. A tuple, as there is one for each file each time."""

    mtime_ns: int
    ctime_ns: int
    size: int
    inode: int

    @property
    def text(self) -> str:
        """All of it, to compare."""
        return f"{self.mtime_ns} {self.ctime_ns} {self.size} {self.inode}"

    def racy(self, now_ns: int, within_ns: int) -> bool:
        """Whether it was written so near to now that a second writing need not show."""
        return min(abs(now_ns - self.mtime_ns), abs(now_ns - self.ctime_ns)) <= within_ns


@dataclass(slots=True)
class Folder:
    """One folder's files by name. Paths are bytes below the journal: a name need not be text."""

    path: bytes
    files: dict[bytes, Seen] = field(default_factory=dict)
    digest: bytes = b""


def look(journal: Path, endings: Sequence[str]) -> list[Folder]:
    """The folders that hold files with these endings. Hidden ones and `damaged/` are left out.

    A journal that is not there holds none. Raises OSError for a folder that cannot be looked into.
    """
    wanted = tuple(os.fsencode(e) for e in endings)
    top = os.fsencode(journal)
    found: list[Folder] = []
    waiting = [b""]
    while waiting:
        path = waiting.pop()
        folder = Folder(path)
        parts: list[str] = []
        try:
            with os.scandir(os.path.join(top, path)) as entries:  # noqa: PTH118 -- bytes
                listed = sorted(entries, key=lambda e: e.name)
        except FileNotFoundError:
            continue
        for entry in listed:
            name = entry.name
            if name.startswith(b"."):
                continue
            if entry.is_dir(follow_symlinks=False):
                if path or name != DAMAGED.encode():
                    waiting.append(os.path.join(path, name))  # noqa: PTH118
                continue
            if not name.endswith(wanted):
                continue
            try:
                stat = entry.stat()
            except FileNotFoundError:
                continue  # moved by another program just now, or a link that leads nowhere
            seen = Seen(stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size, stat.st_ino)
            folder.files[name] = seen
            parts.append(f"{name!r} {seen[0]} {seen[1]} {seen[2]} {seen[3]}")
        if folder.files:
            folder.digest = hashlib.blake2b("\n".join(parts).encode(), digest_size=16).digest()
            found.append(folder)
    return found
