"""However the screen ends, the record is closed, and the exit status says how it was."""

from __future__ import annotations

import asyncio
import os
import signal
from typing import Any

import pytest
from textual.events import Key

from mindful.tui import run as run_module
from mindful.tui.app import DONE, FAILED, STOPPED, MindfulApp
from tests.tui.hosting import HandHost


async def started(host: HandHost, **options: Any) -> MindfulApp:
    return MindfulApp(host, session="box", begin=True, fps=0, look="mono", now=host.clock.now, **options)


async def settle(pilot: Any) -> None:
    for _ in range(4):
        await pilot.pause()


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT"])
async def test_a_signal_closes_the_record_as_interrupted(name: str) -> None:
    host = HandHost()
    app = await started(host)
    async with app.run_test() as pilot:
        await settle(pilot)
        os.kill(os.getpid(), getattr(signal, name))
        await asyncio.sleep(0)
        await settle(pilot)
    assert [(c["status"], c["reason"]) for c in host.log.closed] == [("interrupted", name)]
    assert app.return_code == FAILED


async def test_a_signal_is_heard_while_a_flood_of_keys_waits() -> None:
    """Keys come from a thread, by the same socket by which asyncio hears of a signal: a few hundred fill it."""
    host = HandHost()
    app = await started(host)
    async with app.run_test() as pilot:
        await settle(pilot)
        loop, typed = asyncio.get_running_loop(), 0

        def type_one() -> None:
            nonlocal typed
            typed += 1
            app.post_message(Key("a", "a"))

        for _ in range(5000):
            loop.call_soon_threadsafe(type_one)
        os.kill(os.getpid(), signal.SIGTERM)
        while typed < 5000:
            await asyncio.sleep(0)
        assert app._message_queue.qsize() < 100, "it has heard, and works off no key"
        await settle(pilot)
    assert [(c["status"], c["reason"]) for c in host.log.closed] == [("interrupted", "SIGTERM")]
    assert app.return_code == FAILED


async def test_a_crash_closes_the_record_and_shows_no_answers(capsys: pytest.CaptureFixture[str]) -> None:
    host = HandHost()
    app = await started(host)
    with pytest.raises(ZeroDivisionError):
        async with app.run_test() as pilot:
            await settle(pilot)
            app.screen.call_later(lambda: 1 // 0)
            await settle(pilot)
    assert [(c["status"], c["reason"]) for c in host.log.closed] == [("interrupted", "crash: ZeroDivisionError")]
    assert isinstance(app.crash, ZeroDivisionError) and app.status == FAILED
    assert capsys.readouterr().err == ""


async def test_where_signals_cannot_be_heard_the_screen_still_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: Any) -> None:
        raise NotImplementedError

    monkeypatch.setattr(asyncio.get_running_loop(), "add_signal_handler", none)
    host = HandHost()
    app = await started(host)
    async with app.run_test() as pilot:
        await settle(pilot)
        assert host.conductor is not None and host.conductor.state.status == "playing"


async def test_the_exit_status_of_a_session_stopped_early_is_three() -> None:
    host = HandHost()
    app = await started(host)
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("q", "q")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
    assert app.return_value == STOPPED


async def test_the_exit_status_of_a_whole_session_is_zero() -> None:
    host = HandHost()
    app = await started(host)
    async with app.run_test() as pilot:
        await settle(pilot)
        for _ in range(160):
            host.clock.forward(1)
            if hasattr(app.screen, "frame"):
                await app.screen.frame()
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
    assert app.return_value == DONE
    assert host.log.closed[0]["status"] == "completed"


async def test_aborting_twice_closes_once() -> None:
    host = HandHost()
    app = await started(host)
    async with app.run_test() as pilot:
        await settle(pilot)
        app.abort("one")
        app.abort("two")
    assert len(host.log.closed) == 1


def test_run_gives_the_status_and_leaves_no_record_open(monkeypatch: pytest.MonkeyPatch) -> None:
    host = HandHost()
    aborted: list[str] = []
    monkeypatch.setattr(MindfulApp, "run", lambda self: STOPPED)
    monkeypatch.setattr(MindfulApp, "abort", lambda self, reason: aborted.append(reason))
    assert run_module.run(host, session="box") == STOPPED
    assert aborted == ["the screen ended"]


def test_run_says_a_crash_in_plain_words_and_ends_with_four(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def crashing(self: MindfulApp) -> None:
        self.crash = ValueError("the disk is full")

    monkeypatch.setattr(MindfulApp, "run", crashing)
    assert run_module.run(HandHost()) == FAILED
    said = capsys.readouterr().err
    assert "not with you" in said and "the disk is full" in said


def test_run_respects_the_return_code_of_the_app(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MindfulApp, "run", lambda self: None)
    monkeypatch.setattr(MindfulApp, "return_code", FAILED)
    assert run_module.run(HandHost()) == FAILED
