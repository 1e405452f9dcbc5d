"""What a person is told when something failed that nobody foresaw, and where the rest of it is kept.

Called by `mindful.cli.main` and `mindful.cli.perform`. A traceback holds no values of variables, so no answers.
"""

from __future__ import annotations

import os
import traceback
from contextlib import suppress
from datetime import datetime
from pathlib import Path

LARGEST = 512 * 1024
"""A longer log is begun anew."""


def log() -> Path:
    """Where the log is; one that became long is begun anew."""
    from mindful.journal import home

    path = home.home() / "mindful.log"
    with suppress(OSError):
        if path.stat().st_size > LARGEST:
            os.truncate(path, 0)
    return path


def sentence(error: BaseException) -> str:
    """Write the error to the log and say so in a sentence."""
    why = "The system did not allow it" if isinstance(error, OSError) else "Something went wrong in the program"
    if isinstance(error, OSError) and error.strerror:
        why += f": {error.strerror}" + (f" ({error.filename})" if error.filename else "")
    path = keep(error)
    if path is None:
        return f"{why}. It could not be written to a log; MINDFUL_DEBUG=1 shows it here."
    return f"{why}. The details are in {path}"


def keep(error: BaseException) -> Path | None:
    """Append the traceback to `mindful.log` in the data folder; where it is, or None when it cannot be written."""
    from mindful.journal import home

    path = log()
    text = f"{datetime.now().astimezone().isoformat(timespec='seconds')}\n" + "".join(traceback.format_exception(error))
    try:
        home.make_private(path.parent)
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, home.FILE_MODE)
        with os.fdopen(fd, "w", encoding="utf-8") as file:
            file.write(text + "\n")
    except OSError:
        return None
    return path
