"""Made-up clients in the real player: how each session goes, what is asked, and which ways are never taken."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from mindful import assets
from mindful.author import simulation_text
from mindful.author.better_end import better_end
from mindful.author.branches import branches, taken
from mindful.author.clients import BUILT_IN, Client, built_in
from mindful.author.simulate import simulate
from mindful.author.simulated import Given, Run, Simulation
from mindful.journal import store
from mindful.player.state import LANDING_MS, LEAD_MS
from mindful.timeline.model import RatePrompt
from tests.bundled import bundled
from tests.making import script


def client(**properties: Any) -> Client:
    return Client.model_validate({"name": "own", **properties})


def play(who: Client, *steps: dict[str, Any], **head: Any) -> Run:
    (run,) = simulate(Given(script(*steps, **head)), [who]).runs
    return run


def ends(run: Run) -> list[tuple[str, str]]:
    return [(s["step"], s["status"]) for s in run.record["steps"]]


@pytest.mark.parametrize("name", list(assets.session_files()))
def test_every_bundled_session_with_every_client(name: str) -> None:
    found = simulate(Given(bundled(name)), [built_in(n) for n in BUILT_IN])
    by = {run.client.name: run for run in found.runs}
    assert list(by) == ["calm", "distressed", "stops", "silent", "random"]
    for who in ("calm", "distressed", "silent"):
        assert by[who].record["status"] == "completed"
        assert all(s["status"] in ("done", "skipped") for s in by[who].record["steps"])
    assert by["stops"].record["status"] == "stopped" and by["stops"].record["reason"] == "client"
    assert by["distressed"].record["paused_ms"] == 45_000
    assert not any(a.answer is not None for a in by["silent"].asked if not (a.id or "").endswith(".agreed"))
    for run in found.runs:
        assert not [w for w in run.warnings if w.startswith("Which end")], "the script says which end is the better one"
        assert run.record["simulated"] is True and run.record["session"]["id"] == name
        assert (run.record["timing"]["late_ms"]["max"] or 0) <= 1, "every cue is acted upon in its own moment"
    assert json.loads(json.dumps(simulation_text.as_json(found)))["session"]["id"] == name
    assert all(len(line) <= 80 for line in simulation_text.text(found).splitlines() if not line.startswith("  !"))


def test_a_session_without_questions_takes_what_its_outline_says() -> None:
    for name, total in (("settle", 60_000), ("five-minute-breath", 300_000)):
        run = simulate(Given(bundled(name)), [built_in("calm")]).runs[0]
        assert run.record["elapsed_ms"] == run.record["planned_ms"] == total


def test_who_stops_at_two_fifths() -> None:
    run = play(built_in("stops"), {"pause": "100 s"}, {"say": "A line.", "label": "Words"})
    whole = play(built_in("calm"), {"pause": "100 s"}, {"say": "A line.", "label": "Words"}).record["elapsed_ms"]
    assert run.record["elapsed_ms"] == round(0.4 * whole) + LANDING_MS
    assert ends(run) == [("steps[0].pause", "left")] and run.last == "Silence"


def test_moments_of_the_clients_own() -> None:
    who = client(pauses=[{"at": "10 s", "for": "1 h"}, {"at": "50 %", "for": 5}], stops="1 min")
    run = play(who, {"pause": "80 s"})
    assert run.record["paused_ms"] == 3_605_000 and run.record["elapsed_ms"] == 60_000 + LANDING_MS
    who = client(reaction="7 s", holds="11 s")
    steps = ({"rate": {"id": "a", "ask": "?"}}, {"wait": "Ready?"}, {"wait": {"text": "Hold", "at_most": "4 s"}})
    assert play(who, *steps).record["elapsed_ms"] == 7000 + LEAD_MS + 11_000 + LEAD_MS + 4000


def test_answers_by_id_scale_and_kind() -> None:
    who = client(
        answers={"own": [3, 4], "felt": ["Warmth", "Weight"], "left": None},
        scales={"suds": ["90 %", 12], "any": {"from": "20 %", "to": "20 %"}},
        replies={"text": ["One.", "Two."], "number": 7, "yes-no": True, "time": "7:05", "choice": "last"},
    )
    rate = [{"rate": {"id": f"r{k}", "ask": "?", "scale": s}} for k, s in enumerate(("suds", "suds", "suds", "mood"))]
    ask = [
        {"ask": {"id": f"a{k}", "text": "?", "answer": a}} for k, a in enumerate(("number", "yes-no", "time", "text"))
    ]
    choices = {"answer": "choices", "options": ["Warmth", "Weight", "Nothing"]}
    run = play(
        who,
        *rate,
        {"repeat": {"times": 3, "steps": [{"rate": {"id": "own", "ask": "?", "scale": {"min": 1, "max": 5}}}]}},
        *ask,
        {"ask": {"id": "felt", "text": "?", **choices}},
        {"ask": {"id": "more", "text": "?", **choices}},
        {"rate": {"id": "left", "ask": "?"}},
    )
    assert [a.answer for a in run.asked] == [
        *(90, 12, 12, 2),
        *(3, 4, 4),
        *(7, True, "07:05", "One."),
        *(["Warmth", "Weight"], ["Nothing"], None),
    ]
    assert run.record["answers"]["own"] == 4 and run.record["answers"]["left"] is None and not run.warnings


def test_a_scale_is_answered_time_after_time() -> None:
    who = client(scales={"suds": ["90 %", 12]})
    run = play(who, {"repeat": {"times": 3, "steps": [{"rate": {"id": "a", "ask": "?"}}]}})
    assert [a.answer for a in run.asked] == [90, 12, 12]


def test_ways_taken_and_never_reached() -> None:
    steps = (
        {"rate": {"id": "now", "ask": "?"}},
        {"if": "now >= 60", "say": "Look around."},
        {"if": "now < 10", "repeat": {"times": 2, "steps": [{"pause": "1 s"}]}},
        {
            "repeat": {
                "at_most": 3,
                "until": "not more",
                "steps": [
                    {"choose": {"ask": "Which?", "id": "way", "options": [
                        {"label": "A"}, {"label": "B", "steps": [{"if": "now > 90", "bell": "bowl"}]}, {"label": "C"}]}},
                    {"ask": {"id": "more", "text": "More?", "answer": "yes-no"}},
                ],
            }
        },
    )  # fmt: skip
    once = client(scales={"suds": 5}, chooses="last")
    twice = client(name="two", scales={"suds": 70}, chooses="next", answers={"more": [True, False]})
    found = simulate(Given(script(*steps)), [once, twice])
    assert [way.words for way in found.branches] == [
        "if now >= 60: “Look around.”",
        "if now < 10: “Repeat”",
        "another round, until not more",
        "“A” at “Which?”",
        "“B” at “Which?”",
        "if now > 90: “Bell”",
        "“C” at “Which?”",
    ]
    kinds = [[(way.kind, way.path) for way in found.taken(run)] for run in found.runs]
    choose = "steps[3].repeat.steps[0].choose.options"
    assert kinds[0] == [("if", "steps[2].repeat"), ("option", f"{choose}[2]")]
    assert kinds[1] == [
        ("if", "steps[1].say"),
        ("round", "steps[3].repeat"),
        ("option", f"{choose}[0]"),
        ("option", f"{choose}[1]"),
    ]
    assert [way.path for way in found.never] == [f"{choose}[1].steps[0].bell"]
    said = simulation_text.text(found)
    assert "Never reached by any of them (1 of 7 ways):\n  - if now > 90: “Bell”\nA client of your own can" in said
    assert said.endswith("\n  answers: {before: 80}\n")
    only = simulation_text.text(simulate(Given(script(*steps)), [once]))
    assert only.endswith("\n  answers: {way: A}\n") and "--seed" not in only
    assert "--seed" in simulation_text.text(simulate(Given(script(*steps)), [once, client(name="random")]))
    assert "two: " in said and "  Which? B\n" in said


def test_ways_by_several_answers() -> None:
    steps = (
        {"ask": {"id": "near", "text": "?", "answer": "choices", "options": ["Sea", "Wood", "Hill"]}},
        {"if": "near == 'Sea'", "pause": "1 s"},
        {"if": "near != 'Sea'", "pause": "2 s"},
        {"if": "near == 'Sea' and near == 'Wood'", "pause": "3 s"},
    )
    who = [client(name=str(k), answers={"near": near}) for k, near in enumerate((["sea"], ["Wood"], ["Sea", "wood"]))]
    found = simulate(Given(script(*steps)), who)
    assert [[way.path for way in found.taken(run)] for run in found.runs] == [
        ["steps[1].pause"], ["steps[2].pause"], ["steps[1].pause", "steps[3].pause"]
    ]  # fmt: skip
    dice = [
        simulate(Given(script(*steps), seed=seed), [client(replies={"choice": "random"})]).runs[0].asked[0].answer
        for seed in range(20)
    ]
    assert {len(answer) for answer in dice} == {1, 2, 3}
    assert all(answer == [o for o in ("Sea", "Wood", "Hill") if o in answer] for answer in dice)


def test_it_says_with_which_variables_it_was_played() -> None:
    steps = ({"if": "bells", "bell": "bowl"}, {"if": "minutes > 9", "pause": "1 s"}, {"pause": "2 s"})
    head = {"variables": {"minutes": {"default": 5, "min": 2, "max": 20}, "bells": {"default": True}}}
    s = script(*steps, **head)
    found = simulate(Given(s), [client()])
    said = " ".join(simulation_text.text(found).split())
    assert "At their defaults: minutes=5, bells=yes." in said and "such as --set minutes=20." in said
    assert "Set:" not in said and [way.path for way in found.never] == ["steps[1].pause"]
    found = simulate(Given(s, {"minutes": 20}), [client()])
    said = " ".join(simulation_text.text(found).split())
    assert "Set: minutes=20." in said and "At their defaults: bells=yes." in said and "--set bells=no" in said
    assert found.never == [] and simulation_text.as_json(found)["variables"] == {
        "set": {"minutes": 20}, "defaults": {"bells": True}
    }  # fmt: skip
    said = simulation_text.text(simulate(Given(s, {"minutes": 20, "bells": False}), [client()]))
    assert "Set: minutes=20, bells=no." in said and "defaults" not in said
    assert "defaults" not in simulation_text.text(simulate(Given(script({"pause": "1 s"})), [client()]))


def test_ways_of_an_included_script_are_ways_too() -> None:
    made = bundled("arriving")
    ways, stops = branches(made, {})
    assert any(".include.steps[" in stop.path for stop in stops)
    assert taken(ways, {"steps[4].repeat#2.steps[0].choose"}, ()) == [way for way in ways if way.kind == "round"]


def test_what_is_worth_a_look_is_said() -> None:
    steps = (
        {"rate": {"id": "a", "ask": "How much?", "required": True}},
        {"rate": {"id": "b", "ask": "And now?"}},
        {"say": "From {a} to {b}.", "label": "The two"},
    )
    silent = play(built_in("silent"), *steps)
    assert silent.warnings == (
        "“How much?” cannot be left open: whoever does not answer can only skip it or end here.",
        "“The two” says {a}, which was left open: an ellipsis stands there.",
        "“The two” says {b}, which was left open: an ellipsis stands there.",
    )
    own = play(client(answers={"a": 200, "b": 5, "c": 1}), *steps)
    assert own.warnings[0] == "The answer 200 to “How much?” is not taken: A number from 0 to 100."
    assert own.warnings[-1] == "The client has an answer to “c”, but no question has that id."
    assert not play(client(answers={"a": 20, "b": 5}), *steps).warnings


def test_a_session_that_never_ends_is_left() -> None:
    from mindful.author.simulate import MOST_MS

    run = play(client(holds="4 h"), *({"sit": {"open": True}} for _ in range(8)))
    assert run.record["status"] == "interrupted" and run.record["elapsed_ms"] >= MOST_MS
    assert run.warnings == ("The session was not over after 24 hours.",)


def test_chance_is_the_same_for_the_same_seed() -> None:
    made = bundled("arriving")
    runs = [simulate(Given(made, seed=seed), [built_in("random")]).runs[0] for seed in (1, 1, 2, 3)]
    assert runs[0] == runs[1] and len({str(run.record) for run in runs}) == 3


def test_who_skips_everything_has_not_completed_it() -> None:
    run = play(client(skips=1, reaction="1 s"), *({"pause": "60 s"} for _ in range(4)))
    assert run.record["status"] == "stopped" and run.record["reason"] == "skipped to the end"
    assert [status for _, status in ends(run)] == ["skipped"] * 4
    run = play(client(skips=1, reaction="1 s"), {"rate": {"id": "a", "ask": "?"}})
    assert [a.answer for a in run.asked] == [None]


def test_records_are_kept_as_simulated(tmp_path: Path) -> None:
    now = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
    who = [built_in("calm"), built_in("stops")]
    found: Simulation = simulate(Given(bundled("box")), who, tmp_path, now=lambda: now)
    entries = {run.client.name: store.read(run.file) for run in found.runs if run.file is not None}
    assert set(entries) == {"calm", "stops"}
    for run in found.runs:
        record = entries[run.client.name].record
        assert record["simulated"] is True and record["settings"]["client"] == run.client.name
        assert datetime.fromisoformat(record["ended"]) == now, "as if it had ended just now"
        same = ("status", "steps", "answers", "elapsed_ms", "timing", "settings")
        assert {k: record[k] for k in same} == {k: run.record[k] for k in same}
    assert not list(tmp_path.rglob("*.jsonl"))


def test_at_a_length() -> None:
    made = script({"pause": "60 s"}, {"breathe": {"pattern": "box", "cycles": 6}}, fit={"min": "1 min", "max": "9 min"})
    run = simulate(Given(made, fit_ms=200_000), [built_in("calm")]).runs[0]
    assert run.record["elapsed_ms"] == run.record["planned_ms"] == run.record["settings"]["fit_ms"] == 200_000


def test_three_quarters_of_an_hour_take_a_small_part_of_it() -> None:
    part = ({"say": "Let it come and go. [pause 5 s] No hurry.", "pause": "9 s"}, {"breathe": {"pattern": {"inhale": 4, "exhale": 6}, "for": "190 s"}}, {"sit": "90 s"})  # fmt: skip
    made = script({"repeat": {"times": 9, "steps": list(part)}}, {"rate": {"id": "a", "ask": "?"}})
    began = time.process_time()
    found = simulate(Given(made), [built_in(name) for name in BUILT_IN])
    # How fast it is stands in docs/performance.md; here only that nobody waits, on any machine.
    assert time.process_time() - began < 45 * 60 / 100, "all five clients together, on one processor"
    assert found.runs[0].record["elapsed_ms"] > 44 * 60_000


def test_things_are_found_one_after_another_and_who_leaves_everything_open_finds_none() -> None:
    steps = ({"ground": {"senses": {"see": 3, "hear": 2}}}, {"say": "Thank you."})
    for who, found in ((client(reaction="2 s"), [3, 2]), (built_in("silent"), [0, 0])):
        run = play(who, *steps)
        assert run.record["status"] == "completed" and not run.warnings
        assert [s["data"]["found"] for s in run.record["steps"][:2]] == found
    first = play(client(reaction="2 s"), *steps).record["steps"][0]
    assert first["data"]["held_ms"] == 6000 + LEAD_MS


def test_a_region_is_no_answer_that_was_left_open() -> None:
    assert not play(client(), {"scan": {"text": "Now {region}.", "each": "2 s"}}).warnings


# Scales of the author's own


def rated(low: str = "", high: str = "", better: str = "", ask: str = "How is it?") -> RatePrompt:
    return RatePrompt(text=ask, low=0, high=10, low_label=low, high_label=high, better=better)


@pytest.mark.parametrize(
    ("prompt", "end"),
    [
        (rated("quite loose", "as tense as can be"), "low"),
        (rated("not calm at all", "very calm"), "high"),
        (rated("no pain", "the worst"), "low"),
        (rated("gar nicht ruhig", "ganz ruhig"), "high"),
        (rated("keine Angst", "sehr viel Angst"), "low"),
        (rated("not at all", "very much", ask="How safe do you feel?"), "high"),
        (rated("not at all", "very much", ask="How anxious are you?"), "low"),
        (rated("very far away", "right here", better="high"), "high"),
        (rated("calm", "tense", better="high"), "high"),
        (rated("blue", "green"), None),
        (rated(), None),
    ],
)
def test_the_good_end_of_a_scale_of_ones_own(prompt: RatePrompt, end: str | None) -> None:
    assert better_end(prompt) == end


def test_distress_is_low_where_the_high_end_is_the_good_one() -> None:
    def answer(scale: dict[str, Any], who: str | Client) -> Any:
        chosen = built_in(who) if isinstance(who, str) else who
        run = play(chosen, {"rate": {"id": "a", "ask": "How is it?", "scale": {"min": 0, "max": 10, **scale}}})
        return run.asked[0].answer, [w for w in run.warnings if "better" in w]

    assert answer({"better": "high"}, "distressed") == (1, [])
    assert answer({"low": "loose", "high": "tense"}, "distressed") == (9, [])
    assert answer({"better": "high"}, "calm") == (6, [])
    number, warned = answer({}, "distressed")
    assert number == 9 and len(warned) == 1 and "`better: high`" in warned[0]
    assert answer({}, client(scales={"own": 4})) == (4, [])
    assert answer({}, client(scales={"any": 4})) == (4, [])


def test_a_silent_client_takes_no_way_of_a_choice_and_comes_to_the_end() -> None:
    options = [{"label": "A", "steps": [{"say": "One."}]}, {"label": "B"}]
    run = play(
        built_in("silent"), {"choose": {"id": "way", "ask": "Which?", "options": options}}, {"say": "Thank you."}
    )
    assert run.record["status"] == "completed" and run.asked[0].answer is None and not run.chosen
    assert not [w for w in run.warnings if "cannot be left open" in w]
