"""Every session becomes one closed timeline, whatever it asks."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mindful import assets
from mindful.render.plan import (
    AFTER_BELL_MS,
    BETWEEN_MS,
    CHOSEN_MS,
    LONGEST_MS,
    Plan,
    PlanError,
    Policy,
    plan,
    whole_cycles,
)
from mindful.script.model import Script
from mindful.timeline.compile import compile_timeline
from mindful.timeline.model import BellCue, CaptionCue, PhaseCue, SayCue, Segment
from mindful.timeline.unfold import Setup
from tests.bundled import bundled
from tests.making import script


def made(
    *steps: dict[str, Any], policy: Policy | None = None, variables: dict[str, Any] | None = None, **head: Any
) -> Plan:
    return plan(Setup(script(*steps, **head), variables or {}), policy or Policy())


def said(found: Plan) -> list[tuple[int, str]]:
    return [
        (p.start_ms + c.at_ms, c.text) for p in found.timeline.placed for c in p.segment.cues if isinstance(c, SayCue)
    ]


def only(found: Plan, kind: type[Any]) -> list[tuple[int, Any]]:
    return [(p.start_ms + c.at_ms, c) for p in found.timeline.placed for c in p.segment.cues if isinstance(c, kind)]


RATE = {"rate": {"id": "now", "ask": "How is it now?", "scale": {"min": 0, "max": 10}}}


class TestQuestions:
    def test_a_question_is_asked_and_then_left_a_silence(self) -> None:
        found = made(RATE, policy=Policy(open_ms=7000))
        (first, words), (second, ends) = said(found)
        assert (first, words, ends) == (0, "How is it now?", "From 0 to 10.")
        lengths = [c.length_ms for _, c in only(found, SayCue)]
        assert second == lengths[0] + BETWEEN_MS
        assert found.total_ms == second + lengths[1] + 7000
        assert "".join(c.text for _, c in only(found, CaptionCue)) == words + ends

    def test_silent_prompts_take_the_silence_alone(self) -> None:
        found = made(RATE, policy=Policy(open_ms=7000, prompts="silent"))
        assert (said(found), found.total_ms) == ([], 7000)

    def test_a_bell_before_a_question_is_heard_before_its_words(self) -> None:
        found = made({"pause": "5 s"}, {"bell": "bowl"}, RATE)
        ((bell, _),) = only(found, BellCue)
        assert bell == 5000
        assert said(found)[0][0] == 5000 + AFTER_BELL_MS

    def test_the_voice_and_pace_are_those_of_the_script(self) -> None:
        found = made(RATE, settings={"voice": "somebody", "rate": 90}, language="de")
        assert [(c.voice, c.wpm, c.language) for _, c in only(found, SayCue)] == [("somebody", 90, "de")]

    def test_an_answer_decides_what_comes_and_is_said(self) -> None:
        steps = (RATE, {"if": "now >= 5", "say": "It was {now}."}, {"if": "now < 5", "say": "Low."})
        assert said(made(*steps, policy=Policy(answers={"now": "7"})))[-1][1] == "It was 7."
        assert said(made(*steps, policy=Policy(answers={"now": "2"})))[-1][1] == "Low."

    def test_what_is_left_open_and_what_nobody_asked_is_told(self) -> None:
        found = made(RATE, {"wait": "Go on when you like."}, policy=Policy(answers={"nope": "1"}))
        assert found.left_open == ("now",)
        assert found.unused == ("nope",)
        assert "now" not in found.values
        assert made(RATE, policy=Policy(answers={"now": "3"})).values["now"] == 3

    def test_an_answer_that_does_not_fit_is_refused_with_its_question(self) -> None:
        with pytest.raises(PlanError, match=r"now, “How is it now\?”, does not fit. A number from 0 to 10."):
            made(RATE, policy=Policy(answers={"now": "11"}))

    def test_a_required_question_may_be_left_open_too(self) -> None:
        assert made({"rate": {"id": "now", "ask": "Now?", "required": True}}).left_open == ("now",)

    def test_wait_takes_at_most_where_it_is_given(self) -> None:
        silent = Policy(prompts="silent")
        assert made({"wait": {"text": "Hold.", "at_most": "45 s"}}, policy=silent).total_ms == 45_000
        assert made({"wait": "Go on."}, policy=silent).total_ms == 20_000

    def test_a_page_is_read_out_without_its_markup(self) -> None:
        text = "# Why\n\nA *long* breath,\nand [more](http://example.org).\n\n- one\n- two"
        found = made({"learn": {"title": "Breath", "text": text}})
        assert [t for _, t in said(found)] == ["Breath", "Why", "A long breath, and more.", "one", "two"]

    def test_options_are_read_out(self) -> None:
        found = made({"ask": {"id": "a", "text": "Which?", "answer": "choice", "options": ["this", "that"]}})
        assert [t for _, t in said(found)] == ["Which?", "this, that."]


class TestChoices:
    CHOOSE = {
        "choose": {
            "ask": "How?",
            "options": [
                {"label": "One", "steps": [{"say": "First."}]},
                {"label": "Two", "steps": [{"say": "Second."}]},
            ],
        }
    }

    def test_the_first_option_is_taken_and_told(self) -> None:
        found = made(self.CHOOSE)
        assert [t for _, t in said(found)] == ["First."]
        assert said(found)[0][0] == CHOSEN_MS
        assert found.chosen == (("steps[0].choose", "How?", "One"),)

    @pytest.mark.parametrize("answer", ["2", "Two", "two"])
    def test_an_answer_chooses_by_number_or_words(self, answer: str) -> None:
        found = made(self.CHOOSE, policy=Policy(answers={"steps[0].choose": answer}))
        assert [t for _, t in said(found)] == ["Second."]
        assert found.chosen == ()


class TestOpenTime:
    def test_open_breathing_ends_with_the_whole_cycle_nearest(self) -> None:
        found = made(
            {"breathe": {"pattern": {"inhale": 4, "exhale": 6}, "until": "key"}}, policy=Policy(breath_ms=64_000)
        )
        assert found.total_ms == 60_000
        phases = [c for _, c in only(found, PhaseCue)]
        assert len(phases) == 12
        assert phases[-1].at_ms + phases[-1].length_ms == 60_000
        assert [c.cycle for c in phases[::2]] == [1, 2, 3, 4, 5, 6]
        assert said(found) == []

    def test_at_least_one_cycle_and_whole_ones_within_a_ramp(self) -> None:
        ramp = {"pattern": {"inhale": 4, "exhale": 6}, "until": "key", "ramp": {"from": 12, "to": 6, "over": "3 min"}}
        for wanted in (1, 20_000, 100_000, 180_000, 400_000):
            found = made({"breathe": ramp}, policy=Policy(breath_ms=wanted))
            phases = [c for _, c in only(found, PhaseCue)]
            assert phases[-1].at_ms + phases[-1].length_ms == found.total_ms
            assert phases[-1].phase == "exhale"
            assert abs(found.total_ms - wanted) <= 5_000 or len(phases) == 2

    def test_whole_cycles_is_the_nearest_of_all_ends(self) -> None:
        segment: Segment = (
            compile_timeline(Setup(script({"breathe": {"pattern": {"inhale": 4, "exhale": 6}, "until": "key"}})))
            .placed[0]
            .segment
        )
        assert [whole_cycles(segment, ms) for ms in (1, 14_000, 15_000, 15_001, 99_999)] == [
            10_000, 10_000, 10_000, 20_000, 100_000,
        ]  # fmt: skip

    def test_an_open_sit_has_its_bells_and_then_ends(self) -> None:
        found = made({"sit": {"open": True, "bells": {"every": "1 min"}}}, policy=Policy(breath_ms=150_000))
        assert found.total_ms == 150_000
        assert [at for at, _ in only(found, BellCue)] == [60_000, 120_000]


class TestEnds:
    def test_what_would_be_longer_than_six_hours_is_refused(self) -> None:
        with pytest.raises(PlanError, match="six hours"):
            made({"repeat": {"times": 10, "steps": [{"sit": "1 h"}]}})

    def test_repeats_that_never_come_true_end(self) -> None:
        found = made(
            {"repeat": {"until": "now > 100", "at_most": 50, "steps": [RATE]}},
            policy=Policy(open_ms=1000, prompts="silent"),
        )
        assert len(found.timeline.placed) == 50
        assert found.total_ms == 50_000

    def test_a_condition_without_its_answer_comes_to_an_end(self) -> None:
        steps = {
            "repeat": {
                "times": 1000,
                "steps": [{"repeat": {"times": 1000, "steps": [{"if": "now > 1", "say": "No."}]}}],
            }
        }
        assert made(RATE, steps).timeline.complete


LEAVES = st.sampled_from(
    [
        {"say": "Sit down. [pause 2 s] And rest."},
        {"pause": "3 s"},
        {"pause": 0},
        {"bell": {"sound": "bowl", "strokes": 3}},
        {"sound": "rain"},
        {"breathe": {"pattern": {"inhale": 4, "hold": 2, "exhale": 6}, "cycles": 2}},
        {"breathe": {"pattern": "alternate-nostril", "until": "key"}},
        {"breathe": {"pattern": "coherent", "until": "key", "speak": "first 2"}},
        {"sit": {"for": "20 s", "bells": {"at": ["5 s"], "sound": "chime"}}},
        {"sit": {"open": True, "bells": {"every": "40 s", "strokes": 2}}},
        {"wait": {"text": "Hold. [pause 1 s] And on.", "at_most": "9 s"}},
        {"wait": "When you like."},
        {"learn": {"text": "# A\n\nb c"}},
    ]
)


@st.composite
def scripts(draw: st.DrawFn) -> Script:
    names = iter(range(10_000))

    def question(kind: int) -> dict[str, Any]:
        name = f"a{next(names)}"
        if kind == 0:
            return {"rate": {"id": name, "ask": "How much?", "scale": "suds"}}
        return {"ask": {"id": name, "text": "Well?", "answer": "yes-no"}}

    def steps(depth: int) -> list[dict[str, Any]]:
        out: list[dict[str, Any]] = []
        for _ in range(draw(st.integers(1, 4))):
            kind = draw(st.integers(0, 5 if depth else 3))
            if kind <= 1:
                out.append(dict(draw(LEAVES)))
            elif kind <= 3:
                out.append(question(kind - 2))
            elif kind == 4:
                out.append({"repeat": {"times": draw(st.integers(1, 3)), "steps": steps(depth - 1)}})
            else:
                options = [{"label": f"o{k}", "steps": steps(depth - 1)} for k in range(2)]
                out.append({"choose": {"ask": "Which?", "options": options}})
        return out

    return script(*steps(2))


@given(
    scripts(),
    st.builds(
        Policy,
        open_ms=st.integers(1, 60_000),
        breath_ms=st.integers(1, 300_000),
        prompts=st.sampled_from(["spoken", "silent"]),
    ),
)
@settings(max_examples=150, deadline=None)
def test_whatever_is_written_becomes_one_closed_timeline(made_up: Script, policy: Policy) -> None:
    found = plan(Setup(made_up), policy)
    timeline = found.timeline
    assert timeline.complete
    at = 0
    for p in timeline.placed:
        segment = p.segment
        assert (p.start_ms, p.length_ms, segment.length_ms) == (at, segment.length_ms, p.length_ms)
        assert not segment.open and segment.loop is None
        assert segment.length_ms is not None and segment.length_ms >= 0
        last = p is timeline.placed[-1]
        assert all(0 <= c.at_ms < segment.length_ms + last for c in segment.cues)
        assert all(a.at_ms <= b.at_ms for a, b in pairwise(segment.cues))
        assert all(s.length_ms is not None and s.start_ms + s.length_ms <= segment.length_ms for s in segment.spans)
        phases = [c for c in segment.cues if isinstance(c, PhaseCue)]
        assert all(c.at_ms + c.length_ms <= segment.length_ms for c in phases)
        at += segment.length_ms
    assert found.total_ms == at <= LONGEST_MS
    assert list(timeline.cues_between(0, at + 1)) == [
        (p.start_ms + c.at_ms, c) for p in timeline.placed for c in p.segment.cues
    ]
    assert plan(Setup(made_up), policy) == found


@pytest.mark.parametrize("name", sorted(assets.session_files()))
def test_bundled_sessions_are_as_long_as_ever_apart_from_their_questions(name: str) -> None:
    loaded = bundled(name)
    found = plan(Setup(loaded), Policy())
    asked = sum(p.length_ms or 0 for p in found.timeline.placed if p.segment.prompt is not None)
    again = plan(Setup(loaded), Policy(open_ms=1, prompts="silent"))
    quick = sum(p.length_ms or 0 for p in again.timeline.placed if p.segment.prompt is not None)
    assert found.total_ms - asked == again.total_ms - quick
    if not asked:
        assert found.timeline.placed[0].segment == compile_timeline(Setup(loaded)).placed[0].segment
