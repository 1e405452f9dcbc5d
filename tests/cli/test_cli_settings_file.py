"""What is remembered, and what a person wrote into the same file."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mindful.audio.levels import Levels
from mindful.cli import settings


def with_volume(text: str, level: float) -> str:
    return settings.with_values(text, "sound", {"volume": round(level, 2)})


def test_without_a_file_it_is_the_default(tmp_path: Path) -> None:
    assert settings.volume(tmp_path / "settings.toml") == settings.DEFAULT_VOLUME


@pytest.mark.parametrize(
    "text",
    ["", "[sound]\n", "[sound]\nvolume = 7\n", "[sound]\nvolume = 'loud'\n", "sound = 3\n", "[sound\n", "[sound]\nvolume = true\n"],
)  # fmt: skip
def test_what_cannot_be_read_is_the_default(text: str, tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(text)
    assert settings.volume(path) == settings.DEFAULT_VOLUME


def test_it_is_remembered_privately(tmp_path: Path) -> None:
    path = tmp_path / "new" / "settings.toml"
    assert settings.remember_volume(path, 0.35)
    assert settings.volume(path) == 0.35
    assert path.stat().st_mode & 0o077 == 0 and path.parent.stat().st_mode & 0o077 == 0


def test_what_a_person_wrote_stays() -> None:
    text = "# mine\nname = 'x'\n\n[sound]\n# loud\nvolume = 0.9  # evening\nother = 1\n\n[later]\nvolume = 3\n"
    assert with_volume(text, 0.4) == text.replace("0.9", "0.4")


@pytest.mark.parametrize(
    "text", ["", "[sound]", "[sound]\nother = 1\n", "a = 1", "[x]\nvolume = 3\n", "[sound] # s\n[x]\n"]
)
@given(level=st.floats(0, 1))
def test_any_file_gets_it_and_keeps_the_rest(text: str, level: float) -> None:
    new = with_volume(text, level)
    before, after = tomllib.loads(text), tomllib.loads(new)
    assert after["sound"].pop("volume") == round(level, 2)
    if "sound" not in before:
        assert after.pop("sound") == {}
    assert after == before
    assert with_volume(new, level) == new


def test_a_file_that_is_no_toml_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("[sound\n")
    assert not settings.remember_volume(path, 0.4)
    assert path.read_text() == "[sound\n"


def test_an_inline_table_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("sound = {volume = 0.9}\n")
    assert not settings.remember_volume(path, 0.4)
    assert settings.volume(path) == 0.9


def test_a_place_that_cannot_be_written_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert not settings.remember_volume(tmp_path / "file" / "settings.toml", 0.4)


def test_the_mixer_is_remembered_beside_the_loudness_and_what_a_person_wrote_stays(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    assert settings.levels(path) == Levels()
    path.write_text("# mine\n[sound]\nvolume = 0.5 # evening\nbells_db = -3.0  # they are loud\n\n[x]\nbells_db = 1\n")
    assert settings.levels(path) == Levels(bells=-3)
    wanted = Levels(voice=3, cues=-60, bells=-9, background=-12)
    assert settings.remember_levels(path, wanted)
    assert settings.levels(path) == wanted and settings.volume(path) == 0.5
    text = path.read_text()
    assert "# mine" in text and "# evening" in text and "bells_db = -9.0  # they are loud" in text
    assert text.endswith("[x]\nbells_db = 1\n")


@pytest.mark.parametrize("wrong", ["'off'", "true", "99", "-61", "nan", "[1]"])
def test_a_level_that_cannot_be_is_as_made(wrong: str, tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(f"[sound]\nvoice_db = {wrong}\ncues_db = -6\n")
    assert settings.levels(path) == Levels(cues=-6)


@given(
    text=st.sampled_from(
        ["", "[voice]", "# a\n[voice] # b\nname = 'x' # c\n\n[z]\nname = 1\n", "[a]\nb = [\n 1,\n]\n"]
    ),
    value=st.one_of(st.text(st.characters(codec="utf-8")), st.booleans(), st.floats(-60, 6)),
)
def test_any_value_of_any_section_is_read_back(text: str, value: settings.Value) -> None:
    new = settings.with_values(text, "voice", {"name": value, "other": 2})
    before, after = tomllib.loads(text), tomllib.loads(new)
    assert after.pop("voice") == {**before.pop("voice", {}), "name": value, "other": 2}
    assert after == before


def test_how_the_screen_looks_is_read_and_unknown_words_are_the_default(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    assert settings.screen(path) == ("circle", "auto", "auto")
    path.write_text('[screen]\npacer = "wave"  # mine\ntheme = "pink"\nnight = 3\n')
    assert settings.screen(path) == ("wave", "auto", "auto")
    assert settings.remember_pacer(path, "ring")
    assert settings.screen(path) == ("ring", "auto", "auto")
    assert 'pacer = "ring"  # mine\n' in path.read_text()
