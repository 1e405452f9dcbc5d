"""Trainings in the report: drawn with a table beside each, from day to day, and never of a made-up signal."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from mindful.journal import trainings
from mindful.journal.stats.summary import summary
from mindful.render.report import plots
from mindful.render.report.blocks import Chart, Report, Words
from mindful.render.report.content import Wish, report
from mindful.render.report.lines import lines
from mindful.render.report.page import page
from mindful.render.report.training import Trained
from tests.journal.test_trainings import assessed, brain

DAY = date(2026, 11, 20)


def made(*records: dict[str, Any]) -> Report:
    found = [Trained(DAY + timedelta(days=n), t) for n, record in enumerate(records) for t in trainings.of(record)]
    return report(summary([], DAY, DAY + timedelta(days=9)), [], Wish(date(2026, 11, 30), trained=found))


def charts(of: Report) -> dict[str, Chart]:
    return {b.name: b for b in of.blocks if isinstance(b, Chart)}


def test_the_latest_training_of_each_kind_is_drawn_with_its_table() -> None:
    found = charts(made(brain(), assessed()))
    assert set(found) == {"training0", "training1", "training1paces"}
    values = found["training0"].spec["data"]["values"]
    assert {v["what"] for v in values} == {"measured", "threshold"} and len(values) == 12
    assert found["training0"].table.rows == (("0:00", "5", "4.5"),)
    assert "+25 %" in found["training0"].about
    assert [v["pace"] for v in found["training1paces"].spec["layer"][0]["data"]["values"]] == [5.5, 6.0, 6.5]


def test_from_three_days_on_there_is_a_course_of_what_was_real() -> None:
    assert "course0" not in charts(made(brain(), brain()))
    assert "course0" not in charts(made(brain(), brain(), brain(delivery={"mode": "sham"})))
    found = charts(made(brain(), brain(), brain()))
    assert [row[1] for row in found["course0"].table.rows] == ["25", "25", "25"]
    assert len({"training0", "course0"} & set(found)) == 2


def test_a_made_up_signal_is_not_in_it_and_a_sham_is_said() -> None:
    assert charts(made(brain(simulated=True))) == {}
    told = [b.text for b in made(brain(delivery={"mode": "yoked", "from": "abc"})).blocks if isinstance(b, Words)]
    assert any("from the record abc" in text for text in told)


def test_long_trainings_are_drawn_with_few_points_and_holes_stay_holes() -> None:
    record = brain()
    seconds = record["steps"][0]["data"]["seconds"]
    n = 1200
    seconds.update({name: [0.5] * n for name in seconds} | {"phase": ["training"] * n})
    seconds["at_ms"] = [1000 * i for i in range(n)]
    seconds["feature"] = [None if 300 <= i < 600 else 4.0 for i in range(n)]
    found = charts(made(record))
    measured = [v["value"] for v in found["training0"].spec["data"]["values"] if v["what"] == "measured"]
    assert len(measured) == 180 and measured.count(None) == pytest.approx(45, abs=2)
    bars = found["training0reward"].spec["layer"][0]["data"]["values"]
    assert len(bars) == 40 and all(b["share"] == 50 for b in bars)
    assert "65 % were wanted" in found["training0reward"].about


def test_in_plain_lines_it_is_a_table() -> None:
    text = "\n".join(lines(made(assessed()), 80))
    assert "The heart swung most at 5.5 breaths a minute." in " ".join(text.split())
    assert "Breaths a minute" in text


@pytest.mark.skipif(not plots.available(), reason="vl-convert-python is not installed")
def test_every_drawing_can_be_drawn() -> None:
    record = brain()
    html = page(made(record, assessed(), record, record), drawn=True)
    assert html.count("<svg") == 4
    for chart in charts(made(record, assessed())).values():
        assert "<svg" in plots.svg(chart)
