"""The plain performer in virtual time: what is said when, what keys do, how it ends."""

from __future__ import annotations

import os
import re
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from mindful.assets import session_files
from mindful.plain import performer, words
from mindful.plain.keyboard import NoMore, Suspended, Told
from mindful.plain.performer import Manner, perform
from mindful.player.conductor import Conductor
from mindful.player.look import LANDING
from mindful.player.ports import Silence
from mindful.script.load import load
from mindful.script.model import Script
from tests.making import HandClock, Memory, script
from tests.plain.stage import Performance, Speaking, VirtualKeys, play

GOLDEN = Path(__file__).parent / "golden"


def bundled(name: str) -> Script:
    loaded = load(session_files()[name])
    assert loaded.script is not None
    return loaded.script


BREATH = script({"say": "Sit down."}, {"breathe": {"pattern": {"inhale": 4, "exhale": 6}, "cycles": 4}})


@pytest.mark.parametrize("name", ["settle", "five-minute-breath", "arriving"])
def test_golden(name: str) -> None:
    """The whole session as it is piped into a file. MINDFUL_GOLDEN=1 writes them anew, to be read before they are kept."""
    told = play(bundled(name), keyboard=False, stamps=True)
    text = "".join(f"{line}\n" for line in told.lines)
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("MINDFUL_GOLDEN") == "1":
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")
    assert told.ended.status == "completed"


def test_lines_come_at_their_time() -> None:
    told = play(BREATH)
    assert told.at("Sit down.") == [0.0]
    (start,) = told.at("Breathing: 4 times, 40 s.")
    assert told.at("Breathe in, 4") == [start, start + 10]
    assert told.at("Breathe out, 6") == [start + 4, start + 14]
    assert told.at("In, 4") == [start + 20, start + 30]
    assert told.at("Out, 6") == [start + 24, start + 34]
    assert told.ended.elapsed_ms == round((start + 40) * 1000)


VOICED = script(
    {"breathe": {"pattern": {"inhale": 4, "exhale": 6}, "cycles": 4, "cues": "voice"}},
    {"pause": "10 s"},
    {"bell": "bowl"},
)


def phases_in(told: Performance) -> list[str]:
    return [line for line in told.lines if re.match(r"(Breathe )?(in|out)\b.*, \d", line, re.IGNORECASE)]


def test_while_a_voice_says_the_breath_there_are_lines_at_its_beginning_and_end_only() -> None:
    told = play(VOICED, voice=Speaking(), sink="made")
    assert [(round(t, 3), line) for t, line in told.said] == [
        (0.0, "Breathing: 4 times, 40 s."),
        (40.0, "The paced breathing is over."),
        (40.0, "(quiet, 10 s)"),
        (50.0, "(singing bowl)"),
    ]


@pytest.mark.parametrize(
    "how",
    [
        {"voice": None, "sink": "made"},  # no voice
        {"voice": Speaking(), "sink": "none"},  # no device
        {"voice": Speaking(), "sink": "null"},  # a device that went away
        {"voice": Speaking(), "sink": "made", "sound": False},  # --mute
        {"voice": Speaking("Breathe in", "Breathe out"), "sink": "made"},  # lines that nobody has said
    ],
)
def test_where_no_voice_is_heard_the_lines_say_the_breath(how: dict[str, Any]) -> None:
    told = play(VOICED, **how)
    assert len(phases_in(told)) == 8 and "The paced breathing is over." not in told.lines


def test_lines_say_the_breath_again_when_the_voice_is_turned_off_and_no_more_when_it_is_back() -> None:
    told = play(VOICED, (15, "voice off"), (35, "voice 0"), voice=Speaking(), sink="made")
    assert [round(t, 3) for t, line in told.said if line in phases_in(told)] == [20.0, 24.0, 30.0, 34.0]
    assert told.at("The paced breathing is over.") == [40.0]


def test_a_voice_that_leads_the_first_breaths_leaves_the_others_to_the_lines() -> None:
    steps = {"breathe": {"pattern": {"inhale": 4, "exhale": 6}, "cycles": 4, "cues": "tones", "speak": "first 2"}}
    told = play(script(steps), voice=Speaking(), sink="made")
    assert [round(t, 3) for t, line in told.said if line in phases_in(told)] == [20.0, 24.0, 30.0, 34.0]
    assert "The paced breathing is over." not in told.lines


def test_breathing_until_a_key_is_left_to_the_voice_too() -> None:
    step = {"breathe": {"pattern": {"inhale": 4, "exhale": 6}, "until": "key", "cues": "voice"}}
    told = play(script(step, {"pause": "1 s"}), (65, ""), voice=Speaking(), sink="made")
    assert phases_in(told) == [] and told.ended.status == "completed"
    assert len(phases_in(play(script(step, {"pause": "1 s"}), (65, "")))) >= 12


def test_no_line_twice_and_none_forgotten() -> None:
    told = play(bundled("five-minute-breath"))
    phases = [line for line in told.lines if re.search(r", [\d.]+$", line)]
    # 6 cycles of 2 phases, 5 of 4, 5 of 3, 4 of 2
    assert len(phases) == 12 + 20 + 15 + 8
    assert sum(line.startswith("(") and "quiet" not in line and "background" not in line for line in told.lines) == 8


def test_time_is_not_busy_and_not_late() -> None:
    told = play(bundled("five-minute-breath"))
    wakes = told.keys.wakes
    for start in range(300):
        assert sum(start <= t < start + 1 for t in wakes) <= 10
    assert len(wakes) < 2.5 * 300
    late = sorted(told.late_ms)
    assert late and late[int(len(late) * 0.95)] <= 20


def test_ten_minutes_take_a_moment() -> None:
    began = time.perf_counter()
    told = play(script({"breathe": {"pattern": "coherent", "for": "10 min"}}))
    assert told.ended.status == "completed" and 595_000 <= told.ended.elapsed_ms <= 605_000
    assert time.perf_counter() - began < 10 * 60 / 20  # nothing waits for the clock on the wall


def test_a_beat_comes_at_least_once_a_second() -> None:
    told = play(script({"sit": "1 min"}))
    beats = [e["t_ms"] for e in told.log.of("beat")]
    assert max(b - a for a, b in pairwise(beats)) <= 1000


def test_a_line_of_an_odd_bell_at_the_very_end() -> None:
    told = play(script({"pause": "2 s"}, {"bell": "gong"}))
    assert told.at("(gong)") == [2.0]


def test_pause_holds_everything() -> None:
    told = play(BREATH, (3.0, "p"), (60.0, ""))
    assert words.PAUSED in told.asides and words.RESUMED in told.asides
    assert told.ended.paused_ms == 57_000
    assert not [t for t, _ in told.said if 3.0 < t < 60.0]


def test_p_goes_on_too() -> None:
    told = play(BREATH, (3.0, "p"), (60.0, "P"))
    assert told.ended.paused_ms == 57_000


def test_enter_between_does_nothing() -> None:
    told = play(BREATH, (3.0, ""), (3.5, "  "))
    assert told.ended.status == "completed" and told.asides == []


def test_an_unknown_key_says_what_there_is() -> None:
    told = play(BREATH, (3.0, "x"))
    assert told.asides == [words.NOTHING_HERE]


def test_skip_goes_to_the_next_step() -> None:
    told = play(script({"pause": "60 s"}, {"say": "Here."}, {"pause": "60 s"}), (5.0, "s"))
    assert told.at("Here.") == [5.0]


def test_back_says_it_again() -> None:
    told = play(script({"say": "One."}, {"pause": "30 s"}, {"say": "Two."}), (20.0, "b"), (21.0, "b"))
    assert len(told.at("One.")) == 2
    assert told.ended.status == "completed"


def test_back_at_the_start_of_a_question_goes_behind_it() -> None:
    told = play(
        script({"say": "One."}, {"rate": {"id": "now", "ask": "How is it?"}}), (5.0, "b"), (30.0, "b"), (35.0, "40")
    )
    assert told.lines.count("How is it?") >= 2
    assert told.log.of("answer")[-1]["value"] == 40


def test_quitting_lands_softly() -> None:
    told = play(BREATH, (5.0, "q"))
    assert told.ended.status == "stopped" and told.ended.reason == "client"
    assert told.lines[-1] == LANDING
    assert told.lines.count(LANDING) == 1
    assert told.ended.elapsed_ms == pytest.approx(13_000, abs=1000)


def test_quitting_twice_ends_at_once() -> None:
    told = play(BREATH, (5.0, "q"), (6.0, ""))
    assert told.ended.status == "stopped" and told.ended.elapsed_ms == 6000


def test_other_keys_in_the_landing_do_nothing() -> None:
    told = play(BREATH, (5.0, "q"), (6.0, "p"), (7.0, "s"))
    assert told.ended.elapsed_ms == pytest.approx(13_000, abs=1000)


def test_ctrl_c_is_a_client_who_stops() -> None:
    told = play(BREATH, (5.0, Told("interrupt")))
    assert told.lines[-1] == LANDING and told.ended.status == "stopped"


def test_ctrl_c_without_a_keyboard_ends_at_once() -> None:
    told = play(BREATH, (5.0, Told("interrupt")), keyboard=False)
    assert told.ended.status == "stopped" and told.ended.elapsed_ms == 5000


@pytest.mark.parametrize("what", ["terminate", "hangup"])
def test_told_to_end_is_interrupted(what: str) -> None:
    told = play(BREATH, (5.0, Told(what)))  # type: ignore[arg-type]
    assert told.ended.status == "interrupted" and told.ended.reason == performer.REASONS[what]
    assert told.log.closed[0]["status"] == "interrupted"


def test_suspending_pauses_first() -> None:
    halted: list[str] = []
    told = play(BREATH, (5.0, Suspended(lambda: halted.append("now"))), (90.0, ""))
    assert halted == ["now"] and told.ended.paused_ms == 85_000 and told.ended.status == "completed"


def test_an_output_that_goes_away_closes_the_record() -> None:
    clock, log = HandClock(), Memory()
    conductor = Conductor(BREATH, {}, clock=clock, speaker=Silence(clock), log=log)

    def gone(text: str) -> None:
        raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        perform(conductor, clock, gone, lambda _: None, VirtualKeys(clock, []), Manner())
    assert log.closed[0]["status"] == "interrupted" and log.closed[0]["reason"] == performer.LOST


def test_a_slip_of_the_program_closes_the_record() -> None:
    clock, log = HandClock(), Memory()
    conductor = Conductor(BREATH, {}, clock=clock, speaker=Silence(clock), log=log)

    class Broken:
        def wait(self, seconds: float) -> None:
            raise RuntimeError("a slip")

    with pytest.raises(RuntimeError):
        perform(conductor, clock, lambda _: None, lambda _: None, Broken(), Manner())
    assert log.closed[0]["status"] == "interrupted" and log.closed[0]["reason"] == performer.FAILED


# Questions

RATE = script({"rate": {"id": "before", "ask": "How tense?"}}, {"say": "From {before}."})


def test_an_answer_is_kept_and_used() -> None:
    told = play(RATE, (3.0, "60"))
    assert told.log.of("answer")[0]["value"] == 60
    assert "From 60." in told.lines


def test_what_does_not_fit_is_said_kindly_and_asked_on() -> None:
    told = play(RATE, (3.0, "600"), (4.0, "lots"), (5.0, "70"))
    assert "A number from 0 to 100." in told.asides and "A number, please." in told.asides
    assert told.log.of("answer")[0]["value"] == 70


def test_enter_leaves_it_open() -> None:
    told = play(RATE, (3.0, ""))
    assert words.LEFT_OPEN in told.asides and [e["value"] for e in told.log.of("answer")] == [None]
    assert told.ended.status == "completed"


def test_without_a_keyboard_nothing_waits() -> None:
    told = play(RATE, keyboard=False)
    assert words.no_answer() in told.asides
    assert told.ended.elapsed_ms < 5000


def test_answers_given_beforehand_are_used() -> None:
    told = play(RATE, keyboard=False, answers={"before": "35"})
    assert told.log.of("answer")[0]["value"] == 35 and words.no_answer() not in told.asides


def test_an_answer_given_beforehand_that_does_not_fit_is_left_open() -> None:
    told = play(RATE, keyboard=False, answers={"before": "900"})
    assert "A number from 0 to 100." in told.asides
    assert [e["value"] for e in told.log.of("answer")] == [None]


def test_a_question_that_needs_an_answer_does_not_hold_up_a_pipe() -> None:
    told = play(script({"rate": {"id": "x", "ask": "How?", "required": True}}), keyboard=False)
    assert told.ended.status in ("completed", "stopped") and told.ended.elapsed_ms < 5000


def test_choosing_by_number() -> None:
    made = script(
        {
            "choose": {
                "id": "way",
                "ask": "What now?",
                "options": [{"label": "Breath", "steps": [{"say": "Breathe."}]}, {"label": "Quiet"}],
            }
        }
    )
    told = play(made, (2.0, "1"))
    assert told.lines[:3] == ["What now?", "1. Breath", "2. Quiet"]
    assert "Breathe." in told.lines
    assert "Breathe." in play(made, keyboard=False, answers={"way": "breath"}).lines
    assert "Breathe." not in play(made, (2.0, "")).lines
    assert play(made, keyboard=False).ended.elapsed_ms < 3000


def test_letters_steer_at_a_number_but_not_in_a_text() -> None:
    told = play(RATE, (3.0, "q"))
    assert told.ended.status == "stopped"
    text = script({"ask": {"id": "why", "text": "What is on your mind?"}})
    told = play(text, (3.0, "q"))
    assert told.log.of("answer")[0]["value"] == "q" and told.ended.status == "completed"


# Open steps


def test_wait_goes_on_with_enter() -> None:
    told = play(script({"wait": "When you like."}, {"say": "On."}), (20.0, ""))
    assert told.at("On.") == [20.5]
    assert words.ENTER in told.asides


def test_wait_goes_on_by_itself_without_a_keyboard() -> None:
    told = play(script({"wait": "When you like."}, {"say": "On."}), keyboard=False)
    assert told.at("On.") == [performer.WAIT_S + 0.5]
    assert words.on_its_own(performer.WAIT_S) in told.asides


def test_at_most_is_the_limit_of_a_wait() -> None:
    told = play(script({"wait": {"text": "Hold.", "at_most": "3 s"}}, {"say": "On."}), keyboard=False)
    assert told.at("On.") == [3.0]


@pytest.mark.parametrize(
    ("step", "seconds"),
    [({"sit": {"open": True}}, 300.0), ({"breathe": {"pattern": {"inhale": 4, "exhale": 6}, "until": "key"}}, 180.0)],
)
def test_open_practice_has_an_end_of_its_own_without_a_keyboard(step: dict[str, object], seconds: float) -> None:
    told = play(script(step), keyboard=False)
    assert words.on_its_own(seconds) in told.asides
    assert told.ended.elapsed_ms == pytest.approx(seconds * 1000, abs=11_000)
    assert told.ended.status == "completed"


def test_open_breathing_is_paced_until_enter() -> None:
    told = play(script({"breathe": {"pattern": {"inhale": 4, "exhale": 6}, "until": "key"}}), (34.0, ""))
    assert told.lines.count("In, 4") + told.lines.count("Breathe in, 4") == 4
    assert told.ended.elapsed_ms == 40_000


def test_a_page_is_read_at_ones_own_pace() -> None:
    page = script({"learn": {"title": "On breath", "text": "One *thing*.\n\nAnother."}}, {"say": "On."})
    told = play(page, (60.0, ""))
    assert told.lines[:3] == ["On breath", "One thing.", "Another."]
    assert told.at("On.")[0] >= 60
    assert play(page, keyboard=False).at("On.")[0] == performer.WAIT_S + 0.5


def test_a_keyboard_that_goes_away_leaves_nobody_waiting() -> None:
    told = play(RATE, (5.0, NoMore()))
    assert told.ended.status == "completed" and words.no_answer() in told.asides


# How it looks


def test_stamps_stand_before_every_line_of_a_pipe() -> None:
    told = play(BREATH, stamps=True)
    assert all(line.startswith("[0:") for line in told.lines)


def test_lines_fit_a_narrow_terminal() -> None:
    told = play(bundled("five-minute-breath"), (2.0, "x"), columns=40)
    assert all(len(line) <= 40 for line in [*told.lines, *told.asides])


def test_a_background_is_named_only_where_it_is_heard() -> None:
    made = script({"sound": "rain"}, {"pause": "3 s"})
    assert "(background: rain)" in play(made).lines
    assert play(made, sound=False).lines == []


def test_other_peoples_text_cannot_drive_the_terminal() -> None:
    made = script({"ask": {"id": "x", "text": "Hm?"}}, {"say": "You said {x}."})
    told = play(made, keyboard=False, answers={"x": "\x1b[2J\u202e\x07 boo"})
    assert not any(ord(c) < 32 or c in "\u202e\x9b" for line in told.lines for c in line)
    assert any("boo" in line for line in told.lines)
