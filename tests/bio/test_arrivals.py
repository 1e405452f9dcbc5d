"""Samples that came late are not called lost, and those that were lost are, once."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mindful.bio.arrivals import GAP_S, LATE_S, Arrivals
from mindful.bio.engine import open_engine
from mindful.bio.ports import Reading
from mindful.bio.protocols import Band, BrainProtocol, Feature, Term
from tests.bio.made import RATE, Fed, eeg
from tests.bio.time import Clock

ALPHA = BrainProtocol("alpha", Feature("amplitude", Term(("O1",), Band(8, 12))))


class Stalling:
    """A board that is read every 40 ms, and now and then not for a while."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.source = Fed(self.clock, labels=("O1",))
        self.engine = open_engine(self.source, ALPHA)
        self.source.start()
        self.data, self.at = eeg(60, uv=8.0), 0
        self.engine.begin("training", self.clock.ms)

    def give(self, ms: int = 40) -> None:
        n = round(ms * RATE / 1000)
        self.source.put(self.data[:, self.at : self.at + n])
        self.at += n

    def late(self, n: int) -> None:
        """As a computer that was busy reads them: all with the time of now."""
        self.source.put(self.data[:, self.at : self.at + n], stamps=np.full(n, self.clock.now()))
        self.at += n

    def tick(self, ms: int = 40) -> Reading:
        self.clock.ms += ms
        return self.engine.tick(self.clock.ms)

    def on(self, seconds: float) -> list[Reading]:
        out = []
        for _ in range(round(seconds * 25)):
            self.clock.ms += 40
            self.give()
            out.append(self.engine.tick(self.clock.ms))
        return out

    def gaps(self) -> int:
        return sum(n.kind == "gap" for n in self.engine.notices())


@pytest.mark.parametrize("parts", [(100,), (60, 40), (1, 50, 49)])
def test_what_comes_late_and_complete_holds_the_feedback_no_longer_than_it_takes(parts: tuple[int, ...]) -> None:
    board = Stalling()
    assert board.on(8)[-1].quality == "clear"
    board.tick(400)
    for n in parts:
        board.late(n)
        reading = board.engine.tick(board.clock.ms)
    assert reading.quality == "clear"
    assert all(r.quality == "clear" for r in board.on(2))
    assert board.gaps() == 0


@pytest.mark.parametrize("lost", [0, 100])
def test_a_stall_within_a_chunk_is_judged_alike(lost: int) -> None:
    board = Stalling()
    board.on(8)
    # Five samples from before it and what came after it are handed on together.
    stamps = np.concatenate([board.clock.now() + np.arange(1, 6) / RATE, np.full(100 - lost, board.clock.now() + 0.42)])
    board.clock.ms += 420
    board.source.put(board.data[:, board.at : board.at + len(stamps)], stamps=stamps)
    board.engine.tick(board.clock.ms)
    quality = [r.quality for r in board.on(2)]
    assert board.gaps() == (1 if lost else 0)
    assert ("unclear" in quality) == bool(lost) and quality[-1] == "clear"


def test_what_is_lost_is_a_gap_and_holds_it_for_a_second() -> None:
    board = Stalling()
    board.on(8)
    board.tick(400)
    readings = board.on(2)
    held = [r.quality for r in readings].index("clear") * 0.04
    assert held == pytest.approx(1.0, abs=0.1)
    assert board.gaps() == 1


@given(
    st.lists(st.integers(1, 200), min_size=1, max_size=60),
    st.lists(st.booleans(), min_size=60, max_size=60),
    st.sampled_from([128.0, 250.0, 256.0, 1000.0]),
)
def test_whatever_stalls_nothing_that_was_counted_is_called_lost(
    lengths: list[int], stalled: list[bool], rate: float
) -> None:
    arrivals, sent, at = Arrivals(), 0, 0.0
    for n, late in zip(lengths, stalled, strict=False):
        begin, sent = sent, sent + n
        end = sent / rate
        # Read when the last of them was there: each with its own time, or all with that of the reading.
        first = end if late else max(at, (begin + 1) / rate)
        assert arrivals.push(first, end, n, rate) == ""
        at = end


@given(st.floats(0.01, 30), st.integers(1, 40))
def test_a_hole_is_told_once_when_it_is_over_a_quarter_of_a_second(hole_s: float, each: int) -> None:
    arrivals, at, told = Arrivals(), 0.0, []
    for k in range(200):
        at += hole_s if k == 50 else 0.0
        told.append(arrivals.push(at + 1 / 250, at + each / 250, each, 250))
        at += each / 250
        if k > 50 and at > LATE_S * 2 + 50 * each / 250 + hole_s:
            break
    if hole_s > GAP_S + 0.02:
        assert told.count("lost") == 1
        assert arrivals.missing_s == pytest.approx(hole_s, abs=0.01)
    elif hole_s < GAP_S - 0.02:
        assert set(told) == {""}
