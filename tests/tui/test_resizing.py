"""Any size, at any moment, also absurd ones: no traceback, and the screen comes back whole."""

from __future__ import annotations

from typing import Any

import pytest
from textual.pilot import Pilot

from mindful.tui.app import MindfulApp
from mindful.tui.widgets.pacer import PacerView
from tests.tui.conftest import screen_text
from tests.tui.hosting import HandHost
from tests.tui.test_screens_at_three_sizes import (
    after_rough,
    ask_choices,
    ask_text,
    before_red,
    home,
    learn,
    pass_time,
    player_keys,
    playing_inhale,
    rate_chosen,
    settled,
)

STORM = [(1, 1), (10, 3), (3, 30), (200, 2), (40, 12), (5, 5), (0, 1), (120, 40), (24, 9), (300, 100), (80, 24)]


@pytest.mark.parametrize(
    "scene",
    [home, before_red, playing_inhale, rate_chosen, ask_text, ask_choices, learn, player_keys, after_rough],
    ids=lambda s: s.__name__,
)
async def test_a_storm_of_sizes_leaves_the_screen_as_it_was(scene: Any) -> None:
    host = HandHost()
    app = MindfulApp(host, fps=0, look="mono", now=host.clock.now)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await scene(pilot, host)
        await settled(pilot)
        before = screen_text(app)
        for width, height in STORM:
            await pilot.resize_terminal(max(1, width), max(1, height))
            await settled(pilot)
        await settled(pilot)
        assert screen_text(app).split() == before.split()


@pytest.mark.parametrize("size", [(1, 1), (10, 3), (2, 40), (20, 5)])
async def test_a_session_can_be_lived_through_on_a_tiny_screen(size: tuple[int, int]) -> None:
    host = HandHost()
    app = MindfulApp(host, session="box", begin=True, fps=0, look="true", now=host.clock.now)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await pass_time(pilot, host, 12)
        await pilot.press("space", "space", "h", "x", "plus", "question_mark", "escape", "q", "q")
        await settled(pilot)
        assert host.log.closed[0]["status"] == "stopped"


async def test_the_circle_is_redrawn_for_its_new_room_while_paused() -> None:
    host = HandHost()
    app = MindfulApp(host, session="box", begin=True, fps=0, look="mono", now=host.clock.now)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pass_time(pilot, host, 11)
        await pilot.press("space")
        await resized(pilot, 120, 40)
        disc = app.screen.query_one(PacerView)
        assert len(disc.frame) == disc.size.height > 13


async def resized(pilot: Pilot[Any], width: int, height: int) -> None:
    await pilot.resize_terminal(width, height)
    await settled(pilot)
