"""`breathe` and `sit`: scripts that are made on the spot."""

from __future__ import annotations

from typing import Any

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mindful.cli import exits, made
from mindful.cli.breathe import exercise
from mindful.cli.main import run
from mindful.cli.sit import sitting
from mindful.script.patterns import bundled
from mindful.timeline.model import BellCue, Outline, PhaseCue
from mindful.timeline.outline import outline
from mindful.timeline.unfold import Setup


def laid(data: dict[str, Any]) -> Outline:
    return outline(Setup(made.script(data)))


@pytest.mark.parametrize(
    ("text", "ms"),
    [("5 min", 300_000), ("5", 300_000), ("2.5", 150_000), ("2,5", 150_000), ("90 s", 90_000), ("4:30", 270_000)],
)
def test_a_bare_number_is_minutes(text: str, ms: int) -> None:
    assert made.length(text, "--for") == ms


@pytest.mark.parametrize("text", ["", "soon", "0", "-5", "5 h", "0.5 s"])
def test_lengths_that_are_none_end_the_command(text: str) -> None:
    with pytest.raises(click.exceptions.Exit) as ended:
        made.length(text, "--for")
    assert ended.value.exit_code == exits.USAGE


@pytest.mark.parametrize(
    ("text", "phases"),
    [
        ("4-6", {"inhale": 4, "exhale": 6}),
        ("4-7-8", {"inhale": 4, "hold": 7, "exhale": 8}),
        ("4-4-6-2", {"inhale": 4, "hold": 4, "exhale": 6, "rest": 2}),
        ("4-0-6-0", {"inhale": 4, "exhale": 6}),
        ("5.5/5.5", {"inhale": 5.5, "exhale": 5.5}),
        ("5,5 5,5", {"inhale": 5.5, "exhale": 5.5}),
        ("box", None),
        ("", None),
    ],
)
def test_patterns_in_numbers(text: str, phases: dict[str, float] | None) -> None:
    assert made.pattern(text) == phases


@pytest.mark.parametrize("text", ["4", "1-2-3-4-5", "0-6", "4-0", "4-61", "4.55-6"])
def test_numbers_that_make_no_breath(text: str) -> None:
    with pytest.raises(click.exceptions.Exit):
        made.pattern(text)


@given(st.lists(st.integers(1, 600), min_size=2, max_size=4))
def test_any_row_of_numbers_can_be_played(tenths: list[int]) -> None:
    text = "-".join(f"{n / 10:g}" for n in tenths)
    phases = [c for s in laid(exercise(text, 60_000, "silence")).segments for c in s.cues if isinstance(c, PhaseCue)]
    first = [c.length_ms for c in phases if c.cycle == 1]
    assert first == [n * 100 for n in tenths]


@pytest.mark.parametrize("name", [n for n, p in bundled().items() if p.rounds is None])
def test_every_bundled_pattern_can_be_breathed(name: str) -> None:
    data = exercise(name, 300_000, "ocean")
    script = made.script(data)
    assert script.title.source() == bundled()[name].title and script.cautions == bundled()[name].cautions
    assert script.id == f"breathe-{name}"
    found = laid(data)
    breathing = next(s for s in found.segments[0].spans if s.kind == "breathe")
    assert breathing.length_ms is not None and abs(breathing.length_ms - 300_000) <= 16_000
    assert not any(segment.open for segment in found.segments)
    assert breathing.start_ms == 2000


def test_names_are_read_kindly() -> None:
    assert exercise("Long Exhale", 60_000, "ocean")["id"] == "breathe-long-exhale"
    assert exercise("4-7-8", 60_000, "ocean")["steps"][2]["breathe"]["pattern"] == "4-7-8"


def test_numbers_make_a_name_of_their_own() -> None:
    assert exercise("4-6.5", 60_000, "ocean")["id"] == "breathe-4-6_5"


def test_numbers_that_ask_much_bring_their_cautions() -> None:
    assert exercise("4-6", 60_000, "ocean")["cautions"] == []
    assert "blood-pressure" in exercise("4-7-8", 60_000, "ocean")["cautions"]
    assert "heart" in exercise("4-5-8", 60_000, "ocean")["cautions"]
    assert "epilepsy" in exercise("1-1", 60_000, "ocean")["cautions"]


def bells(found: Outline) -> list[tuple[int, str]]:
    out, start = [], 0
    for segment in found.segments:
        out += [(start + c.at_ms, c.sound) for c in segment.cues if isinstance(c, BellCue)]
        start += segment.length_ms or 0
    return out


def test_a_sit_has_a_bell_at_its_start_and_three_at_its_end() -> None:
    found = laid(sitting("10", None))
    assert bells(found) == [(0, "bowl"), (600_000, "bowl"), (605_000, "bowl"), (610_000, "bowl")]
    assert found.total_ms == 618_000


def test_bells_between() -> None:
    found = laid(sitting("10 min", "4"))
    assert [at for at, sound in bells(found) if sound == "chime"] == [240_000, 480_000]


def test_a_sit_without_a_time_is_open() -> None:
    found = laid(sitting(None, "5 min"))
    assert [segment.open for segment in found.segments] == [True, False]
    (segment, _) = found.segments
    assert segment.loop is not None and segment.loop[1] - segment.loop[0] == 300_000


def test_what_it_wrote_wrongly_is_a_slip_of_the_program() -> None:
    with pytest.raises(ValueError, match=r"."):
        made.script({"id": "x", "title": "X", "steps": [{"nope": 1}]})


def test_breathe_starts_without_a_question(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[str, Any] = {}

    def instead(prepare: Any, wishes: Any, *, begin: bool) -> int:
        script, values, answers, _ = prepare()
        assert not values and not answers
        asked.update(script=script, wishes=wishes, begin=begin)
        return exits.STOPPED

    monkeypatch.setattr("mindful.cli.perform.perform", instead)
    assert run(["breathe", "--mute", "--calm"]) == exits.STOPPED
    assert asked["begin"] is True and asked["script"].id == "breathe-long-exhale"
    assert asked["wishes"].mute and asked["wishes"].calm and not asked["wishes"].plain
    assert run(["sit", "3", "--plain", "--no-journal", "--sink", "null"]) == exits.STOPPED
    assert asked["script"].id == "sit" and asked["wishes"].plain and not asked["wishes"].keep
    assert asked["wishes"].sink == "null"
