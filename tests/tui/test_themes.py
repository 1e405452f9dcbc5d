"""Every theme can be read, also by eyes that see red and green alike, and each is put on when it should be."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from mindful.journal import preferences
from mindful.tui import theme, words
from mindful.tui.dress import Dress
from mindful.tui.host import Appearance
from mindful.tui.pacers import NAMES
from mindful.tui.pacers.frames import HELD, RING, SOFT, STEPS
from mindful.tui.palettes import KEYS, NIGHTS, PALETTES
from mindful.tui.pens import Pens
from tests.tui.colours import contrast, distance, luminance

EVERY = [(name, look) for name in PALETTES for look in ("true", "256")]
WORDS = [role for role in theme.ROLES if role not in ("decor", "bar")]
"""Lines and areas are no words."""
MEAN = [
    ("accent", "warm"),
    ("accent", "care"),
    ("warm", "care"),
    ("text", "accent"),
    ("text", "warm"),
    ("text", "care"),
]


def test_the_measures_are_those_that_are_published() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert distance("#000000", "#ffffff") == pytest.approx(100, abs=0.01)
    # To someone without green cones this red and this olive are nearly one colour; to others they are not.
    assert distance("#c04000", "#807000") > 50 > 20 > distance("#c04000", "#807000", "deuteranopia")


@pytest.mark.parametrize(("name", "look"), EVERY)
def test_words_on_their_ground_meet_aa_and_in_high_contrast_aaa(name: str, look: str) -> None:
    colours = PALETTES[name][look]
    for role in WORDS:
        front, back, _ = theme.ROLES[role]
        assert contrast(colours[front], colours[back]) >= (7 if name == "contrast" else 4.5), role


@pytest.mark.parametrize(("name", "look"), EVERY)
def test_figures_stand_out_and_the_rim_does_not_until_it_holds(name: str, look: str) -> None:
    ground, inks = PALETTES[name][look]["ground"], theme.inks(look, name)  # type: ignore[arg-type]
    assert contrast(inks[STEPS], ground) >= 4.5
    assert contrast(inks[HELD + STEPS], ground) >= 3
    assert contrast(inks[SOFT + STEPS], ground) >= (3 if name == "contrast" else 1.3)
    assert contrast(inks[STEPS], inks[SOFT + STEPS]) >= 2
    if name != "contrast":
        assert contrast(inks[RING + STEPS], ground) < 2


@pytest.mark.parametrize(("name", "look"), EVERY)
def test_an_edge_grows_evenly_from_ground_to_figure(name: str, look: str) -> None:
    inks = theme.inks(look, name)  # type: ignore[arg-type]
    for base in (0, RING, HELD, SOFT):
        ramp = [luminance(inks[0]), *(luminance(inks[base + i]) for i in range(1, STEPS + 1))]
        assert ramp == sorted(ramp, reverse=name == "light"), base
        assert all(abs(b - a) <= 0.6 * abs(ramp[-1] - ramp[0]) for a, b in pairwise(ramp)), base


@pytest.mark.parametrize(("name", "look"), EVERY)
@pytest.mark.parametrize("eyes", [None, "protanopia", "deuteranopia"])
def test_a_held_breath_is_told_apart_by_all_eyes(name: str, look: str, eyes: str | None) -> None:
    colours = PALETTES[name][look]
    assert distance(colours["disc"], colours["held"], eyes) >= 15


@pytest.mark.parametrize("name", ["colour-blind", "night-colour-blind", "contrast"])
@pytest.mark.parametrize("look", ["true", "256"])
@pytest.mark.parametrize("eyes", ["protanopia", "deuteranopia"])
def test_colours_that_mean_something_stay_apart_where_red_and_green_are_alike(name: str, look: str, eyes: str) -> None:
    colours = PALETTES[name][look]
    for a, b in MEAN:
        assert distance(colours[a], colours[b], eyes) >= 20, (a, b)
    assert distance(colours["disc"], colours["held"], eyes) >= 60


def test_the_night_is_dim() -> None:
    for day, night in NIGHTS.items():
        for look in ("true", "256"):
            dim = PALETTES[night][look]
            assert max(luminance(dim[key]) for key in KEYS) < 0.5
            assert luminance(dim["ground"]) < 0.004
            assert luminance(dim["text"]) < 0.55 * luminance(PALETTES[day if day != "light" else "dark"][look]["text"])


def test_256_uses_only_colours_that_such_a_terminal_has() -> None:
    levels = {0, 95, 135, 175, 215, 255}
    for name in PALETTES:
        for colour in {*PALETTES[name]["256"].values(), *theme.inks("256", name)}:
            parts = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
            grey = len(set(parts)) == 1 and (parts[0] - 8) % 10 == 0
            assert grey or set(parts) <= levels, (name, colour)


@pytest.mark.parametrize(
    ("wanted", "night", "hour", "environ", "palette"),
    [
        ("auto", "auto", 12, {}, "dark"),
        ("auto", "auto", 12, {"COLORFGBG": "0;15"}, "light"),
        ("auto", "auto", 12, {"COLORFGBG": "15;default;0"}, "dark"),
        ("dark", "auto", 12, {"COLORFGBG": "0;15"}, "dark"),
        ("auto", "auto", 20, {}, "dark"),
        ("auto", "auto", 21, {}, "night"),
        ("light", "auto", 5, {}, "night"),
        ("light", "auto", 6, {}, "light"),
        ("light", "off", 23, {}, "light"),
        ("dark", "on", 12, {}, "night"),
        ("contrast", "on", 23, {}, "contrast"),
        ("colour-blind", "auto", 23, {}, "night-colour-blind"),
        ("nonsense", "nonsense", 23, {}, "night"),
    ],
)
def test_the_palette_follows_wish_hour_and_terminal(
    wanted: str, night: str, hour: int, environ: dict[str, str], palette: str
) -> None:
    assert theme.chosen(wanted, night, hour, environ) == palette


def test_colours_change_in_place_when_the_night_begins() -> None:
    hours = [20]
    dress = Dress(Appearance(), "true", lambda: hours[0], {})
    held = dress.styles
    before = held["text"]
    assert not dress.change(Appearance())
    hours[0] = 21
    assert dress.change(Appearance())
    assert dress.styles is held and held["text"] != before
    assert dress.theme.name == "mindful-night-true"


@pytest.mark.parametrize("look", ["16", "mono"])
def test_without_fine_colours_quiet_figure_and_held_are_told_apart_by_shape(look: theme.Look) -> None:
    pens = Pens(look)
    quiet, figure = (pens.segment(1, ink, ink) for ink in (SOFT + STEPS, STEPS))
    assert quiet.text == "▒" and figure.text in "█ "
    assert pens.segment(2, RING + STEPS, RING + STEPS).text == "  "
    assert pens.segment(1, STEPS, SOFT + STEPS).text == "▀"
    assert pens.segment(1, 1, 1).text == " "
    if look == "16":
        assert pens.segment(1, HELD + STEPS, 0).style != pens.segment(1, STEPS, 0).style
        light = Pens("16", "light").segment(1, HELD + STEPS, 0).style
        assert light is not None and light.color is not None and light.color.name == "magenta"


def test_settings_know_what_there_is() -> None:
    assert (preferences.PACERS, preferences.THEMES, preferences.NIGHT) == (NAMES, theme.THEMES, theme.NIGHT)
    assert set(words.PACERS) == set(NAMES)
    assert Appearance() == Appearance(preferences.PACERS[0], preferences.THEMES[0], preferences.NIGHT[0])


def test_no_colour_is_written_anywhere_else() -> None:
    import inspect

    from mindful.tui import pacers, pens
    from mindful.tui.widgets import middle, pacer

    for module in (theme, pens, pacers, middle, pacer):
        assert not re.search(r"#[0-9a-f]{6}\b", inspect.getsource(module))
