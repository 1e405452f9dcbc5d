"""A session that a sensor guides, on virtual time: what is shown, heard and written, and what a failing device does not do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from mindful.audio.levels import Levels
from mindful.bio.delivery import by_chance
from mindful.bio.engine import Engine, open_engine
from mindful.bio.ports import SourceError
from mindful.bio.protocols import LOCK, PRESETS
from mindful.bio.sources.opening import open_source
from mindful.journal.record import fold
from mindful.player.conductor import Conductor
from mindful.player.feedback_view import FeedbackView
from mindful.player.ports import Silence
from tests.making import HandClock, Memory, script

HEART = {"hrv_biofeedback": {"for": "1 min", "pace": 6}}
BRAIN = {"neurofeedback": {"protocol": "alpha", "for": "1 min", "blocks": 1, "baseline": "20 s"}}


class Loudness(Silence):
    """Remembers how soft the background was asked to be."""

    def __init__(self, clock: HandClock) -> None:
        super().__init__(clock)
        self.asked: list[float] = []

    def levels(self, levels: Levels) -> None:
        self.asked.append(levels.background)


class Run:
    def __init__(
        self,
        *steps: dict[str, Any],
        sensor: Callable[..., Engine] | None,
        remember: Callable[[str, Any], None] = lambda n, v: None,
    ) -> None:
        self.clock, self.log = HandClock(), Memory()
        self.speaker = Loudness(self.clock)
        self.conductor = Conductor(
            script(*steps), {}, clock=self.clock, speaker=self.speaker, log=self.log, sensor=sensor, remember=remember
        )
        self.views: list[FeedbackView] = []

    def play(self, seconds: float, each: float = 0.04) -> Run:
        if not self.conductor.state.started:
            self.conductor.start()
        for _ in range(round(seconds / each)):
            self.clock.forward(each)
            view = self.conductor.tick()
            if view.feedback is not None:
                self.views.append(view.feedback)
        return self

    def record(self) -> dict[str, Any]:
        head = {
            "event": "start",
            "t_ms": 0,
            "at": "2026-11-24T08:00:00+00:00",
            "id": "x",
            "session": {"id": "a", "title": "A"},
        }
        return fold([head, *self.log.events])


def simulated(clock_of: Callable[[], HandClock], kind: str, **more: Any) -> Callable[..., Engine]:
    def opened(asked: str, protocol: str, reward: float | None) -> Engine:
        assert asked == kind
        source = open_source("simulated:3", asked, clock_of())  # type: ignore[arg-type]
        return open_engine(source, LOCK if kind == "heart" else PRESETS["alpha"], **more)

    return opened


def run(step: dict[str, Any], kind: str, **more: Any) -> Run:
    made: list[Run] = []
    made.append(Run(step, {"say": "Thank you."}, sensor=simulated(lambda: made[0].clock, kind, **more)))
    return made[0]


def test_a_heart_that_follows_the_breath_is_shown_heard_and_written() -> None:
    done = run(HEART, "heart").play(125)
    stretches = list(dict.fromkeys(v.stretch for v in done.views))
    assert stretches == ["baseline", "training"]
    last = done.views[-1]
    assert last.simulated and last.quality == "clear" and last.bpm is not None and 40 < last.bpm < 110
    assert last.lock is not None and last.lock > 0.5 and len(last.curve) > 20
    data = done.record()["steps"][0]["data"]
    assert data["feedback"]["simulated"] is True and data["feedback"]["delivery"]["mode"] == "real"
    assert [s["phase"] for s in data["feedback"]["stretches"] if s["phase"] != "waiting"] == ["baseline", "training"]
    seconds = data["seconds"]
    assert len({len(column) for column in seconds.values()}) == 1 and 110 <= len(seconds["phase"]) <= 125
    softer = [db for db in done.speaker.asked if db < 0]
    assert softer and min(softer) >= -15 and done.speaker.asked[-1] == 0, "it ends as the client's mixer has it"


def test_a_brain_is_trained_with_a_bar_electrodes_and_a_sound() -> None:
    done = run(BRAIN, "eeg").play(85)
    assert {v.stretch for v in done.views} >= {"baseline", "training"}
    assert done.views[200].electrodes and any(v.reward for v in done.views) and not all(v.reward for v in done.views)
    assert any(db < 0 for db in done.speaker.asked)
    feedback = done.record()["steps"][0]["data"]["feedback"]
    assert feedback["protocol"]["name"] == "alpha" and "latency" in feedback


def test_sham_feedback_is_said_in_the_record() -> None:
    done = run(BRAIN, "eeg", delivery=by_chance(1, 300)).play(85)
    feedback = done.record()["steps"][0]["data"]["feedback"]
    assert feedback["delivery"]["mode"] != "real"


@pytest.mark.parametrize("step", [HEART, BRAIN])
def test_without_a_sensor_it_is_said_once_and_the_session_goes_on(step: dict[str, Any]) -> None:
    done = Run(step, {"say": "Thank you."}, sensor=None).play(130)
    assert len(done.conductor.view().notices) == 1 and "simulated" in done.conductor.view().notices[0]
    assert done.conductor.state.ended is not None and done.conductor.state.ended.status == "completed"
    assert done.record()["steps"][0]["data"]["feedback"]["sensor"] == "none"
    assert all(v.source == "" for v in done.views)


@pytest.mark.parametrize("error", [SourceError("The strap is not there."), RuntimeError("boom"), OSError(5, "x")])
def test_a_device_that_fails_to_open_stops_nothing(error: Exception) -> None:
    def opened(*asked: Any) -> Engine:
        raise error

    done = Run(HEART, {"say": "Thank you."}, sensor=opened).play(130)
    assert len(done.conductor.view().notices) == 1
    assert done.conductor.state.ended is not None and done.conductor.state.ended.status == "completed"


def test_an_assessment_keeps_a_pace_only_of_a_real_heart() -> None:
    kept: list[tuple[str, Any]] = []
    made: list[Run] = []
    opening = simulated(lambda: made[0].clock, "heart")

    def real(*asked: Any) -> Engine:
        engine = opening(*asked)
        engine.source.simulated = False
        return engine

    for sensor in (opening, real):
        made[:] = [
            Run(
                {"hrv_biofeedback": {"for": "10 min", "assess": True}},
                sensor=sensor,
                remember=lambda n, v: kept.append((n, v)),
            )
        ]
        found = made[0].play(640, 0.2).record()["steps"][0]["data"]["feedback"]["resonance"]
        assert len(found["steps"]) == 5
        if sensor is opening:
            assert kept == []
    assert [name for name, _ in kept] == ["resonance"] and 4.0 <= kept[0][1]["per_min"] <= 7.0


def test_a_pause_is_no_training_and_the_device_is_freed_at_the_end() -> None:
    from mindful.player.commands import Pause, Resume, Stop

    done = run(HEART, "heart").play(70)
    done.conductor.do(Pause())
    done.play(5)
    done.conductor.do(Resume())
    done.play(5)
    done.conductor.do(Stop())
    done.play(10)
    stretches = [s["phase"] for s in done.record()["steps"][0]["data"]["feedback"]["stretches"]]
    assert stretches[-3:] == ["training", "rest", "training"]
    assert done.speaker.asked[-1] == 0
