"""Looks at texts beside the writing: one at a time, the newest first, an error told to who asked. Nothing sleeps."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from mindful.author.examiner import Examiner
from mindful.author.live import Look

FILE = Path("evening.yaml")
SOON = 30.0
"""Seconds after which a thread that should have answered is taken to hang."""


class Held:
    """Work that is done when a test says so."""

    def __init__(self) -> None:
        self.work: list[Callable[[], None]] = []

    def __call__(self, work: Callable[[], None]) -> None:
        self.work.append(work)

    def go(self) -> None:
        self.work.pop(0)()


def test_a_text_is_looked_at_and_the_look_taken_once() -> None:
    held, told = Held(), list[str]()
    examiner = Examiner(FILE, lambda: told.append("told"), held)
    examiner.ask("mindful: 1\ntitle: A\nsteps:\n  - bell: bowl\n")
    assert examiner.take() is None and examiner.at_work and not told
    held.go()
    found = examiner.take()
    assert found is not None and found.playable and found.problems == () and told == ["told"]
    assert examiner.take() is None and not examiner.at_work


def test_a_text_that_waits_gives_way_to_the_newest() -> None:
    held, seen = Held(), list[str]()

    def looking(text: str, file: Path, before: Look | None) -> Look:
        seen.append(text)
        if text == "one":  # typed on while it is looked at
            for more in ("two", "three", "four"):
                examiner.ask(more)
        return Look(text)

    examiner = Examiner(FILE, lambda: None, held, looking)
    examiner.ask("nought")
    examiner.ask("one")
    assert len(held.work) == 1
    held.go()
    assert seen == ["one", "four"] and not held.work
    found = examiner.take()
    assert found is not None and found.text == "four"


def test_rows_stay_those_of_the_last_text_that_could_be_played() -> None:
    examiner = Examiner(FILE, lambda: None, lambda work: work())
    examiner.ask("mindful: 1\ntitle: A\nsteps:\n  - bell: bowl\n")
    examiner.ask("mindful: 1\ntitle: A\nsteps:\n  - bel: bowl\n")
    found = examiner.take()
    assert found is not None and not found.playable and found.errors == 1
    assert [placed.row.kind for placed in found.rows] == ["bell"] and not found.current


def test_an_error_is_raised_where_the_look_is_taken_and_the_next_text_is_looked_at() -> None:
    def looking(text: str, file: Path, before: Look | None) -> Look:
        if text == "bad":
            raise ZeroDivisionError
        return Look(text)

    examiner = Examiner(FILE, lambda: None, lambda work: work(), looking)
    examiner.ask("bad")
    with pytest.raises(ZeroDivisionError):
        examiner.take()
    assert examiner.take() is None
    examiner.ask("good")
    assert (found := examiner.take()) is not None and found.text == "good"


def test_on_its_own_thread_asking_returns_while_a_look_takes_long() -> None:
    begun, go, told = threading.Event(), threading.Event(), threading.Semaphore(0)
    threads: set[int] = set()

    def looking(text: str, file: Path, before: Look | None) -> Look:
        threads.add(threading.get_ident())
        begun.set()
        assert go.wait(SOON)
        return Look(text)

    examiner = Examiner(FILE, told.release, looking=looking)
    examiner.ask("slow")
    assert begun.wait(SOON)
    examiner.ask("newer")  # would hang here if it waited
    examiner.ask("newest")
    assert examiner.take() is None
    go.set()
    assert told.acquire(timeout=SOON) and told.acquire(timeout=SOON)
    found = examiner.take()
    assert found is not None and found.text == "newest" and threading.get_ident() not in threads
