"""Lines while a session plays: pause, resume and seek inside one, and lengths that become known under way."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from mindful.audio.ducking import ATTACK
from mindful.audio.limiter import REACH
from mindful.audio.mixer import Mixer
from mindful.audio.stream_map import FADE
from mindful.audio.units import FRAMES_PER_MS, RATE, Block
from mindful.timeline.model import Timeline
from tests.audio.made import MadeBank, bell, breaths, layer, say, segment, timeline
from tests.audio.rig import Rig, where

MS = FRAMES_PER_MS
TWO = 6500
"""Where the second line begins, in ms; the background has come up again before it."""


def session(*known: str) -> Timeline:
    """A minute of guidance over rain in one segment, of which only the lines `known` have been said."""
    said = [
        say(at, text, 2500, guessed=text not in known)
        for at, text in ((2000, "one"), (TWO, "two"), (TWO + 5000, "three"), (30_000, "four"))
    ]
    return timeline(segment(layer(0, "rain"), bell(0), *said, *breaths(3, at=15_000), ms=60_000))


ALL = session("one", "two", "three", "four")
BANK = MadeBank(ALL)
REF = Mixer(bank=BANK)


def rig(timeline: Timeline, at_ms: int = 0) -> Rig:
    return Rig(timeline, at_ms, bank=BANK)


def zero(x: Block) -> int:
    """Where frame 0 of the session stands."""
    return where(x, 4096, session=ALL, mixer=REF) - 4096


def test_pause_and_resume_inside_a_line_go_on_at_that_very_frame_with_a_fade() -> None:
    r = rig(ALL)
    r.run(3)
    assert 2000 < r.now() < 4500
    r.t.pause()
    r.run(1)
    held = r.now()
    assert 2000 < held < 4500
    r.t.resume()
    r.run(2)
    x, frame = r.heard(), round(held * MS)
    at = zero(x)
    np.testing.assert_array_equal(x[at : at + frame], REF.render(ALL, 0, frame))
    assert not x[at + frame + FADE : at + frame + RATE // 2].any()
    again = where(x, frame, session=ALL, mixer=REF)
    np.testing.assert_array_equal(x[again:], REF.render(ALL, frame, len(x) - again))
    assert not x[again - FADE - 1].any()
    assert all(b >= a for a, b in pairwise(r.positions))


@pytest.mark.parametrize("target", [TWO, TWO + 700, TWO + 2000])
def test_a_seek_into_a_line_is_exact_and_fades(target: int) -> None:
    r = rig(ALL)
    r.run(3)
    r.t.seek(target)
    r.run(2)
    x = r.heard()
    at = where(x, target * MS, session=ALL, mixer=REF)
    np.testing.assert_array_equal(x[at:], REF.render(ALL, target * MS, len(x) - at))
    # Between the two there is a cross-fade of 30 ms and nothing steeper than the sounds themselves.
    steepest = np.abs(np.diff(REF.render(ALL, 0, 12 * RATE), axis=0)).max()
    assert np.abs(np.diff(x, axis=0)).max() < 1.5 * steepest


def test_a_line_that_becomes_known_well_ahead_touches_nothing_that_was_written() -> None:
    r = rig(session("one"))
    r.run(2)
    r.sink.writes.clear()
    r.t.update(session("one", "two", "three"))
    r.t.work()
    assert r.sink.writes == []
    r.t.update(ALL)
    r.run(9)
    frames = [f for f, _ in r.sink.writes]
    assert frames == sorted(frames)
    x = r.heard()
    at = zero(x)
    np.testing.assert_array_equal(x[at:], REF.render(ALL, 0, len(x) - at))
    assert all(b - a == pytest.approx(50, abs=0.1) for a, b in pairwise(r.positions[10:]))


def test_a_line_that_becomes_known_just_ahead_is_written_from_where_the_room_for_it_begins() -> None:
    r = rig(session("one"))
    r.run(5.0)
    until_two = TWO - r.now()
    assert 1100 < until_two < 1900  # within what is written, and ahead of what can be changed
    r.sink.writes.clear()
    r.t.update(session("one", "two"))
    r.t.work()
    x_at = r.sink.heard(r.clock.t)
    assert r.sink.writes[0][0] >= x_at + (until_two * MS) - ATTACK - REACH - 200
    r.t.update(ALL)
    r.run(6)
    x = r.heard()
    at = zero(x)
    np.testing.assert_array_equal(x[at:], REF.render(ALL, 0, len(x) - at))


@pytest.mark.parametrize("ahead", [250, 330, 400])
def test_where_the_background_should_be_going_down_already_it_does_so_without_a_cut(ahead: int) -> None:
    """The line can still be heard from its beginning: time is not touched, only the room is made later."""
    r = rig(session("one"))
    while TWO - r.now() > ahead:
        r.run(0.01, step=0.01)
    before = r.now()
    r.t.update(ALL)
    r.t.work()
    r.run(1)
    assert r.now() == pytest.approx(before + 1000, abs=0.1)
    r.run(2)
    x = r.heard()
    at = zero(x)
    n = len(x) - at
    got, old, new = x[at:], *(REF.render(t, 0, n) for t in (session("one"), ALL))
    same = np.flatnonzero((got != old).any(axis=1))[0]
    assert TWO * MS - ATTACK <= same <= TWO * MS
    np.testing.assert_array_equal(got[TWO * MS :], new[TWO * MS :])
    between = got[same : TWO * MS]
    low, high = (np.minimum, np.maximum)
    a, b = old[same : TWO * MS], new[same : TWO * MS]
    assert (between >= low(a, b) - 1e-6).all() and (between <= high(a, b) + 1e-6).all()


def test_a_line_whose_beginning_just_passed_is_heard_from_its_beginning() -> None:
    r = rig(session("one"))
    while r.now() < TWO + 100:
        r.run(0.01, step=0.01)
    r.t.update(ALL)
    r.run(3)
    where(r.heard(), TWO * MS, session=ALL, mixer=REF)
    assert all(b >= a for a, b in pairwise(r.positions))


def test_a_line_that_should_have_been_heard_long_ago_is_history_and_nothing_is_cut() -> None:
    r = rig(session("one", "three", "four"))
    r.run(9.6)
    before = r.now()
    assert before > TWO + 2500  # the line "two" would have been over
    r.t.update(ALL)
    r.run(1)
    assert r.now() == pytest.approx(before + 1000, abs=0.1)
    x = r.heard()
    at = zero(x)
    n = len(x) - at
    got, old, new = x[at:], *(REF.render(t, 0, n) for t in (session("one", "three", "four"), ALL))
    frame = round(before * MS)
    np.testing.assert_array_equal(got[:frame], old[:frame])
    np.testing.assert_array_equal(got[frame + RATE // 2 :], new[frame + RATE // 2 :])
    assert np.abs(np.diff(got[frame:], axis=0)).max() < 1.5 * np.abs(np.diff(new, axis=0)).max()


def test_words_of_an_open_loop_that_become_known_are_heard_from_the_next_on_without_a_cut() -> None:
    def loop(known: bool) -> Timeline:
        words = (say(0, "In", 600, "cue", guessed=not known), say(3000, "Out", 700, "cue", guessed=not known))
        return timeline(segment(layer(0, "rain"), *breaths(1), *words, ms=None, loop=(0, 6000)), complete=False)

    bank = MadeBank(loop(True))
    mixer = Mixer(bank=bank)
    r = Rig(loop(False), bank=bank)
    r.run(5)
    before = r.now()
    r.t.update(loop(True))
    r.run(5)
    assert r.now() == pytest.approx(before + 5000, abs=0.1)
    x = r.heard()
    at = where(x, 4096, session=loop(False), mixer=mixer) - 4096
    n, frame = len(x) - at, round(before * MS)
    np.testing.assert_array_equal(x[at : at + frame], mixer.render(loop(False), 0, frame))
    later = frame + RATE // 2
    np.testing.assert_array_equal(x[at + later :], mixer.render(loop(True), later, n - later))


def test_an_update_in_a_pause_is_heard_after_it() -> None:
    r = rig(session("one"))
    r.run(5)
    r.t.pause()
    r.run(1)
    held = round(r.now() * MS)
    r.t.update(ALL)
    r.run(0.5)
    r.t.resume()
    r.run(2)
    x = r.heard()
    at = where(x, held, session=ALL, mixer=REF)
    np.testing.assert_array_equal(x[at:], REF.render(ALL, held, len(x) - at))
