"""What the journal comes to by days: which days, how many minutes, what was rated. Called by the journey. Pure."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from mindful.journal.day import DAY_BEGINS as DAY_BEGINS
from mindful.journal.day import day_of as day_of
from mindful.journal.ratings import Pair, pairs
from mindful.journal.trained import Course, Figures, courses, figures


@dataclass(frozen=True, slots=True)
class Sat:
    """One record, as far as an overview needs it."""

    id: str
    path: Path
    started: datetime
    """With the offset of the place where it was played."""
    session: str
    title: str
    status: str
    """completed, stopped or interrupted."""
    elapsed_ms: int
    ratings: tuple[Pair, ...] = ()
    noted: bool = False
    trained: tuple[Figures, ...] = ()
    """Its trainings with a heart or a brain."""

    @property
    def day(self) -> date:
        """The day that it belongs to."""
        return day_of(self.started)


@dataclass(frozen=True, slots=True)
class Day:
    """What one day holds."""

    day: date
    sessions: int = 0
    elapsed_ms: int = 0


@dataclass(frozen=True, slots=True)
class Practice:
    """One session over time."""

    session: str
    title: str
    """As the latest record has it."""
    times: int
    elapsed_ms: int
    last: date
    ratings: tuple[Pair, ...] = ()
    """Oldest first."""
    courses: tuple[Course, ...] = ()
    """Its trainings with a heart or a brain, over time."""


def by_day(sats: Iterable[Sat]) -> dict[date, Day]:
    """The days on which something was done."""
    found: dict[date, Day] = {}
    for sat in sats:
        day = found.get(sat.day, Day(sat.day))
        found[sat.day] = Day(sat.day, day.sessions + 1, day.elapsed_ms + sat.elapsed_ms)
    return found


def month(year: int, number: int) -> list[list[date | None]]:
    """The weeks of a month from Monday to Sunday; None for a day of another month."""
    weeks = calendar.Calendar().monthdatescalendar(year, number)
    return [[day if day.month == number else None for day in week] for week in weeks]


def lately(days: Mapping[date, Day], today: date, count: int) -> list[Day]:
    """The last `count` days up to today, the empty ones too."""
    return [days.get(d, Day(d)) for d in (today - timedelta(days=back) for back in range(count - 1, -1, -1))]


def practices(sats: Iterable[Sat]) -> list[Practice]:
    """Each session that was played, the one done last first."""
    found: dict[str, list[Sat]] = {}
    for sat in sats:
        found.setdefault(sat.session, []).append(sat)
    out = []
    for session, each in found.items():
        each.sort(key=lambda s: s.started)
        rated = tuple(pair for sat in each for pair in sat.ratings)
        spent = sum(s.elapsed_ms for s in each)
        out.append(Practice(session, each[-1].title, len(each), spent, max(s.day for s in each), rated, _courses(each)))
    return sorted(out, key=lambda p: (p.last, p.times), reverse=True)


def _courses(each: Sequence[Sat]) -> tuple[Course, ...]:
    return tuple(courses((sat.day, one) for sat in each for one in sat.trained))


def streak(days: Iterable[date], today: date) -> int:
    """Days in a row up to today or, as today may still come, up to yesterday."""
    there = set(days)
    at = today if today in there else today - timedelta(days=1)
    count = 0
    while at in there:
        count, at = count + 1, at - timedelta(days=1)
    return count


def sat(path: Path, record: Mapping[str, Any]) -> Sat:
    """The overview of one record."""
    return Sat(
        id=record["id"],
        path=path,
        started=datetime.fromisoformat(record["started"]),
        session=record["session"]["id"],
        title=record["session"]["title"],
        status=record["status"],
        elapsed_ms=record["elapsed_ms"],
        ratings=tuple(pairs(record["answers"])),
        noted=bool(record["note"]),
        trained=tuple(figures(record)),
    )


def latest(sats: Sequence[Sat]) -> Sat | None:
    """The last one that was done."""
    return max(sats, key=lambda s: s.started, default=None)
