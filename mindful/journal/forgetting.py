"""Removing records, and everything that was made of them. Called by `mindful journal forget`.

First a plan, which changes nothing and can be shown; then the plan is carried out, file by file. Cut off in the middle,
it is simply made again. What a disk, a backup or a sync tool keeps of a removed file is beyond it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from mindful.journal import asking, drafts, index, locks, names, sealing
from mindful.journal.asking import Row, Wanted
from mindful.journal.days import day_of
from mindful.journal.files import DAMAGED, TEMPORARY
from mindful.journal.home import open_existing
from mindful.journal.index import Index
from mindful.journal.store import record_files


@dataclass(slots=True)
class Plan:
    """What would be removed."""

    rows: list[Row] = field(default_factory=list)
    """The records, newest first."""
    files: list[Path] = field(default_factory=list)
    """Every file: of the records, their copies, what bears their name, cut-off sessions, damaged files."""
    drafts: list[Path] = field(default_factory=list)
    """What was begun to be written, and not answered."""
    tables: list[Path] = field(default_factory=list)
    """Tables made of the records; they are made anew from what is left, and hold nothing of the rest."""
    folders: list[Path] = field(default_factory=list)
    """Whole folders of what was made of sessions."""
    running: list[Path] = field(default_factory=list)
    """Sessions that go on just now; they are left."""

    @property
    def empty(self) -> bool:
        """Whether nothing is meant."""
        return not (self.files or self.drafts)


@dataclass(slots=True)
class Removed:
    """What was removed."""

    records: int = 0
    files: list[Path] = field(default_factory=list)
    refused: list[tuple[Path, str]] = field(default_factory=list)
    """What the disk did not let go, and why."""


def plan(found: Index, wanted: Wanted, cache: Path) -> Plan:
    """What goes when the records that are meant go, and damaged files that by their name are meant too."""
    out = of_records(found, asking.rows(found, wanted), cache)
    out.files += sorted(p for p in (found.journal / DAMAGED).glob("*") if p.is_file() and _named(p.name, wanted))
    return out


def of_records(found: Index, rows: Sequence[Row], cache: Path) -> Plan:
    """What goes when these records go."""
    paths = dict.fromkeys(row.path for row in rows) | dict.fromkeys(asking.files_of(found, [row.id for row in rows]))
    files = {beside: None for path in paths for beside in _beside(path)}
    sessions = {row.session for row in rows}
    waiting = [path for path in drafts.files(found.journal) if drafts.session_of(path) in sessions]
    return Plan(rows=list(rows), files=list(files), drafts=waiting, tables=index.tables(cache))


def everything(found: Index, cache: Path) -> Plan:
    """What goes when all goes, also what cannot be read. The journal's own key stays."""
    journal = found.journal
    out = Plan(rows=asking.rows(found), tables=index.tables(cache), drafts=list(drafts.files(journal)))
    files: dict[Path, None] = {}
    for path in record_files(journal, names.CLOSED, sealing.CLOSED):
        files |= dict.fromkeys(_beside(path))
    for path in record_files(journal, names.RUNNING):
        if _alive(path):
            out.running.append(path)
        else:
            files |= dict.fromkeys(_beside(path))
    if journal.is_dir():
        for folder, below, inside in os.walk(journal):
            below[:] = [d for d in below if not d.startswith(".")]
            files |= {Path(folder, n): None for n in inside if TEMPORARY.match(n) or Path(folder).name == DAMAGED}
    alive = {p.name.removesuffix(names.RUNNING) for p in out.running}
    out.files = [p for p in files if p.name.partition(".")[0] not in alive]
    voice = cache / "voice"
    out.folders = [voice] if voice.is_dir() else []
    return out


def carry_out(plan: Plan) -> Removed:
    """Remove what was planned. Never raises OSError."""
    done = Removed()
    for path in [*plan.files, *plan.drafts, *plan.tables]:
        try:
            path.unlink()
        except FileNotFoundError:
            continue
        except OSError as error:
            done.refused.append((path, error.strerror or "it cannot be removed"))
            continue
        done.files.append(path)
    for folder in plan.folders:
        try:
            shutil.rmtree(folder)
        except OSError as error:
            done.refused.append((folder, error.strerror or "it cannot be removed"))
        else:
            done.files.append(folder)
    gone = set(done.files)
    done.records = sum(row.path in gone for row in plan.rows)
    return done


def _beside(path: Path) -> Iterator[Path]:
    """A record's file, and every other one in its folder that bears its name: raw data, a running file."""
    yield path
    stem = sealing.stem(path.name).removesuffix(names.RUNNING)
    if names.started_in(stem) is not None:
        for other in sorted(path.parent.glob("*")):
            if other != path and other.name.startswith((stem + ".", "." + stem + ".")) and other.is_file():
                yield other


def _named(name: str, wanted: Wanted) -> bool:
    """Whether a file that cannot be read is meant, by its name alone."""
    stem = sealing.stem(name).removesuffix(names.RUNNING)
    started = names.started_in(stem)
    if started is None or wanted.words or wanted.real:
        return False
    # The name does not tell the place; this computer's is the best guess.
    day = day_of(datetime.strptime(started, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC).astimezone())
    if (wanted.since is not None and day < wanted.since) or (wanted.until is not None and day > wanted.until):
        return False
    if wanted.session is not None:
        return f"_{names.plain_session(wanted.session)}_" in stem
    return wanted.since is not None or wanted.until is not None


def _alive(path: Path) -> bool:
    try:
        fd = open_existing(path)
    except OSError:
        return False
    try:
        return locks.take(fd) == "busy"
    finally:
        os.close(fd)
