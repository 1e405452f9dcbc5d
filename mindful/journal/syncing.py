"""Asking the disk to keep what the system was given, without making the session wait. Called by the recorder.

A disk may take a long moment for this, and the caller paints a pacer.
"""

from __future__ import annotations

import os
import threading


class Syncer:
    """Syncs one open file from a thread of its own. The thread starts with the first request."""

    def __init__(self, fd: int) -> None:
        self._fd = fd
        self._wanted = threading.Event()
        self._over = False
        self._thread: threading.Thread | None = None
        self.error: OSError | None = None
        """What the disk said when it could not."""

    def ask(self) -> None:
        """Have everything written so far kept soon. Returns at once."""
        if self._over:
            return
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="journal-sync", daemon=True)
            self._thread.start()
        self._wanted.set()

    def finish(self) -> None:
        """End the thread, so that the file may be closed. What it has not begun is left undone. May be called twice."""
        self._over = True
        self._wanted.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _run(self) -> None:
        while not self._over:
            self._wanted.wait()
            self._wanted.clear()
            try:
                os.fsync(self._fd)
            except OSError as error:
                self.error = error
