"""The client's mixer: each group by itself, heard soon when it is changed, and never at the cost of time."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mindful.audio.levels import AS_MADE, GROUPS, HIGHEST, OFF, SOFTEST, STEP, Levels
from mindful.audio.mixer import Mixer
from mindful.audio.stream_map import SOFT
from mindful.audio.transport import PROVE_S
from mindful.audio.units import FRAMES_PER_MS, RATE, decibels
from mindful.timeline.model import Timeline
from tests.audio.made import MadeBank, bell, layer, phase, say, segment, sigh_session, timeline
from tests.audio.rig import Rig, where

ALONE = {
    "voice": say(0, "Hello", 4000),
    "cues": phase("inhale", 4000),
    "bells": bell(0, level_db=-9.0),
    "background": layer(0, "rain"),
}
BANK = MadeBank(timeline(segment(ALONE["voice"], ms=6000)))
for _line in BANK.clips:
    BANK.clips[_line] = 0.2 * BANK.clips[_line]


def only(*groups: str) -> Timeline:
    return timeline(segment(*(ALONE[g] for g in groups), ms=6000))


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("db", [-12.0, -3.0, 3.0])
def test_each_group_has_its_own_level(group: str, db: float) -> None:
    mixer = Mixer(bank=BANK)
    as_made = mixer.render(only(group), 0, 3 * RATE)
    moved = mixer.render(only(group), 0, 3 * RATE, Levels(**{group: db}))
    assert as_made.any()
    np.testing.assert_allclose(moved, decibels(db) * as_made, atol=1e-6)
    for other in set(GROUPS) - {group}:
        np.testing.assert_array_equal(mixer.render(only(group), 0, RATE, Levels(**{other: -9})), as_made[:RATE])


@pytest.mark.parametrize("group", GROUPS)
def test_a_group_that_is_off_is_as_if_it_were_not_there(group: str) -> None:
    mixer = Mixer(bank=BANK)
    others = [g for g in GROUPS if g != group]
    off = mixer.render(only(*GROUPS), 0, 3 * RATE, Levels(**{group: OFF}))
    np.testing.assert_array_equal(off, mixer.render(only(*others), 0, 3 * RATE))  # nothing makes room for no voice


def test_levels_are_kept_within_what_can_be_heard() -> None:
    assert Levels(99, -99, float("nan"), 0) == Levels(HIGHEST, OFF, 0.0, 0.0)
    assert Levels(voice=OFF).gain("voice") == 0.0 and AS_MADE.gain("bells") == 1.0


@given(st.floats(OFF, HIGHEST), st.integers(-20, 20))
def test_steps_end_at_off_and_at_the_highest(db: float, steps: int) -> None:
    here = Levels(bells=db)
    there = here.moved("bells", steps)
    assert there.bells == OFF or (SOFTEST <= there.bells <= HIGHEST and (there.bells - HIGHEST) % STEP == 0)
    assert here.moved("bells", 99).bells == HIGHEST and here.moved("bells", -99).bells == OFF
    assert (there.voice, there.cues, there.background) == (0, 0, 0)


def test_above_off_comes_the_softest() -> None:
    assert Levels(cues=OFF).moved("cues", 1).cues == SOFTEST
    assert Levels(cues=SOFTEST).moved("cues", -1).cues == OFF


def test_levels_need_no_numpy() -> None:
    code = "import sys, mindful.audio.levels, mindful.player.ports; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# While it plays.

SESSION = sigh_session(10, "rain")
SOFTER = Levels(background=-12.0, cues=-6.0)


def test_a_change_is_heard_soon_and_time_runs_on() -> None:
    r = Rig(SESSION)
    r.run(3)
    before, asked = r.now(), r.sink.heard(r.clock.t)
    r.t.levels(SOFTER)
    r.run(3)
    assert r.now() == pytest.approx(before + 3000, abs=0.1)
    assert all(b - a == pytest.approx(50, abs=0.1) for a, b in pairwise(r.positions[10:]))
    x, mixer = r.heard(), Mixer()
    at = where(x, 4096, session=SESSION) - 4096
    old, new = (mixer.render(SESSION, 0, len(x) - at, v) for v in (AS_MADE, SOFTER))
    changed = int(np.flatnonzero((x[at:] != old).any(axis=1))[0])
    assert 0 <= at + changed - asked - r.sink.guard < RATE // 10
    np.testing.assert_array_equal(x[at : at + changed], old[:changed])
    np.testing.assert_array_equal(x[at + changed + SOFT :], new[changed + SOFT :])
    assert np.abs(np.diff(x, axis=0)).max() <= np.abs(np.diff(old, axis=0)).max() * 1.01


def test_many_changes_in_a_row_take_no_time_and_do_not_click() -> None:
    r, levels = Rig(SESSION), AS_MADE
    r.run(2)
    before = r.now()
    for k in range(24):
        levels = levels.moved(GROUPS[1 + k % 3], -1 if k < 12 else 1)
        r.t.levels(levels)
        r.run(0.05)
    r.run(1)
    assert r.now() == pytest.approx(before + 2200, abs=0.1)
    x = r.heard().astype(float)
    reference = Mixer().render(SESSION, 0, 12 * RATE).astype(float)
    assert np.abs(np.diff(x, 2, axis=0)).max() < 1.2 * np.abs(np.diff(reference, 2, axis=0)).max()


def test_a_change_in_a_pause_and_one_before_the_device_is_there_hold() -> None:
    r = Rig(SESSION, opened=False)
    r.t.levels(SOFTER)
    r.t.open_now()
    r.run(2)
    r.t.pause()
    r.run(1)
    held = r.now()
    r.t.levels(AS_MADE)
    r.run(1)
    assert r.now() == held and not r.heard()[-RATE // 2 :].any()
    r.t.resume()
    r.run(2)
    x = r.heard()
    again = where(x, round(held * FRAMES_PER_MS), session=SESSION)
    mixer = Mixer()
    first = mixer.render(SESSION, 4096, 4096, SOFTER)
    hits = [i for i in np.flatnonzero(x[:-4096, 0] == first[0, 0]) if np.array_equal(x[i : i + 4096], first)]
    assert len(hits) == 1 and hits[0] < again


def test_levels_and_a_new_timeline_in_one_moment() -> None:
    waiting = timeline(segment(layer(0, "rain"), ms=2000), segment(ms=None, index=1), complete=False)
    r = Rig(waiting)
    r.run(4)
    now = round(r.now())
    new = waiting.closed(now - 2000 + 1000).extended(segment(bell(0), ms=9000, index=2), complete=True)
    r.t.update(new)
    r.t.levels(SOFTER)
    r.run(3)
    assert r.now() == pytest.approx(now + 3000, abs=1)
    want = Mixer().render(new, (now + 900) * FRAMES_PER_MS, RATE, SOFTER)
    x = r.heard()
    assert any(np.array_equal(x[i : i + RATE], want) for i in np.flatnonzero(x[:-RATE, 0] == want[0, 0]))


def test_a_device_that_comes_back_sounds_as_it_was_set() -> None:
    r = Rig(SESSION)
    r.run(2)
    r.t.levels(SOFTER)
    r.run(1)
    r.sink.lost = True
    r.run(1)
    r.t.open_now()
    r.run(PROVE_S + 3)
    x, now = r.heard(), round(r.now() * FRAMES_PER_MS)
    want = Mixer().render(SESSION, now - RATE, 4096, SOFTER)
    assert any(np.array_equal(x[i : i + 4096], want) for i in np.flatnonzero(x[:-4096, 0] == want[0, 0]))
