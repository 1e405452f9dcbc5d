"""Keeps file descriptor 2 from scribbling on the screen. The screen holds this open while it runs.

Sound libraries print from C, past Python: a missing device alone is a dozen lines of ALSA. They go to a log instead.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def stderr_to(log: Path) -> Iterator[None]:
    """Point file descriptor 2 at `log` (made private, appended to), and back at the end, whatever happens.

    May be nested. Where the log cannot be written, at nothing; where descriptor 2 is closed, does nothing.
    """
    try:
        saved = os.dup(2)
    except OSError:
        yield
        return
    try:
        _flush()
        target = _open(log)
        if target is not None:
            try:
                os.dup2(target, 2)
            finally:
                os.close(target)
        yield
    finally:
        _flush()
        os.dup2(saved, 2)
        os.close(saved)


def _open(log: Path) -> int | None:
    with contextlib.suppress(OSError):
        log.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        return os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with contextlib.suppress(OSError):
        return os.open(os.devnull, os.O_WRONLY)
    return None


def _flush() -> None:
    if sys.stderr is not None:
        with contextlib.suppress(OSError, ValueError):
            sys.stderr.flush()
