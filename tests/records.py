"""Made-up records in files: for tests, and for the benches that need very many of them."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from mindful.journal import names

SESSIONS = ("box", "settle", "coherent", "body-scan-5", "loving-kindness-3", "one-sigh", "sit-10", "wim-hof-rounds")
WORDS = [
    "calm",
    "rain",
    "tired",
    "bus",
    "window",
    "late",
    "tea",
    "breath",
    "shoulders",
    "work",
    "sleep",
    "child",
    "quiet",
    "cold",
    "morning",
    "train",
    "pain",
    "easier",
]


def record(at: datetime, session: str = "settle", token: str = "a1b2c3", **more: Any) -> dict[str, Any]:
    """One record; what is named replaces a part of it."""
    ended = at + timedelta(minutes=5)
    return {
        "mindful_record": 1,
        "id": names.record_id(at, token),
        "session": {"id": session, "title": session.replace("-", " ").capitalize(), "sha256": "ab" * 32, "format": 1},
        "status": "completed",
        "reason": "",
        "started": at.isoformat(timespec="milliseconds"),
        "ended": ended.isoformat(timespec="milliseconds"),
        "planned_ms": 300_000,
        "elapsed_ms": 300_000,
        "paused_ms": 0,
        "settings": {},
        "variables": {},
        "steps": [],
        "answers": {},
        "private": [],
        "timing": {"cues": 0, "late_ms": {"p50": None, "p95": None, "max": None}, "clock": "monotonic"},
        "app": "mindful",
        "audio": {"sink": "none", "rate": None},
        "simulated": False,
        "note": "",
    } | more


def put(journal: Path, found: dict[str, Any], name: str | None = None) -> Path:
    """A record as the file that the program would write, or under another name in its folder."""
    at = datetime.fromisoformat(found["started"])
    stem = names.stem(journal, at, found["session"]["id"], found["id"][-6:])
    path = stem.with_name(name or stem.name + names.CLOSED)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def years(
    count: int, seed: int = 1, until: datetime = datetime(2026, 11, 22, 20, tzinfo=UTC)
) -> Iterator[dict[str, Any]]:
    """So many records over ten years, as a client of some moods and habits would have them, oldest first."""
    chance = random.Random(seed)
    zone = ZoneInfo("Europe/Berlin")
    first = until - timedelta(days=3652)
    for i in range(count):
        at = (first + timedelta(seconds=3652 * 86_400 * (i + chance.random()) / count)).astimezone(zone)
        session = SESSIONS[min(len(SESSIONS) - 1, int(chance.expovariate(0.5)))]
        before = min(100, max(0, round(chance.gauss(55, 18))))
        elapsed = round(chance.uniform(60_000, 900_000))
        rated = chance.random() < 0.6
        answers = {"before": before, "after": min(100, max(0, round(before - chance.gauss(12, 14))))} if rated else {}
        if chance.random() < 0.3:
            answers["what"] = " ".join(chance.choices(WORDS, k=12))
        steps = [
            {"step": f"steps[{n}].breathe", "kind": "breathe", "status": "done", "start_ms": n * 60_000,
             "end_ms": (n + 1) * 60_000, "data": {"cycles": 6, "planned_cycles": 6}}
            for n in range(6)
        ]  # fmt: skip
        if session == "wim-hof-rounds":
            held = {"held_ms": round(chance.gauss(60_000, 15_000))}
            steps.append(
                {"step": "steps[6].wait", "kind": "wait", "status": "done", "start_ms": 0, "end_ms": 1, "data": held}
            )
        yield record(
            at,
            session,
            f"{i:06x}",
            elapsed_ms=elapsed,
            status="completed" if chance.random() < 0.8 else "stopped",
            answers=answers,
            private=["what"] if "what" in answers else [],
            steps=steps,
            note=" ".join(chance.choices(WORDS, k=8)).capitalize() + "." if chance.random() < 0.2 else "",
        )
