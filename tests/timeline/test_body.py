"""Scan, relax, move and ground: what is said and when, what is held, and that every length is what it says it is."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mindful.script import regions
from mindful.script.model import Script
from mindful.timeline import body_words as words
from mindful.timeline.compile import compile_timeline, extend
from mindful.timeline.fit import fitted
from mindful.timeline.lookup import part_at, places_of
from mindful.timeline.model import BellCue, CaptionCue, FindPrompt, PhaseCue, SayCue, Segment, StepSpan, Timeline
from mindful.timeline.outline import outline
from mindful.timeline.speech import Length, Line
from mindful.timeline.unfold import Setup, begin
from tests.making import script


def only(s: Script, **of: Any) -> Segment:
    (placed,) = compile_timeline(Setup(s, **of)).placed
    return placed.segment


def span(segment: Segment) -> StepSpan:
    (found,) = [s for s in segment.spans if s.parts]
    return found


def said(segment: Segment) -> list[str]:
    return [c.text for c in segment.cues if isinstance(c, SayCue) and c.manner == "guide"]


class Slow:
    """A voice that takes two seconds for every word."""

    def length(self, line: Line) -> Length:
        return Length(2000 * len(line.text.split()), estimated=False)

    def speaks(self, voice: str, language: str) -> bool:
        return True


class TestScan:
    def test_a_whole_body_from_the_feet_and_from_the_head(self) -> None:
        up, down = (span(only(script({"scan": {"from": start}}))) for start in ("feet", "head"))
        names = [p.name for p in up.parts]
        assert names[0] == "the left foot" and names[-1] == "the whole body" and 8 <= len(names) <= 14
        assert [p.name for p in down.parts] == [*reversed(names[:-1]), names[-1]]

    def test_names_are_read_in_any_spelling_and_sentences_stand_as_they_are(self) -> None:
        own = ["left-foot", "Right hand", "the place where the chair carries you", "Rest with your hands."]
        segment = only(script({"scan": {"regions": own, "text": "Now {region}, softly."}}))
        assert said(segment) == [
            "Now the left foot, softly.",
            "Now the right hand, softly.",
            "Now the place where the chair carries you, softly.",
            "Rest with your hands.",
        ]

    def test_without_words_of_the_author_no_form_comes_twice_in_a_row(self) -> None:
        lines = said(only(script({"scan": {"regions": ["hands"] * 30}})))
        assert all(a != b for a, b in itertools.pairwise(lines))
        assert len(set(lines)) == len(words.SCAN_FORMS)

    def test_each_region_has_its_whole_silence_however_slow_the_voice(self) -> None:
        for speech in ({}, {"speech": Slow()}):
            segment = only(script({"scan": {"each": "20 s", "regions": ["hands", "feet"]}}), **speech)
            says = [c for c in segment.cues if isinstance(c, SayCue)]
            ends = [p.start_ms + p.length_ms for p in span(segment).parts]
            assert [end - c.at_ms - c.length_ms for c, end in zip(says, ends, strict=True)] == [20_000, 20_000]

    def test_words_of_another_language_are_said_in_it(self) -> None:
        s = script(
            {"scan": {"regions": [{"de": "die Füße"}], "text": {"de": "Und nun {region}."}}},
            language="de",
            title={"de": "Körper"},
        )
        (cue,) = (c for c in only(s).cues if isinstance(c, SayCue))
        assert (cue.text, cue.language) == ("Und nun die Füße.", "de")

    def test_a_pause_in_the_authors_words_stays(self) -> None:
        segment = only(script({"scan": {"regions": ["hands"], "each": 5, "text": "Now {region}. [pause 3 s] Rest."}}))
        first, second = (c for c in segment.cues if isinstance(c, SayCue))
        assert second.at_ms == first.at_ms + first.length_ms + 3000


class TestRelax:
    @pytest.mark.parametrize(("groups", "count"), [(16, 16), (7, 7), (4, 4), (["right-hand", "the feet"], 2)])
    def test_its_groups_one_after_another(self, groups: Any, count: int) -> None:
        parts = span(only(script({"relax": {"groups": groups}}))).parts
        assert len(parts) == count
        assert all(len(p.held) == 1 for p in parts)

    def test_tension_is_told_before_and_lies_between_two_clear_words_and_two_soft_sounds(self) -> None:
        segment = only(script({"relax": {"groups": ["right-hand"], "tense": "7 s", "release": "30 s"}}))
        (part,) = span(segment).parts
        ((a, b),) = part.held
        assert b - a == 7000
        first, how, tense, let_go = [c for c in segment.cues if isinstance(c, SayCue)]
        assert "comfortable" in first.text and "hurts" in first.text
        assert "make a fist" in how.text and how.at_ms + how.length_ms < tense.at_ms
        assert (tense.text, tense.at_ms + tense.length_ms) == (words.TENSE, a)
        assert let_go.at_ms == b and let_go.text.startswith("And let go.")
        bells = [c for c in segment.cues if isinstance(c, BellCue)]
        assert [c.at_ms for c in bells] == [a, b] and all(c.sign and c.level_db < 0 for c in bells)
        assert segment.length_ms == let_go.at_ms + let_go.length_ms + 30_000

    def test_two_rounds_are_two_tensions_of_one_part(self) -> None:
        parts = span(only(script({"relax": {"groups": 4, "rounds": 2}}))).parts
        assert len(parts) == 4 and all(len(p.held) == 2 for p in parts)

    def test_recall_tenses_nothing(self) -> None:
        segment = only(script({"relax": {"groups": 7, "recall": True, "rounds": 2}}))
        assert not any(p.held for p in span(segment).parts)
        assert not any(isinstance(c, BellCue) for c in segment.cues)
        assert not any("tense" in line.casefold().split() for line in said(segment))

    def test_an_authors_sentence_is_the_instruction(self) -> None:
        lines = said(only(script({"relax": {"groups": ["Press your feet to the floor.", "the calves"]}})))
        assert "Press your feet to the floor." in lines
        assert any(line.startswith(("Both calves.", "The calves.")) for line in lines)


class TestMove:
    def test_a_hold_is_silence_after_the_words(self) -> None:
        segment = only(script({"move": {"poses": [{"say": "Lift both arms.", "hold": "10 s"}]}}))
        (part,) = span(segment).parts
        (cue,) = (c for c in segment.cues if isinstance(c, SayCue))
        assert part.held == ((cue.length_ms, cue.length_ms + 10_000),) and segment.length_ms == cue.length_ms + 10_000

    def test_both_sides_are_held_alike(self) -> None:
        segment = only(script({"move": {"poses": [{"say": "Lean over.", "hold": "8 s", "sides": "both"}]}}))
        (part,) = span(segment).parts
        assert [b - a for a, b in part.held] == [8000, 8000]
        assert said(segment) == ["Lean over.", words.OTHER_SIDE]

    def test_breaths_are_paced_softly_and_counted_on(self) -> None:
        poses = [{"say": "Lean over.", "breaths": 2, "sides": "both"}, {"say": "Turn.", "breaths": 3}]
        segment = only(script({"move": {"poses": poses}}))
        phases = [c for c in segment.cues if isinstance(c, PhaseCue)]
        assert [c.cycle for c in phases[::2]] == [1, 2, 3, 4, 5, 6, 7]
        assert {c.length_ms for c in phases} == {4000, 6000} and {c.cycles for c in phases} == {7}
        assert all(c.tones and c.level_db < 0 for c in phases)
        held = [h for p in span(segment).parts for h in p.held]
        assert all(any(a <= c.at_ms < b for a, b in held) for c in phases)
        assert not any(a.at_ms + a.length_ms > b.at_ms for a, b in itertools.pairwise(phases))

    def test_breaths_are_spoken_where_cues_are(self) -> None:
        segment = only(script({"move": {"poses": [{"say": "Turn.", "breaths": 1}]}}, settings={"cues": "voice"}))
        assert next(c.text for c in segment.cues if isinstance(c, SayCue) and c.manner == "cue") == "Breathe in"
        assert not any(c.tones for c in segment.cues if isinstance(c, PhaseCue))


class TestGround:
    def test_by_key_each_sense_is_an_open_step_of_its_own(self) -> None:
        setup = Setup(script({"ground": {"senses": {"hear": 3, "see": 1}}}, {"say": "Thank you."}))
        timeline, cursors = extend(setup, Timeline(), begin(setup), {})
        found = []
        while not timeline.complete:
            segment = timeline.placed[-1].segment
            assert isinstance(segment.prompt, FindPrompt) and segment.open
            found.append((segment.prompt.sense, segment.prompt.things, segment.spans[0].label, segment.step))
            timeline, cursors = extend(setup, timeline.closed(4000), cursors[-1], {})
        assert found == [
            ("hear", 3, "Three things to hear", "steps[0].ground"),
            ("see", 1, "One thing to see", "steps[0].ground"),
        ]
        assert said(timeline.placed[-1].segment) == ["Thank you."]

    def test_a_label_of_the_author_names_every_sense(self) -> None:
        setup = Setup(script({"ground": {}, "label": "Look around"}))
        assert {s.label for seg in outline(setup).segments for s in seg.spans} == {"Look around"}

    def test_it_waits_for_nobody_where_it_is_timed(self) -> None:
        segment = only(script({"ground": {"advance": "timed", "each": "15 s"}}))
        assert not segment.open and len(span(segment).parts) == 5

    def test_one_thing_is_no_things(self) -> None:
        for sense in words.SENSES:
            assert "things" not in words.sense(sense, 1) and "three things" in words.sense(sense, 3)

    def test_a_condition_is_asked_once_not_before_every_sense(self) -> None:
        s = script({"rate": {"id": "now", "ask": "?", "scale": "suds"}}, {"ground": {}, "if": "now > 50"})
        setup = Setup(s)
        timeline, cursors = extend(setup, Timeline(), begin(setup), {})
        timeline, cursors = extend(setup, timeline.closed(1000), cursors[-1], {"now": 60})
        timeline, _ = extend(setup, timeline.closed(1000), cursors[-1], {"now": 10})
        assert [p.segment.kind for p in timeline.placed] == ["rate", "ground", "ground"]


REGION = st.sampled_from(["left-foot", "hands", "whole-body", "the air on the skin", "Rest here. Take your time."])
LONG = st.integers(1, 90).map(lambda n: f"{n} s")
POSE = st.fixed_dictionaries(
    {"say": st.sampled_from(["Lift both arms.", "Turn. [pause 2 s] And back."])},
    optional={"hold": LONG, "breaths": st.integers(1, 5), "sides": st.sampled_from(["both", "left", "right"])},
)
STEP = st.one_of(
    st.builds(lambda r, e, f: {"scan": {"regions": r, "each": e, "from": f}}, st.lists(REGION, max_size=9), LONG, st.sampled_from(["feet", "head"])),
    st.builds(
        lambda g, t, r, n, back: {"relax": {"groups": g, "tense": t, "release": r, "rounds": n, "recall": back}},
        st.one_of(st.sampled_from([16, 7, 4]), st.lists(REGION, min_size=1, max_size=5)), st.integers(1, 15), LONG, st.integers(1, 2), st.booleans(),
    ),
    st.builds(lambda p: {"move": {"poses": p}}, st.lists(POSE, min_size=1, max_size=5)),
    st.builds(
        lambda s, e: {"ground": {"advance": "timed", "senses": s, "each": e}},
        st.dictionaries(st.sampled_from(["see", "touch", "hear", "smell", "taste"]), st.integers(1, 20), min_size=1), LONG,
    ),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(step=STEP, slow=st.booleans())
def test_parts_fill_their_step_and_everything_lies_within_them(step: dict[str, Any], slow: bool) -> None:
    segment = only(script(step), **({"speech": Slow()} if slow else {}))
    found = span(segment)
    assert found.start_ms == 0 and found.length_ms == segment.length_ms
    at = 0
    for part in found.parts:
        assert part.start_ms == at
        at += part.length_ms
        assert all(part.start_ms <= a < b <= at for a, b in part.held)
    assert at == segment.length_ms
    lines = [c for c in segment.cues if isinstance(c, SayCue) and c.manner == "guide"]
    assert all(a.at_ms + a.length_ms <= b.at_ms for a, b in itertools.pairwise(lines))
    assert all(c.at_ms + c.length_ms <= at for c in (*lines, *(c for c in segment.cues if isinstance(c, CaptionCue))))
    held = [h for p in found.parts for h in p.held]
    assert not any(a < c.at_ms + c.length_ms and c.at_ms < b for c in lines for a, b in held), (
        "nobody talks into a hold"
    )
    assert list(segment.cues) == sorted(segment.cues, key=lambda c: c.at_ms)


@settings(max_examples=40, deadline=None)
@given(first=STEP, second=STEP, share=st.floats(0.75, 2.5))
def test_a_fitted_session_takes_exactly_its_time_and_nothing_held_changes(
    first: dict[str, Any], second: dict[str, Any], share: float
) -> None:
    s = script(first, {"pause": "20 s"}, second, fit={"min": "1 s", "max": "4 h"})
    written = compile_timeline(Setup(s)).total_ms or 0
    wanted = min(round(written * share / 1000) * 1000, 4 * 3_600_000)
    result = fitted(Setup(s), wanted)
    timeline = compile_timeline(result.setup)
    assert timeline.total_ms == result.total_ms == outline(result.setup).total_ms
    assert result.why or timeline.total_ms == wanted
    holds = [
        [[b - a for a, b in p.held] for sp in t.placed[0].segment.spans for p in sp.parts]
        for t in (compile_timeline(Setup(s)), timeline)
    ]
    assert holds[0] == holds[1]


def test_a_scan_is_stretched_evenly_and_to_the_millisecond() -> None:
    s = script({"scan": {"each": "20 s", "regions": ["hands", "feet", "face"]}}, fit={"min": "30 s", "max": "1 h"})
    segment = only(s, stretch=fitted(Setup(s), 100_001).setup.stretch)
    assert segment.length_ms == 100_001
    says = [c for c in segment.cues if isinstance(c, SayCue)]
    quiet = [p.start_ms + p.length_ms - c.at_ms - c.length_ms for c, p in zip(says, span(segment).parts, strict=True)]
    assert max(quiet) - min(quiet) <= 1


def test_what_has_been_played_of_a_scan_stays_when_more_becomes_known() -> None:
    """Lines are said while it runs: a later line that turns out longer must not move an earlier region."""
    s = script({"scan": {"regions": ["hands", "feet", "face"]}}, fit={"min": "30 s", "max": "1 h"})
    stretch = fitted(Setup(s), 240_000).setup.stretch

    class Knows(Slow):
        def length(self, line: Line) -> Length:
            return Length(9000, estimated=False) if "face" in line.text else Length(3000)

    before, after = (span(only(s, stretch=stretch, **more)).parts for more in ({}, {"speech": Knows()}))
    assert [p.length_ms for p in after[:2]] != [0, 0]
    quiet = [p.length_ms - 3000 for p in after[:2]]
    assert len(set(quiet)) == 1
    assert quiet[0] == before[0].length_ms - next(
        c.length_ms for c in only(s, stretch=stretch).cues if isinstance(c, SayCue)
    )


def test_places_to_go_back_to_are_the_parts() -> None:
    timeline = compile_timeline(Setup(script({"scan": {"regions": ["hands", "feet"]}}, {"pause": "9 s"})))
    starts = [at for at, _, _ in places_of(timeline)]
    assert len(starts) == 3 and starts == sorted(set(starts))
    found = span(timeline.placed[0].segment)
    assert part_at(found, starts[1]) == (1, found.parts[1])
    assert part_at(found, starts[1] - 1) == (0, found.parts[0])


def test_every_name_that_is_used_is_known() -> None:
    assert set(regions.WHOLE_BODY) <= set(regions.REGIONS)
    own = {"hands", "shoulders", "feet"}  # for lists of an author's own
    assert {n for names in regions.GROUPS.values() for n in names} | own == set(regions.MUSCLES)
    assert {count: len(names) for count, names in regions.GROUPS.items()} == {16: 16, 7: 7, 4: 4}
    assert all(n == regions.name_of(n) for n in (*regions.REGIONS, *regions.MUSCLES))
