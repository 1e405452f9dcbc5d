"""Keeps a slow line from falling behind: frames are left out, so that what is seen is never long past. Held by the app.

Over ssh on a slow link what was painted waits in buffers that nobody here can see, and a breath that is shown seconds
late is worse than one shown in fewer frames. So the terminal is asked where its cursor is; it answers when it has got
that far. Where answers come later than they once did, the next frame waits for the answer to the last. A terminal that
never answers is believed to keep up; then only Textual's own queue of writes is looked at.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.app import App

QUESTION = "\x1b[6n"
"""Where is the cursor (ECMA-48 DSR 6); Textual reads the answer as `events.CursorPosition`."""
EVERY_S = 0.25
"""How often a line that keeps up is asked."""
LATE_S = 0.1
"""So much later than the quickest answer, and the line is full."""
GOOD = 3
"""After so many quick answers in a row more frames may be on their way at once."""
FREE = 48
"""So many frames on their way are as good as any number."""
KNOWN = 12
"""After so many answers to a single frame the way itself is known."""
LOST_S = 10.0
"""An answer that has not come by then will not."""
FIRST_S = 5.0
"""A terminal that has not answered the first question by then is believed to be one that never answers."""
SPARE_S = 0.4
"""Until then a frame is painted this often, once the answer is late."""
NEAR_S = 0.3
"""An answer that takes longer than this means a full line, until it is known that the line is only far away."""
WRITES = 2
"""Writes that wait in Textual's queue where the line is full."""


class Backlog:
    """Times in seconds, of any clock."""

    def __init__(self) -> None:
        self._quickest = math.inf
        self._asked: float | None = None
        self._last = -math.inf
        self._window = FREE
        """Frames that may be on their way, unseen."""
        self._away = self._covered = 0
        """Frames that are on their way, and those of them that the question stands behind."""
        self._good = self._single = 0
        self._painted = -math.inf

    @property
    def full(self) -> bool:
        """Whether frames are being left out."""
        return self._window < FREE

    @property
    def _late(self) -> float:
        """An answer that takes longer says that the line is full."""
        # The first answers may have stood behind a whole screen; they say nothing of the way itself.
        far = self._quickest if self._single >= KNOWN else min(self._quickest, NEAR_S)
        return far + LATE_S

    def wants(self, now: float) -> bool:
        """Whether it is time to ask; then it counts as asked."""
        if self._asked is not None:
            if now - self._asked < LOST_S:
                return False
            self._asked = None
        if not self._away or (not self.full and now - self._last < EVERY_S):
            return False
        self._asked = self._last = now
        self._covered = self._away
        return True

    def answered(self, now: float) -> None:
        """The terminal has got as far as the question."""
        if self._asked is None:
            return
        took, self._asked = now - self._asked, None
        self._single += self._covered == 1
        self._away -= self._covered
        self._quickest = min(self._quickest, took)
        if took > self._late:
            self._good, self._window = 0, 1
        else:
            self._good += 1
            if self._good % GOOD == 0:
                self._window = min(FREE, self._window + max(1, self._window // 2))

    def room(self, now: float, writes: int = 0) -> bool:
        """Whether a frame may be painted now; `writes`: how many wait in Textual's queue. True counts as painted."""
        if writes >= WRITES:
            return False
        if self._asked is not None:
            waited = now - self._asked
            if math.isinf(self._quickest):
                if NEAR_S + LATE_S < waited < FIRST_S and now - self._painted < SPARE_S:
                    return False
            elif waited > self._late:
                self._good, self._window = 0, 1
        if not math.isinf(self._quickest) and self._away >= self._window:
            return False
        self._away += 1
        self._painted = now
        return True


def waiting(app: App[int]) -> int:
    """How many writes wait in Textual's queue; 0 where there is none (tests, Windows, the browser)."""
    queue = getattr(getattr(getattr(app, "_driver", None), "_writer_thread", None), "_queue", None)
    return queue.qsize() if queue is not None else 0


def may_paint(app: App[int], line: Backlog, now: float) -> bool:
    """Whether a frame may be painted now; asks the terminal, behind all that was painted so far, when it is time to."""
    driver = getattr(app, "_driver", None)
    if driver is not None and not app.is_headless and line.wants(now):
        driver.write(QUESTION)
    return line.room(now, waiting(app))
