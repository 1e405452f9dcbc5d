"""Where a stream without a clock is, from reports of how far it was read: holes, stand-stills, late and lone reports."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import pytest

from mindful.audio.sinks.progress import LARGE, SLACK, SMALL, STRETCH, Progress
from mindful.audio.units import RATE

CHUNK, AHEAD, LOOK_S = RATE // 10, RATE // 5, 0.05
"""simpleaudio copies 100 ms at a time, two of them ahead; its child looks twenty times a second."""


def reports(
    seconds: float, hole: Callable[[float], float] = lambda _: 0.0, late: Callable[[float], float] = lambda _: 0.0
) -> Iterator[tuple[float, int]]:
    """(time, frame) of every report: `hole(t)` seconds have been lost by t, `late(t)` is a look's own lateness."""
    told, look = -1, 0
    while (t := look * LOOK_S + late(look * LOOK_S)) < seconds:
        look += 1
        read = (int((t - hole(t)) * RATE) // CHUNK + 1) * CHUNK + AHEAD
        if read // STRETCH > told:
            told = read // STRETCH
            yield t, told * STRETCH


def played(**how: Callable[[float], float]) -> tuple[Progress, list[tuple[float, float]]]:
    """What half a minute of it looks like: [(time, frames that `heard` is off)]."""
    progress, off, t = Progress(), [], 0.0
    hole = how.get("hole", lambda _: 0.0)
    for at, frame in reports(30, **how):
        while t < at:
            off.append((t, progress.heard(t) - (t - hole(t)) * RATE))
            t += 0.02
        progress.read(frame, at)
    return progress, off


def test_a_stream_that_runs_is_where_monotonic_time_says() -> None:
    progress, off = played()
    assert max(abs(x) for _, x in off) < 1e-6
    assert progress.holes == progress.behind == 0


@pytest.mark.parametrize("seed", range(8))
def test_late_looks_on_a_busy_machine_move_nothing(seed: int) -> None:
    r = random.Random(seed)
    delays = [r.random() * 0.09 if r.random() < 0.9 else r.random() * 0.15 for _ in range(700)]
    progress, off = played(late=lambda t: delays[round(t / LOOK_S)])
    assert progress.behind == progress.holes == 0
    assert max(abs(x) for _, x in off) < 1e-6


@pytest.mark.parametrize("lost", [0.12, 0.2, 0.5, 2.5])
def test_a_hole_is_noticed_and_followed(lost: float) -> None:
    progress, off = played(hole=lambda t: min(max(0.0, t - 10.0), lost))
    assert progress.holes == 1
    assert abs(progress.behind / RATE - lost) < 0.06
    settled = [abs(x) for t, x in off if t > 10 + lost + 3.5]
    assert max(settled) < 0.06 * RATE
    assert max(abs(x) for t, x in off if t < 10) < 1e-6


def test_what_is_less_than_a_grain_is_left_alone() -> None:
    progress, _ = played(hole=lambda t: 0.03 if t > 10 else 0.0)
    assert progress.behind == progress.holes == 0


def test_a_device_that_stands_still_stops_the_time_soon() -> None:
    progress = Progress()
    last = 0.0
    for at, frame in reports(5):
        progress.read(frame, at)
        last = at
    stands = progress.heard(60.0)
    assert progress.heard(last + 0.75) == stands == progress.heard(3600.0)
    assert stands <= (last + 0.75) * RATE


def test_a_first_report_that_was_late_is_forgiven() -> None:
    progress, off = played(late=lambda t: 0.3 if t < 3 else 0.0)
    assert progress.behind == 0
    assert max(abs(x) for t, x in off if t > 8) < 1e-6
    assert progress.holes == 0


def test_without_reports_nothing_is_known_and_time_goes_on() -> None:
    assert Progress().heard(100.0) == 100 * RATE
    assert Progress().heard(-1.0) == 0.0


def test_a_lone_report_that_is_very_late_moves_nothing() -> None:
    progress = Progress()
    for k in range(1, 20):
        progress.read(k * STRETCH, k * STRETCH / RATE - 0.08)
    progress.read(20 * STRETCH, 20 * STRETCH / RATE - 0.08 + 2 * LARGE / RATE)
    assert progress.behind == 0
    progress.read(21 * STRETCH, 21 * STRETCH / RATE - 0.08)
    assert progress.behind == 0
    assert SMALL < LARGE and SLACK > 0
