"""The transport, driven by hand: what the client hears and what the player is told, frame by frame, without a device."""

from __future__ import annotations

import time
from itertools import pairwise
from typing import cast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mindful.audio import transport as room
from mindful.audio.limiter import REACH
from mindful.audio.mixer import Mixer
from mindful.audio.opening import Way
from mindful.audio.sinks.null import NullSink
from mindful.audio.stream_map import FADE
from mindful.audio.transport import BACK, FOUND, LOST, NO_DEVICE, PROVE_S, Transport
from mindful.audio.units import FRAMES_PER_MS, RATE, Block, ms_of
from mindful.timeline.model import Timeline
from tests.audio.made import HandClock, MemorySink, bell, breaths, layer, phase, segment, timeline
from tests.audio.rig import SESSION, Rig, reference, where


def test_the_session_is_heard_whole_and_exact() -> None:
    rig = Rig()
    rig.run(8)
    x = rig.heard()
    at = where(x, 4096)
    n = len(x) - at
    np.testing.assert_array_equal(x[at:], reference(4096, n))
    assert at - 4096 == rig.sink.guard + FADE


def test_position_waits_until_it_is_heard_and_then_is_what_is_heard() -> None:
    rig = Rig(at_ms=3000)
    assert rig.now() == 3000
    start = (rig.sink.guard + FADE) / RATE
    rig.run(0.2)
    assert set(rig.positions) == {3000.0}
    rig.run(2)
    want = 3000 + (rig.clock.t - rig.sink.start - start) * 1000
    assert rig.now() == pytest.approx(want, abs=0.1)
    x = rig.heard()
    at = where(x, 4000 * FRAMES_PER_MS)
    assert ms_of(at - start * RATE) + 3000 == pytest.approx(4000, abs=0.05)


def test_opening_holds_the_position_and_keeps_what_was_asked_meanwhile() -> None:
    rig = Rig(at_ms=500, opened=False)
    rig.clock.t += 1.0
    rig.t.work()
    assert rig.now() == 500
    assert (rig.t.sink, rig.t.clock) == ("", "monotonic")
    rig.t.seek(9000)
    rig.t.volume(0.5)
    assert rig.now() == 9000
    rig.t.open_now()
    rig.run(2)
    assert (rig.t.sink, rig.t.clock, rig.t.rate) == ("memory", "audio", 48_000)
    assert rig.t.chosen == "memory (in a test)"
    x = rig.heard()
    start = int(np.flatnonzero(x.any(axis=1))[0]) + FADE
    want = 0.25 * reference(9000 * FRAMES_PER_MS, RATE)
    assert min(float(np.abs(x[at : at + RATE] - want).max()) for at in range(start - 3, start + 4)) < 1e-6


def test_pause_holds_where_the_fade_began_and_resume_goes_on_at_that_very_frame() -> None:
    rig = Rig()
    rig.run(3)
    rig.t.pause()
    rig.run(2)
    held = rig.now()
    assert rig.positions[-20:] == [held] * 20
    silent = rig.heard()[-RATE:]
    assert not silent.any()
    rig.t.resume()
    rig.run(3)
    x, frame = rig.heard(), round(held * FRAMES_PER_MS)
    again = where(x, frame)
    n = len(x) - again
    np.testing.assert_array_equal(x[again:], reference(frame, n))
    assert not x[again - FADE - 1].any()
    assert all(b >= a for a, b in pairwise(rig.positions))


def test_a_seek_is_heard_at_its_frame_and_shown_at_once() -> None:
    rig = Rig()
    rig.run(3)
    rig.t.seek(31_500)
    assert rig.now() == 31_500
    asked = rig.sink.heard(rig.clock.t)
    rig.run(3)
    x = rig.heard()
    at = where(x, 31_500 * FRAMES_PER_MS)
    assert 0 <= at - asked - rig.sink.guard - FADE < RATE * 0.06
    np.testing.assert_array_equal(x[at:], reference(31_500 * FRAMES_PER_MS, len(x) - at))
    assert rig.positions[-60] == 31_500 and all(b >= a for a, b in pairwise(rig.positions[-59:]))
    rig.t.seek(1000)
    assert rig.now() == 1000
    rig.run(1)
    assert 1000 < rig.now() < 2000


def test_a_seek_while_paused_stays_silent_and_is_where_it_resumes() -> None:
    rig = Rig()
    rig.run(2)
    rig.t.pause()
    rig.run(1)
    rig.t.seek(400)
    assert rig.now() == 400
    rig.run(1)
    assert rig.now() == 400
    assert not rig.heard()[-RATE // 2 :].any()
    rig.t.resume()
    rig.run(1)
    where(rig.heard()[3 * RATE :], 400 * FRAMES_PER_MS)


def test_wishes_of_one_moment_are_one_change() -> None:
    rig = Rig()
    rig.run(2)
    rig.t.pause()
    rig.t.seek(20_000)
    rig.t.resume()
    rig.run(2)
    where(rig.heard(), 20_000 * FRAMES_PER_MS)
    assert 21_000 < rig.now() < 22_000


@settings(max_examples=10, deadline=None)
@given(
    doings=st.lists(
        st.tuples(st.sampled_from(["pause", "resume", "seek", "louder", "softer"]), st.sampled_from([0.05, 0.3, 1.1])),
        min_size=1,
        max_size=10,
    )
)
def test_whatever_the_client_does_nothing_clicks_and_time_does_not_go_back(doings: list[tuple[str, float]]) -> None:
    rig = Rig()
    rig.run(1)
    for i, (what, wait) in enumerate(doings):
        before = rig.now()
        if what == "seek":
            rig.t.seek(2000 * i)
        elif what in ("louder", "softer"):
            rig.t.volume(1.0 if what == "louder" else 0.3)
        else:
            getattr(rig.t, what)()
        if what != "seek":
            assert rig.now() >= before
        n = len(rig.positions)
        rig.run(wait)
        assert all(b >= a for a, b in pairwise(rig.positions[n:]))
    x = rig.heard().astype(float)
    bend = np.abs(np.diff(x, 2, axis=0)).max()
    assert bend < 2.5 * np.abs(np.diff(reference(0, 30 * RATE).astype(float), 2, axis=0)).max()


def test_volume_is_reached_in_a_soft_ramp() -> None:
    rig = Rig(timeline(segment(layer(0, "brown-noise", fade_ms=0), ms=60_000)))
    rig.run(2)
    rig.t.volume(0.0)
    rig.run(0.5)
    x = rig.heard()
    last = int(np.flatnonzero(np.abs(x).max(axis=1))[-1])
    asked = len(x) - RATE // 2
    assert rig.sink.guard < last - asked < rig.sink.guard + RATE // 5
    level = [float(np.abs(x[last - k : last - k + 480]).max()) for k in (600, 2400, 8000)]
    assert level[0] < level[1] < level[2]
    rig.t.volume(7.0)
    rig.run(1)
    shown, x = round(rig.now() * FRAMES_PER_MS), rig.heard()
    session = timeline(segment(layer(0, "brown-noise", fade_ms=0), ms=60_000))
    found = where(x, shown - RATE // 4, session=session)
    assert abs(found + RATE // 4 - len(x)) < 10


# What comes next changes.


def waiting() -> Timeline:
    return timeline(segment(layer(0, "rain"), ms=2000), segment(ms=None, index=1), complete=False)


def test_an_answer_is_followed_by_a_bell_that_is_heard_whole_though_sound_was_already_on_its_way() -> None:
    rig = Rig(waiting())
    rig.run(4)
    at = round(rig.now())
    new = waiting().closed(at - 2000).extended(segment(bell(0), *breaths(2), ms=12_000, index=2), complete=True)
    rig.t.update(new)
    rig.run(5)
    where(rig.heard(), at * FRAMES_PER_MS, session=new)
    assert all(b >= a for a, b in pairwise(rig.positions))
    # Shown and heard are together again.
    x = rig.heard()
    shown = round(rig.now() * FRAMES_PER_MS)
    assert abs(where(x, shown - 2 * RATE, session=new) + 2 * RATE - len(x)) < 100


def test_nothing_is_rewritten_where_nothing_sounds_different() -> None:
    rig = Rig(waiting())
    rig.run(3)
    rig.sink.writes.clear()
    rig.t.update(waiting().closed(60_000))
    rig.t.work()
    far = waiting().closed(60_000).extended(segment(bell(0), ms=9000, index=2), complete=True)
    rig.t.update(far)
    rig.t.work()
    assert rig.sink.writes == []
    rig.run(1)
    frames = [f for f, _ in rig.sink.writes]
    assert frames == sorted(frames)


def test_a_change_within_what_is_written_is_written_again_from_there() -> None:
    rig = Rig(waiting())
    rig.run(3)
    in_a_second = round(rig.now()) + 1000
    new = waiting().closed(in_a_second - 2000).extended(segment(bell(0), ms=9000, index=2), complete=True)
    rig.sink.writes.clear()
    rig.t.update(new)
    rig.t.work()
    heard_at = rig.sink.heard(rig.clock.t)
    assert rig.sink.writes[0][0] == pytest.approx(heard_at + RATE - REACH, abs=200)
    rig.run(3)
    where(rig.heard(), in_a_second * FRAMES_PER_MS, session=new)


def test_history_is_not_played_again() -> None:
    rig = Rig(waiting())
    rig.run(6)
    before = rig.now()
    rig.t.update(timeline(segment(layer(0, "rain"), bell(1000), ms=2000), segment(ms=None, index=1), complete=False))
    rig.run(1)
    assert rig.now() == pytest.approx(before + 1000, abs=60)


def test_a_change_while_paused_is_heard_after_resuming() -> None:
    rig = Rig(waiting())
    rig.run(3)
    rig.t.pause()
    rig.run(1)
    held = round(rig.now()) + 1
    new = waiting().closed(held - 2000).extended(segment(bell(100), ms=9000, index=2), complete=True)
    rig.t.update(new)
    rig.run(1)
    assert not rig.heard()[-RATE // 2 :].any()
    rig.t.resume()
    rig.run(2)
    where(rig.heard(), (held + 100) * FRAMES_PER_MS, session=new)


# Held up.


def test_a_cut_whose_moment_passed_while_it_was_mixed_is_made_further_on() -> None:
    rig = Rig()
    rig.run(2)
    rig.sink.late_by = [0.15, 0.15]
    rig.t.seek(30_000)
    rig.run(2)
    x = rig.heard()
    at = where(x, 30_000 * FRAMES_PER_MS)
    np.testing.assert_array_equal(x[at:], reference(30_000 * FRAMES_PER_MS, len(x) - at))
    bend = np.abs(np.diff(x.astype(float), 2, axis=0)).max()
    assert bend < 2.5 * np.abs(np.diff(reference(0, 30 * RATE).astype(float), 2, axis=0)).max()


def test_after_a_stall_nothing_of_the_session_is_left_out() -> None:
    rig = Rig()
    rig.run(2)
    rig.clock.t += 5.0  # longer than what was written ahead
    rig.run(3)
    assert rig.t.underruns == 1
    x = rig.heard()
    written = where(x, 3 * RATE)  # written ahead and heard before the hole
    later = where(x, 5 * RATE)
    assert later - written > 2 * RATE  # the hole, and then what followed
    assert all(b >= a for a, b in pairwise(rig.positions))


# Devices come and go.


def test_without_a_device_the_session_goes_on_and_says_so_once() -> None:
    rig = Rig(opened=False)
    rig.absent = True
    rig.t.open_now()
    rig.run(1)
    assert rig.now() == pytest.approx(1000, abs=60)
    assert (rig.t.sink, rig.t.clock) == ("null", "monotonic")
    assert rig.t.notices() == [NO_DEVICE]
    rig.t.open_now()
    rig.run(3)
    assert rig.t.notices() == []
    assert rig.t.chosen == "no sound device; memory: there is none"
    rig.t.pause()
    rig.run(1)
    held = rig.now()
    rig.run(1)
    assert rig.now() == held
    rig.t.seek(50)
    rig.t.resume()
    rig.run(0.5)
    assert 450 < rig.now() < 560


def test_an_opening_that_takes_too_long_is_not_waited_for() -> None:
    rig = Rig(opened=False)
    rig.run(2.9)
    assert rig.now() == 0
    rig.run(1.1)
    assert 900 < rig.now() < 1100
    assert rig.t.notices() == [NO_DEVICE]
    rig.t.open_now()
    rig.run(0.1)
    assert rig.t.sink == "memory" and rig.t.notices() == [FOUND]


def test_a_lost_device_is_noticed_once_and_the_session_goes_on_where_it_was() -> None:
    rig = Rig()
    rig.run(4)
    before = rig.now()
    rig.sink.lost = True
    rig.run(2)
    assert rig.now() == pytest.approx(before + 2000, abs=60)
    assert (rig.t.sink, rig.t.clock) == ("null", "monotonic")
    assert rig.t.notices() == [LOST] and rig.t.notices() == []
    assert rig.sinks[0].closed == 1
    assert all(b >= a for a, b in pairwise(rig.positions))


def test_a_device_that_comes_back_fades_in_at_the_same_place() -> None:
    rig = Rig()
    rig.run(4)
    rig.sink.lost = True
    rig.run(2)
    rig.t.notices()
    rig.t.open_now()
    before, at = rig.now(), rig.clock.t
    rig.run(PROVE_S - 0.1)
    assert rig.t.notices() == [] and rig.t.clock == "monotonic"
    rig.run(3)
    assert rig.t.notices() == [BACK]
    assert rig.t.clock == "audio"
    assert rig.now() == pytest.approx(before + (rig.clock.t - at) * 1000, abs=60)
    x = rig.heard()
    shown = round(rig.now() * FRAMES_PER_MS)
    exact = where(x, shown - RATE)
    assert abs(exact + RATE - len(x)) < 10
    silent = round(PROVE_S * RATE)
    assert not x[:silent].any()
    early = np.abs(x[: silent + rig.sink.guard + RATE // 10]).max()
    assert early < 0.15 * np.abs(x[-RATE:]).max()
    assert all(b >= a for a, b in pairwise(rig.positions))


def test_a_device_that_comes_back_in_a_pause_stays_silent() -> None:
    rig = Rig()
    rig.run(2)
    rig.t.pause()
    rig.run(1)
    held = rig.now()
    rig.sink.lost = True
    rig.run(1)
    rig.t.open_now()
    rig.run(3)
    assert rig.now() == held and rig.t.clock == "audio"
    assert not rig.heard().any()
    rig.t.resume()
    rig.run(1)
    where(rig.heard(), round(held * FRAMES_PER_MS))


def test_a_device_that_is_suspended_holds_time_for_less_than_a_second_and_the_session_goes_on() -> None:
    rig = Rig()
    rig.run(4)
    before, began = rig.now(), rig.clock.t
    rig.sink.frozen = rig.sink.heard(rig.clock.t)
    while rig.t.sink == "memory":
        rig.run(0.05)
    stood = rig.clock.t - began
    assert stood < 1.0 and rig.now() == pytest.approx(before, abs=1)
    assert rig.t.notices() == [LOST]
    rig.run(3)
    assert rig.now() == pytest.approx(before + 3000, abs=60)  # nothing of the session was left out or played twice
    rig.t.open_now()
    rig.run(2)
    assert rig.t.notices() == [BACK] and rig.t.clock == "audio"
    assert rig.now() == pytest.approx(before + 5000, abs=120)
    assert all(b >= a for a, b in pairwise(rig.positions))


@pytest.mark.parametrize("way", ["frozen", "lost"])
def test_a_device_that_opens_again_and_does_not_play_is_not_believed(way: str) -> None:
    rig = Rig()
    rig.run(4)
    rig.sink.frozen = rig.sink.heard(rig.clock.t)
    rig.run(2)
    assert rig.t.notices() == [LOST]
    before, at = rig.now(), rig.clock.t
    rig.t.open_now()
    if way == "frozen":
        rig.sink.frozen = 0.0
    else:
        rig.sink.lost = True
    rig.run(3)
    assert rig.t.notices() == [] and rig.t.clock == "monotonic"
    assert rig.sink.closed == 1
    assert rig.now() == pytest.approx(before + (rig.clock.t - at) * 1000, abs=60)
    rig.t.open_now()
    rig.run(3)
    assert rig.t.notices() == [BACK] and rig.t.clock == "audio"


def test_a_device_that_is_proving_itself_is_closed_with_the_session() -> None:
    rig = Rig()
    rig.run(4)
    rig.sink.lost = True
    rig.run(1)
    rig.t.open_now()
    rig.run(0.5)
    rig.t.close()
    assert rig.sink.closed == 1


def test_a_short_standstill_is_none_and_a_halted_program_does_not_blame_the_device() -> None:
    rig = Rig()
    rig.run(2)
    rig.sink.frozen = rig.sink.heard(rig.clock.t)
    rig.run(0.5)
    rig.sink.start += 0.5
    rig.sink.frozen = None
    rig.run(1)
    assert rig.t.sink == "memory"
    rig.sink.frozen = rig.sink.heard(rig.clock.t)
    rig.clock.t += 30  # the computer slept
    rig.t.work()
    assert rig.t.sink == "memory"
    rig.sink.start += 30
    rig.sink.frozen = None
    rig.run(2)
    assert rig.t.notices() == [] and rig.t.sink == "memory"
    where(rig.heard(), 3 * RATE)


def test_a_seek_that_meets_a_loss_still_arrives() -> None:
    rig = Rig()
    rig.run(2)
    rig.sink.lost = True
    rig.t.seek(40_000)
    rig.run(1)
    assert 40_800 < rig.now() < 41_100


def test_a_stream_that_is_full_goes_on_in_a_new_one_without_a_word() -> None:
    rig = Rig()
    rig.sink.limit = 3 * RATE  # type: ignore[misc]
    rig.run(2.5)
    rig.sink.alive = lambda now: rig.sinks[0].heard(now) < 3 * RATE  # type: ignore[method-assign]
    rig.run(1)
    assert rig.t.notices() == []
    assert rig.t.sink == "null"


# The end.


def test_the_last_bell_rings_out_and_then_the_device_is_free() -> None:
    short = timeline(segment(phase("inhale", 1000), bell(900, "wood"), ms=1000))
    rig = Rig(short)
    rig.run(1.4)
    rig.t.finish()
    rig.run(0.1)
    assert not rig.t.finished
    rig.run(1.5)
    assert rig.t.finished and rig.sink.closed == 1
    where(rig.sink.stream, 950 * FRAMES_PER_MS, session=short)


def test_a_session_stopped_in_the_middle_fades() -> None:
    rig = Rig()
    rig.run(3)
    rig.t.finish(fade_ms=1000)
    rig.run(2)
    assert rig.t.finished
    x = rig.heard()
    levels = [np.abs(x[3 * RATE + i : 3 * RATE + i + RATE // 4]).max() for i in range(0, 2 * RATE, RATE // 4)]
    assert levels[-1] == 0
    open_ended = Rig(waiting())
    open_ended.run(3)
    open_ended.t.finish()
    open_ended.run(3)
    assert not open_ended.t.finished
    open_ended.run(2)
    assert open_ended.t.finished


def test_a_paused_or_silent_session_is_finished_at_once() -> None:
    rig = Rig()
    rig.run(1)
    rig.t.pause()
    rig.run(1)
    rig.t.finish()
    rig.run(0.5)
    assert rig.t.finished
    mute = Rig(opened=False)
    mute.absent = True
    mute.t.open_now()
    mute.run(1)
    mute.t.finish()
    mute.run(0.2)
    assert mute.t.finished


def test_close_may_be_called_twice_and_anything_after_it_does_no_harm() -> None:
    rig = Rig()
    rig.run(1)
    last = rig.now()
    rig.t.close()
    rig.t.close()
    assert rig.sink.closed == 1
    for doing in (rig.t.pause, rig.t.resume, rig.t.work, rig.t.finish, lambda: rig.t.seek(5), lambda: rig.t.volume(1)):
        doing()
    assert rig.t.sink == "memory" and rig.t.clock == "audio"  # for the record
    assert last >= 0


def test_a_failure_within_is_silence_and_never_raises(monkeypatch: pytest.MonkeyPatch) -> None:
    """With its own thread, as in a session: the mixer breaks, the session does not."""
    clock = HandClock(time.monotonic())
    made: list[MemorySink] = []

    def make() -> MemorySink:
        made.append(MemorySink(clock))
        return made[-1]

    class Broken(Mixer):
        def render(self, timeline: Timeline, first_frame: int, n: int) -> Block:
            raise ZeroDivisionError

    t = Transport([Way("memory", make)], clock=clock, mixer=Broken())
    t.start(SESSION)
    deadline = time.monotonic() + 5
    notices: list[str] = []
    while not notices and time.monotonic() < deadline:
        notices = t.notices()
        t._wake.set()
        time.sleep(0.005)  # lets its thread run; what is waited for is the notice
    assert notices == [LOST]
    assert t.sink == "null"
    t.close()


def test_a_failure_while_the_last_sounds_ring_ends_them() -> None:
    """Nobody waits for a bell that cannot be rung."""

    class BreaksAtTheEnd(Mixer):
        def end_frame(self, timeline: Timeline) -> int | None:
            raise ZeroDivisionError

    clock = HandClock(time.monotonic())
    t = Transport([Way("memory", lambda: MemorySink(clock))], clock=clock, mixer=BreaksAtTheEnd())
    t.start(SESSION)
    t.finish()
    assert t.wait(5)


def test_a_library_that_breaks_while_opening_is_a_device_that_is_not_there() -> None:
    clock = HandClock()

    def explode() -> MemorySink:
        raise RuntimeError("driver")

    t = Transport([Way("bad", explode), Way("null", lambda: NullSink(clock))], clock=clock, threaded=False)
    t.start(SESSION)
    t.open_now()
    t.work()
    assert t.sink == "null" and t.notices() == []
    assert t.chosen == "null; bad: driver"


def test_tries_at_a_device_become_rarer() -> None:
    rig = Rig(opened=False)
    rig.absent = True
    rig.t.open_now()
    rig.run(0.1)
    tried = []
    rig.t._threaded = True
    rig.t._open_in_background = lambda: (tried.append(rig.clock.t), rig.t.open_now())  # type: ignore[method-assign]
    rig.run(200, step=0.5)
    gaps = [b - a for a, b in pairwise(tried)]
    assert gaps[0] == pytest.approx(room.RETRY_S, abs=1.1)
    assert gaps[-1] == pytest.approx(room.RETRY_SLOW_S, abs=1.1)


def test_a_sound_file_that_is_missing_is_told_to_the_client() -> None:
    rig = Rig(timeline(segment(layer(0, "gone.wav"), bell(0), ms=9000)))
    rig.run(1)
    told = rig.t.notices()
    assert len(told) == 1 and "gone.wav" in told[0]
    rig.run(1)
    assert rig.t.notices() == []


def test_it_has_the_shape_of_the_players_speaker() -> None:
    from mindful.player.ports import Silence, Speaker

    speaker: Speaker = Transport([], clock=HandClock(), threaded=False)
    wanted = {n for n in vars(Speaker) if not n.startswith("_")} | set(Speaker.__annotations__)
    assert all(hasattr(speaker, n) for n in wanted)
    assert {n for n in vars(Silence) if not n.startswith("_")} <= set(dir(cast(object, speaker)))
