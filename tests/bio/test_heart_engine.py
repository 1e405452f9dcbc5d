"""HRV biofeedback: from beats to a value."""

from __future__ import annotations

import pytest

from mindful.bio.engine import open_engine
from mindful.bio.pacing import Pace
from mindful.bio.ports import Notice, Reading, UnfitError
from mindful.bio.protocols import COHERENCE, LOCK, PRESETS, HeartProtocol, Threshold
from mindful.bio.pulse import HeartEngine
from mindful.bio.recordings import beats
from mindful.bio.sources.file import FileSource
from mindful.bio.sources.simulated import SimulatedBrainSource, SimulatedHeartSource
from tests.bio.made import Fed, real_rr
from tests.bio.time import Clock, run


def started(protocol: HeartProtocol = LOCK, seed: int = 1) -> tuple[HeartEngine, Clock]:
    clock = Clock()
    source = SimulatedHeartSource(clock, seed)
    engine = open_engine(source, protocol)
    assert isinstance(engine, HeartEngine)
    source.start()
    return engine, clock


def test_breathing_with_the_pacer_is_fed_back_within_half_a_minute() -> None:
    engine, clock = started()
    engine.begin("baseline", clock.ms)
    free = run(engine, clock, 60)
    assert free.bpm == pytest.approx(70, abs=5)
    assert not free.reward
    engine.guide(Pace(clock.now(), 6))
    engine.begin("training", clock.ms)
    run(engine, clock, 20)
    early = run(engine, clock, 15)
    assert early.value > 0.7
    late = run(engine, clock, 60)
    assert late.reward
    assert late.extras["lock"] > 0.9
    assert late.extras["swing_bpm"] > 8
    assert late.extras["peak_per_min"] == pytest.approx(6, abs=0.3)
    assert {"rmssd_ms", "sdnn_ms", "coherence", "coherence_ratio", "phase_deg", "corrected"} <= set(late.extras)
    line = engine.curve(20)
    assert 15 <= len(line) <= 30
    assert all(good for _at, _bpm, good in line)
    rows = engine.rows()
    assert rows[-1]["rmssd_ms"] == pytest.approx(late.extras["rmssd_ms"], rel=0.2)
    done = engine.finish()
    assert done["corrected"] < 0.02
    assert done["beats"] > 150
    assert done["latency"]["source_p99"] < 2500


def test_coherence_needs_no_pacer() -> None:
    engine, clock = started(COHERENCE)
    engine.begin("training", clock.ms)
    last = run(engine, clock, 90)
    assert last.quality == "clear"
    assert last.feature == last.extras["coherence"]


@pytest.mark.parametrize("mode", ["adaptive", "baseline"])
def test_a_bar_can_follow_the_client(mode: str) -> None:
    engine, clock = started(HeartProtocol("x", "coherence", 64, Threshold(mode)))  # type: ignore[arg-type]
    engine.begin("baseline", clock.ms)
    run(engine, clock, 120)
    engine.begin("training", clock.ms)
    run(engine, clock, 120)
    training = engine.summary()["stretches"][-1]
    assert training["threshold"] is not None
    assert 0.2 <= training["reward"] <= 1.0
    assert (engine.summary()["baseline"]["mean"] is not None) == (mode == "baseline") or mode == "adaptive"


def test_real_rest_shows_no_lock_and_no_reward() -> None:
    """The negative control: a heart that knows nothing of the pacer."""
    clock = Clock()
    source = FileSource(clock, recording=beats(real_rr(60)[:900]))
    engine = open_engine(source, LOCK)
    source.start()
    engine.guide(Pace(clock.now(), 6))
    engine.begin("training", clock.ms)
    run(engine, clock, 600)
    training = engine.summary()["stretches"][-1]
    assert training["lock"] < 0.3
    assert training["reward"] < 0.15


def test_a_loose_strap_makes_it_unclear_and_holds_the_value() -> None:
    clock = Clock()
    source = Fed(clock, "heart", ())
    engine = open_engine(source, COHERENCE)
    source.start()
    engine.begin("training", clock.ms)
    at = clock.now()
    readings: list[Reading] = []
    for i in range(220):
        rr = 850.0 + 60 * ((i % 10) - 5) / 5 if i < 120 or i % 4 else 300.0 + i
        at += rr / 1000
        clock.ms = round(at * 1000)
        source.beat([at], [rr])
        readings.append(engine.tick(clock.ms))
    assert readings[110].quality == "clear"
    assert readings[-1].quality == "unclear"
    assert not readings[-1].reward
    assert readings[-1].value == readings[-2].value > 0
    assert readings[-1].extras["corrected"] > 0.1


def test_a_gap_is_told_once_and_a_long_one_begins_anew() -> None:
    clock = Clock()
    source = Fed(clock, "heart", ())
    engine = open_engine(source, COHERENCE)
    source.start()
    notices: list[Notice] = []

    def give(beats_: int) -> Reading:
        for _ in range(beats_):
            clock.ms += 900
            source.beat([clock.now()], [900 + clock.ms % 7])
            reading = engine.tick(clock.ms)
        notices.extend(engine.notices())
        return reading

    assert give(80).quality == "clear"
    clock.ms += 5000
    assert engine.tick(clock.ms).quality == "clear"
    clock.ms += 5000
    assert engine.tick(clock.ms).quality == "absent"
    assert give(3).quality == "absent"
    assert give(80).quality == "clear"
    clock.ms += 3000
    give(20)
    assert [n.tell for n in notices if n.kind == "gap"] == [True, False]


def test_a_strap_without_intervals_is_told_once() -> None:
    clock = Clock()
    source = Fed(clock, "heart", ())
    engine = open_engine(source, LOCK)
    source.start()
    for _ in range(40):
        clock.ms += 1000
        source.beat([], [], bpm=71)
        reading = engine.tick(clock.ms)
    assert reading.quality == "absent"
    assert reading.bpm == 71
    told = engine.notices()
    assert [n.kind for n in told if n.tell] == ["no-rr"]


def test_brains_are_no_hearts() -> None:
    with pytest.raises(UnfitError, match="strap"):
        open_engine(SimulatedBrainSource(Clock()), LOCK)
    assert PRESETS["asymmetry"].experimental
    with pytest.raises(ValueError, match="window"):
        HeartProtocol("x", "coherence", 30)
