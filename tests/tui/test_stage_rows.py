"""What the player says of a moment, as rows: nothing is cut that matters, and nothing is told too early."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mindful.player.view import PhaseView, StepView, View
from mindful.timeline.model import KeyPrompt, PhaseCue, RatePrompt
from mindful.tui import layout, stage
from mindful.tui.hints import player_hints, waits
from mindful.tui.rows import plain, row_width

INHALE = PhaseCue(at_ms=0, step="s", phase="inhale", length_ms=4000, cycle=1, fill_to=1.0, through="nose")


def step(kind: str = "breathe", label: str = "Four sides") -> StepView:
    return StepView(path=f"steps[0].{kind}", kind=kind, label=label, number=1)


def view(**changes: Any) -> View:
    base = View(
        status="playing", title="Box breathing", position_ms=0, elapsed_ms=61_500, left_ms=61_000, step=step(),
        step_left_ms=30_000, step_elapsed_ms=1000, next=step("sit", "Sit quietly"), phase=None, caption="", prompt=None,
        previous_caption="", layer="silence", volume=0.8,
    )  # fmt: skip
    return replace(base, **changes)


def phase(elapsed: int = 1500, **changes: Any) -> PhaseView:
    return PhaseView(cue=replace(INHALE, **changes), elapsed_ms=elapsed, fill=0.4, count=3)


def text(rows: list[Any]) -> list[str]:
    return [plain(r).strip() for r in rows]


@given(st.text(max_size=300), st.text(max_size=80), st.integers(1, 130), st.integers(1, 12))
def test_captions_fill_exactly_their_place(now: str, before: str, width: int, height: int) -> None:
    rows = stage.caption(view(caption=now, previous_caption=before), width, height)
    assert len(rows) == height
    assert all(row_width(r) <= max(width, 2) for r in rows)


def test_the_caption_before_is_dimmed_above() -> None:
    rows = stage.caption(view(caption="Now.", previous_caption="Before."), 60, 5)
    assert text(rows) == ["", "Before.", "", "Now.", ""]
    assert [s.role for r in rows for s in r if s.text.strip()] == ["dim", "text"]


def test_a_long_caption_takes_room_from_the_circle_but_not_all_of_a_paced_breath() -> None:
    long = "word " * 80
    assert stage.caption_height(view(caption=long), 40, 2, 9) == 11
    assert stage.caption_height(view(caption=long, phase=phase()), 40, 2, 9) == 6
    assert stage.caption_height(view(caption="short"), 40, 2, 9) == 2
    assert stage.caption_height(view(caption=long), 40, 0, 3) == 0


def test_a_pause_says_something_kind_in_place_of_the_words() -> None:
    assert text(stage.caption(view(status="paused", caption="Now."), 60, 2))[-1].startswith("Paused.")


def test_phase_with_count_and_the_way_to_breathe() -> None:
    assert text(stage.phase(view(phase=phase()), 60, 3)) == ["", "Breathe in   3", "through the nose"]
    assert text(stage.phase(view(phase=phase()), 60, 1)) == ["Breathe in   3"]
    assert text(stage.phase(view(phase=phase(phase="hold", through=None)), 60, 1)) == ["Hold   3"]
    assert stage.phase(view(phase=phase(), status="paused"), 60, 1) == []
    assert stage.phase(view(phase=phase()), 60, 0) == []


def test_a_wait_counts_where_it_should_and_says_how_to_go_on_where_not() -> None:
    counting = KeyPrompt(text="Hold", count=True, at_most_ms=90_000)
    assert text(stage.phase(view(prompt=counting, step_elapsed_ms=9900), 60, 1)) == ["0:09 of at most 1:30"]
    assert "Enter goes on" in text(stage.phase(view(prompt=KeyPrompt(text="x")), 60, 1))[0]


def test_the_text_of_a_wait_is_its_caption_when_there_is_none() -> None:
    assert text(stage.caption(view(prompt=KeyPrompt(text="When you are ready.")), 60, 1)) == ["When you are ready."]


def test_time_left_of_session_and_step_and_what_is_next() -> None:
    assert text(stage.head(view(), 60)) == ["Box breathing" + " " * 36 + "1:01 left"]
    assert text(stage.head(view(left_ms=None), 60))[0].endswith("1:01 so far")
    said = text(stage.status(view(), 60))[0]
    assert said.startswith("Four sides  0:30") and said.endswith("then Sit quietly")
    assert text(stage.status(view(next=None), 60))[0].endswith("then the end")
    assert "then" not in text(stage.status(view(next=None, left_ms=None), 60))[0]
    assert "then" not in text(stage.status(view(step=step("say", ""), next=step("say", "")), 60))[0]


def test_a_step_named_by_its_text_is_not_told_before_its_time() -> None:
    assert stage.name(step("say", "Sit so that your back can be long.")) == "a few words"
    assert stage.name(step("rate", "And now?")) == "a question"
    assert stage.name(step("say", "Arriving")) == "Arriving"
    assert stage.name(None) == ""


def test_a_question_or_a_landing_needs_no_status() -> None:
    assert stage.status(view(status="asking"), 60) == []
    assert "softly" in text(stage.status(view(status="landing"), 60))[0]


def test_the_bar_moves_only_with_whole_seconds() -> None:
    def filled(elapsed: int) -> int:
        return "".join(text(stage.bar(view(phase=phase(elapsed)), 80, 3))).count("━")

    assert filled(1000) == filled(1400) == filled(1999)
    assert filled(0) == 0 and filled(1000) < filled(2000) < filled(3000) < filled(4000) == 40
    assert stage.bar(view(), 80, 3) == [(), (), ()]
    assert len(stage.bar(view(phase=phase()), 80, 7)) == 7


@pytest.mark.parametrize(
    ("changes", "first"),
    [
        ({"status": "landing"}, "q end now"),
        ({"status": "paused"}, "Space go on"),
        ({"prompt": KeyPrompt(text="x"), "step": step("wait")}, "Space go on"),
        ({"prompt": KeyPrompt(text="x"), "step": step("sit")}, "Enter go on"),
        ({}, "Space pause"),
    ],
)
def test_the_first_hint_is_what_is_wanted_most(changes: dict[str, Any], first: str) -> None:
    key, words, _ = player_hints(view(**changes), None)[0]
    assert f"{key} {words}" == first


def test_ending_is_always_among_the_first_two_hints() -> None:
    for changes in ({}, {"status": "paused"}, {"status": "landing"}, {"prompt": KeyPrompt(), "step": step("wait")}):
        assert "end" in [name for _, _, name in player_hints(view(**changes), None)[:2]]
    assert waits(view(prompt=KeyPrompt(), step=step("wait")))
    assert not waits(view(prompt=RatePrompt(), step=step("wait")))
    assert not waits(view(prompt=KeyPrompt(), step=step("wait"), status="paused"))


def test_a_step_that_is_called_by_its_own_sentence_is_not_told_too_early() -> None:
    assert stage.name(step("say", "Thank you.")) == "a few words"
    assert stage.name(step("wait", "In your own time")) == "In your own time"


@pytest.mark.parametrize(("kind", "says"), [("wait", "Space or Enter"), ("sit", "Enter goes on")])
def test_the_keys_that_go_on_are_those_that_do(kind: str, says: str) -> None:
    rows = text(stage.phase(view(step=step(kind), prompt=KeyPrompt(text="")), 40, 1))
    assert rows[0].startswith(says) and "ready" in rows[0]


@given(st.integers(1, 600))
def test_what_is_read_is_never_wider_than_its_measure_and_stands_within_the_screen(width: int) -> None:
    left, inner = layout.middle(width)
    assert 1 <= inner <= layout.MEASURE and left + inner <= max(width, 1)
    assert width - 2 * layout.margin(width) <= layout.FRAME + 1


def test_a_sensors_figures_are_whole_on_a_narrow_screen_in_fewer_words() -> None:
    from mindful.player.feedback_view import FeedbackView
    from mindful.tui import pulse

    view = FeedbackView(
        kind="heart", source="simulated heart", simulated=True, stretch="training", quality="clear", value=0.9,
        reward=True, bpm=65.2, lock=0.98,
    )  # fmt: skip
    assert pulse.figures(view) == "made-up signal · heart 65 · with the breath 98 %"
    assert pulse.figures(view, 33) == "made-up · heart 65 · breath 98 %"
