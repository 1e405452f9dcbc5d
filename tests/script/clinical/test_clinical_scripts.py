"""Whole scripts as therapists write them: on the good ones nothing is said, on the others just what is wrong."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mindful.script.clinical.view import PROPOSALS
from mindful.script.load import load, loads

SCRIPTS = sorted((Path(__file__).parent / "scripts").glob("*.yaml"))


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda p: p.stem)
def test_a_script_is_told_what_its_first_line_says(path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    wanted = re.findall(r"MF\d{3}", first)
    assert wanted or first == "# nothing"
    assert sorted(p.code for p in load(path, clinical=True).problems) == sorted(wanted)


def test_there_are_good_ones_and_others() -> None:
    good = [p for p in SCRIPTS if p.read_text(encoding="utf-8").startswith("# nothing")]
    assert len(good) >= 4 and len(SCRIPTS) - len(good) >= 3


HELD = "  - breathe: {pattern: {inhale: 3, hold: 9, exhale: 6}, cycles: 20}\n"
ALL = "cautions: [pregnancy, heart, blood-pressure, epilepsy, glaucoma, surgery, panic, psychosis]\n"


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_script_of_the_proposed_lines_has_nothing_missing(language: str) -> None:
    def line(name: str) -> str:
        return f'  - say: "{PROPOSALS[name][language]}"\n'

    before = "".join(map(line, ("hold", "safe", "dizzy", "eyes", "parts", "stop")))
    rate = "  - rate: {id: a, ask: How?}\n"
    text = (
        f"mindful: 1\ntitle: Example\nlanguage: {language}\ntags: [exposure]\n{ALL}steps:\n"
        f"{before}{rate}{rate.replace('id: a', 'id: b')}{HELD}  - scan: {{each: 40 s}}\n{line('landing')}{line('closing')}"
    )
    assert {p.code for p in loads(text, clinical=True).problems} <= {"MF090"}


@pytest.mark.parametrize(
    ("language", "word"), [("en", "simply breathe on"), ("de", "atme einfach weiter"), ("fr", "simply")]
)
def test_lines_are_proposed_in_the_scripts_language(language: str, word: str) -> None:
    said = {"en": "Hello.", "de": "Hallo.", "fr": "{en: Hello., fr: Bonjour.}"}[language]
    text = f"mindful: 1\ntitle: Example\nlanguage: {language}\n{ALL}steps:\n  - say: {said}\n{HELD}"
    (hint,) = [p.hint for p in loads(text, clinical=True).problems if p.code == "MF102"]
    assert word in hint
