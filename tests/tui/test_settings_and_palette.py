"""Settings and changed keys on the screen, the palette, and help everywhere: by keyboard and by mouse."""

from __future__ import annotations

import pytest

from mindful.journal.preferences import DECLARED
from mindful.tui import keymap, keys
from mindful.tui.screens.after import After
from mindful.tui.screens.before import Before
from mindful.tui.screens.help import Sheet
from mindful.tui.screens.home import Home
from mindful.tui.screens.journey import Journey
from mindful.tui.screens.mixer import Mixer
from mindful.tui.screens.palette import Palette
from mindful.tui.screens.player import Player
from mindful.tui.screens.settings import Settings, changeable
from tests.tui.hosting import HandHost
from tests.tui.test_home_before_after import at_home, click_token, end_early, settle
from tests.tui.test_player_keys import Driver


async def settings(d: Driver, name: str = "") -> Settings:
    await d.press("comma")
    await settle(d.pilot)
    screen = d.app.screen
    assert isinstance(screen, Settings)
    if name:
        at = next(i for i, each in enumerate(screen._all) if each.name == name)
        await d.press(*["down"] * at)
    return screen


async def test_arrows_change_and_it_is_written_at_once() -> None:
    async with at_home() as d:
        await settings(d)
        await d.press("right")
        assert d.host.set["sound", "volume"] == 0.85 and "0.85" in d.text
        await d.press("left", "left")
        assert d.host.set["sound", "volume"] == 0.75
        await d.press("delete")
        assert d.host.set["sound", "volume"] is None


async def test_a_click_changes_and_a_switch_turns() -> None:
    async with at_home(size=(80, 60)) as d:
        screen = await settings(d)
        at = next(i for i, s in enumerate(DECLARED) if s.name == "streak")
        await click_token(d, f"more:{at}")
        assert d.host.set["journey", "streak"] is True and "true" in d.text
        await click_token(d, "less:0")
        assert d.host.set["sound", "volume"] == 0.75 and screen._at == 0


async def test_words_are_written_and_keys_are_letters_meanwhile() -> None:
    async with at_home() as d:
        await settings(d, "name")
        await d.press("enter", "q", "space", "m", "backspace", "x", "enter")
        assert d.host.set["voice", "name"] == "q x" and isinstance(d.app.screen, Settings)
        await d.press("enter", "y", "down", "escape")
        assert d.host.set["voice", "name"] == "q xy"
        await d.press("escape")
        assert isinstance(d.app.screen, Home)


async def test_what_cannot_be_written_is_told_there() -> None:
    async with at_home() as d:
        d.host.refusal = "It could not be written down."
        await settings(d)
        await d.press("right")
        assert "It could not be written down." in d.text and "0.8 " in d.text


async def test_a_new_key_works_at_once_and_is_in_hints_and_help() -> None:
    async with at_home() as d:
        await settings(d, "journey")
        await d.press("enter")
        assert "press a key" in d.text
        await d.press("g")
        assert d.host.keys["journey"] == ("g",)
        await d.press("escape")
        assert "g journey" in d.text
        await d.press("j")
        assert isinstance(d.app.screen, Home)  # a letter of the search now
        await d.press("escape", "g")
        await settle(d.pilot)
        assert isinstance(d.app.screen, Journey)
        await d.press("escape", "f1")
        await settle(d.pilot)
        assert "g          What you did so far." in d.text


async def test_a_key_that_means_something_else_there_is_refused_in_words() -> None:
    async with at_home() as d:
        await settings(d, "skip")
        await d.press("enter", "space")
        assert "means “space” on the same screen already" in d.said and "skip" not in d.host.keys
        await d.press("enter", "q")
        assert "means “end”" in d.said
        await d.press("enter", "escape")
        assert "press a key" not in d.text and isinstance(d.app.screen, Settings)


async def test_changed_keys_hold_in_a_session_and_q_still_ends_it() -> None:
    host = HandHost()
    host.keys = {"end": ("z",), "space": ("g",)}
    async with at_home(host) as d:
        await d.press("down", "enter")
        await settle(d.pilot)
        await d.press("enter")
        await settle(d.pilot)
        assert isinstance(d.app.screen, Player)
        await d.run(1)
        assert "g pause" in d.text
        await d.press("g")
        assert d.status == "paused"
        await d.press("g", "q")
        assert d.status == "landing"
        await d.press("z")
        await settle(d.pilot)
        assert isinstance(d.app.screen, After)


@pytest.mark.parametrize(
    ("wanted", "good", "bad"),
    [
        ({"mute": ("z",)}, {"mute": ("z",)}, {}),
        ({"explode": ("z",)}, {}, {"explode": "no action"}),
        ({"mute": ("nokey",)}, {}, {"mute": "no key"}),
        ({"mute": ("n",)}, {}, {"mute": "“skip”"}),
        ({"mute": ("z",), "hide": ("z",)}, {"mute": ("z",)}, {"hide": "same screen"}),
        ({"mute": ("h",), "hide": ("s",)}, {"mute": ("h",), "hide": ("s",)}, {}),
        ({"mute": ("ctrl+c",)}, {}, {"mute": "“stop”"}),
        ({"mute": ("q",)}, {}, {"mute": "“end”"}),
        ({"end": ("z",)}, {"end": ("z", "q", "escape")}, {}),
        ({"stop": ("ctrl+g",)}, {"stop": ("ctrl+g", "ctrl+c", "ctrl+q")}, {}),
        ({"help": ("f12", "ctrl+h")}, {"help": ("f12", "ctrl+h")}, {}),
    ],
)
def test_which_key_maps_can_be_had(wanted: dict, good: dict, bad: dict) -> None:
    found, wrong = keymap.remapping(wanted)
    assert found == good or (len(wanted) == 2 and len(found) == 1)
    assert set(wrong) == set(bad) or (len(wanted) == 2 and len(wrong) == 1)
    for name, part in bad.items():
        assert part in " ".join(wrong.values()) or part in wrong[name]


def test_every_key_of_the_registry_can_be_given_to_an_action() -> None:
    for scope in keys.SCOPES.values():
        for action in scope:
            for key in action.keys:
                assert keymap.usable(key) or key == "ctrl+@", key
    assert not keymap.usable("f13") and not keymap.usable("meta+x") and not keymap.usable("")
    assert keymap.shown(("ctrl+g",)) == "Ctrl+g" and keymap.shown(("comma",)) == "," and keymap.shown(("f5",)) == "F5"


def test_every_action_that_help_tells_of_can_be_changed() -> None:
    names = {each.name for each in changeable()}
    for scope in ("home", "before", "player", "form", "mixer", "after", "journey"):
        assert {a.name for a in keys.SCOPES[scope] if a.help} <= names


async def test_the_palette_opens_a_session_by_its_name() -> None:
    async with at_home() as d:
        await d.press("ctrl+p", *"box", "enter")
        await settle(d.pilot)
        assert isinstance(d.app.screen, Before) and len(d.app.screen_stack) == 2


async def test_the_palette_opens_a_session_from_afar_and_by_a_click() -> None:
    async with at_home(size=(80, 60)) as d:
        await d.press("j", "ctrl+p")
        await settle(d.pilot)
        palette = d.app.screen
        assert isinstance(palette, Palette)
        at = next(i for i, c in enumerate(palette._found) if c.session == "box")
        await click_token(d, f"do:{at}")
        assert isinstance(d.app.screen, Before) and len(d.app.screen_stack) == 2


async def test_the_palette_does_what_the_screen_below_can() -> None:
    async with at_home() as d:
        await d.press("ctrl+p", *"what you did so far", "enter")
        await settle(d.pilot)
        assert isinstance(d.app.screen, Journey)
        await d.press("ctrl+p", *"nothing like this")
        assert "Nothing by that name" in d.text
        await d.press("escape", "escape")
        assert isinstance(d.app.screen, Home)


async def test_while_a_session_runs_the_palette_has_its_actions_and_no_other_session() -> None:
    async with at_home() as d:
        await d.press("1")
        await settle(d.pilot)
        await d.press("ctrl+p", *"open")
        assert "Open:" not in d.text
        for _ in range(4):
            await d.press("backspace")
        await d.press(*"dark", "enter")
        await settle(d.pilot)
        assert isinstance(d.app.screen, Player)


@pytest.mark.parametrize("room", [Home, Before, Player, After, Journey, Settings, Mixer])
async def test_every_screen_tells_its_keys(room: type) -> None:
    async with at_home() as d:
        if room in (Journey, Settings):
            await d.press("j" if room is Journey else "comma")
        elif room is After:
            await end_early(d)
        elif room is not Home:
            await d.press("down", "enter")
            await settle(d.pilot)
            await d.press(*{"Player": ["enter"], "Mixer": ["m"]}.get(room.__name__, []))
        await settle(d.pilot)
        assert type(d.app.screen) is room
        await d.press("question_mark")
        await settle(d.pilot)
        assert isinstance(d.app.screen, Sheet) and "Keys" in d.text
