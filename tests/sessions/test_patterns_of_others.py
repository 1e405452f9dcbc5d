"""Every named pattern of other programs can be played here, or the page on practices says why not.

`patterns_of_others.yaml` has them, with the version and place that they were read from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from mindful.cli import breathe, made
from mindful.script.patterns import bundled, own_pattern
from mindful.script.tiers import tier_of
from mindful.timeline.compile import compile_timeline
from mindful.timeline.unfold import Setup

HERE = Path(__file__)
FILE = HERE.with_name("patterns_of_others.yaml")
PAGE = (HERE.parents[2] / "docs" / "practices.md").read_text(encoding="utf-8")
PROGRAMS: list[dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
ORDER = ("inhale", "hold", "exhale", "rest")


def _patterns() -> Iterator[Any]:
    for program in PROGRAMS:
        for each in program["patterns"]:
            label = f"{program['program']}/{each['name']}/{each.get('level', '')}"
            yield pytest.param(program, each, id=label.replace(" ", "-").strip("/"))


def _written(each: dict[str, Any]) -> list[dict[str, Any]]:
    """The phases as their program has them, to the tenth of a second."""
    if "phases" in each:
        return list(each["phases"])
    return [{n: round(s, 1)} for n, s in zip(ORDER, each["seconds"], strict=True) if s]


SECTION = PAGE.partition("## Patterns of other programs\n")[2].partition("\n## ")[0]


@pytest.mark.parametrize(("program", "each"), list(_patterns()))
def test_it_can_be_played_or_it_is_said_why_not(program: dict[str, Any], each: dict[str, Any]) -> None:
    if "not_here" in each:
        assert len(each["not_here"]) > 20
        return
    phases = own_pattern("theirs", {"phases": _written(each)}).phases
    if "here" in each:
        script = made.script(breathe.exercise(each["here"], 120_000, "silence"))
        pattern = next(step.breathe.pattern for step in script.steps if step.breathe is not None)
        plays = bundled()[pattern].phases if isinstance(pattern, str) else pattern
        assert [(p.phase, p.ms) for p in plays] == [(p.phase, p.ms) for p in phases]
    else:  # `mindful patterns add NAME '[{inhale: 1}, ...]'`, or in a script
        script = made.script(
            {"id": "x", "title": "X", "steps": [{"breathe": {"pattern": _written(each), "cycles": 9}}]}
        )
    total = compile_timeline(Setup(script)).total_ms
    assert total is not None and total > 40_000
    assert (tier_of(phases) == "red") == each.get("intense", False)


@pytest.mark.parametrize(("program", "each"), list(_patterns()))
def test_the_page_has_it(program: dict[str, Any], each: dict[str, Any]) -> None:
    assert program["program"] in SECTION
    name = re.sub(r" (Breathing)$", "", each["name"])
    assert re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", SECTION, re.IGNORECASE), name
    if "here" in each:
        assert f"`{each['here']}`" in SECTION


def test_each_program_names_its_version_and_where_it_was_read() -> None:
    for program in PROGRAMS:
        assert program["version"] and program["source"]
        assert f"{program['program']} {program['version']}" in PAGE or not program["version"][0].isdigit()
