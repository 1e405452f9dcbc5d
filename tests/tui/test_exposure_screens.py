"""An exposure as it is seen at three sizes, and the keys that go through it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from textual.pilot import Pilot

from mindful.timeline.exposure import words
from mindful.timeline.model import AskPrompt, ExposePrompt, RatePrompt, SheetPrompt
from mindful.tui import curve
from mindful.tui.rows import plain
from tests.tui.hosting import HandHost
from tests.tui.test_body_screens import opened, playing
from tests.tui.test_screens_at_three_sizes import SIZES, pass_time, settled

STEP = """\
  - exposure:
      ladder:
        - {id: shop, item: Ask in a shop for something that they do not have, suds: 40}
        - {id: cafe, item: "Eat alone in a full café, without a phone", suds: 65}
      for: 10 min
      ask_every: 2 min
    id: people
  - say: That was it.
"""
SUDS = (40, 65, 80, 70)

Scene = Callable[[Pilot[Any], HandHost], Awaitable[None]]


async def gate(pilot: Pilot[Any], host: HandHost) -> None:
    await playing(pilot, host, STEP)
    await pass_time(pilot, host, 1)


async def item(pilot: Pilot[Any], host: HandHost) -> None:
    await gate(pilot, host)
    await pilot.press("1", "enter")
    await pass_time(pilot, host, 1)


async def before(pilot: Pilot[Any], host: HandHost) -> None:
    await item(pilot, host)
    await pilot.press("1", "enter")
    await pass_time(pilot, host, 1)


async def stretch(pilot: Pilot[Any], host: HandHost) -> None:
    """Three ratings in."""
    await before(pilot, host)
    from mindful.player.commands import Answer

    assert host.conductor is not None
    host.conductor.do(Answer({"expected": "They laugh", "believed": 80}))
    await pass_time(pilot, host, 1)
    for suds in SUDS:
        await pilot.press(*str(suds), "enter")
        await pass_time(pilot, host, 45 if suds == SUDS[-1] else 123)
        await settled(pilot)
    await pass_time(pilot, host, 1)  # a frame with the middle in its place


async def rating(pilot: Pilot[Any], host: HandHost) -> None:
    await stretch(pilot, host)
    await pilot.press("enter")
    await pass_time(pilot, host, 1)


async def after(pilot: Pilot[Any], host: HandHost) -> None:
    await stretch(pilot, host)
    await pilot.press("x")
    await pass_time(pilot, host, 1)
    await pilot.press("6", "0", "enter")
    await pass_time(pilot, host, 1)


async def suggestion(pilot: Pilot[Any], host: HandHost) -> None:
    from mindful.player.commands import Answer

    await after(pilot, host)
    assert host.conductor is not None
    host.conductor.do(Answer({"happened": "No", "believed": 20, "left_out": "All of them"}))
    await pass_time(pilot, host, 1)


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
@pytest.mark.parametrize("scene", [gate, item, before, stretch, rating, after, suggestion], ids=lambda s: s.__name__)
async def test_the_screen_is_as_it_was_looked_at(scene: Scene, size: tuple[int, int], snapshot: Any) -> None:
    host = HandHost()
    async with opened(host, size) as pilot:
        await scene(pilot, host)
        await settled(pilot)
        snapshot(pilot.app, f"exposure-{scene.__name__}-{size[0]}x{size[1]}")


async def test_the_keys_lead_through_it() -> None:
    host = HandHost()
    async with opened(host) as pilot:
        await gate(pilot, host)
        assert host.conductor is not None
        seen = [type(host.conductor.view().prompt)]
        await pilot.press("1", "enter")
        await pass_time(pilot, host, 1)
        assert host.log.of("answer")[-1]["value"] == words.agreed()
    host = HandHost()
    async with opened(host) as pilot:
        await after(pilot, host)
        assert host.conductor is not None
        prompt = host.conductor.view().prompt
        assert seen == [AskPrompt] and isinstance(prompt, SheetPrompt) and prompt.text == words.chosen()


async def test_x_in_a_rating_says_that_it_is_the_last() -> None:
    host = HandHost()
    async with opened(host) as pilot:
        await rating(pilot, host)
        assert host.conductor is not None and isinstance(host.conductor.view().prompt, RatePrompt)
        await pilot.press("x")
        await settled(pilot)
        assert host.conductor.view().said == words.LAST
        await pilot.press("5", "0", "enter")
        await pass_time(pilot, host, 1)
        assert isinstance(host.conductor.view().prompt, SheetPrompt)


async def test_space_pauses_a_stretch_and_goes_on() -> None:
    host = HandHost()
    async with opened(host) as pilot:
        await stretch(pilot, host)
        assert host.conductor is not None and isinstance(host.conductor.view().prompt, ExposePrompt)
        await pilot.press("space")
        assert host.conductor.view().status == "paused"
        await pilot.press("space")
        assert host.conductor.view().status == "playing"


# The curve


def text(ratings: list[tuple[int, float]], of_ms: int = 600_000, width: int = 60, height: int = 9) -> list[str]:
    return [plain(row) for row in curve.rows(ratings, of_ms, width, height)]


def test_the_curve_has_a_mark_for_each_rating_where_it_belongs() -> None:
    rows = text([(0, 0), (300_000, 100), (600_000, 50)])
    assert sum(row.count(curve.MARK) for row in rows) == 3
    assert curve.MARK in rows[0] and rows[0].startswith("100 ")
    assert rows[7].startswith("  0 o") and rows[4].rstrip().endswith("o 50") and rows[-1].endswith("10 min")


def test_the_curve_stays_within_its_room_and_says_numbers_where_there_is_none() -> None:
    ratings = [(n * 60_000, (n * 37) % 101) for n in range(40)]
    for width in (0, 1, 10, 16, 40, 120):
        for height in (0, 1, 3, 4, 5, 12):
            rows = text(ratings, 600_000, width, height)
            assert len(rows) <= height and all(len(row) <= max(width, 0) for row in rows)
    assert text([(0, 40), (1, 60)], 1000, 60, 1) == ["40  60"]
    assert text([], 60_000)[0].startswith("100")
