"""Questions that are answered by tapping: the minute, what it comes to, what is kept of it."""

from __future__ import annotations

from typing import Any

import pytest

from mindful.journal.record import fold
from mindful.player.answers import RefusedError, accept
from mindful.player.commands import Answer, Back, Pause, Resume, Skip, Tap, Tapped
from mindful.player.tapping import NONE_COUNTED, TOO_FEW, kindly
from mindful.timeline.model import AskPrompt
from tests.player.test_session import Rig

PACE = {"ask": {"id": "pace", "text": "Tap.", "answer": "breaths"}}
COUNT = {"ask": {"id": "counting", "text": "Count.", "answer": "breath-count", "for": "1 min"}}
AFTER = {
    "if": "pace > 0",
    "breathe": {"pattern": {"inhale": 4, "exhale": 6}, "ramp": {"from": "{pace}", "to": 6}, "for": "2 min"},
}


def tapping(rig: Rig, gaps: list[float]) -> None:
    rig.do(Tap())
    for gap in gaps:
        rig.forward(gap)
        rig.do(Tap())


def test_it_ends_by_itself_a_minute_after_the_first_tap() -> None:
    rig = Rig(PACE, {"pause": "5 s"})
    rig.forward(20)
    tapping(rig, [4] * 14)
    assert rig.view.taps == (15, 56_000, 60_000) and rig.view.status == "asking"
    rig.forward(4.1)
    assert rig.conductor.state.answers["pace"] == 15
    assert rig.view.status == "playing"


def test_nobody_who_has_not_begun_is_hurried() -> None:
    rig = Rig(PACE)
    assert rig.forward(300).status == "asking"


def test_the_glide_begins_at_the_pace_that_was_tapped() -> None:
    rig = Rig(PACE, AFTER)
    tapping(rig, [4] * 8)
    rig.do(Tapped())
    rig.forward(1)
    assert rig.view.phase is not None
    cycle = [c for _, c in rig.conductor.state.timeline.cues_between(0, 200_000) if getattr(c, "cycle", 0) == 1]
    assert sum(c.length_ms for c in cycle) == pytest.approx(4000, rel=0.05)  # type: ignore[union-attr]


def test_the_record_has_the_taps_and_what_they_came_to() -> None:
    told: list[tuple[str, Any]] = []
    rig = Rig(PACE, {"pause": "1 s"})
    rig.conductor._remember = lambda name, value: told.append((name, value))
    tapping(rig, [4, 4, 0.3, 3.7, 8, 4, 4])
    rig.do(Tapped())
    rig.forward(3)
    start = {"event": "start", "t_ms": 0, "id": "x", "at": "2026-01-01T08:00:00+00:00"}
    record = fold([start, *rig.log.events])
    found = record["tapped"]["pace"]
    assert (record["answers"]["pace"], found["rate"], found["doubles"], found["missed"]) == (15.0, 15.0, 1, 1)
    assert found["taps_ms"][:3] == [0, 4000, 8000]
    assert [name for name, _ in told] == ["pace"] and told[0][1]["rate"] == 15.0


def test_too_few_taps_are_no_pace_and_no_fault() -> None:
    rig = Rig(PACE, {"pause": "5 s"})
    tapping(rig, [4])
    v = rig.do(Tapped())
    assert rig.conductor.state.answers["pace"] is None and TOO_FEW in v.notices


def test_a_number_can_be_typed_in_place_of_it() -> None:
    rig = Rig(PACE, {"pause": "5 s"})
    rig.do(Answer("12.5"))
    assert rig.conductor.state.answers["pace"] == 12.5
    with pytest.raises(RefusedError):
        accept(AskPrompt(id="pace", answer="breaths"), "300")


def test_a_pause_is_no_long_breath() -> None:
    rig = Rig(PACE, {"pause": "5 s"})
    tapping(rig, [4] * 4)
    rig.forward(1)
    rig.do(Pause())
    rig.do(Tap())
    rig.forward(100)
    rig.do(Resume())
    rig.forward(3)
    tapping(rig, [4] * 4)
    rig.do(Tapped())
    assert rig.conductor.state.answers["pace"] == 15


def test_asked_again_it_begins_anew() -> None:
    rig = Rig({"say": "Hello."}, PACE, {"pause": "5 s"})
    rig.forward(3)
    tapping(rig, [2] * 5)
    rig.do(Back())
    rig.forward(2)
    assert rig.view.taps == (0, 0, 60_000)
    tapping(rig, [4] * 8)
    rig.do(Tapped())
    assert rig.conductor.state.answers["pace"] == 15


def test_skipped_it_is_left_open() -> None:
    rig = Rig(PACE, {"pause": "5 s"})
    tapping(rig, [4, 4])
    rig.do(Skip())
    assert rig.conductor.state.answers["pace"] is None


def test_elsewhere_a_tap_means_nothing() -> None:
    rig = Rig({"rate": {"id": "a", "ask": "?"}})
    rig.do(Tap())
    rig.do(Tapped())
    assert rig.view.status == "asking" and rig.view.taps is None


def test_breaths_are_counted_to_nine_and_errors_are_said_kindly() -> None:
    rig = Rig(COUNT, {"pause": "5 s"})
    for taps, key in ((8, "ninth"), (6, "ninth"), (3, "lost"), (8, "ninth")):
        for _ in range(taps):
            rig.do(Tap())
            rig.forward(1)
        rig.do(Tap(key))  # type: ignore[arg-type]
        rig.forward(1)
    rig.forward(61)
    [event] = rig.log.of("tapped")
    assert (event["rounds"], event["lost"], event["right"]) == ([9, 7, 9], 1, 2)
    assert rig.conductor.state.answers["counting"] == 50
    assert any(text.startswith("You came to nine 2 times of 4.") for text in rig.view.notices)


@pytest.mark.parametrize(("right", "tries"), [(0, 0), (0, 3), (1, 1), (4, 4), (2, 5)])
def test_nothing_that_is_said_of_a_count_blames(right: int, tries: int) -> None:
    said = kindly(right, tries).casefold()
    assert not any(word in said for word in ("wrong", "fail", "error", "mistake", "only"))
    assert said or tries
    assert kindly(0, 0) == NONE_COUNTED
