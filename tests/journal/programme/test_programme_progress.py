"""The walk through a programme: what is suggested on a day, what opens when, and that nothing is held against anyone."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mindful.journal.programme.ahead import ahead
from mindful.journal.programme.plan import Item, Part, Plan, Thing, as_data, from_data
from mindful.journal.programme.progress import Done, Following, Move, Pause, Position, position

MONDAY = date(2026, 11, 30)


def item(name: str, unit: str = "week", count: int = 7, **more: object) -> Item:
    return Item(name, (Thing({"en": name.title()}, name, name),), unit, count, **more)  # type: ignore[arg-type]


def plan(*parts: Part, waits: int = 7) -> Plan:
    return Plan("p", {"en": "P"}, parts, waits)


def part(id_: str, *items: Item, days: int | None = 7, **more: object) -> Part:
    return Part(id_, {"en": id_}, items, days, **more)  # type: ignore[arg-type]


def at(of: Plan, day: int, done: dict[int, list[str]] | None = None, **following: object) -> Position:
    """Where it stands on the day of this number, 0 the first, after what was done on days by number."""
    doings = [Done(MONDAY + timedelta(n), session=s) for n, all_ in (done or {}).items() for s in all_]
    return position(of, Following(MONDAY, **following), doings, MONDAY + timedelta(day))  # type: ignore[arg-type]


def left(p: Position) -> list[str]:
    return [o.item.name for o in p.left]


DAILY = plan(part("one", item("a")), part("two", item("b")))


def test_a_day_goes_by_whether_something_was_done_or_not() -> None:
    assert (at(DAILY, 0).part.id, at(DAILY, 0).part_day) == ("one", 1)
    assert at(DAILY, 3).part_day == 4
    assert at(DAILY, 7, {n: ["a"] for n in range(7)}).part.id == "two"
    assert at(DAILY, 6, {3: ["a"]}).part_day == 7


def test_what_was_done_today_is_not_left() -> None:
    assert left(at(DAILY, 0)) == ["a"]
    done = at(DAILY, 0, {0: ["a"]})
    assert left(done) == []
    assert [(o.item.name, o.times) for o in done.offers] == [("a", 1)]


def test_so_many_times_a_week_is_suggested_until_it_was_done_as_often() -> None:
    of = plan(part("one", item("a", count=3), days=14))
    assert left(at(of, 4, {0: ["a"], 1: ["a"]})) == ["a"]
    assert left(at(of, 4, {0: ["a"], 1: ["a"], 3: ["a"]})) == []
    assert left(at(of, 7, {0: ["a"], 1: ["a"], 3: ["a"]})) == ["a"]
    assert left(at(of, 2, {0: ["a", "a", "a"]})) == ["a"]  # three times on one day are one day


def test_several_times_a_day() -> None:
    of = plan(part("one", item("a", "day", 3)))
    assert left(at(of, 1, {1: ["a", "a"]})) == ["a"]
    assert left(at(of, 1, {1: ["a"] * 3})) == []


def test_every_so_many_days_comes_the_day_after_where_it_was_left_out() -> None:
    of = plan(part("one", item("a", "days", 2), days=None))
    assert [left(at(of, n, {0: ["a"], 3: ["a"]})) for n in range(1, 6)] == [[], ["a"], [], [], ["a"]]


def test_once_stays_until_it_was_done_over_the_parts() -> None:
    of = plan(part("one", item("first", "once", 1), item("a")), part("two", item("b")))
    every = {n: ["a"] for n in range(7)}
    assert left(at(of, 3, every)) == ["first"] or left(at(of, 3, every)) == ["first", "a"]
    assert left(at(of, 8, every)) == ["first", "b"]
    assert left(at(of, 9, every | {8: ["first"]})) == ["b"]


def test_rest_days_suggest_nothing_and_what_is_done_on_them_counts() -> None:
    of = plan(part("one", item("a"), rest=(6,)))
    sunday = at(of, 6, {n: ["a"] for n in range(6)})
    assert sunday.rest
    assert left(sunday) == []
    assert at(of, 6, {6: ["a"]}).counts["a"] == 1
    assert left(at(of, 2, rest=(2,))) == []


def test_days_of_the_week() -> None:
    of = plan(part("one", item("a", on=(0, 3))))
    assert [bool(left(at(of, n))) for n in range(7)] == [True, False, False, True, False, False, False]


def test_a_part_opens_with_what_was_done_and_the_one_before_goes_on_until_then() -> None:
    of = plan(part("one", item("a")), part("two", item("b"), opens={"a": 3}))
    late = at(of, 9, {0: ["a"], 4: ["a"]})
    assert (late.part.id, late.part_day, dict(late.missing)) == ("one", 10, {"a": 1})
    assert left(late) == ["a"]
    assert at(of, 10, {0: ["a"], 4: ["a"], 9: ["a"]}).part.id == "two"


def test_what_only_another_arm_has_keeps_nothing_closed() -> None:
    of = plan(part("one", item("a")), part("two", item("b"), opens={"a": 1, "other": 5}))
    assert at(of, 7, {6: ["a"]}).part.id == "two"


def test_a_practice_opens_within_its_part() -> None:
    of = plan(part("one", item("a"), item("b", opens={"a": 2})))
    assert left(at(of, 2, {0: ["a"]})) == ["a"]
    assert left(at(of, 2, {0: ["a"], 1: ["a"]})) == ["a", "b"]


def test_alternatives_count_as_much() -> None:
    of = plan(part("one", Item("a", (Thing({}, "a", "a"), Thing({}, "z", "z")))))
    assert left(at(of, 0, {0: ["z"]})) == []
    assert at(of, 0, {0: ["z"]}).counts == {"a": 1}


def test_a_session_in_two_practices_counts_for_the_one_that_is_left() -> None:
    twice = Item("late", (Thing({}, "a", "a"),))
    of = plan(part("one", item("a"), twice))
    assert at(of, 0, {0: ["a", "a"]}).counts == {"a": 1, "late": 1}
    assert left(at(of, 0, {0: ["a"]})) == ["late"]


def test_days_of_a_pause_do_not_count() -> None:
    pause = (Pause(MONDAY + timedelta(2), MONDAY + timedelta(12)),)
    assert at(DAILY, 12, pauses=pause).part_day == 3
    assert at(DAILY, 5, pauses=pause).standing == "paused"
    assert at(DAILY, 40, pauses=(Pause(MONDAY + timedelta(2)),)).part_day == 3
    assert at(DAILY, 5, {4: ["a"]}, pauses=pause).counts["a"] == 1


def test_after_a_gap_it_stands_where_it_was_left() -> None:
    done = {0: ["a"], 1: ["a"], 2: ["a"]}
    gap = at(DAILY, 30, done)
    assert (gap.standing, gap.part.id, gap.part_day) == ("waiting", "one", 4)
    back = at(DAILY, 31, done | {30: ["a"]})
    assert (back.standing, back.part_day) == ("running", 5)
    assert at(DAILY, 9, done).standing == "running"
    assert at(DAILY, 10, done).standing == "waiting"


def test_whoever_never_began_finds_it_at_its_first_day() -> None:
    assert (at(DAILY, 300).part.id, at(DAILY, 300).part_day, at(DAILY, 300).last) == ("one", 1, None)


def test_it_never_waits_where_it_is_not_to() -> None:
    assert at(plan(part("one", item("a")), part("two", item("b")), waits=0), 9).part.id == "two"


def test_rest_days_are_no_gap() -> None:
    of = plan(part("one", item("a"), rest=(5, 6), days=None), waits=4)
    assert at(of, 9, {3: ["a"]}).standing == "running"  # Friday, Monday, Tuesday


def test_the_last_part_ends_the_programme_and_one_without_end_does_not() -> None:
    done = {n: ["a", "b"] for n in range(20)}
    assert at(DAILY, 14, done).standing == "ended"
    assert (at(DAILY, 19, done).part_day, left(at(DAILY, 19, done))) == (7, [])
    assert at(plan(part("one", item("a"), days=None)), 500, {n: ["a"] for n in range(500)}).standing == "running"


def test_nobody_comes_to_the_end_within_a_gap() -> None:
    done = {n: ["a", "b"] for n in range(9)}
    assert (at(DAILY, 15, done).standing, at(DAILY, 15, done).part_day) == ("running", 7)
    assert (at(DAILY, 60, done).standing, at(DAILY, 60, done).part_day) == ("waiting", 3)


def test_the_client_can_go_on_and_back() -> None:
    there = at(DAILY, 3, {0: ["a"]}, moves=(Move(MONDAY + timedelta(2), "two"),))
    assert (there.part.id, there.part_day) == ("two", 2)
    again = at(DAILY, 3, moves=(Move(MONDAY + timedelta(3), "one"),))
    assert (again.part.id, again.part_day) == ("one", 1)
    assert at(DAILY, 3, moves=(Move(MONDAY, "gone"),)).part.id == "one"


def test_what_is_optional_is_offered_and_never_left_over() -> None:
    of = plan(part("one", item("walk", optional=True), item("sos", "any", 0), item("a")))
    p = at(of, 0)
    assert [o.item.name for o in p.offers] == ["a", "walk", "sos"]
    assert left(p) == ["a"]


def test_the_day_is_ordered_by_its_times() -> None:
    of = plan(part("one", item("late", at=30), item("eve", at=19 * 60), item("some"), item("early", at=7 * 60)))
    assert left(at(of, 0)) == ["early", "some", "eve", "late"]


def test_every_day_is_told_with_what_was_suggested_and_done() -> None:
    lines = at(DAILY, 2, {0: ["a"]}).lines
    assert [(n.suggested, n.done, n.counted) for n in lines] == [
        (("a",), ("a",), True), (("a",), (), True), (("a",), (), True)
    ]  # fmt: skip


def test_a_clock_before_the_beginning_is_the_first_day() -> None:
    assert at(DAILY, -400).part_day == 1


def test_ahead_lays_out_the_days_to_their_end() -> None:
    of = plan(part("one", item("a", count=3)), part("two", item("b", "day", 2), days=2, opens={"a": 3}))
    found = [((day - MONDAY).days, o.item.name) for day, o in ahead(of, Following(MONDAY), [], MONDAY)]
    assert found == [(0, "a"), (1, "a"), (2, "a"), (7, "b"), (8, "b")]


def test_ahead_without_an_end_looks_four_weeks_ahead() -> None:
    days = {day for day, _ in ahead(plan(part("one", item("a"), days=None)), Following(MONDAY), [], MONDAY)}
    assert max(days) - MONDAY == timedelta(27)


def test_a_plan_is_kept_as_data() -> None:
    of = plan(part("one", item("a", on=(1,), note={"en": "x"}), rest=(6,)), part("two", item("b"), opens={"a": 1}))
    assert from_data(as_data(of)) == of


BUSY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""A computer with other work to do is slow to draw examples, and no less right."""
_ITEMS = st.builds(
    item,
    st.sampled_from(["a", "b", "c"]),
    st.sampled_from(["week", "day", "days", "once", "any"]),
    st.integers(1, 5),
    optional=st.booleans(),
    on=st.sampled_from([(), (0, 2, 4), (6,)]),
)
_PLANS = st.builds(
    lambda parts, waits: plan(*parts, waits=waits),
    st.lists(
        st.builds(lambda n, items, d: part(str(n), *items, days=d), st.integers(0, 99), st.lists(_ITEMS, min_size=1, max_size=3, unique_by=lambda i: i.name), st.integers(1, 9)),
        min_size=1,
        max_size=4,
        unique_by=lambda p: p.id,
    ),
    st.integers(0, 6),
)  # fmt: skip
_DONE = st.dictionaries(st.integers(0, 39), st.lists(st.sampled_from(["a", "b", "c"]), max_size=3), max_size=25)


@BUSY
@given(_PLANS, _DONE, st.integers(0, 40))
def test_doing_more_never_takes_anyone_back(of: Plan, done: dict[int, list[str]], day: int) -> None:
    before, after = at(of, day, done), at(of, day, done | {day: [*done.get(day, []), "a"]})
    assert (after.index, after.part_day) == (before.index, before.part_day)
    nothing = at(of, day + 1, {n: d for n, d in done.items() if n < day})
    something = at(of, day + 1, {n: d for n, d in done.items() if n < day} | {day: ["a", "b", "c"]})
    assert (something.index, something.part_day) >= (nothing.index, nothing.part_day)


@BUSY
@given(_PLANS, _DONE, st.integers(0, 40))
def test_every_position_is_whole(of: Plan, done: dict[int, list[str]], day: int) -> None:
    p = at(of, day, done)
    assert p.part_day >= 1
    assert len(p.lines) == day + 1
    assert sum(p.counts.values()) == sum(len(line.done) for line in p.lines)
    assert all(o.suggested for o in p.left)
