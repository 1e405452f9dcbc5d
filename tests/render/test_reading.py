"""The sheet to read out: words, silences and what is heard, each with its time."""

from __future__ import annotations

from itertools import pairwise
from typing import get_args

import pytest

from mindful import assets
from mindful.render.plan import Policy, plan
from mindful.render.reading import CAUTION_NAMES, WIDTH, entries, text
from mindful.script.model import Caution
from mindful.timeline.model import CaptionCue, SayCue
from mindful.timeline.unfold import Setup
from tests.bundled import bundled
from tests.making import script

STEPS = (
    {"sound": "brown-noise"},
    {"bell": {"sound": "bowl", "strokes": 3}},
    {"say": "Sit down. [pause 4 s] Rest.", "pause": "1 s"},
    {"breathe": {"pattern": {"inhale": 4, "hold": 2, "exhale": 6}, "cycles": 3}},
    {"sit": {"for": "1 min", "bells": {"at": ["30 s"], "sound": "chime"}}},
    {"rate": {"id": "now", "ask": "How is it?", "scale": "calm"}},
    {"say": "End."},
)
EXPECTED = """\
A test
======

2 min 19 s
It may not suit everyone; think first about: panic attacks.

   0:00  (background: brown noise)
   0:00  (singing bowl, 3 strokes, 4 s apart)
   0:08  Sit down.
         (quiet, 4 s)

   0:13  Rest.
   0:15  (Breathing, 3 times, 36 s: in 4, hold 2, out 6)
   0:51  (Sitting in silence, 1 min)
   1:21  (chime)
   1:51  How is it?
   1:53  From 0, not calm, to 10, very calm.
         (quiet, 20 s)

   2:18  End.

   2:19  (end)
"""


def test_a_whole_sheet() -> None:
    made = script(*STEPS, cautions=["panic"])
    shown = text(made, plan(Setup(made), Policy()).timeline)
    assert shown == EXPECTED


def test_silent_questions_are_marked_as_not_read_out() -> None:
    made = script(
        {"rate": {"id": "now", "ask": "How is it?"}}, {"learn": {"text": "# One\n\n*two*"}}, {"sit": {"open": True}}
    )
    shown = text(made, plan(Setup(made), Policy(prompts="silent")).timeline)
    assert "   0:00  (not read out) How is it?\n         (quiet, 20 s)\n" in shown
    assert "   0:20  (not read out) One\n         (quiet, 20 s)\n" in shown
    assert "   0:40  (Sitting in silence, 2 min)\n\n   2:40  (end)\n" in shown


def test_a_changing_pace_names_both_ends() -> None:
    made = script({"breathe": {"pattern": {"inhale": 4, "exhale": 6}, "ramp": {"from": 12, "to": 6, "over": "3 min"}}})
    (entry,) = entries(plan(Setup(made), Policy()).timeline)
    assert "in 2, out 3; changing little by little to: in 3.9, out 5.8" in entry.text


@pytest.mark.parametrize("name", sorted(assets.session_files()))
def test_bundled_sessions_say_every_word_within_the_page(name: str) -> None:
    loaded = bundled(name)
    made = plan(Setup(loaded), Policy())
    shown = text(loaded, made.timeline)
    assert all(len(row) <= WIDTH and row == row.rstrip() for row in shown.split("\n"))
    flat = " ".join(shown.split())
    cues = [c for p in made.timeline.placed for c in p.segment.cues]
    assert any(isinstance(c, SayCue) for c in cues)
    for cue in cues:
        if isinstance(cue, CaptionCue):
            assert " ".join(cue.text.split()) in flat
    found = entries(made.timeline)
    assert all(a.start_ms <= b.start_ms for a, b in pairwise(found))


def test_every_caution_has_words_and_none_is_its_bare_name() -> None:
    names = get_args(Caution)
    assert set(CAUTION_NAMES) == set(names)
    assert all("-" not in CAUTION_NAMES[name] for name in names)
    made = script(*STEPS, cautions=["blood-pressure", "copd"])
    assert "high or low blood pressure; lung disease such as COPD." in " ".join(
        text(made, plan(Setup(made), Policy()).timeline).split()
    )
