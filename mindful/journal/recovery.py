"""What to do with sessions whose program is gone. Called once when mindful starts, and by `mindful journal recover`.

A running file whose lock is free becomes a record: as its `end` says where there is one (the program went between the
end and the record), else as interrupted. Nothing here raises, nothing is deleted before a record is in place, and two
programs may do it at once: each file is handled under its lock.
"""

from __future__ import annotations

import contextlib
import os
import time
from dataclasses import dataclass, field
from pathlib import Path

from mindful.journal import drafts, locks, names, sealing, store
from mindful.journal.files import DAMAGED, TEMPORARY, set_aside
from mindful.journal.home import open_existing
from mindful.journal.lines import parse
from mindful.journal.record import Folding, NothingWrittenError
from mindful.journal.saving import save

ELSEWHERE_S = 3600
"""How long a running file of another machine (a synced folder) must have rested before it counts as left."""

_DAY_S = 86_400


@dataclass(slots=True)
class Found:
    """What recovery did."""

    records: list[Path] = field(default_factory=list)
    """The records that were written."""
    damaged: list[Path] = field(default_factory=list)
    """Where the files went that nothing could be read from."""
    running: list[Path] = field(default_factory=list)
    """Sessions that go on just now."""
    locked: list[Path] = field(default_factory=list)
    """Files that are encrypted, and whose key was not given; they stay until it is."""
    troubles: list[tuple[Path, str]] = field(default_factory=list)
    """Files that could be neither recovered nor moved now; they stay for the next time."""


def recover(journal: Path) -> list[Path]:
    """Close the records of all sessions whose program is gone; gives those that were written. Never raises."""
    return examine(journal).records


def examine(journal: Path, *, now: float | None = None) -> Found:
    """As `recover`, and tells everything that was found. `now` is the time of day in Unix seconds. Never raises."""
    found, now = Found(), time.time() if now is None else now
    try:
        running, half = _look(journal)
    except OSError as error:
        found.troubles.append((journal, error.strerror or "it cannot be read"))
        return found
    for path in running:
        try:
            _handle(path, journal, found, now)
        except FileNotFoundError:
            continue  # another program was faster
        except sealing.SealError:
            found.locked.append(path)
        except OSError as error:
            found.troubles.append((path, error.strerror or "it cannot be read"))
    for path in half:  # left behind by a crash; their like is always there in whole
        with contextlib.suppress(OSError):
            if now - path.stat().st_mtime > _DAY_S:
                path.unlink()
    return found


def _look(journal: Path) -> tuple[list[Path], list[Path]]:
    """The running files and the half-written ones, from one look at a journal that may be long. Raises OSError."""
    running: list[Path] = []
    half: list[Path] = []
    if not journal.exists():
        return running, half
    for folder, below, files in os.walk(journal, onerror=store.raising):
        top = Path(folder) == journal
        aside = top and DAMAGED in below
        below[:] = sorted(d for d in below if not d.startswith(".") and not (top and d == DAMAGED))
        for name in sorted(files):
            if name.endswith(names.RUNNING) and not name.startswith("."):
                running.append(Path(folder, name))
            elif name.startswith(".") and TEMPORARY.match(name):
                half.append(Path(folder, name))
        if aside:
            half += [path for path in Path(folder, DAMAGED).glob(".*.tmp") if TEMPORARY.match(path.name)]
    return running, half


def _handle(path: Path, journal: Path, found: Found, now: float) -> None:
    fd = open_existing(path)
    try:
        taken = locks.take(fd)
        if taken == "busy":
            found.running.append(path)
            return
        if not locks.same(fd, path):
            return  # another program has just dealt with it
        with os.fdopen(os.dup(fd), "rb") as file:
            data = file.read()
        writer = next((e.get("writer") for e in parse(data) if e["event"] in ("start", "sealed")), None)
        writer = writer if isinstance(writer, dict) else {}
        here = writer.get("host") in (None, locks.host())
        rested = now - os.fstat(fd).st_mtime
        if (not here and rested < ELSEWHERE_S) or (here and taken == "unsupported" and locks.alive(writer.get("pid"))):
            found.running.append(path)
            return
        try:
            folding = Folding()
            for event in parse(sealing.events(data)):
                folding.add(event)
            record = folding.record()
        except NothingWrittenError:
            hopeless = True
        else:
            hopeless = False
            target = path.with_name(path.name.removesuffix(names.RUNNING) + names.CLOSED)
            if save(target, record, journal):
                found.records.append(sealing.here(target))
                unanswered = folding.drafts if record["status"] == "interrupted" else {}
                drafts.keep(journal, record["session"]["id"], unanswered, folding.answered)
        if os.name == "nt":  # pragma: no cover - Windows moves no open file
            os.close(fd)
            fd = -1
        if hopeless:
            found.damaged.append(set_aside(path, journal))
        else:
            path.unlink()
    finally:
        if fd >= 0:
            os.close(fd)
