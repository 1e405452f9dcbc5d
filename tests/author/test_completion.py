"""What could be typed where the cursor stands, on half-typed scripts. `|` is the cursor."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mindful.author.complete import Offer, names, offer, shapes
from mindful.author.context import Context, context
from mindful.script.kinds.ask import Rate
from mindful.script.model import KINDS, Script, Step
from mindful.script.patterns import bundled


def at(text: str) -> tuple[list[str], int, int]:
    before, _, after = text.partition("|")
    row = before.count("\n")
    return (before + after).split("\n"), row, len(before.split("\n")[-1])


def here(text: str) -> Context:
    return context(*at(text))


def offered(text: str) -> Offer:
    return offer(*at(text))


def words(text: str) -> list[str]:
    return [c.word for c in offered(text).candidates]


HEAD = "mindful: 1\ntitle: A\n"


@pytest.mark.parametrize(
    ("text", "path", "place"),
    [
        ("ti|", (), "key"),
        ("settings: {voice: guide, back|", ("settings",), "key"),
        ("settings:\n  vo|", ("settings",), "key"),
        ("steps:\n  - |", ("steps", "[]"), "key"),
        ("steps:\n- sa|", ("steps", "[]"), "key"),
        ("steps:\n  -|", ("steps", "[]"), "key"),
        ("steps:\n  - say: Hello\n    pa|", ("steps", "[]"), "key"),
        ("steps:\n  - say: Hello |", ("steps", "[]", "say"), "text"),
        ("steps:\n  - say: >-\n      Hel|", ("steps", "[]", "say"), "text"),
        ("steps:\n  - bell: |", ("steps", "[]", "bell"), "value"),
        ("steps:\n  - breathe:\n      pat|\n      for: 3 min", ("steps", "[]", "breathe"), "key"),
        ("steps:\n  - breathe: {pattern: {inhale: 4, ex|", ("steps", "[]", "breathe", "pattern"), "key"),
        ("steps:\n  - breathe: {pattern: box, |", ("steps", "[]", "breathe"), "key"),
        ("steps:\n  - rate: {ask: 'A, {b', sca|", ("steps", "[]", "rate"), "key"),
        ("steps:\n  - repeat:\n      steps:\n      - be|", ("steps", "[]", "repeat", "steps", "[]"), "key"),
        ("steps:\n  - choose:\n      options:\n        - |", ("steps", "[]", "choose", "options", "[]"), "key"),
        ("steps:\n  - choose:\n      options: [{label: A, st|", ("steps", "[]", "choose", "options", "[]"), "key"),
        ("cautions: [panic, he|", ("cautions", "[]"), "value"),
        ("# a remark ti|", (), "text"),
        ("steps:\n  - say: A # re|", (), "text"),
    ],
)
def test_where_the_cursor_is(text: str, path: tuple[str, ...], place: str) -> None:
    found = here(text)
    assert (found.path, found.at) == (path, place)


def test_a_new_step_offers_exactly_the_kinds_first() -> None:
    found = words(f"{HEAD}steps:\n  - |")
    assert found[: len(KINDS)] == [*KINDS]
    assert set(found) == {f.alias or n for n, f in Step.model_fields.items()}


def test_beside_a_kind_only_what_may_stand_there() -> None:
    found = words(f"{HEAD}steps:\n  - say: Hello\n    |")
    assert "pause" in found and "label" in found and "bell" not in found and "say" not in found
    assert "pause" not in words(f"{HEAD}steps:\n  - bell: bowl\n    |")


def test_fields_values_and_what_is_there_already() -> None:
    assert words(f"{HEAD}steps:\n  - breathe:\n      for: 3 min\n      |")[:2] == ["pattern", "cycles"]
    assert words(f"{HEAD}steps:\n  - bell: |") == ["bowl", "bell", "chime", "gong", "wood", "none"]
    assert words(f"{HEAD}steps:\n  - rate: {{id: a, scale: s|") == ["suds", "stress"]
    assert set(words(f"{HEAD}steps:\n  - rate:\n      |")) == set(Rate.model_fields)
    assert words(f"{HEAD}settings: {{captions: |") == ["true", "false"]
    assert "drone" in words(f"{HEAD}settings: {{background: |") and "rain" in words("steps:\n  - sound: |")
    assert words("cautions: [pan|") == ["panic"]
    assert "settle" in words("steps:\n  - include: |") and words("language: |") == ["en", "de"]
    assert set(words("steps:\n  - breathe: {pattern: {inhale: 4, |")) == {"hold", "exhale", "rest", "top_up"}


def test_patterns_of_the_script_come_before_the_bundled_ones() -> None:
    text = "patterns:\n  evening-wave: {inhale: 4, exhale: 7}\nsteps:\n  - breathe: {pattern: |"
    assert words(text)[0] == "evening-wave" and set(bundled()) < set(words(text))
    assert {c.word: c.about for c in offered(text).candidates}["box"] == "inhale 4, hold 4, exhale 4, rest 4"


NAMED = (
    "id: session\nvariables:\n  minutes: {default: 3}\n  pace:\n    default: 6\nsteps:\n"
    "  - rate: {id: before, ask: A}\n  - choose:\n      id: way\n      ask: B\n  # id: remark\n"
    "  - say: |\n      id: words\n"
)


def test_names_are_the_answers_and_variables_of_the_script() -> None:
    assert names(NAMED.split("\n")) == {
        "minutes": "a variable", "pace": "a variable", "before": "an answer", "way": "an answer"
    }  # fmt: skip
    assert words(NAMED.replace("say: |", "say: >-") + "  - if: be|") == ["before"]
    assert words(NAMED.replace("say: |", "say: >-") + "  - if: before >= 3 and mi|") == ["minutes"]
    assert words(NAMED.replace("say: |", "say: >-") + "  - say: From {be|") == ["before"]
    assert words(NAMED.replace("say: |", "say: >-") + '  - sit: {for: "{m|') == ["minutes"]
    assert words("steps:\n  - say: two braces {{be|") == []


def test_what_stands_there_already_is_not_offered_and_text_is_left_alone() -> None:
    assert words("steps:\n  - bell|") == []
    assert words("steps:\n  - say: The bell|") == []
    assert words("steps:\n  - wait: be|") == []
    assert [c.insert for c in offered("steps:\n  - bre|").candidates] == ["breathe: "]


def test_every_key_of_the_schema_can_be_reached() -> None:
    assert {k for s in shapes(()) for k in s["properties"]} == {f.alias or n for n, f in Script.model_fields.items()}
    for kind in KINDS:
        assert shapes(("steps", "[]", kind)), kind


_LINES = st.lists(
    st.one_of(
        st.sampled_from(["steps:", "  - say: x", "    pause: 3 s", "  - repeat:", "      steps:", "- ", "  - if: a", "{", "a: [{b: ", ">-", "x: |", "", "#"]),
        st.text(alphabet=" -:{}[],'\"abé|>#\t", max_size=14),
    ),
    min_size=1,
    max_size=8,
)  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(_LINES, st.integers(0, 9), st.integers(0, 20))
def test_no_text_and_no_place_breaks_it(lines: list[str], row: int, column: int) -> None:
    row %= len(lines)
    found = offer(lines, row, min(column, len(lines[row])))
    assert all(found.prefix.casefold() in c.word.casefold() for c in found.candidates)
