"""Chapters begin where the author says so, else where something happens."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from mindful import assets
from mindful.render.chapters import MOST, Chapter, chapters, holders
from mindful.render.plan import Policy, plan
from mindful.script.load import load
from mindful.timeline.unfold import Setup
from tests.making import script


def of(*steps: dict[str, Any], given: dict[str, Any] | None = None, **head: Any) -> list[Chapter]:
    made = script(*steps, **head)
    found = plan(Setup(made, given or {}), Policy(open_ms=1000, prompts="silent"))
    return chapters(made, found.timeline, found.values, "", "The whole")


def shown(found: list[Chapter]) -> list[tuple[int, str]]:
    return [(c.start_ms, c.title) for c in found]


class TestLabels:
    def test_labelled_steps_and_the_title_before_them(self) -> None:
        found = of(
            {"pause": 5}, {"sit": "1 min", "label": "Quiet"}, {"say": "That is all."}, {"pause": 9, "label": "End"}
        )
        assert shown(found) == [(0, "The whole"), (5000, "Quiet"), (66_600, "End")]
        assert [c.end_ms for c in found] == [5000, 66_600, 75_600]

    def test_a_label_on_a_step_that_holds_others_begins_once(self) -> None:
        inner = [{"pause": 1}, {"if": "x == 1", "pause": 2}]
        found = of(
            {"pause": 1, "label": "Begin"},
            {"repeat": {"times": 3, "steps": inner}, "label": "{x} rounds"},
            {"pause": 1},
            given={"x": 1},
            variables={"x": {"default": 4}},
        )
        assert shown(found) == [(0, "Begin"), (1000, "1 rounds")]

    def test_a_label_within_a_repeat_comes_each_round(self) -> None:
        found = of({"repeat": {"times": 2, "steps": [{"pause": 1, "label": "Again"}]}})
        assert shown(found) == [(0, "Again"), (1000, "Again")]

    def test_a_label_within_a_choice_is_found(self) -> None:
        options = [{"label": "A", "steps": [{"pause": 3, "label": "Way A"}]}, {"label": "B"}]
        assert shown(of({"choose": {"ask": "Which?", "options": options}})) == [(0, "The whole"), (1000, "Way A")]

    def test_a_label_in_an_included_script_is_found(self) -> None:
        loaded = load(assets.session_files()["arriving"]).script
        assert loaded is not None
        found = plan(Setup(loaded), Policy())
        titles = [c.title for c in chapters(loaded, found.timeline, found.values, "", "x")]
        assert "Four slow breaths" in titles


class TestWithoutLabels:
    def test_every_step_but_pauses_backgrounds_and_choices(self) -> None:
        options = [{"label": "A", "steps": [{"sit": 3}]}, {"label": "B"}]
        found = of(
            {"say": "Welcome to this."},
            {"sound": "rain"},
            {"pause": 5},
            {"choose": {"ask": "Which?", "options": options}},
        )
        assert [c.title for c in found] == ["Welcome to this.", "Sitting in silence"]

    def test_a_bell_and_what_it_opens_are_one(self) -> None:
        assert shown(of({"bell": "bowl"}, {"sit": 9}, {"bell": "bowl"}, {"pause": 5})) == [
            (0, "Sitting in silence"),
            (9000, "Bell"),
        ]

    def test_a_bell_at_the_very_end_is_none(self) -> None:
        assert shown(of({"sit": 9}, {"bell": "bowl"})) == [(0, "Sitting in silence")]

    def test_more_than_an_mp3_can_name_become_fewer(self) -> None:
        found = of({"repeat": {"times": 600, "steps": [{"sit": 3}]}})
        assert MOST / 4 < len(found) <= MOST
        assert found[-1].end_ms == 1_800_000


def test_paths_lead_to_their_steps() -> None:
    options = [{"label": "A"}, {"label": "B", "steps": [{"pause": 1}, {"pause": 2, "note": "it"}]}]
    made = script({"pause": 1}, {"repeat": {"times": 2, "steps": [{"choose": {"ask": "?", "options": options}}]}})
    path = "steps[1].repeat#2.steps[0].choose.options[1].steps[1].pause"
    found = list(holders(made, path))
    assert [name for name, _ in found] == ["steps[1].repeat", "steps[1].repeat#2.steps[0].choose", path]
    assert found[-1][1].note == "it"


@given(st.lists(st.sampled_from([0, 1, 5]), min_size=1, max_size=6), st.sets(st.integers(0, 5)))
@settings(deadline=None)
def test_chapters_cover_the_whole_without_gaps(pauses: list[int], labelled: set[int]) -> None:
    steps = [{"pause": p, **({"label": f"L{k}"} if k in labelled else {})} for k, p in enumerate(pauses)]
    found = of(*steps)
    assert found[0].start_ms == 0
    assert [c.end_ms for c in found[:-1]] == [c.start_ms for c in found[1:]]
    assert found[-1].end_ms == 1000 * sum(pauses)
    assert all(c.end_ms > c.start_ms for c in found) or sum(pauses) == 0
