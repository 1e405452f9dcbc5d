"""The steps of the body in files: the sheet to read out, captions, and a plan in which nobody presses a key."""

from __future__ import annotations

import numpy as np
import pytest

from mindful.audio.mixer import Mixer
from mindful.render.captions import captions
from mindful.render.plan import Policy, plan
from mindful.render.reading import text
from mindful.timeline.model import BellCue, PhaseCue
from mindful.timeline.unfold import Setup
from tests.making import script

STEPS = (
    {"scan": {"regions": ["hands", "feet"], "each": "20 s"}},
    {"relax": {"groups": ["right-hand"], "release": "20 s"}},
    {"move": {"poses": [{"say": "Lift.", "hold": "10 s"}, {"say": "Turn.", "breaths": 2}]}},
    {"ground": {"senses": {"see": 2, "hear": 1}, "each": "15 s"}},
    {"say": "End."},
)


def test_the_sheet_says_what_to_do_and_for_how_long() -> None:
    s = script(*STEPS)
    rows = [row.strip() for row in text(s, plan(Setup(s), Policy()).timeline).splitlines()]
    shown = [row.partition("  ")[2] if row[:1].isdigit() else row for row in rows]
    for row in (
        "(Through the body, 48 s)", "(quiet, 20 s)", "(Tensing and letting go, 47 s)", "And tense.", "(tensed, 6 s)",
        "(held, 10 s)", "(2 times: in 4, out 6)", "(quiet, 15 s)",
    ):  # fmt: skip
        assert row in shown, row
    assert not any("wood" in row for row in rows)


def test_nobody_is_asked_to_press_a_key() -> None:
    timeline = plan(Setup(script(STEPS[3])), Policy()).timeline
    assert [p.segment.open for p in timeline.placed] == [False, False]
    assert all(15_000 < (p.length_ms or 0) < 22_000 for p in timeline.placed)
    assert not any("key" in " ".join(c.rows).casefold() for c in captions(timeline))


def test_tension_and_breaths_are_heard_with_closed_eyes() -> None:
    """Without any voice: a sound where tension begins and where it ends, a tone for as long as is breathed."""
    timeline = plan(Setup(script(STEPS[1], STEPS[2])), Policy()).timeline
    (placed,) = timeline.placed
    signs = [c.at_ms for c in placed.segment.cues if isinstance(c, BellCue)]
    phases = [c for c in placed.segment.cues if isinstance(c, PhaseCue)]
    mixer = Mixer()

    def loud(at_ms: int, ms: int) -> float:
        return float(np.sqrt(np.mean(np.square(mixer.render(timeline, at_ms * 48, ms * 48)))))

    quiet = loud(signs[0] - 1000, 500)
    assert [loud(at, 120) > 20 * max(quiet, 1e-5) for at in signs] == [True, True]
    assert all(loud(c.at_ms + 1500, 1000) > 1e-3 for c in phases)


def test_the_breath_tone_of_a_movement_is_softer_than_that_of_breathing() -> None:
    move = plan(Setup(script({"move": {"poses": [{"say": "Turn.", "breaths": 1}]}})), Policy()).timeline
    breathe = plan(Setup(script({"breathe": {"pattern": {"inhale": 4, "exhale": 6}, "cycles": 1}})), Policy()).timeline
    mixer = Mixer()
    found = []
    for timeline in (move, breathe):
        at = next(c.at_ms for p in timeline.placed for c in p.segment.cues if isinstance(c, PhaseCue))
        found.append(float(np.sqrt(np.mean(np.square(mixer.render(timeline, at * 48, 9000 * 48))))))
    assert found[0] / found[1] == pytest.approx(10 ** (-6 / 20), rel=0.05)
