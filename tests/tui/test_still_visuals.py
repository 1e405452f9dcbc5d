"""Breaths that an author wants shown without movement: `visual: word` and `visual: none`."""

from __future__ import annotations

import math
from typing import Any

import pytest

from mindful.tui.pacers.circle import frame
from mindful.tui.widgets.pacer import PacerView
from tests.tui.test_player_keys import Driver, playing

SCRIPT = """
mindful: 1
title: Still
steps:
  - breathe: {pattern: {inhale: 4, exhale: 6}, cycles: 3, visual: %s}
  - pause: 10 s
"""


def still(visual: str) -> Any:
    return playing("still", still=SCRIPT % visual)


async def looks(d: Driver, seconds: int) -> list[list[str]]:
    """The rows between the head and the phase, every half second."""
    out = []
    for _ in range(2 * seconds):
        await d.run(0.5, step=0.5)
        out.append([line.strip() for line in d.text.splitlines()[6:18]])
    return out


async def test_none_shows_nothing_in_the_middle_and_no_count() -> None:
    async with still("none") as d:
        seen = await looks(d, 18)
        assert not any(line for rows in seen for line in rows)
        assert [s.strip() for s in d.text.splitlines() if "Breathe" in s] == ["Breathe in"] or "Breathe out" in d.text


async def test_word_says_the_phase_and_its_count_in_the_middle_where_there_is_no_room_for_big_letters() -> None:
    async with playing("still", size=(60, 24), still=SCRIPT % "word") as d:
        said = [[line for line in rows if line] for rows in await looks(d, 9)]
        assert said[1] == ["Breathe in", "3"]
        assert [rows[0] for rows in said] == ["Breathe in"] * 7 + ["Breathe out"] * 11
        assert d.text.count("Breathe") == 1


@pytest.mark.parametrize("visual", ["none", "word"])
async def test_no_ring_comes_after_a_still_breath(visual: str) -> None:
    async with still(visual) as d:
        await d.run(33)
        assert not any(line.strip() for line in d.text.splitlines()[6:18])


async def test_the_circle_is_drawn_for_the_moment_at_which_it_is_seen() -> None:
    async with still("circle") as d:
        await d.run(1.5)
        disc = d.app.screen.query_one(PacerView)
        assert disc.frame == frame(*disc.size, "inhale", 0.5 - 0.5 * math.cos(math.pi * (1.5 + 0.008) / 4))
        assert disc.frame != frame(*disc.size, "inhale", 0.5 - 0.5 * math.cos(math.pi * 1.46 / 4))


async def test_a_breath_that_would_flicker_is_not_drawn() -> None:
    quick = (
        "mindful: 1\ntitle: Q\nsteps:\n  - breathe: {pattern: {inhale: 0.3, exhale: 0.4}, cycles: 20, visual: circle}\n"
    )
    async with playing("quick", quick=quick) as d:
        for _ in range(20):
            await d.run(0.5, step=0.125)
            view = d.app.screen.query_one(PacerView)
            assert view.shown == "none" and not any(ink for spans in view.frame for run in spans for ink in run[1:])


async def test_the_scripts_visual_goes_before_the_clients_until_the_client_says_otherwise() -> None:
    async with playing("still", still=SCRIPT % "petals") as d:
        await d.run(2)
        view = d.app.screen.query_one(PacerView)
        assert view.shown == "petals" and "█" in d.text
        await d.press("v")
        assert "The breath is shown as: word" in d.text and d.host.shapes == ["word"]
        await d.run(2)
        assert d.app.screen.query_one(PacerView).shown == "word"


async def test_a_script_that_says_nothing_leaves_it_to_the_client() -> None:
    from mindful.tui.app import MindfulApp
    from mindful.tui.host import Appearance
    from tests.tui.hosting import HandHost
    from tests.tui.test_player_keys import Driver

    host = HandHost()
    host.appearance = Appearance("column", night="off")
    app = MindfulApp(host, session="box", begin=True, fps=0, look="mono", now=host.clock.now)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.pause()
        d = Driver(pilot, host)
        await d.run(10)
        assert app.screen.query_one(PacerView).shown == "column"
        for name in ("ring", "petals", "word", "none", "circle", "wave", "column"):
            await d.press("v")
            await d.run(0.25)
            assert app.screen.query_one(PacerView).shown == name and host.shapes[-1] == name


@pytest.mark.parametrize("way", ["option", "animation level"])
@pytest.mark.parametrize("name", ["wave", "column", "ring", "petals"])
async def test_every_shape_has_a_form_that_stands_still(name: str, way: str) -> None:
    from mindful.tui.app import MindfulApp
    from mindful.tui.host import Appearance
    from tests.tui.hosting import HandHost
    from tests.tui.test_player_keys import Driver

    host = HandHost({"still": SCRIPT % name})
    host.appearance = Appearance(night="off")
    app = MindfulApp(host, session="still", begin=True, fps=0, look="mono", calm=way == "option", now=host.clock.now)
    if way != "option":
        app.animation_level = "none"
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.pause()
        d = Driver(pilot, host)
        shown = []
        for _ in range(64):
            await d.run(0.0625, step=0.0625)
            shown.append(app.screen.query_one(PacerView).frame)
        assert 2 <= len(set(shown)) <= 6
        assert len(set(shown[:15])) == 1
