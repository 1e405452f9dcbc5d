"""The gate on the screen: a calm page with a way on, a question each time for what is intense, and the checklist."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from mindful.script.profile import FLAGS, Profile
from mindful.tui.screens.before import Before
from mindful.tui.screens.checklist import Checklist, wanted
from mindful.tui.screens.gate import Acknowledge, Refusal
from mindful.tui.screens.home import Home
from mindful.tui.screens.player import Player
from tests.tui.hosting import HandHost
from tests.tui.test_home_before_after import at_home as at_any_home
from tests.tui.test_home_before_after import settle
from tests.tui.test_player_keys import Driver

PREGNANT = Profile(frozenset({"pregnancy"}), "2026-11-01", True)
INTENSE = Profile(frozenset(), "2026-11-01", True, "2026-11-01")


@asynccontextmanager
async def at_home(host: HandHost | None = None, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Driver]:
    """With the gate closed to whom it should be."""
    host = host or HandHost()
    host.judges = True
    async with at_any_home(host, size) as d:
        yield d


async def to(d: Any, downs: int) -> None:
    await d.press(*["down"] * downs, "enter")
    await settle(d.pilot)


async def test_a_held_breath_does_not_begin_in_pregnancy_and_the_same_without_it_does() -> None:
    async with at_home() as d:
        d.host.profile = PREGNANT
        await to(d, 1)
        assert isinstance(d.app.screen, Refusal)
        assert "It holds the breath." in d.text and "pregnancy" in d.text and "Breathing equal" in d.text
        await d.press("enter")
        await settle(d.pilot)
        assert isinstance(d.app.screen, Player)
        assert d.host.options is not None and d.host.options.gated
        assert d.host.conductor is not None and d.host.conductor.state.setup.script.id == "breathe-equal"


async def test_esc_goes_back_from_a_refusal_and_nothing_began() -> None:
    async with at_home() as d:
        d.host.profile = PREGNANT
        await to(d, 1)
        await d.press("escape")
        await settle(d.pilot)
        assert isinstance(d.app.screen, Home) and d.host.conductor is None


async def test_intense_practice_is_off_until_it_is_switched_on_from_the_page_itself() -> None:
    async with at_home() as d:
        await to(d, 3)
        assert isinstance(d.app.screen, Refusal) and "switched off" in d.text
        await d.press("c")
        await settle(d.pilot)
        assert isinstance(d.app.screen, Checklist)
        await d.press(*["down"] * len(FLAGS), "space", "enter")
        await settle(d.pilot)
        assert d.host.profile.intense and d.host.profile.answered
        assert isinstance(d.app.screen, Acknowledge)


async def test_an_intense_session_asks_each_time_and_enter_alone_goes_back() -> None:
    async with at_home() as d:
        d.host.profile = INTENSE
        await to(d, 3)
        assert isinstance(d.app.screen, Acknowledge)
        assert "water" in d.text and "driving" in d.text
        await d.press("enter")
        await settle(d.pilot)
        assert isinstance(d.app.screen, Home)
        for _ in range(2):
            await d.press("enter")
            await settle(d.pilot)
            assert isinstance(d.app.screen, Acknowledge)
            await d.press("down", "enter")
            await settle(d.pilot)
            assert isinstance(d.app.screen, Before)
            assert "[ ]" not in d.text  # it was acknowledged a page ago
            await d.press("enter")
            await settle(d.pilot)
            assert isinstance(d.app.screen, Player)
            assert d.host.options is not None and d.host.options.acknowledged
            await d.press("q", "q")
            await settle(d.pilot)
            await d.press("enter")
            await settle(d.pilot)
            assert isinstance(d.app.screen, Home)


STRETCHED = """
mindful: 1
title: As slow as you like
cautions: [other]
variables: {pace: {default: 6, min: 1, max: 8, label: Breaths a minute}}
steps:
  - breathe: {pattern: {inhale: 4, hold: 2, exhale: 4}, for: 2 min, ramp: {from: "{pace}", to: "{pace}"}}
"""


async def test_a_variable_that_makes_it_stronger_is_judged_again_before_it_begins() -> None:
    host = HandHost({"settle": STRETCHED})
    async with at_home(host) as d:
        await to(d, 0)
        assert isinstance(d.app.screen, Before)
        await d.press("up", "up")
        before = d.app.screen
        before._fields[0].value = 1  # one breath a minute: the hold takes twelve seconds
        before.action_begin()
        await settle(d.pilot)
        assert isinstance(d.app.screen, Refusal) and host.conductor is None


async def test_a_caution_of_ones_own_is_said_first() -> None:
    async with at_home() as d:
        d.host.profile = Profile(frozenset({"asthma"}), "2026-11-01", True)
        await to(d, 1)
        assert isinstance(d.app.screen, Before)
        assert "Your checklist says asthma" in d.text
        assert d.text.index("If you have asthma") < d.text.index("If you have a heart")


async def test_the_first_run_checklist_is_shown_once_whatever_way_it_is_left() -> None:
    async with at_home() as d:
        assert wanted(d.host)
        d.app.push_screen(Checklist(first=True))
        await settle(d.pilot)
        assert "Intense" not in d.text
        await d.press("escape")
        await settle(d.pilot)
        assert not wanted(d.host) and not d.host.profile.answered and not d.host.profile.flags


async def test_ticks_are_kept_and_taken_away() -> None:
    async with at_home() as d:
        d.host.profile = INTENSE
        d.app.push_screen(Checklist())
        await settle(d.pilot)
        await d.press("space", "down", "space", "space", "enter")
        await settle(d.pilot)
        assert d.host.profile.flags == {"pregnancy"} and not d.host.profile.intense


async def test_a_checklist_that_cannot_be_kept_says_so_and_stays() -> None:
    async with at_home() as d:
        d.host.full = "The checklist could not be kept: the disk is full."
        d.app.push_screen(Checklist())
        await settle(d.pilot)
        await d.press("enter")
        await settle(d.pilot)
        assert isinstance(d.app.screen, Checklist) and "the disk is full" in d.text


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (40, 12)])
async def test_gate_pages_look_as_they_did(size: tuple[int, int], snapshot: Callable[[Any, str], None]) -> None:
    shape = f"{size[0]}x{size[1]}"
    async with at_home(size=size) as d:
        d.host.profile = PREGNANT
        await to(d, 1)
        snapshot(d.app, f"refusal-{shape}")
        await d.press("c")
        await settle(d.pilot)
        snapshot(d.app, f"checklist-{shape}")
        await d.press("escape", "escape")
        d.host.profile = INTENSE
        await settle(d.pilot)
        await d.press("down", "down", "enter")
        await settle(d.pilot)
        assert isinstance(d.app.screen, Acknowledge)
        snapshot(d.app, f"acknowledge-{shape}")


async def test_before_a_session_for_a_headset_its_electrodes_are_looked_at_and_enter_begins_anyway() -> None:
    from mindful.player.checking import Check
    from mindful.tui.screens.electrodes import Electrodes
    from tests.player.test_checking import Hands

    hands = Hands()
    hands.flat = {0}
    closed: list[bool] = []

    class Looked(Check):
        def close(self) -> None:
            closed.append(True)
            super().close()

    async with at_any_home() as d:
        d.host.check = hands.check = Looked(hands.clock, hands._open, "alpha")
        await to(d, 1)
        await to(d, 0)
        screen = d.app.screen
        assert isinstance(screen, Electrodes) and "Looking for the headset" in d.text
        hands.wear(4)
        screen.look()
        await d.pilot.pause()
        assert "O1 not on the skin" in d.text and "Begin anyway" in d.text and d.host.conductor is None
        hands.flat = set()
        hands.wear(7)
        screen.look()
        await d.pilot.pause()
        assert "All electrodes sit well" in d.text and "anyway" not in d.text
        await d.press("enter")
        await settle(d.pilot)
        assert isinstance(d.app.screen, Player) and closed and d.host.conductor is not None
        assert hands.source.state == "stopped"


async def test_esc_goes_back_from_the_electrodes_and_frees_the_headset() -> None:
    from mindful.tui.screens.electrodes import Electrodes
    from tests.player.test_checking import Hands

    hands = Hands()
    async with at_any_home() as d:
        d.host.check = hands.check
        await to(d, 1)
        await to(d, 0)
        assert isinstance(d.app.screen, Electrodes)
        await d.press("escape")
        await settle(d.pilot)
        assert not isinstance(d.app.screen, Electrodes) and hands.source.state == "stopped" and d.host.conductor is None
