"""The steps of the body as they are seen at three sizes, and the keys that go through them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

import pytest
from textual.pilot import Pilot

from mindful.tui.app import MindfulApp
from tests.tui.hosting import HandHost
from tests.tui.test_screens_at_three_sizes import SIZES, pass_time, play_box, settled

HEAD = "mindful: 1\ntitle: In the body\nsteps:\n"
SCAN = "  - scan: {each: 10 s, regions: [left-foot, right-foot, hands]}\n"
RELAX = "  - relax: {groups: 4, release: 20 s}\n"
MOVE = "  - move: {poses: [{say: Lift both arms., hold: 20 s}, {say: Turn your head., breaths: 2, sides: both}]}\n"
GROUND = "  - ground: {senses: {see: 5, hear: 3}}\n  - say: Thank you.\n"

Steps = Callable[[Pilot[Any], HandHost], Awaitable[None]]


async def scan_second(pilot: Pilot[Any], host: HandHost) -> None:
    await playing(pilot, host, SCAN)
    await pass_time(pilot, host, 20)


async def relax_tense(pilot: Pilot[Any], host: HandHost) -> None:
    await playing(pilot, host, RELAX)
    await pass_time(pilot, host, until(host, held=True) + 2)


async def relax_let_go(pilot: Pilot[Any], host: HandHost) -> None:
    await playing(pilot, host, RELAX)
    await pass_time(pilot, host, until(host, held=False) + 9)


async def move_hold(pilot: Pilot[Any], host: HandHost) -> None:
    await playing(pilot, host, MOVE)
    await pass_time(pilot, host, until(host, held=True) + 8)


async def move_breath(pilot: Pilot[Any], host: HandHost) -> None:
    await playing(pilot, host, MOVE)
    await pass_time(pilot, host, until(host, held=True, part=1) + 3)


async def ground_three(pilot: Pilot[Any], host: HandHost) -> None:
    await playing(pilot, host, GROUND)
    await pass_time(pilot, host, 12)
    await pilot.press("space", "space", "space")


async def playing(pilot: Pilot[Any], host: HandHost, steps: str) -> None:
    host.scripts["box"] = HEAD + steps
    await play_box(pilot, host)


def until(host: HandHost, *, held: bool, part: int = 0) -> float:
    """Seconds from the start to where something is held first, or is let go."""
    assert host.conductor is not None
    (span,) = (s for p in host.conductor.state.timeline.placed for s in p.segment.spans if s.parts)
    a, b = span.parts[part].held[0]
    return round((a if held else b) / 500) / 2


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
@pytest.mark.parametrize(
    "scene",
    [scan_second, relax_tense, relax_let_go, move_hold, move_breath, ground_three],
    ids=lambda s: s.__name__,
)
async def test_the_screen_is_as_it_was_looked_at(scene: Steps, size: tuple[int, int], snapshot: Any) -> None:
    host = HandHost()
    async with opened(host, size) as pilot:
        await scene(pilot, host)
        await settled(pilot)
        snapshot(pilot.app, f"{scene.__name__}-{size[0]}x{size[1]}")


def opened(host: HandHost, size: tuple[int, int] = (80, 24)) -> AbstractAsyncContextManager[Pilot[Any]]:
    return MindfulApp(host, fps=0, look="mono", now=host.clock.now).run_test(size=size)


def steps_ended(host: HandHost) -> list[tuple[str, str, dict[str, Any]]]:
    return [(e["step"], e["status"], e["data"]) for e in host.log.of("step") if e["phase"] == "end"]


async def test_n_leaves_out_a_region_and_shift_n_the_whole_scan() -> None:
    host = HandHost()
    async with opened(host) as pilot:
        await playing(pilot, host, SCAN + "  - pause: 20 s\n")
        await pass_time(pilot, host, 1)
        await pilot.press("n")
        assert host.conductor is not None
        assert host.conductor.view().part.number == 2  # type: ignore[union-attr]
        assert host.log.of("step")[-1]["phase"] == "start", "the scan itself goes on"
        await pilot.press("N")
        assert host.conductor.view().step.kind == "pause"  # type: ignore[union-attr]
        assert steps_ended(host)[0][:2] == ("steps[0].scan", "skipped")


async def test_space_counts_what_is_found_and_the_last_goes_on() -> None:
    host = HandHost()
    async with opened(host) as pilot:
        await playing(pilot, host, GROUND)
        await pass_time(pilot, host, 5)
        await pilot.press(*["space"] * 5)
        await pass_time(pilot, host, 1)
        assert host.conductor is not None
        assert host.conductor.view().prompt.sense == "hear"  # type: ignore[union-attr]
        await pilot.press("space", "enter")
        await pass_time(pilot, host, 1)
        found = [(data["sense"], data["found"], status) for _, status, data in steps_ended(host)[:2]]
        assert found == [("see", 5, "done"), ("hear", 1, "done")]
        await pilot.press("p")
        assert host.conductor.view().status == "paused", "elsewhere the letter still pauses"
