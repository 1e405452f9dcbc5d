"""Sessions that turn on an answer: every way through them makes sense, also the one without answers."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from mindful import assets
from mindful.timeline.model import CaptionCue

SESSIONS = sorted(assets.session_files())


def _cycle_lengths(run: Any) -> list[int]:
    return [sum(p.length_ms for p in cycle) for cycle in run.breaths()]


@pytest.mark.parametrize(("pace", "first"), [(14, 14), (9, 9), (40, 18), (30, 18), (7, 7), (None, 12)])
def test_the_glide_starts_at_the_clients_pace_and_only_slows_down(
    pace: int | None, first: float, play: Callable
) -> None:
    lengths = _cycle_lengths(play("long-exhale-glide", {"pace": pace}))
    # the first cycle of a glide is a little longer than the pace it starts from, because it is slowing already
    assert 60_000 / first <= lengths[0] <= 60_000 / first * 1.06
    assert all(b >= a - 1 for a, b in pairwise(lengths))  # 1 ms of rounding
    assert lengths[-1] == 10_000


@pytest.mark.parametrize("pace", [6, 4, 1, 0, -3])
def test_whoever_breathes_slowly_already_is_not_sped_up_beyond_six(pace: int, play: Callable) -> None:
    assert set(_cycle_lengths(play("long-exhale-glide", {"pace": pace}))) == {10_000}


def test_a_pace_set_beforehand_counts_when_the_question_stays_open(play: Callable) -> None:
    assert _cycle_lengths(play("long-exhale-glide", pace=10)) == _cycle_lengths(play("long-exhale-glide", {"pace": 10}))


@pytest.mark.parametrize("minutes", [3, 6, 15])
def test_the_glide_takes_the_minutes_that_were_chosen(minutes: int, play: Callable) -> None:
    run = play("long-exhale-glide", {"pace": 14}, minutes=minutes)
    first_step = run.phases[0][1].step
    length = sum(cue.length_ms for _, cue in run.phases if cue.step == first_step)
    assert abs(length - minutes * 60_000) <= 5_000


def _eased(run: Any) -> list[str]:
    return [c.text for _, c in run.said if c.text.startswith("From ") or " before, and " in c.text]


@pytest.mark.parametrize(
    ("before", "now", "line"),
    [
        (60, 30, "From 60 to 30. Something has eased a little."),
        (60, 60, "60 before, and 60 now. It is as it was, and you have been with it for a while."),
        (30, 55, "From 30 to 55. That happens when we stop and listen."),
    ],
)
def test_arriving_ends_with_words_that_fit_both_ratings(before: int, now: int, line: str, play: Callable) -> None:
    said = _eased(play("arriving", {"before": before, "now": now, "more": False}))
    assert len(said) == 1
    assert said[0].startswith(line)


@pytest.mark.parametrize("answers", [{}, {"before": 50}, {"now": 50}])
def test_arriving_says_nothing_of_ratings_that_were_left_open(answers: dict[str, int], play: Callable) -> None:
    assert _eased(play("arriving", answers)) == []


def test_arriving_meets_high_tension_without_the_breath_first(play: Callable) -> None:
    def lines(before: int) -> str:
        return " ".join(c.text for _, c in play("arriving", {"before": before}).said)

    assert "That is a lot to carry" in lines(70)
    assert "That is a lot to carry" not in lines(65)


def test_arriving_goes_round_again_as_often_as_wanted_and_yet_ends(play: Callable) -> None:
    rounds = {
        want: play("arriving", {"more": answers}).asked.count("way")
        for want, answers in {"no": False, "open": None, "once": [True, False], "always": True}.items()
    }
    assert rounds == {"no": 1, "open": 1, "once": 2, "always": 9}


def test_arriving_includes_the_whole_minute_of_settle(play: Callable) -> None:
    with_settle, without = play("arriving", {"way": 0}), play("arriving", {"way": 3})
    assert with_settle.length_ms - without.length_ms == 60_000
    assert len(with_settle.breaths()) == 4
    assert without.breaths() == []


def test_grounding_waits_at_every_step(play: Callable) -> None:
    run = play("grounding-steps")
    waits = [s for s in run.segments if s.kind == "wait"]
    assert len(waits) == 6
    assert all(s.prompt is not None and s.prompt.text.endswith(".") for s in waits)
    assert len([s for s in play("grounding-steps", {"more": 1}).segments if s.kind == "wait"]) == 9


WAYS: list[tuple[str, dict[str, Any]]] = [
    *((name, {}) for name in SESSIONS),
    *(("arriving", {"way": k, "before": 80, "now": 20, "more": [True, False]}) for k in range(4)),
    ("grounding-steps", {"more": 1}),
    ("long-exhale-glide", {"pace": 15}),
]


@pytest.mark.parametrize(("name", "answers"), WAYS)
def test_no_line_is_shown_with_a_hole_in_it(name: str, answers: dict[str, Any], play: Callable) -> None:
    run = play(name, answers)
    words = [c.text for _, c in run.cues(CaptionCue)] + [s.prompt.text for s in run.segments if s.prompt is not None]
    for text in words:
        assert "…" not in text  # what a name without an answer becomes
        assert "{" not in text
        assert "[" not in text  # a pause mark that was not understood
