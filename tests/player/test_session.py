"""A session played with a clock that is handed in: what the client sees, and what the record is told."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mindful.audio.levels import Levels
from mindful.player.commands import (
    Advance,
    Answer,
    Back,
    Command,
    Draft,
    Ease,
    Land,
    Mix,
    Pause,
    Resume,
    SayAgain,
    Skip,
    Stop,
    Tap,
    Tapped,
    Volume,
)
from mindful.player.conductor import Conductor
from mindful.player.look import LANDING
from mindful.player.ports import Silence
from mindful.player.state import ASLEEP_MS, LANDING_FADE_MS, LANDING_MS, LEAD_MS, SLEPT
from mindful.player.view import View
from mindful.script.model import Script
from mindful.timeline.model import ChoosePrompt, KeyPrompt, RatePrompt, Timeline
from tests.making import HandClock, Memory, script


class Rig:
    """A conductor with silence, memory and a clock in the hand."""

    def __init__(self, *steps: dict[str, Any], seed: int = 0, of: Script | None = None, **head: Any) -> None:
        self.clock, self.log = HandClock(), Memory()
        self.speaker = Silence(self.clock)
        self.conductor = Conductor(
            of or script(*steps, **head), {}, clock=self.clock, speaker=self.speaker, log=self.log, seed=seed
        )
        self.view: View = self.conductor.start()

    def forward(self, seconds: float, step: float = 0.04) -> View:
        end = self.clock.at + seconds
        while self.clock.at < end - 1e-9:
            self.clock.at = min(end, self.clock.at + step)
            self.view = self.conductor.tick()
        return self.view

    def do(self, command: Command) -> View:
        self.view = self.conductor.do(command)
        return self.view

    def steps(self) -> list[tuple[str, str]]:
        """(step, how it ended) in order."""
        return [(e["step"], e["status"]) for e in self.log.of("step") if e["phase"] == "end"]


SHORT = ({"say": "Sit down."}, {"pause": "10 s"}, {"breathe": {"pattern": "box", "cycles": 2}}, {"bell": "bowl"})


def test_a_session_runs_to_its_end_and_only_then_is_completed() -> None:
    rig = Rig(*SHORT)
    total = rig.conductor.state.timeline.total_ms
    assert total is not None
    rig.forward(total / 1000 - 0.05)
    assert rig.view.status == "playing" and not rig.log.closed
    rig.forward(0.1)
    assert rig.view.ended is not None and rig.view.ended.status == "completed" and rig.view.left_ms == 0
    assert rig.log.closed[0]["status"] == "completed"
    assert rig.steps() == [(f"steps[{i}].{k}", "done") for i, k in enumerate(("say", "pause", "breathe", "bell"))]
    assert rig.forward(5).ended == rig.view.ended
    assert len(rig.log.closed) == 1


def test_a_bell_at_the_very_start_is_in_the_record() -> None:
    rig = Rig({"bell": "bowl"}, {"pause": "5 s"}, {"bell": "wood"}, {"say": "Rest."})
    rig.forward(5.2)
    rig.do(Back())
    rig.forward(3.5)
    rig.do(Skip())
    ends = [f"steps[{i}].{k}" for i, k in ((0, "bell"), (1, "pause"), (2, "bell"))]
    assert [step for step, _ in rig.steps()] == [
        *ends,
        "steps[3].say",
        "steps[0].bell",
        "steps[1].pause",
        "steps[2].bell",
    ]


def test_the_view_says_what_is_going_on() -> None:
    rig = Rig(*SHORT, settings={"background": "ocean"})
    v = rig.forward(0.5)
    assert (v.caption, v.status, v.layer) == ("Sit down.", "playing", "ocean")
    assert v.step is not None and (v.step.kind, v.step.number) == ("say", 1)
    assert v.next is not None and v.next.label == "Box breathing"
    v = rig.forward(11.2 - 0.5 + 5)
    assert v.phase is not None and v.next is not None
    assert (v.phase.cue.phase, v.phase.count, v.phase.fill, v.phase.left_ms) == ("hold", 3, 1.0, 3000)
    assert v.phase.next is not None and v.phase.next.phase == "exhale"
    assert (v.step_left_ms, v.left_ms, v.step_elapsed_ms) == (27_000, 27_000, 5000)
    assert v.next.kind == "bell"


def test_the_count_goes_down_as_people_count() -> None:
    rig = Rig({"breathe": {"pattern": "box", "cycles": 1}})
    seen = [(v.phase.cue.phase, v.phase.count) for _ in range(16) if (v := rig.view).phase and rig.forward(1)]
    assert seen == [(p, n) for p in ("inhale", "hold", "exhale", "rest") for n in (4, 3, 2, 1)]


def test_lateness_of_every_cue_is_told_as_it_was() -> None:
    rig = Rig({"breathe": {"pattern": "box", "cycles": 3}})
    rig.forward(48.5, step=0.03)
    late = [ms for e in rig.log.of("cues") for ms in e["late_ms"]]
    assert len(late) == 12
    assert all(0 <= ms < 31 for ms in late)


def test_a_beat_comes_at_least_every_second() -> None:
    rig = Rig({"pause": "10 s"})
    rig.forward(5)
    rig.do(Pause())
    rig.forward(5)
    times = [e["t_ms"] for e in rig.log.of("beat")]
    assert all(b - a <= 1000 for a, b in zip([0, *times], times, strict=False))
    assert times[-1] >= 9000


class TestPause:
    def test_the_session_stands_still(self) -> None:
        rig = Rig(*SHORT)
        rig.forward(3)
        rig.do(Pause())
        here = rig.view.position_ms
        v = rig.forward(60)
        assert (v.status, v.position_ms, v.elapsed_ms) == ("paused", here, 3000)
        v = rig.do(Resume())
        assert v.status == "playing"
        v = rig.forward(2)
        assert v.position_ms == here + 2000
        rig.forward(60)
        assert rig.log.closed[0]["paused_ms"] == 60_000
        assert [e["event"] for e in rig.log.events if e["event"] in ("pause", "resume")] == ["pause", "resume"]

    def test_pausing_twice_and_resuming_twice_is_once(self) -> None:
        rig = Rig(*SHORT)
        for c in (Pause(), Pause(), Resume(), Resume()):
            rig.do(c)
        assert rig.view.status == "playing"
        assert len(rig.log.of("pause")) == len(rig.log.of("resume")) == 1

    def test_skip_and_back_work_while_paused(self) -> None:
        rig = Rig(*SHORT)
        rig.forward(0.2)
        rig.do(Pause())
        v = rig.do(Skip())
        assert (v.status, v.step.kind if v.step else "") == ("paused", "pause")
        v = rig.do(Back())
        assert v.step is not None and v.step.kind == "say"
        rig.forward(3)
        assert rig.view.position_ms == 0


class TestSkip:
    def test_goes_to_the_next_step_and_says_so(self) -> None:
        rig = Rig(*SHORT)
        rig.forward(1)
        v = rig.do(Skip())
        assert v.position_ms == 1200 and v.step is not None and v.step.kind == "pause"
        assert rig.steps() == [("steps[0].say", "skipped")]

    def test_an_optional_step_is_left_not_skipped(self) -> None:
        rig = Rig({"say": "Sit down.", "optional": True}, {"pause": "5 s"})
        rig.do(Skip())
        assert rig.steps() == [("steps[0].say", "left")]
        assert rig.conductor.state.skipped_ms == 0

    def test_skipping_nearly_everything_is_not_completing(self) -> None:
        rig = Rig({"sit": "10 min"}, {"pause": "5 s"})
        rig.forward(5)
        rig.do(Skip())
        rig.forward(6)
        assert rig.log.closed[0]["status"] == "stopped"
        assert rig.log.closed[0]["reason"] == "skipped to the end"

    def test_skipping_a_little_is_still_completing(self) -> None:
        rig = Rig({"pause": "5 s"}, {"sit": "1 min"})
        rig.do(Skip())
        rig.forward(61)
        assert rig.log.closed[0]["status"] == "completed"

    def test_a_last_bell_is_come_to_by_skipping_too(self) -> None:
        rig = Rig({"pause": "5 s"}, {"sit": "4 s"}, {"bell": "bowl"}, {"sound": "rain"})
        rig.forward(6)
        rig.do(Skip())
        rig.forward(0.1)
        assert rig.steps()[1:] == [("steps[1].sit", "skipped"), ("steps[2].bell", "done"), ("steps[3].sound", "done")]
        assert rig.log.closed[0]["status"] == "completed"

    def test_only_a_bell_is_a_session_too(self) -> None:
        rig = Rig({"bell": "bowl"})
        rig.forward(0.1)
        assert rig.steps() == [("steps[0].bell", "done")]

    def test_what_was_answered_is_not_called_skipped(self) -> None:
        rig = Rig({"rate": {"id": "a", "ask": "?"}}, {"breathe": {"pattern": "box", "until": "key"}}, {"pause": "5 s"})
        rig.do(Answer(5))
        rig.forward(0.1)
        rig.do(Skip())
        rig.forward(20)
        rig.do(Advance())
        rig.forward(1)
        rig.do(Skip())
        assert rig.view.step is not None and rig.view.step.kind == "pause"
        assert rig.steps() == [("steps[0].rate", "done"), ("steps[1].breathe", "done")]

    def test_skipping_the_last_step_ends(self) -> None:
        rig = Rig({"sit": "1 min"}, {"pause": "20 s"})
        rig.forward(61)
        rig.do(Skip())
        v = rig.forward(0.1)
        assert v.ended is not None and v.ended.status == "completed"

    def test_a_question_can_be_skipped_even_when_required(self) -> None:
        rig = Rig({"rate": {"id": "a", "ask": "?", "required": True}}, {"pause": "5 s"})
        rig.forward(1)
        rig.do(Answer(None))
        assert rig.view.status == "asking" and "needs an answer" in rig.conductor.refused
        rig.do(Skip())
        rig.forward(1)
        assert rig.view.step is not None and rig.view.step.kind == "pause"
        assert rig.steps()[0] == ("steps[0].rate", "skipped")
        assert [(e["id"], e["value"]) for e in rig.log.of("answer")] == [("a", None)]


class TestBack:
    def test_goes_to_the_start_of_the_step(self) -> None:
        rig = Rig(*SHORT)
        rig.forward(6)
        v = rig.do(Back())
        assert v.position_ms == 1200
        assert rig.steps()[-1] == ("steps[1].pause", "left")

    def test_soon_after_a_start_goes_to_the_step_before(self) -> None:
        rig = Rig(*SHORT)
        rig.forward(2)
        assert rig.do(Back()).position_ms == 0

    def test_at_the_very_start_stays(self) -> None:
        rig = Rig(*SHORT)
        assert rig.do(Back()).position_ms == 0

    def test_past_a_bell_that_begins_with_the_step(self) -> None:
        rig = Rig({"pause": "5 s"}, {"bell": "bowl"}, {"pause": "6 s"})
        rig.forward(5.5)
        assert rig.do(Back()).position_ms == 0

    def test_opens_a_question_again_and_forgets_what_followed_from_it(self) -> None:
        rig = Rig(
            {"rate": {"id": "a", "ask": "?"}},
            {"if": "a >= 50", "say": "High."},
            {"if": "a < 50", "say": "Low."},
            {"pause": "9 s"},
        )
        rig.do(Answer(80))
        v = rig.forward(1)
        assert v.caption == "High."
        v = rig.do(Back())
        assert v.status == "asking" and isinstance(v.prompt, RatePrompt)
        rig.do(Answer(20))
        v = rig.forward(1)
        assert v.caption == "Low."
        assert [e["value"] for e in rig.log.of("answer")] == [80, 20]

    def test_from_a_question_to_what_came_before(self) -> None:
        rig = Rig({"pause": "5 s"}, {"rate": {"id": "a", "ask": "?"}})
        rig.forward(6)
        assert rig.view.status == "asking"
        assert rig.do(Back()).position_ms == 0
        assert rig.forward(5.5).status == "asking"

    def test_before_an_answered_question_in_its_last_half_second_it_is_asked_again(self) -> None:
        rig = Rig({"pause": "5 s"}, {"rate": {"id": "a", "ask": "?"}}, {"if": "a > 5", "pause": "9 s"})
        rig.forward(6)
        rig.do(Answer(9))
        rig.forward(0.2)
        assert rig.do(Back()).position_ms == 0
        assert rig.forward(5.5).status == "asking"
        rig.do(Answer(1))
        rig.forward(1)
        assert rig.view.ended is not None and rig.view.ended.status == "completed"

    def test_a_question_left_open_this_time_keeps_no_older_answer(self) -> None:
        rig = Rig({"rate": {"id": "a", "ask": "?"}}, {"say": "It was {a}."}, {"pause": "9 s"})
        rig.do(Answer(80))
        rig.forward(1)
        rig.do(Back())
        rig.do(Skip())
        assert rig.forward(1).caption == "It was …."
        assert [e["value"] for e in rig.log.of("answer")] == [80, None]

    def test_what_was_skipped_and_then_played_was_not_skipped(self) -> None:
        rig = Rig({"sit": "1 min"}, {"pause": "5 s"})
        rig.do(Skip())
        rig.forward(1)
        rig.do(Back())
        rig.forward(20)
        assert rig.conductor.state.skipped_ms == 40_000
        rig.do(Skip())
        rig.do(Back())
        rig.do(Skip())
        assert rig.conductor.state.skipped_ms == 40_000  # its beginning was played, twice skipped counts once
        rig.do(Back())
        rig.forward(66)
        assert [(c["status"], c["reason"]) for c in rig.log.closed] == [("completed", "")]

    def test_what_was_skipped_after_a_question_counts_no_more_when_it_is_asked_again(self) -> None:
        rig = Rig({"rate": {"id": "a", "ask": "?"}}, {"if": "a > 5", "sit": "9 min"}, {"pause": "20 s"})
        rig.do(Answer(9))
        rig.forward(1)
        rig.do(Skip())
        assert rig.conductor.state.skipped_ms > 500_000
        rig.do(Back())
        rig.do(Back())
        rig.do(Answer(1))
        rig.forward(21)
        assert rig.log.closed[0]["status"] == "completed"

    def test_what_was_played_before_a_question_was_asked_again_is_played_anew(self) -> None:
        rig = Rig({"rate": {"id": "a", "ask": "?"}}, {"sit": "1 min"}, {"pause": "5 s"})
        rig.do(Answer(9))
        rig.forward(50)
        rig.do(Back())
        rig.do(Back())
        assert rig.view.status == "asking"
        rig.do(Answer(1))
        rig.forward(0.6)
        rig.do(Skip())
        assert rig.conductor.state.skipped_ms > 59_000


class TestAsleep:
    def test_what_was_slept_through_was_not_played(self) -> None:
        rig = Rig({"sit": "10 min"}, {"say": "Well done."})
        rig.forward(30)
        rig.clock.forward(4 * 3600)
        v = rig.conductor.tick()
        assert (v.status, v.position_ms, v.elapsed_ms) == ("playing", 30_000, 30_000)
        assert v.notices == (SLEPT,)
        rig.forward(5)
        assert (rig.view.position_ms, rig.view.elapsed_ms) == (35_000, 35_000)
        rig.do(Stop())
        rig.do(Stop())
        assert rig.log.closed[0]["paused_ms"] == 4 * 3_600_000

    def test_a_pause_and_a_landing_are_slept_through_as_they_are(self) -> None:
        rig = Rig(*SHORT)
        rig.forward(3)
        rig.do(Pause())
        rig.clock.forward(9000)
        assert rig.conductor.tick().notices == ()
        rig.do(Resume())
        rig.forward(1)
        rig.do(Stop())
        rig.clock.forward(9000)
        assert rig.conductor.tick().status == "landing"
        rig.forward(LANDING_MS / 1000 + 0.1)
        assert rig.log.closed[0]["elapsed_ms"] == pytest.approx(4000 + LANDING_MS, abs=50)

    def test_a_program_that_was_held_up_a_moment_did_not_sleep(self) -> None:
        rig = Rig({"sit": "10 min"})
        rig.clock.forward(ASLEEP_MS / 1000)
        assert rig.conductor.tick().position_ms == ASLEEP_MS


class TestOpenSteps:
    def test_the_session_waits_for_an_answer_and_time_goes_on(self) -> None:
        rig = Rig({"rate": {"id": "a", "ask": "Now?"}}, {"say": "From {a}."})
        v = rig.forward(30)
        assert v.status == "asking" and v.step_left_ms is None and v.left_ms is None
        assert v.elapsed_ms == 30_000
        v = rig.do(Answer(65))
        assert v.prompt is None
        v = rig.forward(LEAD_MS / 1000 + 0.1)
        assert v.caption == "From 65."
        assert rig.log.of("answer")[0] == {
            "event": "answer",
            "t_ms": 30_000,
            "id": "a",
            "value": 65,
            "private": False,
            "step": "steps[0].rate",
        }

    def test_what_follows_an_answer_is_placed_ahead_of_what_is_already_written(self) -> None:
        rig = Rig({"rate": {"id": "a", "ask": "?"}}, {"bell": "bowl"}, {"pause": "5 s"})
        rig.forward(7)
        rig.do(Answer(5))
        assert [t for t, _ in rig.conductor.state.timeline.cues_between(0, 10**6)] == [7000 + LEAD_MS]

    @pytest.mark.parametrize("bad", ["many", 101, -1, "nan", float("inf")])
    def test_an_answer_that_does_not_fit_is_refused_kindly(self, bad: Any) -> None:
        rig = Rig({"rate": {"id": "a", "ask": "?"}})
        rig.do(Answer(bad))
        assert rig.view.status == "asking"
        assert rig.conductor.refused.startswith("A number")

    def test_a_private_answer_is_marked(self) -> None:
        rig = Rig({"ask": {"id": "a", "text": "?", "private": True}})
        rig.do(Answer("mine"))
        assert [e["private"] for e in rig.log.of("answer")] == [True]

    def test_an_answer_given_in_a_pause_goes_on(self) -> None:
        rig = Rig({"rate": {"id": "a", "ask": "?"}}, {"pause": "5 s"})
        rig.do(Pause())
        rig.forward(3)
        rig.do(Answer(5))
        assert rig.forward(1).status == "playing"

    def test_a_key_ends_a_wait_and_the_hold_is_measured(self) -> None:
        rig = Rig({"id": "held", "wait": {"text": "Hold.", "count": True}}, {"say": "{held} seconds."})
        v = rig.forward(12.3)
        assert v.status == "playing" and isinstance(v.prompt, KeyPrompt)
        rig.do(Advance())
        assert rig.forward(1).caption == "12.3 seconds."

    def test_a_wait_with_an_end_ends_by_itself_on_time(self) -> None:
        rig = Rig({"wait": {"text": "Hold.", "at_most": "10 s"}}, {"bell": "wood"}, {"pause": "3 s"})
        rig.forward(12)
        assert [t for t, _ in rig.conductor.state.timeline.cues_between(0, 10**6)] == [10_000]
        assert rig.view.step is not None and rig.view.step.kind == "pause"

    def test_a_wait_that_was_overslept_a_little_leaves_out_nothing_of_what_follows(self) -> None:
        rig = Rig({"wait": {"text": "Hold.", "at_most": "4 s"}}, {"bell": "wood"}, {"pause": "3 s"})
        rig.clock.forward(6)
        rig.view = rig.conductor.tick()
        assert [t for t, _ in rig.conductor.state.timeline.cues_between(0, 10**6)] == [6000]

    def test_a_bell_that_would_ring_after_the_key_does_not(self) -> None:
        rig = Rig({"sit": {"open": True, "bells": {"every": "10 s"}}}, {"pause": "5 s"})
        rig.forward(29.8)
        rig.do(Advance())
        assert [t for t, _ in rig.conductor.state.timeline.cues_between(0, 10**6)] == [10_000, 20_000]

    def test_paced_breathing_ends_with_its_breath(self) -> None:
        rig = Rig({"breathe": {"pattern": "box", "until": "key"}}, {"pause": "5 s"})
        rig.forward(37)
        v = rig.do(Advance())
        assert v.phase is not None and v.prompt is None
        rig.forward(10.9)
        assert rig.view.phase is not None and rig.view.phase.cue.phase == "rest"
        rig.forward(0.2)
        assert rig.view.step is not None and rig.view.step.kind == "pause"
        end = next(e for e in rig.log.of("step") if e["phase"] == "end")
        assert end["data"] == {"cycles": 3}
        starts = [t for t, c in rig.conductor.state.timeline.cues_between(0, 10**6)]
        assert starts == [4000 * k for k in range(12)]

    def test_asked_just_before_its_end_a_breath_is_not_begun_again(self) -> None:
        rig = Rig({"breathe": {"pattern": "box", "until": "key"}}, {"pause": "5 s"})
        rig.forward(15.9)
        rig.do(Advance())
        v = rig.forward(0.3)
        assert v.phase is None
        rig.forward(0.3)
        assert rig.view.step is not None and rig.view.step.kind == "pause"

    def test_a_choice_leads_on(self) -> None:
        options = [{"label": "Still", "steps": [{"say": "Sit."}]}, {"label": "Moving", "steps": [{"say": "Go."}]}]
        rig = Rig({"choose": {"ask": "How?", "options": options}})
        assert isinstance(rig.view.prompt, ChoosePrompt)
        rig.do(Answer("2"))
        assert rig.forward(1).caption == "Go."

    def test_a_choice_left_open_takes_no_way_and_holds_nobody(self) -> None:
        options = [{"label": "Still", "steps": [{"say": "Sit."}]}, {"label": "Moving"}]
        rig = Rig({"choose": {"id": "way", "ask": "How?", "options": options}}, {"if": "way == 'Moving'", "say": "Go."},
                  {"say": "Thank you."})  # fmt: skip
        rig.do(Answer(None))
        assert rig.conductor.refused == ""
        assert rig.forward(1).caption == "Thank you."

    def test_a_key_means_nothing_where_none_is_wanted(self) -> None:
        rig = Rig(*SHORT)
        rig.forward(1)
        before = rig.view.position_ms
        assert rig.do(Advance()).position_ms == before
        assert rig.do(Answer(3)).position_ms == before

    def test_a_page_without_a_quiz_asks_nothing(self) -> None:
        rig = Rig({"learn": {"title": "Nerves", "text": "x"}}, {"pause": "5 s"})
        rig.do(Answer(None))
        assert not rig.log.of("answer")

    def test_a_quiz_is_written_in_words_and_not_as_numbers(self) -> None:
        quiz = [
            {"ask": "What helps?", "options": ["Force", "Ease"], "answer": 2},
            {"ask": "And now?", "options": ["Up", "Down"], "answer": 1},
        ]
        rig = Rig({"learn": {"text": "x", "quiz": quiz}, "id": "page"}, {"pause": "5 s"})
        rig.do(Answer([1, 1]))
        (event,) = rig.log.of("answer")
        assert event["value"] == [
            {"ask": "What helps?", "chosen": "Ease", "right": True},
            {"ask": "And now?", "chosen": "Down", "right": False},
        ]
        rig = Rig({"learn": {"text": "x", "quiz": quiz}, "id": "page"}, {"pause": "5 s"})
        rig.do(Answer(None))
        assert [e["value"] for e in rig.log.of("answer")] == [None]
        rig = Rig({"learn": {"text": "x", "quiz": quiz}, "id": "page"}, {"pause": "5 s"})
        rig.do(Answer([7, 0]))
        assert rig.log.of("answer")[0]["value"] == [{"ask": "And now?", "chosen": "Up", "right": True}]

    def test_how_long_was_sat_is_never_more_than_the_sit(self) -> None:
        rig = Rig({"sit": "5 s"}, {"pause": "5 s"})
        rig.forward(6, step=0.7)
        (end,) = [e for e in rig.log.of("step") if e["phase"] == "end"]
        assert end["data"] == {"held_ms": 5000}


class TestEnding:
    def test_a_session_of_which_nothing_is_left_ends_at_once(self) -> None:
        head = {"variables": {"n": {"default": 1}}, "settings": {"background": "ocean"}}
        rig = Rig({"if": "n > 3", "pause": "5 s"}, **head)
        assert rig.forward(0.1).ended is not None

    def test_ending_early_lands(self) -> None:
        rig = Rig(*SHORT)
        rig.forward(4)
        v = rig.do(Stop())
        assert (v.status, v.caption, v.phase, v.prompt) == ("landing", LANDING, None, None)
        assert not rig.log.closed
        v = rig.forward(LANDING_MS / 1000 + 0.1)
        assert v.ended is not None and (v.ended.status, v.ended.reason) == ("stopped", "client")
        assert rig.steps() == [("steps[0].say", "done"), ("steps[1].pause", "left")]

    def test_asked_twice_it_ends_at_once(self) -> None:
        rig = Rig(*SHORT)
        rig.do(Stop())
        assert rig.do(Stop()).status == "ended"

    def test_from_a_pause_it_lands_too(self) -> None:
        rig = Rig(*SHORT)
        rig.forward(2)
        rig.do(Pause())
        rig.forward(3)
        assert rig.do(Stop()).status == "landing"
        v = rig.forward(9)
        assert v.ended is not None and v.ended.paused_ms == 3000

    @pytest.mark.parametrize("doing", ["playing", "asking", "paused", "landing"])
    def test_a_signal_closes_the_record_as_interrupted(self, doing: str) -> None:
        rig = Rig({"rate": {"id": "a", "ask": "?"}}) if doing == "asking" else Rig(*SHORT)
        if doing == "paused":
            rig.do(Pause())
        if doing == "landing":
            rig.do(Stop())
        rig.conductor.abort("interrupted", "SIGTERM")
        rig.conductor.abort("interrupted", "SIGHUP")
        assert [(c["status"], c["reason"]) for c in rig.log.closed] == [("interrupted", "SIGTERM")]

    def test_an_abort_after_the_end_changes_nothing(self) -> None:
        rig = Rig({"pause": "1 s"})
        rig.forward(2)
        rig.conductor.abort("interrupted", "SIGTERM")
        assert [c["status"] for c in rig.log.closed] == ["completed"]


def test_volume_stays_between_silence_and_full() -> None:
    rig = Rig(*SHORT)
    assert rig.do(Volume(0.3)).volume == 0.3
    assert rig.do(Volume(7)).volume == 1
    assert rig.do(Volume(-1)).volume == 0


def test_the_mixer_is_handed_to_the_speaker_shown_and_moves_no_time() -> None:
    told: list[Levels] = []

    class Listening(Silence):
        def levels(self, levels: Levels) -> None:
            told.append(levels)

    clock = HandClock()
    first, then = Levels(bells=-6), Levels(bells=-6, voice=-60)
    made = Conductor(script(*SHORT), {}, clock=clock, speaker=Listening(clock), log=Memory(), levels=first)
    assert made.start().levels == first and told == [first]
    clock.forward(2)
    view = made.do(Mix(then))
    assert view.levels == then and told == [first, then] and view.position_ms == 2000
    made.do(Pause())
    assert made.do(Mix(first)).status == "paused" and told[-1] == first


class Failing(Silence):
    """A speaker whose device went away."""

    def __init__(self, clock: HandClock) -> None:
        super().__init__(clock)
        self.said = ["The sound device went away; the session goes on in silence."]

    def notices(self) -> list[str]:
        said, self.said = self.said, []
        return said


def test_what_the_sound_has_to_say_is_told_once() -> None:
    clock, log = HandClock(), Memory()
    conductor = Conductor(script({"pause": "5 s"}), {}, clock=clock, speaker=Failing(clock), log=log)
    conductor.start()
    for _ in range(5):
        clock.forward(0.1)
        view = conductor.tick()
    conductor.notice("Something else.")
    conductor.notice("Something else.")
    assert conductor.view().notices == (*view.notices, "Something else.")
    assert len(view.notices) == 1
    assert [e["text"] for e in log.of("notice")] == list(conductor.view().notices)
    assert [(e["sink"], e["clock"]) for e in log.of("sound")] == [("none", "monotonic")]


class Undecided(Silence):
    """A speaker whose device is still opening."""

    sink = ""


def test_what_carries_the_sound_is_told_when_that_is_decided() -> None:
    clock, log = HandClock(), Memory()
    conductor = Conductor(script({"pause": "5 s"}), {}, clock=clock, speaker=(speaker := Undecided(clock)), log=log)
    conductor.start()
    conductor.tick()
    assert not log.of("sound")
    speaker.sink = "miniaudio"
    conductor.tick()
    assert [e["sink"] for e in log.of("sound")] == ["miniaudio"]


class Ahead(Silence):
    """A speaker that remembers what it was given."""

    def __init__(self, clock: HandClock) -> None:
        super().__init__(clock)
        self.timelines: list[Timeline] = []
        self.ends: list[int] = []
        self.closed = False

    def close(self) -> None:
        self.closed = True

    def start(self, timeline: Timeline, position_ms: int = 0) -> None:
        super().start(timeline, position_ms)
        self.timelines.append(timeline)

    def update(self, timeline: Timeline) -> None:
        self.timelines.append(timeline)

    def finish(self, fade_ms: int = 0) -> None:
        self.ends.append(fade_ms)


def test_the_sound_is_told_of_every_change_and_of_the_end() -> None:
    clock = HandClock()
    speaker = Ahead(clock)
    s = script({"rate": {"id": "a", "ask": "?"}}, {"bell": "bowl"}, {"pause": "2 s"})
    conductor = Conductor(s, {}, clock=clock, speaker=speaker, log=Memory())
    conductor.start()
    clock.forward(1)
    conductor.do(Answer(3))
    clock.forward(3)
    assert conductor.tick().status == "ended"
    assert [t.complete for t in speaker.timelines] == [False, True]
    assert speaker.ends == [0]


@pytest.mark.parametrize(
    ("doings", "fades"),
    [
        ([Stop()], [LANDING_FADE_MS]),
        ([Stop(), Stop()], [LANDING_FADE_MS]),
        ([Pause(), Stop()], [1]),
    ],
)
def test_the_sound_of_a_session_that_is_stopped_fades(doings: list[Command], fades: list[int]) -> None:
    clock = HandClock()
    speaker = Ahead(clock)
    conductor = Conductor(script({"pause": "9 s"}), {}, clock=clock, speaker=speaker, log=Memory())
    conductor.start()
    for doing in doings:
        conductor.do(doing)
    assert speaker.ends == fades
    interrupted = Conductor(script({"pause": "9 s"}), {}, clock=clock, speaker=(other := Ahead(clock)), log=Memory())
    interrupted.start()
    interrupted.abort("interrupted", "SIGTERM")
    assert other.ends == [1] and other.closed


class Wavering(Silence):
    """A speaker whose position goes back by itself, as no device should."""

    def position(self, now: float) -> float:
        return super().position(now) - (800 if int(now * 10) % 2 else 0)


def test_a_session_never_goes_back_by_itself() -> None:
    clock = HandClock()
    conductor = Conductor(script({"pause": "9 s"}), {}, clock=clock, speaker=Wavering(clock), log=Memory())
    conductor.start()
    seen = []
    for _ in range(60):
        clock.forward(0.1)
        seen.append(conductor.tick().position_ms)
    assert seen == sorted(seen) and seen[-1] > 5000


commands = st.one_of(
    st.sampled_from([Pause(), Resume(), Skip(), Back(), Advance(), Stop(), Answer(None), Answer(1), Answer("A")]),
    st.sampled_from([Ease(), SayAgain(), Draft("x"), Draft(None), Tap(), Tap("ninth"), Tapped(), Land()]),
    st.floats(0.01, 30).map(lambda s: s),
)


@given(st.lists(commands, max_size=40), st.integers(0, 3))
@settings(max_examples=150, deadline=None)
def test_whatever_a_client_does_the_record_is_sound(doings: list[Any], seed: int) -> None:
    rig = Rig(
        {"say": "Sit. [pause 2 s] Rest."},
        {"rate": {"id": "a", "ask": "?", "required": True}},
        {"if": "a > 0", "breathe": {"pattern": "cyclic-sigh", "cycles": 2}},
        {"bell": "bowl"},
        {
            "choose": {
                "ask": "?",
                "options": [{"label": "A", "steps": [{"wait": {"text": "x", "at_most": "9 s"}}]}, {"label": "B"}],
            }
        },
        {"breathe": {"pattern": "box", "until": "key"}},
        {"repeat": {"times": 2, "steps": [{"bell": "wood"}, {"sit": "8 s"}]}},
        {"ask": {"id": "pace", "text": "?", "answer": "breaths", "for": "20 s"}},
        {"breathe": {"pattern": "box", "for": "1 min", "ramp": {"from": "{pace}", "to": 6}}},
        {"bell": "gong"},
        seed=seed,
    )
    last_t = 0
    for doing in doings:
        before = rig.view
        if isinstance(doing, float):
            rig.forward(doing, step=0.5)
            if before.status in ("playing", "asking") and rig.view.status in ("playing", "asking"):
                assert rig.view.position_ms >= before.position_ms
        else:
            rig.do(doing)
        assert rig.view.elapsed_ms >= 0
        assert (rig.view.status == "ended") == bool(rig.log.closed)
    rig.conductor.abort("interrupted", "the end of the test")
    assert len(rig.log.closed) == 1
    open_step = None
    for e in rig.log.events:
        assert e["t_ms"] >= last_t
        last_t = e["t_ms"]
        if e["event"] == "step" and e["phase"] == "start":
            assert open_step is None
            open_step = e["step"]
        elif e["event"] == "step":
            assert e["step"] == open_step
            open_step = None
    if rig.log.closed[0]["status"] == "completed":
        assert rig.conductor.state.timeline.complete
