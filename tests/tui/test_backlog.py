"""A slow line gets fewer frames, and each of them soon: pure, with time by hand. `bench/pacers.py` measures a real one."""

from __future__ import annotations

import math
from itertools import pairwise

from mindful.tui.backlog import LOST_S, Backlog


class Link:
    """A line that carries so many bytes a second, takes `delay` each way, and holds whatever is put into it."""

    def __init__(self, rate: float, delay: float = 0.01) -> None:
        self.rate, self.delay = rate, delay
        self.free_at = 0.0
        self.replies: list[float] = []

    def send(self, now: float, size: int) -> float:
        """When it is on the screen."""
        self.free_at = max(self.free_at, now) + size / self.rate
        return self.free_at + self.delay


def played(
    rate: float, seconds: float, size: int = 3000, fps: int = 24, answers: bool = True, delay: float = 0.01
) -> tuple[list[float], list[float]]:
    """(when each frame was painted, how long after it was seen)."""
    line, link = Backlog(), Link(rate, delay)
    painted, lag = [], []
    for i in range(round(seconds * fps)):
        now = i / fps
        while link.replies and link.replies[0] <= now:
            line.answered(link.replies.pop(0))
        if line.wants(now) and answers:
            link.replies.append(link.send(now, 4) + link.delay)
        if line.room(now):
            painted.append(now)
            lag.append(link.send(now, size if i else 30_000) - now)
    return painted, lag


def test_a_quick_line_gets_every_frame() -> None:
    painted, lag = played(5_000_000, 20)
    assert len(painted) == 20 * 24 and max(lag) < 0.03


def test_a_slow_line_gets_fewer_frames_and_none_late() -> None:
    painted, lag = played(20_000, 60)
    assert max(lag) < 4, "while a whole screen is on its way"
    settled = [late for at, late in zip(painted, lag, strict=True) if at > 10]
    assert sorted(settled)[len(settled) * 95 // 100] < 0.5
    assert 2 * 60 < len(painted) < 8 * 60
    assert max(b - a for a, b in pairwise(painted) if a > 10) < 0.6


def test_without_that_it_would_be_far_behind() -> None:
    _, lag = played(20_000, 60, answers=False)
    assert max(lag) > 60


def test_a_line_that_is_far_but_wide_gets_every_frame() -> None:
    painted, lag = played(5_000_000, 30, delay=0.3)
    assert sum(at > 25 for at in painted) > 0.95 * 5 * 24, "once it is known that it is only far"
    assert max(lag) < 0.35


def test_a_line_that_becomes_free_again_gets_every_frame_again() -> None:
    line = Backlog()
    now = 0.0
    for i in range(60):
        now += 1
        assert line.room(now) and line.wants(now)
        line.answered(now + (0.5 if i == 1 else 0.02))
        assert line.full or i != 1
    assert not line.full


def test_an_answer_that_never_comes_does_not_stop_the_picture() -> None:
    line = Backlog()
    assert line.room(0.0) and line.wants(0.0)
    assert line.room(0.35)
    assert sum(line.room(t / 10) for t in range(5, 50)) in range(8, 13), "a first answer is waited for, in few frames"
    assert all(line.room(t / 10) for t in range(50, 99)), "a terminal that has never answered is believed"
    assert line.wants(LOST_S), "and asked again"
    line.answered(LOST_S + 0.01)
    assert line.room(11.0) and line.wants(11.0)
    assert line.room(11.05) and not line.room(12.0) and line.full
    assert not line.wants(11.0 + LOST_S - 0.1)
    assert line.wants(11.0 + LOST_S + 0.1), "a lost answer is asked for anew"


def test_textuals_own_queue_counts_where_nothing_answers() -> None:
    line = Backlog()
    assert line.room(0.0, 1) and not line.room(0.1, 2)
    assert math.isinf(line._quickest)
