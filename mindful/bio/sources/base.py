"""What sources have in common: the queue between a device's thread and the engine's, and notices told once.

Called by every source of this room.
"""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING

from mindful.bio.ports import Beats, Chunk, Kind, Notice, NoticeKind, Now, State

if TYPE_CHECKING:
    from mindful.bio.pacing import Pace

MOST_WAITING = 5000
"""Chunks that wait for an engine that does not come; older ones are let go."""
STOP_S = 1.0


class Base:
    """State, queue and notices. A source adds `start`, and a thread where it needs one."""

    kind: Kind = "eeg"
    simulated = False

    def __init__(self, name: str, clock: Now) -> None:
        self.name = name
        self.labels: tuple[str, ...] = ()
        self.rate_hz = 0.0
        self.clock = clock
        self._state: State = "idle"
        self._waiting: deque[Chunk | Beats] = deque(maxlen=MOST_WAITING)
        self._said: deque[Notice] = deque(maxlen=200)
        self._told: set[str] = set()
        self._stop = threading.Event()

    @property
    def state(self) -> State:
        return self._state

    def start(self) -> None:
        raise NotImplementedError

    def read(self) -> list[Chunk] | list[Beats]:
        out: list[Chunk | Beats] = []
        while self._waiting:
            out.append(self._waiting.popleft())
        return out  # type: ignore[return-value]  # a source puts only one of the two in

    def feedback(self, value: float, reward: bool) -> None:
        pass

    def guide(self, pace: Pace | None) -> None:
        pass

    def notices(self) -> list[Notice]:
        out = []
        while self._said:
            out.append(self._said.popleft())
        return out

    def stop(self) -> None:
        self._stop.set()
        self._state = "stopped"

    def say(self, kind: NoticeKind, text: str, once: str = "", **data: float | int | str) -> None:
        """A notice; the same `once` (or kind) is told to the client one time and goes to the record each time."""
        mark = once or kind
        self._said.append(replace(Notice(kind, self.clock.now(), text, data), tell=mark not in self._told))
        self._told.add(mark)


class Threaded(Base):
    """Runs `work` on a daemon thread, which ends when `_stop` is set. A call that hangs in a driver hangs there
    alone.
    """

    _thread: threading.Thread | None = None
    _ever = False
    """Whether anything ever came."""

    def start(self) -> None:
        if self._thread is not None:
            return
        self._state = "opening"
        self._thread = threading.Thread(target=self._guarded, name=f"bio {self.name}", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        super().stop()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(STOP_S)

    def came(self, back: str) -> bool:
        """Data came. Where it had been lost, `back` is told; returns whether it had."""
        if self._state == "on":
            return False
        again, self._state, self._ever = self._ever, "on", True
        if again:
            self.say("back", back)
        return again

    def went(self, lost: str) -> None:
        """Nothing comes any more; told where something had come."""
        if self._state == "on":
            self._state = "lost"
            self.say("lost", lost)

    def _guarded(self) -> None:
        try:
            self.work()
        except Exception as error:  # whatever a driver does, the session goes on
            from mindful.tongue import _

            self._state = "failed"
            self.say(
                "failed", _("The sensor stopped working. The session goes on without it."), error=repr(error)[:200]
            )

    def work(self) -> None:
        """Open, carry, reopen, until `_stop` is set."""
        raise NotImplementedError
