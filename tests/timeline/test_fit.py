"""A session of a wanted length: met to the millisecond where the rules allow, else the nearest, and the reason said."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mindful.timeline.compile import compile_timeline, extend
from mindful.timeline.fit import Fitted, UnfitError, fitted, limits, refit
from mindful.timeline.model import BellCue, PhaseCue, SayCue, Segment, Timeline
from mindful.timeline.outline import outline
from mindful.timeline.speech import Length, Line
from mindful.timeline.stretch import LEAST_SHARE, LEAST_SILENCE_MS
from mindful.timeline.unfold import Setup, begin
from tests.making import script

ANY = {"min": "1 s", "max": "4 h"}
MIXED = (
    {"say": "Sit so that your back can be long. [pause 3 s] There is no hurry.", "pause": "5 s"},
    {"breathe": {"pattern": "box", "for": "2 min"}},
    {"pause": "20 s"},
    {"bell": {"sound": "bowl", "strokes": 3}},
    {"sit": {"for": "3 min", "warm_up": "10 s"}},
    {"breathe": {"pattern": {"inhale": 4.1, "exhale": 6.2}, "cycles": 8}},
    {"say": "Take a moment."},
)


def fit(wanted: int, *steps: dict[str, Any], **head: Any) -> Fitted:
    return fitted(Setup(script(*steps, fit=head.pop("limits", ANY), **head)), wanted)


def whole(found: Fitted) -> Segment:
    timeline = compile_timeline(found.setup)
    (placed,) = timeline.placed
    assert placed.length_ms == found.total_ms, "what is said is what is played"
    return placed.segment


def lengths(segment: Segment) -> dict[str, int]:
    return {s.step: s.length_ms or 0 for s in segment.spans}


@pytest.mark.parametrize("wanted", [300_000, 420_000, 480_001, 600_000, 1_234_567, 3_600_000])
def test_a_length_is_met_to_the_millisecond(wanted: int) -> None:
    found = fit(wanted, *MIXED)
    assert (found.total_ms, found.why, found.words) == (wanted, "", "")
    assert outline(found.setup).total_ms == wanted
    phases = [c for c in whole(found).cues if isinstance(c, PhaseCue)]
    for cue in phases:
        assert cue.length_ms in (4000, 4100, 6200), "breaths keep their pace"
    ends = {c.step: c for c in phases}
    assert all(c.phase in ("exhale", "rest") and c.cycle == c.cycles for c in ends.values()), "whole cycles"


def test_as_it_was_written_is_one_of_the_lengths() -> None:
    written = outline(Setup(script(*MIXED))).total_ms
    assert written is not None
    found = fit(written, *MIXED)
    assert compile_timeline(found.setup) == compile_timeline(Setup(script(*MIXED)))


def test_change_falls_where_its_weight_is() -> None:
    steps = ({"pause": "60 s"}, {"pause": "60 s", "stretch": 3}, {"pause": "60 s", "stretch": 0}, {"pause": "30 s"})
    assert list(lengths(whole(fit(255_000, *steps))).values()) == [70_000, 90_000, 60_000, 35_000]
    assert list(lengths(whole(fit(165_000, *steps))).values()) == [50_000, 30_000, 60_000, 25_000]


def test_a_step_that_holds_others_hands_its_weight_on() -> None:
    steps = ({"pause": "60 s"}, {"repeat": {"times": 2, "steps": [{"pause": "30 s", "stretch": 2}]}, "stretch": 0})
    assert list(lengths(whole(fit(150_000, *steps))).values()) == [90_000, 30_000, 30_000]
    steps = ({"pause": "60 s"}, {"repeat": {"times": 2, "steps": [{"pause": "30 s", "stretch": 2}]}, "stretch": 0.5})
    assert list(lengths(whole(fit(180_000, *steps))).values()) == [90_000, 45_000, 45_000]


def test_what_is_said_never_changes() -> None:
    short, long = whole(fit(260_000, *MIXED)), whole(fit(1_800_000, *MIXED))
    said = [[(c.text, c.length_ms) for c in s.cues if isinstance(c, SayCue)] for s in (short, long)]
    assert said[0] == said[1]
    a, b = ([c.at_ms for c in s.cues if isinstance(c, SayCue)] for s in (short, long))
    assert a[1] - a[0] == b[1] - b[0], "a pause inside a line belongs to the line"
    strokes = [[c.at_ms for c in s.cues if isinstance(c, BellCue)] for s in (short, long)]
    assert all([y - x for x, y in pairwise(bells)] == [4000, 4000] for bells in strokes)


def test_the_time_to_settle_before_a_sit_stays() -> None:
    segment = whole(fit(130_000, {"sit": {"for": "1 min", "warm_up": "10 s", "bells": {"at": ["30 s"]}}}))
    assert [c.at_ms for c in segment.cues if isinstance(c, BellCue)] == [70_000]


def test_bells_keep_their_places_in_a_sit() -> None:
    bells = {"every": "1 min", "strokes": 2}
    for wanted, at in (
        (300_000, [60, 64, 120, 124, 180, 184, 240, 244]),
        (600_000, [120, 124, 240, 244, 360, 364, 480, 484]),
    ):
        segment = whole(fit(wanted, {"sit": {"for": "5 min", "bells": bells}}))
        assert [c.at_ms // 1000 for c in segment.cues if isinstance(c, BellCue)] == at
    segment = whole(fit(40_000, {"sit": {"for": "90 s", "bells": {"every": "10 s", "strokes": 2}}}))
    strokes = [c.at_ms for c in segment.cues if isinstance(c, BellCue)]
    assert all(y - x >= 4000 for x, y in pairwise(strokes)), "shorter, but no stroke runs into another"


def test_a_ramp_keeps_its_shape() -> None:
    glide = {"breathe": {"pattern": "long-exhale", "for": "4 min", "ramp": {"from": 12, "to": 6, "over": "2 min"}}}
    paces = []
    for wanted in (120_000, 240_000, 480_000):
        cues = [c for c in whole(fit(wanted, glide)).cues if isinstance(c, PhaseCue)]
        starts = [c.at_ms for c in cues if c.phase == "inhale"]
        half = [b - a for a, b in pairwise(starts) if b > starts[-1] * 0.6]
        paces.append((starts[1] - starts[0], half[0], half[-1]))
        assert half[-1] == pytest.approx(10_000, abs=2), "it arrives where it was to arrive"
    assert paces[0][0] < 5600


def test_the_shortest_is_humane_and_said() -> None:
    found = fit(60_000, *MIXED)
    assert found.why == "The shortest it can be is 3:36.4." and found.total_ms == 216_400
    now = lengths(whole(found))
    assert now["steps[2].pause"] == 8000 and now["steps[4].sit"] == 10_000 + 72_000
    assert now["steps[1].breathe"] == 4 * 16_000 and now["steps[5].breathe"] == 4 * 10_300
    assert list(lengths(whole(fit(1000, {"pause": "2 s"}, {"pause": "0.4 s"}))).values()) == [1000, 400]


def test_only_breaths() -> None:
    found = fit(125_000, {"breathe": {"pattern": "box", "cycles": 4}})
    assert found.total_ms == 128_000 and found.why == "Only whole breaths can change here: the nearest is 2:08."
    assert fit(128_000, {"breathe": {"pattern": "box", "cycles": 4}}).why == ""


def test_nothing_can_change() -> None:
    found = fit(125_000, {"say": "A line."}, {"pause": "10 s", "stretch": 0})
    assert found.why.startswith("Nothing in it can be longer or shorter: it takes 0:1")


def test_the_authors_limits_hold() -> None:
    with pytest.raises(UnfitError, match=r"one length.*fit: \{min"):
        fitted(Setup(script({"pause": "10 s"})), 20_000)
    with pytest.raises(UnfitError, match=r"can take 4:00 to 20:00; 3:59 is outside"):
        fit(239_000, *MIXED, limits={"min": "4 min", "max": "20 min"})
    named = {"min": "4 min", "max": "{most} min"}
    assert fit(600_000, *MIXED, limits=named, variables={"most": {"default": 10}}).total_ms == 600_000


def test_limits_are_those_of_author_and_script() -> None:
    def of(least: str, most: str, *steps: dict[str, Any]) -> tuple[int, int, int, bool]:
        found = limits(Setup(script(*steps, fit={"min": least, "max": most})))
        assert found is not None
        return found.least_ms, found.most_ms, found.written_ms, found.open

    assert limits(Setup(script(*MIXED))) is None
    assert of("1 min", "9 min", {"pause": "5 min"}) == (120_000, 540_000, 300_000, False)
    assert of("3 min", "9 min", {"pause": "5 min"}, {"rate": {"id": "a", "ask": "?"}}) == (
        180_000,
        540_000,
        300_000,
        True,
    )
    assert of("1 min", "9 min", {"pause": "5 min", "stretch": 0}) == (300_000, 300_000, 300_000, False)
    assert of("1 min", "2 min", {"pause": "10 min"}) == (240_000, 240_000, 600_000, False)


def test_what_an_answer_decides_is_not_counted_but_changes_alike() -> None:
    steps = (
        {"pause": "60 s"},
        {"rate": {"id": "now", "ask": "?", "required": True}},
        {"if": "now > 50", "pause": "40 s"},
        {"pause": "{now} s"},
        {
            "choose": {
                "ask": "?",
                "id": "way",
                "options": [{"label": "A", "steps": [{"pause": "20 s"}]}, {"label": "B"}],
            }
        },
        {"pause": "60 s"},
    )
    found = fit(240_000, *steps)
    assert found.total_ms == 240_000 and "comes on top" in found.words
    (first, _, second, _, third) = played(found, {"now": 80, "way": "A"}).placed
    assert first.length_ms == 120_000
    assert list(lengths(second.segment).values()) == [80_000, 160_000]
    assert list(lengths(third.segment).values()) == [40_000, 120_000]


def played(found: Fitted, answers: dict[str, Any]) -> Timeline:
    timeline, cursor = Timeline(), begin(found.setup)
    while True:
        timeline, cursors = extend(found.setup, timeline, cursor, answers)
        if timeline.complete:
            return timeline
        timeline, cursor = timeline.closed(0), cursors[-1]


class Slow:
    """A voice that takes twice as long as was guessed."""

    def length(self, line: Line) -> Length:
        return Length(9000, False)

    def speaks(self, voice: str, language: str) -> bool:
        return True


def test_real_lines_are_made_up_for_by_what_has_not_begun() -> None:
    steps = ({"say": "A line.", "pause": "20 s"}, {"pause": "20 s"}, {"say": "Another line.", "pause": "20 s"})
    before = fit(120_000, *steps).setup
    after = refit(replace(before, speech=Slow()), {"steps[0].say"})
    spans = {s.step: s for s in compile_timeline(after).placed[0].segment.spans}
    old = {s.step: s for s in compile_timeline(before).placed[0].segment.spans}
    silence = (old["steps[0].say"].length_ms or 0) - 1200
    assert spans["steps[0].say"].length_ms == 9000 + silence, "what has begun keeps its silence"
    assert compile_timeline(after).total_ms == 120_000
    unfitted = Setup(script(*steps))
    assert refit(unfitted, ()) is unfitted


DURATION = st.integers(1, 2400).map(lambda t: t / 10)
WEIGHT = st.sampled_from([0, 0.3, 1, 1, 1, 2, 10])
STEP = st.one_of(
    st.builds(lambda d, w: {"pause": d, "stretch": w}, DURATION, WEIGHT),
    st.builds(lambda d, w: {"sit": {"for": d, "warm_up": 3}, "stretch": w}, DURATION, WEIGHT),
    st.builds(lambda d, w: {"say": "A line of words.", "pause": d, "stretch": w}, DURATION, WEIGHT),
    st.just({"say": "A line with no silence after it."}),
    st.just({"bell": {"strokes": 3}}),
    st.builds(
        lambda a, b, n, w: {"breathe": {"pattern": {"inhale": a / 10, "exhale": b / 10}, "cycles": n}, "stretch": w},
        st.integers(20, 60),
        st.integers(20, 80),
        st.integers(1, 40),
        WEIGHT,
    ),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(STEP, min_size=1, max_size=12), st.lists(st.integers(5_000, 3_600_000), min_size=2, max_size=3))
def test_whatever_the_script(steps: list[dict[str, Any]], wants: list[int]) -> None:
    made = Setup(script(*steps, fit=ANY))
    written = lengths(compile_timeline(made).placed[0].segment)
    quiet = any(s.get("stretch", 1) > 0 and ("pause" in s or "sit" in s) for s in steps)
    shortest = fitted(made, 1000).total_ms
    totals = []
    for wanted in sorted(wants):
        found = fitted(made, wanted)
        totals.append(found.total_ms)
        if quiet:
            assert found.total_ms == max(wanted, shortest), "a silence makes it exact"
        assert (found.why == "") == (found.total_ms == wanted)
        segment = whole(found)
        for path, ms in lengths(segment).items():
            i = int(path[6:].split("]")[0])
            step, was = steps[i], written[path]
            if not step.get("stretch", 1) or "bell" in step or list(step) == ["say"]:
                assert ms == was
            elif "breathe" in step:
                assert ms % (was // step["breathe"]["cycles"]) == 0
                assert ms >= min(was, LEAST_SHARE * was)
            else:
                silence = round(1000 * (step["pause"] if "pause" in step else step["sit"]["for"]))
                assert ms - (was - silence) >= min(silence, max(LEAST_SHARE * silence, LEAST_SILENCE_MS))
        cycles = {c.step: (c.cycle, c.cycles) for c in segment.cues if isinstance(c, PhaseCue)}
        assert all(last == of for last, of in cycles.values())
    assert totals == sorted(totals), "who wants more gets no less"


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(DURATION, WEIGHT), min_size=1, max_size=10).filter(lambda p: any(w for _, w in p)),
    st.integers(1_000, 3_600_000),
    st.integers(0, 600_000),
)
def test_every_silence_grows_with_the_whole(parts: list[tuple[float, float]], wanted: int, more: int) -> None:
    made = Setup(script(*({"pause": d, "stretch": w} for d, w in parts), fit=ANY))
    a, b = (lengths(whole(fitted(made, w))).values() for w in (wanted, wanted + more))
    assert all(y >= x - 1 for x, y in zip(a, b, strict=True))


@pytest.mark.parametrize(("sound", "ring"), [("bowl", 6000), ("gong", 8000), ("chime", 4000), ("wood", 1000)])
def test_a_bell_keeps_its_ring_before_the_words(sound: str, ring: int) -> None:
    """The silence after a bell is shortened to what it rings on for, and the rest is taken from the others."""
    steps = ({"bell": sound}, {"pause": f"{ring / 1000 + 1} s"}, {"say": "Now."}, {"pause": "5 min"})
    found = fit(130_000, *steps)
    after = lengths(whole(found))["steps[1].pause"]
    assert after == ring
    assert found.total_ms == 130_000


def test_a_ring_is_kept_over_a_new_background_and_never_made_longer_than_it_was_written() -> None:
    over = ({"bell": "bowl"}, {"sound": "rain"}, {"pause": "9 s"}, {"pause": "5 min"})
    assert lengths(whole(fit(130_000, *over)))["steps[2].pause"] == 6000
    short = ({"bell": "bowl"}, {"pause": "2 s"}, {"say": "Now."}, {"pause": "5 min"})
    assert lengths(whole(fit(130_000, *short)))["steps[1].pause"] == 2000
    none = ({"say": "One."}, {"pause": "10 s"}, {"pause": "5 min"})
    assert lengths(whole(fit(130_000, *none)))["steps[1].pause"] < 6000
