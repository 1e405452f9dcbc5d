"""What a killed program leaves in its journal, without a program to kill."""

from __future__ import annotations

import os
from pathlib import Path

from mindful.journal.recorder import Recorder


def killed(recorder: Recorder) -> Path:
    """End a recorder as `kill -9` would: the running file stays as it is, its lock is free. Gives that file."""
    if recorder._syncer is not None:
        # The system ends a program's threads before it frees its locks; one still inside fsync would keep the lock.
        recorder._syncer.finish()
    assert recorder._fd is not None
    os.close(recorder._fd)
    recorder._fd = None
    return recorder.running_path
