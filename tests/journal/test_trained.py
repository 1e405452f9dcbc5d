"""Trainings over sessions: figures of one, courses of many; what is not the client's own is counted and not drawn."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mindful.journal import asking, days, index, trained
from mindful.journal.trained import Figures
from mindful.journal.training_words import course_name, course_said, one, what_is_drawn
from tests.journal.test_days import put, record
from tests.journal.test_trainings import assessed, brain, whole

DAY = date(2026, 11, 2)


def of_brain(change: float | None = 0.12, **more: Any) -> Figures:
    found: dict[str, Any] = {"reward": 0.63, "clean": 0.95} | more
    return Figures("eeg", "alpha", False, found.pop("own", True), found.pop("unit", "uV"), change, **found)


def of_heart(swing: float, **more: Any) -> Figures:
    return Figures("heart", "lock", False, True, "share", swing_bpm=swing, **more)


def course(*found: Figures, apart: int = 1) -> trained.Course:
    (out,) = trained.courses((DAY + timedelta(days=apart * n), f) for n, f in enumerate(found))
    return out


def heart_record() -> dict[str, Any]:
    """Baseline of a minute, two stretches of training of unequal length."""
    stretches = [
        {"phase": "baseline", "seconds": 60.0, "rmssd_ms": 20.0, "bpm": 66.0},
        {"phase": "training", "seconds": 30.0, "rmssd_ms": 40.0, "swing_bpm": 12.0, "lock": 0.9, "coherence": 0.8,
         "reward": 1.0, "clean": 1.0},
        {"phase": "training", "seconds": 90.0, "rmssd_ms": 28.0, "swing_bpm": 8.0, "lock": 0.7, "coherence": 0.6,
         "reward": 0.6, "clean": 0.8},
        {"phase": "training", "seconds": "x", "rmssd_ms": 999.0},
    ]  # fmt: skip
    feedback = {"source": "Polar", "simulated": False, "unit": "share", "protocol": {"name": "lock"}}
    seconds = {"phase": ["training"], "at_ms": [5], "bpm": [61.5]}
    data = {"feedback": feedback | {"stretches": stretches}, "seconds": seconds}
    return {"steps": [{"step": "steps[0].hrv_biofeedback", "kind": "hrv_biofeedback", "data": data}]}


def test_figures_of_a_heart_are_means_over_the_time_of_the_stretches() -> None:
    (f,) = trained.figures(heart_record())
    assert (f.kind, f.own, f.swing_bpm, f.rmssd_ms, f.rmssd_before_ms) == ("heart", True, 9.0, 31.0, 20.0)
    assert f.lock == pytest.approx(0.75) and f.coherence == pytest.approx(0.65) and f.drawn == 9.0
    assert one(f) == (
        "a swing of 9 beats a minute, with the breath 75 %, coherence 65 %, RMSSD 31 ms, in the minute before 20 ms, "
        "rewarded 70 % of 85 % clear time"
    )


def test_figures_of_a_brain_are_against_its_baseline() -> None:
    (f,) = trained.figures(brain())
    assert f.change == pytest.approx(0.25) and f.drawn == pytest.approx(25.0) and f.own
    assert one(f) == "+25 % against the quiet minutes before, rewarded 50 % of 90 % clear time"
    (difference,) = trained.figures(brain(unit="ln ratio", baseline={"mean": 5.25}))
    assert difference.drawn == pytest.approx(-0.25) and one(difference).startswith("−0.25 against")
    (without,) = trained.figures(brain(baseline={"mean": None}))
    assert without.drawn is None and "no quiet minutes" in one(without)
    (found,) = trained.figures(assessed())
    assert found.assessed and found.drawn == 5.5 and one(found) == "the heart swung most at 5.5 breaths a minute"


@pytest.mark.parametrize("more", [{"simulated": True}, {"delivery": {"mode": "sham"}}])
def test_what_is_not_the_clients_own_is_counted_and_not_drawn(more: dict[str, Any]) -> None:
    (f,) = trained.figures(brain(**more))
    assert not f.own
    found = course(f, of_brain(), of_brain(own=False))
    assert len(found.each) == 1 and found.others == 2
    assert list(course_said(found))[-1] == "2 are left out: a made-up signal, or feedback for a study."
    alone = course(f)
    assert alone.unit == "" and list(course_said(alone)) == [
        "One is left out: a made-up signal, or feedback for a study."
    ]


def test_too_few_are_said_to_be_too_few_and_many_have_an_interval() -> None:
    assert list(course_said(course(of_brain()))) == [
        "One training that can be compared so far: too few to say how it goes."
    ]
    assert "2 trainings" in next(iter(course_said(course(of_brain(), of_brain()))))
    assert "0 trainings" in next(iter(course_said(course(of_brain(None), of_brain(None), of_brain(None)))))
    three = course(*(of_brain(c) for c in (0.1, 0.2, 0.0)))
    assert list(course_said(three)) == ["On average +10 %; 3 days, too few to tell how sure that is."]
    same_day = course(*(of_brain(c) for c in (0.1, 0.2, 0.0)), apart=0)
    assert "one day, too few" in next(iter(course_said(same_day)))
    many = course(*(of_brain(0.1 + 0.05 * (-1) ** n) for n in range(12)))
    (said,) = course_said(many)
    assert said.startswith("On average +10 %, probably +") and said.endswith("; 12 days.")
    assert what_is_drawn(many).endswith("percent; the oldest left") and course_name(many) == "Neurofeedback, alpha"


def test_a_heart_is_one_course_whatever_fed_back_and_an_assessment_another() -> None:
    (pace,) = trained.figures(assessed())
    both = of_heart(9.0), Figures("heart", "coherence", False, True, "share", swing_bpm=11.0), of_heart(10.0)
    found = trained.courses((DAY, f) for f in (*both, pace))
    assert [(c.assessed, [v for _, v in c.values]) for c in found] == [(False, [9.0, 11.0, 10.0]), (True, [5.5])]
    assert list(course_said(found[0])) == [
        "On average a swing of 10 beats a minute; one day, too few to tell how sure that is."
    ]


def test_the_index_keeps_them_and_a_practice_has_its_courses(tmp_path: Path) -> None:
    at = datetime(2026, 11, 2, 8).astimezone()
    for n in range(3):
        put(tmp_path, record(at + timedelta(days=n), "brain-first", steps=whole(brain())))
    put(tmp_path, record(at + timedelta(days=3), "box"))
    with index.Index(tmp_path, None) as table:
        table.refresh()
        sats = asking.sats(table)
    assert [len(s.trained) for s in sats] == [0, 1, 1, 1]
    practices = {p.session: p for p in days.practices(sats)}
    assert practices["box"].courses == ()
    (found,) = practices["brain-first"].courses
    assert [day.day for day, _ in found.each] == [2, 3, 4]
    assert sats[1].trained == tuple(trained.figures(json.loads(sats[1].path.read_text())))


@given(
    st.lists(
        st.builds(
            Figures,
            kind=st.sampled_from(["heart", "eeg"]),
            protocol=st.text(max_size=5),
            assessed=st.booleans(),
            own=st.booleans(),
            unit=st.sampled_from(["uV", "ratio", "ln ratio", "share", ""]),
            change=st.none() | st.floats(-2, 9),
            swing_bpm=st.none() | st.floats(0, 60),
            lock=st.none() | st.floats(0, 1),
            reward=st.none() | st.floats(0, 1),
            rmssd_ms=st.none() | st.floats(0, 300),
            found_per_min=st.none() | st.floats(3, 9),
        ),
        max_size=12,
    )
)
def test_every_course_can_be_told_and_none_is_lost(found: list[Figures]) -> None:
    assert trained.from_kept(trained.kept(found)) == tuple(found)
    courses = trained.courses((DAY + timedelta(days=n), f) for n, f in enumerate(found))
    assert sum(len(c.each) + c.others for c in courses) == len(found)
    for each in courses:
        assert course_name(each) and what_is_drawn(each)
        assert all(list(course_said(each))) and all(one(f) is not None for _, f in each.each)
