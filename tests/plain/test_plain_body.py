"""The steps of the body as plain lines: what is held is told with its words, what is found is counted by Enter."""

from __future__ import annotations

from mindful.plain import words
from mindful.timeline import body_words
from tests.making import script
from tests.plain.stage import play


def test_a_scan_is_announced_and_each_silence_told() -> None:
    told = play(script({"scan": {"regions": ["hands", "feet"], "each": "20 s"}}))
    assert told.lines[0].startswith("Through the body, ")
    assert told.lines[1:] == [
        "Bring your attention to both hands. (quiet, 20 s)",
        "Now let your attention move on to both feet. (quiet, 20 s)",
    ]


def test_tension_is_told_with_its_length_and_its_soft_sounds_are_not_told() -> None:
    told = play(script({"relax": {"groups": ["right-hand"]}}))
    assert "And tense. (for 6 s)" in told.lines
    assert any(line.startswith("And let go. (quiet, ") for line in told.lines)
    assert not any("wood" in line for line in told.lines)
    (tense,), (let_go,) = told.at("And tense. (for 6 s)"), [t for t, line in told.said if line.startswith("And let go")]
    assert round(let_go - tense, 1) == 7.2, "the word, and six seconds after it"


def test_poses_are_told_with_what_they_take() -> None:
    poses = [{"say": "Lift both arms.", "hold": "15 s"}, {"say": "Turn.", "breaths": 1, "sides": "both"}]
    told = play(script({"move": {"poses": poses}}))
    assert told.lines[1:] == [
        "Lift both arms. (for 15 s)",
        "Turn.",
        "Breathe in, 4",
        "Breathe out, 6",
        body_words.OTHER_SIDE,
        "Breathe in, 4",
        "Breathe out, 6",
    ]


def test_finds_are_counted_by_enter_or_a_number_and_s_goes_on() -> None:
    told = play(
        script({"ground": {"senses": {"see": 3, "hear": 4, "taste": 1}}}, {"say": "Thank you."}),
        *((2.0, ""), (4.0, "2"), (8.0, "1"), (9.0, "what"), (10.0, "s"), (14.0, "")),
    )
    assert told.ended.status == "completed"
    assert told.asides == [
        words.find(3), "1 of 3.", "3 of 3.", words.find(4), "1 of 4.", words.NOTHING_HERE, words.find(1), "1 of 1.",
    ]  # fmt: skip
    kept = [e["data"] for e in told.log.of("step") if e["phase"] == "end"][:3]
    assert [(d["sense"], d["found"], d["things"]) for d in kept] == [("see", 3, 3), ("hear", 1, 4), ("taste", 1, 1)]


def test_without_a_keyboard_each_sense_has_its_time_and_says_so() -> None:
    told = play(script({"ground": {"senses": {"see": 3, "hear": 4}, "each": "12 s"}}), keyboard=False)
    assert told.ended.status == "completed" and len(told.asides) == 2
    assert all(a.startswith("There is no keyboard here") for a in told.asides)
    assert 28_000 < told.ended.elapsed_ms < 40_000


def test_two_letters_go_past_a_whole_scan() -> None:
    told = play(script({"scan": {}}, {"say": "Thank you."}), (2.0, "s"), (4.0, "ss"))
    assert told.ended.elapsed_ms < 10_000
    (scan, *_) = [e for e in told.log.of("step") if e["phase"] == "end"]
    assert scan["status"] == "skipped" and scan["data"]["planned_regions"] == 14
