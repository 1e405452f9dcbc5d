"""The table of times that an author reads."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mindful.assets import session_files
from mindful.author.outline import cells, clock, cut, length, rows, table, visible, ways
from mindful.timeline.model import Outline
from mindful.timeline.outline import outline
from mindful.timeline.unfold import Setup
from tests.bundled import bundled
from tests.making import script


def laid(*steps: dict[str, Any], **head: Any) -> Outline:
    return outline(Setup(script(*steps, **head)))


RATE = {"rate": {"id": "before", "ask": "How tense?"}}


def test_a_plain_script_row_by_row() -> None:
    found = laid(
        {"bell": {"sound": "bowl", "strokes": 3}},
        {"say": "Sit down.", "pause": "4 s"},
        {"breathe": {"pattern": {"inhale": 4, "exhale": 6}, "cycles": 6}, "label": "Slow breaths"},
        {"sit": {"for": "10 min", "bells": {"every": "5 min"}}},
        {"sound": "rain"},
        {"pause": "5 s"},
    )
    assert table(rows(found)) == (
        "   start   length  step      what\n"
        "    0:00     0:08  bell      Bell: bowl, 3 times\n"
        "    0:08  ~0:05.2  say       Sit down.\n"
        "  0:13.2     1:00  breathe   Slow breaths: 6 times in 4, out 6\n"
        "  1:13.2    10:00  sit       Sitting in silence, 1 bell\n"
        " 11:13.2        -  sound     Background: rain\n"
        " 11:13.2     0:05  pause     Silence\n"
    )


def test_what_comes_after_a_question_is_marked() -> None:
    found = rows(laid({"pause": "5 s"}, RATE, {"pause": "5 s"}))
    assert [(r.kind, r.start_ms, r.length_ms, r.sure) for r in found] == [
        ("pause", 0, 5000, True),
        ("rate", 5000, None, True),
        ("pause", 5000, 5000, False),
    ]
    text = table(found)
    assert "open" in text and "~0:05" in text


def test_a_branch_says_its_condition_and_time_goes_on_beside_it() -> None:
    found = rows(laid(RATE, {"pause": "20 s", "if": "before > 50"}, {"pause": "7 s"}))
    assert [(r.kind, r.start_ms, r.depth) for r in found] == [
        ("rate", 0, 0),
        ("", 0, 0),
        ("pause", 0, 1),
        ("pause", 0, 0),
    ]
    assert "if before > 50:" in table(found)


def test_a_repeat_is_called_one_and_no_condition_is_said_twice() -> None:
    inner = [{"if": "before > 50", "pause": "20 s"}, {"rate": {"id": "now", "ask": "And now?"}}, {"pause": "5 s"}]
    found = rows(laid(RATE, {"repeat": {"until": "now < 3", "at_most": 4, "steps": inner[1:]}}, {"pause": "1 s"}))
    assert [(r.what, r.depth) for r in found if not r.kind] == [("repeat until now < 3, at most 4 rounds", 0)]
    found = rows(laid(RATE, {"repeat": {"until": "now < 3", "at_most": 4, "steps": [inner[1], inner[0]]}}))
    assert [(r.what, r.depth) for r in found if not r.kind] == [
        ("repeat until now < 3, at most 4 rounds", 0),
        ("if before > 50", 1),
    ]
    found = rows(laid(RATE, {"repeat": {"until": "now < 3", "at_most": 4, "steps": inner}}))
    assert next(r.what for r in found if not r.kind) == "repeat until now < 3, at most 4 rounds, if before > 50"


def test_choices_begin_at_one_time() -> None:
    options = [
        {"label": "A", "steps": [{"pause": "20 s"}, {"pause": "3 s"}]},
        {"label": "B", "steps": [{"pause": "30 s"}]},
    ]
    found = rows(laid({"pause": "5 s"}, {"choose": {"id": "way", "ask": "Which?", "options": options}}, {"say": "On."}))
    starts = [(r.what if not r.kind else r.kind, r.start_ms) for r in found]
    assert starts == [
        ("pause", 0),
        ("choose", 5000),
        ("if way == 'A'", 5000),
        ("pause", 5000),
        ("pause", 25_000),
        ("if way == 'B'", 5000),
        ("pause", 5000),
        ("say", 28_000),
    ]


def test_the_length_says_both_ways_and_what_they_are() -> None:
    options = [{"label": "A", "steps": [{"pause": "20 s"}]}, {"label": "B", "steps": [{"pause": "1 min"}]}]
    found = laid({"choose": {"id": "way", "ask": "Which?", "options": options}}, {"pause": "5 s"})
    assert length(found) == "0:25 to 1:05, and as long as the client takes"
    assert rows(found)[-1].start_ms + 5000 == found.bounds.min_ms
    said = ways(found)
    assert "0:25 is the shortest way" in said and "1:05 is the longest way" in said
    assert ways(laid({"pause": "5 s"})) == ways(laid(RATE, {"pause": "5 s"})) == ""


def test_what_follows_a_repeat_begins_after_one_round() -> None:
    inner = [{"rate": {"id": "now", "ask": "And now?"}}, {"pause": "5 s"}]
    found = rows(laid({"repeat": {"until": "now < 3", "at_most": 4, "steps": inner}}, {"pause": "1 s"}))
    assert found[-1].start_ms == 5000


def test_nested_branches_go_in_and_out() -> None:
    inner = {
        "choose": {"id": "b", "ask": "B?", "options": [{"label": "x", "steps": [{"pause": "1 s"}]}, {"label": "y"}]}
    }
    outer = {
        "choose": {
            "id": "a",
            "ask": "A?",
            "options": [{"label": "p", "steps": [inner, {"pause": "2 s"}]}, {"label": "q"}],
        }
    }
    found = rows(laid(outer, {"pause": "4 s"}))
    assert [(r.kind, r.depth) for r in found] == [
        ("choose", 0), ("", 0), ("choose", 1), ("", 1), ("pause", 2), ("pause", 1), ("pause", 0),
    ]  # fmt: skip


def test_repeated_rounds_are_rows() -> None:
    found = rows(laid({"repeat": {"times": 3, "steps": [{"pause": "2 s"}]}}))
    assert [r.start_ms for r in found] == [0, 2000, 4000]


def test_a_glide_says_both_ends() -> None:
    step = {"breathe": {"pattern": {"inhale": 4, "exhale": 6}, "for": "2 min", "ramp": {"from": 12, "to": 6}}}
    (row,) = rows(laid(step))
    assert row.what.startswith("Breathing: 18 times in 2") and ", at the end in 3.8, out 5.8" in row.what


def test_open_practice_and_limits() -> None:
    found = rows(
        laid(
            {"breathe": {"pattern": {"inhale": 4, "exhale": 6}, "until": "key"}},
            {"sit": {"open": True}},
            {"wait": {"text": "Hold.", "at_most": "30 s"}},
        )
    )
    assert found[0].what == "Breathing: until a key in 4, out 6"
    assert found[2].what == "Hold. (at most 0:30)"
    assert all(row.length_ms is None for row in found)


def test_optional_steps_say_so() -> None:
    assert "(may be left out)" in table(rows(laid({"pause": "5 s", "optional": True})))


@pytest.mark.parametrize("name", list(session_files()))
def test_every_bundled_session_fits_eighty_columns(name: str) -> None:
    found = outline(Setup(bundled(name)))
    text = table(rows(found))
    assert all(cells(line) <= 80 for line in text.splitlines())
    steps = [r for r in rows(found) if r.kind and not (r.step.endswith(".exposure") and r.kind != "exposure")]
    assert len(steps) == sum(len(s.spans) for s in found.segments)


def test_times_are_those_of_the_timeline() -> None:
    found = rows(outline(Setup(bundled("five-minute-breath"))))
    assert all(r.sure for r in found)
    for row, following in pairwise(found):
        assert row.length_ms is not None and row.start_ms + row.length_ms == following.start_ms
    assert found[-1].start_ms + (found[-1].length_ms or 0) == 300_000


@pytest.mark.parametrize(
    ("ms", "said"), [(0, "0:00"), (4200, "0:04.2"), (65_000, "1:05"), (3_600_000, "1:00:00"), (59_960, "1:00")]
)
def test_clock(ms: int, said: str) -> None:
    assert clock(ms) == said


def test_length_in_a_phrase() -> None:
    assert length(laid({"pause": "5 s"})) == "0:05"
    assert length(laid(RATE, {"pause": "5 s"})) == "at least 0:05, and as long as the client takes"
    assert length(laid({"wait": {"text": "Go.", "at_most": "9 s"}}, {"pause": "5 s"})) == "0:05 to 0:14"


@given(st.text(max_size=120), st.integers(2, 80))
def test_cut_text_fits(text: str, width: int) -> None:
    assert cells(cut(visible(text), width)) <= width


def test_nothing_drives_the_terminal() -> None:
    assert "\x1b" not in visible("a\x1b[2Jb") and "\n" not in visible("a\nb")


def test_a_branch_that_is_entered_again_is_told_again() -> None:
    made = script(
        {"rate": {"id": "now", "ask": "How tense?"}},
        {"if": "now >= 50", "bell": "bowl"},
        {"if": "now < 50", "say": "Eased."},
        {"if": "now >= 50", "say": "Not eased."},
    )
    assert [r.what for r in rows(outline(Setup(made))) if r.kind in ("", "say")] == [
        "if now >= 50", "if now < 50", "Eased.", "if now >= 50", "Not eased."
    ]  # fmt: skip


def test_an_own_label_of_words_stands_before_them() -> None:
    (named, bare) = rows(outline(Setup(script({"say": "Sit as you like.", "label": "Arriving"}, {"say": "And now."}))))
    assert (named.what, bare.what) == ("Arriving: Sit as you like.", "And now.")


def test_what_is_said_during_an_exposure_stands_below_it_from_where_it_begins() -> None:
    ladder = [{"id": "door", "item": "Stand in the lift", "suds": 40}]
    words = [
        {"say": "Stay with it. Look around.", "pause": "60 s"},
        {"bell": "wood"},
        {"say": "Is it as you expected?"},
    ]
    found = rows(laid({"say": "Now."}, {"exposure": {"ladder": ladder, "for": "8 min", "script": words}, "id": "lift"}))
    (at,) = [n for n, row in enumerate(found) if row.what.endswith("(at most 8:00)")]
    held, first, bell, second = found[at : at + 4]
    assert [(r.kind, r.what, r.depth) for r in (first, bell, second)] == [
        ("say", "Stay with it. Look around.", 1), ("bell", "wood", 1), ("say", "Is it as you expected?", 1)
    ]  # fmt: skip
    assert first.start_ms == held.start_ms and bell.start_ms == second.start_ms >= first.start_ms + 60_000
    assert first.length_ms and not first.sure and {r.step for r in (first, bell, second)} == {held.step}
    assert found[at + 4].kind == "exposure" and found[at + 4].depth == 0
    assert ways(laid({"exposure": {"ladder": ladder, "for": "8 min"}, "id": "lift"})).startswith("An exposure that is")
    choice = {"choose": {"ask": "?", "options": [{"label": "A", "steps": [{"pause": "9 s"}]}, {"label": "B"}]}}
    both = ways(laid(choice, {"exposure": {"ladder": ladder, "for": "8 min"}, "id": "lift"}))
    assert both.startswith("0:00 is the shortest") and "An exposure that is ended at once" in both
    assert "exposure" not in ways(laid(choice))
