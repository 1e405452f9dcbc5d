"""Things said once, quietly, one after the other. Used by the player's screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from mindful.tui.clean import clean

SHOWN_S = 6.0
"""How long one stays; long enough to read two lines."""


class Notices:
    """`now` is in seconds and handed in."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._queue: list[tuple[float, str]] = []
        self._heard = 0

    def hear(self, notices: Sequence[str]) -> None:
        """All notices of a session so far, as each view carries them; the new ones are told."""
        for text in notices[self._heard :]:
            self.tell(text)
        self._heard = max(self._heard, len(notices))

    def tell(self, text: str, *, at_once: bool = False) -> None:
        """Say it after what is being said, or instead of it."""
        if at_once:
            self._queue.clear()
        begin = max(self._queue[-1][0] if self._queue else 0.0, self._now())
        self._queue.append((begin + SHOWN_S, clean(text).replace("\n", " ")))

    def clear(self) -> None:
        """What is being said is over."""
        self._queue.clear()

    @property
    def share(self) -> float:
        """How much of its time what is said now has had: 0 to 1."""
        return 1 - (self._queue[0][0] - self._now()) / SHOWN_S if self._queue else 0.0

    def current(self) -> str:
        """What is said now; empty: nothing."""
        while self._queue and self._now() >= self._queue[0][0]:
            self._queue.pop(0)
        return self._queue[0][1] if self._queue else ""
