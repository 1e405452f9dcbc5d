"""What comes faster than it is handled is held back, in order and without a loss; and nobody waits for ever."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual._ansi_sequences import SYNC_END, SYNC_START
from textual.app import App
from textual.driver import Driver
from textual.events import Key

from mindful.tui.inflow import BATCH, FEW, STUCK_S, Inflow, held_back, waiting
from mindful.tui.inline import InlineApp

LONG_S = 20.0


class Hand:
    """A loop of which the test is the thread: `run` does what is due, `forward` moves its clock."""

    def __init__(self) -> None:
        self.now = 0.0
        self.due: list[tuple[float, Callable[..., object], tuple[Any, ...]]] = []
        self.called = threading.Event()

    def time(self) -> float:
        return self.now

    def call_soon_threadsafe(self, callback: Callable[..., object], *args: Any) -> None:
        self.due.append((self.now, callback, args))
        self.called.set()

    def call_later(self, delay: float, callback: Callable[..., object], *args: Any) -> None:
        self.due.append((self.now + delay, callback, args))

    def run(self) -> None:
        ready = [each for each in self.due if each[0] <= self.now]
        self.due = [each for each in self.due if each[0] > self.now]
        for _, callback, args in ready:
            callback(*args)

    def forward(self, seconds: float) -> None:
        self.now += seconds
        self.run()


class Typist:
    """The reading thread: it has `events`, and puts into `queue` what is let in."""

    def __init__(self, inflow: Inflow, loop: Hand, events: int) -> None:
        self.queue: list[int] = []
        self.refused = 0
        self._inflow, self._loop, self._events = inflow, loop, events
        self.thread = threading.Thread(target=self._type, daemon=True)

    def _type(self) -> None:
        for number in range(self._events):
            if self._inflow.admit(self._loop):
                self.queue.append(number)
            else:
                self.refused += 1

    def ended(self) -> bool:
        self.thread.join(LONG_S)
        return not self.thread.is_alive()


def typing(events: int) -> tuple[Inflow, Hand, Typist]:
    loop = Hand()
    found: list[Typist] = []
    inflow = Inflow(lambda: len(found[0].queue))
    found.append(Typist(inflow, loop, events))
    found[0].thread.start()
    return inflow, loop, found[0]


def test_a_batch_comes_in_and_the_rest_waits_until_it_is_handled() -> None:
    _, loop, typist = typing(BATCH + 3)
    assert loop.called.wait(LONG_S)
    loop.run()
    assert typist.queue == list(range(BATCH)) and typist.thread.is_alive()
    del typist.queue[FEW:]
    loop.forward(1.0)
    assert typist.ended()
    assert typist.queue == [*range(FEW), *range(BATCH, BATCH + 3)]


def test_fewer_than_a_batch_never_wait() -> None:
    _, loop, typist = typing(BATCH)
    assert typist.ended()
    assert typist.queue == list(range(BATCH)) and not loop.due


@pytest.mark.parametrize("how", ["end", "shut"])
def test_who_waits_is_let_go_when_it_ends_and_the_rest_is_dropped(how: str) -> None:
    inflow, loop, typist = typing(BATCH * 4)
    assert loop.called.wait(LONG_S)
    getattr(inflow, how)()
    assert typist.ended(), "joining the reading thread cannot hang, though no loop runs any more"
    assert len(typist.queue) == BATCH and typist.refused == BATCH * 3


def test_after_a_suspension_input_comes_in_again_but_not_after_the_end() -> None:
    loop = Hand()
    inflow = Inflow(lambda: 0)
    inflow.shut()
    assert not inflow.admit(loop)
    inflow.open()
    assert inflow.admit(loop)
    inflow.end()
    inflow.open()
    assert not inflow.admit(loop)


def test_where_nothing_is_handled_at_all_the_next_keys_come_in_once_in_a_while() -> None:
    _, loop, typist = typing(BATCH + 1)
    assert loop.called.wait(LONG_S)
    loop.run()
    loop.forward(STUCK_S - 0.1)
    assert typist.thread.is_alive() and len(typist.queue) == BATCH
    loop.forward(0.2)
    assert typist.ended()
    assert len(typist.queue) == BATCH + 1


def test_as_long_as_anything_is_handled_it_is_not_taken_for_stuck() -> None:
    _, loop, typist = typing(BATCH + 1)
    assert loop.called.wait(LONG_S)
    loop.run()
    while len(typist.queue) > FEW + 1:
        del typist.queue[0]
        loop.forward(STUCK_S - 0.1)
        assert typist.thread.is_alive()
    del typist.queue[0]
    loop.forward(1.0)
    assert typist.ended()


@settings(deadline=None, max_examples=20)
@given(events=st.integers(0, 700), handled=st.lists(st.integers(1, 90), min_size=1, max_size=8))
def test_nothing_is_lost_and_little_waits_however_fast_it_is_handled(events: int, handled: list[int]) -> None:
    """In a real loop and a real thread; a reader handles some at a time."""

    async def main() -> tuple[list[int], int]:
        loop = asyncio.get_running_loop()
        queue: list[int] = []
        done: list[int] = []
        most = 0
        inflow = Inflow(lambda: len(queue))

        def read() -> None:
            for number in range(events):
                assert inflow.admit(loop)
                loop.call_soon_threadsafe(queue.append, number)

        thread = threading.Thread(target=read, daemon=True)
        thread.start()
        turn = 0
        while len(done) < events:
            most = max(most, len(queue))
            some = handled[turn % len(handled)]
            done += queue[:some]
            del queue[:some]
            turn += 1
            await asyncio.sleep(0)
        return done, most

    done, most = asyncio.run(asyncio.wait_for(main(), LONG_S))
    assert done == list(range(events))
    assert most <= BATCH + FEW


class Plain(Driver):
    """A driver whose reading thread is waited for at the end, as Textual's are."""

    events = 0
    thread: threading.Thread | None = None

    def __init__(self, app: App[Any], **options: Any) -> None:
        super().__init__(app, **options)
        self.written: list[str] = []

    def write(self, data: str) -> None:
        self.written.append(data)

    def start_application_mode(self) -> None:
        self.thread = threading.Thread(target=self._read, daemon=True)
        self.thread.start()

    def _read(self) -> None:
        for _ in range(self.events):
            self.process_message(Key("a", "a"))

    def disable_input(self) -> None:
        if self.thread is not None:
            self.thread.join(LONG_S)

    def stop_application_mode(self) -> None:
        self.disable_input()


class Counting(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.inflow = Inflow(lambda: waiting(self))
        self.keys = 0

    def on_key(self, event: Key) -> None:
        self.keys += 1


async def test_a_driver_waits_for_its_app_and_its_thread_can_be_joined() -> None:
    app = Counting()
    async with app.run_test() as pilot:
        driver = held_back(Plain, lambda app: app.inflow)(app)
        assert isinstance(driver, Plain)
        driver.events = 40 * BATCH
        driver.start_application_mode()
        most = 0
        while app.keys < 10 * BATCH:
            most = max(most, waiting(app))
            await asyncio.sleep(0)
        driver.disable_input()  # while this is waited for nothing is handled
        assert driver.thread is not None and not driver.thread.is_alive()
        await pilot.pause()
        assert 0 < most <= BATCH + FEW + 4 and app.keys < 40 * BATCH


async def test_what_the_program_types_itself_does_not_wait_for_itself() -> None:
    app = Counting()
    async with app.run_test() as pilot:
        driver = held_back(Plain, lambda app: app.inflow)(app)
        for _ in range(3 * BATCH):
            driver.process_message(Key("a", "a"))
        await pilot.pause()
        assert app.keys == 3 * BATCH


async def test_a_picture_is_written_as_one_and_everything_else_at_once() -> None:
    app = Counting()
    async with app.run_test():
        driver = held_back(Plain, lambda app: app.inflow)(app)
        assert isinstance(driver, Plain)
        for data in ("\a", SYNC_START, "a circle", SYNC_END, "\x1b[6n", SYNC_START, SYNC_END):
            driver.write(data)
        assert driver.written == ["\a", f"{SYNC_START}a circle{SYNC_END}", "\x1b[6n", SYNC_START + SYNC_END]


async def test_what_waits_in_textuals_queues_is_counted() -> None:
    """The name of the queue is Textual's own affair: where it changes this fails, and not a megabyte of keys."""
    app = Counting()
    async with app.run_test() as pilot:
        await pilot.pause()
        before = waiting(app)
        for pump in (app, app.screen):
            pump.post_message(Key("a", "a"))
        assert waiting(app) == before + 2
        await pilot.pause()


def test_every_app_has_such_a_driver_under_the_prompt_too(monkeypatch: pytest.MonkeyPatch) -> None:
    from mindful.tui.app import MindfulApp

    monkeypatch.delenv("TEXTUAL_DRIVER", raising=False)
    for kind in (MindfulApp, InlineApp):
        app = kind.__new__(kind)
        assert app.get_driver_class().__name__ == "HeldBack"
