"""Programmes: what is read, what is told of mistakes, and that the schema judges as `load` does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic_core import PydanticCustomError

from mindful import assets
from mindful.script.nodes import read
from mindful.script.problems import Source
from mindful.script.programme.load import is_programme, load, loads, programme_files
from mindful.script.programme.schema import programme_schema
from mindful.script.programme.values import At, Days, Often

BUSY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
SCHEMA = Draft202012Validator(programme_schema())
HEAD = "programme: 1\ntitle: Example\n"
STAGE = HEAD + "stages:\n  - title: First\n    for: 1 week\n    practices:\n"
DOC = (assets.root() / "docs" / "programmes.md").read_text(encoding="utf-8")


def example() -> str:
    """The programme on the page, without its indentation."""
    block = re.search(r"^    programme: 1\n(?:    .*\n|\n)+", DOC, re.MULTILINE)
    assert block is not None
    return re.sub(r"^    ", "", block[0], flags=re.MULTILINE)


def test_the_example_on_the_page_has_no_problems() -> None:
    loaded = loads(example(), clinical=True)
    assert loaded.problems == ()
    assert loaded.programme is not None
    first, second = loaded.programme.stages
    assert [p.name for p in first.practices] == ["arriving", "daily", "daily", "walk"]
    assert second.opens == {"daily": 3}
    assert second.practices[0].or_[0].session == "body-scan-5"
    assert [e.message for e in SCHEMA.iter_errors(read(Source("p", example())).data)] == []


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(programme_schema())


@pytest.mark.parametrize("path", programme_files().values(), ids=lambda p: p.stem)
def test_bundled_programmes_have_no_problems_and_fit_the_schema(path: Path) -> None:
    assert load(path, clinical=True).problems == ()
    assert [e.message for e in SCHEMA.iter_errors(read(Source("p", path.read_text(encoding="utf-8"))).data)] == []


@pytest.mark.parametrize(
    ("text", "unit", "count"),
    [
        ("daily", "week", 7), ("every day", "week", 7), ("3 a week", "week", 3), ("3 times per week", "week", 3),
        ("2 a day", "day", 2), ("every 2 days", "days", 2), ("every other day", "days", 2), ("once", "once", 1),
        ("Any  time", "any", 0),
    ],
)  # fmt: skip
def test_how_often(text: str, unit: str, count: int) -> None:
    often = Often.parse(text)
    assert (often.unit, often.count) == (unit, count)


@pytest.mark.parametrize(
    "text", ["", "weekly-ish", "0 a week", "8 a week", "13 a day", "every 1 days", "every 90 days"]
)
def test_what_does_not_say_how_often(text: str) -> None:
    with pytest.raises(PydanticCustomError):
        Often.parse(text)


@pytest.mark.parametrize(("text", "days"), [("1 week", 7), ("10 days", 10), ("2 weeks 3 days", 17), ("1 day", 1)])
def test_how_many_days(text: str, days: int) -> None:
    assert Days.parse(text).count == days


@pytest.mark.parametrize("text", ["", "week", "0 days", "400 days", "3", "never"])
def test_what_is_no_number_of_days(text: str) -> None:
    with pytest.raises(PydanticCustomError):
        Days.parse(text)


def test_times_of_the_day_are_in_the_order_of_a_day_that_begins_at_four() -> None:
    order = ["04:00", "morning", "midday", "19:30", "night", "23:59", "00:30", "3:59"]
    found = [At.parse(t) for t in order]
    assert sorted(found, key=lambda at: at.order) == found


BAD = [
    "- {session: box, often: sometimes}", "- {session: box, on: [monday]}", "- {session: box, at: lunch}",
    "- {often: daily}", "- {session: box, do: A walk}", "- {session: box, opne: {box: 1}}", "- {session: box, opens: {box: 0}}",
    "- 5", "- {session: box, optional: 1}",
]  # fmt: skip


@pytest.mark.parametrize("practice", BAD)
def test_what_load_refuses_the_schema_refuses_too(practice: str) -> None:
    text = STAGE + f"      {practice}\n"
    loaded = loads(text)
    assert loaded.programme is None
    assert {p.line for p in loaded.problems} == {7}
    assert list(SCHEMA.iter_errors(read(Source("p", text)).data))


def test_every_problem_is_told_at_its_own_place() -> None:
    text = (
        HEAD
        + "rest: [funday]\nstages:\n  - title: One\n    for: long\n    practices:\n      - {session: boks}\n"
        + "      - {session: box, often: x}\n"
    )
    told = {(p.line, p.code) for p in loads(text).problems}
    assert told == {(3, "MF041"), (6, "MF159"), (9, "MF147")}


def test_a_day_written_out_is_told_with_what_to_write() -> None:
    (problem,) = loads(STAGE + "      - {session: box, on: [Monday]}\n").problems
    assert problem.code == "MF041"
    assert problem.hint == "write `mon`"


def test_a_stage_without_a_length_is_told_unless_nothing_comes_after_it_in_its_arm() -> None:
    arms = "arms:\n  a: {title: A}\n  b: {title: B}\n"
    stages = "stages:\n" + "".join(
        f"  - {{title: {arm}, arm: {arm}, practices: [{{session: box, often: any time}}]}}\n" for arm in "ab"
    )
    assert loads(HEAD + arms + stages).problems == ()
    told = loads(HEAD + arms + stages.replace("arm: b", "arm: [a, b]")).problems
    assert [(p.code, p.line) for p in told] == [("MF031", 7)]


def test_sessions_lie_beside_the_programme_and_never_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "own.yaml").write_text("mindful: 1\ntitle: Own\nsteps:\n  - say: Hello.\n", encoding="utf-8")
    file = tmp_path / "mine" / "p.yaml"
    for name, codes in (("own.yaml", {"MF145"}), ("../own.yaml", {"MF068"}), (str(tmp_path / "own.yaml"), {"MF068"})):
        file.write_text(STAGE + f"      - {{session: {name}, often: 5 a week}}\n", encoding="utf-8")
        assert {p.code for p in load(file).problems} == codes
    (tmp_path / "own.yaml").rename(tmp_path / "mine" / "own.yaml")
    file.write_text(STAGE + "      - {session: own.yaml, often: 5 a week}\n", encoding="utf-8")
    loaded = load(file, clinical=True)
    assert loaded.problems == ()
    assert loaded.programme is not None
    assert loaded.programme.stages[0].practices[0].name == "own"


def test_a_programme_is_told_from_a_script() -> None:
    assert is_programme(STAGE)
    assert is_programme('{"programme": 1, "title": "x"}')
    assert not is_programme("mindful: 1\ntitle: x\nsteps:\n  - say: programme\n")
    assert not is_programme("programme: x\nmindful: 1\n")
    assert not is_programme("")


def test_a_newer_version_is_told_alone() -> None:
    (problem,) = loads(STAGE.replace("programme: 1", "programme: 2") + "      - {x: y}\n").problems
    assert problem.code == "MF030"


def test_a_file_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    assert [p.code for p in load(tmp_path / "no.yaml").problems] == ["MF001"]


@BUSY
@given(st.text(max_size=300))
def test_no_text_makes_it_raise(text: str) -> None:
    loaded = loads("programme: 1\n" + text)
    assert loaded.programme is not None or loaded.problems


_VALUE = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 400) | st.sampled_from(["daily", "1 week", "box", "mon", "never"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["title", "for", "practices", "session", "or", "arm", "opens", "set"]), inner)
    ),
    max_leaves=12,
)


@BUSY
@given(st.dictionaries(st.sampled_from(["stages", "arms", "rest", "waits", "title", "cautions"]), _VALUE))
def test_no_data_makes_it_raise(data: dict[str, object]) -> None:
    import json

    loaded = loads(json.dumps({"programme": 1, "title": "x"} | data))
    assert loaded.programme is not None or loaded.problems
