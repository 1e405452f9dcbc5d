"""What a settings file holds: values, defaults, and what is wrong in it, with its line."""

from __future__ import annotations

import pytest

from mindful.audio.levels import HIGHEST, OFF
from mindful.journal import preferences
from mindful.journal.preferences import DECLARED, Wrong, declared, line_of, parsed, values, wrong


def test_names_are_there_once_and_every_default_fits() -> None:
    assert len({(s.section, s.name) for s in DECLARED}) == len(DECLARED)
    for setting in DECLARED:
        assert setting.fits(setting.default) and setting.about.endswith(".") and setting.can_be


def test_the_mixer_has_the_ends_that_the_sound_knows() -> None:
    levels = [s for s in DECLARED if s.name.endswith("_db")]
    assert len(levels) == 4 and {(s.low, s.high) for s in levels} == {(OFF, HIGHEST)}


def test_values_are_those_that_fit_and_else_the_defaults() -> None:
    found = values({"sound": {"volume": 0.3, "voice_db": "loud"}, "journey": {"streak": True}, "voice": 3})
    assert found["sound", "volume"] == 0.3 and found["sound", "voice_db"] == 0.0
    assert found["journey", "streak"] is True and found["voice", "name"] == ""


TEXT = """# mine
[sound]
volume = 7        # too loud
volum = 0.5

[journey]
streak = "yes"

[soung]
volume = 1

[garden]
roses = 3
"""


def test_what_is_wrong_is_told_with_its_line_and_what_is_a_persons_own_is_not() -> None:
    assert wrong(TEXT) == [
        Wrong(3, "volume can be a number from 0 to 1. Until then it is 0.8."),
        Wrong(4, "[sound] has no setting “volum”. Did you mean volume?"),
        Wrong(7, "streak can be true or false. Until then it is false."),
        Wrong(9, "there is no section “soung”. Did you mean [sound]?"),
    ]
    assert str(wrong(TEXT)[0]).startswith("settings.toml, line 3: volume")


@pytest.mark.parametrize(
    ("text", "line"),
    [("[sound\n", 1), ("[sound]\nvolume = 0.5\nx = = 2\n", 3), ("a = 1\na = 2\n", 2), ("x = '''\n", 2)],
)
def test_no_toml_at_all_is_told_with_its_line(text: str, line: int) -> None:
    data, found = parsed(text)
    assert data == {} and [w.line for w in found] == [line] and "cannot be read" in found[0].text
    assert wrong(text) == found


def test_a_section_that_is_a_value_is_told() -> None:
    (found,) = wrong("sound = 3\n")
    assert found.line == 1 and "write [sound]" in found.text


def test_lines_are_found_by_section() -> None:
    text = '[a]\nx = 1\n[ b ] # y\n"x" = 2\n'
    assert line_of(text, "a", "x") == 2 and line_of(text, "b", "x") == 4 and line_of(text, "b") == 3
    assert line_of(text, "b", "gone") == 3 and line_of(text, "c", "x") is None


def test_steps_stay_within_what_can_be() -> None:
    volume = declared("sound", "volume")
    assert volume is not None and volume.stepped(0.98, 1) == 1.0 and volume.stepped(0.02, -1) == 0.0
    choice = preferences.Setting("s", "n", "choice", "b", "About.", choices=("a", "b"))
    assert choice.stepped("b", 1) == "a" and choice.stepped("gone", 1) == "b" and choice.can_be == '"a" or "b"'
    assert not choice.fits("c") and not choice.fits(1) and choice.fits("a")
    switch = declared("journey", "streak")
    assert switch is not None and switch.stepped(False, -1) is True
    assert declared("sound", "nothing") is None
