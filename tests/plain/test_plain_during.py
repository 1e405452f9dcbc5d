"""What can be typed during a session: land, gentler breaths, the last line again, taps, and what was begun before."""

from __future__ import annotations

from typing import Any

from mindful.plain import words
from mindful.player.easing import EASED
from mindful.player.landing import LINES
from tests.making import script
from tests.plain.stage import play

BOX = {"breathe": {"pattern": "box", "cycles": 6}}


def test_land_gives_the_grounding_minute_and_ends() -> None:
    told = play(script({"say": "Hello."}, BOX), (20.0, "land"))
    assert (told.ended.status, told.ended.reason) == ("stopped", "landed")
    assert words.LANDING in told.asides
    said = " ".join(told.lines)
    assert all(text.split(".")[0] in said for text, _ in LINES)
    after = [line for t, line in told.said if t > 20.1]
    assert not any("Breathe" in line or "Hold" in line for line in after)
    assert 80 < told.keys.wakes[-1] < 90


def test_land_can_be_skipped_and_ended() -> None:
    told = play(script(BOX), (5.0, "land"), (9.0, "s"), (10.0, "q"))
    assert told.ended.reason == "landed" and told.keys.wakes[-1] < 11


def test_a_pause_in_the_landing_goes_on_where_it_was() -> None:
    told = play(script(BOX), (5.0, "land"), (12.0, "p"), (60.0, ""))
    assert told.ended.reason == "landed" and 110 < told.keys.wakes[-1] < 125


def test_while_words_are_asked_it_has_a_sign_before_it() -> None:
    made = script({"ask": {"id": "a", "text": "What is on your mind?"}}, BOX)
    assert play(made, (5.0, "/land")).ended.reason == "landed"
    told = play(made, (5.0, "land"))
    assert told.log.of("answer")[-1]["value"] == "land"


def test_e_makes_the_breaths_shorter() -> None:
    told = play(script(BOX), (5.0, "e"))
    assert EASED in told.asides
    assert "In, 3.2" in told.lines or "Breathe in, 3.2" in told.lines


def test_r_says_the_last_line_again() -> None:
    told = play(script({"say": "Sit down.", "pause": "9 s"}, {"pause": "9 s"}), (6.0, "r"))
    assert len([line for line in told.lines if line.startswith("Sit down.")]) == 2
    later = play(script({"say": "Sit down."}, BOX), (40.0, "r"))
    assert "Sit down." in later.asides


def test_enter_taps_and_done_ends_it() -> None:
    made = script({"ask": {"id": "pace", "text": "Tap.", "answer": "breaths"}}, {"say": "{pace} breaths."})
    told = play(made, *((2.0 + 4 * k, "") for k in range(9)), (35.0, "done"))
    assert told.log.of("answer")[-1]["value"] == 15
    assert "15 breaths." in told.lines


def test_taps_end_by_themselves() -> None:
    made = script({"ask": {"id": "pace", "text": "Tap.", "answer": "breaths"}}, {"say": "{pace} breaths."})
    told = play(made, *((2.0 + 4 * k, "") for k in range(14)))
    assert told.log.of("answer")[-1]["value"] == 15
    assert 61 < told.at("15 breaths.")[0] < 63


def test_counting_has_typed_keys() -> None:
    made = script({"ask": {"id": "n", "text": "Count.", "answer": "breath-count", "for": "1 min"}}, {"say": "End."})
    keys: list[tuple[float, str]] = [(2.0 + k, "") for k in range(8)]
    told = play(made, *keys, (10.0, "9"), (12.0, ""), (13.0, "0"), (20.0, "done"))
    assert told.log.of("tapped")[-1]["rounds"] == [9] and told.log.of("tapped")[-1]["lost"] == 1


def test_an_answer_can_be_changed_by_going_back() -> None:
    made = script({"rate": {"id": "a", "ask": "How is it?"}}, {"rate": {"id": "b", "ask": "And now?"}}, {"say": "End."})
    kept = play(made, (2.0, "40"), (5.0, "b"), (8.0, ""), (10.0, "30"))
    assert words.given("40") in kept.asides
    assert [e["value"] for e in kept.log.of("answer")] == [40, 40, 30]
    changed = play(made, (2.0, "40"), (5.0, "b"), (8.0, "20"), (10.0, "30"))
    assert [e["value"] for e in changed.log.of("answer")] == [40, 20, 30]


def test_all_of_it_is_in_the_help() -> None:
    told = words.keys(breathes=True, sound=True)
    assert all(word in told for word in ("land", "e:", "r:"))
    assert "e:" not in words.keys(breathes=False, sound=True)


def test_what_was_begun_can_be_kept(monkeypatch: Any) -> None:
    from tests.plain import stage

    class Offering(stage.Conductor):
        def __init__(self, *args: Any, **named: Any) -> None:
            super().__init__(*args, offers={"a": "half a thought"}, **named)

    monkeypatch.setattr(stage, "Conductor", Offering)
    open_ = script({"ask": {"id": "a", "text": "What is on your mind?"}}, {"say": "End."})
    told = play(open_, (5.0, "keep"))
    assert words.begun("half a thought") in told.asides
    assert told.log.of("answer")[-1]["value"] == "half a thought"
    hidden = script({"ask": {"id": "a", "text": "What is on your mind?", "private": True}}, {"say": "End."})
    assert not any("half" in line for line in play(hidden, (5.0, "other")).asides)
