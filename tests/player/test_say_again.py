"""The last line once more: gone back to where nothing is lost by it, else said over what goes on, else shown."""

from __future__ import annotations

from typing import Any

import pytest

from mindful.player.commands import Advance, Command, Ease, Land, Pause, SayAgain, Stop
from mindful.player.repeating import NOTHING
from mindful.player.view import View
from mindful.timeline.model import REPEATED, SayCue
from mindful.timeline.speech import Length, Line
from tests.player.test_session import Rig
from tests.player.test_spoken import HandVoice
from tests.player.test_spoken import Rig as SpokenRig

SAY = {"say": "Sit so that your back can be long.", "pause": "8 s"}
BOX = {"breathe": {"pattern": "box", "cycles": 10}}


def how(rig: Any) -> list[str]:
    return [e["how"] for e in rig.log.of("repeat")]


class AllSaid(HandVoice):
    """Every line is there, a second each."""

    def length(self, line: Line) -> Length:
        return Length(1000, False, (0,))

    def settled(self, line: Line) -> bool:
        return True


class Session(SpokenRig):
    def do(self, command: Command) -> View:
        self.view = self.conductor.do(command)
        return self.view


def spoken(*steps: dict[str, Any]) -> Session:
    """A session whose every line is there."""
    return Session(AllSaid(), *steps)


def repeats(rig: Any) -> list[tuple[int, str]]:
    found = rig.conductor.state.timeline.cues_between(0, 600_000)
    return [(at, c.text) for at, c in found if isinstance(c, SayCue) and c.step == REPEATED]


def test_in_the_quiet_after_a_line_it_goes_back_to_it() -> None:
    rig = Rig({"pause": "2 s"}, SAY, BOX)
    rig.forward(9)
    v = rig.do(SayAgain())
    assert v.position_ms == 2000 and how(rig) == ["back"]
    rig.forward(0.2)
    assert rig.view.caption == "Sit so that your back can be long."


def test_in_the_middle_of_it_too() -> None:
    rig = Rig(SAY, BOX)
    rig.forward(1.5)
    assert rig.do(SayAgain()).position_ms == 0


def test_while_paced_it_is_said_over_the_breath_and_no_time_moves() -> None:
    rig = spoken({"say": "Slowly."}, BOX)
    rig.forward(20)
    before = rig.view.position_ms
    total = rig.conductor.state.timeline.total_ms
    v = rig.do(SayAgain())
    assert v.position_ms == before and rig.conductor.state.timeline.total_ms == total
    assert repeats(rig) == [(before + 400, "Slowly.")] and how(rig) == ["over"]
    assert v.said == "Slowly." and v.phase is not None


@pytest.mark.parametrize(
    "step",
    [
        {"sit": "5 min"},
        {"sit": {"open": True, "bells": {"every": "10 s"}}},
        {"wait": "When you are ready."},
        {"rate": {"id": "a", "ask": "How is it?"}},
        {"breathe": {"pattern": {"inhale": 4, "exhale": 4}, "until": "key"}},
    ],
)
def test_it_is_said_over_whatever_goes_on(step: dict[str, Any]) -> None:
    rig = spoken({"say": "Slowly."}, {"pause": "15 s"}, step, {"pause": "9 s"})
    rig.forward(60)
    prompt = rig.view.prompt
    now = rig.view.position_ms
    assert rig.do(SayAgain()).position_ms == now
    assert how(rig) == ["over"] and repeats(rig) == [(now + 400, "Slowly.")]
    assert rig.view.prompt is prompt
    rig.forward(30)
    rig.do(Advance())
    rig.forward(20)
    assert len(repeats(rig)) == 1


def test_a_loop_goes_on_as_before_after_it() -> None:
    rig = spoken({"say": "Slowly."}, {"breathe": {"pattern": {"inhale": 4, "exhale": 4}, "until": "key"}})
    rig.forward(60)
    seg = rig.conductor.state.placed
    assert seg is not None
    before = [(at, c.phase) for at, c in seg.segment.cues_between(0, 200_000) if hasattr(c, "phase")]
    rig.do(SayAgain())
    seg = rig.conductor.state.placed
    assert seg is not None
    assert [(at, c.phase) for at, c in seg.segment.cues_between(0, 200_000) if hasattr(c, "phase")] == before


def test_a_line_that_was_never_said_is_shown() -> None:
    rig = Rig({"say": "Slowly."}, BOX)
    rig.forward(20)
    assert rig.do(SayAgain()).said == "Slowly." and how(rig) == ["shown"]


def test_where_something_is_said_soon_it_is_only_shown() -> None:
    rig = spoken({"say": "Slowly."}, {"breathe": {"pattern": "box", "cycles": 1}}, {"say": "And now."})
    state = rig.conductor.state
    end = next(at for at, c in state.timeline.cues_between(0, 90_000) if isinstance(c, SayCue) and c.text == "And now.")
    rig.forward(end / 1000 - 0.5)
    rig.do(SayAgain())
    assert how(rig) == ["shown"]


def test_before_any_line_there_is_none() -> None:
    rig = Rig(BOX)
    rig.forward(3)
    assert rig.do(SayAgain()).said == NOTHING


def test_it_ends_a_pause() -> None:
    rig = Rig(SAY, BOX)
    rig.forward(4)
    rig.do(Pause())
    assert rig.do(SayAgain()).status == "playing"


def test_it_and_ease_go_together() -> None:
    rig = spoken({"say": "Slowly."}, BOX)
    rig.forward(20)
    rig.do(SayAgain())
    rig.forward(0.1)
    rig.do(Ease())
    assert len(repeats(rig)) == 1 and rig.log.of("ease")


def test_in_the_landing_only_its_own_lines() -> None:
    rig = Rig(SAY, BOX)
    rig.forward(20)
    rig.do(Land())
    assert rig.do(SayAgain()).said == NOTHING
    rig.forward(4)
    here = rig.view.position_ms
    assert rig.do(SayAgain()).position_ms < here and rig.view.grounding


def test_not_while_it_ends() -> None:
    rig = Rig(SAY, BOX)
    rig.forward(4)
    rig.do(Stop())
    rig.do(SayAgain())
    assert not rig.log.of("repeat")
