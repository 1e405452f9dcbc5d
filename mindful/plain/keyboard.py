"""What a person types, line by line, without holding up the session. Called by the command line, read by the performer.

A thread reads the terminal's descriptor itself: a thread that waits inside `sys.stdin` would hold its lock when the
program ends. Signals come through the same queue, so that they are obeyed between two lines and never within one.
"""

from __future__ import annotations

import codecs
import os
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol


@dataclass(frozen=True, slots=True)
class Typed:
    """A line, without its end."""

    text: str


@dataclass(frozen=True, slots=True)
class Told:
    """The system, or Ctrl+C, wants something."""

    what: Literal["interrupt", "terminate", "hangup"]


@dataclass(frozen=True, slots=True)
class Suspended:
    """Ctrl+Z: `halt` stops the program until the shell lets it go on."""

    halt: Callable[[], None]


@dataclass(frozen=True, slots=True)
class NoMore:
    """Nobody can type any longer."""


Heard = Typed | Told | Suspended | NoMore


class Keys(Protocol):
    """Waits and listens at once: with nothing to hear it sleeps until the time is over."""

    def wait(self, seconds: float) -> Heard | None: ...


_CLOSED_AFTER = 3
"""Ends of input in a row (Ctrl+D is one) after which the keyboard counts as gone."""


class Keyboard:
    """Typed lines of a descriptor, and what signal handlers put in. With no descriptor it only sleeps."""

    def __init__(self, fd: int | None = None) -> None:
        self._heard: queue.SimpleQueue[Heard] = queue.SimpleQueue()
        self._fd = fd
        if fd is not None:
            threading.Thread(target=self._read, args=(fd,), name="keyboard", daemon=True).start()

    @property
    def there(self) -> bool:
        """Whether anybody can type."""
        return self._fd is not None

    def put(self, heard: Heard) -> None:
        """May be called from a signal handler."""
        self._heard.put(heard)

    def wait(self, seconds: float | None) -> Heard | None:
        """The next thing heard within `seconds` (None: however long it takes), or None."""
        try:
            return self._heard.get(timeout=None if seconds is None else max(0.0, seconds))
        except queue.Empty:
            return None

    def _read(self, fd: int) -> None:
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        rest, ends = "", 0
        while ends < _CLOSED_AFTER:
            try:
                data = os.read(fd, 4096)
            except OSError:
                break
            ends = ends + 1 if not data else 0
            rest += decoder.decode(data) if data else "\n"
            *whole, rest = rest.split("\n")
            for line in whole:
                self._heard.put(Typed(line.rstrip("\r")))
        self._heard.put(NoMore())
