"""Ladders on the screen: what the keys change in the file, and what they leave as it was."""

from __future__ import annotations

from typing import Any

import pytest
from textual.pilot import Pilot

from mindful.script.ladder import loads
from mindful.timeline.exposure.runs import Run
from mindful.tui.app import MindfulApp
from mindful.tui.screens.journey import Journey
from mindful.tui.screens.ladder import FIXED, Ladders, LadderScreen
from tests.tui.hosting import HandHost
from tests.tui.test_screens_at_three_sizes import SIZES, settled

DOGS = """\
# Agreed on 3 March.
mindful_ladder: 1
title: Dogs
items:
  - {id: photo, item: A photo of a dog, suds: 20}
  # the brown one
  - {id: fence, item: A dog behind a fence, suds: 50}
  - {id: pet, item: "Petting a dog, a large one, that is held by somebody who knows it well", suds: 90}
"""


def host() -> HandHost:
    found = HandHost()
    found.own_ladders["dogs"] = DOGS
    found.fixed_ladders["social"] = DOGS.replace("Dogs", "People")
    return found


def items(of: HandHost, name: str = "dogs") -> list[tuple[str, int]]:
    ladder = loads(of.own_ladders[name]).ladder
    assert ladder is not None
    return [(i.item.languages[0][1], i.suds) for i in ladder.items]


def app(of: HandHost, name: str = "dogs") -> MindfulApp:
    return MindfulApp(of, fps=0, look="mono", now=of.clock.now, ladder=name)


async def test_the_arrows_set_the_distress_and_shift_moves() -> None:
    of = host()
    async with app(of).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("right", "right", "down", "left", "J")
        await settled(pilot)
    assert items(of) == [("A photo of a dog", 30), (items(of)[1][0], 90), ("A dog behind a fence", 45)]
    assert "# Agreed on 3 March." in of.own_ladders["dogs"] and "# the brown one" in of.own_ladders["dogs"]


async def test_words_are_written_and_taken_back() -> None:
    of = host()
    async with app(of).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("a", *"A puppy: qj", "backspace", "enter")
        await pilot.press("enter", *" two", "enter", "up", "enter", "x", "escape")
        await settled(pilot)
        assert isinstance(pilot.app.screen, LadderScreen), "Esc ends the writing and not the screen"
    assert items(of)[:2] == [("A photo of a dog", 20), ("A puppy: q two", 20)]


async def test_an_item_is_taken_off_and_an_exposure_begun() -> None:
    of = host()
    async with app(of).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("down", "delete", "p")
        await settled(pilot)
    assert next(name for name, _ in items(of)) == "A photo of a dog" and len(items(of)) == 2
    assert of.kept == [("exposure", "pet")]


async def test_a_ladder_of_the_program_is_copied_and_not_changed() -> None:
    of = host()
    async with app(of, "social").run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("right")
        await settled(pilot)
        assert pilot.app.screen._said == FIXED  # type: ignore[attr-defined]
        await pilot.press("c", "right")
        await settled(pilot)
    assert items(of, "copy")[0] == ("A photo of a dog", 25) and of.fixed_ladders["social"] == DOGS.replace(
        "Dogs", "People"
    )


async def test_what_cannot_be_written_is_said_and_the_ladder_stays() -> None:
    of = host()
    of.full = "The disk is full."
    async with app(of).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("right")
        await settled(pilot)
        assert pilot.app.screen._said == "The disk is full."  # type: ignore[attr-defined]
    assert of.own_ladders["dogs"] == DOGS


def runs() -> list[Run]:
    out = []
    for n, (peak, end, before, after) in enumerate(((80, 70, 90, 60), (75, 60, 70, 40), (70, 65, 50, 15))):
        ratings = ((0, 40.0), (120_000, float(peak)), (240_000, float(end)))
        out.append(
            Run(
                day=f"2026-11-0{n + 1}",
                item="fence",
                words="A dog behind a fence",
                ratings=ratings,
                held_ms=240_000,
                believed=float(before),
                believes=float(after),
                happened="no",
                learned="It only barked.",
            )
        )
    return out


async def journey(pilot: Pilot[Any]) -> None:
    await pilot.app.push_screen(Journey())
    await settled(pilot)
    await pilot.press("tab", "tab", "tab", "tab")
    await settled(pilot)


async def ladder(pilot: Pilot[Any]) -> None:
    await pilot.app.push_screen(LadderScreen("dogs"))
    await settled(pilot)
    await pilot.press("down")
    await settled(pilot)


async def adding(pilot: Pilot[Any]) -> None:
    await ladder(pilot)
    await pilot.press("a", *"A puppy")
    await settled(pilot)


async def listed(pilot: Pilot[Any]) -> None:
    await pilot.app.push_screen(Ladders())
    await settled(pilot)


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
@pytest.mark.parametrize("scene", [journey, ladder, adding, listed], ids=lambda s: s.__name__)
async def test_the_screen_is_as_it_was_looked_at(scene: Any, size: tuple[int, int], snapshot: Any) -> None:
    of = host()
    of.runs = runs()
    async with MindfulApp(of, fps=0, look="mono", now=of.clock.now).run_test(size=size) as pilot:
        await settled(pilot)
        await scene(pilot)
        await settled(pilot)
        snapshot(pilot.app, f"ladder-{scene.__name__}-{size[0]}x{size[1]}")


async def test_from_the_journey_l_leads_to_the_ladders_and_enter_into_one() -> None:
    of = host()
    async with MindfulApp(of, fps=0, look="mono", now=of.clock.now).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await journey(pilot)
        await pilot.press("l")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(pilot.app.screen, LadderScreen)
        await pilot.press("escape", "a")
        await settled(pilot)
    assert "new" in of.own_ladders
