"""Opens what carries the sound, on a thread of its own: a device may take seconds. Called by the transport."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mindful.audio.sinks.base import Sink, SinkError

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Way:
    """A sink that may be tried: its name and how to make it."""

    name: str
    make: Callable[[], Sink]


class Opening:
    """Tries the ways in order; the first that opens waits to be taken. `told` is called when there is a result."""

    def __init__(self, ways: Sequence[Way], choice: str, told: Callable[[], None]) -> None:
        self.ways = tuple(ways)
        self.choice = choice
        self.chosen = "not opened yet"
        """Which sink plays, and why not the others; for `mindful doctor` and the log."""
        self._told = told
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._sink: Sink | None = None
        self._refused = self._over = False

    @property
    def busy(self) -> bool:
        """Whether a thread is at it."""
        return self._thread is not None and self._thread.is_alive()

    def begin(self) -> None:
        """Try on a thread. Returns at once."""
        self._thread = threading.Thread(target=self.attempt, daemon=True, name="mindful-open")
        self._thread.start()

    def attempt(self) -> None:
        """Try on this thread. Never raises."""
        reasons = []
        for way in self.ways:
            if self._over:
                return
            try:
                sink = way.make()
                sink.open()
            except SinkError as e:
                reasons.append(f"{way.name}: {e}")
            except Exception as e:  # a library's own failure is a device that cannot be used, not the session's end
                _log.exception("opening %s", way.name)
                reasons.append(f"{way.name}: {e}")
            else:
                self._opened(sink, "; ".join([f"{way.name} {self.choice}".strip(), *reasons]))
                return
        with self._lock:
            self._refused = True
            self.chosen = "; ".join(["no sound device", *reasons])
        self._told()

    def _opened(self, sink: Sink, chosen: str) -> None:
        with self._lock:
            over = self._over
            if not over:
                self._sink, self.chosen = sink, chosen
        if over:
            sink.close()
        else:
            self._told()

    def result(self) -> tuple[Sink | None, bool]:
        """What was opened since the last call, and whether every way was refused."""
        with self._lock:
            sink, self._sink = self._sink, None
            refused, self._refused = self._refused, False
        return sink, refused

    def end(self) -> Sink | None:
        """Open nothing more. Gives what was opened and never taken, to be closed."""
        with self._lock:
            self._over = True
        return self.result()[0]
