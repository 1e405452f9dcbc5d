"""What each key and press does to a running session: the real conductor, a clock that is moved by hand."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from textual.pilot import Pilot

from mindful.audio.levels import Levels
from mindful.tui.app import MindfulApp
from mindful.tui.screens.after import After
from mindful.tui.screens.help import Sheet
from mindful.tui.screens.player import Player
from mindful.tui.widgets.form_view import FormView
from mindful.tui.widgets.pacer import PacerView
from mindful.tui.widgets.rows import Rows
from tests.tui.conftest import screen_text
from tests.tui.hosting import HandHost

WAITING = """
mindful: 1
title: Keys
steps:
  - wait: {text: When you are ready.}
  - breathe: {pattern: {inhale: 4, exhale: 4}, until: key}
  - sit: {open: true}
  - say: The end.
"""


class Driver:
    """A player that runs, and what a test does with it."""

    def __init__(self, pilot: Pilot[Any], host: HandHost) -> None:
        self.pilot, self.host, self.app = pilot, host, pilot.app

    @property
    def player(self) -> Player:
        return next(s for s in self.app.screen_stack if isinstance(s, Player))

    @property
    def status(self) -> str:
        assert self.host.conductor is not None
        return self.host.conductor.state.status

    @property
    def position(self) -> int:
        assert self.host.conductor is not None
        return self.host.conductor.state.at.position_ms

    async def run(self, seconds: float, step: float = 0.25) -> None:
        for _ in range(round(seconds / step)):
            self.host.clock.forward(step)
            if isinstance(self.app.screen, Player):
                await self.app.screen.frame()
        await self.pilot.pause()

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    @property
    def text(self) -> str:
        return screen_text(self.app)

    @property
    def said(self) -> str:
        """The words of the screen without their line breaks."""
        return " ".join(self.text.split())


@asynccontextmanager
async def playing(session: str = "box", size: tuple[int, int] = (80, 24), **scripts: str) -> AsyncIterator[Driver]:
    host = HandHost(scripts)
    app = MindfulApp(host, session=session, begin=True, fps=0, look="mono", now=host.clock.now)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.pause()
        yield Driver(pilot, host)


@pytest.mark.parametrize("key", ["space", "p"])
async def test_pause_holds_time_and_says_something_kind(key: str) -> None:
    async with playing() as d:
        await d.run(10)
        await d.press(key)
        held = d.position
        await d.run(5)
        assert d.status == "paused" and d.position == held
        assert "Take the time you need" in d.text
        await d.press(key)
        await d.run(1)
        assert d.status == "playing" and d.position == held + 1000


async def test_enter_also_goes_on_after_a_pause() -> None:
    async with playing() as d:
        await d.run(3)
        await d.press("space", "enter")
        assert d.status == "playing"


@pytest.mark.parametrize("key", ["n", "right"])
async def test_skip_goes_to_the_next_step(key: str) -> None:
    async with playing() as d:
        await d.run(1)
        await d.press(key)
        await d.run(0.5)
        assert "Breathe in" in d.text


@pytest.mark.parametrize("key", ["b", "left"])
async def test_back_goes_to_the_start_of_the_step(key: str) -> None:
    async with playing() as d:
        await d.press("n")
        await d.run(9)
        there = d.position
        await d.press(key)
        assert d.position < there - 8000
        assert "Breathe in   4" in d.text


@pytest.mark.parametrize("key", ["q", "escape", "ctrl+c", "ctrl+q"])
async def test_ending_early_lands_softly_and_is_fine(key: str) -> None:
    async with playing() as d:
        await d.run(10)
        await d.press(key)
        assert d.status == "landing" and "You can stop here" in d.text
        assert "end now" in d.text
        await d.run(9)
        assert isinstance(d.app.screen, After)
        assert "That is fine." in d.text
        assert d.host.log.closed[0]["status"] == "stopped"


async def test_ending_twice_ends_at_once() -> None:
    async with playing() as d:
        await d.run(10)
        await d.press("q", "q")
        await d.pilot.pause()
        assert isinstance(d.app.screen, After)


async def test_ending_works_in_a_pause_too() -> None:
    async with playing() as d:
        await d.run(10)
        await d.press("space", "q")
        assert d.status == "landing"


async def test_a_session_that_runs_to_its_end_is_completed() -> None:
    async with playing() as d:
        await d.run(150, step=1)
        assert isinstance(d.app.screen, After)
        assert "from beginning to end" in d.text
        assert d.host.log.closed[0]["status"] == "completed"


async def test_loudness_is_set_shown_for_a_while_and_remembered() -> None:
    async with playing() as d:
        await d.press("plus")
        assert "Loudness 90 %" in d.text
        assert d.host.remembered == [0.9]
        assert d.host.conductor is not None and d.host.conductor.state.volume == 0.9
        await d.press("minus", "minus")
        assert "Loudness 70 %" in d.text
        await d.run(7)
        assert "Loudness" not in d.text and "Space pause" in d.text


async def test_mute_is_not_remembered_and_comes_back_as_it_was() -> None:
    async with playing() as d:
        await d.press("s")
        assert d.host.conductor is not None and d.host.conductor.state.volume == 0
        assert "s brings it back" in d.text
        await d.press("s")
        assert d.host.conductor.state.volume == 0.8
        assert 0 not in d.host.remembered


async def test_the_mixer_opens_under_the_circle_moves_and_closes() -> None:
    async with playing() as d:
        await d.run(10)
        await d.press("m")
        assert "› Voice" in d.text and "Background" in d.text and "Esc done" in d.text
        await d.press("down", "down", "left", "left")
        assert d.host.levels == Levels(bells=-6) and "-6 dB" in d.text
        assert d.host.conductor is not None and d.host.conductor.state.levels == Levels(bells=-6)
        await d.press("up", "right")
        assert d.host.levels == Levels(cues=3, bells=-6)
        await d.press("0")
        assert d.host.levels == Levels(cues=-60, bells=-6) and "off" in d.text
        await d.press("0")
        assert d.host.levels == Levels(cues=3, bells=-6)
        await d.press("escape")
        assert "Voice" not in d.text and "Space pause" in d.text and d.status == "playing"
        await d.press("m", "m")
        assert "Voice" not in d.text


async def test_while_the_mixer_is_open_the_session_goes_on_and_can_be_paused_and_ended() -> None:
    async with playing() as d:
        await d.run(10)
        await d.press("m")
        before = d.position
        await d.run(2)
        assert d.position == before + 2000
        await d.press("space")
        assert d.status == "paused"
        await d.press("space", "q")
        assert d.status == "landing"


async def test_a_click_on_a_bar_sets_it() -> None:
    async with playing() as d:
        await d.press("m")
        await d.pilot.pause()
        rows = d.player.query_one("#mixer", Rows)
        line = "".join(s.text for s in rows.rows[3])
        await d.pilot.click(rows, offset=(line.index("━"), 3))
        await d.pilot.pause()
        assert d.host.levels == Levels(background=-30)


async def test_a_question_closes_the_mixer_and_keeps_its_arrows() -> None:
    script = "mindful: 1\ntitle: Q\nsteps:\n  - pause: 2 s\n  - rate: {id: now, ask: How tense are you?, scale: suds}\n"
    async with playing("q", q=script) as d:
        await d.press("m")
        await d.run(4)
        assert d.status == "asking" and "Voice" not in d.text
        await d.press("m")
        assert "Voice" not in d.text


@pytest.mark.parametrize("size", [(40, 12), (30, 8), (24, 6), (12, 4)])
async def test_the_mixer_on_small_screens_does_no_harm(size: tuple[int, int]) -> None:
    async with playing(size=size) as d:
        await d.run(10)
        await d.press("m", "down", "left")
        await d.run(1)
        assert d.host.levels == Levels(cues=-3)
        await d.press("escape")
        assert d.status == "playing"


async def test_the_screen_goes_dark_and_any_key_brings_it_back() -> None:
    async with playing() as d:
        await d.run(10)
        await d.press("h")
        assert d.text.strip() == ""
        await d.run(2)
        assert d.text.strip() == "" and d.status == "playing"
        await d.press("x")
        assert "Box breathing" in d.text and d.status == "playing"


async def test_in_the_dark_space_still_pauses_and_shows_it() -> None:
    async with playing() as d:
        await d.run(10)
        await d.press("h", "space")
        assert d.status == "paused" and "Take the time you need" in d.text


async def test_a_light_key_in_the_dark_does_not_skip() -> None:
    async with playing() as d:
        await d.run(10)
        await d.press("h", "n")
        assert "Breathe" in d.text


async def test_the_help_page_comes_from_the_registry_and_goes_away() -> None:
    async with playing() as d:
        await d.press("question_mark")
        assert isinstance(d.app.screen, Sheet)
        assert "with a soft landing" in d.text
        await d.press("escape")
        assert isinstance(d.app.screen, Player)


async def test_a_click_on_the_circle_pauses_and_on_a_hint_does_what_it_says() -> None:
    async with playing() as d:
        await d.run(10)
        await d.pilot.click(PacerView)
        assert d.status == "paused"
        hints = d.player.query_one("#hints", Rows)
        at = "".join(s.text for s in hints.rows[-1]).index("end here")
        await d.pilot.click(hints, offset=(at, len(hints.rows) - 1))
        await d.pilot.pause()
        assert d.status == "landing"


async def test_where_the_session_waits_the_largest_key_goes_on() -> None:
    async with playing("keys", keys=WAITING) as d:
        await d.run(2)
        assert "Space go on" in d.text
        await d.press("space")
        await d.run(2)
        assert "Breathe" in d.text


async def test_where_breath_or_silence_runs_space_pauses_and_enter_goes_on() -> None:
    async with playing("keys", keys=WAITING) as d:
        await d.press("enter")
        await d.run(3)
        assert "Enter go on" in d.text
        await d.press("space")
        assert d.status == "paused"
        await d.press("space", "enter")
        await d.run(9)
        assert "Sit" in d.text or "Sitting" in d.text
        await d.press("enter")
        await d.run(1)
        assert "The end." in d.text


async def test_a_notice_is_shown_once_for_a_while() -> None:
    async with playing() as d:
        assert d.host.conductor is not None
        d.host.conductor.notice("There is no sound device. The session goes on in silence.")
        await d.run(0.5)
        assert "There is no sound device" in d.text
        await d.run(7)
        assert "There is no sound device" not in d.text
        await d.run(3)
        assert "There is no sound device" not in d.text


SAID = "There is no sound device, so this session plays in silence, and all that is said in it stands on the screen."


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (40, 12), (40, 8), (30, 20)])
@pytest.mark.parametrize("at", ["asking", "breathing", "mixing"])
async def test_a_notice_covers_no_key_and_is_there_to_its_last_word(at: str, size: tuple[int, int]) -> None:
    async with playing("asked" if at == "asking" else "box", size=size, asked=ASKED.replace("KIND", RATE)) as d:
        await d.run(10 if at != "asking" else 1)
        if at == "asking":
            await d.press("n")
            await d.run(1)
        if at == "mixing":
            await d.press("m")
        keys = d.text.splitlines()[-1]
        assert keys.strip()
        assert d.host.conductor is not None
        d.host.conductor.notice(SAID)
        seen = ""
        for _ in range(12):
            await d.run(0.5)
            assert d.text.splitlines()[-1] == keys
            seen += " " + " ".join(d.text.split())
        assert "There is no sound" in seen
        if size[0] >= 40:
            assert "on the screen." in seen


async def test_the_circle_follows_the_breath() -> None:
    async with playing() as d:
        await d.press("n")
        sizes = []
        for _ in range(8):
            await d.run(0.5)
            sizes.append(d.text.count("█"))
        assert sizes == sorted(sizes) and sizes[0] < sizes[-1]
        await d.run(0.5)
        held = d.text.count("█")
        await d.run(2)
        assert d.text.count("█") == held


async def test_a_frame_in_which_nothing_changed_paints_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    async with playing() as d:
        await d.run(14.5)
        painted: list[str] = []
        monkeypatch.setattr(Rows, "refresh", lambda self, *a, **k: painted.append(self.id or ""))
        monkeypatch.setattr(PacerView, "refresh", lambda self, *a, **k: painted.append("pacer"))
        await d.player.frame()
        await d.player.frame()
        assert painted == []


async def test_a_hold_paints_only_its_count_and_the_times(monkeypatch: pytest.MonkeyPatch) -> None:
    async with playing() as d:
        await d.run(14.25)
        painted: list[str] = []
        monkeypatch.setattr(Rows, "refresh", lambda self, *a, **k: painted.append(self.id or ""))
        monkeypatch.setattr(PacerView, "refresh", lambda self, *a, **k: painted.append("pacer"))
        for _ in range(24):
            d.host.clock.forward(1 / 24)
            await d.player.frame()
        assert "pacer" not in painted
        assert sorted(set(painted)) == ["head", "phase", "status"] and len(painted) == 3


async def test_how_to_end_at_once_is_not_hidden_by_a_notice() -> None:
    async with playing() as d:
        await d.run(10)
        await d.press("+", "q")
        assert "end now" in d.text and "Loudness" not in d.text


RATE = "rate: {id: a, ask: How is it?}"
ASKED = """
mindful: 1
title: Asked
steps:
  - say: Some words before it.
    pause: 9 s
  - KIND
  - sit: 5 min
"""


@pytest.mark.parametrize("key", ["n", "right"])
async def test_a_key_that_skipped_to_a_question_and_comes_once_more_answers_nothing(key: str) -> None:
    for kind in ("rate: {id: a, ask: How is it?}", "ask: {id: a, text: How is it?, answer: text}"):
        async with playing("asked", asked=ASKED.replace("KIND", kind)) as d:
            await d.run(1)
            await d.press(key)
            await d.press(key)
            await d.run(0.1)
            assert d.status == "asking" and "How is it?" in d.text
            assert d.player.query_one(FormView).draft is None
            await d.run(1)
            await d.press("n")
            # Later it is what it says: a letter where words are asked, else the next step.
            assert d.player.query_one(FormView).draft == ("n" if "ask" in kind[:3] else None)
            assert (d.status == "asking") is (kind[:3] == "ask")


async def test_gentler_breaths_are_named_only_where_breath_is_paced() -> None:
    async with playing(
        "asked", asked=ASKED.replace("KIND", "breathe: {pattern: {inhale: 4, exhale: 4}, cycles: 3}")
    ) as d:
        await d.run(1)
        assert "e ease" not in d.text
        await d.press("n")
        await d.run(1)
        assert "e ease" in d.text
