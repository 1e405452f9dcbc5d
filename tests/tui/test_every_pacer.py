"""What holds for every pacer: a whole frame at any size, eased, held looks held, still where nothing may move, no flash."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mindful import assets
from mindful.script.load import load, loads
from mindful.script.patterns import bundled
from mindful.timeline.lookup import phases_between
from mindful.timeline.model import PhaseCue, Timeline
from mindful.timeline.outline import outline
from mindful.timeline.unfold import Setup
from mindful.tui import theme
from mindful.tui.pacers import DEFAULT, NAMES, PACERS, Moment, after, pacer
from mindful.tui.pacers.frames import HELD, INKS, SOFT, STEPS, Frame, changed, opened
from mindful.tui.pacers.moment import Line, at, moment_at
from mindful.tui.pacers.wave import COLUMN_MS
from tests.tui.colours import luminance

MOVING = ("circle", "wave", "column", "ring", "petals")
SIZE = (80, 13)
FPS = 24


def timeline_of(breathe: str) -> Timeline:
    loaded = loads(f"mindful: 1\ntitle: T\nsteps:\n  - breathe: {breathe}\n", "t.yaml")
    assert loaded.script is not None, loaded.problems
    setup = Setup(loaded.script, {})
    return _whole(setup)


def _whole(setup: Setup) -> Timeline:
    timeline = Timeline()
    for segment in outline(setup).segments:
        timeline = timeline.extended(segment, complete=False)
    return timeline


def moments(
    name: str, timeline: Timeline, start: int, end: int, fps: int = FPS, still: bool = False
) -> Iterator[Moment]:
    """The moments of so many ms, as `widgets.middle` makes them."""
    phases = phases_between(timeline, 0, 10**7)
    seen = PACERS[name].seen
    for i in range((end - start) * fps // 1000):
        now = start + 1000 * i // fps
        begun = [(t, cue) for t, cue in phases if t <= now < t + cue.length_ms]
        line: Line = ()
        if seen is not None:
            before, behind = seen(Moment(still=still))
            line = tuple((t - now, cue) for t, cue in phases_between(timeline, now - before, now + behind))
        if not begun:
            yield Moment(still=still, line=line)
            continue
        t, cue = begun[-1]
        yield moment_at(cue, now - t, -(-(t + cue.length_ms - now) // 1000), still=still, line=line)


def pixels(made: Frame) -> list[list[int]]:
    return [line for spans in made for line in opened(spans)]


@lru_cache
def _lights(palette: str) -> tuple[float, ...]:
    return tuple(luminance(colour) for colour in theme.inks("true", palette))


def light(made: Frame, palette: str = "dark") -> list[float]:
    """Luminance of every pixel."""
    known = _lights(palette)
    return [known[ink] for line in pixels(made) for ink in line]


CUE = PhaseCue(at_ms=0, step="s", phase="inhale", length_ms=4000, cycle=1, fill_from=0.0, fill_to=1.0)
some_moments = st.builds(
    moment_at,
    st.builds(
        PhaseCue,
        at_ms=st.just(0),
        step=st.just("s"),
        phase=st.sampled_from(["inhale", "top_up", "hold", "exhale", "rest"]),
        length_ms=st.integers(100, 60_000),
        cycle=st.integers(1, 9),
        through=st.sampled_from([None, "nose", "mouth", "left", "right", "hum", "pursed"]),
        fill_from=st.floats(0, 1),
        fill_to=st.floats(0, 1),
    ),
    st.integers(-10, 70_000),
    st.integers(0, 60),
    still=st.booleans(),
    line=st.sampled_from([(), ((-1000, CUE), (3000, CUE))]),
)


@pytest.mark.parametrize("name", NAMES)
@given(st.integers(0, 210), st.integers(0, 60), st.one_of(st.just(Moment()), some_moments))
@settings(max_examples=60, deadline=None)
def test_every_size_gives_exactly_its_rows_and_cells(name: str, width: int, height: int, moment: Moment) -> None:
    made = PACERS[name].frame(width, height, moment)
    assert len(made) == (height if width else 0)
    for spans in made:
        assert sum(run[0] for run in spans) == width
        assert all(run[0] > 0 and 0 <= run[1] < INKS and 0 <= run[2] < INKS for run in spans)
        assert all(a[1:] != b[1:] for a, b in pairwise(spans)), "equal runs beside each other cost bytes"


@pytest.mark.parametrize("name", MOVING)
def test_it_moves_as_a_breath_does_softly_at_both_ends(name: str) -> None:
    """How many pixels differ: little where the breath turns, most in the middle of it."""
    frames = [
        PACERS[name].frame(*SIZE, m)
        for m in moments(name, timeline_of("{pattern: {inhale: 8, exhale: 8}, cycles: 2}"), 0, 8000, 8)
    ]
    if name == "wave":
        # The picture goes by evenly, as time does; it is the ball that rises as a breath.
        heights = [min(y for y, line in enumerate(pixels(f)) if any(0 < ink <= STEPS for ink in line)) for f in frames]
        rises = [a - b for a, b in pairwise(heights)]
        assert all(rise >= 0 for rise in rises) and sum(rises) >= 14
        assert sum(rises[:13]) + sum(rises[-13:]) < sum(rises[13:-13])
        return
    moved = [sum(a != b for a, b in zip(light(f), light(g), strict=True)) for f, g in pairwise(frames)]
    third = len(moved) // 5
    assert sum(moved[:third]) < 0.75 * sum(moved[2 * third : 3 * third])
    assert sum(moved[-third:]) < 0.75 * sum(moved[2 * third : 3 * third])


@pytest.mark.parametrize("name", MOVING)
def test_no_edge_jumps_from_one_frame_to_the_next(name: str) -> None:
    """Within a phase at 24 frames a second no pixel row or column moves by more than two pixels at once."""
    frames = [
        PACERS[name].frame(*SIZE, m)
        for m in moments(name, timeline_of("{pattern: {inhale: 4, exhale: 6}, cycles: 2}"), 0, 4000)
    ]
    most = max(sum(abs(a - b) > 0.05 for a, b in zip(light(f), light(g), strict=True)) for f, g in pairwise(frames))
    assert 0 < most <= 2 * 80


@pytest.mark.parametrize("name", ("circle", "column", "petals"))
def test_a_hold_stands_still_and_shows_it(name: str) -> None:
    box = timeline_of("{pattern: {inhale: 4, hold: 4, exhale: 4, rest: 4}, cycles: 2}")
    held = {PACERS[name].frame(*SIZE, m) for m in moments(name, box, 4100, 7900)}
    assert len(held) == 1
    assert any(HELD < ink <= HELD + STEPS for line in pixels(held.pop()) for ink in line)
    moving = PACERS[name].frame(*SIZE, next(moments(name, box, 2000, 2100)))
    assert not any(HELD < ink <= HELD + STEPS for line in pixels(moving) for ink in line)


@pytest.mark.parametrize("name", ("wave", "ring", "word"))
def test_of_a_hold_that_passes_only_its_sign_moves(name: str) -> None:
    """The ball of the wave, the lungs in the ring and the word stand, and are of the held ink."""
    box = timeline_of("{pattern: {inhale: 4, hold: 4, exhale: 4, rest: 4}, cycles: 2}")
    frames = [pixels(PACERS[name].frame(*SIZE, m)) for m in moments(name, box, 4700, 7400)]
    assert not any(0 < ink <= STEPS for lines in frames for line in lines for ink in line)
    assert all(any(HELD < ink <= HELD + STEPS for line in lines for ink in line) for lines in frames)


def test_a_pattern_of_five_phases_is_shown_whole() -> None:
    sigh = timeline_of("{pattern: [{inhale: 2}, {top_up: 1}, {hold: 2}, {exhale: 6}, {rest: 1}], cycles: 2}")
    levels = [m.fill for m in moments("circle", sigh, 0, 12_000)]
    assert 0.5 < levels[2 * FPS] < 1 and max(levels) == 1.0 and levels[-1] == pytest.approx(0, abs=0.01)
    for name in MOVING:
        frames = [PACERS[name].frame(*SIZE, m) for m in moments(name, sigh, 0, 12_000)]
        # The little more on top is seen.
        assert frames[2 * FPS] != frames[3 * FPS - 2]


def test_the_wave_shows_what_is_coming() -> None:
    change = timeline_of(
        "{pattern: {inhale: 4, exhale: 4}, cycles: 1}\n  - breathe: {pattern: {inhale: 3, hold: 4, exhale: 3}, cycles: 1}"
    )
    now = next(moments("wave", change, 0, 100))
    lines = pixels(PACERS["wave"].frame(*SIZE, now))
    held = [x for line in lines for x, ink in enumerate(line) if ink == HELD + STEPS]
    # The hold begins 11 s from now, and lasts 4 s.
    ball = [x for line in lines for x, ink in enumerate(line) if 0 < ink <= STEPS]
    middle = (min(ball) + max(ball)) / 2
    assert min(held) - middle == pytest.approx(11_000 / COLUMN_MS, abs=1.5)
    assert max(held) - min(held) + 1 == pytest.approx(4000 / COLUMN_MS, abs=1)
    soon = next(moments("wave", change, 3000, 3100))
    later = [
        x for line in pixels(PACERS["wave"].frame(*SIZE, soon)) for x, ink in enumerate(line) if ink == HELD + STEPS
    ]
    assert min(held) - min(later) == pytest.approx(3000 / COLUMN_MS, abs=1)


def test_the_wave_knows_the_level_of_any_moment() -> None:
    line: Line = ((-1000, CUE), (5000, CUE))
    assert at(line, -1000)[0] == 0 and at(line, 1000)[0] == pytest.approx(0.5) and at(line, 3500) == (1.0, None)
    assert at(line, -9000) == (0.0, None) and at((), 0) == (0.0, None)
    assert at(line, 6000)[1] is CUE


@pytest.mark.parametrize("name", [n for n in NAMES if n != "none"])
@pytest.mark.parametrize("size", [(80, 12), (120, 28), (40, 6), (81, 13)])
def test_the_nostril_is_shown_by_its_place(name: str, size: tuple[int, int]) -> None:
    pattern = timeline_of("{pattern: [{inhale: 4, through: left}, {exhale: 6, through: right}], cycles: 1}")
    left, right = (pixels(PACERS[name].frame(*size, next(moments(name, pattern, t, t + 100)))) for t in (2000, 7000))
    bare = pixels(
        PACERS[name].frame(
            *size, next(moments(name, timeline_of("{pattern: {inhale: 4, exhale: 6}, cycles: 1}"), 2000, 2100))
        )
    )
    if left == bare:
        assert size[0] == 40  # no room: the words say it
        return
    middle = size[0] / 2

    def lit(lines: list[list[int]]) -> list[int]:
        edge = min(x for line in left for x, ink in enumerate(line) if ink)
        spots = [*range(edge, edge + 4), *range(size[0] - edge - 4, size[0] - edge)]
        return [x for line in lines for x in spots if line[x] == STEPS]

    assert lit(left) and max(lit(left)) < middle
    assert lit(right) and min(lit(right)) > middle
    quiet = [x for line in left for x, ink in enumerate(line) if ink == SOFT + STEPS and x > middle]
    assert quiet, "the other side is there, and quiet"


def test_humming_is_marked_on_both_sides() -> None:
    hum = timeline_of("{pattern: [{inhale: 4}, {exhale: 8, through: hum}], cycles: 1}")
    lines = pixels(PACERS["circle"].frame(*SIZE, next(moments("circle", hum, 8000, 8100))))
    marks = sorted({x for line in lines for x, ink in enumerate(line) if ink == SOFT + STEPS})
    assert len(marks) == 4 and marks[0] + marks[-1] == SIZE[0] - 1


@pytest.mark.parametrize("name", NAMES)
def test_without_movement_it_changes_at_most_once_a_second_and_in_little(name: str) -> None:
    box = timeline_of("{pattern: {inhale: 4.5, hold: 4, exhale: 6, rest: 2}, cycles: 2}")
    frames = [PACERS[name].frame(*SIZE, m) for m in moments(name, box, 0, 16_500, 10, still=True)]
    changes = [i for i, (f, g) in enumerate(pairwise(frames)) if f != g]
    assert all(b - a >= 5 for a, b in pairwise(changes)), "half a second where a phase has half seconds"
    if name not in ("none", "circle"):  # the circle's still form is a bar of text
        assert len(changes) >= 6
    for f, g in pairwise(frames):
        stepped = abs(sum(light(f)) - sum(light(g))) / (2 * SIZE[0] * SIZE[1])
        assert stepped < 0.03, "share of the middle's light"


def test_the_still_wave_fits_the_slowest_breath() -> None:
    slow = timeline_of("{pattern: {inhale: 10, hold: 10, exhale: 20}, cycles: 2}")
    frames = [pixels(PACERS["wave"].frame(40, 8, m)) for m in moments("wave", slow, 0, 39_900, 1, still=True)]
    places = [
        max(x for line in f for x, ink in enumerate(line) if 0 < ink <= STEPS or HELD < ink < HELD + STEPS)
        for f in frames
    ]
    assert places == sorted(places) and places[-1] >= 37


FASTEST = "{pattern: {inhale: 1.5, exhale: 1.5}, cycles: 12}"


def fastest_bundled() -> str:
    """The quickest breathing that any bundled session or pattern has, as a step."""
    shortest: tuple[float, str] = (1e9, "")
    for pattern in bundled().values():
        phases = [{p.phase: p.ms / 1000, **({"through": p.through} if p.through else {})} for p in pattern.phases]
        length = sum(p.ms for p in pattern.phases)
        shortest = min(shortest, (length, f"{{pattern: {phases!r}, cycles: {max(2, int(30_000 // length))}}}"))
    return shortest[1].replace("'", "")


def turns(values: list[float], least: float) -> list[int]:
    """Where a curve turns, ignoring turns smaller than `least`."""
    out: list[int] = []
    direction, low_at, high_at = 0, 0, 0
    for i, v in enumerate(values):
        if v > values[high_at]:
            high_at = i
        if v < values[low_at]:
            low_at = i
        if direction >= 0 and values[high_at] - v > least:
            if direction > 0:
                out.append(high_at)
            direction, low_at = -1, i
        elif direction <= 0 and v - values[low_at] > least:
            if direction < 0:
                out.append(low_at)
            direction, high_at = 1, i
    return out


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("palette", ["dark", "light", "contrast"])
def test_light_never_changes_faster_than_once_a_second(name: str, palette: str) -> None:
    """Over whole patterns: the light of the middle turns at most twice a second, and takes no steps."""
    for breathe in (fastest_bundled(), FASTEST, "{pattern: {inhale: 4, hold: 4, exhale: 4, rest: 4}, cycles: 2}"):
        frames = [light(PACERS[name].frame(60, 11, m), palette) for m in moments(name, timeline_of(breathe), 0, 16_000)]
        whole = [sum(f) / len(f) for f in frames]
        # WCAG counts as a flash a pair of changes of a tenth of the full light; a hundredth is taken here.
        at_ = turns(whole, 0.01)
        assert all(c - a >= FPS for a, c in zip(at_, at_[2:], strict=False)), f"{name}: over 1 Hz"
        # The largest there is: the thin ring of a held breath on light ground, 0.03.
        assert max((abs(a - b) for a, b in pairwise(whole)), default=0) < 0.035, "no step of a large area"


def test_the_quickest_bundled_pattern_is_among_them() -> None:
    assert "inhale" in fastest_bundled()
    for file in sorted(assets.sessions().glob("*.yaml")):
        if file.name == "patterns.yaml":
            continue
        script = load(file).script
        if script is None:
            continue
        try:
            timeline = _whole(Setup(script, script.defaults()))
        except ValueError:
            continue  # an open step: its length is the client's
        ins = [t for t, cue in phases_between(timeline, 0, 10**7) if cue.phase == "inhale"]
        assert all(b - a >= 3000 for a, b in pairwise(ins)), f"{file.name} breathes faster than what is tested"


def test_names_go_round() -> None:
    seen = [DEFAULT]
    for _ in NAMES:
        seen.append(after(seen[-1]))
    assert set(seen) == set(NAMES) and seen[-1] == seen[0]
    assert pacer(None).name == pacer("no such").name == DEFAULT and after("no such") == NAMES[0]


def test_names_are_those_that_a_script_may_say() -> None:
    from typing import get_args

    from mindful.script.kinds.breath import Breathe

    annotation = Breathe.model_fields["visual"].annotation
    assert {name for part in get_args(annotation) for name in get_args(part)} == set(NAMES)


@pytest.mark.parametrize("name", ["circle", "column", "ring", "petals"])
def test_only_what_changed_is_painted(name: str) -> None:
    frames = [
        PACERS[name].frame(*SIZE, m)
        for m in moments(name, timeline_of("{pattern: {inhale: 5, exhale: 5}, cycles: 1}"), 0, 10_000)
    ]
    cells = [sum(n for _, _, n in changed(f, g) or []) for f, g in pairwise(frames)]
    assert sum(cells) / len(cells) < 0.2 * SIZE[0] * SIZE[1]
