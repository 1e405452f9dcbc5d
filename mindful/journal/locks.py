"""Is a running session's file still being written? Called by the recorder, which holds the lock, and by recovery.

The system frees a lock when its program is gone, however it went, so a free lock means that nobody writes any more.
Where the disk knows no locks, the number of the program in the file's first line is asked instead.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import platform
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

Taken = Literal["mine", "busy", "unsupported"]

_TRIES, _PAUSE_S = 200, 0.01

if sys.platform == "win32":  # pragma: no cover
    import msvcrt

    _FAR = 1 << 30
    # Locks on Windows forbid reading too: lock one byte far behind the end, where nothing is ever read.

    def _flock(fd: int) -> None:
        os.lseek(fd, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)
        except PermissionError as error:
            raise BlockingIOError(*error.args) from error
        finally:
            os.lseek(fd, 0, os.SEEK_SET)
else:
    import fcntl

    def _flock(fd: int) -> None:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)


def take(fd: int) -> Taken:
    """Lock an open file without waiting. It is freed when the descriptor is closed or the program ends."""
    try:
        _flock(fd)
    except BlockingIOError:
        return "busy"
    except OSError:
        return "unsupported"
    return "mine"


@contextlib.contextmanager
def held(path: Path) -> Iterator[None]:
    """Be the only one to rewrite a file, which is replaced by another of its name; waits two seconds at the most.

    Whoever waited for a file that was replaced meanwhile waits for the new one. Where the disk knows no locks, or
    another program keeps it for longer, the work goes on. Without the file nothing is held.
    """
    fd = None
    for _ in range(_TRIES):
        with contextlib.suppress(OSError):
            fd = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
            taken = take(fd)
            if taken == "unsupported" or (taken == "mine" and same(fd, path)):
                break
            os.close(fd)
            fd = None
        if not path.exists():
            break
        time.sleep(_PAUSE_S)
    try:
        yield
    finally:
        if fd is not None:
            os.close(fd)


def same(fd: int, path: Path) -> bool:
    """Whether the path still leads to the open file: between opening and locking another may have moved it."""
    try:
        return os.path.samestat(os.fstat(fd), path.stat())
    except OSError:
        return False


def host() -> str:
    """This machine, as twelve hex digits: enough to tell two machines apart, and no name in the file."""
    return hashlib.sha256(platform.node().encode("utf-8", "replace")).hexdigest()[:12]


def alive(pid: object) -> bool:
    """Whether a program with this number runs on this machine. In doubt: yes."""
    if not isinstance(pid, int) or isinstance(pid, bool) or pid <= 0:
        return False
    if sys.platform == "win32":  # pragma: no cover
        return True  # os.kill(pid, 0) would end it there; Windows always has locks
    with contextlib.suppress(PermissionError, OverflowError):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
    return True
