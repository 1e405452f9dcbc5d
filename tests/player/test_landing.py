"""Stop and land: from every moment of a session to the grounding minute, and what the record says of it."""

from __future__ import annotations

from typing import Any

import pytest

from mindful.journal.record import fold
from mindful.player.commands import Advance, Answer, Back, Land, Pause, Resume, Skip, Stop
from mindful.player.landing import FADE_MS, LINES, setup_of
from mindful.player.ports import Silence
from mindful.timeline.compile import compile_timeline
from mindful.timeline.model import Timeline
from mindful.timeline.unfold import Setup
from tests.making import script
from tests.player.test_session import Rig

BOX = {"breathe": {"pattern": "box", "cycles": 20}}
RATE = {"rate": {"id": "now", "ask": "How tense?"}}


class Told(Silence):
    """Keeps what the speaker is told of new timelines."""

    def __init__(self, clock: Any) -> None:
        super().__init__(clock)
        self.faded: list[int] = []

    def update(self, timeline: Timeline, fade_ms: int = 0) -> None:
        self.faded.append(fade_ms)


def record(rig: Rig) -> dict[str, Any]:
    """What the journal would hold."""
    start = {"event": "start", "t_ms": 0, "id": "x", "at": "2026-01-01T08:00:00+00:00", "planned_ms": 320_000}
    closed = rig.log.closed[0]
    return fold([start, *rig.log.events, {"event": "end", **closed}])


def test_it_takes_about_a_minute() -> None:
    total = compile_timeline(setup_of(Setup(script(BOX)))).total_ms
    assert total is not None and 50_000 <= total <= 70_000


def test_the_words_open_the_eyes_and_ground() -> None:
    said = " ".join(text for text, _ in LINES).casefold()
    assert all(word in said for word in ("eyes", "feet", "name", "see", "hear"))


def test_the_pacing_stops_at_once_and_a_minute_later_it_is_over() -> None:
    rig = Rig(BOX)
    rig.forward(20)
    assert rig.view.phase is not None
    v = rig.do(Land())
    assert (v.status, v.grounding, v.phase, v.layer) == ("landing", True, None, "silence")
    rig.forward(FADE_MS / 1000 + 0.1)
    assert rig.view.caption == "You can stop here."
    assert rig.view.left_ms is not None and rig.view.left_ms < 65_000
    rig.forward(65)
    assert rig.view.ended is not None
    assert (rig.log.closed[0]["status"], rig.log.closed[0]["reason"]) == ("stopped", "landed")


def test_the_record_says_how_far_it_was_and_what_of_the_landing_was_done() -> None:
    rig = Rig(BOX)
    rig.forward(20)
    rig.do(Land())
    rig.forward(30)
    rig.do(Stop())
    kept = record(rig)
    assert (kept["status"], kept["reason"], kept["planned_ms"]) == ("stopped", "landed", 320_000)
    assert kept["landing"]["at_ms"] == kept["landing"]["after_ms"] == 20_000
    assert kept["landing"]["of_ms"] == 320_000
    assert kept["landing"]["done_ms"] == 30_000 < kept["landing"]["planned_ms"]
    first, *landing = kept["steps"]
    assert (first["status"], first["data"]) == ("left", {"cycles": 1, "planned_cycles": 20})
    assert [s["step"] for s in landing][:3] == ["landing[0].sound", "landing[1].pause", "landing[2].say"]
    assert landing[-1]["status"] == "left"


def test_a_program_that_is_killed_in_the_landing_still_has_it_in_its_record() -> None:
    rig = Rig(BOX)
    rig.forward(20)
    rig.do(Land())
    rig.forward(5)
    start = {"event": "start", "t_ms": 0, "id": "x", "at": "2026-01-01T08:00:00+00:00"}
    assert fold([start, *rig.log.events])["landing"]["at_ms"] == 20_000


def test_the_speaker_fades_over_what_was_heard() -> None:
    rig = Rig(BOX)
    rig.conductor._speaker = told = Told(rig.clock)
    told.start(rig.conductor.state.timeline, rig.view.position_ms)
    rig.forward(5)
    rig.do(Land())
    assert told.faded[-1] == FADE_MS


@pytest.mark.parametrize(
    ("steps", "before"),
    [
        ((RATE, BOX), ()),
        ((BOX,), (Pause(),)),
        (({"wait": "When you are ready."}, BOX), ()),
        (({"sit": {"open": True}}, BOX), ()),
        (({"breathe": {"pattern": "box", "until": "key"}},), ()),
        (({"breathe": {"pattern": "box", "until": "key"}}, BOX), (Advance(),)),
        ((RATE, BOX), (Answer(40),)),
        ((RATE, BOX), (Pause(),)),
    ],
)
def test_it_is_there_from_everywhere(steps: Any, before: Any) -> None:
    rig = Rig(*steps)
    rig.forward(7)
    for command in before:
        rig.do(command)
    v = rig.do(Land())
    assert (v.status, v.grounding, v.prompt) == ("landing", True, None)
    rig.forward(70)
    assert rig.view.ended is not None and rig.log.closed[0]["reason"] == "landed"


def test_an_answer_that_was_given_stays() -> None:
    rig = Rig(RATE, BOX)
    rig.do(Answer(40))
    rig.forward(3)
    rig.do(Land())
    rig.forward(70)
    assert record(rig)["answers"] == {"now": 40}


class TestWithinIt:
    def landing(self) -> Rig:
        rig = Rig(BOX)
        rig.forward(20)
        rig.do(Land())
        rig.forward(6)
        return rig

    def test_it_can_be_paused(self) -> None:
        rig = self.landing()
        v = rig.do(Pause())
        here = v.position_ms
        assert (v.status, v.grounding) == ("paused", True)
        rig.forward(60)
        assert rig.do(Resume()).position_ms == here

    def test_it_can_be_skipped_line_by_line(self) -> None:
        rig = self.landing()
        for _ in LINES:
            rig.do(Skip())
        rig.forward(0.2)
        assert rig.view.ended is not None and rig.log.closed[0]["reason"] == "landed"

    def test_back_never_leads_into_the_session_again(self) -> None:
        rig = self.landing()
        for _ in range(9):
            rig.do(Back())
        assert rig.view.position_ms >= 20_000 and rig.view.grounding

    def test_ending_it_is_one_key(self) -> None:
        rig = self.landing()
        assert rig.do(Stop()).ended is not None

    def test_landing_twice_is_once(self) -> None:
        rig = self.landing()
        here = rig.view.position_ms
        assert rig.do(Land()).position_ms == here
        assert len(rig.log.of("landing")) == 1


def test_while_the_short_ending_stands_there_is_nothing_to_land_from() -> None:
    rig = Rig(BOX)
    rig.forward(5)
    rig.do(Stop())
    assert not rig.do(Land()).grounding
