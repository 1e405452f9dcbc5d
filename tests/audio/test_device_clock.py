"""Which frame is heard, from when a device asked for how many: follows the card, and never jumps for a late thread."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from mindful.audio.sinks.device_clock import JUMP, DeviceClock
from mindful.audio.units import RATE

PERIOD = RATE // 5


def run(clock: DeviceClock, seconds: float, ppm: float = 0.0, late: float = 0.0, seed: int = 1, hole_at: float = 1e9):
    """A card with 3 periods of buffer that asks whenever one is free; yields (time, shown, truly heard)."""
    r, frames, rate = random.Random(seed), 0, RATE * (1 + ppm / 1e6)
    hole = 0.0
    while True:
        t = max(0.0, (frames - 2 * PERIOD) / rate) + hole
        if t > seconds:
            return
        if t > hole_at and not hole:
            hole = 0.5
            t += hole
        frames += PERIOD
        clock.asked(50 + t + r.random() * late, frames)
        for k in range(8):
            at = t + late + k * 0.02
            yield at, clock.heard(50 + at), (at - hole) * rate


def test_before_the_first_request_nothing_is_heard() -> None:
    assert DeviceClock().heard(7.0) == 0.0


def test_the_buffer_that_fills_at_once_is_the_lead() -> None:
    clock = DeviceClock()
    list(run(clock, 2))
    assert clock.lead == pytest.approx(3 * PERIOD, abs=2)


def test_it_tells_what_is_heard() -> None:
    worst = max(abs(shown - true) for at, shown, true in run(DeviceClock(), 20) if at > 1)
    assert worst < 0.003 * RATE


@pytest.mark.parametrize("ppm", [-200.0, 200.0])
def test_it_follows_the_crystal_of_the_card(ppm: float) -> None:
    tail = [shown - true for at, shown, true in run(DeviceClock(), 600, ppm) if at > 500]
    # The monotonic clock alone would be 100 ms off by then.
    assert max(abs(x) for x in tail) < 0.005 * RATE


def test_late_threads_do_not_shake_it() -> None:
    seen = [(at, shown, true) for at, shown, true in run(DeviceClock(), 60, late=0.05) if at > 3]
    assert max(abs(s - t) for _, s, t in seen) < 0.055 * RATE
    for (a, s1, _), (b, s2, _) in pairwise(seen):
        if b > a:
            assert 0.985 * (b - a) * RATE - 1 <= s2 - s1 <= 1.015 * (b - a) * RATE + 1


def test_a_hole_is_followed_at_once_after_its_window() -> None:
    tail = [s - t for at, s, t in run(DeviceClock(), 30, hole_at=10) if at > 18]
    assert max(abs(x) for x in tail) < JUMP / 10


def test_it_never_counts_below_zero() -> None:
    clock = DeviceClock()
    clock.asked(10.0, PERIOD)
    assert clock.heard(9.0) == 0.0
