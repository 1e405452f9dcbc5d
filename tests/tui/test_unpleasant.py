"""When practice was unpleasant: gentle next steps, kept in the record, and somebody named where it is strong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from mindful.tui.screens.after import After
from mindful.tui.screens.unpleasant import Unpleasant
from mindful.tui.unpleasant import PLAN, SEEK, STEPS, Effects
from tests.tui.test_home_before_after import at_home, end_early, settle


def test_answers_are_given_and_taken_back() -> None:
    said = Effects().pressed("strength:2").pressed("step:talk").pressed("step:shorter")
    assert said.as_record() == {"strength": 2, "next": ["shorter", "talk"]}
    assert said.pressed("strength:2").pressed("step:talk").pressed("step:shorter").empty
    assert not said.calls_for_someone
    assert said.pressed("strength:3").calls_for_someone and said.pressed("lasting:there").calls_for_someone


def test_the_steps_are_the_gentle_ones_and_promise_nothing() -> None:
    assert {"shorter", "eyes-open", "outside", "talk"} <= set(STEPS)
    assert "F7" in PLAN and "medical help" in SEEK


async def test_a_rough_session_leads_there_and_what_is_said_is_kept() -> None:
    async with at_home() as d:
        await end_early(d)
        assert isinstance(d.app.screen, After)
        await d.press("1")
        assert "What may help" in d.text
        await d.press("u")
        await settle(d.pilot)
        assert isinstance(d.app.screen, Unpleasant)
        await d.press("down", "down", "space")
        assert "talk with the" in "\n".join("".join(s.text for s in r) for r in d.app.screen._rows(80))
        await d.press("down", "down", "down", "down", "space", "enter")
        await settle(d.pilot)
        assert isinstance(d.app.screen, After)
        assert d.host.effects == {"strength": 3, "next": ["shorter"]}


async def test_esc_keeps_nothing() -> None:
    async with at_home() as d:
        await end_early(d)
        await d.press("u")
        await settle(d.pilot)
        await d.press("space", "escape")
        await settle(d.pilot)
        assert isinstance(d.app.screen, After) and not hasattr(d.host, "effects")


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_the_page_looks_as_it_did(size: tuple[int, int], snapshot: Callable[[Any, str], None]) -> None:
    async with at_home(size=size) as d:
        d.app.push_screen(Unpleasant())
        await settle(d.pilot)
        snapshot(d.app, f"unpleasant-{size[0]}x{size[1]}")
