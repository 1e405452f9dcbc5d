"""Sessions whose program is gone become records; everything else is left as it is."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mindful.journal import locks, recovery
from mindful.journal.lines import line, parse
from mindful.journal.record import fold
from mindful.journal.recorder import Recorder
from mindful.journal.recovery import ELSEWHERE_S, examine, recover
from mindful.journal.saving import encode
from mindful.journal.store import read

Begin = Callable[..., Recorder]
Crash = Callable[[Recorder], Path]


@pytest.fixture
def left(begin: Begin, crash: Crash) -> Path:
    """A session that was cut short after its first answer."""
    recorder = begin("a1b2c3")
    recorder.event("answer", t_ms=900, id="before", value=60)
    recorder.event("beat", t_ms=1000, elapsed_ms=1000, paused_ms=0)
    return crash(recorder)


def rewrite(path: Path, **start: Any) -> None:
    """Change the start event."""
    first, *rest = parse(path.read_bytes())
    path.write_bytes(b"".join(map(line, [first | start, *rest])))


def test_a_journal_that_is_not_there_is_not_made(journal: Path) -> None:
    assert recover(journal) == []
    assert not journal.exists()


def test_what_was_cut_short_becomes_a_record(left: Path, journal: Path) -> None:
    (path,) = recover(journal)
    assert path == left.with_suffix(".json")
    record = read(path).record
    assert (record["status"], record["answers"], record["elapsed_ms"]) == ("interrupted", {"before": 60}, 1000)
    assert not left.exists()
    if os.name != "nt":
        assert path.stat().st_mode & 0o777 == 0o600


def test_a_second_time_changes_nothing(left: Path, journal: Path) -> None:
    (path,) = recover(journal)
    before = path.read_bytes()
    assert recover(journal) == []
    assert path.read_bytes() == before


def test_what_runs_is_left_alone(begin: Begin, journal: Path) -> None:
    recorder = begin()
    found = examine(journal)
    assert found.running == [recorder.running_path]
    recorder.event("answer", id="x", value=1)
    assert read(recorder.close("completed", "end")).record["status"] == "completed"


@pytest.mark.parametrize("status", ["completed", "stopped"])
def test_the_program_went_between_the_end_and_the_record(left: Path, journal: Path, status: str) -> None:
    with left.open("ab") as file:
        file.write(line({"event": "end", "t_ms": 2000, "status": status, "reason": "r", "elapsed_ms": 2000}))
    (path,) = recover(journal)
    assert read(path).record["status"] == status


def test_a_torn_end_completes_nothing(left: Path, journal: Path) -> None:
    whole = line({"event": "end", "t_ms": 2000, "status": "completed", "reason": "end"})
    with left.open("ab") as file:
        file.write(whole[:-3])
    (path,) = recover(journal)
    assert read(path).record["status"] == "interrupted"


@pytest.mark.parametrize("data", [b"", b"\x00" * 4096, b'{"event":"sta', b'{"event":"beat","t_ms":5}\n'])
def test_a_hopeless_file_is_set_aside_whole(left: Path, journal: Path, data: bytes) -> None:
    left.write_bytes(data)
    found = examine(journal)
    assert (found.records, found.troubles) == ([], [])
    assert found.damaged == [journal / "damaged" / left.name]
    assert found.damaged[0].read_bytes() == data
    assert examine(journal) == recovery.Found(), "what lies there is not looked at again"


def test_a_richer_record_stays(left: Path, journal: Path) -> None:
    events = [*parse(left.read_bytes()), {"event": "end", "t_ms": 5000, "status": "completed", "reason": "end"}]
    full = encode(fold(events) | {"note": "good"})
    left.with_suffix(".json").write_bytes(full)
    assert recover(journal) == []
    assert left.with_suffix(".json").read_bytes() == full
    assert not left.exists()


def test_a_poorer_record_is_replaced(left: Path, journal: Path) -> None:
    events = list(parse(left.read_bytes()))
    left.with_suffix(".json").write_bytes(encode(fold(events[:1])))
    assert recover(journal) == [left.with_suffix(".json")]
    assert read(left.with_suffix(".json")).record["answers"] == {"before": 60}


def test_a_session_of_another_machine_gets_its_time(left: Path, journal: Path) -> None:
    rewrite(left, writer={"pid": 1, "host": "0123456789ab"})
    written = left.stat().st_mtime
    assert examine(journal, now=written + ELSEWHERE_S - 1).running == [left]
    assert examine(journal, now=written + ELSEWHERE_S + 1).records == [left.with_suffix(".json")]


def test_without_locks_the_program_is_asked_for(left: Path, journal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unsupported(fd: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(locks, "_flock", unsupported)
    assert examine(journal).running == [left], "this very program wrote it, and it is alive"
    rewrite(left, writer={"pid": 2**22 + 7, "host": locks.host()})
    assert recover(journal) == [left.with_suffix(".json")]


@pytest.mark.parametrize(("pid", "there"), [("mine", True), (0, False), (-1, False), ("1", False), (True, False)])
def test_which_programs_live(pid: object, there: bool) -> None:
    pid = os.getpid() if pid == "mine" else pid  # not in the name of the test: two workers must agree on names
    assert locks.alive(pid) is there
    assert locks.alive(None) is False


def test_a_program_of_somebody_else_lives_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(pid: int, number: int) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "kill", forbidden)
    assert locks.alive(4711) is True


def test_many_recoverers_at_once_make_one_record_each(begin: Begin, crash: Crash, journal: Path) -> None:
    for number in range(12):
        crash(begin(f"{number:06x}"))
    gate, results, errors = threading.Barrier(6), [], []

    def work() -> None:
        gate.wait()
        try:
            results.extend(recover(journal))
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    results += recover(journal)
    assert sorted(results) == sorted(set(results)), "each was written by one of them"
    assert len(results) == 12
    assert sorted(p.suffix for p in journal.rglob("2*") if p.is_file()) == [".json"] * 12


def test_another_program_takes_it_while_this_one_looks(
    left: Path, journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between opening and locking the other one finishes: the lock is free, but the file is no longer there."""
    take = locks.take

    def late(fd: int) -> locks.Taken:
        monkeypatch.setattr(locks, "take", take)
        assert len(recover(journal)) == 1
        return take(fd)

    monkeypatch.setattr(locks, "take", late)
    assert examine(journal) == recovery.Found()
    assert read(left.with_suffix(".json")).record["answers"] == {"before": 60}


def test_another_program_removes_it_before_this_one_opens_it(
    left: Path, journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(path: Path) -> int:
        raise FileNotFoundError(path)

    monkeypatch.setattr(recovery, "open_existing", gone)
    assert examine(journal) == recovery.Found()


def test_a_full_disk_leaves_it_for_the_next_time(left: Path, journal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = left.read_bytes()

    def full(fd: int, data: bytes) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        found = examine(journal)
    assert found.troubles == [(left, "No space left on device")]
    assert [p.read_bytes() for p in left.parent.iterdir()] == [before], "no half-written file beside it"
    assert len(recover(journal)) == 1


def test_a_journal_that_cannot_be_read_is_told(journal: Path) -> None:
    journal.parent.mkdir(parents=True)
    journal.write_text("not a folder")
    found = examine(journal)
    assert [path for path, _ in found.troubles] == [journal]
    assert recover(journal) == []


def test_one_that_cannot_be_opened_does_not_hold_up_the_others(begin: Begin, crash: Crash, journal: Path) -> None:
    good = crash(begin("bbbbbb"))
    bad = good.with_name("20200101T000000Z_x_aaaaaa.jsonl")
    bad.symlink_to(bad)
    found = examine(journal)
    assert found.records == [good.with_suffix(".json")]
    assert [path for path, _ in found.troubles] == [bad]


def test_a_conflict_copy_of_a_running_file_becomes_a_record_of_its_own_name(left: Path, journal: Path) -> None:
    copy = left.with_name(f"{left.stem}.sync-conflict-20261122-073500-ABCDEFG.jsonl")
    copy.write_bytes(left.read_bytes())
    paths = recover(journal)
    assert {p.name for p in paths} == {f"{left.stem}.json", f"{copy.name.removesuffix('.jsonl')}.json"}
    assert len({read(p).id for p in paths}) == 1


def test_half_written_files_are_swept_after_a_day(left: Path, journal: Path) -> None:
    recover(journal)
    half = left.parent / f".{left.stem}.json.0123abcd.tmp"
    mine = left.parent / ".notes.tmp"
    for path in (half, mine):
        path.write_text("half")
    examine(journal, now=time.time() + 3600)
    assert half.exists()
    examine(journal, now=time.time() + 90_000)
    assert not half.exists()
    assert mine.exists(), "only what mindful itself left"


def test_two_programs_at_once_lose_and_double_nothing(begin: Begin, crash: Crash, journal: Path) -> None:
    for number in range(30):
        crash(begin(f"{number:06x}"))
    code = (
        "import sys; from pathlib import Path; from mindful.journal.recovery import recover\n"
        "print('ready', flush=True); sys.stdin.readline()\n"
        "for path in recover(Path(sys.argv[1])): print(path)\n"
    )
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(journal)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]
    for program in programs:
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"
    for program in programs:
        assert program.stdin is not None
        program.stdin.write("go\n")
        program.stdin.flush()
    done = [path for program in programs for path in program.communicate(timeout=60)[0].split()]
    assert [program.returncode for program in programs] == [0, 0, 0]
    assert len(done) == len(set(done)) == 30
    assert recover(journal) == []
    assert len(list(journal.rglob("*.json"))) == 30
    assert list(journal.rglob("*.jsonl")) == []
