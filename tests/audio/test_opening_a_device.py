"""Opening what carries the sound: the first that opens, why not the others, and nothing left open afterwards."""

from __future__ import annotations

import threading

from mindful.audio.opening import Opening, Way
from mindful.audio.sinks.base import SinkError
from tests.audio.made import HandClock, MemorySink


class Slow(MemorySink):
    """A device that takes its time."""

    def __init__(self) -> None:
        super().__init__(HandClock())
        self.asked, self.may = threading.Event(), threading.Event()

    def open(self) -> None:
        self.asked.set()
        assert self.may.wait(5)
        super().open()


def refusing() -> MemorySink:
    raise SinkError("it is not there")


def test_the_first_that_opens_is_given_once_and_the_others_are_told() -> None:
    told: list[str] = []
    sink = MemorySink(HandClock())
    opening = Opening(
        [Way("one", refusing), Way("two", lambda: sink), Way("three", refusing)], "(asked)", lambda: told.append("")
    )
    assert opening.chosen == "not opened yet" and opening.result() == (None, False)
    opening.attempt()
    assert opening.chosen == "two (asked); one: it is not there" and len(told) == 1
    assert opening.result() == (sink, False)
    assert opening.result() == (None, False)


def test_where_none_opens_that_is_told_once() -> None:
    told: list[str] = []
    opening = Opening([Way("one", refusing)], "", lambda: told.append(""))
    opening.attempt()
    assert (opening.result(), opening.result()) == ((None, True), (None, False))
    assert opening.chosen == "no sound device; one: it is not there" and len(told) == 1


def test_what_opens_after_the_end_is_closed_again_and_nothing_more_is_tried() -> None:
    slow, told = Slow(), []
    opening = Opening([Way("slow", lambda: slow), Way("next", refusing)], "", lambda: told.append(""))
    opening.begin()
    assert slow.asked.wait(5) and opening.busy
    assert opening.end() is None
    slow.may.set()
    assert opening._thread is not None
    opening._thread.join(5)
    assert (slow.closed, opening.result(), told, opening.busy) == (1, (None, False), [], False)
    opening.attempt()
    assert opening.chosen == "not opened yet" and opening.result()[0] is None


def test_what_was_opened_and_never_taken_is_handed_over_at_the_end() -> None:
    sink = MemorySink(HandClock())
    opening = Opening([Way("one", lambda: sink)], "", lambda: None)
    opening.attempt()
    assert opening.end() is sink
