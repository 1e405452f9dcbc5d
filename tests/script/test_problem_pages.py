"""Every code has a part in docs/problems.md, and each example there gives exactly its code."""

from __future__ import annotations

import re
import wave
from pathlib import Path

import pytest

from mindful import assets
from mindful.author import lengths
from mindful.script.clinical import RULES
from mindful.script.codes import BY_CODE, Code
from mindful.script.load import MAX_BYTES, load, loads
from mindful.script.problems import Problem
from mindful.script.programme import load as programmes

PAGE = (assets.root() / "docs" / "problems.md").read_text(encoding="utf-8")
PARTS = {m[1]: m[0] for m in re.finditer(r"^## (MF\d{3}): .*?(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)}
EXAMPLES = {code: re.findall(r"```yaml\n(.*?)```", part, re.DOTALL) for code, part in PARTS.items()}
WITHOUT = {"MF001", "MF002", "MF003", "MF023"}
"""Codes whose example would not fit on a page, or not into text; they are made below."""


def problems_of(text: str, folder: Path, *, clinical: bool = True) -> tuple[Problem, ...]:
    (folder / "words.ogg").write_bytes(b"OggS")
    with wave.open(str(folder / "words.wav"), "wb") as f:
        f.setparams((1, 2, 8000, 0, "NONE", ""))
        f.writeframes(bytes(800))
    (folder / "words.wav").rename(folder / "words.mp3")  # the example of a wrong ending
    (folder / "broken.yaml").write_text("mindful: 1\n", encoding="utf-8")
    (folder / "script.yaml").write_text(text, encoding="utf-8")
    if programmes.is_programme(text):
        return programmes.load(folder / "script.yaml", clinical=clinical).problems
    found = load(folder / "script.yaml", clinical=clinical, further=lengths.CHECKS)
    return tuple(p for p in found.problems if p.file.endswith("script.yaml"))


def test_the_page_has_a_part_for_each_code_in_order_and_for_no_other() -> None:
    assert list(PARTS) == list(BY_CODE)


@pytest.mark.parametrize("code", list(BY_CODE))
def test_the_part_has_the_title_and_how_grave_it_is(code: str) -> None:
    assert PARTS[code].startswith(f"## {code}: {BY_CODE[code].title}\n")
    assert f"*{BY_CODE[code].severity.capitalize()}.*" in PARTS[code]
    assert "Instead:" in PARTS[code]


@pytest.mark.parametrize("code", sorted(set(BY_CODE) - WITHOUT))
def test_the_example_gives_exactly_its_code(code: str, tmp_path: Path) -> None:
    assert {p.code for p in problems_of(EXAMPLES[code][0], tmp_path)} == {code}


@pytest.mark.parametrize("code", [c for c, e in EXAMPLES.items() if len(e) > 1])
def test_what_is_to_be_written_instead_has_no_problem(code: str, tmp_path: Path) -> None:
    assert problems_of(EXAMPLES[code][1], tmp_path, clinical=code.startswith("MF1")) == ()


def test_the_example_of_a_silenced_rule_has_no_problem_and_what_is_silenced_is_known(tmp_path: Path) -> None:
    (example,) = re.findall(
        r"```yaml\n(.*?)```", PAGE.partition("## Good practice")[2].partition("## MF101")[0], re.DOTALL
    )
    loaded = loads(example, clinical=True)
    assert loaded.problems == ()
    assert [p.code for p in loaded.silenced] == ["MF107"]


@pytest.mark.parametrize("code", RULES, ids=lambda c: c.code)
def test_the_page_says_why_in_the_words_of_the_rule(code: Code) -> None:
    words = " ".join((RULES[code].__doc__ or "").split())
    assert words in " ".join(PARTS[code.code].split())


@pytest.mark.parametrize("code", list(BY_CODE))
def test_codes_are_three_digits_with_a_title_and_an_explanation(code: str) -> None:
    assert re.fullmatch(r"MF\d{3}", code)
    assert BY_CODE[code].title
    assert BY_CODE[code].explanation.endswith(".")


def test_examples_that_do_not_fit_on_a_page(tmp_path: Path) -> None:
    def codes(raw: bytes) -> set[str]:
        (tmp_path / "s.yaml").write_bytes(raw)
        return {p.code for p in load(tmp_path / "s.yaml").problems}

    head = b"mindful: 1\ntitle: Example\nsteps:\n"
    assert {p.code for p in load(tmp_path / "missing.yaml").problems} == {"MF001"}
    assert {p.code for p in load(tmp_path).problems} == {"MF001"}
    assert codes(head + "  - say: Grüße\n".encode("latin-1")) == {"MF002"}
    assert codes((head + b"  - say: Hi\n").decode().encode("utf-16")) == {"MF002"}
    assert codes(head + b"# " + b"x" * MAX_BYTES) == {"MF003"}
    assert codes(head + b"  - bell: bowl\n" * 5001) == {"MF023"}
    assert codes(head + b"  - bell: bowl\n" * 5000) == set()
