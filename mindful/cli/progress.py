"""How far a long piece of work is, and how to stop it. Called by `mindful render`.

Signals only raise a flag, which is looked at between two pieces of work: an exception out of a signal could come up
within an encoder's own code and be lost there.
"""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from mindful.cli.say import dumb

WIDTH = 30
EVERY_S = 0.1

Stopped = Callable[[], bool]


@contextmanager
def stoppable() -> Iterator[Stopped]:
    """While it lasts, Ctrl-C, SIGTERM and SIGHUP are only noted; a second one ends at once."""
    seen: list[int] = []
    kept: dict[int, Any] = {}

    def note(number: int, _: object) -> None:
        if seen:
            raise KeyboardInterrupt
        seen.append(number)

    try:
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) is not signal.SIG_IGN:  # nohup means it
                kept[number] = signal.signal(number, note)
        yield lambda: bool(seen)
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)


class Bar:
    """A bar on stderr where that is a terminal, and nothing elsewhere. Called with (done, of how many).

    Raises KeyboardInterrupt when the work is to stop.
    """

    def __init__(self, label: str, stopped: Stopped) -> None:
        self._label, self._stopped = label, stopped
        self._shown = sys.stderr.isatty() and not dumb()
        self._next = 0.0

    def __call__(self, done: int, whole: int) -> None:
        if self._stopped():
            self._write("")
            raise KeyboardInterrupt
        now = time.monotonic()
        if done < whole and now < self._next:
            return
        self._next = now + EVERY_S
        part = done / whole if whole else 1.0
        filled = round(WIDTH * part)
        self._write(
            "" if done >= whole else f"{self._label} {'#' * filled}{'.' * (WIDTH - filled)} {int(100 * part)} %"
        )

    def _write(self, text: str) -> None:
        if self._shown:
            with suppress(OSError):
                sys.stderr.write(f"\r\x1b[K{text}")
                sys.stderr.flush()
