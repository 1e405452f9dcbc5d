"""Spoken lines in the mix: each at its very frame, whole, the same in every block; and the background makes room."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mindful.audio import ducking
from mindful.audio.ducking import APART, ATTACK, GUIDE_DB, RELEASE, TONES_DB, WORD_DB
from mindful.audio.mixer import BARE_DB, CUT_SHORT, ENTRY, ENTRY_DB, GAINS_DB, Mixer
from mindful.audio.score import QUIET, Score
from mindful.audio.units import FRAMES_PER_MS, RATE, TILE, Block, decibels
from mindful.timeline.model import SayCue, Timeline
from tests.audio.made import MadeBank, bell, breaths, layer, phase, rms, say, segment, timeline

MS = FRAMES_PER_MS


def spoken(*cues: object, ms: int = 20_000) -> Timeline:
    return timeline(segment(*cues, ms=ms))  # type: ignore[arg-type]


SESSION = spoken(
    layer(0, "rain"),
    say(1000, "Let your shoulders soften.", 3000),
    say(4500, "There is nothing to do."),
    bell(9000),
    *breaths(2, at=10_000),
    say(10_000, "In", 600, "cue"),
    say(12_000, "More", 500, "cue"),
    say(13_000, "Out", 700, "cue"),
    ms=22_000,
)
BANK = MadeBank(SESSION)
WHOLE = Mixer(bank=BANK).render(SESSION, 0, 26 * RATE)


def test_a_line_is_heard_at_its_very_frame_and_whole() -> None:
    t = spoken(say(1234, "Hello"))
    bank = MadeBank(t)
    line, clip = next(iter(bank.clips.items()))
    clip = bank.clips[line] = 0.2 * clip
    got = Mixer(bank=bank).render(t, 0, 5 * RATE)
    at = 1234 * MS
    whole, begun = GAINS_DB.gain("voice") * decibels(BARE_DB) * clip, min(ENTRY, len(clip))
    np.testing.assert_allclose(got[at + begun : at + len(clip), 0], whole[begun:], atol=1e-6)
    assert (np.abs(got[at : at + begun, 0]) <= np.abs(whole[:begun]) + 1e-6).all()
    assert not got[:at].any() and not got[at + len(clip) :].any()
    np.testing.assert_array_equal(got[:, 0], got[:, 1])


def entry_db(t: Timeline, at_ms: int, ms: int = 3000) -> np.ndarray:
    """How far a line is from its own level, in dB, in every tenth of a second of it."""
    bank = MadeBank(t)
    got = Mixer(bank=bank).render(t, at_ms * MS, ms * MS)[:, 0]
    line = next(c.line for _, c in t.cues_between(at_ms, at_ms + 1) if isinstance(c, SayCue))
    meant = bank.clips[line][: ms * MS] * decibels(BARE_DB) * GAINS_DB.gain("voice")
    tenths = [np.sqrt((x[: ms * MS].reshape(-1, RATE // 10) ** 2).mean(axis=1)) for x in (got, meant)]
    return np.asarray(20 * np.log10(tenths[0] / tenths[1]))


def test_words_that_come_into_quiet_begin_softly() -> None:
    db = entry_db(spoken(say(1000, "Hello", 4000)), 1000)
    assert abs(db[0] - ENTRY_DB) < 0.2 and abs(db[-1]) < 0.01
    assert (np.diff(db) > -0.01).all() and np.diff(db).max() < 0.8
    later = spoken(say(0, "Hello", 1000), say(1000 + QUIET // MS + 500, "And now", 4000))
    assert entry_db(later, 1000 + QUIET // MS + 500)[0] < -4


def test_words_among_words_keep_their_level() -> None:
    soon = spoken(say(0, "Hello", 1000), say(QUIET // MS, "And now", 4000))
    assert np.abs(entry_db(soon, QUIET // MS)).max() < 0.01
    in_time = spoken(say(2000, "In", 3000, "cue"))
    assert np.abs(entry_db(in_time, 2000)).max() < 0.01


def test_a_line_over_a_background_is_louder_than_one_alone() -> None:
    def alone(*cues: object) -> Block:
        t, bed = spoken(*cues, say(2000, "Hello", 3000)), spoken(*cues)
        bank = MadeBank(t)
        return Mixer(bank=bank).render(t, 4 * RATE, RATE // 2) - Mixer(bank=bank).render(bed, 4 * RATE, RATE // 2)

    # The rain goes down under the words, so it is softer in the one than in the other: compared is what is far above it.
    over, bare = rms(alone(layer(0, "rain"))), rms(alone(layer(0, "silence")))
    assert 20 * np.log10(over / bare) == pytest.approx(-BARE_DB, abs=0.3)


@settings(max_examples=30, deadline=None)
@given(first=st.integers(-5000, 25 * RATE), n=st.integers(1, 20_000))
def test_any_block_is_the_same_piece(first: int, n: int) -> None:
    got = Mixer(bank=BANK).render(SESSION, first, n)
    a = min(n, max(0, -first))
    b = max(a, min(n, len(WHOLE) - first))
    assert not got[:a].any()
    np.testing.assert_array_equal(got[a:b], WHOLE[first + a : first + b])


def test_a_line_that_is_only_guessed_is_silent_and_nothing_makes_room_for_it() -> None:
    guessed = spoken(layer(0, "rain"), say(1000, "Hello", guessed=True))
    bank = MadeBank(spoken(say(1000, "Hello")))
    plain = spoken(layer(0, "rain"))
    np.testing.assert_array_equal(
        Mixer(bank=bank).render(guessed, 0, 6 * RATE), Mixer(bank=bank).render(plain, 0, 6 * RATE)
    )
    assert bank.asked == []


def test_words_go_on_in_an_open_loop() -> None:
    words = (say(0, "In", 600, "cue"), say(3000, "Out", 700, "cue"))
    open_ = timeline(segment(layer(0, "ocean"), *breaths(1), *words, ms=None, loop=(0, 6000)), complete=False)
    again = [replace(w, at_ms=w.at_ms + 6000 * k) for k in range(20) for w in words]
    laid_out = timeline(segment(layer(0, "ocean"), *breaths(20), *again, ms=120_000))
    bank = MadeBank(open_)
    for first in (0, 60 * RATE, 107 * RATE + 17):
        a, b = (Mixer(bank=bank).render(t, first, 2 * RATE) for t in (open_, laid_out))
        np.testing.assert_allclose(a, b, atol=1e-7)


def test_a_line_that_is_not_there_yet_is_asked_for_again() -> None:
    bank, made = MadeBank(), Mixer()
    made.bank = bank
    t = spoken(layer(0, "rain"), say(500, "Hello"))
    before = made.render(t, 0, 2 * RATE)
    bank.learn(t)
    after = made.render(t, 0, 2 * RATE)
    np.testing.assert_array_equal(after, Mixer(bank=bank).render(t, 0, 2 * RATE))
    assert rms(after[RATE:] - before[RATE:]) > 0.03
    bank.clips.clear()
    np.testing.assert_array_equal(made.render(t, 0, 2 * RATE), after)  # what was whole is kept


def test_a_line_that_an_answer_cuts_short_fades() -> None:
    t = timeline(segment(say(0, "How tense are you now?", 4000), ms=None), complete=False).closed(1500)
    bank = MadeBank(t)
    x = np.abs(Mixer(bank=bank).render(t, 0, 3 * RATE)[:, 0])
    whole = np.abs(Mixer(bank=bank).render(spoken(say(0, "How tense are you now?", 4000)), 0, 3 * RATE)[:, 0])
    end = 1500 * MS
    np.testing.assert_array_equal(x[:end], whole[:end])
    assert x[end : end + CUT_SHORT].any() and not x[end + CUT_SHORT :].any()
    assert (x[end:] <= whole[end:] + 1e-6).all()


def test_the_end_waits_for_a_line_that_is_cut_short() -> None:
    t = spoken(say(0, "Goodbye", 2000), ms=1000)
    assert Mixer(bank=MadeBank(t)).end_frame(t) == 1000 * MS + CUT_SHORT


def test_warming_asks_for_the_next_lines_only() -> None:
    t = spoken(say(0, "Soon"), say(600_000, "Later"), ms=700_000)
    bank = MadeBank(t)
    Mixer(bank=bank).warm(t)
    assert [line.text for line in bank.asked] == ["Soon"]
    Mixer(bank=bank).warm(t, 590 * RATE)
    assert [line.text for line in bank.asked] == ["Soon", "Later"]


# Making room.


def under(*cues: object) -> Block:
    """The gain of a steady background while `cues` sound, every 10 ms."""
    bed = (layer(0, "binaural", fade_ms=0),)
    made = Mixer(bank=None)  # nobody speaks: only the room that is made is heard
    a, b = (made.render(spoken(*x, ms=30_000), 0, 20 * RATE) for x in ((*bed, *cues), bed))
    power = [np.sqrt((x.reshape(-1, RATE // 100, 2).astype(float) ** 2).mean(axis=(1, 2))) for x in (a, b)]
    out: Block = 20 * np.log10(power[0] / power[1])
    return out


@pytest.mark.parametrize(("manner", "down"), [("guide", GUIDE_DB), ("cue", WORD_DB)])
def test_the_background_goes_down_before_a_line_and_comes_up_slowly_after_it(manner: str, down: float) -> None:
    db = under(say(5000, "Hello", 3000, manner))
    np.testing.assert_allclose(db[:470], 0, atol=1e-3)
    np.testing.assert_allclose(db[501:799], -down, atol=1e-3)
    assert db[485] == pytest.approx(-down / 2, abs=0.6)
    assert db[875] == pytest.approx(-down / 2, abs=0.2)
    np.testing.assert_allclose(db[951:], 0, atol=1e-3)
    assert (np.diff(db[470:500]) <= 1e-6).all() and (np.diff(db[800:950]) >= -1e-6).all()
    assert np.abs(np.diff(db)).max() < down * np.pi / 2 / 29  # no faster than a half cosine of 300 ms


def test_between_lines_that_are_close_the_background_stays_down() -> None:
    close = under(say(4000, "One", 1000), say(6600, "Two", 1000))
    np.testing.assert_allclose(close[401:759], -GUIDE_DB, atol=1e-3)
    apart = under(say(4000, "One", 1000), say(6900, "Two", 1000))
    assert apart[650:662].max() == pytest.approx(0, abs=0.01)


def test_guidance_over_words_goes_as_far_as_guidance_does() -> None:
    db = under(say(4000, "In", 500, "cue"), say(4100, "Softly now", 1000), say(5000, "Out", 3000, "cue"))
    assert db.min() == pytest.approx(-GUIDE_DB, abs=1e-3)
    assert db[790] == pytest.approx(-WORD_DB, abs=1e-3)


def test_words_leave_the_tone_that_they_belong_to_alone_and_guidance_lets_it_be_followed() -> None:
    def tone(*cues: object) -> Block:
        return Mixer().render(spoken(phase("inhale", 8000), *cues), 4 * RATE, RATE)

    np.testing.assert_array_equal(tone(), tone(say(3000, "In", 3000, "cue")))
    np.testing.assert_allclose(tone() * decibels(-TONES_DB), tone(say(3000, "Softly", 3000)), atol=1e-6)


def test_bells_ring_on_under_a_line() -> None:
    a, b = (Mixer().render(spoken(bell(0), *c), 0, 8 * RATE) for c in ((), (say(1000, "Listen", 3000),)))
    np.testing.assert_array_equal(a, b)


@settings(max_examples=100, deadline=None)
@given(
    lines=st.lists(st.tuples(st.integers(0, 9000), st.integers(1, 3000)), min_size=1, max_size=8),
    first=st.integers(0, 9 * RATE),
)
def test_the_room_is_the_same_in_every_block(lines: list[tuple[int, int]], first: int) -> None:
    score = Score(spoken(*(say(at, str(i), ms) for i, (at, ms) in enumerate(lines))))
    whole = np.broadcast_to(ducking.depth(score.spoken("guide", 0, 14 * RATE), 0, 14 * RATE), 14 * RATE)
    part = np.broadcast_to(ducking.depth(score.spoken("guide", first, first + TILE), first, TILE), TILE)
    np.testing.assert_array_equal(part, whole[first : first + TILE])
    for at, ms in lines:
        assert whole[at * MS : (at + ms) * MS].min() == 1.0
    ends = sorted((at + ms) * MS for at, ms in lines)
    if ends[-1] + RELEASE < 14 * RATE:
        assert whole[ends[-1] + RELEASE] == 0.0
    assert np.abs(np.diff(whole)).max() <= np.pi / 2 / ATTACK * 1.01


def test_a_loop_makes_room_as_if_it_were_laid_out() -> None:
    words = (say(0, "In", 600, "cue"), say(3000, "Out", 700, "cue"))
    before = segment(say(0, "Breathe with me.", 2000), ms=2500)
    loop = segment(*breaths(1), *words, ms=None, loop=(0, 6000), index=1)
    laid = [replace(w, at_ms=w.at_ms + 6000 * k) for k in range(40) for w in words]
    a = Score(timeline(before, loop, complete=False))
    b = Score(timeline(before, segment(*laid, ms=240_000, index=1), complete=False))
    for first in range(0, 60 * RATE, 20_011):
        got, want = (
            np.broadcast_to(ducking.depth(s.spoken("cue", first, first + TILE), first, TILE), TILE) for s in (a, b)
        )
        np.testing.assert_array_equal(got, want)


def test_what_is_close_is_one_stretch() -> None:
    assert ducking.joined([(APART + 9, APART + 20), (0, 10), (4, 8)]) == [(0, APART + 20)]
    assert ducking.joined([(0, 10), (APART + 10, APART + 20)]) == [(0, 10), (APART + 10, APART + 20)]
