"""Each screen as it is seen at 40x12, 80x24 and 120x40, drawn without colours so that the circle is in the text too.

A test's steps end where its picture is taken; the snapshots are read by people when they change.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from textual.pilot import Pilot

from mindful.journal.preferences import DECLARED, Wrong
from mindful.tui.app import MindfulApp
from mindful.tui.host import Last
from tests.tui.hosting import HandHost, some_weeks, trained_weeks

SIZES = [(40, 12), (80, 24), (120, 40)]
Steps = Callable[[Pilot[Any], HandHost], Awaitable[None]]


async def pass_time(pilot: Pilot[Any], host: HandHost, seconds: float, step: float = 0.5) -> None:
    """Let the session run, a frame every `step` seconds."""
    for _ in range(round(seconds / step)):
        host.clock.forward(step)
        await pilot.app.screen.frame()  # type: ignore[attr-defined]
    await pilot.pause()


async def settled(pilot: Pilot[Any]) -> None:
    await pilot.pause()
    await pilot.pause()


async def open_box(pilot: Pilot[Any], host: HandHost) -> None:
    await pilot.press("down", "enter")
    await settled(pilot)


async def play_box(pilot: Pilot[Any], host: HandHost) -> None:
    await open_box(pilot, host)
    await pilot.press("enter")
    await settled(pilot)


async def home(pilot: Pilot[Any], host: HandHost) -> None: ...


async def home_searching(pilot: Pilot[Any], host: HandHost) -> None:
    await pilot.press(*"breath")


async def home_back(pilot: Pilot[Any], host: HandHost) -> None:
    """Something was done before, and the mark has rested."""
    host.last = Last("bedtime", "Bedtime", host.wall - timedelta(hours=20), 1_200_000)
    await again_home(pilot)


async def home_plan(pilot: Pilot[Any], host: HandHost) -> None:
    host.last = Last("bedtime", "Bedtime", host.wall - timedelta(days=40), 1_200_000)
    host.plan = host.cards[1]
    await again_home(pilot)


async def home_filtered(pilot: Pilot[Any], host: HandHost) -> None:
    await pilot.press("f2", "f2", "f2", "f4", "f4")


async def home_first_run(pilot: Pilot[Any], host: HandHost) -> None:
    pilot.app.screen.first_run()  # type: ignore[attr-defined]


async def again_home(pilot: Pilot[Any]) -> None:
    home: Any = pilot.app.screen
    home._shown = True
    home.on_screen_resume()
    await settled(pilot)
    home._wanted = (home._found[home._at].id, home._shape_width())
    await home._shape_now()


async def journey_empty(pilot: Pilot[Any], host: HandHost) -> None:
    await pilot.press("j")
    await settled(pilot)


async def journey_month(pilot: Pilot[Any], host: HandHost) -> None:
    host.journal = some_weeks(host.wall)
    await journey_empty(pilot, host)


async def journey_ratings(pilot: Pilot[Any], host: HandHost) -> None:
    await journey_month(pilot, host)
    await pilot.press("tab")


async def journey_practices(pilot: Pilot[Any], host: HandHost) -> None:
    await journey_month(pilot, host)
    await pilot.press("tab", "tab", "down")


async def journey_records(pilot: Pilot[Any], host: HandHost) -> None:
    await journey_month(pilot, host)
    await pilot.press("shift+tab", "down", "down")


async def journey_practice(pilot: Pilot[Any], host: HandHost) -> None:
    await journey_practices(pilot, host)
    await pilot.press("up", "enter")


async def journey_trained(pilot: Pilot[Any], host: HandHost) -> None:
    host.journal = trained_weeks(host.wall)
    await journey_empty(pilot, host)
    await pilot.press("tab", "tab", "enter")


async def journey_record(pilot: Pilot[Any], host: HandHost) -> None:
    await journey_records(pilot, host)
    await pilot.press("enter")
    await settled(pilot)


async def settings(pilot: Pilot[Any], host: HandHost) -> None:
    host.wrong = [Wrong(3, "volume can be a number from 0 to 1. Until then it is 0.8.")]
    await pilot.press("comma")
    await settled(pilot)
    await pilot.press("down")


async def settings_key(pilot: Pilot[Any], host: HandHost) -> None:
    await pilot.press("comma")
    await settled(pilot)
    await pilot.press(*["down"] * (len(DECLARED) + 2), "enter", "j")


async def palette(pilot: Pilot[Any], host: HandHost) -> None:
    await pilot.press("ctrl+p")
    await settled(pilot)


async def palette_searching(pilot: Pilot[Any], host: HandHost) -> None:
    await palette(pilot, host)
    await pilot.press(*"bed")


async def before(pilot: Pilot[Any], host: HandHost) -> None:
    await open_box(pilot, host)


async def before_red(pilot: Pilot[Any], host: HandHost) -> None:
    await pilot.press("down", "down", "down", "enter")
    await settled(pilot)
    await pilot.press("enter")


async def playing_words(pilot: Pilot[Any], host: HandHost) -> None:
    await play_box(pilot, host)
    await pass_time(pilot, host, 2)


async def playing_inhale(pilot: Pilot[Any], host: HandHost) -> None:
    await play_box(pilot, host)
    await pass_time(pilot, host, 11)


async def playing_hold(pilot: Pilot[Any], host: HandHost) -> None:
    await play_box(pilot, host)
    await pass_time(pilot, host, 14.5)


async def paused(pilot: Pilot[Any], host: HandHost) -> None:
    await playing_inhale(pilot, host)
    await pilot.press("space")


async def landing(pilot: Pilot[Any], host: HandHost) -> None:
    await playing_inhale(pilot, host)
    await pilot.press("q")


async def after_early(pilot: Pilot[Any], host: HandHost) -> None:
    host.lines = ["Box breathing, 1 of 4 rounds", "Before 60, after 35"]
    await playing_inhale(pilot, host)
    await pilot.press("q", "q")
    await settled(pilot)


async def after_rough(pilot: Pilot[Any], host: HandHost) -> None:
    await after_early(pilot, host)
    await pilot.press("1")


async def player_keys(pilot: Pilot[Any], host: HandHost) -> None:
    await playing_inhale(pilot, host)
    await pilot.press("question_mark")


async def asking(pilot: Pilot[Any], host: HandHost, left_open: int) -> None:
    host.scripts["box"] = host.scripts["asking"]
    await play_box(pilot, host)
    for _ in range(left_open):
        await pilot.press("ctrl+n")
        await pass_time(pilot, host, 1)


async def mixer(pilot: Pilot[Any], host: HandHost) -> None:
    await playing_inhale(pilot, host)
    await pilot.press("m", "down", "left", "left", "down", "0", "down", "right")


async def mixer_before(pilot: Pilot[Any], host: HandHost) -> None:
    await open_box(pilot, host)
    await pilot.press("m", "left")


async def rate_open(pilot: Pilot[Any], host: HandHost) -> None:
    await asking(pilot, host, 0)


async def rate_chosen(pilot: Pilot[Any], host: HandHost) -> None:
    await asking(pilot, host, 0)
    await pilot.press("6", "0")


async def ask_number(pilot: Pilot[Any], host: HandHost) -> None:
    await asking(pilot, host, 1)
    await pilot.press(*"7.5")


async def ask_time(pilot: Pilot[Any], host: HandHost) -> None:
    await asking(pilot, host, 2)
    await pilot.press(*"2230")


async def ask_yes_no(pilot: Pilot[Any], host: HandHost) -> None:
    await asking(pilot, host, 3)
    await pilot.press("n")


async def ask_choice(pilot: Pilot[Any], host: HandHost) -> None:
    await asking(pilot, host, 4)
    await pilot.press("down", "down")


async def ask_choices(pilot: Pilot[Any], host: HandHost) -> None:
    await asking(pilot, host, 5)
    await pilot.press("1", "3")


async def ask_text(pilot: Pilot[Any], host: HandHost) -> None:
    await asking(pilot, host, 6)
    await pilot.press(*"rain on the roof")


async def choose(pilot: Pilot[Any], host: HandHost) -> None:
    await asking(pilot, host, 7)


async def learn(pilot: Pilot[Any], host: HandHost) -> None:
    await choose(pilot, host)
    await pilot.press("1", "enter")
    await pilot.pause()
    await pass_time(pilot, host, 1)
    await pilot.press("1")


async def wait(pilot: Pilot[Any], host: HandHost) -> None:
    await learn(pilot, host)
    await pilot.press("enter")
    await pilot.pause()
    await pass_time(pilot, host, 9)


async def grounding(pilot: Pilot[Any], host: HandHost) -> None:
    await playing_inhale(pilot, host)
    await pilot.press("l")
    await pass_time(pilot, host, 18)


async def eased(pilot: Pilot[Any], host: HandHost) -> None:
    await playing_inhale(pilot, host)
    await pilot.press("e")


async def before_eased(pilot: Pilot[Any], host: HandHost) -> None:
    host.ease = 1
    await open_box(pilot, host)


async def offered(pilot: Pilot[Any], host: HandHost) -> None:
    await asking(pilot, host, 5)
    assert host.conductor is not None
    host.conductor._offers = {"words": "rain"}
    await pilot.press("ctrl+n")
    await pass_time(pilot, host, 1)


async def tapping(pilot: Pilot[Any], host: HandHost) -> None:
    host.scripts["box"] = (
        'mindful: 1\ntitle: Breaths\nsteps:\n  - ask: {id: n, text: "Each time a breath in begins, tap.", answer: breaths}\n'
    )
    await play_box(pilot, host)
    for _ in range(4):
        await pilot.press("space")
        await pass_time(pilot, host, 4)


async def counting(pilot: Pilot[Any], host: HandHost) -> None:
    host.scripts["box"] = (
        'mindful: 1\ntitle: Breaths\nsteps:\n  - ask: {id: n, text: "A tap with each breath, and the other key with the ninth.", answer: breath-count}\n'
    )
    await play_box(pilot, host)
    await pilot.press("space")
    await pass_time(pilot, host, 4)


SCENES: list[Steps] = [
    grounding, eased, before_eased, offered, tapping, counting,
    home, home_searching, home_back, home_plan, home_filtered, home_first_run, journey_empty, journey_month, journey_ratings,
    journey_practices, journey_practice, journey_trained, journey_records, journey_record, settings, settings_key, palette, palette_searching,
    before, before_red, playing_words, playing_inhale, playing_hold, paused, landing, after_early,
    after_rough, player_keys, mixer, mixer_before, rate_open, rate_chosen, ask_number, ask_time, ask_yes_no, ask_choice, ask_choices,
    ask_text, choose, learn, wait,
]  # fmt: skip


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
@pytest.mark.parametrize("scene", SCENES, ids=lambda s: s.__name__)
async def test_the_screen_is_as_it_was_looked_at(scene: Steps, size: tuple[int, int], snapshot: Any) -> None:
    host = HandHost()
    app = MindfulApp(host, fps=0, look="mono", now=host.clock.now)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await scene(pilot, host)
        await settled(pilot)
        snapshot(app, f"{scene.__name__}-{size[0]}x{size[1]}")


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
@pytest.mark.parametrize("calm_by", ["option", "animation level"])
async def test_calm_shows_a_bar_in_place_of_the_circle(size: tuple[int, int], calm_by: str, snapshot: Any) -> None:
    host = HandHost()
    app = MindfulApp(host, fps=0, look="mono", calm=calm_by == "option", now=host.clock.now)
    if calm_by != "option":
        app.animation_level = "none"
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await playing_inhale(pilot, host)
        await settled(pilot)
        snapshot(app, f"calm-{size[0]}x{size[1]}")
