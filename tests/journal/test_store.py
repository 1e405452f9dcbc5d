"""Looking into the journal: order, copies, damage, and notes."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mindful.journal import names, store
from mindful.journal.days import day_of
from mindful.journal.recorder import Recorder
from mindful.journal.saving import encode
from mindful.journal.store import AmbiguousError, NotFoundError, add_note, find, look, read
from mindful.journal.versions import DamagedError

Begin = Callable[..., Recorder]


@pytest.fixture
def put(begin: Begin, wall: Any) -> Callable[..., Path]:
    def one(at: str = "2026-11-22T07:30:00+01:00", token: str | None = None, session: str = "box") -> Path:
        wall.at = datetime.fromisoformat(at)
        recorder = begin(token, session={"id": session, "title": session.title()})
        return recorder.close("completed", "end", t_ms=1000, elapsed_ms=1000, paused_ms=0)

    return one


def test_a_journal_that_is_not_there_is_empty(journal: Path) -> None:
    assert look(journal) == store.Listing()
    assert not journal.exists()


def test_newest_first_by_the_moment_and_not_by_the_clock_on_the_wall(put: Callable[..., Path], journal: Path) -> None:
    tokyo = put("2026-11-22T10:00:00+09:00")  # 01:00 UTC
    london = put("2026-11-22T02:00:00+00:00")
    new_york = put("2026-11-21T22:00:00-05:00")  # 03:00 UTC, though the day before
    before_dst = put("2026-10-25T02:30:00+02:00")
    after_dst = put("2026-10-25T02:30:00+01:00")  # the same numbers an hour later
    found = look(journal).entries
    assert [e.path for e in found] == [new_york, london, tokyo, after_dst, before_dst]
    assert [e.number for e in found] == [1, 2, 3, 4, 5]
    assert f"{found[2].started:%H:%M}" == "10:00", "shown as the clock stood there"


@given(st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.timezones()))
def test_names_sort_as_the_sessions_happened(at: datetime) -> None:
    told = names.started_in(names.stem(Path(), at, "a_b", "0a1b2c").name)
    assert told == names.utc(at) == at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def test_filters_keep_the_numbers(put: Callable[..., Path], journal: Path) -> None:
    put("2026-11-20T08:00:00+01:00", session="box")
    put("2026-11-21T08:00:00+01:00", session="settle")
    put("2026-11-22T08:00:00+01:00", session="box")
    assert [e.number for e in look(journal, session="box").entries] == [1, 3]
    since = date(2026, 11, 21)
    assert [e.number for e in look(journal, since=since).entries] == [1, 2]
    assert [e.number for e in look(journal, since=since, session="settle").entries] == [2]


def test_the_latest_are_found_without_reading_the_rest(
    put: Callable[..., Path], journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in range(1, 21):
        put(f"2026-10-{day:02}T08:00:00+00:00", session="box" if day % 2 else "settle")
    renamed = put("2026-10-19T12:00:00+00:00")
    renamed.rename(renamed.with_name("a good one.json"))
    old = put("2020-01-01T08:00:00+00:00")
    old.rename(old.with_name("the first one.json"))
    everything = look(journal).entries
    assert len(everything) == 22
    count = []
    real = store.read
    monkeypatch.setattr(store, "read", lambda path: (count.append(path), real(path))[1])
    for limit in (1, 2, 3, 5, 21, 22, 50):
        count.clear()
        found = look(journal, limit=limit)
        assert found.entries == everything[:limit]
        assert found.more is (limit < 22)
        assert len(count) <= limit + 2, "the two that were renamed, and no more than it shows"
        assert find(journal, str(min(limit, 22))) == everything[min(limit, 22) - 1]
    assert (
        look(journal, session="settle", limit=4).entries
        == [e for e in everything if e.record["session"]["id"] == "settle"][:4]
    )
    count.clear()
    since = date(2026, 10, 18)
    assert look(journal, since=since) == store.Listing(
        [e for e in everything if day_of(e.started) >= since], more=False
    )
    assert len(count) == 6, "three, the two that were renamed, and the day before, whose evening may belong to the next"


def test_sessions_of_one_second_are_all_seen(put: Callable[..., Path], journal: Path) -> None:
    late = put("2026-10-01T08:00:00.900+00:00", "000000")
    put("2026-10-01T08:00:00.100+00:00", "ffffff")
    assert [e.path for e in look(journal, limit=1).entries] == [late]


@pytest.mark.parametrize(
    "copy", ["{}.sync-conflict-20261122-080000-ABCDEFG.json", "{} (conflicted copy 2026-11-22).json", "{} 2.json"]
)
def test_a_copy_that_a_sync_tool_made_is_one_record(put: Callable[..., Path], journal: Path, copy: str) -> None:
    path = put()
    other = path.with_name(copy.format(path.stem))
    other.write_bytes(path.read_bytes())
    assert [e.path for e in look(journal).entries] == [path], "of two alike the one with its own name"
    other.write_bytes(encode(read(path).record | {"note": "from the other machine"}))
    assert [e.path for e in look(journal).entries] == [other], "else the one that knows more"
    assert path.exists()


def test_the_copy_that_knows_more_is_found_in_either_order(put: Callable[..., Path], journal: Path) -> None:
    path = put()
    poor = path.with_name(f"{path.stem}.zz.json")
    poor.write_bytes(encode(read(path).record | {"status": "interrupted", "elapsed_ms": 10}))
    early = path.with_name("0.json")
    early.write_bytes(poor.read_bytes())
    assert [e.path for e in look(journal).entries] == [path]


def test_files_that_a_person_put_there_are_read_wherever_they_lie(put: Callable[..., Path], journal: Path) -> None:
    path = put()
    (journal / "old").mkdir()
    path.rename(journal / "old" / "the first one.json")
    assert [e.path.name for e in look(journal).entries] == ["the first one.json"]


def test_hidden_files_and_other_files_are_no_records(put: Callable[..., Path], journal: Path) -> None:
    put()
    (journal / ".stversions").mkdir()
    (journal / ".stversions" / "old.json").write_text("{}")
    (journal / ".hidden.json").write_text("{}")
    (journal / "readme.txt").write_text("mine")
    found = look(journal)
    assert (len(found.entries), found.unread) == (1, [])


def test_damage_is_set_aside_and_told_once(put: Callable[..., Path], journal: Path) -> None:
    good, bad = put(), put("2026-11-23T08:00:00+01:00")
    bad.write_bytes(bad.read_bytes()[:100])
    half = bad.read_bytes()
    found = look(journal)
    assert [e.path for e in found.entries] == [good]
    (unread,) = found.unread
    assert unread == store.Unread(journal / "damaged" / bad.name, "it is not complete JSON", set_aside=True)
    assert unread.path.read_bytes() == half
    assert look(journal).unread == []


def test_damage_of_one_name_never_covers_another(put: Callable[..., Path], journal: Path) -> None:
    path = put()
    for content in (b"one", b"two", b"three"):
        path.write_bytes(content)
        look(journal)
    assert sorted(p.read_bytes() for p in (journal / "damaged").iterdir()) == [b"one", b"three", b"two"]


def test_damage_that_cannot_be_moved_stays_and_is_told(
    put: Callable[..., Path], journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put()
    path.write_bytes(b"{")

    def refuse(self: Path, target: Path) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(Path, "replace", refuse)
    (unread,) = look(journal).unread
    assert (unread.path, unread.set_aside) == (path, False)
    assert list((journal / "damaged").iterdir()) == [], "and the kept name is given back"


def test_a_newer_record_stays_where_it_is(put: Callable[..., Path], journal: Path) -> None:
    path = put()
    path.write_bytes(encode(read(path).record | {"mindful_record": 9}))
    (unread,) = look(journal).unread
    assert (unread.path, unread.set_aside) == (path, False)
    assert "newer mindful" in unread.why
    assert path.exists()


def test_a_record_that_cannot_be_opened_is_not_damage(
    put: Callable[..., Path], journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put()
    real = Path.read_bytes

    def refuse(self: Path) -> bytes:
        if self == path:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return real(self)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert look(journal).unread == [store.Unread(path, "Permission denied", set_aside=False)]


def test_a_record_that_moves_while_looking_is_passed_over(
    put: Callable[..., Path], journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put()

    def gone(self: Path) -> bytes:
        raise FileNotFoundError(self)

    monkeypatch.setattr(Path, "read_bytes", gone)
    assert look(journal) == store.Listing()


def test_a_file_in_place_of_the_journal_is_told(journal: Path) -> None:
    journal.parent.mkdir(parents=True)
    journal.write_text("x")
    with pytest.raises(NotADirectoryError):
        look(journal)


def test_which_record_is_meant(put: Callable[..., Path], journal: Path) -> None:
    old = put("2026-11-20T08:00:00+01:00", "abc123")
    new = put("2026-11-22T08:00:00+01:00", "abd999")
    meant = {
        "1": new,
        "2": old,
        "abc": old,
        "abd999": new,
        "20261120": old,
        "20261122T070000Z_abd999": new,
        old.stem: old,
        old.name: old,
        str(new): new,
    }
    for which, path in meant.items():
        assert find(journal, which).path == path, which


@pytest.mark.parametrize("which", ["0", "3", "9999", "zzz", "", "²", "nowhere.json"])
def test_none_is_meant(put: Callable[..., Path], journal: Path, which: str) -> None:
    put()
    put("2026-11-23T08:00:00+01:00")
    with pytest.raises(NotFoundError):
        find(journal, which)


def test_several_are_meant(put: Callable[..., Path], journal: Path) -> None:
    put("2026-11-20T08:00:00+01:00", "abc123")
    put("2026-11-22T08:00:00+01:00", "abd999")
    with pytest.raises(AmbiguousError) as caught:
        find(journal, "ab")
    assert [e.number for e in caught.value.args[1]] == [1, 2]


def test_a_file_from_elsewhere_can_be_read(put: Callable[..., Path], tmp_path: Path, journal: Path) -> None:
    path = put()
    away = tmp_path / "from a client.json"
    path.rename(away)
    assert find(journal, str(away)).path == away
    away.write_text("{")
    with pytest.raises(DamagedError):
        find(journal, str(away))
    assert away.exists(), "a file outside the journal is never moved"


def test_a_note_is_added_after_what_is_there(put: Callable[..., Path], journal: Path) -> None:
    path = put()
    entry = add_note(find(journal, "1"), "  Calmer.\r\n")
    assert entry.record["note"] == "Calmer."
    add_note(entry, "Slept well.\nReally.")
    assert read(path).record["note"] == "Calmer.\nSlept well.\nReally."
    assert add_note(entry, "Only this.", replace=True).record["note"] == "Only this."
    assert add_note(entry, "", replace=True).record == {**entry.record, "note": ""}


def test_a_note_keeps_what_another_program_wrote_meanwhile(put: Callable[..., Path], journal: Path) -> None:
    path = put()
    stale = find(journal, "1")
    path.write_bytes(encode(stale.record | {"answers": {"later": 1}, "from_a_plugin": 5}))
    add_note(stale, "x")
    now = read(path).record
    assert (now["answers"], now["from_a_plugin"], now["note"]) == ({"later": 1}, 5, "x")


def test_a_note_that_cannot_be_written_leaves_the_record_as_it_was(
    put: Callable[..., Path], journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put()
    before, real = path.read_bytes(), os.write

    def full(fd: int, data: bytes) -> int:
        real(fd, data[:10])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(OSError):
        add_note(find(journal, "1"), "x")
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]
