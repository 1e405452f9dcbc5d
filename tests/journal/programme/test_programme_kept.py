"""The file of a programme, and what the journal says was done of it: DST, sealed records, copies, files of others."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from mindful.journal.programme.done import done
from mindful.journal.programme.looking import followed
from mindful.journal.programme.plan import Item, Part, Plan, Thing
from mindful.journal.programme.progress import Done, Pause
from mindful.journal.programme.state import State, StateError, Tick, glance, read, write
from mindful.journal.recorder import Recorder

DAY = date(2026, 11, 30)
PLAN = Plan("p", {"en": "P"}, (Part("one", {"en": "One"}, (Item("box", (Thing({"en": "Box"}, "box", "box"),)),)),))


def keep(
    journal: Path, at: str, session: str = "box", token: str = "a1b2c3", status: str = "completed", **more: int
) -> Path:
    head = {"session": {"id": session, "title": session}, "planned_ms": 300_000, "clock": "audio"}
    recorder = Recorder.open(journal, head, now=lambda: datetime.fromisoformat(at), token=token)
    elapsed = more.get("elapsed_ms", 300_000)
    return recorder.close(status, "end", t_ms=elapsed, elapsed_ms=elapsed, paused_ms=0)  # type: ignore[arg-type]


def test_what_was_done_is_read_by_days_that_begin_at_four(tmp_path: Path) -> None:
    for n, at in enumerate(
        ("2026-11-29T23:00:00", "2026-11-30T03:59:00", "2026-11-30T04:00:00", "2026-12-01T02:00:00")
    ):
        keep(tmp_path, f"{at}+01:00", token=f"00000{n}")
    assert done(tmp_path, {"box"}, DAY) == [Done(DAY, "box"), Done(DAY, "box")]


def test_only_what_belongs_to_it_and_was_done_by_half(tmp_path: Path) -> None:
    keep(tmp_path, "2026-11-30T09:00:00+01:00", "settle", "000001")
    keep(tmp_path, "2026-11-30T09:10:00+01:00", token="000002", status="stopped", elapsed_ms=149_000)
    keep(tmp_path, "2026-11-30T09:20:00+01:00", token="000003", status="stopped", elapsed_ms=150_000)
    assert len(done(tmp_path, {"box"}, DAY)) == 1


def test_copies_of_a_sync_tool_are_one_and_damaged_files_are_none(tmp_path: Path) -> None:
    path = keep(tmp_path, "2026-11-30T09:00:00+01:00")
    path.with_name(path.stem + ".sync-conflict-20261201.json").write_bytes(path.read_bytes())
    path.with_name(path.stem[:-6] + "ffffff.json").write_text("{", encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    assert done(tmp_path, {"box"}, DAY) == [Done(DAY, "box")]
    assert sorted(tmp_path.rglob("*")) == before


@pytest.fixture
def berlin() -> Iterator[None]:
    old = os.environ.get("TZ")
    os.environ["TZ"] = "Europe/Berlin"
    time.tzset()
    yield
    os.environ.pop("TZ") if old is None else os.environ.__setitem__("TZ", old)
    time.tzset()


@pytest.mark.usefixtures("berlin")
def test_of_a_sealed_record_its_name_is_enough(tmp_path: Path) -> None:
    path = keep(tmp_path, "2026-11-30T09:00:00+01:00")
    path.rename(path.with_name(path.name + ".age")).write_bytes(b"age-encryption.org/v1\n...")
    late = tmp_path / "2026" / "12" / "20261201T023000Z_box_a1b2c4.json.age"
    late.parent.mkdir()
    late.write_bytes(b"age-encryption.org/v1\n...")  # half past three in Berlin: still Monday
    assert done(tmp_path, {"box"}, DAY) == [Done(DAY, "box")] * 2
    assert done(tmp_path, {"settle"}, DAY) == []


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca"])
@pytest.mark.parametrize("begin", [date(2026, 3, 1), date(2026, 9, 25), date(2026, 10, 20)])
def test_each_evening_is_a_day_also_over_a_change_of_the_clock(tmp_path: Path, zone: str, begin: date) -> None:
    for n in range(40):
        at = datetime(begin.year, begin.month, begin.day, 23, 30, tzinfo=ZoneInfo(zone)) + timedelta(days=n)
        keep(tmp_path, at.isoformat(), token=f"{n:06x}")
    assert [d.day for d in done(tmp_path, {"box"}, begin)] == [begin + timedelta(days=n) for n in range(40)]


def test_a_journal_that_is_not_there_is_empty(tmp_path: Path) -> None:
    assert done(tmp_path / "none", {"box"}, DAY) == []


def test_the_state_is_kept_as_it_was_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "home" / "programme.json"
    state = State().started(PLAN, DAY, (6,), "1-2").paused(DAY + timedelta(3)).resumed(DAY + timedelta(5))
    state = state.moved(DAY + timedelta(6), "one").tick(DAY, "walk")
    write(path, state)
    assert read(path) == state
    assert path.stat().st_mode & 0o777 == 0o600
    assert state.following.pauses == (Pause(DAY + timedelta(3), DAY + timedelta(5)),)


def test_a_pause_that_ends_on_its_day_never_was() -> None:
    state = State().started(PLAN, DAY, (), "").paused(DAY)
    assert state.paused(DAY) == state
    assert state.resumed(DAY).following.pauses == ()


def test_starting_another_keeps_the_first_among_the_past_ones() -> None:
    state = State().started(PLAN, DAY, (), "").tick(DAY, "x").started(PLAN, DAY + timedelta(9), (), "")
    assert [(p.id, p.since, p.until) for p in state.past] == [("p", DAY, DAY + timedelta(9))]
    assert state.ticks == ()
    assert state.stopped(DAY).plan is None
    assert State().stopped(DAY) == State()


def test_a_tick_can_be_taken_back_for_today_alone() -> None:
    state = State().started(PLAN, DAY, (), "").tick(DAY, "x").tick(DAY, "x").tick(DAY + timedelta(1), "x")
    assert state.unticked(DAY, "x").ticks == (Tick(DAY, "x"), Tick(DAY + timedelta(1), "x"))
    assert state.unticked(DAY, "y") == state


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"mindful_programme": 1}', '{"mindful_programme": 1, "plan": {"parts": []}}']
)
def test_a_damaged_file_is_moved_aside_and_nothing_is_followed(tmp_path: Path, text: str) -> None:
    path = tmp_path / "programme.json"
    path.write_text(text, encoding="utf-8")
    assert read(path) == State()
    (aside,) = tmp_path.iterdir()
    assert aside.name.startswith("programme-damaged-")
    assert aside.read_text(encoding="utf-8") == text


def test_the_file_of_a_newer_mindful_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "programme.json"
    path.write_text(json.dumps({"mindful_programme": 2}), encoding="utf-8")
    with pytest.raises(StateError):
        read(path)
    assert path.exists()


def test_what_others_put_beside_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "programme.json"
    write(path, State().started(PLAN, DAY, (), ""))
    path.write_text(json.dumps(json.loads(path.read_bytes()) | {"colour": "blue"}), encoding="utf-8")
    write(path, read(path).tick(DAY, "x"))
    assert json.loads(path.read_bytes())["colour"] == "blue"


def test_file_and_journal_are_put_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINDFUL_HOME", str(tmp_path))
    assert followed(DAY) is None
    write(tmp_path / "programme.json", State().started(PLAN, DAY, (), ""))
    keep(tmp_path / "journal", "2026-11-30T09:00:00+01:00")
    found = followed(DAY)
    assert found is not None
    assert found.position.left == ()
    assert glance(tmp_path / "none") == ""
