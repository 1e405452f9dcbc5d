"""The client's own plan is one key away on every screen, and what was under way waits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from mindful.script.evidence import cards
from mindful.tui import keys
from mindful.tui.screens.checklist import Checklist
from mindful.tui.screens.evidence import Evidence
from mindful.tui.screens.home import Home
from mindful.tui.screens.player import Player
from mindful.tui.screens.support import Support
from tests.tui.hosting import HandHost
from tests.tui.test_home_before_after import at_home, settle


async def look_and_come_back(d: Any) -> None:
    under = d.app.screen
    await d.press("f7")
    await settle(d.pilot)
    assert isinstance(d.app.screen, Support) and "Ana, 0123 [b]456[/b]" in d.text
    await d.press("f7")
    await settle(d.pilot)
    assert d.app.screen is under


def test_the_key_is_the_same_in_every_scope_of_a_whole_screen() -> None:
    for scope in set(keys.SCOPES) - {"form"}:  # a form is a part of the player
        assert keys.action(scope, "support").keys == ("f7",), scope


async def test_from_home_before_the_keys_and_the_checklist() -> None:
    async with at_home() as d:
        await d.press("b")
        await look_and_come_back(d)  # also while the search is being written
        await d.press("escape", "f1")
        await settle(d.pilot)
        await look_and_come_back(d)
        await d.press("escape", "enter")
        await settle(d.pilot)
        await look_and_come_back(d)
        await d.press("f6")
        await settle(d.pilot)
        assert isinstance(d.app.screen, Evidence)
        await look_and_come_back(d)
        d.app.push_screen(Checklist())
        await settle(d.pilot)
        await look_and_come_back(d)


async def test_a_session_waits_meanwhile_and_a_half_written_answer_stays() -> None:
    async with at_home() as d:
        await d.press("down", "enter")
        await settle(d.pilot)
        await d.press("enter")
        await settle(d.pilot)
        await d.run(2)
        await look_and_come_back(d)
        assert isinstance(d.app.screen, Player) and d.host.conductor.tick().status == "paused"
    host = HandHost(
        {"settle": "mindful: 1\ntitle: T\nsteps:\n  - ask: {id: w, text: What is on your mind?}\n  - say: Thanks.\n"}
    )
    async with at_home(host) as d:
        await d.press("enter")
        await settle(d.pilot)
        await d.press("enter")
        await settle(d.pilot)
        await d.run(2)
        await d.press(*"half")
        await look_and_come_back(d)
        assert "half" in d.text


async def test_cards_are_listed_opened_and_left() -> None:
    async with at_home() as d:
        await d.press("f6")
        await settle(d.pilot)
        assert "Alternate nostril breathing" in d.text and "little evidence" in d.text
        await d.press("enter")
        await settle(d.pilot)
        assert "4-7-8 breathing" in d.text and "Not known" in d.text
        await d.press("escape", "escape")
        await settle(d.pilot)
        assert isinstance(d.app.screen, Home)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (40, 12)])
async def test_the_pages_look_as_they_did(size: tuple[int, int], snapshot: Callable[[Any, str], None]) -> None:
    shape = f"{size[0]}x{size[1]}"
    async with at_home(size=size) as d:
        d.app.push_screen(Evidence([cards()["cyclic-sighing"]]))
        await settle(d.pilot)
        snapshot(d.app, f"evidence-{shape}")
        await d.press("f7")
        await settle(d.pilot)
        snapshot(d.app, f"support-{shape}")
