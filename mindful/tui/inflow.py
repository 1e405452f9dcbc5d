"""Holds back whoever sends more than the screen can handle: a megabyte of keys, a cat on the keyboard, a stuck key.

A thread of Textual's reads the terminal and posts what it reads without end, far faster than it is handled. Here that
thread waits after every few events until they are handled; meanwhile the terminal holds what comes, as it does for any
program that does not read, and nothing is lost. Once the program was told to end, or gives the terminal away for a
while, nothing is let in and nobody waits. `Foundation` has the one `Inflow` of an app and its driver.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from textual.app import App
    from textual.driver import Driver
    from textual.message import Message
    from textual.message_pump import MessagePump

BATCH = 64
"""So many events come in before it is asked whether they are handled: more than anybody types in a second."""
FEW = 8
"""Events that may still wait when the next batch comes; what moves by itself puts some in the same queues."""
AGAIN_S = 0.005
"""How often it is asked."""
STUCK_S = 2.0
"""Where so long nothing at all was handled the next batch is let in: the key that ends the program may be in it."""

PICTURE_BEGINS, PICTURE_ENDS = "\x1b[?2026h", "\x1b[?2026l"
"""Synchronized output: what stands between them is shown at once (mode 2026)."""


class Loop(Protocol):
    """What is needed of asyncio's loop."""

    def time(self) -> float: ...
    def call_soon_threadsafe(self, callback: Callable[..., object], /, *args: Any) -> object: ...
    def call_later(self, delay: float, callback: Callable[..., object], /, *args: Any) -> object: ...


class Inflow:
    """`waiting` says how many messages wait to be handled; it is called in the loop's thread only."""

    def __init__(self, waiting: Callable[[], int]) -> None:
        self._waiting = waiting
        self._let_in = 0
        self._shut = self._ended = False
        self._handled = threading.Event()

    def admit(self, loop: Loop) -> bool:
        """Called by the reading thread before each event; may wait. False: the event is for nobody and is let go."""
        if self._let_in >= BATCH:
            self._let_in = 0
            self._handled.clear()
            if not self._closed:
                loop.call_soon_threadsafe(self._look, loop)
                self._handled.wait()
        self._let_in += 1
        return not self._closed

    @property
    def _closed(self) -> bool:
        return self._shut or self._ended

    def _look(self, loop: Loop, least: int | None = None, since: float = 0.0) -> None:
        waiting, now = self._waiting(), loop.time()
        if least is None or waiting < least:
            least, since = waiting, now
        if self._closed or waiting <= FEW or now - since >= STUCK_S:
            self._handled.set()
        else:
            loop.call_later(AGAIN_S, self._look, loop, least, since)

    # From the loop's thread, or a handler of signals. First the mark and then the event: who clears the event between
    # the two sees the mark, and does not wait.

    def end(self) -> None:
        """The program was told to end: nothing is let in from now on."""
        self._ended = True
        self._handled.set()

    def shut(self) -> None:
        """The terminal is given away, and the reading thread is waited for: it must not wait itself."""
        self._shut = True
        self._handled.set()

    def open(self) -> None:
        """The terminal is there, or there again."""
        self._shut = False


def pumps(app: App[Any]) -> list[MessagePump]:
    """Where input may wait: the app, its screens, and whatever is on them."""
    found: list[MessagePump] = [app]
    for screen in app.screen_stack:
        found += [screen, *screen.walk_children()]
    return found


def waiting(app: App[Any]) -> int:
    """How many messages wait in an app."""
    # Textual has no public way to ask; `tests/tui/test_inflow.py` notices where the name changes.
    return sum(pump._message_queue.qsize() for pump in pumps(app))


def held_back(driver: type[Driver], inflow: Callable[[Any], Inflow]) -> type[Driver]:
    """A driver of Textual's, for whatever system, whose reading thread waits for the app; `inflow`: that of an app."""

    class HeldBack(driver):  # type: ignore[misc, valid-type]
        def __init__(self, app: App[Any], **options: Any) -> None:
            super().__init__(app, **options)
            self._to, self._inflow = app, inflow(app)
            self._held: list[str] | None = None
            """What was written of a picture that is not whole yet."""
            self._asyncio, self._own = asyncio.get_running_loop(), threading.get_ident()

        def send_message(self, message: Message) -> None:
            """Instead of Textual's: in order with the looks of `Inflow`, and without a task for every key."""
            if threading.get_ident() == self._own:
                self._to.post_message(message)
            elif self._inflow.admit(self._asyncio):
                self._asyncio.call_soon_threadsafe(self._to.post_message, message)

        def write(self, data: str) -> None:
            """A picture, its beginning and its end as one: a thread of Textual's is woken for each write."""
            if self._held is not None:
                self._held.append(data)
                if data == PICTURE_ENDS:
                    whole, self._held = "".join(self._held), None
                    super().write(whole)
            elif data == PICTURE_BEGINS:
                self._held = [data]
            else:
                super().write(data)

        def start_application_mode(self) -> None:
            self._inflow.open()
            super().start_application_mode()

        def disable_input(self) -> None:
            self._inflow.shut()
            super().disable_input()

        def stop_application_mode(self) -> None:
            self._inflow.shut()
            super().stop_application_mode()

    return HeldBack
