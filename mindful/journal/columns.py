"""What the index knows of a record, so that nobody has to open its file for a list, a sum or a search. Pure.

Called by the index for each file that is new or was changed. `more` holds what only statistics ask for.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import Any

from mindful.journal import trained
from mindful.journal.days import day_of
from mindful.journal.ratings import pairs
from mindful.journal.saving import richness

NAMES = (
    "id", "utc", "started", "ended", "day", "session", "title", "status", "planned_ms", "elapsed_ms", "paused_ms",
    "simulated", "noted", "effects", "rank", "ratings", "more", "trained",
)  # fmt: skip
"""The columns, in the order of `values`."""

HEART = ("rmssd_ms", "sdnn_ms", "heart_bpm")
"""What a heart sensor may have written into a step's data: RMSSD and SDNN in ms, beats a minute."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def values(record: Mapping[str, Any]) -> tuple[Any, ...]:
    """The columns of one record. Times are Unix milliseconds; `day` is the ordinal of the day that it belongs to."""
    started = datetime.fromisoformat(record["started"])
    rated = [(p.name, p.before, p.after) for p in pairs(record["answers"])]
    more = {name: found for name, found in (("holds", _holds(record)), ("heart", _heart(record))) if found}
    return (
        record["id"],
        (started - _EPOCH) // timedelta(milliseconds=1),
        record["started"],
        record["ended"],
        day_of(started).toordinal(),
        record["session"]["id"],
        record["session"]["title"],
        record["status"],
        record["planned_ms"],
        record["elapsed_ms"],
        record["paused_ms"],
        int(record["simulated"]),
        int(record["note"] != ""),
        int(isinstance(record.get("effects"), dict) and bool(record["effects"])),
        json.dumps(richness(dict(record))),
        json.dumps(rated) if rated else None,
        json.dumps(more) if more else None,
        trained.kept(trained.figures(record)),
    )


def folded(text: str) -> str:
    """Text as it is looked for: without regard to case, and to how an accent is written."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def text(record: Mapping[str, Any]) -> str:
    """Everything in a record that a person may look for by its words: title, note, answers, what was chosen."""
    return folded("\n".join(line for _, line in passages(record)))


def passages(record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Each text of a record with where it stands: `title`, `note`, or the id of an answer."""
    yield "title", f"{record['session']['title']} {record['session']['id']}"
    if record["note"]:
        yield "note", record["note"]
    for part in ("answers", "variables"):
        for name, value in record[part].items():
            for line in _words(value):
                yield name, line


def _words(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield f"{value:g}"
    elif isinstance(value, list):
        for each in value:
            yield from _words(each)
    elif isinstance(value, dict):
        for each in value.values():
            yield from _words(each)


def _holds(record: Mapping[str, Any]) -> list[int]:
    """How long the breath was held each time, in ms: a `wait` whose step tells it."""
    held = (step["data"].get("held_ms") for step in record["steps"] if step["kind"] == "wait")
    return [ms for ms in held if isinstance(ms, int) and not isinstance(ms, bool) and ms > 0]


def _heart(record: Mapping[str, Any]) -> dict[str, float]:
    """The last figure of each kind that a sensor gave; nothing for a made-up sensor."""
    found: dict[str, float] = {}
    for step in record["steps"]:
        data = step["data"]
        inner = data.get("heart")
        for each in (data, inner if isinstance(inner, dict) else {}):
            if each.get("simulated") is True or data.get("simulated") is True:
                continue
            for name in HEART:
                value = each.get(name)
                if isinstance(value, int | float) and not isinstance(value, bool) and value > 0:
                    found[name] = float(value)
        found |= _trained(data)
    return found


def _trained(data: Mapping[str, Any]) -> dict[str, float]:
    """Of a training with a real heart, the median of each kind over its baseline, for slow breath by itself widens
    RMSSD and SDNN; over all of it where no baseline was taken."""
    feedback, seconds = data.get("feedback"), data.get("seconds")
    if not isinstance(feedback, Mapping) or not isinstance(seconds, Mapping) or feedback.get("simulated") is not False:
        return {}
    phases = seconds.get("phase")
    phases = phases if isinstance(phases, list) else []
    found: dict[str, float] = {}
    for name in HEART:
        values = seconds.get("bpm" if name == "heart_bpm" else name)
        each = [
            (v, phase)
            for v, phase in zip(values if isinstance(values, list) else [], phases, strict=False)
            if isinstance(v, int | float) and not isinstance(v, bool) and v > 0
        ]
        if each:
            found[name] = float(median([v for v, phase in each if phase == "baseline"] or [v for v, _ in each]))
    return found
