"""Patterns as data: bundled ones, a client's own, sharing them, and those that other programs name."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from mindful.cli import exits
from mindful.cli.breathe import exercise
from mindful.cli.made import script
from mindful.script.patterns import PatternError, as_text, bundled, own_pattern, parse_own
from mindful.script.tiers import tier_of_script
from tests.cli.conftest import Program

PAGE = (Path(__file__).parents[2] / "docs" / "practices.md").read_text(encoding="utf-8")
ROWS = sorted(set(re.findall(r"`(?:mindful breathe )?(\d[\d.]*(?:-\d[\d.]*)+)`", PAGE)))


def test_the_page_names_patterns_of_five_programs() -> None:
    assert len(ROWS) > 25
    for name in ("breathe-cli", "nafas", "tui_breath", "Brethap", "Prana Breath"):
        assert f"| {name}" in PAGE


@pytest.mark.parametrize("row", ROWS)
def test_every_named_pattern_can_be_played_and_is_as_strong_as_the_page_says(row: str) -> None:
    made = script(exercise(row, 60_000, "silence"))
    line = next(line for line in PAGE.splitlines() if f"`{row}`" in line or f"breathe {row}`" in line)
    intense = re.search(r"([^;|]*) (?:are|all) intense", line)
    said = intense is not None and f"`{row}`" in intense[1]
    assert (tier_of_script(made) == "red") == said


@pytest.mark.parametrize("name", sorted(bundled()))
def test_every_bundled_pattern_has_all_there_is_to_say(name: str, program: Program) -> None:
    p = bundled()[name]
    assert p.title and p.note and p.claim and p.source and p.strength and not p.own
    if p.rounds is None:
        assert script(exercise(name, 60_000, "silence")).cautions == p.cautions


def test_looking_writes_nothing(program: Program, data: Path) -> None:
    listed = program("patterns").stdout
    assert "box" in listed and "4-4-4-4" in listed and "+++" in listed
    found = json.loads(program("patterns", "show", "Long Exhale", "--json").stdout)
    assert found["name"] == "long-exhale" and found["tier"] == "green" and found["evidence"]["source"]
    assert program("patterns", "show", "boxx").returncode == exits.USAGE
    assert not data.exists()


def test_a_pattern_of_ones_own_is_kept_breathed_shared_and_forgotten(
    program: Program, data: Path, tmp_path: Path
) -> None:
    assert program("patterns", "add", "evening", "4-7-6", "--title", "My evening").returncode == exits.DONE
    assert "++   My evening (yours): 4-7-6" in program("patterns").stdout
    assert "holding the breath" in program("patterns", "show", "evening").stdout  # cautions come from its phases
    done = program("breathe", "evening", "--for", "1 s", "--mute")
    assert done.returncode == exits.DONE
    program("profile", "set", "--has", "heart")
    assert program("breathe", "evening", "--mute").returncode == exits.USAGE
    shared = tmp_path / "mine.yaml"
    program("patterns", "export", "-o", str(shared))
    assert program("patterns", "import", str(shared)).returncode == exits.USAGE  # there already
    program("patterns", "forget", "evening")
    assert not (data / "patterns.yaml").exists()
    assert program("patterns", "import", str(shared)).returncode == exits.DONE
    assert "My evening" in program("patterns").stdout
    assert oct((data / "patterns.yaml").stat().st_mode)[-3:] == "600"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "begins with mindful_patterns: 1"),
        ("mindful_patterns: 1", "1 to 200"),
        ("mindful_patterns: 1\npatterns: {box: {phases: {inhale: 4, exhale: 4}}}", "bundled"),
        ("mindful_patterns: 1\npatterns: {A b: {phases: {inhale: 4, exhale: 4}}}", "small letters"),
        ("mindful_patterns: 1\npatterns: {a: {phases: {inhale: 4}}}", "at least an inhale and an exhale"),
        ("mindful_patterns: 1\npatterns: {a: {phases: {inhale: 4, exhal: 4}}}", "“exhal” is not a breath phase"),
        ("mindful_patterns: 1\npatterns: {a: {phases: {inhale: 4, exhale: 4.05}}}", "steps of 0.1"),
        ("mindful_patterns: 1\npatterns: {a: {phases: {inhale: 4, exhale: 4}, tier: green}}", "no tier"),
        ("mindful_patterns: 1\npatterns: {a: {phases: {inhale: 4, exhale: 4}, title: \"\\e[31m\"}}", "plain text"),
        ("mindful_patterns: 1\npatterns: {a: 5}", "a pattern is a name, a map"),
        ("a: [", "no YAML in line"),
        ("!!python/object:os.system {}", "no YAML"),
        ("# " + "x" * 70_000, "larger than"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_is_taken_over(
    text: str, why: str, program: Program, data: Path, tmp_path: Path
) -> None:
    with pytest.raises(PatternError, match=re.escape(why)):
        parse_own(text)
    path = tmp_path / "shared.yaml"
    path.write_text(text, encoding="utf-8")
    done = program("patterns", "import", str(path))
    assert done.returncode == exits.PROBLEMS and why in done.stderr and not data.exists()


def test_what_is_written_is_read_again_as_it_was() -> None:
    made = own_pattern("sigh2", [{"inhale": 2, "through": "nose"}, {"top_up": 1}, {"exhale": 6.3, "through": "mouth"}])
    assert parse_own(as_text({"sigh2": made})) == {"sigh2": made}
