"""One trial: start a session in a real terminal, end it at a random moment in some way, and look at what is left.

Used by `tests/e2e/test_endings.py` a few times and by `bench/endings.py` two hundred times.
"""

from __future__ import annotations

import json
import os
import random
import signal
import stat
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.terminal import MINDFUL, Terminal

WAYS = ("SIGTERM", "SIGHUP", "terminal closed", "kill -9")

SHORT = """\
mindful: 1
title: A short one
steps:
  - say: Sit down.
  - breathe: {pattern: {inhale: 1, exhale: 2}, cycles: 1}
  - bell: wood
"""
"""Four seconds, so that random moments fall before, into and after the end."""

LONG = """\
mindful: 1
title: A longer one
steps:
  - rate: {id: before, ask: How tense are you now?}
  - breathe: {pattern: box, cycles: 20}
"""


def home(folder: Path) -> dict[str, str]:
    return {"MINDFUL_HOME": str(folder), "TERM": "xterm-256color"}


def trial(way: str, moment: float, script: Path, folder: Path) -> tuple[list[str], dict[str, Any] | None]:
    """(what was wrong, the record). `moment` in seconds after the program was started."""
    wrong: list[str] = []
    argv = [*MINDFUL, "play", str(script), "--begin", "--sink", "null"]
    with Terminal(argv, env=home(folder)) as terminal:
        terminal.pump(moment)
        if "longer" in script.name and moment > 2.5:
            terminal.send("6\r")
            terminal.pump(1.0)
        running = terminal.process.poll() is None
        if way == "terminal closed":
            terminal.hang_up()
        elif running:
            os.kill(terminal.process.pid, {"kill -9": signal.SIGKILL}.get(way) or getattr(signal, way))
        try:
            terminal.wait(15)
        except AssertionError:
            wrong.append("did not end within 15 s")
            terminal.process.kill()
            terminal.process.wait()
        if way in ("SIGTERM", "SIGHUP"):
            wrong += [f"terminal: {w}" for w in terminal.restored()]
            if b"Traceback" in terminal.output:
                wrong.append("a traceback")
        began = any(folder.rglob("*.json*"))
    recovered = subprocess.run(
        [*MINDFUL, "journal", "recover"],
        env={**os.environ, **home(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    if recovered.returncode != 0:
        wrong.append(f"recover: {recovered.stderr.strip()}")
    return wrong + _left(folder, began), _record(folder)


def _left(folder: Path, began: bool) -> list[str]:
    wrong = []
    journal = folder / "journal"
    records = [p for p in journal.rglob("*.json") if "damaged" not in p.parts] if journal.is_dir() else []
    if began and len(records) != 1:
        wrong.append(f"{len(records)} records")
    if journal.is_dir():
        wrong += [f"left over: {p.name}" for p in journal.rglob("*") if p.is_file() and p.suffix != ".json"]
        wrong += [f"damaged: {p.name}" for p in (journal / "damaged").rglob("*")]
    for p in records:
        if stat.S_IMODE(p.stat().st_mode) != 0o600:
            wrong.append("readable by others")
        record = json.loads(p.read_text(encoding="utf-8"))
        if record["mindful_record"] != 1 or record["status"] not in ("completed", "stopped", "interrupted"):
            wrong.append(f"not a record: {record.get('status')}")
        if record["status"] == "completed" and (
            record["planned_ms"] is None or record["elapsed_ms"] < record["planned_ms"]
        ):
            wrong.append("completed, but it was not")
    return wrong


def _record(folder: Path) -> dict[str, Any] | None:
    found = sorted((folder / "journal").rglob("*.json")) if (folder / "journal").is_dir() else []
    return json.loads(found[0].read_text(encoding="utf-8")) if found else None


def trials(count: int, seed: int) -> Iterable[tuple[str, float, list[str], dict[str, Any] | None]]:
    """`count` trials, the ways in turn, at random moments from `seed`."""
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory() as top:
        short, longer = Path(top, "short.yaml"), Path(top, "longer.yaml")
        short.write_text(SHORT, encoding="utf-8")
        longer.write_text(LONG, encoding="utf-8")
        for i in range(count):
            way = WAYS[i % len(WAYS)]
            script = short if rng.random() < 0.6 else longer
            moment = rng.uniform(0.05, 7.0)
            folder = Path(top, f"home{i}")
            wrong, record = trial(way, moment, script, folder)
            yield way, moment, wrong, record


def summary(
    results: Iterable[tuple[str, float, list[str], dict[str, Any] | None]],
) -> tuple[list[str], Counter[tuple[str, str]]]:
    """(everything that was wrong, how often each way left which status)."""
    wrong: list[str] = []
    seen: Counter[tuple[str, str]] = Counter()
    for way, moment, faults, record in results:
        seen[way, "no record yet" if record is None else record["status"]] += 1
        wrong += [f"{way} after {moment:.2f} s: {w}" for w in faults]
    return wrong, seen
