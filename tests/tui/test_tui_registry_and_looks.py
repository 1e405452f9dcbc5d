"""Keys are data, colours are readable, fields and search do what they say: the small pure parts of the screen."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

from mindful.script.load import loads
from mindful.tui import keys, theme
from mindful.tui.author.bench import Bench
from mindful.tui.author.insert import Insert
from mindful.tui.author.question import Question
from mindful.tui.fields import Field, fields_of
from mindful.tui.host import Card
from mindful.tui.layout import hint_row, margin, places
from mindful.tui.loudness import Loudness
from mindful.tui.notices import SHOWN_S, Notices
from mindful.tui.rows import plain, row_width
from mindful.tui.screens.after import After
from mindful.tui.screens.before import Before
from mindful.tui.screens.checklist import Checklist
from mindful.tui.screens.evidence import Evidence
from mindful.tui.screens.gate import Refusal
from mindful.tui.screens.help import Sheet, key_rows
from mindful.tui.screens.home import Home
from mindful.tui.screens.journey import Journey
from mindful.tui.screens.ladder import Ladders, LadderScreen
from mindful.tui.screens.learning import Learning
from mindful.tui.screens.mixer import Mixer
from mindful.tui.screens.palette import Palette
from mindful.tui.screens.player import Player
from mindful.tui.screens.settings import Settings
from mindful.tui.screens.support import Support
from mindful.tui.screens.unpleasant import Unpleasant
from mindful.tui.search import fold, search
from tests.making import HandClock
from tests.tui.hosting import CARDS

ROOMS = {
    "home": Home,
    "before": Before,
    "player": Player,
    "form": Player,
    "after": After,
    "help": Sheet,
    "mixer": Mixer,
    "gate": Refusal,
    "checklist": Checklist,
    "unpleasant": Unpleasant,
    "support": Support,
    "evidence": Evidence,
    "bench": Bench,
    "insert": Insert,
    "question": Question,
    "settings": Settings,
    "journey": Journey,
    "palette": Palette,
    "learning": Learning,
    "ladder": LadderScreen,
    "ladders": Ladders,
}


@pytest.mark.parametrize("scope", sorted(keys.SCOPES))
def test_every_action_of_the_registry_can_be_done(scope: str) -> None:
    for action in keys.SCOPES[scope]:
        assert callable(getattr(ROOMS[scope], f"action_{action.name}")), f"{scope}.{action.name}"


@pytest.mark.parametrize(
    "scopes",
    [
        ("home",),
        ("before",),
        ("player", "form"),
        ("after",),
        ("help",),
        ("mixer",),
        ("gate",),
        ("checklist",),
        ("unpleasant",),
        ("support",),
        ("evidence",),
        ("bench",),
        ("insert",),
        ("question",),
        ("settings",),
        ("journey",),
        ("palette",),
        ("learning",),
        ("ladder",),
        ("ladders",),
    ],
)
def test_no_key_means_two_things_on_one_screen(scopes: tuple[str, ...]) -> None:
    bound = [key for binding in keys.bindings(*scopes) for key in binding.key.split(",")]  # type: ignore[union-attr]
    assert len(bound) == len(set(bound))


def test_help_names_every_key_that_a_client_can_use() -> None:
    shown = "\n".join(plain(r) for r in key_rows(("player", "form"), 76))
    for action in (*keys.SCOPES["player"], *keys.SCOPES["form"]):
        assert action.help in shown.replace("\n", " ")
    assert all(row_width(r) <= 40 for r in key_rows(("player",), 40))


def test_an_unknown_action_is_an_error() -> None:
    with pytest.raises(KeyError):
        keys.action("player", "explode")


def test_hints_that_do_not_fit_are_left_out_from_the_end() -> None:
    hints = [("Space", "pause", "space"), ("q", "end", "end"), ("n", "next", "skip")]
    assert plain(hint_row(hints, 80)) == "   Space pause   q end   n next"
    assert plain(hint_row(hints, 22)) == "Space pause   q end"
    assert hint_row(hints, 3) == ()
    assert [s.token for s in hint_row(hints, 80) if s.text == "q"] == ["end"]


@pytest.mark.parametrize("size", [(w, h) for w in (1, 10, 40, 80, 200) for h in range(1, 60, 7)])
def test_the_parts_of_the_player_never_need_more_than_the_screen(size: tuple[int, int]) -> None:
    p = places(*size)
    assert p.margin + p.head + p.caption + p.phase + p.status + p.hints <= size[1]
    assert 2 * margin(size[0]) < size[0]


@pytest.mark.parametrize("look", ["16", "mono"])
def test_looks_without_own_colours_keep_the_terminals_background(look: theme.Look) -> None:
    styles = theme.roles(look)
    assert set(styles) == set(theme.ROLES)
    assert all(s.bgcolor is None for s in styles.values())
    if look == "mono":
        assert all(s.color is None for s in styles.values())
    for marked in ("picked", "button"):
        assert styles[marked] != styles["text"]
    # A field is told by its edge (`rows.edged`), not by a style that spaces may not show.
    assert styles["field"] == styles["text"]


@pytest.mark.parametrize(
    ("environ", "system", "look"),
    [
        ({"NO_COLOR": "1"}, "truecolor", "mono"), ({}, "truecolor", "true"), ({}, "256", "256"),
        ({}, "standard", "16"), ({}, "windows", "16"), ({}, None, "mono"),
    ],
)  # fmt: skip
def test_the_look_follows_the_terminal(environ: dict[str, str], system: str | None, look: str) -> None:
    assert theme.look_of(environ, system) == look


def ids(query: str) -> list[str]:
    return [c.id for c in search(CARDS, query)]


def test_search_is_over_title_tags_summary_tier_and_length() -> None:
    assert ids("") == [c.id for c in CARDS]
    assert ids("box") == ["box"]
    assert ids("sleep") == ["bedtime"]
    assert ids("breathwork") == ["box", "wim-hof"]
    assert ids("gentle calm") == ["settle"]
    assert ids("intense") == ["wim-hof"]
    assert ids("FRANCAIS") == ["bodyscan"]
    assert ids("10") == ["bodyscan"]
    assert ids("nothing like it") == []


def test_a_title_that_begins_so_comes_first() -> None:
    cards = [Card("a", "A quiet sit"), Card("b", "Sit"), Card("c", "Else", summary="to sit")]
    assert [c.id for c in search(cards, "sit")] == ["b", "a", "c"]
    assert fold("Été") == "ete"


def fields(variables: str, **given: Any) -> list[Field]:
    found = loads(f"mindful: 1\ntitle: T\nvariables:\n{variables}\nsteps:\n  - pause: 5\n")
    assert found.script is not None, found.problems
    return fields_of(found.script, given, "en")


def test_a_number_moves_in_its_range_and_is_typed() -> None:
    (field,) = fields("  minutes: {default: 5, min: 2, max: 6, label: Minutes}")
    assert (field.label, field.range, field.shown) == ("Minutes", "2 to 6", "5")
    for _ in range(5):
        field.step(1)
    assert field.value == 6 and isinstance(field.value, int)
    field.type("3")
    assert field.shown == "3" and field.erase()
    field.type("9")
    field.settle()
    assert field.value == 6
    assert not field.type("x")
    field.type("-")
    field.settle()
    assert field.value == 6


def test_a_fraction_moves_by_halves() -> None:
    (field,) = fields("  pace: {default: 5.5, min: 4}")
    field.step(-1)
    assert field.value == 5.0 and field.range == "at least 4"


def test_switches_and_words() -> None:
    switch, text = fields("  bells: {default: true}\n  place: {default: sea}")
    assert switch.shown == "yes" and switch.step(1) and switch.value is False
    assert not text.step(1)
    for _ in range(3):
        text.erase()
    text.settle()
    assert text.value == "sea"
    text.type("s")
    assert text.shown == "seas"


def test_given_values_are_taken_within_range() -> None:
    (field,) = fields("  minutes: {default: 5, min: 2, max: 6}", minutes=99)
    assert field.value == 6
    (field,) = fields("  minutes: {default: 5}", minutes="many")
    assert field.value == 5


def test_loudness_moves_in_tenths_and_mutes() -> None:
    loud = Loudness(0.95)
    assert loud.change(1) == 1.0 and loud.change(-1) == 0.9
    assert loud.mute() == 0.0 and "Sound off" in loud.said
    assert loud.mute() == 0.9 and loud.said == "Loudness 90 %"
    loud.mute()
    assert loud.change(1) == 1.0
    silent = Loudness(0)
    assert silent.mute() == 0.5


def test_notices_are_said_one_after_the_other_each_once() -> None:
    clock = HandClock()
    notices = Notices(clock.now)
    notices.hear(["one\x1b[2J", "two"])
    notices.hear(["one\x1b[2J", "two"])
    assert notices.current() == "one[2J"
    clock.forward(SHOWN_S)
    assert notices.current() == "two"
    notices.tell("now", at_once=True)
    assert notices.current() == "now"
    clock.forward(SHOWN_S)
    assert notices.current() == ""


def test_the_first_screen_imports_no_player_no_timeline_and_no_models() -> None:
    import subprocess
    import sys

    code = (
        "import sys; import mindful.tui.app, mindful.tui.screens.home;"
        "print([m for m in sys.modules if m.startswith(('mindful.player', 'mindful.timeline', 'mindful.script', 'pydantic', 'numpy'))"
        " or m in ('textual.widgets._markdown', 'textual.widgets._data_table', 'textual.widgets._text_area')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_screens_stay_thin() -> None:
    import mindful.tui.app
    import mindful.tui.screens.player

    for module in (mindful.tui.app, mindful.tui.screens.player):
        assert len(inspect.getsource(module).splitlines()) <= 275
