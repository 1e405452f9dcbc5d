"""What the numbers of exposures come to, and what each model makes of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mindful.script.ladder import Ladder, LadderItem
from mindful.timeline.exposure import advice_words
from mindful.timeline.exposure.advice import SOURCES, Advice, advise, learned, settled
from mindful.timeline.exposure.runs import Run, courses, figures, pair_key, read

LADDER = Ladder(
    items=tuple(
        LadderItem.model_validate({"id": n, "item": f"The {n} step", "suds": s})
        for n, s in (("a", 20), ("b", 40), ("c", 60), ("d", 80))
    )
)


def run(item: str, *suds: float, day: str = "2026-01-01", **more: Any) -> Run:
    ratings = tuple((60_000 * n, s) for n, s in enumerate(suds))
    return Run(day=day, item=item, words=item, ratings=ratings, held_ms=60_000 * len(suds), **more)


def by_model(*runs: Run, ladder: Ladder = LADDER) -> dict[str, tuple[str, str | None]]:
    return {a.model: (a.strategy, a.item) for a in advise(ladder, runs)}


def test_peak_end_and_change_within() -> None:
    r = run("a", 40, 80, 30)
    assert (r.first, r.peak, r.end, r.within, r.fall) == (40, 80, 30, -50, 62.5)
    assert figures(r) == {"first": 40, "peak": 80, "end": 30, "within": -50}


def test_one_rating_has_no_change_and_none_has_no_peak() -> None:
    assert run("a", 40).within is None and run("a", 40).peak == 40
    assert run("a").peak is None and figures(run("a")) == {}
    assert run("a", 0, 0).fall is None  # of nothing there is no share


def test_the_gap_is_what_was_expected_less_what_is() -> None:
    assert run("a", believed=80.0, believes=30.0).gap == 50
    assert run("a", believed=30.0, believes=60.0).gap == -30
    assert run("a", believed=80.0).gap is None
    assert [run("a", happened=h).violated for h in ("yes", "partly", "no", "unclear", None)] == [
        False, False, True, None, None,
    ]  # fmt: skip


def test_between_sessions_the_peaks_of_one_item_are_compared() -> None:
    first, second = courses([run("a", 80, 60), run("b", 50), run("a", 60, 50), run("a", 20)])
    assert (first.item, first.between_peaks, first.between) == ("a", (-20, -40), -60)
    assert second.between is None and second.between_peaks == ()


def test_stops_in_a_row_are_counted_from_the_last() -> None:
    ended = ["chosen", "time", "chosen", "left"]
    assert courses([run("a", 50, ended=e) for e in ended])[0].stopped == 2  # type: ignore[arg-type]


# What could come next


def test_nothing_done_yet_begins_where_something_stirs() -> None:
    low = LadderItem.model_validate({"id": "z", "item": "z", "suds": 5})
    ladder = Ladder(items=(low, *LADDER.items))
    assert by_model(ladder=ladder) == {"habituation": ("begin", "a"), "inhibitory": ("begin", "a")}
    assert advise(Ladder(), ()) == ()


@pytest.mark.parametrize(
    ("runs", "said"),
    [
        ((run("a", 70, 60),), ("again", "a")),
        ((run("a", 30, 20),), ("step-up", "b")),
        ((run("a", 70, 30),), ("again", "a")),
        ((run("a", 70, 30), run("a", 60, 30)), ("step-up", "b")),
        ((run("b", 90, 90, ended="chosen"),), ("again", "b")),
        ((run("b", 90, 90, ended="chosen"), run("b", 90, ended="chosen")), ("step-down", "a")),
        ((run("a", 90, ended="chosen"), run("a", 90, ended="chosen")), ("smaller", "a")),
        (tuple(run("b", 90, ended="chosen") for _ in range(3)), ("talk", "b")),
        ((run("d", 20, 10),), ("step-up", "a")),
        (tuple(run(i, 20) for i in "abcd"), ("top", "d")),
        ((run("a", 20, ended="chosen"),), ("again", "a")),
        ((run("a"),), ("again", "a")),
    ],
)
def test_habituation_waits_for_the_distress_to_fall(runs: tuple[Run, ...], said: tuple[str, str]) -> None:
    assert by_model(*runs)["habituation"] == said


@pytest.mark.parametrize(
    ("runs", "said"),
    [
        # the distress stayed high, and what was expected is not believed any more: something quite different
        ((run("a", 80, 80, believed=80.0, believes=10.0, happened="no"),), ("variability", "c")),
        # it fell to nothing, and the same is expected as before
        ((run("a", 80, 0, believed=80.0, believes=80.0, happened="no"),), ("expectancy", "a")),
        ((run("a", 80, 80, believed=80.0, believes=10.0, left_out="none"),), ("safety", "a")),
        ((run("a", 80, ended="chosen", believed=80.0, believes=70.0),), ("expectancy", "a")),
        (tuple(run("a", 80, ended="chosen", believed=80.0, believes=70.0) for _ in range(2)), ("shorter", "a")),
        (tuple(run("a", 80, ended="chosen", believed=80.0, believes=70.0) for _ in range(3)), ("talk", "a")),
        ((run("a", 80, believed=80.0, believes=50.0, happened="yes"),), ("expectancy", "a")),
        ((run("a", 50, believed=80.0, believes=0.0), run("b", 50, believed=80.0, believes=0.0)), ("deepened", "a")),
    ],
)
def test_inhibitory_learning_asks_what_was_expected(runs: tuple[Run, ...], said: tuple[str, str]) -> None:
    assert by_model(*runs)["inhibitory"] == said


def test_two_are_combined_once_and_then_comes_something_else() -> None:
    both = [run("a", 50, believed=80.0, believes=10.0), run("b", 50, believed=80.0, believes=10.0)]
    assert by_model(*both)["inhibitory"] == ("deepened", "a")
    assert by_model(*both, run("a", 50, believed=10.0, believes=5.0))["inhibitory"] == ("variability", "c")


def pair(one: str, other: str, *suds: float, **more: Any) -> Run:
    return replace(run(pair_key(one, other), *suds, **more), combined=(one, other))


def test_once_two_were_met_together_and_nothing_is_expected_comes_something_else() -> None:
    both = [run("a", 50, believed=80.0, believes=10.0), run("b", 50, believed=80.0, believes=10.0)]
    assert by_model(*both, pair("b", "a", 70, believed=40.0, believes=5.0))["inhibitory"] == ("variability", "d")
    # Ended early, or expected as before: it was not found out yet.
    assert by_model(*both, pair("a", "b", 70, believed=60.0, believes=60.0))["inhibitory"] == ("deepened", "a")
    early = pair("a", "b", 70, believed=60.0, believes=60.0, ended="chosen")
    assert by_model(*both, early)["inhibitory"] == ("deepened", "a")
    assert by_model(*both, early, early, early)["inhibitory"] == ("variability", "d")


def test_two_together_are_a_course_of_their_own_and_no_run_of_either() -> None:
    runs = [run("a", 50), pair("a", "b", 70), pair("b", "a", 60), run("b", 40)]
    assert [(c.item, len(c.runs)) for c in courses(runs)] == [("a", 1), ("a + b", 2), ("b", 1)]
    assert runs[1].items == ("a", "b") and runs[0].items == ("a",)


def test_a_record_of_two_together_names_both_and_junk_in_it_is_left_out() -> None:
    data = {"item": {"id": "a + b", "text": "Both"}, "held_ms": 1, "combined": [{"id": "a"}, {"id": "b"}]}
    found = read(data)
    assert found is not None and found.combined == ("a", "b")
    for junk in ([{"id": "a"}], [1, 2], "ab", {"id": "a"}, [{"id": 3}, {"id": "b"}], None):
        one = read({**data, "combined": junk})
        assert one is not None and one.combined == ()


def test_what_is_all_known_is_kept_in_other_places_or_with_a_little_of_what_was_feared() -> None:
    done = [run(i, 50, day=f"2026-01-0{n}", believed=80.0, believes=0.0) for n, i in enumerate("abc", 1)]
    few = Ladder(items=LADDER.items[:3])
    assert by_model(*done, ladder=few)["inhibitory"] == ("contexts", "a")
    again = run("c", 50, day="2026-01-04", believed=10.0, believes=0.0)
    assert by_model(*done, again, ladder=few)["inhibitory"] == ("reinforced", "a")


def test_runs_of_another_ladder_say_nothing_here() -> None:
    assert by_model(run("elsewhere", 90)) == {"habituation": ("begin", "a"), "inhibitory": ("begin", "a")}


suds = st.one_of(st.none(), st.floats(0, 100))
some_runs = st.lists(
    st.builds(
        lambda item, ratings, ended, believed, believes, happened, left: Run(
            day="2026-01-01", item=item, words=item, ratings=tuple((n, s) for n, s in enumerate(ratings)),
            ended=ended, believed=believed, believes=believes, happened=happened, left_out=left,
        ),
        st.sampled_from("abcdx"), st.lists(st.floats(0, 100), max_size=6),
        st.sampled_from(["time", "until", "chosen", "left"]), suds, suds,
        st.sampled_from(["yes", "partly", "no", "unclear", None]), st.sampled_from(["all", "some", "none", None]),
    ),
    max_size=12,
)  # fmt: skip


@settings(deadline=None)
@given(some_runs)
def test_whatever_was_done_each_model_names_an_item_of_the_ladder_and_says_it_in_words(runs: list[Run]) -> None:
    found = advise(LADDER, runs)
    assert [a.model for a in found] == ["habituation", "inhibitory"]
    for a in found:
        assert LADDER.find(a.item or "") is not None
        said = advice_words.sentence(a, LADDER)
        assert "{" not in said and f"The {a.item} step" in said
        assert SOURCES[a.model]


@settings(deadline=None)
@given(some_runs)
def test_a_distress_that_stays_high_never_says_that_nothing_was_learned(runs: list[Run]) -> None:
    for course in courses(runs):
        if learned(course):
            assert course.belief[1] is not None and course.belief[1] <= 25
        assert settled(course) in (True, False)


def test_a_page_names_both_models_their_sources_and_their_strength() -> None:
    text = advice_words.page(advise(LADDER, [run("a", 80, 80, believed=80.0, believes=10.0)]), LADDER)
    for words in (
        "habituation",
        "inhibitory learning",
        "not confirmed",
        "Craske et al. 2008, 2014",
        "Foa and Kozak 1986",
    ):
        assert words in text
    both = advice_words.sentence(Advice("inhibitory", "deepened", "a", "b"), LADDER)
    assert "The a step" in both and "The b step" in both


# From a record

DATA: dict[str, Any] = {
    "ladder": {"title": "Dogs"},
    "item": {"id": "fence", "text": "A dog behind a fence", "suds": 50},
    "mode": "in-vivo",
    "agreed": "confirmed",
    "before": {"expected": "It jumps over.", "believed": 80, "safety": "My hood"},
    "ratings": [[0, 60], [120000, 75.5]],
    "held_ms": 240000,
    "ended": "chosen",
    "after": {"happened": "no", "believed": 30, "left_out": "all", "learned": "It barked.", "next": "Again"},
}


def test_a_records_data_is_a_run() -> None:
    found = read(DATA, "2026-01-02", "dogs")
    assert found == Run(
        day="2026-01-02", ladder="Dogs", item="fence", words="A dog behind a fence", mode="in-vivo", planned=50,
        ratings=((0, 60.0), (120000, 75.5)), held_ms=240000, ended="chosen", expected="It jumps over.", believed=80.0,
        happened="no", believes=30.0, safety="My hood", left_out="all", learned="It barked.", session="dogs",
    )  # fmt: skip


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from([*DATA, "x"]), st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(-1e6, 1e6) | st.sampled_from(["", "no", "x"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "text", "suds", "believed", "title"]), inner, max_size=3),
    max_leaves=6,
)))  # fmt: skip
def test_any_data_is_a_run_or_none(data: dict[str, Any]) -> None:
    found = read(data)
    assert found is None or isinstance(found.item, str)
