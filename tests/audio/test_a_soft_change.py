"""What is heard when a client stops and lands: all that played fades out over its time, and silence is what follows."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from mindful.audio.units import FRAMES_PER_MS, RATE, Block
from mindful.player import state as states
from mindful.player.landing import FADE_MS
from mindful.player.running import Moment
from mindful.timeline.model import Timeline
from mindful.timeline.unfold import Setup
from tests.audio.rig import REF, Rig
from tests.making import script

MS = FRAMES_PER_MS
SETUP = Setup(
    script(
        {"breathe": {"pattern": {"inhale": 4, "exhale": 6}, "cycles": 20}},
        settings={"background": "rain", "cues": "tones"},
    )
)


def landed(at_ms: int) -> tuple[Timeline, Timeline]:
    """The session, and what is left of it for one who lands `at_ms` into it."""
    state = states.start(states.ready(SETUP))[0]
    before = state.timeline
    state = states.tick(state, Moment(at_ms, at_ms))[0]
    return before, states.land(state)[0].timeline


def rms(x: Block) -> float:
    return float(np.sqrt(np.mean(np.square(x, dtype=np.float64))))


def test_it_fades_over_two_and_a_half_seconds_without_a_step() -> None:
    before, after = landed(6000)
    r = Rig(before)
    r.run(6)
    asked = int(r.sink.heard(r.clock.t))
    r.t.update(after, FADE_MS)
    r.run(6)
    x = r.heard()
    windows = [rms(x[asked + k * RATE // 2 : asked + (k + 1) * RATE // 2]) for k in range(10)]
    whole = rms(x[asked - RATE // 2 : asked])
    assert windows[0] > 0.5 * whole, "not at once"
    assert all(b < a for a, b in pairwise(windows[:6]))
    end = asked + (FADE_MS + 700) * MS
    assert not x[end:].any(), "and then there is silence"
    steps = np.abs(np.diff(x[asked - RATE // 10 : end], axis=0)).max()
    assert steps <= 1.2 * np.abs(np.diff(REF.render(before, 0, 8 * RATE), axis=0)).max()


def test_the_time_of_the_session_goes_on_through_it() -> None:
    before, after = landed(6000)
    r = Rig(before)
    r.run(6)
    here = r.now()
    r.t.update(after, FADE_MS)
    r.run(3)
    assert abs(r.now() - here - 3000) < 60


def test_in_a_pause_it_waits_for_the_session_to_go_on() -> None:
    before, after = landed(6000)
    r = Rig(before)
    r.run(6)
    r.t.pause()
    r.run(1)
    r.t.update(after, FADE_MS)
    r.t.resume()
    r.run(4)
    x = r.heard()
    assert not x[-RATE // 2 :].any()


def test_easing_is_heard_without_a_hole() -> None:
    state = states.start(states.ready(SETUP))[0]
    r = Rig(state.timeline)
    r.run(6)
    state = states.tick(state, Moment(6000, round(r.now())))[0]
    eased = states.ease(state)[0].timeline
    assert eased != state.timeline
    r.t.update(eased)
    r.run(14)
    x = r.heard()
    assert r.t.underruns == 0
    want = REF.render(eased, 0, 18 * RATE)
    start = next(
        i
        for i in range(RATE)
        if np.array_equal(x[i + 2 * RATE : i + 2 * RATE + 4096], want[2 * RATE : 2 * RATE + 4096])
    )
    np.testing.assert_array_equal(x[start + 11 * RATE : start + 18 * RATE], want[11 * RATE : 18 * RATE])
