"""A file that is there whole or not at all. Called by `mindful render`.

It is written under a name of its own in the same folder and takes its real name at the end, in one step of the system.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

BUFFER = 1 << 18


class InTheWayError(OSError):
    """There is a file of that name already."""


@contextmanager
def whole(path: Path, *, replace: bool) -> Iterator[BinaryIO]:
    """A new file that becomes `path` when the block ends well, and vanishes when it does not.

    Raises `InTheWayError` where there is one and `replace` is off; OSError as the system does. A link is followed: what
    it points to is replaced.
    """
    path = path.resolve()
    _free(path, replace)
    draft = path.with_name(f".{path.name[:100]}.{secrets.token_hex(4)}.part")
    file = os.fdopen(
        os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666), "w+b", BUFFER
    )
    try:
        yield file
        file.flush()
        os.fsync(file.fileno())
        file.close()
        _free(path, replace)
        os.replace(draft, path)  # noqa: PTH105 -- the word of the system for it
    except BaseException:
        with suppress(OSError):
            file.close()  # what is left in its buffer may not fit on the disk either
        with suppress(OSError):
            draft.unlink()
        raise


def _free(path: Path, replace: bool) -> None:
    if path.exists() and not replace:
        raise InTheWayError(f"“{path.name}” is there already")
