"""The outline: every branch once, lengths between bounds, and the same times as the performance where all is certain."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mindful.timeline.as_json import outline_json
from mindful.timeline.compile import compile_timeline
from mindful.timeline.outline import outline
from mindful.timeline.unfold import Setup, begin, unfold
from tests.making import script

closed_steps = st.recursive(
    st.sampled_from(
        [
            {"say": "Let the breath come. [pause 2 s] And go."},
            {"pause": "3 s"},
            {"bell": {"sound": "bowl", "strokes": 2}},
            {"bell": "wood"},
            {"sound": "rain"},
            {"breathe": {"pattern": "box", "cycles": 2}},
            {"breathe": {"pattern": "coherent", "for": "90 s", "ramp": {"from": 9, "to": 6}}},
            {"sit": {"for": "40 s", "bells": {"every": "20 s"}}},
            {"if": "n > 3", "say": "Only for some."},
        ]
    ),
    lambda inner: st.lists(inner, min_size=1, max_size=3).map(lambda steps: {"repeat": {"times": 2, "steps": steps}}),
    max_leaves=6,
)


@given(st.lists(closed_steps, min_size=1, max_size=8), st.integers(1, 6))
@settings(max_examples=60, deadline=None)
def test_what_is_certain_is_as_it_will_be_played(steps: list[dict[str, Any]], n: int) -> None:
    setup = Setup(script(*steps, variables={"n": {"default": n}}, settings={"background": "ocean"}))
    laid = outline(setup)
    played = compile_timeline(setup)
    assert laid.segments == tuple(p.segment for p in played.placed)
    assert laid.starts_ms == tuple(p.start_ms for p in played.placed)
    assert laid.total_ms == played.total_ms == laid.bounds.min_ms == laid.bounds.max_ms


def branches(*steps: dict[str, Any], **head: Any) -> Any:
    return outline(Setup(script(*steps, **head)))


def test_open_steps_make_the_length_uncertain() -> None:
    laid = branches({"pause": "3 s"}, {"rate": {"id": "a", "ask": "?"}}, {"pause": "4 s"})
    assert laid.total_ms is None
    assert (laid.bounds.min_ms, laid.bounds.max_ms) == (7000, None)
    assert [s.open for s in laid.segments] == [False, True, False]


def test_a_wait_with_an_end_has_a_longest_time() -> None:
    laid = branches({"wait": {"text": "Hold.", "at_most": "30 s"}}, {"pause": "4 s"})
    assert (laid.bounds.min_ms, laid.bounds.max_ms) == (4000, 34_000)


def test_a_branch_on_an_answer_is_marked_and_may_be_left_out() -> None:
    laid = branches(
        {"rate": {"id": "a", "ask": "?"}}, {"pause": "1 s"}, {"if": "a > 5", "pause": "10 s"}, {"pause": "2 s"}
    )
    assert [(s.when, s.length_ms) for s in laid.segments] == [
        (None, None),
        (None, 1000),
        ("a > 5", 10_000),
        (None, 2000),
    ]
    assert laid.bounds.min_ms == 3000


def test_a_branch_on_a_variable_is_decided() -> None:
    head = {"variables": {"n": {"default": 2}}}
    assert branches({"if": "n > 5", "pause": "10 s"}, {"pause": "2 s"}, **head).total_ms == 2000


def test_every_option_of_a_choice_is_shown() -> None:
    choose = {
        "ask": "?",
        "id": "how",
        "options": [
            {"label": "Short", "steps": [{"pause": "5 s"}]},
            {"label": "Long", "steps": [{"pause": "9 s"}, {"if": "how == 'Long'", "pause": "1 s"}]},
        ],
    }
    laid = branches({"choose": choose}, {"pause": "2 s"})
    assert [(s.when, s.length_ms) for s in laid.segments] == [
        (None, None),
        ("how == 'Short'", 5000),
        ("how == 'Long'", 9000),
        ("how == 'Long' and how == 'Long'", 1000),
        (None, 2000),
    ]
    assert (laid.bounds.min_ms, laid.bounds.longest_way_ms, laid.bounds.max_ms) == (7000, 12_000, None)
    assert laid.starts_ms == (0, 0, 0, 9000, 5000)


WAYS = {
    "ask": "?",
    "options": [{"label": "A", "steps": [{"pause": "5 s"}]}, {"label": "B", "steps": [{"pause": "9 s"}]}],
}


def test_an_optional_choice_may_take_no_way() -> None:
    laid = branches({"choose": WAYS, "optional": True}, {"pause": "2 s"})
    assert (laid.bounds.min_ms, laid.bounds.longest_way_ms) == (2000, 11_000)
    assert laid.starts_ms[-1] == 0


def test_a_choice_with_an_option_without_steps_may_take_no_time() -> None:
    laid = branches({"choose": {**WAYS, "options": [*WAYS["options"], {"label": "None"}]}}, {"pause": "2 s"})
    assert (laid.bounds.min_ms, laid.bounds.longest_way_ms) == (2000, 11_000)


@given(st.lists(st.sampled_from(["closed", "choose", "until"]), min_size=1, max_size=5), st.data())
@settings(max_examples=60, deadline=None)
def test_no_way_is_shorter_than_the_shortest_or_longer_than_the_longest(kinds: list[str], data: Any) -> None:
    """Every way that is taken, questions answered at once, lies between the two; both are taken by somebody."""
    nap = st.integers(1, 9).map(lambda n: {"pause": f"{n} s"})
    steps: list[dict[str, Any]] = []
    for k, kind in enumerate(kinds):
        if kind == "choose":
            ways = data.draw(st.lists(st.lists(nap, max_size=2), min_size=2, max_size=3))
            options = [{"label": f"w{i}", "steps": way} if way else {"label": f"w{i}"} for i, way in enumerate(ways)]
            steps.append({"choose": {"id": f"c{k}", "ask": "?", "options": options}})
        elif kind == "until":
            inner = [{"rate": {"id": f"r{k}", "ask": "?"}}, data.draw(nap)]
            steps.append({"repeat": {"until": f"r{k} < 5", "at_most": 3, "steps": inner}})
        else:
            steps.append(data.draw(nap))
    setup = Setup(script(*steps))
    laid = outline(setup)
    taken = [_played(setup, way, rated) for way in range(3) for rated in (0, 50)]
    best = _played_best(setup, min), _played_best(setup, max)
    assert best == (laid.bounds.min_ms, laid.bounds.longest_way_ms)
    assert all(best[0] <= ms <= best[1] for ms in taken)


def _played(setup: Setup, way: int, rated: int) -> int:
    """The time of a session in which each choice takes the option of this number and each rating is the same."""
    cursor, answers, total = begin(setup), dict[str, Any](), 0
    while True:
        segment, cursor = unfold(setup, cursor, answers)
        if segment is None:
            return total
        if segment.prompt is not None:
            options = getattr(segment.prompt, "options", ())
            answers[segment.prompt.id] = options[way % len(options)] if options else rated
        total += segment.length_ms or 0


def _played_best(setup: Setup, best: Any) -> int:
    """The shortest or the longest session there is: each choice looks ahead, ratings end a repeat at once or never."""

    def ahead(cursor: Any, answers: dict[str, Any], total: int) -> int:
        segment, cursor = unfold(setup, cursor, answers)
        if segment is None:
            return total
        if not segment.open:
            return ahead(cursor, answers, total + (segment.length_ms or 0))
        options = getattr(segment.prompt, "options", ()) or (0 if best is min else 50,)
        return best(ahead(cursor, {**answers, segment.prompt.id: option}, total) for option in options)

    return ahead(begin(setup), {}, 0)


def test_repeat_until_is_laid_out_once() -> None:
    laid = branches(
        {"pause": "1 s"},
        {
            "repeat": {
                "until": "a > 5",
                "at_most": 4,
                "steps": [{"pause": "3 s"}, {"wait": {"text": "x", "at_most": "2 s"}}],
            }
        },
    )
    assert [s.when for s in laid.segments] == [None] + ["until a > 5, at most 4 rounds"] * 2
    assert (laid.bounds.min_ms, laid.bounds.max_ms, laid.bounds.longest_way_ms) == (4000, 21_000, 21_000)


def test_conditions_of_nested_branches_add_up() -> None:
    choose = {"ask": "?", "options": [{"label": "A", "steps": [{"if": "r > 1", "pause": "1 s"}]}, {"label": "B"}]}
    laid = branches({"rate": {"id": "r", "ask": "?"}}, {"choose": choose})
    assert laid.segments[-1].when == "choice == 'A' and r > 1"


def test_the_json_has_the_names_of_the_format() -> None:
    s = script(
        {"bell": {"sound": "bowl", "strokes": 2}},
        {"breathe": {"pattern": [{"inhale": 2, "through": "left"}, {"exhale": 3}], "cycles": 3}},
        {"say": "Rest."},
        {"sound": "rain"},
        {"rate": {"id": "a", "ask": "?"}},
        {"learn": {"text": "x", "quiz": [{"ask": "?", "options": ["a", "b"], "answer": 1}]}},
        {"if": "a > 1", "breathe": {"pattern": "box", "until": "key"}},
        id="a-test",
    )
    data = outline_json(s, outline(Setup(s)))
    assert {k: v for k, v in data.items() if k != "segments"} == {
        "mindful_timeline": 1,
        "session": {"id": "a-test", "title": "A test", "sha256": "", "format": 1},
        "total_ms": None,
        "min_ms": 4000 + 15_000 + 1200,
        "max_ms": None,
        "longest_way_ms": 4000 + 15_000 + 1200,
    }
    first = data["segments"][0]
    assert {k: first[k] for k in ("index", "step", "kind", "open", "length_ms")} == {
        "index": 0,
        "step": "steps[0].bell",
        "kind": "bell",
        "open": False,
        "length_ms": 20_200,
    }
    phases = [c for c in first["cues"] if c["cue"] == "phase"]
    assert len([c for c in first["cues"] if c["cue"] == "bell"]) == 2
    wanted = {
        "at_ms": 14_000,
        "cue": "phase",
        "step": "steps[1].breathe",
        "phase": "inhale",
        "length_ms": 2000,
        "cycle": 3,
    }
    assert wanted.items() <= phases[4].items()
    assert {c["cue"] for s in data["segments"] for c in s["cues"]} == {"bell", "phase", "say", "caption", "sound"}
    assert data["segments"][1]["prompt"]["prompt"] == "rate"
    assert data["segments"][2]["prompt"]["quiz"][0]["right"] == 0
    assert data["segments"][3]["loop"] == [0, 16_000] and data["segments"][3]["when"] == "a > 1"
    assert data["segments"][1]["spans"][-1] == {
        "span": "step",
        "start_ms": 0,
        "length_ms": None,
        "step": "steps[4].rate",
        "kind": "rate",
        "label": "?",
        "optional": False,
    }


def test_what_is_too_long_to_be_played_is_as_long_as_what_is_played(monkeypatch: pytest.MonkeyPatch) -> None:
    for room in ("unfold", "outline"):
        monkeypatch.setattr(f"mindful.timeline.{room}.MOST_STEPS", 2000)
    inner = {"repeat": {"times": 300, "steps": [{"pause": "1 s"}]}}
    s = script({"repeat": {"times": 300, "steps": [inner]}})
    assert outline(Setup(s)).total_ms == compile_timeline(Setup(s)).total_ms == 2_000_000
