"""`mindful stats` and `mindful compare`: the figures in words and as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from mindful.cli import compare, stats
from mindful.journal.trial import design
from tests.records import put, record

Run = Callable[..., Result]
TODAY = date(2026, 11, 22)


class Clock(datetime):
    """A wall clock that stands at noon of a day."""

    day = TODAY

    @classmethod
    def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]
        return datetime(cls.day.year, cls.day.month, cls.day.day, 12, tzinfo=tz or UTC)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> type[Clock]:
    Clock.day = TODAY
    for module in (stats, compare):
        monkeypatch.setattr(module, "datetime", Clock)
    monkeypatch.setattr("mindful.cli.since.datetime", Clock)
    return Clock


@pytest.fixture
def run() -> Run:
    def invoke(of: Any, *words: str) -> Result:
        result = CliRunner().invoke(of, list(words))
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return invoke


def fill(data: Path, days: int, pairs: bool = True) -> None:
    for n in range(days):
        at = datetime(2026, 11, 22, 8, tzinfo=UTC) - timedelta(days=2 * n)
        put(data / "journal", record(at, "box", f"{n:06x}", answers={"before": 6, "after": 4 - n % 2} if pairs else {}))


def test_an_empty_journal(run: Run, data: Path) -> None:
    result = run(stats.stats)
    assert (result.exit_code, result.stdout) == (0, "") and "Nothing here yet" in result.stderr
    assert json.loads(run(stats.stats, "--json").stdout)["sessions"] == 0
    assert not data.exists()


def test_the_figures_in_words(run: Run, data: Path) -> None:
    fill(data, 10)
    lines = run(stats.stats).stdout.splitlines()
    assert lines[:3] == [
        "4 November 2026 to 22 November 2026",
        "10 of 19 days, 10 sessions, 50 min in all, usually 5 min.",
        "To the end: 10; ended early: 0; cut short: 0.",
    ]
    assert "  your rating, all sessions: from 6 to 3.5; a change of −2.5, probably −2.88 to −2.12; 10 days" in lines
    assert any("what changed it, nobody can see" in line for line in lines)


def test_too_few_is_said(run: Run, data: Path) -> None:
    fill(data, 3)
    out = run(stats.stats).stdout
    assert "3 days, too few to tell" in out and "probably" not in out
    change = json.loads(run(stats.stats, "--json").stdout)["changes"][0]["change"]
    assert change["enough"] is False and change["low"] is None and change["days"] == 3


def test_a_stretch_of_days(run: Run, data: Path) -> None:
    fill(data, 10)
    got = json.loads(run(stats.stats, "--since", "2026-11-10", "--until", "2026-11-16", "--json").stdout)
    assert (got["since"], got["until"], got["days"], got["of_days"]) == ("2026-11-10", "2026-11-16", 4, 7)
    assert json.loads(run(stats.stats, "--since", "4 d", "--json").stdout)["days"] == 3
    assert run(stats.stats, "--since", "2026-11-20", "--until", "2026-11-10").exit_code == 2
    assert run(stats.stats, "--since", "soon").exit_code == 2


def test_figures_have_three_digits() -> None:
    assert [stats.number(v) for v in (None, 0.0, -0.001, 1234.6, 12.34, 1.234, -5.0)] == [
        "–",
        "0",
        "0",
        "1235",
        "12.3",
        "1.23",
        "−5",
    ]
    assert [stats.signed(v) for v in (0.0, 2.0, -2.0, None)] == ["0", "+2", "−2", "–"]


def test_a_comparison_from_its_lot_to_its_result(run: Run, data: Path, clock: type[Clock]) -> None:
    assert run(compare.compare).exit_code == 2
    begun = run(compare.compare, "box", "settle", "--seed", "5", "--from", "2026-11-22")
    assert begun.exit_code == 0 and begun.stdout == "" and "24 days" in begun.stderr
    plan = run(compare.compare, "--plan").stdout.splitlines()
    assert len(plan) == 24 and plan[0].startswith("2026-11-22  ")
    assert run(compare.compare, "box", "settle").exit_code == 2, "one goes on"
    known = json.loads(run(compare.compare, "--json").stdout)["block"]
    assert (known["pair"], known["day"]) == (1, 1)
    assert run(compare.compare).stdout.startswith(plan[0].partition("  ")[2] + " today; pair 1 of 6")
    for n, line in enumerate(plan):
        day, title = line.split("  ")
        session = {"Box breathing": "box", "Settle": "settle"}[title]
        after = (2 if session == "box" else 5) + n % 2
        at = datetime.fromisoformat(f"{day}T08:00:00+00:00")
        put(data / "journal", record(at, session, f"{n:06x}", answers={"before": 8, "after": after}))
        if n == 5:
            clock.day = at.date()
            early = run(compare.compare, "--result").stdout
            assert "Too few to tell" in early and "whoever looks early" in early
    clock.day = date(2026, 12, 15)
    said = run(compare.compare, "--result").stdout
    assert "a difference of −3." in said and "3.12 of 100" in said and "there is a difference for you" in said
    assert "cannot tell" in said and "looks early" not in said
    got = json.loads(run(compare.compare, "--result", "--json").stdout)
    assert (got["whole_pairs"], got["difference"], got["p"]) == (6, -3, 2 / 64) and got["plan"]["seed"] == 5
    assert "over" in run(compare.compare).stdout or run(compare.compare).stdout.startswith(("Box", "Settle"))


def test_a_comparison_is_ended_and_another_begun(run: Run, data: Path) -> None:
    run(compare.compare, "box", "settle")
    assert run(compare.compare).stdout == "It begins on 23 November 2026.\n"
    assert run(compare.compare, "--stop").exit_code == 0
    assert json.loads(run(compare.compare, "box", "sit-10", "--json").stdout)["b"] == "sit-10"
    assert len(list((data / design.FOLDER).iterdir())) == 2


@pytest.mark.parametrize(
    "words",
    [["box"], ["box", "box"], ["box", "nothing-like-it"], ["box", "settle", "--settle", "2"], ["box", "settle", "--from", "2026-11-01"],
     ["box", "settle", "--result"], ["box", "settle", "--pairs", "2"], ["--result", "--plan"]],
)  # fmt: skip
def test_what_cannot_be_compared(run: Run, data: Path, words: list[str]) -> None:
    assert run(compare.compare, *words).exit_code == 2
    assert not (data / design.FOLDER).exists()


def test_a_plan_that_cannot_be_read_is_told(run: Run, data: Path) -> None:
    run(compare.compare, "box", "settle")
    (file,) = (data / design.FOLDER).iterdir()
    file.write_text("{")
    result = run(compare.compare)
    assert result.exit_code == 1 and "cannot be read" in result.stderr
