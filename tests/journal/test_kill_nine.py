"""`kill -9` at any moment: no record lost or damaged, none wrongly completed, nothing left over.

No test here waits for time to pass: the doomed program says where it is, and dies there.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from mindful.journal.recovery import examine, recover
from mindful.journal.store import look

pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs SIGKILL")

WRITER = Path(__file__).with_name("doomed_writer.py")
EVENTS = 12


@contextmanager
def doomed(folder: Path, *plan: object) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, str(WRITER), str(folder), *map(str, plan)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def only_record(folder: Path) -> dict[str, Any] | None:
    """What the next start finds; None when the program died before it had begun."""
    recover(folder)
    listing = look(folder)
    assert not listing.unread
    assert recover(folder) == []
    left = [p.suffix for p in folder.rglob("*") if p.is_file() and p.parent.name != "damaged"]
    assert set(left) <= {".json", ".tmp"}
    assert len(listing.entries) <= 1
    return listing.entries[0].record if listing.entries else None


def sites() -> int:
    import tempfile

    with tempfile.TemporaryDirectory() as folder, doomed(Path(folder), "record") as process:
        out, _ = process.communicate(timeout=60)
    return int(out.split()[-1])


def test_at_every_call_that_changes_the_disk(tmp_path: Path) -> None:
    """Each call by itself, and each write torn in the middle and one byte before its end."""
    count = sites()
    assert count > 2 * EVENTS
    seen: set[str] = set()
    for site in range(count):
        for cut in (0.0, 0.5, 0.99):
            folder = tmp_path / f"{site}-{cut}"
            with doomed(folder, "site", site, cut) as process:
                assert process.stdout is not None
                said = process.stdout.readline()
                begun = said == "begun\n"
                call = (process.stdout.readline() if begun else said).split()
                assert call[0] == "at", call
                if begun:
                    assert [p.suffix for p in examine(folder).running] in ([".jsonl"], []), "never recovered alive"
                process.send_signal(signal.SIGKILL)
                process.wait()
            seen.add(call[1])
            record = only_record(folder)
            where = f"site {site}, {call[1]}, cut {cut}"
            if begun:
                assert record is not None, where
                assert record["status"] in ("interrupted", "completed"), where
                if record["status"] == "completed":
                    assert record["elapsed_ms"] == EVENTS * 1000, where
                    assert record["answers"] == {"n": EVENTS}, where
            elif record is not None:
                assert record["status"] == "interrupted", where
            if call[1] != "write":
                break
    assert seen == {"open", "write", "fsync", "mkdir", "replace", "unlink"}


def test_at_forty_random_moments_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    chance = random.Random(20261122)
    for run in range(40):
        folder, until = tmp_path / str(run), chance.randrange(0, 60)
        with doomed(folder, "free") as process:
            assert process.stdout is not None
            acknowledged = 0
            assert process.stdout.readline() == "begun\n"
            while acknowledged < until:
                acknowledged = int(process.stdout.readline())
            process.send_signal(signal.SIGKILL)  # while it goes on writing
            acknowledged = max([acknowledged, *(int(n) for n in process.stdout.read().split("\n")[:-1])])
            process.wait()
        record = only_record(folder)
        assert record is not None
        assert record["status"] == "interrupted"
        assert acknowledged <= record["answers"].get("n", 0) <= acknowledged + 1
        assert acknowledged * 1000 <= record["elapsed_ms"] <= (acknowledged + 1) * 1000


def test_a_living_program_is_left_alone(tmp_path: Path) -> None:
    with doomed(tmp_path, "free") as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        assert process.stdout.readline() == "1\n"
        found = examine(tmp_path)
        assert len(found.running) == 1
        assert (found.records, found.damaged, found.troubles) == ([], [], [])
        process.send_signal(signal.SIGKILL)
        process.stdout.read()
        process.wait()
    assert len(recover(tmp_path)) == 1
