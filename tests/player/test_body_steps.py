"""What a client does in a scan, a relaxation, a movement and a grounding, and what the record is told of it."""

from __future__ import annotations

from typing import Any

import pytest

from mindful.player.commands import Advance, Back, Found, Pause, Skip, Stop
from mindful.player.state import LEAD_MS
from tests.player.test_session import Rig

THREE = {"scan": {"each": "10 s", "regions": ["hands", "feet", "face"]}}
TENSE = {"relax": {"groups": 4, "release": "10 s"}}
POSES = {"move": {"poses": [{"say": "Lift.", "hold": "10 s"}, {"say": "Turn.", "breaths": 2}, {"say": "Shake."}]}}
AFTER = {"pause": "30 s"}


def data(rig: Rig) -> list[dict[str, Any]]:
    return [e["data"] for e in rig.log.of("step") if e["phase"] == "end"]


def starts(rig: Rig) -> list[int]:
    span = rig.conductor.state.timeline.placed[0].segment.spans[0]
    return [p.start_ms for p in span.parts]


def whole(rig: Rig) -> float:
    total = rig.conductor.state.timeline.total_ms
    assert total is not None
    return total / 1000 + 0.1


@pytest.mark.parametrize(
    ("step", "kept"),
    [
        (THREE, {"regions": 3, "planned_regions": 3}),
        (TENSE, {"groups": 4, "planned_groups": 4}),
        (POSES, {"poses": 3, "planned_poses": 3}),
        ({"ground": {"advance": "timed", "each": "5 s"}}, {"senses": 5, "planned_senses": 5}),
    ],
)
def test_what_was_done_to_its_end_is_in_the_record(step: dict[str, Any], kept: dict[str, Any]) -> None:
    rig = Rig(step)
    rig.forward(whole(rig))
    assert rig.view.ended is not None and rig.view.ended.status == "completed"
    assert data(rig) == [kept]


def test_skipping_leaves_out_one_region_and_the_scan_goes_on() -> None:
    rig = Rig(THREE, AFTER)
    rig.forward(2)
    view = rig.do(Skip())
    assert view.position_ms == starts(rig)[1]
    assert view.part is not None and (view.part.name, view.part.number, view.part.of) == ("both feet", 2, 3)
    assert rig.steps() == []
    rig.forward(30)
    assert rig.steps()[0] == ("steps[0].scan", "done")
    assert data(rig)[0] == {"regions": 2, "planned_regions": 3, "skipped": ["both hands"]}


def test_skipping_in_the_last_region_and_skipping_the_whole_go_to_the_next_step() -> None:
    for way in ([Skip(), Skip(), Skip()], [Skip(whole=True)]):
        rig = Rig(THREE, AFTER)
        rig.forward(1)
        for command in way:
            rig.do(command)
        assert rig.view.step is not None and rig.view.step.kind == "pause"
        assert rig.steps() == [("steps[0].scan", "skipped")]
        assert data(rig)[0]["regions"] == 0


def test_skipped_regions_count_as_skipped_and_those_gone_back_to_do_not() -> None:
    rig = Rig(THREE, AFTER)
    rig.forward(1)
    rig.do(Skip())
    skipped = rig.conductor.state.skipped_ms
    assert skipped == pytest.approx(starts(rig)[1] - 1000, abs=60)
    rig.forward(1)
    rig.do(Back())
    assert rig.view.position_ms == 0, "within three seconds, to the region before"
    rig.forward(20)
    assert rig.conductor.state.skipped_ms == 0 and rig.steps() == []


def test_back_goes_to_the_start_of_this_region_and_from_the_next_step_to_the_last_one() -> None:
    rig = Rig(THREE, AFTER)
    rig.forward(starts(rig)[1] / 1000 + 5)
    assert rig.do(Back()).position_ms == starts(rig)[1]
    rig.do(Skip(whole=True))
    rig.forward(1)
    assert rig.do(Back()).position_ms == starts(rig)[2]
    assert rig.steps() == [("steps[0].scan", "skipped"), ("steps[1].pause", "left")]


def test_skipping_a_region_while_paused_stays_paused() -> None:
    rig = Rig(THREE, AFTER)
    rig.forward(2)
    rig.do(Pause())
    view = rig.do(Skip())
    assert view.status == "paused" and view.position_ms == starts(rig)[1]


def test_a_region_of_a_step_that_may_be_left_out_does_not_count_as_skipped() -> None:
    rig = Rig({**THREE, "optional": True}, AFTER)
    rig.forward(1)
    rig.do(Skip())
    assert rig.conductor.state.skipped_ms == 0 and rig.view.part is not None and rig.view.part.number == 2


def test_a_group_is_done_when_its_tension_was_held_to_the_end() -> None:
    rig = Rig(TENSE, AFTER)
    (part, *_) = rig.conductor.state.timeline.placed[0].segment.spans[0].parts
    ((a, b),) = part.held
    rig.forward(a / 1000 + 1)
    assert rig.view.part is not None and rig.view.part.held_ms is not None and rig.view.part.hold_ms == b - a
    assert not rig.view.part.let_go
    rig.forward((b - a) / 1000)
    assert rig.view.part.held_ms is None and rig.view.part.let_go
    rig.do(Skip())
    rig.forward(1)
    rig.do(Skip())
    rig.do(Stop())
    assert data(rig)[0] == {"groups": 1, "planned_groups": 4, "skipped": ["the face and the neck"]}


def test_who_stops_in_the_middle_has_left_out_nothing() -> None:
    rig = Rig(THREE, AFTER)
    rig.forward(starts(rig)[1] / 1000 + 2)
    rig.do(Stop())
    assert data(rig)[0] == {"regions": 1, "planned_regions": 3}


class TestGround:
    def test_each_thing_is_counted_and_the_last_goes_on_by_itself(self) -> None:
        rig = Rig({"ground": {"senses": {"see": 3, "hear": 2}}}, AFTER)
        rig.forward(4)
        assert rig.view.prompt is not None and rig.view.found == 0
        rig.do(Found())
        rig.do(Found())
        assert rig.view.found == 2
        rig.do(Found())
        rig.forward(LEAD_MS / 1000 + 0.1)
        assert rig.view.step is not None and rig.view.step.label == "Two things to hear" and rig.view.found == 0
        rig.do(Found(9))
        rig.forward(1)
        assert [d["found"] for d in data(rig)] == [3, 2] and {s for _, s in rig.steps()} == {"done"}
        assert data(rig)[0] | {"held_ms": 0} == {"sense": "see", "found": 3, "things": 3, "held_ms": 0}
        assert data(rig)[0]["held_ms"] == pytest.approx(4500, abs=100)

    def test_some_are_enough_and_none_is_a_skip(self) -> None:
        rig = Rig({"ground": {"senses": {"see": 3, "hear": 2, "touch": 4}}}, AFTER)
        rig.forward(2)
        rig.do(Found())
        rig.do(Skip())
        rig.forward(1)
        rig.do(Skip())
        rig.forward(1)
        rig.do(Advance())
        rig.forward(1)
        assert [d["found"] for d in data(rig)] == [1, 0, 0]
        assert [s for _, s in rig.steps()] == ["done", "skipped", "done"]

    def test_going_back_asks_for_the_sense_again_and_counts_anew(self) -> None:
        rig = Rig({"ground": {"senses": {"see": 2, "hear": 2}}}, AFTER)
        rig.forward(1)
        rig.do(Found(2))
        rig.forward(2)
        assert rig.view.step is not None and rig.view.step.label == "Two things to hear"
        rig.do(Back())
        assert rig.view.step.label == "Two things to see" and rig.view.found == 0

    def test_what_is_found_in_a_pause_goes_on(self) -> None:
        rig = Rig({"ground": {"senses": {"see": 2}}}, AFTER)
        rig.forward(1)
        rig.do(Pause())
        rig.do(Found())
        assert rig.view.status == "playing" and rig.view.found == 1

    def test_elsewhere_nothing_can_be_found(self) -> None:
        rig = Rig({"wait": "Ready?"}, AFTER)
        rig.forward(1)
        rig.do(Found())
        assert rig.view.found == 0 and rig.view.prompt is not None


class TestHeldAndHeard:
    def test_bells_of_a_sit_are_counted_as_far_as_they_were_heard(self) -> None:
        rig = Rig({"sit": {"for": "1 min", "bells": {"every": "10 s", "strokes": 2}}}, AFTER)
        rig.forward(35)
        rig.do(Skip())
        assert data(rig)[0]["bells"] == 3 and data(rig)[0]["held_ms"] == pytest.approx(35_000, abs=100)

    def test_bells_of_an_open_sit_are_counted_round_by_round(self) -> None:
        rig = Rig({"sit": {"open": True, "bells": {"every": "10 s"}}}, AFTER)
        rig.forward(45)
        rig.do(Advance())
        rig.forward(1)
        assert data(rig)[0]["bells"] == 4

    def test_random_bells_ring_in_an_open_sit_one_in_five_minutes(self) -> None:
        rig = Rig({"sit": {"open": True, "bells": {"random": 3}}}, AFTER, seed=4)
        cues = rig.conductor.state.timeline.placed[0].segment.cues
        assert len(cues) == 3 and [c.at_ms // 300_000 for c in cues] == [0, 1, 2]

    def test_rounds_of_breaths_with_a_hold_that_the_client_ends(self) -> None:
        rig = Rig(
            {
                "repeat": {
                    "times": 2,
                    "steps": [
                        {"breathe": {"pattern": {"inhale": 1.5, "exhale": 1.5}, "cycles": 4}},
                        {"wait": {"text": "Rest, as long as it is easy.", "count": True, "at_most": "30 s"}, "id": "held"},
                        {"breathe": {"pattern": [{"inhale": 3}, {"hold": 6}, {"exhale": 3}], "cycles": 1}},
                    ],
                }
            }
        )  # fmt: skip
        rig.forward(12.1 + 9)
        rig.do(Advance())
        rig.forward(12.6 + 12 + 45)
        assert [d.get("held_ms") for d in data(rig)[1::3]] == [
            pytest.approx(9500, abs=200),
            pytest.approx(30_000, abs=200),
        ]
        assert [d.get("cycles") for d in data(rig)[0::3]] == [4, 4]
        assert rig.conductor.state.answers["held"] == 30.0
        assert [step for step, _ in rig.steps()][1::3] == [
            "steps[0].repeat#1.steps[1].wait",
            "steps[0].repeat#2.steps[1].wait",
        ]
