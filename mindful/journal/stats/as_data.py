"""Figures as plain data, for `--json` and for reports. Pure."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from mindful.journal.stats.summary import Summary
from mindful.journal.stats.uncertainty import ENOUGH, LEVEL, Mean, Middle

VERSION = 1


def as_data(found: Summary) -> dict[str, Any]:
    """Lengths in ms, days as ISO dates; an interval that cannot be told is null, and `enough` false."""
    adherence = found.adherence
    return {
        "mindful_stats": VERSION,
        "since": found.since.isoformat(),
        "until": found.until.isoformat(),
        "days": found.days,
        "of_days": found.of_days,
        "sessions": found.sessions,
        "status": found.status,
        "elapsed_ms": found.elapsed_ms,
        "usual_ms": found.usual_ms,
        "weeks": [{**asdict(week), "monday": week.monday.isoformat()} for week in found.weeks],
        "practices": [asdict(practice) for practice in found.practices],
        "changes": [
            {
                "name": change.name,
                "session": change.session,
                "before": mean(change.before),
                "after": mean(change.after),
                "change": mean(change.change),
            }
            for change in found.changes
        ],
        "interval": {"level": LEVEL, "least_days": ENOUGH},
        "holds_ms": around(found.holds),
        "heart": {name: {"values": around(m), "mean": mean(of)} for name, (m, of) in found.heart.items()},
        "unpleasant": found.effects,
        "programme": None
        if adherence is None
        else {
            "title": adherence.title,
            "since": adherence.since.isoformat(),
            "until": adherence.until.isoformat(),
            "offered": adherence.offered,
            "done": adherence.done,
            "days_paused": adherence.days_paused,
        },
    }


def mean(found: Mean) -> dict[str, Any]:
    """One mean."""
    return {**asdict(found), "enough": found.enough}


def around(found: Middle | None) -> dict[str, Any] | None:
    """One middle half."""
    return None if found is None else asdict(found)
