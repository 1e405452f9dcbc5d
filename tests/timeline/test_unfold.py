"""What each kind becomes, and how branches open as answers come."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mindful.script.model import Script
from mindful.timeline.compile import compile_timeline, extend
from mindful.timeline.model import (
    AskPrompt,
    BellCue,
    CaptionCue,
    ChoosePrompt,
    KeyPrompt,
    LearnPrompt,
    PhaseCue,
    Placed,
    RatePrompt,
    SayCue,
    SoundCue,
    Timeline,
)
from mindful.timeline.outline import outline
from mindful.timeline.unfold import Setup, begin
from tests.making import script


def play(s: Script, answers: dict[str, Any] | None = None, seed: int = 0, **variables: Any) -> list[Placed]:
    """All segments of a session in which each open step takes a second and `answers` are given."""
    setup = Setup(s, variables, seed=seed)
    given: dict[str, Any] = {}
    timeline, cursors = extend(setup, Timeline(), begin(setup), given)
    while not timeline.complete:
        last = timeline.placed[-1].segment
        assert last.prompt is not None
        key = last.prompt.id or last.step
        given[key] = (answers or {}).get(key)
        timeline, cursors = extend(setup, timeline.closed(1000), cursors[-1], given)
    return list(timeline.placed)


def steps(placed: list[Placed]) -> list[str]:
    return [s.step for p in placed for s in p.segment.spans]


def only(s: Script, **variables: Any) -> Any:
    (placed,) = compile_timeline(Setup(s, variables)).placed
    return placed.segment


class TestKinds:
    def test_say_is_spoken_and_captioned_by_sentence(self) -> None:
        seg = only(script({"say": "Sit down. Rest now. [pause 4 s] Good.", "pause": "2 s"}))
        says = [c for c in seg.cues if isinstance(c, SayCue)]
        captions = [c for c in seg.cues if isinstance(c, CaptionCue)]
        assert [c.text for c in says] == ["Sit down. Rest now.", "Good."]
        assert [c.text for c in captions] == ["Sit down.", "Rest now.", "Good."]
        assert all(c.estimated and c.wpm == 110 for c in says)
        assert says[1].at_ms == says[0].length_ms + 4000
        assert seg.length_ms == says[1].at_ms + says[1].length_ms + 2000
        assert sum(c.length_ms for c in captions[:2]) == says[0].length_ms

    def test_say_takes_its_own_pace_and_voice(self) -> None:
        slow, fast = (
            only(script({"say": {"text": "one two three four five six", "pace": p, "voice": "anna"}})).cues[0]
            for p in (90, 180)
        )
        assert slow.length_ms == 2 * fast.length_ms
        assert slow.voice == "anna"

    def test_words_are_filled_in_and_left_open_where_unknown(self) -> None:
        s = script(
            {"rate": {"id": "before", "ask": "Now?"}}, {"say": "From {before}."}, variables={"n": {"default": 1}}
        )
        assert play(s, {"before": 60.0})[1].segment.cues[0].text == "From 60."
        assert play(s, {})[1].segment.cues[0].text == "From …."

    def test_languages_fall_back_to_the_scripts_own(self) -> None:
        s = script({"say": {"en": "Rest.", "de": "Ruhen."}}, language="en")
        said = {lang: compile_timeline(Setup(s, language=lang)).placed[0].segment.cues[0] for lang in ("", "de", "fr")}
        assert {k: c.text for k, c in said.items()} == {"": "Rest.", "de": "Ruhen.", "fr": "Rest."}

    def test_bell_strokes_stand_apart_and_take_their_time(self) -> None:
        seg = only(script({"bell": {"sound": "gong", "strokes": 3, "apart": "5 s", "level": -6}}, {"pause": "1 s"}))
        strokes = [(c.at_ms, c.stroke, c.strokes, c.sound, c.level_db) for c in seg.cues]
        assert strokes == [(0, 1, 3, "gong", -6), (5000, 2, 3, "gong", -6), (10_000, 3, 3, "gong", -6)]
        assert seg.length_ms == 11_000

    def test_no_bell_makes_no_cue(self) -> None:
        assert only(script({"bell": "none"}, {"pause": "1 s"})).cues == ()

    def test_background_of_the_settings_is_there_from_the_start(self) -> None:
        seg = only(script({"pause": "5 s"}, {"sound": "rain"}, {"pause": "5 s"}, settings={"background": "ocean"}))
        assert [(c.at_ms, c.layer) for c in seg.cues if isinstance(c, SoundCue)] == [(0, "ocean"), (5000, "rain")]

    def test_breathe_for_keeps_whole_cycles(self) -> None:
        seg = only(script({"breathe": {"pattern": "box", "for": "60 s"}}))
        assert seg.length_ms == 64_000
        assert {c.cycles for c in seg.cues} == {4}

    def test_breathe_cycles_and_own_patterns(self) -> None:
        s = script({"breathe": {"pattern": "mine", "cycles": 2}}, patterns={"mine": {"inhale": 3, "exhale": 4.5}})
        assert only(s).length_ms == 15_000

    def test_breathe_length_from_a_variable(self) -> None:
        s = script({"breathe": {"pattern": "coherent", "for": "{minutes} min"}}, variables={"minutes": {"default": 5}})
        assert only(s).length_ms == 297_000
        assert only(s, minutes=11).length_ms == 660_000

    def test_a_glide_from_the_clients_own_pace(self) -> None:
        s = script(
            {"ask": {"id": "pace", "text": "Breaths a minute?", "answer": "number"}},
            {"breathe": {"pattern": {"inhale": 4, "exhale": 6}, "ramp": {"from": "{pace}", "to": 6, "over": "3 min"}}},
            variables={"pace": {"default": 10}},
        )
        for pace, want in ((15, 4000), (None, 6000)):
            cues = [c for c in play(s, {"pace": pace})[1].segment.cues if isinstance(c, PhaseCue)]
            first = cues[0].length_ms + cues[1].length_ms
            last = cues[-2].length_ms + cues[-1].length_ms
            assert want < first < want * 1.1
            assert 9200 < last < 10_050

    @pytest.mark.parametrize(("told", "pace"), [(14, 14), (None, 12), ("slow", 12), (45, 20), (0.5, 4)], ids=str)
    def test_a_glide_from_a_pace_that_was_tapped_begins_where_anybody_can_follow(self, told: Any, pace: float) -> None:
        s = script(
            {"ask": {"id": "pace", "text": "?", "answer": "text"}},
            {"breathe": {"pattern": {"inhale": 4, "exhale": 6}, "ramp": {"from": "{pace}", "to": 5, "over": "10 min"}}},
        )
        cues = [c for c in play(s, {"pace": told})[1].segment.cues if isinstance(c, PhaseCue)]
        assert cues[0].length_ms + cues[1].length_ms == pytest.approx(60_000 / pace, rel=0.02)

    def test_limits_of_a_variable_hold_for_the_pace_too(self) -> None:
        s = script(
            {"breathe": {"pattern": {"inhale": 4, "exhale": 6}, "ramp": {"from": "{pace}", "to": 6, "over": "10 min"}}},
            variables={"pace": {"default": 12, "min": 6, "max": 24}},
        )
        for told, pace in ((24, 24), (40, 24), (2, 6)):
            cues = [c for c in only(s, pace=told).cues if isinstance(c, PhaseCue)]
            assert cues[0].length_ms + cues[1].length_ms == pytest.approx(60_000 / pace, rel=0.02)

    def test_a_glide_to_a_pace_that_nobody_told_ends_at_the_patterns_own(self) -> None:
        s = script({"breathe": {"pattern": "box", "for": "3 min", "ramp": {"from": 8, "to": "{pace}"}}})
        last = [c for c in only(s).cues if isinstance(c, PhaseCue)][-4:]
        assert sum(c.length_ms for c in last) == pytest.approx(16_000, rel=0.05)

    @pytest.mark.parametrize(("extra", "seconds"), [({"for": "2 min"}, 120), ({"cycles": 20}, 133)])
    def test_a_ramp_lasts_as_long_as_its_step(self, extra: dict[str, Any], seconds: int) -> None:
        s = script({"breathe": {"pattern": "equal", "ramp": {"from": 12, "to": 6}, **extra}})
        seg = only(s)
        assert abs(seg.length_ms / 1000 - seconds) < 5
        assert 9000 < seg.cues[-1].length_ms * 2 < 10_050

    def test_breathe_until_key_is_open_and_comes_again(self) -> None:
        seg = only(script({"breathe": {"pattern": "box", "until": "key", "speak": "first 2"}}))
        assert seg.open and seg.length_ms is None and isinstance(seg.prompt, KeyPrompt)
        assert seg.loop == (32_000, 48_000) and seg.grain_ms == 16_000
        far = [(t, c.phase, c.cycle, c.speak) for t, c in seg.cues_between(160_000, 176_000)]
        assert far == [
            (160_000, "inhale", 11, False),
            (164_000, "hold", 11, False),
            (168_000, "exhale", 11, False),
            (172_000, "rest", 11, False),
        ]

    @pytest.mark.parametrize(
        ("own", "of_settings", "tones"),
        [(None, "none", False), ("both", "none", True), (None, "tones", True), ("voice", "tones", False)],
    )
    def test_cues_of_the_step_win(self, own: str | None, of_settings: str, tones: bool) -> None:
        body = {"pattern": "box", "cycles": 1} | ({"cues": own} if own else {})
        seg = only(script({"breathe": body}, settings={"cues": of_settings}))
        phases = [c for c in seg.cues if isinstance(c, PhaseCue)]
        assert {c.tones for c in phases} == {tones}
        assert {c.speak for c in phases} == {own in ("voice", "both")}
        assert any(isinstance(c, SayCue) for c in seg.cues) == (own in ("voice", "both"))

    def test_sit_has_its_bells(self) -> None:
        body = {"for": "10 min", "warm_up": "30 s", "bells": {"every": "3 min", "at": ["1 min"], "strokes": 2}}
        seg = only(script({"sit": body}))
        assert seg.length_ms == 630_000
        firsts = [c.at_ms for c in seg.cues if isinstance(c, BellCue) and c.stroke == 1]
        assert firsts == [90_000, 210_000, 390_000, 570_000]
        assert [c.at_ms for c in seg.cues if c.stroke == 2] == [t + 4000 for t in firsts]

    def test_a_sit_rings_at_its_end_only_when_that_was_asked_for(self) -> None:
        every = only(script({"sit": {"for": "9 min", "bells": {"every": "3 min"}}}))
        assert [c.at_ms for c in every.cues] == [180_000, 360_000]
        last = only(script({"sit": {"for": "9 min", "bells": {"at": ["9 min", "10 min"], "strokes": 3}}}))
        assert [c.at_ms for c in last.cues] == [540_000]

    def test_two_sits_have_random_bells_of_their_own(self) -> None:
        sit = {"sit": {"for": "20 min", "bells": {"random": 3}}}
        cues = only(script(sit, sit)).cues
        first, second = ([c.at_ms for c in cues if c.step == f"steps[{k}].sit"] for k in (0, 1))
        assert [t + 1_200_000 for t in first] != second

    def test_an_open_sit_rings_on(self) -> None:
        seg = only(script({"sit": {"open": True, "bells": {"every": "5 min"}}}))
        assert seg.open
        assert [t for t, _ in seg.cues_between(0, 3_600_001)] == [300_000 * k for k in range(1, 13)]

    def test_an_open_sit_rings_a_single_bell_once_with_all_its_strokes(self) -> None:
        bells = {"every": "5 min", "at": ["4:58"], "strokes": 3}
        seg = only(script({"sit": {"open": True, "warm_up": "10 s", "bells": bells}}))
        rung = [t for t, _ in seg.cues_between(0, 1_300_001)]
        single = [308_000 + 4000 * k for k in range(3)]
        assert rung == sorted(single + [10_000 + 300_000 * n + 4000 * k for n in (1, 2, 3, 4) for k in range(3)])

    @pytest.mark.parametrize(("speak", "spoken"), [("never", 0), ("first 2", 2), ("always", 12)])
    def test_open_breathing_is_spoken_for_as_long_as_it_says(self, speak: str, spoken: int) -> None:
        seg = only(script({"breathe": {"pattern": "box", "until": "key", "speak": speak}}))
        cues = list(seg.cues_between(0, 12 * 16_000))
        heard = [c.cycle for _, c in cues if isinstance(c, PhaseCue) and c.phase == "inhale" and c.speak]
        assert heard == list(range(1, spoken + 1))
        said = [at for at, c in cues if isinstance(c, SayCue) and c.text == "Breathe in"]
        assert said == [16_000 * k for k in range(spoken)]

    @given(st.integers(1, 12), st.integers(0, 10_000))
    @settings(max_examples=30)
    def test_random_bells_are_in_the_sit_apart_and_the_same_for_the_same_seed(self, n: int, seed: int) -> None:
        s = script({"sit": {"for": "20 min", "bells": {"random": n}}})
        one, two, other = (
            [c.at_ms for c in compile_timeline(Setup(s, seed=k)).placed[0].segment.cues] for k in (seed, seed, seed + 1)
        )
        assert one == two != other
        assert len(one) == n
        assert all(60_000 <= t <= 1_140_000 for t in one)
        assert all(b - a > 1000 for a, b in itertools.pairwise(one))

    def test_rate_knows_its_scale(self) -> None:
        suds = only(script({"rate": {"id": "x", "ask": "Now?", "required": True}})).prompt
        assert isinstance(suds, RatePrompt)
        assert (suds.low, suds.high, suds.increment, suds.required, suds.scale) == (0, 100, 5, True, "suds")
        own = only(script({"rate": {"id": "x", "ask": "?", "scale": {"min": 1, "max": 7, "low": "no"}}})).prompt
        assert (own.low, own.high, own.increment, own.low_label, own.scale) == (1, 7, 1, "no", "own")
        wide = only(script({"rate": {"id": "x", "ask": "?", "scale": {"min": 0, "max": 50}}})).prompt
        assert wide.increment == 5

    def test_ask_wait_learn_carry_what_they_ask(self) -> None:
        ask = only(
            script({"ask": {"id": "a", "text": "?", "answer": "choice", "options": ["x", "y"], "private": True}})
        )
        assert ask.prompt == AskPrompt(id="a", text="?", answer="choice", options=("x", "y"), private=True)
        wait = only(script({"id": "held", "wait": {"text": "Hold.", "count": True, "at_most": "1 min"}}))
        assert wait.prompt == KeyPrompt(id="held", text="Hold.", count=True, at_most_ms=60_000)
        quiz = [
            {"ask": "Which?", "options": ["a", "b"], "answer": 2, "why": "So."},
            {"ask": "Which?", "options": ["a", "b"], "answer": "b"},
            {"ask": "Which?", "options": ["a", "b"], "answer": "z"},
        ]
        learn = only(script({"learn": {"title": "Nerves", "text": "# A", "source": "B 2020", "quiz": quiz}}))
        assert isinstance(learn.prompt, LearnPrompt)
        assert [q.right for q in learn.prompt.quiz] == [1, 1, 0]
        assert learn.prompt.quiz[0].why == "So."


class TestFlow:
    def test_everything_between_two_open_steps_is_one_segment(self) -> None:
        s = script(
            {"rate": {"id": "a", "ask": "?"}},
            {"say": "One."},
            {"pause": "3 s"},
            {"breathe": {"pattern": "box", "cycles": 1}},
            {"rate": {"id": "b", "ask": "?"}},
            {"say": "Two."},
        )
        assert [(p.segment.open, len(p.segment.spans)) for p in play(s)] == [
            (True, 1),
            (False, 3),
            (True, 1),
            (False, 1),
        ]

    def test_a_bell_before_a_question_rings_with_it(self) -> None:
        s = script({"say": "One."}, {"bell": "bowl"}, {"rate": {"id": "b", "ask": "?"}})
        first, second = (p.segment for p in play(s))
        assert steps([Placed(first, 0, 1)]) == ["steps[0].say"]
        assert [type(c) for c in second.cues] == [BellCue]
        assert [x.step for x in second.spans] == ["steps[1].bell", "steps[2].rate"]

    def test_a_bell_between_two_questions_is_not_lost(self) -> None:
        s = script({"rate": {"id": "a", "ask": "?"}}, {"bell": "bowl"}, {"rate": {"id": "b", "ask": "?"}})
        assert [len(p.segment.cues) for p in play(s)] == [0, 1]

    def test_a_last_bell_is_heard(self) -> None:
        s = script({"pause": "3 s"}, {"bell": "bowl"})
        timeline = compile_timeline(Setup(s))
        assert timeline.total_ms == 3000
        assert [t for t, _ in timeline.cues_between(0, 60_000)] == [3000]
        lone = script({"rate": {"id": "a", "ask": "?"}}, {"bell": "bowl"})
        assert [(p.length_ms, len(p.segment.cues)) for p in play(lone)] == [(1000, 0), (0, 1)]

    def test_where_no_step_is_left_there_is_no_segment(self) -> None:
        s = script({"if": "n > 3", "pause": "5 s"}, variables={"n": {"default": 1}}, settings={"background": "ocean"})
        assert compile_timeline(Setup(s)) == Timeline((), complete=True)

    def test_conditions_look_at_answers_and_variables(self) -> None:
        s = script(
            {"rate": {"id": "before", "ask": "?"}},
            {"if": "before >= 60 and minutes > 2", "say": "High."},
            {"if": "not (before >= 60)", "say": "Low."},
            variables={"minutes": {"default": 5}},
        )
        assert steps(play(s, {"before": 60})) == ["steps[0].rate", "steps[1].say"]
        assert steps(play(s, {"before": 10})) == ["steps[0].rate", "steps[2].say"]
        assert steps(play(s, {"before": 60}, minutes=1))[1:] == []

    def test_choose_plays_the_chosen_steps_and_nothing_when_left_open(self) -> None:
        s = script(
            {
                "choose": {
                    "ask": "How?",
                    "options": [
                        {"label": "Still", "steps": [{"say": "Sit."}]},
                        {"label": "Moving", "steps": [{"say": "Go."}]},
                    ],
                }
            },
            {"say": "End."},
        )
        assert isinstance(compile_timeline(Setup(s)).placed[0].segment.prompt, ChoosePrompt)
        path = "steps[0].choose"
        assert steps(play(s, {path: "Moving"})) == [path, f"{path}.options[1].steps[0].say", "steps[1].say"]
        assert steps(play(s, {})) == [path, "steps[1].say"]

    def test_repeat_counts_its_rounds_in_the_path(self) -> None:
        s = script({"repeat": {"times": 2, "steps": [{"bell": "wood"}, {"pause": "2 s"}]}}, {"pause": "1 s"})
        assert steps(play(s)) == [
            "steps[0].repeat#1.steps[0].bell",
            "steps[0].repeat#1.steps[1].pause",
            "steps[0].repeat#2.steps[0].bell",
            "steps[0].repeat#2.steps[1].pause",
            "steps[1].pause",
        ]

    def test_repeat_until_ends_when_it_holds_or_at_most(self) -> None:
        def rounds(value: int) -> int:
            s = script(
                {
                    "repeat": {
                        "until": "calm >= 7",
                        "at_most": 3,
                        "steps": [{"rate": {"id": "calm", "ask": "?", "scale": "calm"}}],
                    }
                }
            )
            return len(play(s, {"calm": value}))

        assert rounds(8) == 1
        assert rounds(2) == 3

    def test_repeats_nest(self) -> None:
        inner = {"repeat": {"times": 2, "steps": [{"pause": "1 s"}]}}
        assert steps(play(script({"repeat": {"times": 2, "steps": [inner]}}))) == [
            f"steps[0].repeat#{i}.steps[0].repeat#{j}.steps[0].pause" for i in (1, 2) for j in (1, 2)
        ]

    def test_a_repeat_of_nothing_is_nothing(self) -> None:
        assert steps(play(script({"repeat": {"times": 0, "steps": [{"pause": "1 s"}]}}, {"pause": "1 s"}))) == [
            "steps[1].pause"
        ]

    def test_absurd_repeats_end(self) -> None:
        inner = {"repeat": {"times": 1e6, "steps": [{"pause": "1 s"}]}}
        (placed,) = play(script({"repeat": {"times": 1e6, "steps": [inner]}}))
        assert len(placed.segment.spans) <= 20_000

    def test_rounds_in_which_nothing_is_played_end(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for room in ("unfold", "outline"):
            monkeypatch.setattr(f"mindful.timeline.{room}.MOST_LOOKED", 5000)
        step: dict[str, Any] = {"if": "n > 3", "pause": "1 s"}
        for _ in range(4):
            step = {"repeat": {"times": 500, "steps": [step]}}
        s = script(step, {"pause": "1 s"}, variables={"n": {"default": 1}})
        assert play(s) == []
        assert outline(Setup(s)).total_ms == 0

    def test_a_choice_in_a_repeat_is_played_once_a_round(self) -> None:
        body = {"choose": {"ask": "How?", "options": [{"label": "Still", "steps": [{"say": "Sit."}]}, {"label": "B"}]}}
        s = script({"repeat": {"times": 2, "steps": [body]}})
        paths = [f"steps[0].repeat#{k}.steps[0].choose" for k in (1, 2)]
        assert steps(play(s, dict.fromkeys(paths, "Still"))) == [
            path for p in paths for path in (p, f"{p}.options[0].steps[0].say")
        ]

    def test_include_brings_its_own_variables(self) -> None:
        inner = script(
            {"breathe": {"pattern": "box", "cycles": "{n}"}}, variables={"n": {"default": 1}, "m": {"default": 1}}
        )
        s = script(
            {"include": {"script": "inner", "with": {"n": 3}}}, {"pause": "1 s"}, variables={"n": {"default": 9}}
        )
        s.included["inner"] = inner
        (placed,) = play(s)
        assert [x.step for x in placed.segment.spans] == ["steps[0].include.steps[0].breathe", "steps[1].pause"]
        assert placed.length_ms == 49_000

    def test_labels_say_what_a_step_is(self) -> None:
        s = script(
            {"say": "Let the shoulders be heavy and the jaw be loose and wide."},
            {"breathe": {"pattern": "cyclic-sigh", "cycles": 1}},
            {"breathe": {"pattern": {"inhale": 3, "exhale": 3}, "cycles": 1}},
            {"sit": "1 min"},
            {"bell": "bowl"},
            {"pause": "2 s", "label": "A rest"},
            {"learn": {"title": "Nerves", "text": "x"}},
            {"wait": "When you are ready."},
        )
        labels = [x.label for p in play(s) for x in p.segment.spans]
        assert labels == [
            "Let the shoulders be heavy and the jaw…",
            "Cyclic sighing",
            "Breathing",
            "Sitting in silence",
            "Bell",
            "A rest",
            "Nerves",
            "In your own time",
        ]


@pytest.mark.parametrize(
    ("chosen", "played"),
    [(["Sea"], [2, 5]), (["Wood"], [3, 5]), (["Sea", "Wood"], [2, 4, 5]), ([], [3, 6]), (None, [6])],
)
def test_branches_on_several_answers(chosen: list[str] | None, played: list[int]) -> None:
    s = script(
        {"rate": {"id": "first", "ask": "?"}},
        {"ask": {"id": "near", "text": "?", "answer": "choices", "options": ["Sea", "Wood", "Hill"]}},
        {"if": 'near == "sea"', "pause": "1 s"},
        {"if": "near != 'Sea'", "pause": "1 s"},
        {"if": "'Sea' == near and near == 'Wood'", "pause": "1 s"},
        {"if": "near", "pause": "1 s"},
        {"if": "not near", "pause": "1 s"},
    )
    assert steps(play(s, {"near": chosen}))[2:] == [f"steps[{k}].pause" for k in played]


def test_unfolding_again_gives_the_same() -> None:
    s = script({"say": "One."}, {"rate": {"id": "a", "ask": "?"}}, {"if": "a > 5", "say": "Two."})
    setup = Setup(s)
    timeline, cursors = extend(setup, Timeline(), begin(setup), {})
    high, _ = extend(setup, timeline.closed(900), cursors[-1], {"a": 9})
    again, _ = extend(setup, timeline.until(1), cursors[1], {})
    low, _ = extend(setup, again.closed(100), cursors[-1], {"a": 1})
    assert (len(high.placed), len(low.placed)) == (3, 2)
    assert again == timeline
