"""`docs/sound.md` says what is so: every example loads without a problem, and every sound of the program is explained."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest

from mindful.script.kinds.guide import LAYERS
from mindful.script.load import loads
from tests import making

PAGE = (Path(making.__file__).parents[1] / "docs/sound.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)


def whole(example: str) -> str:
    """The example as a script: what begins with a dash goes under `steps`, the rest to the top."""
    if example.startswith("- "):
        return f"mindful: 1\ntitle: An example\nsteps:\n{textwrap.indent(example, '  ')}"
    return f"mindful: 1\ntitle: An example\n{example}steps:\n  - pause: 1 s\n"


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_loads_without_a_problem(example: str) -> None:
    loaded = loads(whole(example))
    assert loaded.script is not None
    assert [p.message for p in loaded.problems] == []


def test_there_are_examples_of_everything() -> None:
    assert len(EXAMPLES) >= 8
    for word in ("bell:", "sound:", "breathe:", "cues:", "level:", "hz:", "beat:", "fade:", "cautions:"):
        assert any(word in e for e in EXAMPLES), word


@pytest.mark.parametrize("name", [*LAYERS, "bowl", "bell", "chime", "gong", "wood"])
def test_every_sound_has_a_row(name: str) -> None:
    assert re.search(rf"^\|[^|]*`{name}`", PAGE, re.MULTILINE)


@pytest.mark.parametrize("phase", ["inhale", "top-up", "hold", "exhale", "rest"])
def test_every_phase_has_a_row(phase: str) -> None:
    assert re.search(rf"^\| {phase} \|", PAGE, re.MULTILINE)
