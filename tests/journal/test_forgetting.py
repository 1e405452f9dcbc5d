"""What is to be forgotten goes, with all that was made of it, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from mindful.journal import drafts, forgetting, store
from mindful.journal.asking import Wanted
from mindful.journal.index import Index
from mindful.journal.recorder import Recorder
from tests.records import put, record

AT = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)


@pytest.fixture
def cache(journal: Path) -> Path:
    return journal.parent / "cache"


@pytest.fixture
def full(journal: Path, cache: Path) -> list[Path]:
    """Ten days of two sessions, with everything beside them."""
    paths = [
        put(journal, record(AT + timedelta(days=n), ("box", "settle")[n % 2], f"{n:06x}", note="secret"))
        for n in range(10)
    ]
    paths[0].with_name(paths[0].stem + ".edf").write_bytes(b"raw secret")
    put(journal, record(AT, "box", "000000", note="other secret"), paths[0].stem + ".sync-conflict-1.json")
    (journal / "damaged").mkdir()
    (journal / "damaged" / paths[1].name).write_text("{secret")
    drafts.keep(journal, "box", {"q": {"value": "secret", "private": True}})
    drafts.keep(journal, "settle", {"q": {"value": "secret", "private": True}})
    (cache / "voice").mkdir(parents=True)
    (cache / "voice" / "x.flac").write_bytes(b"secret")
    with Index(journal, cache) as found:
        found.refresh()
    return paths


def all_files(*folders: Path) -> set[Path]:
    return {p for folder in folders for p in folder.rglob("*") if p.is_file()}


def forget(journal: Path, cache: Path, **wanted: Any) -> tuple[forgetting.Plan, forgetting.Removed]:
    with Index(journal, cache) as found:
        found.refresh()
        plan = forgetting.plan(found, Wanted(**wanted), cache) if wanted else forgetting.everything(found, cache)
    before = all_files(journal, cache)
    assert set(plan.files) | set(plan.drafts) <= before, "a plan changes nothing"
    return plan, forgetting.carry_out(plan)


def test_one_record_goes_with_its_copies_its_raw_data_and_drafts(journal: Path, cache: Path, full: list[Path]) -> None:
    with Index(journal, cache) as found:
        found.refresh()
        (row,) = [r for r in forgetting.asking.rows(found) if r.id.endswith("000000")]
        plan = forgetting.of_records(found, [row], cache)
    stem = full[0].stem
    assert {p.name for p in plan.files} == {f"{stem}.json", f"{stem}.edf", f"{stem}.sync-conflict-1.json"}
    assert [p.name for p in plan.drafts] == ["box.json"]
    before = all_files(journal, cache)
    done = forgetting.carry_out(plan)
    assert done.records == 1 and done.refused == []
    assert before - all_files(journal, cache) == {*plan.files, *plan.drafts, *plan.tables} == set(done.files)


def test_a_stretch_of_days_goes_with_its_damaged_files(journal: Path, cache: Path, full: list[Path]) -> None:
    plan, done = forget(journal, cache, since=AT.date() + timedelta(days=1), until=AT.date() + timedelta(days=2))
    assert done.records == 2 and [p.parent.name for p in plan.files if p.parent.name == "damaged"] == ["damaged"]
    assert len(store.look(journal).entries) == 8


def test_all_of_one_session(journal: Path, cache: Path, full: list[Path]) -> None:
    forget(journal, cache, session="settle")
    assert {e.record["session"]["id"] for e in store.look(journal).entries} == {"box"}
    assert not (journal / "damaged" / full[1].name).exists(), "by its name it was of this session"
    assert drafts.waiting(journal, "settle") == {} and drafts.waiting(journal, "box")


def test_everything_leaves_nothing(
    journal: Path, cache: Path, full: list[Path], begin: Callable[..., Recorder], crash: Any
) -> None:
    crash(begin())
    plan, done = forget(journal, cache)
    assert done.records == 10 and done.refused == []
    assert all_files(journal, cache) == set()
    assert plan.running == []


def test_a_session_that_goes_on_is_left(
    journal: Path, cache: Path, full: list[Path], begin: Callable[..., Recorder]
) -> None:
    recorder = begin()
    plan, _ = forget(journal, cache)
    assert plan.running == [recorder.running_path] and recorder.running_path.exists()
    assert recorder.close("completed", "end").exists()


def test_nothing_of_it_lies_anywhere(journal: Path, cache: Path, full: list[Path]) -> None:
    forget(journal, cache, session="box")
    forget(journal, cache, session="settle")
    assert b"secret" not in b"".join(p.read_bytes() for p in all_files(journal, cache) if "voice" not in p.parts)


def test_what_the_disk_does_not_let_go_is_told(
    journal: Path, cache: Path, full: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.unlink

    def refuse(self: Path, missing_ok: bool = False) -> None:
        if self == full[3]:
            raise PermissionError(13, "Permission denied")
        real(self, missing_ok)

    monkeypatch.setattr(Path, "unlink", refuse)
    _, done = forget(journal, cache)
    assert done.refused == [(full[3], "Permission denied")] and done.records == 9


def test_nothing_is_nothing(journal: Path, cache: Path) -> None:
    plan, done = forget(journal, cache)
    assert plan.empty and done.records == 0
