"""Bad moments, made up: a disk that fails now and then, programs that write one record at once, clocks that jump.

`bench.faults` does the same with real kills, full disks and a library that fails, a thousand times.
"""

from __future__ import annotations

import errno
import multiprocessing
import os
import random
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from mindful.journal import asking, recovery, store
from mindful.journal.index import Index
from mindful.journal.recorder import Recorder
from tests.records import put, record

Begin = Callable[..., Recorder]
AT = datetime.fromisoformat("2026-11-22T07:30:00+01:00")


def session(recorder: Recorder, number: int) -> bool:
    for n in range(1, 5):
        recorder.event("answer", t_ms=n * 1000, id="n", value=number)
    recorder.close("completed", "end", t_ms=4000, elapsed_ms=4000, paused_ms=0)
    return recorder.saved


@pytest.mark.parametrize("error", [errno.EIO, errno.ENOSPC, errno.EDQUOT, errno.EACCES])
def test_a_disk_that_fails_now_and_then_loses_nothing_that_was_kept(
    journal: Path, begin: Begin, wall: Any, monkeypatch: pytest.MonkeyPatch, error: int
) -> None:
    chance = random.Random(error)
    kept = set()
    with monkeypatch.context() as patch:
        for name in ("write", "fsync", "replace", "open"):
            real = getattr(os, name)

            def failing(*args: Any, real: Any = real, **named: Any) -> Any:
                if chance.random() < 0.05:
                    raise OSError(error, os.strerror(error))
                return real(*args, **named)

            patch.setattr(os, name, failing)
        for number in range(150):
            wall.move(minutes=1)
            if session(begin(tell=lambda text: None), number):
                kept.add(number)
    assert 50 < len(kept) < 150, "it does fail, and not always"
    found = recovery.examine(journal)
    assert found.troubles == [] and found.damaged == []
    listing = store.look(journal)
    assert listing.unread == []
    done = {e.record["answers"]["n"] for e in listing.entries if e.record["status"] == "completed"}
    assert kept <= done
    assert all(e.record["elapsed_ms"] == 4000 for e in listing.entries if e.record["status"] == "completed")


def note_often(path: str, who: str, times: int) -> None:
    for n in range(times):
        store.add_note(store.read(Path(path)), f"{who}{n}.")


def test_notes_of_two_programs_in_one_record_are_all_kept(journal: Path) -> None:
    path = put(journal, record(AT))
    context = multiprocessing.get_context("spawn")
    programs = [context.Process(target=note_often, args=(str(path), who, 15)) for who in "ab"]
    for program in programs:
        program.start()
    for program in programs:
        program.join(120)
        assert program.exitcode == 0
    assert sorted(store.read(path).record["note"].split()) == sorted(f"{who}{n}." for who in "ab" for n in range(15))


def test_a_clock_that_jumps_changes_no_length_and_loses_nothing(journal: Path, begin: Begin, wall: Any) -> None:
    chance = random.Random(4)
    for number in range(80):
        recorder = begin()
        for n in range(1, 4):
            wall.at += timedelta(
                days=chance.choice((-4000, -1, 0, 1, 4000)) if wall.at.year in range(1000, 3000) else 0
            )
            recorder.event("beat", t_ms=n * 1000, elapsed_ms=n * 1000, paused_ms=0)
        wall.at = AT + timedelta(days=chance.randrange(-3000, 3000))
        session(recorder, number)
    with Index(journal, None) as index:
        index.refresh()
        rows = asking.rows(index)
        assert len(rows) == 80 and {r.elapsed_ms for r in rows} == {4000} and index.unread == []
        assert [r.started for r in rows] == sorted((r.started for r in rows), reverse=True)
