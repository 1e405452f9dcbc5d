"""Typed lines from a real descriptor, and what signal handlers put in."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest

from mindful.plain.keyboard import Keyboard, NoMore, Told, Typed

PATIENCE_S = 10.0


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    ends = os.pipe()
    yield ends
    with suppress(OSError):
        os.close(ends[1])
    for thread in threading.enumerate():
        if thread.name == "keyboard":
            thread.join(PATIENCE_S)  # it reads the end of the pipe and goes; only then may the number be used again
    os.close(ends[0])


def test_lines_are_heard_one_by_one(pipe: tuple[int, int]) -> None:
    keyboard = Keyboard(pipe[0])
    os.write(pipe[1], "p\nzwölf\r\nha".encode())
    os.write(pipe[1], b"lf\n")
    heard = [keyboard.wait(PATIENCE_S) for _ in range(3)]
    assert heard == [Typed("p"), Typed("zwölf"), Typed("half")]


def test_a_letter_cut_in_two_is_put_together(pipe: tuple[int, int]) -> None:
    keyboard = Keyboard(pipe[0])
    whole = "ö\n".encode()
    os.write(pipe[1], whole[:1])
    os.write(pipe[1], whole[1:])
    assert keyboard.wait(PATIENCE_S) == Typed("ö")


def test_bytes_that_are_no_text_do_no_harm(pipe: tuple[int, int]) -> None:
    keyboard = Keyboard(pipe[0])
    os.write(pipe[1], b"\xff\xfe\n")
    assert keyboard.wait(PATIENCE_S) == Typed("\ufffd\ufffd")


def test_the_end_of_the_input_is_told(pipe: tuple[int, int]) -> None:
    keyboard = Keyboard(pipe[0])
    os.close(pipe[1])
    heard = []
    while NoMore() not in heard:
        got = keyboard.wait(PATIENCE_S)
        assert got is not None
        heard.append(got)
    assert all(h == Typed("") for h in heard[:-1])


def test_without_a_descriptor_it_only_sleeps() -> None:
    keyboard = Keyboard(None)
    assert not keyboard.there
    began = time.monotonic()
    assert keyboard.wait(0.05) is None
    assert time.monotonic() - began >= 0.045


def test_what_is_put_in_wakes_at_once() -> None:
    keyboard = Keyboard(None)
    keyboard.put(Told("terminate"))
    assert keyboard.wait(PATIENCE_S) == Told("terminate")


def test_a_time_that_is_over_is_no_error() -> None:
    assert Keyboard(None).wait(-1) is None
