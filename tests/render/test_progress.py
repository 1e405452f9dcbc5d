"""The bar is for a terminal, and a signal ends the work between two pieces of it."""

from __future__ import annotations

import io
import os
import signal

import pytest

from mindful.cli import progress
from mindful.cli.progress import Bar, stoppable


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def shown(monkeypatch: pytest.MonkeyPatch, stderr: io.StringIO, term: str = "xterm") -> str:
    monkeypatch.setattr("sys.stderr", stderr)
    monkeypatch.setenv("TERM", term)
    times = iter(range(10))
    monkeypatch.setattr(progress.time, "monotonic", lambda: float(next(times)))
    bar = Bar("Mixing", lambda: False)
    for done in (0, 5, 10):
        bar(done, 10)
    return stderr.getvalue()


def test_it_moves_on_a_terminal_and_is_gone_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = shown(monkeypatch, Terminal()).split("\r\x1b[K")
    assert rows == ["", f"Mixing {'.' * 30} 0 %", f"Mixing {'#' * 15}{'.' * 15} 50 %", ""]


def test_elsewhere_there_is_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown(monkeypatch, io.StringIO()) == ""
    assert shown(monkeypatch, Terminal(), "dumb") == ""


def test_nothing_to_do_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr", Terminal())
    Bar("Saying", lambda: False)(0, 0)


@pytest.mark.skipif(os.name == "nt", reason="signals are those of POSIX")
class TestSignals:
    def test_the_first_is_noted_and_ends_the_work_at_the_next_step(self) -> None:
        before = signal.getsignal(signal.SIGTERM)
        with stoppable() as stopped:
            bar = Bar("Mixing", stopped)
            bar(1, 10)
            os.kill(os.getpid(), signal.SIGTERM)
            assert stopped()
            with pytest.raises(KeyboardInterrupt):
                bar(2, 10)
        assert signal.getsignal(signal.SIGTERM) is before

    def test_a_second_ends_at_once(self) -> None:
        with stoppable():
            os.kill(os.getpid(), signal.SIGINT)
            with pytest.raises(KeyboardInterrupt):
                os.kill(os.getpid(), signal.SIGINT)

    def test_what_is_ignored_stays_ignored(self) -> None:
        before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
        try:
            with stoppable() as stopped:
                os.kill(os.getpid(), signal.SIGHUP)
                assert not stopped()
        finally:
            signal.signal(signal.SIGHUP, before)
