"""The recorder: every event on disk as it happens, one record at the end, and no disk that stops a session."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from mindful.journal import files, locks, recovery, saving
from mindful.journal.lines import parse
from mindful.journal.recorder import Recorder
from mindful.journal.store import look, read

Begin = Callable[..., Recorder]
not_windows = pytest.mark.skipif(os.name == "nt", reason="uses POSIX limits")


def events(recorder: Recorder) -> list[dict[str, Any]]:
    return list(parse(recorder.running_path.read_bytes()))


class Full:
    """A disk that is full while `on`: writes raise, after letting through `some` bytes."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, some: int = 0) -> None:
        self.on, self.some, self.real = True, some, os.write
        monkeypatch.setattr(files.os, "write", self)

    def __call__(self, fd: int, data: bytes) -> int:
        if not self.on:
            return self.real(fd, data)
        if self.some:
            done, self.some = self.real(fd, data[: self.some]), 0
            return done
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_files_are_named_by_utc_start_session_and_token(begin: Begin, journal: Path) -> None:
    recorder = begin("a1b2c3")
    assert recorder.running_path == journal / "2026" / "11" / "20261122T063000Z_settle_a1b2c3.jsonl"
    path = recorder.close("completed", "end")
    assert path == journal / "2026" / "11" / "20261122T063000Z_settle_a1b2c3.json"
    assert [p.name for p in path.parent.iterdir()] == [path.name], "nothing else is left"


def test_the_month_is_that_of_utc(begin: Begin, wall: Any, journal: Path) -> None:
    wall.at = datetime.fromisoformat("2027-01-01T00:30:00+01:00")
    assert begin().path.parent == journal / "2026" / "12"


@pytest.mark.parametrize(
    ("session", "name"),
    [("Mein Atem/../x", "mein-atem-x"), ("..", "session"), ("", "session"), ("平静", "session"), ("a" * 300, "a" * 60)],
)
def test_any_session_id_makes_a_safe_name(begin: Begin, journal: Path, session: str, name: str) -> None:
    recorder = begin("a1b2c3", session={"id": session})
    assert recorder.path.name == f"20261122T063000Z_{name}_a1b2c3.json"
    assert recorder.path.parent == journal / "2026" / "11"


def test_an_event_is_in_the_file_when_the_call_returns(begin: Begin) -> None:
    recorder = begin("a1b2c3")
    recorder.event("answer", t_ms=900, id="before", value=60, private=False)
    start, answer = events(recorder)
    assert answer == {"event": "answer", "t_ms": 900, "id": "before", "value": 60, "private": False}
    assert (start["event"], start["t_ms"], start["id"]) == ("start", 0, "20261122T063000Z_a1b2c3")
    assert start["at"] == "2026-11-22T07:30:00.000+01:00"
    assert start["session"]["id"] == "settle"


def test_a_missing_time_comes_from_the_clock(begin: Begin, wall: Any) -> None:
    recorder = begin()
    wall.move(seconds=1.5)
    recorder.event("notice", text="x")
    wall.move(seconds=-60)
    recorder.event("notice", text="y")
    assert [e["t_ms"] for e in events(recorder)] == [0, 1500, 0]


def test_the_record_of_a_whole_session(begin: Begin, wall: Any) -> None:
    recorder = begin("a1b2c3")
    recorder.event("step", t_ms=0, step="steps[0].breathe", kind="breathe", phase="start")
    recorder.event("step", t_ms=5000, step="steps[0].breathe", kind="breathe", phase="end", status="done")
    wall.move(seconds=6)
    record = read(recorder.close("completed", "end", t_ms=6000, elapsed_ms=6000, paused_ms=0)).record
    assert record == recorder.record
    assert recorder.saved
    assert (record["status"], record["elapsed_ms"], record["ended"]) == (
        "completed",
        6000,
        "2026-11-22T07:30:06.000+01:00",
    )
    assert "writer" not in str(record), "which machine wrote it is nobody's business"


def test_a_second_close_and_a_late_event_change_nothing(begin: Begin) -> None:
    recorder = begin()
    path = recorder.close("stopped", "client")
    before = path.read_bytes()
    recorder.event("answer", id="late", value=1)
    assert recorder.close("completed", "end") == path
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_a_clock_without_an_offset_is_local_time(journal: Path, head: dict[str, Any]) -> None:
    recorder = Recorder.open(journal, head, now=lambda: datetime(2026, 5, 4, 3, 2, 1))
    recorder.event("notice", text="x")
    started = read(recorder.close("stopped", "client")).started
    assert started.replace(tzinfo=None) == datetime(2026, 5, 4, 3, 2, 1)
    assert started.utcoffset() is not None


def test_a_taken_name_is_never_used_twice(begin: Begin, crash: Callable[[Recorder], Path]) -> None:
    first = begin("a1b2c3")
    second = begin("a1b2c3")
    first.close("completed", "end")
    third = begin("a1b2c3")
    assert len({first.path, second.path, third.path}) == 3
    assert first.record["id"] != second.record["id"]


def test_a_running_session_is_locked_until_it_is_closed(begin: Begin, journal: Path) -> None:
    recorder = begin()
    fd = os.open(recorder.running_path, os.O_RDWR)
    assert locks.take(fd) == "busy"
    recorder.close("completed", "end")
    assert locks.take(fd) == "mine"
    assert not locks.same(fd, recorder.running_path)
    os.close(fd)


def test_recovery_that_takes_the_empty_file_does_not_lose_the_session(
    begin: Begin, journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take, stolen = locks.take, []

    def slow(fd: int) -> locks.Taken:
        if not stolen:
            stolen.append(True)
            recovery.recover(journal)  # in the moment between creating and locking
        return take(fd)

    monkeypatch.setattr(locks, "take", slow)
    recorder = begin("a1b2c3")
    assert recorder.path.stem != "20261122T063000Z_settle_a1b2c3"
    assert len(events(recorder)) == 1


def test_the_disk_is_asked_at_step_ends_answers_pauses_and_ends_only(
    begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder = begin()
    asked: list[str] = []
    monkeypatch.setattr(recorder._syncer, "ask", lambda: asked.append("soon"))
    for event, data in [
        ("beat", {}),
        ("cues", {"late_ms": [1]}),
        ("step", {"phase": "start"}),
        ("step", {"phase": "end"}),
        ("answer", {"id": "x"}),
        ("pause", {}),
        ("resume", {}),
    ]:
        before = len(asked)
        recorder.event(event, **data)
        assert (len(asked) > before) == (event in ("answer", "pause") or data.get("phase") == "end"), event
    synced: list[int] = []
    real = os.fsync
    monkeypatch.setattr(os, "fsync", lambda fd: (synced.append(fd), real(fd))[1])
    recorder.close("completed", "end")
    assert len(synced) >= 3  # the events, the record, the folder


def test_the_thread_that_syncs_ends_with_the_session(begin: Begin, monkeypatch: pytest.MonkeyPatch) -> None:
    done = threading.Event()
    recorder = begin()
    monkeypatch.setattr(os, "fsync", lambda fd: done.set())
    recorder.event("answer", id="x", value=1)
    assert done.wait(10)
    assert recorder._syncer is not None
    thread = recorder._syncer._thread
    assert thread is not None
    assert thread.is_alive()
    recorder.close("completed", "end")
    assert not thread.is_alive()
    recorder._syncer.ask()
    assert recorder._syncer._thread is None


def test_a_disk_that_cannot_sync_is_told_and_stops_nothing(begin: Begin, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    recorder = begin(tell=told.append)
    real = os.fsync
    failed = threading.Event()

    def fail(fd: int) -> None:
        if failed.is_set():
            return real(fd)
        failed.set()
        raise OSError(errno.EIO, "I/O error")

    monkeypatch.setattr(os, "fsync", fail)
    recorder.event("answer", id="x", value=1)
    assert recorder._syncer is not None
    assert failed.wait(10)
    recorder._syncer.finish()
    recorder.event("beat")
    assert len(told) == 1
    assert "the disk reports an error" in told[0]
    recorder.close("completed", "end")
    assert recorder.saved
    assert len(told) == 1


def test_a_signal_in_the_middle_of_an_event_closes_after_it(begin: Begin, monkeypatch: pytest.MonkeyPatch) -> None:
    recorder = begin()
    real, interrupted = os.write, []

    def interrupt(fd: int, data: bytes) -> int:
        if not interrupted:
            interrupted.append(True)
            recorder.close("interrupted", "SIGTERM")  # what a handler does
        return real(fd, data)

    monkeypatch.setattr(files.os, "write", interrupt)
    recorder.event("answer", t_ms=1, id="x", value=7)
    record = read(recorder.path).record
    assert (record["status"], record["reason"], record["answers"]) == ("interrupted", "SIGTERM", {"x": 7})
    assert not recorder.running_path.exists()


def test_a_full_disk_is_told_once_and_forgotten_when_there_is_room(
    begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    recorder = begin(tell=told.append)
    disk = Full(monkeypatch, some=9)
    recorder.event("answer", t_ms=1, id="a", value=1)
    recorder.event("beat", t_ms=2)
    recorder.event("answer", t_ms=3, id="b", value=2)
    assert told == [
        "Your journal cannot be reached just now: the disk is full. The session goes on, and mindful tries again."
    ]
    disk.on = False
    recorder.event("beat", t_ms=4)
    assert len(events(recorder)) == 1, "a beat does not try"
    recorder.event("answer", t_ms=5, id="c", value=3)
    assert [e["t_ms"] for e in events(recorder)] == [0, 1, 2, 3, 4, 5], "and the torn line was finished"
    record = read(recorder.close("completed", "end", t_ms=6)).record
    assert record["answers"] == {"a": 1, "b": 2, "c": 3}
    assert len(told) == 1


@pytest.mark.parametrize("some", range(1, 140, 6))
def test_a_disk_that_takes_any_part_gets_every_event_once(
    begin: Begin, monkeypatch: pytest.MonkeyPatch, some: int
) -> None:
    recorder = begin()
    disk = Full(monkeypatch)
    recorder.event("beat", t_ms=1)
    recorder.event("step", t_ms=2, step="a", phase="start")
    disk.some = some
    recorder.event("step", t_ms=3, step="a", phase="end")
    disk.on = False
    recorder.event("answer", t_ms=4, id="x", value=1)
    assert [e["t_ms"] for e in events(recorder)] == [0, 1, 2, 3, 4]
    recorder.close("stopped", "client")


def test_a_disk_full_to_the_end_keeps_what_it_has_for_the_next_time(
    begin: Begin, journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    recorder = begin(tell=told.append)
    recorder.event("answer", t_ms=1, id="a", value=1)
    disk = Full(monkeypatch)
    recorder.close("completed", "end", t_ms=9000)
    assert not recorder.saved
    assert recorder.record["status"] == "completed"
    assert len(told) == 2
    assert told[1].startswith("This session could not be written")
    disk.on = False
    assert [read(p).record["status"] for p in recovery.recover(journal)] == ["interrupted"]


def test_a_record_that_cannot_be_put_in_place_is_finished_next_time(
    begin: Begin, journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    recorder = begin(tell=told.append)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", _raiser(errno.EROFS))
        recorder.close("completed", "end", t_ms=9000)
    assert told == [
        "Your record could not be finished: the disk is read-only. What happened is kept and will be read next time."
    ]
    assert [p.suffix for p in recorder.path.parent.iterdir()] == [".jsonl"]
    assert recovery.recover(journal) == [recorder.path]
    assert read(recorder.path).record["status"] == "completed"


def test_no_folder_no_trace_and_no_exception(begin: Begin, journal: Path) -> None:
    journal.parent.parent.mkdir(exist_ok=True)
    journal.parent.write_text("a file where the folder should be")
    told: list[str] = []
    recorder = begin(tell=told.append)
    recorder.event("answer", t_ms=1, id="a", value=1)
    recorder.close("stopped", "client")
    assert not recorder.saved
    assert recorder.record["answers"] == {"a": 1}
    assert len(told) == 2
    assert "there is a file where the folder should be" in told[0]


def test_a_folder_that_comes_back_gets_the_record_at_the_end(begin: Begin, journal: Path) -> None:
    journal.parent.write_text("in the way")
    told: list[str] = []
    recorder = begin(tell=told.append)
    journal.parent.unlink()
    recorder.event("answer", t_ms=1, id="a", value=1)
    assert read(recorder.close("completed", "end")).record["answers"] == {"a": 1}
    assert recorder.saved
    assert len(told) == 1


@contextmanager
def ordinary_user() -> Iterator[Path]:
    """A folder, and rights that can be refused: root, who may write anywhere, becomes nobody meanwhile."""
    with tempfile.TemporaryDirectory() as name:
        folder, root = Path(name), os.geteuid() == 0
        if root:
            os.chown(folder, 65534, 65534)
            os.seteuid(65534)
        try:
            yield folder
        finally:
            folder.chmod(0o700)
            if root:
                os.seteuid(0)


@not_windows
def test_a_read_only_folder(head: dict[str, Any], wall: Any) -> None:
    with ordinary_user() as folder:
        folder.chmod(0o500)
        told: list[str] = []
        recorder = Recorder.open(folder, head, now=wall, tell=told.append)
        recorder.event("answer", id="x", value=1)
        recorder.close("completed", "end")
        assert not recorder.saved
        assert recorder.record["answers"] == {"x": 1}
        assert ["this account may not write there" in text for text in told] == [True, True]


@not_windows
def test_a_folder_that_becomes_read_only_keeps_the_events(head: dict[str, Any], wall: Any) -> None:
    with ordinary_user() as folder:
        told: list[str] = []
        recorder = Recorder.open(folder, head, now=wall, tell=told.append)
        month = recorder.path.parent
        month.chmod(0o500)
        recorder.event("answer", id="x", value=1)
        recorder.close("completed", "end", t_ms=5000)
        assert not recorder.saved
        assert told == [
            "Your record could not be finished: this account may not write there. "
            "What happened is kept and will be read next time."
        ]
        assert [path for path, _ in recovery.examine(folder).troubles] == [recorder.running_path]
        month.chmod(0o700)
        assert recovery.recover(folder) == [recorder.path]
        assert read(recorder.path).record["status"] == "completed"


def test_a_read_only_disk(begin: Begin, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "mkdir", _raiser(errno.EROFS))
    told: list[str] = []
    recorder = begin(tell=told.append)
    recorder.event("step", phase="end")
    recorder.close("completed", "end")
    assert [("read-only" in text) for text in told] == [True, True]


def test_names_that_are_all_taken_do_not_stop_it(begin: Begin, journal: Path) -> None:
    (journal / "2026").mkdir(parents=True)
    (journal / "2026" / "11").write_text("in the way")
    told: list[str] = []
    assert begin(tell=told.append).record["status"] == "interrupted"
    assert len(told) == 1


@not_windows
def test_a_real_limit_tears_a_line_and_the_session_goes_on(tmp_path: Path) -> None:
    """The system itself cuts a write in the middle (RLIMIT_FSIZE), as a full disk does."""
    code = f"""
import resource
from datetime import UTC, datetime
from pathlib import Path
from mindful.journal.recorder import Recorder
told = []
r = Recorder.open(Path({str(tmp_path)!r}), {{"session": {{"id": "box"}}}}, now=lambda: datetime.now(UTC), tell=told.append)
size = r.running_path.stat().st_size
resource.setrlimit(resource.RLIMIT_FSIZE, (size + 30, resource.RLIM_INFINITY))
r.event("answer", id="lost", value="x" * 50, t_ms=1)
assert r.running_path.stat().st_size == size + 30
r.event("beat", t_ms=2)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
r.event("answer", id="kept", value=2, t_ms=3)
assert len(told) == 1, told
print(r.running_path, flush=True)
import os, signal
os.kill(os.getpid(), signal.SIGKILL)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == -9, done.stderr
    (path,) = recovery.recover(tmp_path)
    assert read(path).record["answers"] == {"lost": "x" * 50, "kept": 2}


def test_odd_values_reach_the_record_as_json(begin: Begin) -> None:
    recorder = begin(settings={"level": float("nan"), "file": Path("x")}, audio={"sink": object, "rate": 48000})
    recorder.event("answer", id="a", value={1, 2}, t_ms=timedelta(1))
    record = read(recorder.close("completed", "end")).record
    assert record["settings"] == {"level": None, "file": "x"}
    assert record["answers"] == {"a": [1, 2]}


def test_a_poorer_record_never_replaces_a_richer_one(begin: Begin, journal: Path) -> None:
    recorder = begin()
    path = recorder.close("completed", "end", t_ms=9000)
    full = read(path).record
    assert not saving.save(path, full | {"status": "interrupted"}, journal)
    assert not saving.save(path, full | {"elapsed_ms": 8999}, journal)
    assert read(path).record == full
    assert saving.save(path, full | {"elapsed_ms": 9001}, journal)


def test_a_note_survives_a_richer_record(begin: Begin, journal: Path) -> None:
    recorder = begin()
    path = recorder.close("interrupted", "SIGHUP", t_ms=100)
    poor = read(path).record
    path.write_bytes(saving.encode(poor | {"note": "kept"}))
    assert saving.save(path, poor | {"status": "completed"}, journal)
    assert read(path).record["note"] == "kept"
    assert not saving.save(path, poor | {"status": "completed"}, journal), "the second time it is there already"


def test_a_record_of_a_newer_mindful_is_not_touched(begin: Begin, journal: Path) -> None:
    recorder = begin()
    path = recorder.close("completed", "end")
    record = read(path).record
    newer = saving.encode(record | {"mindful_record": 2})
    path.write_bytes(newer)
    assert not saving.save(path, record | {"elapsed_ms": 10**9}, journal)
    assert path.read_bytes() == newer


def test_a_damaged_record_in_its_place_is_set_aside(begin: Begin, journal: Path) -> None:
    recorder = begin()
    path = recorder.close("completed", "end")
    record = read(path).record
    path.write_bytes(b"{broken")
    assert saving.save(path, record, journal)
    assert (journal / "damaged" / path.name).read_bytes() == b"{broken"
    assert [e.record for e in look(journal).entries] == [record]


def _raiser(number: int) -> Callable[..., Any]:
    def fail(*args: object, **more: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail
