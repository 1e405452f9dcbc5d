"""Steps that a sensor guides: when each stretch begins, at which pace, and where the sound that follows is."""

from __future__ import annotations

from typing import Any

import pytest

from mindful.timeline.compile import compile_timeline
from mindful.timeline.feedback import ASSESSED, PRESET_PACE
from mindful.timeline.model import BellCue, PhaseCue, Segment, SoundCue, StretchCue
from mindful.timeline.past import NoPast
from mindful.timeline.unfold import Setup
from tests.making import script


class Own(NoPast):
    def resonance(self) -> float | None:
        return 5.4


def only(step: dict[str, Any], **more: Any) -> Segment:
    found = compile_timeline(Setup(script(step), **more))
    return found.placed[0].segment


def stretches(segment: Segment) -> list[tuple[int, str, float | None]]:
    return [(c.at_ms, c.stretch, c.per_min) for c in segment.cues if isinstance(c, StretchCue)]


def test_a_minute_of_free_breathing_then_whole_breaths_at_the_pace() -> None:
    segment = only({"hrv_biofeedback": {"for": "3 min", "pace": 6}})
    assert stretches(segment) == [(0, "baseline", None), (60_000, "training", 6.0)]
    breaths = [c for c in segment.cues if isinstance(c, PhaseCue)]
    assert [c.length_ms for c in breaths[:2]] == [4000, 6000] and breaths[0].at_ms == 60_000
    assert len(breaths) == 36 and segment.length_ms == 240_000


@pytest.mark.parametrize(
    ("asked", "past", "pace"),
    [(None, Own(), 5.4), (None, NoPast(), PRESET_PACE), (5, Own(), 5.0), (2, NoPast(), 3.5), (40, NoPast(), 12.0)],
)
def test_the_pace_is_the_scripts_else_the_clients_own_else_six_and_never_unsafe(
    asked: float | None, past: NoPast, pace: float
) -> None:
    body: dict[str, Any] = {"for": "1 min"} | ({} if asked is None else {"pace": asked})
    assert stretches(only({"hrv_biofeedback": body}, past=past))[1][2] == pace


def test_an_assessment_goes_through_its_paces_for_two_minutes_each() -> None:
    segment = only({"hrv_biofeedback": {"for": "10 min", "assess": True}})
    found = [s for s in stretches(segment) if s[1] == "training"]
    assert tuple(pace for _, _, pace in found) == ASSESSED
    assert [at for at, _, _ in found] == pytest.approx([30_000 + 120_000 * k for k in range(5)], abs=5)


def test_a_brain_has_a_baseline_blocks_with_rests_and_a_sound_that_follows() -> None:
    segment = only({"neurofeedback": {"protocol": "alpha", "for": "4 min", "blocks": 2, "baseline": "1 min"}})
    assert [(at, s) for at, s, _ in stretches(segment)] == [
        (0, "baseline"),
        (60_000, "training"),
        (180_000, "rest"),
        (195_000, "training"),
    ]
    sounds = [(c.at_ms, c.layer) for c in segment.cues if isinstance(c, SoundCue)]
    assert sounds[-4:] == [(60_000, "stream"), (180_000, "silence"), (195_000, "stream"), (315_000, "silence")]
    bells = {c.at_ms for c in segment.cues if isinstance(c, BellCue)}
    assert bells == {60_000, 195_000}


def test_what_makes_drowsy_ends_with_waking_up() -> None:
    segment = only({"neurofeedback": {"protocol": "alpha_theta", "for": "2 min", "blocks": 1}})
    assert stretches(segment)[-1][1] == "after" and segment.length_ms == 120_000 + 120_000 + 90_000


def test_each_stretch_says_what_is_fed_back() -> None:
    own = {"name": "mine", "feature": {"up": {"channels": ["Cz"], "band": [12, 15]}}}
    cue = next(
        c
        for c in only({"neurofeedback": {"protocol": own, "for": "1 min", "reward": 70}}).cues
        if isinstance(c, StretchCue)
    )
    assert '"mine"' in cue.protocol and cue.reward == 70
