"""The client's own plan: read whatever way it was written, and never with a number that they did not write."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

import pytest

from mindful.journal.support import DANGER, EMPTY, TEMPLATE, begin, lines, read

WRITTEN = """
signs = ["I stop answering."]
helps = "A walk"
[[people]]
name = "Ana"
phone = "0123 456"
note = "after six"
[[people]]
name = "Ben"
phone = 789
[[professionals]]
name = "Practice"
"""


def shown(path: Path) -> str:
    return "\n".join(text for _, text in lines(read(path)))


def test_what_was_written_is_shown_people_first(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(WRITTEN)
    text = shown(path)
    assert text.startswith(DANGER)
    assert text.index("Ana, 0123 456, after six") < text.index("A walk") < text.index("I stop answering.")
    assert "Ben, 789" in text and EMPTY not in text


def test_without_a_plan_it_says_how_and_whom_to_call_and_invents_no_number(tmp_path: Path) -> None:
    text = shown(tmp_path / "plan.toml")
    assert DANGER in text and EMPTY in text and "mindful support edit" in text
    assert not re.search(r"\d", text)
    assert not re.search(r"\d{2,}", TEMPLATE)


def test_the_file_to_begin_from_is_empty_private_and_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "data" / "plan.toml"
    assert begin(path) and read(path).empty and not read(path).trouble
    if os.name != "nt":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.write_text(WRITTEN)
    assert not begin(path) and path.read_text() == WRITTEN


def test_every_line_of_the_template_works_when_its_sign_is_taken_away(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    text = re.sub(r"^( *)# (?=\"|\[\[|name|phone|note)", r"\1", TEMPLATE, flags=re.MULTILINE)
    path.write_text(text.replace('name = ""', 'name = "Ana"'))
    plan = read(path)
    assert not plan.trouble and plan.helps == ("A walk round the block.",)
    assert [c.name for c in plan.people] == ["Ana"] and [c.name for c in plan.professionals] == ["Ana"]


@pytest.mark.parametrize(
    "text", ['people = "Ana 0123\n', "Ana 0123 456\n", "people = [\n", "\x00", "[[people]\nname = 'Ana'\n"]
)
def test_a_slip_hides_nothing(text: str, tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text("# a remark\n" + text)
    plan = read(path)
    assert plan.trouble and not plan.empty
    if "Ana" in text:
        assert "Ana" in shown(path)
    assert "a remark" not in shown(path)


@pytest.mark.parametrize(
    "text", ["people = ['Ana 0123', 5, {name = 'Ben'}, {}, [], true]", "people = {name = 'Ana'}", "help = ['x']"]
)
def test_odd_shapes_are_read_as_far_as_they_go(text: str, tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(text)
    plan = read(path)
    assert plan.people or "help" in plan.trouble


def test_a_plan_that_is_far_too_long_or_is_no_file_says_so(tmp_path: Path) -> None:
    (tmp_path / "plan.toml").write_text("#" * 300_000)
    assert "too long" in read(tmp_path / "plan.toml").trouble
    (tmp_path / "folder").mkdir()
    assert "could not be opened" in read(tmp_path / "folder").trouble
