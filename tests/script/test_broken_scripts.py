"""Sixty broken scripts: right line, right cause, and a hint that works when it is followed to the letter."""

from __future__ import annotations

import pytest

from bench.broken import counts, outcome, table
from mindful import assets
from tests.script.applying import applied
from tests.script.broken import CASES, HARDER, Broken


def test_there_are_sixty_and_each_is_another() -> None:
    assert len(CASES) == 60
    assert len({case.text for case in CASES + HARDER}) == len(CASES + HARDER)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_a_broken_script_gets_its_line_its_cause_and_a_hint_that_works(case: Broken) -> None:
    found = outcome(case)
    assert (found.line, found.cause, found.fix) == (True, True, True), (found.told, found.mended)


def test_rarer_slips_are_told_at_their_line_too() -> None:
    line, cause, fix = counts(HARDER)
    assert (line, cause) == (len(HARDER), len(HARDER))
    assert fix >= 18


def test_the_page_has_what_was_counted() -> None:
    page = (assets.docs() / "checks.md").read_text(encoding="utf-8")
    assert table(CASES) in page and table(HARDER) in page, "renew docs/checks.md with `python -m bench.broken`"


def test_following_a_hint_can_fail() -> None:
    """What is counted is not counted for nothing: a hint without words to type is not followed."""
    found = outcome(CASES[0])
    assert found.told is not None
    from dataclasses import replace

    assert applied(CASES[0].text, replace(found.told, hint="check the spelling")) is None
    wrong = applied(CASES[0].text, replace(found.told, hint="did you mean `brathe`?"))
    assert wrong is not None and "brathe" in wrong
