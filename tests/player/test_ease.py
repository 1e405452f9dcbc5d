"""The key for gentler breaths in a running session: what changes, from when on, and what the record says of it."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from mindful.player.commands import Advance, Answer, Back, Ease, Land, Pause, Resume, Skip
from mindful.player.easing import EASED, EASED_LATER, ENOUGH, SAID_MS
from mindful.timeline.model import PhaseCue
from tests.player.test_session import Rig

BOX = {"breathe": {"pattern": "box", "cycles": 10}}
OPEN = {"breathe": {"pattern": {"inhale": 4, "exhale": 6}, "until": "key"}}


def phases(rig: Rig, until_ms: int = 10**9) -> list[tuple[int, PhaseCue]]:
    found = rig.conductor.state.timeline.cues_between(0, min(until_ms, 400_000))
    return [(at, c) for at, c in found if isinstance(c, PhaseCue)]


def test_the_breath_that_runs_is_finished_and_the_next_is_shorter() -> None:
    rig = Rig(BOX)
    rig.forward(21)
    before = phases(rig, 32_000)
    rig.do(Ease())
    after = phases(rig)
    assert [(at, c.phase, c.length_ms) for at, c in after if at < 32_000] == [
        (at, c.phase, c.length_ms) for at, c in before
    ]
    third = next((at, c) for at, c in after if at >= 32_000)
    assert (third[0], third[1].length_ms, third[1].cycle) == (32_000, 3200, 3)
    assert all(a + c.length_ms == b for (a, c), (b, _) in pairwise(after))


def test_the_step_keeps_its_length_to_the_nearest_breath() -> None:
    rig = Rig(BOX)
    rig.forward(21)
    rig.do(Ease())
    total = rig.conductor.state.timeline.total_ms
    assert total is not None and abs(total - 160_000) <= 9600 / 2


def test_at_the_very_end_of_a_breath_the_one_after_the_next_is_the_first() -> None:
    rig = Rig(BOX)
    rig.forward(15.8)
    rig.do(Ease())
    lengths = [c.length_ms for _, c in phases(rig) if c.phase == "inhale"]
    assert lengths[:3] == [4000, 4000, 3200]


def test_each_press_is_a_little_more_until_it_is_enough() -> None:
    rig = Rig({"breathe": {"pattern": "box", "cycles": 30}})
    seen = []
    for _ in range(9):
        rig.forward(17)
        seen.append(rig.do(Ease()).said)
    assert seen[0] == EASED and seen[-1] == ENOUGH
    last = [c for _, c in phases(rig)][-1]
    assert last.cycles is not None
    cycle = [c for _, c in phases(rig) if c.cycle == last.cycle]
    assert sum(c.length_ms for c in cycle) >= 3000
    assert {c.phase for c in cycle} == {"inhale", "exhale"}


def test_what_comes_later_is_eased_too() -> None:
    rig = Rig({"pause": "5 s"}, BOX, {"pause": "1 s"}, BOX)
    rig.forward(1)
    assert rig.do(Ease()).said == EASED_LATER
    assert {c.length_ms for _, c in phases(rig)} == {3200, 1600}


def test_breathing_that_is_over_stays_as_it_was() -> None:
    rig = Rig({"breathe": {"pattern": "box", "cycles": 2}}, {"pause": "20 s"}, BOX)
    rig.forward(40)
    rig.do(Ease())
    by_step: dict[str, set[int]] = {}
    for _, c in phases(rig):
        by_step.setdefault(c.step, set()).add(c.length_ms)
    assert by_step == {"steps[0].breathe": {4000}, "steps[2].breathe": {3200, 1600}}
    rig.do(Back())
    rig.do(Back())
    assert rig.view.step is not None and rig.view.step.kind == "breathe"
    assert rig.view.phase is not None and rig.view.phase.cue.length_ms == 4000


def test_open_breathing_goes_on_eased_until_the_key() -> None:
    rig = Rig(OPEN, {"pause": "5 s"})
    rig.forward(47)
    rig.do(Ease())
    rig.forward(20)
    assert rig.view.phase is not None
    assert rig.view.phase.cue.length_ms in (3200, 4800)
    starts = [(at, c) for at, c in phases(rig, 90_000)]
    assert all(a + c.length_ms == b for (a, c), (b, _) in pairwise(starts))
    assert [at for at, c in starts if c.phase == "inhale"][:7] == [0, 10_000, 20_000, 30_000, 40_000, 50_000, 58_000]
    rig.do(Ease())
    rig.forward(30)
    assert rig.view.phase is not None and rig.view.phase.cue.length_ms in (2600, 3800)
    rig.do(Advance())
    rig.forward(12)
    end = next(e for e in rig.log.of("step") if e["phase"] == "end")
    assert end["data"]["cycles"] >= 5 and len(end["data"]["eased"]) == 2


def test_an_open_breath_with_a_glide_never_jumps() -> None:
    rig = Rig(
        {
            "breathe": {
                "pattern": {"inhale": 4, "exhale": 6},
                "until": "key",
                "ramp": {"from": 11, "to": 5.7, "over": "2 min"},
            }
        }
    )
    for _ in range(12):
        rig.forward(23)
        rig.do(Ease())
        starts = phases(rig)
        assert all(a + c.length_ms == b for (a, c), (b, _) in pairwise(starts))


def test_a_question_that_is_open_stays_as_it_is() -> None:
    rig = Rig({"rate": {"id": "a", "ask": "?"}}, BOX)
    prompt = rig.view.prompt
    assert rig.do(Ease()).prompt is prompt
    rig.do(Answer(3))
    rig.forward(1)
    assert rig.view.phase is not None and rig.view.phase.cue.length_ms == 3200


@pytest.mark.parametrize("fit", ["6 min", "12 min"])
def test_a_length_that_was_asked_for_is_kept(fit: str) -> None:
    steps = (
        {"breathe": {"pattern": "box", "cycles": 10}},
        {"sit": "4 min"},
        {"breathe": {"pattern": "box", "cycles": 10}},
    )
    from mindful.player.conductor import Conductor
    from mindful.player.ports import Silence
    from tests.making import HandClock, Memory, script

    clock = HandClock()
    made = script(*steps, fit={"min": "3 min", "max": "20 min"})
    wanted = int(fit.split()[0]) * 60_000
    conductor = Conductor(made, {}, clock=clock, speaker=Silence(clock), log=Memory(), fit_ms=wanted)
    conductor.start()
    for _ in range(500):
        clock.forward(0.04)
        conductor.tick()
    conductor.do(Ease())
    total = conductor.state.timeline.total_ms
    assert total is not None and abs(total - wanted) <= 16_000


def test_while_paused_it_changes_what_comes_after() -> None:
    rig = Rig(BOX)
    rig.forward(5)
    rig.do(Pause())
    here = rig.view.position_ms
    assert rig.do(Ease()).position_ms == here
    rig.do(Resume())
    rig.forward(12)
    assert rig.view.phase is not None and rig.view.phase.cue.length_ms == 3200


def test_in_the_landing_there_is_nothing_to_ease() -> None:
    rig = Rig(BOX)
    rig.forward(5)
    rig.do(Land())
    rig.do(Ease())
    assert not rig.log.of("ease")


def test_what_is_said_goes_away_again() -> None:
    rig = Rig(BOX)
    rig.forward(5)
    assert rig.do(Ease()).said == EASED
    assert rig.forward(SAID_MS / 1000 + 0.1).said == ""


def test_the_record_has_the_moment_and_the_step_has_the_levels() -> None:
    rig = Rig(BOX)
    rig.forward(21)
    rig.do(Ease())
    [event] = rig.log.of("ease")
    assert (event["level"], event["step"], event["from_cycle"], event["at_ms"]) == (1, "steps[0].breathe", 3, 32_000)
    rig.do(Skip())
    rig.forward(0.1)
    end = next(e for e in rig.log.of("step") if e["phase"] == "end")
    assert end["data"]["eased"] == [{"from_cycle": 3, "level": 1}]


def test_who_remembers_is_told() -> None:
    rig = Rig(BOX)
    told: list[tuple[str, Any]] = []
    rig.conductor._remember = lambda name, value: told.append((name, value))
    rig.forward(21)
    rig.do(Ease())
    assert told == [("eased", 1)]
