"""A training in a record's page: every figure in words, drawings beside them only where blocks can be shown."""

from __future__ import annotations

from mindful.cli import trained
from tests.journal.test_trainings import assessed, brain


def test_figures_stand_beside_the_drawings_and_alone_without_them() -> None:
    drawn, plain = trained.lines(brain()), trained.lines(brain(), drawn=False)
    assert len(drawn) == len(plain)
    assert any(set(line) & set(trained.STEPS) for line in drawn)
    assert not any(set(line) & set(trained.STEPS) for line in plain)
    for with_it, without in zip(drawn, plain, strict=True):
        assert with_it.split()[-1] == without.split()[-1]
    text = "\n".join(plain)
    assert "5 µV, from 4 to 6" in text and "Block 1: 5 µV, rewarded 50 % of 90 % clear time" in text
    assert "Against the quiet minutes before: +25 %" in text
    assert max(map(len, drawn)) < 80


def test_a_resonance_curve_has_a_bar_for_each_pace() -> None:
    drawn = trained.lines(assessed())
    bars = [line.count("█") for line in drawn if "breath" not in line and "a minute:" in line]
    assert bars == [24, 20, 16]
    assert drawn[-1].strip() == "The heart swung most at 5.5 breaths a minute."


def test_what_was_not_ones_own_and_a_made_up_signal_are_said_first() -> None:
    lines = trained.lines(brain(delivery={"mode": "sham", "from": "chance, seed 1"}, simulated=True))
    assert "nobody was measured" in lines[1] and "by chance" in lines[2]
    assert trained.briefly(brain(delivery={"mode": "sham"})) == [lines[2].strip()]
    assert trained.briefly(brain()) == [] and trained.lines({"steps": []}) == []
