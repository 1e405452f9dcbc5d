"""Events become the record of the design, also when they stop anywhere."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mindful.journal.lines import line, parse
from mindful.journal.record import GONE, Folding, NothingWrittenError, fold
from mindful.journal.timing import Timing, percentile
from mindful.journal.versions import check

START: dict[str, Any] = {
    "event": "start",
    "t_ms": 0,
    "at": "2026-11-22T07:30:00.000+01:00",
    "id": "20261122T063000Z_a1b2c3",
    "session": {"id": "box", "title": "Box", "sha256": "00", "format": 1},
    "planned_ms": 300_000,
    "settings": {"cues": "both"},
    "variables": {"minutes": 5},
    "app": "mindful 0.1.0",
    "audio": {"sink": "null", "rate": 48000},
    "clock": "audio",
    "simulated": False,
}


def of(*events: Mapping[str, Any], start: Mapping[str, Any] = START) -> dict[str, Any]:
    return fold([start, *events])


def step(t: int, phase: str, path: str = "steps[0].breathe", **more: Any) -> dict[str, Any]:
    return {"event": "step", "t_ms": t, "step": path, "kind": path.rpartition(".")[2], "phase": phase, **more}


def test_a_whole_session_is_the_record_of_the_design() -> None:
    record = of(
        step(0, "start", "steps[0].rate"),
        {"event": "answer", "t_ms": 4_000, "id": "suds_before", "value": 60, "private": False},
        step(4_100, "end", "steps[0].rate", status="done"),
        step(4_100, "start", "steps[1].breathe", data={"pattern": "box"}),
        {"event": "cues", "t_ms": 5_000, "late_ms": [0.4, -0.2]},
        {"event": "beat", "t_ms": 5_000, "elapsed_ms": 5_000, "paused_ms": 0},
        {"event": "notice", "t_ms": 6_000, "text": "No sound device."},
        {"event": "volume", "t_ms": 6_000, "level": 0.5},
        step(304_000, "end", "steps[1].breathe", status="done", data={"cycles": 18}),
        {
            "event": "end",
            "t_ms": 304_004,
            "status": "completed",
            "reason": "end",
            "elapsed_ms": 304_004,
            "paused_ms": 0,
        },
    )
    assert record == {
        "mindful_record": 1,
        "id": "20261122T063000Z_a1b2c3",
        "session": {"id": "box", "title": "Box", "sha256": "00", "format": 1},
        "status": "completed",
        "reason": "end",
        "started": "2026-11-22T07:30:00.000+01:00",
        "ended": "2026-11-22T07:35:04.004+01:00",
        "planned_ms": 300_000,
        "elapsed_ms": 304_004,
        "paused_ms": 0,
        "settings": {"cues": "both"},
        "variables": {"minutes": 5},
        "steps": [
            {"step": "steps[0].rate", "kind": "rate", "status": "done", "start_ms": 0, "end_ms": 4_100, "data": {}},
            {
                "step": "steps[1].breathe",
                "kind": "breathe",
                "status": "done",
                "start_ms": 4_100,
                "end_ms": 304_000,
                "data": {"pattern": "box", "cycles": 18},
            },
        ],
        "answers": {"suds_before": 60},
        "private": [],
        "timing": {"cues": 2, "late_ms": {"p50": 0.2, "p95": 0.4, "max": 0.4}, "clock": "audio"},
        "app": "mindful 0.1.0",
        "audio": {"sink": "null", "rate": 48000},
        "simulated": False,
        "note": "",
    }


def test_without_an_end_it_was_interrupted() -> None:
    record = of({"event": "beat", "t_ms": 9_000, "elapsed_ms": 8_000, "paused_ms": 1_000})
    assert (record["status"], record["reason"]) == ("interrupted", GONE)
    assert (record["elapsed_ms"], record["paused_ms"]) == (8_000, 1_000)
    assert record["ended"] == "2026-11-22T07:30:09.000+01:00"


@pytest.mark.parametrize("status", ["COMPLETED", "", None, True, ["completed"], "done"])
def test_an_end_that_says_nothing_known_completes_nothing(status: object) -> None:
    assert of({"event": "end", "t_ms": 5, "status": status})["status"] == "interrupted"


def test_the_last_answer_to_a_question_counts() -> None:
    record = of(
        {"event": "answer", "t_ms": 1, "id": "mood", "value": 3, "private": True},
        {"event": "answer", "t_ms": 2, "id": "why", "value": "rain", "private": True},
        {"event": "answer", "t_ms": 3, "id": "mood", "value": None, "private": False},
        {"event": "answer", "t_ms": 4, "id": 7, "value": "nobody asked"},
    )
    assert record["answers"] == {"mood": None, "why": "rain"}
    assert record["private"] == ["why"]


def test_going_back_makes_a_second_entry() -> None:
    record = of(step(0, "start"), step(500, "start"), step(900, "end", status="skipped"))
    assert [(s["status"], s["start_ms"], s["end_ms"]) for s in record["steps"]] == [
        ("left", 0, 500),
        ("skipped", 500, 900),
    ]


def test_a_step_end_without_a_start_is_kept() -> None:
    assert of(step(700, "end", status="done"))["steps"] == [
        {"step": "steps[0].breathe", "kind": "breathe", "status": "done", "start_ms": 700, "end_ms": 700, "data": {}}
    ]


@pytest.mark.parametrize(
    ("end", "status"),
    [
        ([], "interrupted"),
        ([{"event": "end", "t_ms": 900, "status": "stopped", "reason": "client"}], "left"),
        ([{"event": "end", "t_ms": 900, "status": "interrupted", "reason": "SIGTERM"}], "interrupted"),
    ],
)
def test_a_step_in_the_middle_ends_with_the_session(end: list[dict[str, Any]], status: str) -> None:
    entry = of(step(100, "start"), {"event": "beat", "t_ms": 900}, *end)["steps"][0]
    assert (entry["status"], entry["end_ms"]) == (status, 900)


def test_time_after_the_last_beat_counts_where_it_belongs() -> None:
    record = of(
        {"event": "beat", "t_ms": 1_000, "elapsed_ms": 990, "paused_ms": 0},
        {"event": "pause", "t_ms": 1_500},
        {"event": "resume", "t_ms": 4_500},
        {"event": "volume", "t_ms": 4_700},
        {"event": "volume", "t_ms": 2_000},  # time never goes back
    )
    assert (record["elapsed_ms"], record["paused_ms"]) == (990 + 500 + 200, 3_000)


def test_a_crash_in_a_pause_was_a_pause() -> None:
    record = of({"event": "pause", "t_ms": 1_000}, {"event": "volume", "t_ms": 61_000})
    assert (record["elapsed_ms"], record["paused_ms"]) == (1_000, 60_000)


def test_times_are_whole_and_odd_numbers_are_no_times() -> None:
    record = of(
        {"event": "beat", "t_ms": 10.6, "elapsed_ms": 9.4, "paused_ms": -5},
        {"event": "beat", "t_ms": "20", "elapsed_ms": None, "paused_ms": True},
        start=START | {"planned_ms": -3.2},
    )
    assert (record["elapsed_ms"], record["paused_ms"], record["planned_ms"]) == (9, 0, 0)
    check(record)


def test_the_machine_slept_or_the_wall_clock_was_set_back() -> None:
    end = {"event": "end", "t_ms": 60_000, "status": "stopped", "reason": "client"}
    slept = of(end | {"at": "2026-11-22T09:00:00.000+01:00"})
    assert slept["ended"] == "2026-11-22T09:00:00.000+01:00"
    back = of(end | {"at": "2026-11-22T06:00:00.000+01:00"})
    assert back["ended"] == "2026-11-22T07:31:00.000+01:00"
    dumb = of(end | {"at": "whenever"})
    assert dumb["ended"] == back["ended"]


def test_an_impossible_time_does_not_break_the_record() -> None:
    record = of({"event": "beat", "t_ms": 10**17})
    assert record["ended"] == record["started"]
    check(record)


def test_the_player_may_add_to_the_start_but_not_move_it() -> None:
    record = of(START | {"id": "other", "at": "2020-01-01T00:00:00+00:00", "simulated": True})
    assert record["id"] == START["id"]
    assert record["started"] == START["at"]
    assert record["simulated"] is True


@pytest.mark.parametrize("broken", [{"at": None}, {"at": "2026-11-22T07:30:00"}, {"at": "?"}, {"id": 5}])
def test_without_a_start_there_is_no_record(broken: dict[str, Any]) -> None:
    with pytest.raises(NothingWrittenError):
        fold([START | broken, step(0, "start")])
    with pytest.raises(NothingWrittenError):
        fold([])


def test_a_bare_start_is_enough() -> None:
    record = check(fold([{"event": "start", "at": START["at"], "id": "x"}]))
    assert record["session"] == {"id": "session", "title": "session", "sha256": "", "format": 1}
    assert record["timing"] == {"cues": 0, "late_ms": {"p50": None, "p95": None, "max": None}, "clock": "monotonic"}
    assert record["audio"] == {"sink": "none", "rate": None}


def test_a_record_is_a_copy() -> None:
    folding = Folding()
    folding.add(START)
    folding.add(step(0, "start"))
    folding.record()["steps"][0]["data"]["x"] = 1
    folding.record()["answers"]["x"] = 1
    again = folding.record()
    assert again["steps"][0]["data"] == {}
    assert again["answers"] == {}


def test_a_sound_that_was_lost_is_told() -> None:
    record = of(
        {"event": "sound", "t_ms": 0, "sink": "null", "clock": "audio", "rate": 44100},
        {"event": "sound", "t_ms": 90_000, "sink": "none", "clock": "monotonic", "underruns": 2},
        {"event": "sound", "t_ms": 91_000, "sink": "none", "clock": "monotonic", "underruns": 3},
        {"event": "beat", "t_ms": 100_000},
    )
    assert record["audio"] == {
        "sink": "null",
        "rate": 44100,
        "underruns": 3,
        "changes": [
            {"t_ms": 0, "sink": "null", "clock": "audio"},
            {"t_ms": 90_000, "sink": "none", "clock": "monotonic"},
        ],
    }
    assert record["timing"]["clock"] == "audio"


def test_the_clock_is_the_one_that_carried_most() -> None:
    started_without = {"event": "sound", "t_ms": 50, "sink": "null", "clock": "audio"}
    assert (
        of(started_without, {"event": "beat", "t_ms": 60_000}, start=START | {"clock": "monotonic"})["timing"]["clock"]
        == "audio"
    )
    assert of({"event": "beat", "t_ms": 60_000}, start=START | {"clock": "monotonic"})["timing"]["clock"] == "monotonic"
    assert of(start=START | {"clock": "sundial"})["timing"]["clock"] == "monotonic"


def test_percentiles_are_values_that_occurred() -> None:
    hundred = [float(n) for n in range(1, 101)]
    assert (percentile(hundred, 50), percentile(hundred, 95), percentile([7.0], 95)) == (50.0, 95.0, 7.0)


def test_early_is_as_far_off_as_late() -> None:
    timing = Timing()
    timing.late([-8.04, 1, 2, float("nan"), "3", None, True])
    timing.late("12")
    assert timing.summary(0)["late_ms"] == {"p50": 2.0, "p95": 8.0, "max": 8.0}
    assert timing.summary(0)["cues"] == 3


def test_a_summary_of_the_player_counts_when_it_knows_more() -> None:
    told = {"event": "timing", "t_ms": 1, "cues": 120, "late_ms": {"p50": 0.44, "p95": 1.1, "max": 2}}
    assert of({"event": "cues", "t_ms": 1, "late_ms": [9]}, told)["timing"] == {
        "cues": 120,
        "late_ms": {"p50": 0.4, "p95": 1.1, "max": 2.0},
        "clock": "audio",
    }
    assert of({"event": "cues", "t_ms": 1, "late_ms": [9, 9]}, told | {"cues": 1})["timing"]["cues"] == 2
    assert of(told | {"late_ms": {"p50": 1}})["timing"]["cues"] == 0


# properties

times = st.integers(0, 5_000)
paths = st.sampled_from(["steps[0].rate", "steps[1].breathe", "steps[2].sit"])
values = st.none() | st.integers(0, 100) | st.text(max_size=8)
happenings = st.one_of(
    st.builds(lambda p, ph, s: step(0, ph, p, status=s), paths, st.sampled_from(["start", "end"]), st.text(max_size=6)),
    st.builds(lambda i, v, p: {"event": "answer", "id": i, "value": v, "private": p}, paths, values, st.booleans()),
    st.builds(lambda e, p: {"event": "beat", "elapsed_ms": e, "paused_ms": p}, times, times),
    st.builds(lambda ms: {"event": "cues", "late_ms": ms}, st.lists(st.floats(-50, 50), max_size=5)),
    st.sampled_from([{"event": "pause"}, {"event": "resume"}, {"event": "from_the_future", "x": 1}]),
    st.builds(lambda c: {"event": "sound", "sink": "null", "clock": c}, st.sampled_from(["audio", "monotonic"])),
)
ends = st.builds(
    lambda s, e: {"event": "end", "status": s, "reason": "r", "elapsed_ms": e, "paused_ms": 0},
    st.sampled_from(["completed", "stopped", "interrupted"]),
    times,
)


@st.composite
def sessions(draw: st.DrawFn) -> list[dict[str, Any]]:
    events, at = [dict(START)], 0
    for event in [*draw(st.lists(happenings, max_size=15)), draw(ends)]:
        at += draw(times)
        events.append({**event, "t_ms": at})
    return events


@given(sessions(), st.data())
@settings(max_examples=100)
def test_cut_at_any_byte_it_is_a_valid_record_and_never_completed_too_early(
    events: list[dict[str, Any]], data: st.DataObject
) -> None:
    whole = b"".join(line(e) for e in events)
    cut = data.draw(st.integers(0, len(whole)))
    survived = list(parse(whole[:cut]))
    if not survived:
        with pytest.raises(NothingWrittenError):
            fold(survived)
        return
    record = check(fold(survived))
    ended = cut >= len(whole) - 1  # but for its newline the end is whole
    assert record["status"] == (events[-1]["status"] if ended else "interrupted")
    assert record["id"] == START["id"]
    answers = {e["id"]: e["value"] for e in survived if e["event"] == "answer"}
    assert record["answers"] == answers
    assert datetime.fromisoformat(record["ended"]) - datetime.fromisoformat(record["started"]) == timedelta(
        milliseconds=max(e["t_ms"] for e in survived)
    )


@given(sessions(), st.binary(max_size=40), st.data())
def test_a_broken_byte_anywhere_never_raises(events: list[dict[str, Any]], junk: bytes, data: st.DataObject) -> None:
    whole = b"".join(line(e) for e in events)
    at = data.draw(st.integers(len(line(events[0])), len(whole)))
    record = check(fold(parse(whole[:at] + junk + whole[at:])))
    assert record["session"]["id"] == "box"


@given(sessions())
def test_folding_as_it_comes_is_folding_at_once(events: list[dict[str, Any]]) -> None:
    folding = Folding()
    for count, event in enumerate(events, 1):
        folding.add(event)
        assert folding.record() == fold(events[:count])
    assert folding.ended
