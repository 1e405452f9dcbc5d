"""The picture of a session: drawn just so for a few, and within its page for any."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mindful.assets import session_files
from mindful.author.outline import cells
from mindful.author.picture import picture
from mindful.timeline.model import Outline
from mindful.timeline.outline import outline
from mindful.timeline.unfold import Setup
from tests.bundled import bundled
from tests.making import script

RATE = {"rate": {"id": "before", "ask": "How tense?"}}
BOX = {"breathe": {"pattern": "box", "cycles": 4}}
SLOW = {"breathe": {"pattern": {"inhale": 4, "exhale": 6}, "cycles": 6}}
GLIDE = {"breathe": {"pattern": {"inhale": 4, "exhale": 6}, "ramp": {"from": 18, "to": 6, "over": "3 min"}}}


def laid(*steps: dict[str, Any], **head: Any) -> Outline:
    return outline(Setup(script(*steps, **head)))


def test_voice_breath_bells_and_quiet_along_one_line() -> None:
    words = {"say": "Sit as you like, and feel what holds you.", "pause": "10 s"}
    bells = {"bell": {"sound": "bowl", "strokes": 2}}
    assert (
        picture(laid(bells, words, SLOW, BOX, {"pause": "20 s"}, {"bell": "bowl"}), 60)
        == """\
         0:00              1:00               2:00
         ┬─────────────────┬──────────────────┬─────────────
voice     ██
breath 6      ████████████████████
       4      ████████████████████▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇
       2      ████████████████████████████████████████
held                             ═════════════════════
bells    ••                                                •
quiet    ░  ░░                                        ░░░░░░

█ words   breath: how many a minute   ═ breaths with holds
• bell   ░ quiet
"""
    )


def test_branches_and_questions_in_plain_letters() -> None:
    branches = {
        "choose": {
            "ask": "How?",
            "options": [{"label": "Sit", "steps": [{"sit": "1 min"}]}, {"label": "Breathe", "steps": [SLOW]}],
        }
    }
    found = laid({"say": "Hello."}, RATE, {"pause": "20 s", "if": "before > 50"}, branches, {"say": "Go well."})
    drawn = picture(found, 60, ascii_only=True)
    assert drawn.isascii()
    assert (
        drawn
        == """\
         0:00        ~0:09       ~0:43       ~0:18
         +-----------+-----------+-----------+--------------
voice    #                                                 #
breath 6                              ######################
       4                              ######################
       2                              ######################
quiet     ------- --------------------
asks     R       C
only if   aaaaaaaabbbbbbbbbbbbbbbbbbbbcccccccccccccccccccccc

# words   breath: how many a minute   - quiet   R rating
C choice
a  if before > 50
b  if choice == 'Sit'
c  if choice == 'Breathe'
"""
    )


def test_tension_and_a_pose_are_no_held_breath() -> None:
    found = laid(
        {"relax": {"groups": ["hands"], "tense": "20 s"}}, {"move": {"poses": [{"say": "Up.", "hold": "20 s"}]}}
    )
    names = [line[:9].strip() for line in picture(found, 60).splitlines()]
    assert "body" in names and "held" not in names
    assert "▬ pose held, muscles tensed" in picture(found, 60)
    assert "with holds" not in picture(found, 60)


def test_a_change_of_pace_is_a_slope() -> None:
    assert (
        picture(laid(GLIDE), 60)
        == """\
         0:00             1:00             2:00
         ┬────────────────┬────────────────┬────────────────
breath18 ██▇▇▇▆▆▆▅▅▅▅▄▄▄▃▃▂▂▂▂▁▁▁
      12 ████████████████████████████▇▇▇▆▆▆▅▅▅▅▄▄▃▃▃▃▂▂▁▁▁
       6 ███████████████████████████████████████████████████

breath: how many a minute
"""
    )


def test_a_question_alone() -> None:
    assert (
        picture(laid(RATE), 40)
        == """\
         0:00
         ┬──────────────────────────────
asks     R

R rating
"""
    )


@pytest.mark.parametrize("name", session_files())
def test_bundled_sessions_fit_a_page(name: str) -> None:
    found = outline(Setup(bundled(name)))
    for width, ascii_only in product((40, 80, 160), (False, True)):
        lines = picture(found, width, ascii_only=ascii_only).splitlines()
        assert len(lines) <= 23
        assert max(map(cells, lines)) <= width


STEP = st.sampled_from(
    [RATE, BOX, SLOW, GLIDE, {"relax": {"groups": 4}}, {"move": {"poses": [{"say": "Up.", "hold": "9 s"}]}}, {"say": "A word or two."}, {"pause": "0 s"}, {"sit": {"open": True}}, {"bell": "gong"},
     {"if": "v > 50", "pause": "20 s"},
     {"wait": "Ready?"}, {"sit": "3 h"}, {"breathe": {"pattern": "box", "until": "key"}}]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(STEP, min_size=1, max_size=120), st.integers(40, 200), st.booleans())
def test_any_session_fits_a_page(steps: list[dict[str, Any]], width: int, ascii_only: bool) -> None:
    named = [{"rate": {"id": f"r{i}", "ask": "Now?"}} if "rate" in s else s for i, s in enumerate(steps)]
    first = {"rate": {"id": "v", "ask": "Now?"}}
    lines = picture(laid(first, *named), width, ascii_only=ascii_only).splitlines()
    assert len(lines) <= 24
    assert max(map(cells, lines)) <= width
    assert not ascii_only or all(line.isascii() for line in lines)
