"""Mood on two axes in plain lines: two questions, answered, left open, or given beforehand."""

from __future__ import annotations

from mindful.plain.keyboard import Told
from mindful.script.load import loads
from tests.plain.stage import Performance, play

TEXT = """
mindful: 1
title: Mood
steps:
  - rate: {id: mood, ask: How is your mood?, scale: affect}
  - if: mood_pleasant < 4
    say: Low, and {mood_energy} of energy.
  - say: Thank you.
"""


def typed(*lines: str, **more: object) -> Performance:
    script = loads(TEXT).script
    assert script is not None
    planned = [(1.0 + k, line) for k, line in enumerate(lines)]
    return play(script, *planned, (60.0, Told("interrupt")), **more)  # type: ignore[arg-type]


def test_both_are_asked_with_the_ends_of_their_scales() -> None:
    p = typed("3", "7")
    assert p.lines.count("How is your mood?") == 1
    assert any(line.startswith("1 of 2: How pleasant is it?") for line in p.lines)
    assert "A number from 0 to 10: 0 very quiet, 10 very stirred up." in p.lines
    assert p.log.of("answer")[0]["value"] == {"pleasant": 3, "energy": 7}
    assert "Low, and 7 of energy." in p.lines


def test_what_does_not_fit_is_asked_again_and_back_changes_the_first() -> None:
    p = typed("11", "3", "b", "9", "2")
    assert "A number from 0 to 10." in p.lines
    assert p.log.of("answer")[0]["value"] == {"pleasant": 9, "energy": 2}


def test_one_or_both_may_stay_open() -> None:
    assert typed("", "4").log.of("answer")[0]["value"] == {"pleasant": None, "energy": 4}
    assert typed("", "").log.of("answer")[0]["value"] is None


def test_given_beforehand_without_a_keyboard() -> None:
    p = typed(keyboard=False, answers={"mood.pleasant": "3", "mood.energy": "5"})
    assert p.log.of("answer")[0]["value"] == {"pleasant": 3, "energy": 5}
    assert "Low, and 5 of energy." in p.lines
