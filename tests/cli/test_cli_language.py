"""Which language the program speaks: asked for, set, or that of the computer; and its help and complaints in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from mindful.cli import exits, language
from tests.cli.conftest import Program


def set_to(data: Path, text: str) -> None:
    data.mkdir(exist_ok=True)
    (data / "settings.toml").write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('[screen]\nlanguage = "de"\n', "de"),
        ('[screen]\nlanguage = "en"\n', "en"),
        ('[screen]\nlanguage = "auto"\n', ""),
        ('[screen]\nlanguage = "fr"\n', ""),
        ("[screen]\nlanguage = 3\n", ""),
        ('[other]\nlanguage = "de"\n', ""),
        ('language = "de"\nscreen = 1\n', ""),
        ("[screen\nlanguage", ""),
        ("", ""),
    ],
)
def test_the_setting(data: Path, text: str, found: str) -> None:
    set_to(data, text)
    assert language.setting() == found


def test_what_is_asked_for_goes_before_the_setting_and_that_before_the_computer(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "fr_FR.UTF-8")
    assert language.wished(["play", "settle"]) == "fr_FR.UTF-8"
    set_to(data, '[screen]\nlanguage = "de"\n')
    assert language.wished(["play", "settle"]) == "de"
    assert language.wished(["--language", "en", "play"]) == "en"


def test_help_and_complaints_are_in_the_language_of_the_settings(program: Program, data: Path) -> None:
    set_to(data, '[screen]\nlanguage = "de"\n')
    assert "Die Sitzungen, die gespielt werden können." in program("--help").stdout
    wrong = program("play", "settle", "--mutee")
    assert wrong.returncode == exits.USAGE
    assert wrong.stderr.startswith("Es gibt keine Option --mutee. Meintest du ")
    assert "mindful play --help" in wrong.stderr
    assert "Es gibt keinen Befehl „plya“. Meintest du play?" in program("plya").stderr


def test_the_setting_is_one_of_the_settings_and_told_when_it_is_wrong() -> None:
    from mindful.journal.preferences import declared, wrong

    assert declared("screen", "language") is not None
    (told,) = wrong('[screen]\nlanguage = "fr"\n')
    assert told.line == 2 and '"auto", "en" or "de"' in told.text
