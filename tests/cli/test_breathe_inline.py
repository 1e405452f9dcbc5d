"""A breath under the prompt: what stands above stays, the terminal is as it was, one line follows, the record is closed."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path

import pytest

from mindful.player.view import PhaseView
from mindful.tui.inline import InlineApp, inline_rows
from mindful.tui.rows import plain, row_width
from tests.terminal import MINDFUL, Terminal
from tests.tui.hosting import HandHost

ALT = b"\x1b[?1049h"


def started(data: Path, *more: str) -> Terminal:
    argv = [*MINDFUL, "breathe", "--inline", "--mute", "--for", "30 s", *more]
    return Terminal(argv, rows=14, env={"MINDFUL_HOME": str(data)})


def statuses(data: Path) -> list[str]:
    return [json.loads(p.read_text())["status"] for p in (data / "journal").rglob("*.json")]


@pytest.mark.pty
def test_q_ends_it_and_one_kind_line_is_left(data: Path) -> None:
    with started(data) as terminal:
        terminal.until_text("Breathe in")
        assert ALT not in terminal.output
        terminal.send("q")
        assert terminal.wait() == 3
        left = [line for line in terminal.screen() if line.strip()]
        assert left == ["A short pause is a pause too."] and terminal.restored() == []
    assert statuses(data) == ["stopped"]


@pytest.mark.pty
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_signal_restores_the_terminal_and_closes_the_record(name: str, data: Path) -> None:
    with started(data) as terminal:
        terminal.until_text("Breathe in")
        os.kill(terminal.process.pid, getattr(signal, name))
        assert terminal.wait() == 4 and terminal.restored() == []
        assert not any("Breathe" in line for line in terminal.screen())
    assert statuses(data) == ["interrupted"]


@pytest.mark.pty
def test_without_a_terminal_for_it_it_is_plain_lines(data: Path) -> None:
    with Terminal(
        [*MINDFUL, "breathe", "--inline", "--mute", "--for", "1 s"], env={"MINDFUL_HOME": str(data), "TERM": "dumb"}
    ) as terminal:
        terminal.until(lambda t: b"let your breath" in t.output, 30)


async def test_the_lines_fit_and_say_what_to_do() -> None:
    host = HandHost()
    script, _ = host.load("quick:minute")
    assert script is not None
    app = InlineApp(host, script, {}, fps=0, look="mono", now=host.clock.now)
    async with app.run_test(size=(60, 3)) as pilot:
        host.clock.forward(2)
        app.screen.frame()  # type: ignore[attr-defined]
        view = app.screen.view  # type: ignore[attr-defined]
        assert isinstance(view.phase, PhaseView)
        for width in (1, 10, 40, 60, 200):
            rows = inline_rows(view, width)
            assert len(rows) == 3 and row_width(rows[0]) <= max(width, 3)
        assert "Breathe in" in plain(inline_rows(view, 60)[0]) and "━" in plain(inline_rows(view, 60)[1])
        await pilot.press("space")
        assert "Paused" in plain(inline_rows(app.screen.view, 60)[0])  # type: ignore[attr-defined]
        await pilot.press("space", "q")
        await pilot.pause()
    assert app.return_value == 3 and host.log.closed[-1]["status"] == "stopped"
