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
