"""What the screen says by itself: times as people say them, one careful sentence for each caution, no blame."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from mindful.script.kinds.breath import Through
from mindful.script.model import KINDS, Caution
from mindful.timeline.model import PhaseName
from mindful.tui import words


@pytest.mark.parametrize(
    ("ms", "said"),
    [(0, "0:00"), (1, "0:01"), (1000, "0:01"), (1001, "0:02"), (60_000, "1:00"), (3_599_001, "1:00:00"), (-5, "0:00")],
)
def test_time_left_never_says_nothing_too_early(ms: int, said: str) -> None:
    assert words.clock(ms) == said


def test_a_stopwatch_counts_whole_seconds_gone_by() -> None:
    assert [words.stopwatch(ms) for ms in (0, 999, 1000, 61_999)] == ["0:00", "0:00", "0:01", "1:01"]


@pytest.mark.parametrize(
    ("ms", "said"),
    [
        (None, "open"), (45_000, "45 s"), (60_000, "1 min"), (90_000, "1 min 30 s"), (150_000, "2 min"),
        (3_600_000, "1 h"), (3_900_000, "1 h 5 min"),
    ],
)  # fmt: skip
def test_lengths_as_people_say_them(ms: int | None, said: str) -> None:
    assert words.length(ms) == said


@pytest.mark.parametrize(
    ("total", "low", "high", "said"),
    [
        (300_000, 300_000, 300_000, "5 min"),
        (None, 300_000, 720_000, "5 to 12 min"),
        (300_000, 240_000, None, "about 5 min"),
        (None, 240_000, None, "4 min or longer"),
        (None, 0, None, "as long as you like"),
        (None, 26_000, None, "as long as you like"),
        (None, 60_000, None, "1 min or longer"),
        (None, 30_000, 90_000, "30 s to 1 min 30 s"),
        (None, 301_000, 302_000, "5 min"),
    ],
)
def test_how_long_a_session_takes_as_far_as_it_is_known(
    total: int | None, low: int, high: int | None, said: str
) -> None:
    assert words.between(total, low, high) == said


def test_every_caution_has_one_careful_sentence() -> None:
    assert set(words.CAUTIONS) == set(get_args(Caution))
    for sentence in words.CAUTIONS.values():
        assert sentence.endswith(".") and len(sentence) < 130


def test_every_phase_way_and_kind_has_a_name() -> None:
    assert set(words.PHASES) == set(get_args(PhaseName))
    assert set(words.THROUGH) == set(get_args(Through))
    played = {name for name, kind in KINDS.items() if kind.playable}
    assert played <= set(words.KINDS)


def test_a_tier_is_never_said_by_colour_alone() -> None:
    signs = [words.tier(name) for name in ("green", "yellow", "red")]
    assert signs == ["+ gentle", "++ moderate", "+++ intense"]
    assert words.tier("of its own") == "of its own"


def test_stopping_early_is_fine() -> None:
    assert words.ended("stopped", 185_000) == "You stopped after 3 min. That is fine."
    assert "cut off" in words.ended("interrupted", 5000)
    assert words.ended("completed", 300_000) == "That was 5 min, from beginning to end."


def test_no_sentence_orders_blames_or_promises() -> None:
    said = [v for v in vars(words).values() if isinstance(v, str)]
    said += [*words.CAUTIONS.values(), *words.NOT_UNDERSTOOD.values(), *words.TIER_MEANS.values()]
    bad = re.compile(r"\b(must|should|fail|failed|wrong answer|great job|well done|streak|cure|heal)\b", re.IGNORECASE)
    assert [s for s in said if bad.search(s)] == []
