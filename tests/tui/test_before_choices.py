"""What is chosen before a session is used and kept, by keys and mouse; what stands beside each other afterwards."""

from __future__ import annotations

from mindful.journal.ratings import Pair
from mindful.tui.fields import layer
from mindful.tui.host import Chosen
from mindful.tui.screens.after import After
from mindful.tui.screens.before import Before
from mindful.tui.screens.help import Sheet
from mindful.tui.screens.player import Player
from tests.tui.hosting import HandHost
from tests.tui.test_home_before_after import QUIET, at_home, click_token, end_early, settle


async def test_voice_and_background_are_used_and_kept() -> None:
    async with at_home(size=(80, 40)) as d:
        await d.press("down", "enter")
        await settle(d.pilot)
        assert "‹ as made ›" in d.text and "‹ silence ›" in d.text
        await d.press("down", "down", "right", "right")
        assert "none, only shown" in d.text and d.host.prepared == "box by none"
        await d.press("right", "left", "down", "left")
        assert "‹ rain  ›" in d.text
        await d.press("enter")
        await settle(d.pilot)
        assert isinstance(d.app.screen, Player) and d.host.options is not None
        assert (d.host.options.voice, d.host.options.background) == ("none", "rain")
        assert d.host.choices["box"] == Chosen({"rounds": 4}, None, "none", "rain")


async def test_what_was_chosen_the_last_time_is_there_again() -> None:
    host = HandHost({"quiet": QUIET})
    host.choices = {"box": Chosen({"rounds": 7}, None, "heart", "ocean"), "quiet": Chosen({}, 480_000)}
    async with at_home(host, size=(80, 40)) as d:
        await d.press("down", "enter")
        await settle(d.pilot)
        assert "‹   7   ›" in d.text and "‹ heart ›" in d.text and "‹ ocean ›" in d.text
        await d.press("escape")
        d.app.open("quiet")
        await settle(d.pilot)
        assert "‹ 8 min ›" in d.text


async def test_a_choice_that_is_gone_is_as_made() -> None:
    host = HandHost()
    host.choices = {"box": Chosen({"rounds": 99}, None, "gone", "gone")}
    async with at_home(host, size=(80, 40)) as d:
        await d.press("down", "enter")
        await settle(d.pilot)
        assert "‹  12   ›" in d.text and "‹ as made ›" in d.text and "‹ silence ›" in d.text


async def test_the_slider_is_set_by_a_press() -> None:
    host = HandHost({"quiet": QUIET})
    async with at_home(host, size=(80, 40)) as d:
        d.app.open("quiet")
        await settle(d.pilot)
        before = d.app.screen
        assert isinstance(before, Before)
        at = before._fields.index(before._length)
        await click_token(d, f"set:{at}:14")
        assert "‹ 10 min ›" in d.text and "━●" in d.text
        await click_token(d, f"set:{at}:0")
        assert "‹ 3 min ›" in d.text
        await d.press("right")
        assert "‹ 4 min ›" in d.text


async def test_ratings_stand_side_by_side_without_a_judgement() -> None:
    host = HandHost()
    host.pairs = [Pair("", 60, 40), Pair("mood", 3, 3)]
    host.lines = ["before 60"]
    async with at_home(host) as d:
        await end_early(d)
        assert "60 before, 40 after" in d.text and "Mood: 3 before, 3 after" in d.text
        for word in ("better", "well done", "improved", "great"):
            assert word not in d.text.lower()


async def test_what_the_record_holds_is_a_key_or_a_press_away() -> None:
    host = HandHost()
    host.lines = ["before 60"]
    async with at_home(host) as d:
        await end_early(d)
        await d.press("r")
        await settle(d.pilot)
        assert isinstance(d.app.screen, Sheet) and "Your answers" in d.text
        await d.press("escape")
        assert isinstance(d.app.screen, After)
        await click_token(d, "record")
        assert isinstance(d.app.screen, Sheet)


def test_a_background_has_a_name_and_a_file_its_own() -> None:
    assert layer("pink-noise") == "pink noise" and layer("sounds/lake.ogg") == "sounds/lake.ogg"


async def test_a_setting_that_takes_two_rows_begins_where_the_others_do() -> None:
    host = HandHost()
    host.ease = 1
    async with at_home(host, size=(44, 40)) as d:
        await d.press("down", "enter")
        await settle(d.pilot)
        lines = d.text.splitlines()
        rounds, breaths = (next(line for line in lines if name in line) for name in ("Rounds", "Breaths"))
        assert rounds.index("Rounds") == breaths.index("Breaths")
