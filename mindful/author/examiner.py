"""Looks at texts beside whoever writes them: on a thread of its own, one text at a time, the newest first.

The workbench asks and goes on; typing never waits for a look. A text that was replaced by a newer one before its turn
is never looked at. The thread of `mindful author` only waits for a process (`mindful.author.beside`).
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from mindful.author.live import Look, look

Run = Callable[[Callable[[], None]], None]
"""Runs work some time, on some thread."""
Looking = Callable[[str, Path, Look | None], Look]


def on_a_thread(work: Callable[[], None]) -> None:
    """Beside everything else; the program may end in the midst of it."""
    threading.Thread(target=work, name="mindful-examiner", daemon=True).start()


class Examiner:
    """`told` is called on the thread of the work, each time that there is a new look to take."""

    def __init__(self, file: Path, told: Callable[[], None], run: Run = on_a_thread, looking: Looking = look) -> None:
        self._file, self._told, self._run = file, told, run
        self._looking = looking
        self._lock = threading.Lock()
        self._wanted: str | None = None
        """The newest text that nobody has begun to look at."""
        self._at_work = False
        self._newest: Look | None = None
        """The last look there was: rows and lengths stay those of it while a text cannot be played."""
        self._found: Look | None = None
        """The last look that was not taken yet."""
        self._error: BaseException | None = None

    def ask(self, text: str) -> None:
        """Have a text looked at; one that still waits for its turn gives way to it."""
        with self._lock:
            self._wanted = text
            if self._at_work:
                return
            self._at_work = True
        self._run(self._work)

    def take(self) -> Look | None:
        """The newest look, once; None where there is no new one. An error of a look is raised here."""
        with self._lock:
            found, self._found = self._found, None
            error, self._error = self._error, None
        if error is not None:
            raise error
        return found

    @property
    def at_work(self) -> bool:
        """Whether a text is being looked at or waits for it."""
        return self._at_work

    def _work(self) -> None:
        while True:
            with self._lock:
                text, self._wanted = self._wanted, None
                if text is None:
                    self._at_work = False
                    return
            found, error = None, None
            try:
                found = self._looking(text, self._file, self._newest)
            except BaseException as raised:  # the writer's thread is told, and ends the program as for any error
                error = raised
            with self._lock:
                if found is not None:
                    self._found = self._newest = found
                self._error = error or self._error
            self._told()
