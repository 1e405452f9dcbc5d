"""The breathing circle is a pure function: whatever the size, it is whole, symmetric, and grows with the breath."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mindful.tui.pacers.circle import box, frame
from mindful.tui.pacers.frames import HELD, INKS, MAX_ROWS, RING, STEPS, Frame, changed

sizes = st.integers(0, 300)
fills = st.floats(0, 1)
phases = st.sampled_from(["inhale", "top_up", "hold", "exhale", "rest", None])


def pixels(made: Frame) -> list[list[int]]:
    """One list of inks for every pixel row."""
    out: list[list[int]] = []
    for spans in made:
        out += [[run[half] for run in spans for _ in range(run[0])] for half in (1, 2)]
    return out


def area(made: Frame) -> int:
    """How much of the disc there is, in sixths of a pixel."""
    return sum(ink for line in pixels(made) for ink in line if ink <= STEPS)


@given(sizes, sizes, phases, fills)
@settings(max_examples=150, deadline=None)
def test_every_size_gives_exactly_its_rows_and_cells(width: int, height: int, phase: str | None, fill: float) -> None:
    made = frame(width, height, phase, fill)
    assert len(made) == (height if width else 0)
    for spans in made:
        assert sum(run[0] for run in spans) == width
        assert all(run[0] > 0 and 0 <= run[1] < INKS and 0 <= run[2] < INKS for run in spans)


@given(st.integers(1, 160), st.integers(1, 60), phases, fills)
@settings(max_examples=100, deadline=None)
def test_it_is_symmetric_in_both_directions(width: int, height: int, phase: str | None, fill: float) -> None:
    columns, rows = box(width, height)
    lines = pixels(frame(width, height, phase, fill))
    above = (height - rows) // 2
    own = lines[2 * above : 2 * (above + rows)]
    assert own == own[::-1]
    left = (width - columns) // 2
    for line in own:
        mine = line[left : left + columns]
        assert mine == mine[::-1]
        assert not any(line[:left]) and not any(line[left + columns :])


@given(st.integers(1, 120), st.integers(1, 50), st.lists(fills, min_size=2, max_size=12))
@settings(max_examples=80, deadline=None)
def test_the_disc_never_shrinks_while_the_breath_grows(width: int, height: int, levels: list[float]) -> None:
    areas = [area(frame(width, height, "inhale", fill)) for fill in sorted(levels)]
    assert areas == sorted(areas)


@pytest.mark.parametrize(("width", "height"), [(40, 6), (80, 12), (120, 19), (9, 4), (3, 3)])
def test_full_and_empty_are_told_apart_at_every_size(width: int, height: int) -> None:
    assert area(frame(width, height, "exhale", 0)) * 2 < area(frame(width, height, "inhale", 1))


def test_it_moves_in_small_steps() -> None:
    """From one frame of a four-second breath to the next, no edge jumps by more than a pixel's worth of its length."""
    made = [frame(80, 13, "inhale", 0.5 - 0.5 * math.cos(math.pi * i / 96)) for i in range(97)]
    around = 2 * math.pi * 11 * STEPS
    for old, new in pairwise(made):
        assert area(new) - area(old) <= around
    assert area(made[0]) < area(made[-1])


def test_a_hold_stands_still_and_shows_its_ring() -> None:
    held, open_ = pixels(frame(60, 13, "hold", 1.0)), pixels(frame(60, 13, "exhale", 1.0))
    assert any(ink > HELD for line in held for ink in line)
    assert not any(ink > HELD for line in open_ for ink in line)
    assert any(RING < ink <= HELD for line in open_ for ink in line)
    assert frame(60, 13, "hold", 1.0) == frame(60, 13, "hold", 1.0)


def test_the_disc_stays_inside_its_ring() -> None:
    for fill in (0.0, 0.5, 1.0):
        middle = pixels(frame(60, 13, "hold", fill))[13]
        inked = [x for x, ink in enumerate(middle) if 0 < ink <= STEPS]
        ring = [x for x, ink in enumerate(middle) if ink > HELD]
        assert min(ring) < min(inked) and max(inked) < max(ring)


def test_without_a_phase_there_is_only_the_ring() -> None:
    made = frame(60, 13, None, 0.7)
    assert area(made) == 0
    assert any(ink > RING for line in pixels(made) for ink in line)


def test_levels_out_of_range_are_brought_in() -> None:
    assert frame(30, 9, "inhale", 7.0) == frame(30, 9, "inhale", 1.0)
    assert frame(30, 9, "inhale", -1.0) == frame(30, 9, "inhale", 0.0)
    assert frame(30, 9, "inhale", math.nan) == frame(30, 9, "inhale", 0.0)


def test_it_takes_no_more_room_than_is_calm() -> None:
    assert box(300, 300) == (2 * MAX_ROWS, MAX_ROWS)
    assert box(0, 10) == (0, 0)
    assert box(10, 0) == (0, 0)
    assert box(7, 40)[0] <= 7


def test_only_rows_that_changed_are_reported() -> None:
    old, new = frame(60, 13, "inhale", 0.2), frame(60, 13, "inhale", 0.24)
    rows = changed(old, new)
    assert rows is not None
    assert [y for y, _, _ in rows] == [y for y in range(13) if old[y] != new[y]]
    assert 0 < len(rows) < 13
    assert changed(old, old) == []


@given(st.integers(1, 120), st.integers(1, 40), phases, phases, fills, fills)
@settings(max_examples=100, deadline=None)
def test_cells_that_stay_are_the_same_at_both_sides(
    width: int, height: int, was: str | None, phase: str | None, low: float, high: float
) -> None:
    old, new = frame(width, height, was, low), frame(width, height, phase, high)
    before, after = pixels(old), pixels(new)
    for y, x, cells in changed(old, new) or []:
        assert 0 <= x < x + cells <= width
        for line in (2 * y, 2 * y + 1):
            assert before[line][:x] == after[line][:x]
            assert before[line][x + cells :] == after[line][x + cells :]
        for end in (x, x + cells - 1):
            assert any(before[line][end] != after[line][end] for line in (2 * y, 2 * y + 1))


def test_the_ring_is_not_sent_again_while_the_breath_moves() -> None:
    rows = changed(frame(60, 13, "inhale", 0.5), frame(60, 13, "inhale", 0.54))
    ring = next(x for x, ink in enumerate(pixels(frame(60, 13, None, 0))[13]) if ink)
    assert rows and min(x for _, x, _ in rows) > ring


def test_another_size_means_everything() -> None:
    assert changed(frame(60, 13, "inhale", 0.2), frame(60, 12, "inhale", 0.2)) is None
    assert changed(frame(60, 13, "inhale", 0.2), frame(61, 13, "inhale", 0.2)) is None
    assert changed((), frame(60, 12, "inhale", 0.2)) is None
