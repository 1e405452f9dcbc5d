"""Wrong scripts as beginners write them, and what they are told: `bad/NAME.yaml` and `bad/NAME.expected`.

After a change of words, look at each and renew: `python tests/script/test_bad_scripts.py`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from mindful.script.load import loads
from mindful.script.problems import as_json, render

BAD = Path(__file__).parent / "bad"
FILES = sorted(BAD.glob("*.yaml"))


def told(file: Path) -> str:
    loaded = loads(file.read_bytes().decode("utf-8"), file.name, BAD)
    assert loaded.script is None
    return "\n\n".join(render(p) for p in loaded.problems) + "\n"


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_a_wrong_script_is_told_just_so(file: Path) -> None:
    assert told(file) == file.with_suffix(".expected").read_text(encoding="utf-8")


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_each_place_is_within_the_authors_line(file: Path) -> None:
    lines = file.read_bytes().decode("utf-8").split("\n")
    for p in loads(file.read_bytes().decode("utf-8"), file.name, BAD).problems:
        assert p.snippet == lines[p.line - 1]
        assert 1 <= p.column <= len(p.snippet) + 1
        assert p.length >= 1
        assert p.column - 1 + p.length <= max(len(p.snippet), p.column)
        assert as_json(p)["code"] == p.code


def test_there_are_enough_of_them() -> None:
    assert len(FILES) >= 10
    assert {f.stem for f in FILES} == {f.stem for f in BAD.glob("*.expected")}


if __name__ == "__main__":
    for bad in FILES:
        bad.with_suffix(".expected").write_text(told(bad), encoding="utf-8")
