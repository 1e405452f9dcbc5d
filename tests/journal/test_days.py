"""Days, minutes, practices and ratings from the journal: the pure part of the journey."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from mindful.journal import days, index, names
from mindful.journal.ratings import Pair, pairs
from mindful.journal.reader import Reader


def record(at: datetime, session: str = "settle", ms: int = 60_000, **other: Any) -> dict[str, Any]:
    token = f"{abs(hash((at.isoformat(), session))) % 0xFFFFFF:06x}"
    return {
        "mindful_record": 1, "id": names.record_id(at, token),
        "session": {"id": session, "title": session.title(), "sha256": "", "format": 1},
        "status": "completed", "reason": "", "started": at.isoformat(timespec="milliseconds"),
        "ended": (at + timedelta(milliseconds=ms)).isoformat(timespec="milliseconds"), "planned_ms": ms, "elapsed_ms": ms,
        "paused_ms": 0, "settings": {}, "variables": {}, "steps": [], "answers": {}, "private": [], "timing": {},
        "app": "test", "audio": {"sink": "none", "rate": None}, "simulated": False, "note": "", **other,
    }  # fmt: skip


def put(journal: Path, found: dict[str, Any], tail: str = "") -> Path:
    at = datetime.fromisoformat(found["started"])
    path = names.stem(journal, at, found["session"]["id"], found["id"][-6:])
    path = path.with_name(path.name + tail + names.CLOSED)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(found), encoding="utf-8")
    return path


ZONES = {
    # zone: (the night the clocks go forward, the night they go back)
    "Europe/Vienna": (date(2026, 3, 29), date(2026, 10, 25)),
    "America/New_York": (date(2026, 3, 8), date(2026, 11, 1)),
    "Australia/Lord_Howe": (date(2026, 10, 4), date(2026, 4, 5)),  # half an hour only
    "Asia/Kolkata": (date(2026, 3, 29), date(2026, 10, 25)),  # never; the same must hold
}


@pytest.fixture(params=sorted(ZONES))
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[ZoneInfo]:
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield ZoneInfo(request.param)
    monkeypatch.undo()
    os.environ.get("TZ")
    time.tzset()


def test_a_day_begins_at_four_of_the_wall_clock_also_when_clocks_change(zone: ZoneInfo) -> None:
    for night in ZONES[str(zone)]:
        wall = datetime(night.year, night.month, night.day, tzinfo=zone)
        for hour, minute, back in ((3, 59, 1), (4, 0, 0), (23, 59, 0), (0, 0, 1), (0, 30, 1)):
            at = wall.replace(hour=hour, minute=minute)
            written = datetime.fromisoformat(at.isoformat(timespec="milliseconds"))
            assert days.day_of(written) == night - timedelta(days=back), at
            # What the program itself would write down at that moment, wherever the machine is.
            assert days.day_of(at.astimezone()) == night - timedelta(days=back)


def test_every_day_of_a_year_holds_its_noon_and_its_late_night(zone: ZoneInfo) -> None:
    day = date(2026, 1, 1)
    while day < date(2027, 1, 1):
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=zone)
        late = (noon + timedelta(days=1)).replace(hour=3, minute=30)
        assert days.day_of(noon) == days.day_of(late) == day
        day += timedelta(days=1)


def test_another_zone_later_moves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, record(datetime.fromisoformat("2026-11-22T01:30:00+13:00")))
    found = []
    for name in ZONES:
        monkeypatch.setenv("TZ", name)
        time.tzset()
        found.append(Reader(tmp_path).all()[0].day)
    monkeypatch.undo()
    time.tzset()
    assert found == [date(2026, 11, 21)] * 4


UTC = ZoneInfo("UTC")


def test_an_empty_journal_and_one_that_is_not_there(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "none"):
        assert Reader(folder).all() == []
    assert days.by_day([]) == {} and days.practices([]) == [] and days.latest([]) is None
    assert days.streak([], date(2026, 1, 1)) == 0
    assert [d.elapsed_ms for d in days.lately({}, date(2026, 3, 1), 3)] == [0, 0, 0]


def test_one_record(tmp_path: Path) -> None:
    at = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)
    put(tmp_path, record(at, answers={"before": 60, "after": 40}, note="rain"))
    (one,) = Reader(tmp_path).all()
    assert one.ratings == (Pair("", 60, 40),) and one.noted and one.title == "Settle"
    assert days.by_day([one]) == {date(2026, 11, 22): days.Day(date(2026, 11, 22), 1, 60_000)}
    (practice,) = days.practices([one])
    assert (practice.times, practice.last, practice.ratings) == (1, date(2026, 11, 22), one.ratings)


def test_days_and_practices_add_up(tmp_path: Path) -> None:
    base = datetime(2026, 11, 20, 22, tzinfo=UTC)
    sats = [
        days.sat(Path("x"), record(base + timedelta(hours=h), session, 60_000 * (h + 1)))
        for h, session in ((0, "box"), (5, "settle"), (7, "box"), (30, "settle"))
    ]
    found = days.by_day(sats)
    assert [(d.day.day, d.sessions, d.elapsed_ms // 60_000) for d in found.values()] == [
        (20, 2, 7),
        (21, 1, 8),
        (22, 1, 31),
    ]
    assert [(p.session, p.times, p.elapsed_ms // 60_000) for p in days.practices(sats)] == [
        ("settle", 2, 37),
        ("box", 2, 9),
    ]
    assert [d.sessions for d in days.lately(found, date(2026, 11, 23), 5)] == [0, 2, 1, 1, 0]


def test_in_a_row_counts_yesterday_while_today_may_still_come() -> None:
    there = [date(2026, 2, 27), date(2026, 2, 28), date(2026, 3, 1)]
    assert [days.streak(there, date(2026, 3, d)) for d in (1, 2, 3)] == [3, 3, 0]


def test_a_month_is_weeks_from_monday() -> None:
    weeks = days.month(2026, 2)
    assert weeks[0] == [None] * 6 + [date(2026, 2, 1)] and weeks[-1][-2:] == [date(2026, 2, 28), None]


def test_what_is_known_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "RACY_NS", -1)  # the files below are written and read within two seconds
    at = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)
    paths = [put(tmp_path, record(at + timedelta(days=d))) for d in range(5)]
    reader = Reader(tmp_path)
    first = reader.all()
    read: list[Path] = []
    whole = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda self: (read.append(self), whole(self))[1])
    assert reader.all() == first and read == []
    paths[1].write_text(json.dumps(record(at + timedelta(days=1), note="later, and longer")))
    put(tmp_path, record(at + timedelta(days=9)))
    paths[4].unlink()
    assert [s.started.day for s in reader.all()] == [1, 25, 24, 23, 22]
    assert len(read) == 2 and reader.all()[3].noted


def test_it_comes_in_batches_the_newest_first(tmp_path: Path) -> None:
    at = datetime(2026, 11, 1, 7, 30, tzinfo=UTC)
    for d in range(7):
        put(tmp_path, record(at + timedelta(days=d)))
    steps = list(Reader(tmp_path).batches(3))
    assert [len(s) for s in steps] == [3, 6, 7]
    assert [s.started.day for s in steps[0]] == [7, 6, 5]


def test_copies_trials_and_damage_are_not_counted(tmp_path: Path) -> None:
    at = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)
    put(tmp_path, record(at))
    put(tmp_path, record(at, note="the fuller one"), tail=" (2)")
    put(tmp_path, record(at + timedelta(days=1), simulated=True))
    put(tmp_path, record(at + timedelta(days=2))).write_text("{")
    (one,) = Reader(tmp_path).all()
    assert one.noted


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        ({"before": 60, "after": 40}, [Pair("", 60, 40)]),
        ({"after": 40, "before": 60}, [Pair("", 60, 40)]),
        ({"before": 60, "now": 60}, [Pair("", 60, 60)]),
        ({"before": 60, "now": 50, "after": 40}, [Pair("", 60, 40)]),
        ({"suds_before": 6, "suds_after": 7.5, "mood-before": 1, "mood-after": 2}, [Pair("suds", 6, 7.5), Pair("mood", 1, 2)]),
        ({"before": 60, "after": None}, []),
        ({"before": "calm", "after": "calm"}, []),
        ({"before": True, "after": False}, []),
        ({"before": 60}, []),
        ({"tension_before": 6, "mood_after": 7}, []),
        ({"before_work": 5, "after_work": 3}, [Pair("work", 5, 3)]),
        ({}, []),
    ],
)  # fmt: skip
def test_ratings_stand_beside_each_other(answers: dict[str, Any], found: list[Pair]) -> None:
    assert list(pairs(answers)) == found
