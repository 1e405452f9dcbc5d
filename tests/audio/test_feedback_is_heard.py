"""A training as it comes out of the loudspeaker: the real conductor, transport and mixer on virtual time, recorded."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest

from mindful.audio import bells
from mindful.audio.levels import Levels
from mindful.audio.mixer import Mixer
from mindful.audio.opening import Way
from mindful.audio.transport import Transport
from mindful.audio.units import FRAMES_PER_MS, RATE, Block, decibels
from mindful.bio.delivery import Moment, Yoked
from mindful.bio.engine import Engine, open_engine
from mindful.bio.protocols import PRESETS
from mindful.bio.sources.opening import open_source
from mindful.player.conductor import Conductor
from mindful.player.sounding import GAIN, LAYERS, SOFTEST_DB, STEP_MS
from mindful.timeline.model import BellCue, SoundCue
from tests.audio.made import HandClock, MemorySink, layer, segment, timeline
from tests.making import Memory, script

BASELINE_S, BLOCK_S = 10, 45
HIGH_FROM_S, HIGH_S = 17.0, 11.0
"""In the block, the client is shown a value of 1 with reward for so long; before and after it, 0."""
HOP = RATE // 50


class Run:
    """One session, played through a device in memory."""

    def __init__(self, protocol: str, *, reward: bool = True, levels: Levels | None = None) -> None:
        self.clock, self.log = HandClock(), Memory()
        self.sink = MemorySink(self.clock, seconds=120)
        self.t = Transport([Way("memory", lambda: self.sink)], clock=self.clock, mixer=Mixer(), threaded=False)
        per = 25
        low, high = [Moment(0.0, False)], [Moment(1.0, reward)]
        moments = low * round(HIGH_FROM_S * per) + high * round(HIGH_S * per) + low * 10_000
        self.shown = Yoked(moments, "made")
        self.protocol = protocol
        step = {
            "neurofeedback": {"protocol": protocol, "for": f"{BLOCK_S} s", "blocks": 1, "baseline": f"{BASELINE_S} s"}
        }
        self.conductor = Conductor(
            script(step, {"pause": "6 s"}, settings={"background": "silence"}),
            {},
            clock=self.clock,
            speaker=self.t,
            log=self.log,
            sensor=self._open,
            volume=1.0,
            levels=levels or Levels(),
        )
        self.began = 0.0

    def _open(self, kind: str, protocol: str, reward: float | None) -> Engine:
        source = open_source("simulated:3", "eeg", self.clock)
        return open_engine(source, PRESETS[self.protocol], self.shown)

    def play(self, seconds: float) -> Run:
        self.conductor.start()
        self.t.open_now()
        self.t.work()
        for _ in range(round(seconds / 0.04)):
            self.clock.t += 0.04
            self.conductor.tick()
            self.t.work()
        return self

    def heard(self) -> Block:
        """What the device has played, from the session's first frame on."""
        stream = self.t._map
        assert stream is not None
        return self.sink.stream[stream.stream_of(0) : int(self.sink.heard(self.clock.t))]


@cache
def recorded(protocol: str, reward: bool = True, bells_db: float = 0.0) -> tuple[Block, Run]:
    done = Run(protocol, reward=reward, levels=Levels(bells=bells_db)).play(BASELINE_S + HIGH_FROM_S + HIGH_S + 14)
    return done.heard(), done


def level(x: Block, hop: int = HOP) -> np.ndarray:
    """dBFS of each fiftieth of a second."""
    n = len(x) // hop
    power = np.square(x[: n * hop], dtype=np.float64).mean(axis=1).reshape(n, hop).mean(axis=1)
    return np.asarray(10 * np.log10(power + 1e-9))


def marks(with_it: Block, without: Block) -> np.ndarray:
    """What the marks alone are."""
    n = min(len(with_it), len(without))
    return with_it[:n] - without[:n]


def at(seconds_in_block: float) -> int:
    return round((BASELINE_S + seconds_in_block) * RATE)


@pytest.mark.parametrize("protocol", ["alpha", "alpha_theta"])
def test_the_mark_is_one_soft_stroke_and_all_else_is_as_without_it(protocol: str) -> None:
    manner = GAIN if protocol == "alpha" else LAYERS
    rewarded, done = recorded(protocol)
    other, _ = recorded(protocol, reward=False)
    alone = marks(rewarded, other)
    ((position_ms, *_),) = done.conductor._strikes._struck
    first = position_ms * FRAMES_PER_MS
    held = first / RATE - BASELINE_S - HIGH_FROM_S
    assert manner.held_ms / 1000 <= held <= manner.held_ms / 1000 + 0.8, "once, soon after the reward has lasted"
    stroke = decibels(manner.level_db) * bells.stroke(manner.mark)
    n = min(len(stroke), len(alone) - first)
    np.testing.assert_allclose(alone[first : first + n, 0], stroke[:n], atol=2e-5)
    np.testing.assert_array_equal(alone[:first], 0.0)
    assert np.abs(alone).max() < 0.1, "20 dB below full scale at the most"
    assert 20 * np.log10(np.abs(stroke).max()) < -22


def test_the_mark_is_as_loud_as_the_client_has_bells() -> None:
    softer, _ = recorded("alpha", True, -12.0)
    other, _ = recorded("alpha", False, -12.0)
    usual = marks(recorded("alpha")[0], recorded("alpha", False)[0])
    alone = marks(softer, other)
    np.testing.assert_allclose(alone, decibels(-12.0) * usual[: len(alone)], atol=2e-5)


def test_the_stream_follows_in_steps_that_nobody_hears_as_steps() -> None:
    """Against the stream as it is: the gain that was heard, its steps, and how soon it moves."""
    x, _ = recorded("alpha", False)
    block = x[at(4) : at(HIGH_FROM_S + HIGH_S + 8)]
    made = Mixer().render(timeline(segment(layer(0, "stream"), ms=200_000)), at(4), len(block))
    gain = level(block, RATE // 100) - level(made, RATE // 100)
    seconds = 4 + (np.arange(len(gain)) + 0.5) / 100
    low, high = gain[(seconds > 12) & (seconds < 16.5)], gain[(seconds > 20) & (seconds < 27.5)]
    assert np.median(low) == pytest.approx(SOFTEST_DB, abs=0.3) and np.median(high) == pytest.approx(0, abs=0.1)
    assert gain.max() < 0.2, "never louder than it was made"
    steps = np.diff(gain)
    assert np.abs(steps).max() < 1.3, "dB in a hundredth of a second"
    a_second = gain[100:] - gain[:-100]
    assert a_second.max() < 15.5 and a_second.min() > -8.5, "at most 1.5 dB down, five times a second"
    rose = seconds[np.flatnonzero((gain > SOFTEST_DB + 1) & (seconds > HIGH_FROM_S - 1))[0]]
    assert -0.02 <= rose - HIGH_FROM_S < 0.2 + STEP_MS / 1000 + 0.15, "the device's buffer, a step, its fade"


def test_alpha_theta_goes_from_one_water_to_the_other_and_stays_as_loud() -> None:
    x, _ = recorded("alpha_theta", False)
    stream, ocean = (Mixer().render(timeline(segment(layer(0, n), ms=200_000)), 0, len(x)) for n in ("stream", "ocean"))
    for since, until, there, absent in ((8, 16.5, stream, ocean), (20, 27.5, ocean, stream)):
        part = slice(at(since), at(until))
        np.testing.assert_allclose(x[part], there[part], atol=2e-5)
        assert np.abs(there[part] - absent[part]).max() > 1e-3
    # Half-way over both are heard, at equal power: no hole and no swell.
    half = Mixer().render(
        timeline(segment(SoundCue(at_ms=0, step="steps[0]", layer="stream", fade_ms=1, beside="ocean"), ms=200_000)),
        10 * RATE,
        30 * RATE,
        Levels(crossing=0.5),
    )
    there = [level(y[10 * RATE : 40 * RATE], RATE) for y in (stream, ocean)]
    power = 10 * np.log10(0.5 * 10 ** (there[0] / 10) + 0.5 * 10 ** (there[1] / 10))
    assert np.abs(level(half, RATE) - power).max() < 1.5


def test_a_layer_with_none_beside_it_stays_however_far_over_it_is_to_go() -> None:
    plain = timeline(segment(layer(0, "stream"), ms=20_000))
    usual = Mixer().render(plain, 0, 4 * RATE)
    np.testing.assert_array_equal(Mixer().render(plain, 0, 4 * RATE, Levels(crossing=1.0)), usual)


def test_the_session_is_told_and_kept_without_the_marks() -> None:
    _, done = recorded("alpha")
    struck = [c for p in done.conductor.state.timeline.placed for c in p.segment.cues if isinstance(c, BellCue)]
    assert [c.level_db for c in struck] == [-6.0], "the one that the script's step has"
    assert done.t.underruns == 0


def sound_of(done: Run) -> dict[str, Any]:
    return next(e["summary"]["sound"] for e in done.log.of("feedback") if "sound" in e.get("summary", {}))


def test_the_record_says_what_the_feedback_was_made_of() -> None:
    done = Run("alpha").play(BASELINE_S + BLOCK_S + 3)
    sound = sound_of(done)
    assert (sound["follows"], sound["mark"], sound["marks"]) == ("gain", "chime", 1)
    # Out of the step, the background glides back; nothing of the training is left.
    assert done.t._levels == Levels()


def test_going_back_does_not_bring_the_marks_back() -> None:
    from mindful.player.commands import Back

    done = Run("alpha").play(BASELINE_S + HIGH_FROM_S + 5)
    assert done.conductor._strikes.over(done.conductor.state.timeline) is not done.conductor.state.timeline
    done.conductor.do(Back())
    assert done.conductor._strikes.over(done.conductor.state.timeline) is done.conductor.state.timeline
