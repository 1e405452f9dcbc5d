"""The table of all records says what the files say: after anything that happens to either of them."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from mindful.journal import asking, index, store
from mindful.journal.asking import Wanted
from mindful.journal.index import Index
from tests.records import put, record, years

AT = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "data" / "cache"


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if all files had been written long ago."""
    monkeypatch.setattr(index, "RACY_NS", -1)


def seen(journal: Path, cache: Path | None, **more: Any) -> list[tuple[str, str, bool]]:
    with Index(journal, cache, **more) as found:
        found.refresh()
        return [(row.id, row.title, row.noted) for row in asking.rows(found)]


def told(journal: Path) -> list[tuple[str, str, bool]]:
    """The same from the files alone."""
    return [(e.id, e.record["session"]["title"], e.record["note"] != "") for e in store.look(journal).entries]


def reads(found: Index) -> int:
    found.refresh()
    return found.read


def file_of(cache: Path) -> Path:
    (file,) = cache.glob("journal-*.sqlite")
    return file


def test_what_is_added_changed_and_removed_is_seen_at_once(journal: Path, cache: Path, settled: None) -> None:
    paths = [put(journal, record(AT + timedelta(days=n), token=f"{n:06x}")) for n in range(5)]
    assert seen(journal, cache) == told(journal)
    with Index(journal, cache) as found:
        assert reads(found) == 0, "and read once"
        put(journal, record(AT + timedelta(days=9), token="999999"))
        assert reads(found) == 1
        put(journal, record(AT, token="000000", note="later"))
        assert reads(found) == 1
        paths[1].unlink()
        paths[2].rename(paths[2].with_name("a good one.json"))
        assert reads(found) == 1
        shutil.move(journal / "2026", journal / "old")
        assert reads(found) == 5, "a moved folder is another one"
        assert [r.id for r in asking.rows(found)] == [e.id for e in store.look(journal).entries]
    assert seen(journal, cache) == told(journal)


def test_a_change_that_keeps_size_and_time_is_seen(journal: Path, cache: Path, settled: None) -> None:
    path = put(journal, record(AT, note="calm"))
    before = path.stat()
    with Index(journal, cache) as found:
        found.refresh()
        text = path.read_text().replace("calm", "rain")
        path.write_text(text)
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
        assert path.stat().st_size == before.st_size and path.stat().st_mtime_ns == before.st_mtime_ns
        found.refresh()
        assert asking.count(found, Wanted(words=["rain"])) == 1


def test_a_file_put_in_the_place_of_another_is_seen(journal: Path, cache: Path, settled: None) -> None:
    """As sync tools do it: a new file with the old one's time and size."""
    path = put(journal, record(AT, note="calm"))
    with Index(journal, cache) as found:
        found.refresh()
        other = path.with_name("new.tmp")
        other.write_text(path.read_text().replace("calm", "rain"))
        os.utime(other, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns))
        other.replace(path)
        found.refresh()
        assert asking.count(found, Wanted(words=["rain"])) == 1


def test_what_was_written_a_moment_ago_is_read_again(
    journal: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put(journal, record(AT))
    with Index(journal, cache) as found:
        assert [reads(found), reads(found)] == [1, 1]
        now = path.stat().st_mtime_ns + 3_000_000_000
        monkeypatch.setattr(index.time, "time_ns", lambda: now)
        assert [reads(found), reads(found)] == [1, 0]
        monkeypatch.setattr(index.time, "time_ns", lambda: now - 7 * 86_400 * 10**9)
        assert reads(found) == 0, "a clock that was set back makes nothing be read again"
        put(journal, record(AT, note="x"))
        assert reads(found) == 1, "and hides nothing"


def test_of_copies_the_fuller_counts_in_whatever_order_they_come(journal: Path, cache: Path, settled: None) -> None:
    path = put(journal, record(AT))
    with Index(journal, cache) as found:
        found.refresh()
        copy = put(journal, record(AT, note="from the other machine"), f"{path.stem}.sync-conflict-1-A.json")
        found.refresh()
        assert [r.path for r in asking.rows(found)] == [copy]
        assert asking.copies(found) == [[copy, path]]
        assert sorted(asking.files_of(found, [store.read(path).id])) == sorted([copy, path])
        copy.unlink()
        found.refresh()
        assert [r.path for r in asking.rows(found)] == [path] and asking.copies(found) == []


def test_of_copies_that_tell_as_much_the_one_named_nearest_to_ours_counts(
    journal: Path, cache: Path, settled: None
) -> None:
    """Found by chance in `test_anything_that_happens`: list and table chose by the order in which they met them."""
    path = put(journal, record(AT))
    longest, longer = (path.with_name(f"{path.stem}{mark}.json") for mark in (" (2) (2)", " (2)"))
    for order in ((longest, longer), (longer, longest)):
        shutil.rmtree(cache, ignore_errors=True)
        with Index(journal, cache) as found:
            for copy in order:
                copy.write_bytes(path.read_bytes())
                found.refresh()
            path.rename(path.with_suffix(".away"))
            found.refresh()
            assert [r.path for r in asking.rows(found)] == [longer] == [e.path for e in store.look(journal).entries]
        for copy in order:
            copy.unlink()
        path.with_suffix(".away").rename(path)


def test_damage_is_told_and_put_aside_only_where_that_is_wanted(journal: Path, cache: Path) -> None:
    put(journal, record(AT))
    bad = put(journal, record(AT + timedelta(days=1), token="bbbbbb"))
    bad.write_bytes(b"{")
    newer = put(journal, record(AT + timedelta(days=2), token="cccccc", mindful_record=9))
    with Index(journal, cache) as found:
        found.refresh()
        assert {(u.path, u.set_aside) for u in found.unread} == {(bad, False), (newer, False)} and bad.exists()
    for _ in range(2):
        with Index(journal, cache, aside=True) as found:
            found.refresh()
            assert asking.count(found) == 1
            aside = [u for u in found.unread if u.set_aside]
            assert [u.path for u in found.unread if not u.set_aside] == [newer]
        if _ == 0:
            assert [u.path.name for u in aside] == [bad.name] and not bad.exists()
        else:
            assert aside == [], "told once"


@pytest.mark.parametrize("damage", ["empty", "noise", "cut", "flipped", "other version", "folder"])
def test_a_damaged_table_is_made_anew(journal: Path, cache: Path, damage: str) -> None:
    for found in years(40):
        put(journal, found)
    whole = seen(journal, cache)
    file = file_of(cache)
    data = bytearray(file.read_bytes())
    if damage == "empty":
        file.write_bytes(b"")
    elif damage == "noise":
        file.write_bytes(os.urandom(20_000))
    elif damage == "cut":
        file.write_bytes(bytes(data[: len(data) // 2]))
    elif damage == "flipped":
        for at in range(4096, len(data), 97):
            data[at] ^= 0xFF
        file.write_bytes(bytes(data))
    elif damage == "other version":
        with closing(sqlite3.connect(file)) as db:
            db.execute("PRAGMA user_version = 77")
            db.execute("DROP TABLE texts")
            db.commit()
    else:
        file.unlink()
        file.mkdir()
    assert seen(journal, cache) == whole == told(journal)
    assert seen(journal, cache) == whole


def test_a_table_that_is_held_by_another_program_is_done_without(
    journal: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "PATIENCE_S", 0.0)
    put(journal, record(AT))
    seen(journal, cache)
    for how in ("IMMEDIATE", "EXCLUSIVE"):
        with closing(sqlite3.connect(file_of(cache), isolation_level=None)) as other:
            other.execute(f"BEGIN {how}")
            put(journal, record(AT + timedelta(days=1), token="bbbbbb"))
            assert seen(journal, cache) == told(journal)
    with Index(journal, cache) as found:
        found.refresh()
        with closing(sqlite3.connect(file_of(cache), isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")  # after it was opened
            put(journal, record(AT + timedelta(days=2), token="cccccc"))
            found.refresh()
            assert not found.kept
            assert [r.id for r in asking.rows(found)] == [e.id for e in store.look(journal).entries]


def test_a_cache_that_cannot_be_written_is_done_without(
    journal: Path, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(journal, record(AT))
    (tmp_path / "file").write_text("")
    assert seen(journal, tmp_path / "file" / "cache") == told(journal)
    seen(journal, cache)
    put(journal, record(AT + timedelta(days=1), token="bbbbbb"))
    real = Index._on_disk

    def frozen(self: Index, file: Path) -> sqlite3.Connection:
        db = real(self, file)
        db.execute("PRAGMA query_only = ON")
        return db

    monkeypatch.setattr(Index, "_on_disk", frozen)
    with Index(journal, cache) as found:
        found.refresh()
        assert [r.id for r in asking.rows(found)] == [e.id for e in store.look(journal).entries]


def test_a_journal_that_is_not_there_is_empty_and_none_is_made(journal: Path) -> None:
    assert seen(journal, None) == []
    assert not journal.exists()


def test_the_table_is_private_and_forgets(journal: Path, cache: Path, settled: None) -> None:
    path = put(journal, record(AT, note="a very secret thing", answers={"q": "other secret words"}))
    put(journal, record(AT + timedelta(days=1), token="bbbbbb"))
    seen(journal, cache)
    file = file_of(cache)
    assert os.name == "nt" or file.stat().st_mode & 0o777 == 0o600
    assert b"very secret" in file.read_bytes()
    path.unlink()
    seen(journal, cache)
    data = b"".join(p.read_bytes() for p in cache.iterdir())
    assert b"secret" not in data, "nor in its free pages"


def test_many_programs_at_once(journal: Path, cache: Path) -> None:
    made = list(years(120))
    for found in made[:60]:
        put(journal, found)
    wrong: list[object] = []

    def look() -> None:
        try:
            for _ in range(6):
                with Index(journal, cache) as found:
                    found.refresh()
                    ids = {r.id for r in asking.rows(found)}
                    if not {m["id"] for m in made[:60]} <= ids:
                        wrong.append(ids)
        except Exception as error:
            wrong.append(error)

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for found in made[60:]:
        put(journal, found)
    for thread in threads:
        thread.join()
    assert wrong == []
    assert seen(journal, cache) == told(journal)


def test_an_older_view_of_a_folder_never_stays(journal: Path, cache: Path, settled: None) -> None:
    """One program looks, another program looks and writes, then the first writes what it saw."""
    path = put(journal, record(AT))
    put(journal, record(AT + timedelta(hours=1), token="bbbbbb"))
    with Index(journal, cache) as first, Index(journal, cache) as second:
        steps = first._folder(index.look(journal, (".json",))[0], 100)
        old, new, digest = next(steps)
        path.unlink()
        second.refresh()
        first._write(b"2026/11", old, new, None, digest)
    assert seen(journal, cache) == told(journal)


def test_searching_finds_parts_of_words_in_any_letters(journal: Path) -> None:
    put(
        journal,
        record(AT, token="aaaaaa", note="Regen ÜBER dem Fluß", answers={"what": ["tea", {"a": "Straße"}], "n": 60}),
    )
    put(journal, record(AT + timedelta(days=1), token="bbbbbb", session="box", variables={"place": "a river bank"}))
    with Index(journal, None) as found:
        found.refresh()

        def ids(*words: str, **more: Any) -> list[str]:
            return [r.id[-6:] for r in asking.rows(found, Wanted(words=words, **more))]

        assert ids("regen") == ids("über", "FLUSS") == ids("u\u0308ber") == ids("STRASSE") == ids("60") == ["aaaaaa"]
        assert ids("bank", "box") == ids("river") == ["bbbbbb"]
        assert ids("e") == ["bbbbbb", "aaaaaa"]
        assert ids("regen", "bank") == ids("%") == ids("'; DROP TABLE files; --") == []
        assert ids("e", session="settle") == ids("e", until=AT.date()) == ["aaaaaa"]
        assert ids(since=AT.date() + timedelta(days=1)) == ["bbbbbb"]


def test_one_record_is_found_by_what_a_person_would_write(journal: Path) -> None:
    for n in range(12):
        put(journal, record(AT - timedelta(days=n), token=f"{n:03x}abc"))
    with Index(journal, None) as found:
        found.refresh()
        for entry in store.look(journal).entries:
            for which in (
                str(entry.number),
                entry.id,
                entry.id[-6:],
                entry.path.name,
                entry.path.stem,
                entry.path.stem[:16],
            ):
                assert asking.find(found, which) == entry, which
        for which in ("0", "13", "zzz", "", "2026112_", "%"):
            with pytest.raises(store.NotFoundError):
                asking.find(found, which)
        with pytest.raises(store.AmbiguousError) as several:
            asking.find(found, "20261")
        assert len(several.value.args[1]) == 12


@pytest.mark.parametrize(
    ("phases", "simulated", "found"),
    [
        (
            ["baseline", "baseline", "baseline", "training"],
            False,
            {"rmssd_ms": 31.0, "sdnn_ms": 40.0, "heart_bpm": 66.0},
        ),
        (["training"] * 4, False, {"rmssd_ms": 33.5, "sdnn_ms": 40.0, "heart_bpm": 66.0}),
        (["baseline"] * 4, True, None),
        (["baseline"] * 4, None, None),
    ],
)
def test_the_heart_of_a_training_is_that_of_its_baseline(
    journal: Path, phases: list[str], simulated: bool | None, found: dict[str, float] | None
) -> None:
    seconds = {"phase": phases, "rmssd_ms": [30, 36.0, 31, 90], "sdnn_ms": [None, 40, True], "bpm": [66, 65, 67, 0]}
    step = {"step": "t", "kind": "hrv_biofeedback", "status": "done", "start_ms": 0, "end_ms": 1,
            "data": {"feedback": {"simulated": simulated}, "seconds": seconds}}  # fmt: skip
    put(journal, record(AT, steps=[step]))
    with Index(journal, None) as index:
        index.refresh()
        (one,) = asking.facts(index)
        assert one.more.get("heart") == found


def test_facts_and_overviews_are_of_real_sessions(journal: Path) -> None:
    put(journal, record(AT, answers={"before": 6, "after": 4}, effects={"strength": "much"}))
    hold = {"step": "s", "kind": "wait", "status": "done", "start_ms": 0, "end_ms": 1, "data": {"held_ms": 45_000}}
    heart = {"step": "t", "kind": "hrv_biofeedback", "status": "done", "start_ms": 0, "end_ms": 1,
             "data": {"heart": {"rmssd_ms": 41.5, "sdnn_ms": True}}}  # fmt: skip
    fake = heart | {"data": {"heart": {"rmssd_ms": 99.0, "simulated": True}}}
    put(journal, record(AT + timedelta(days=1), token="bbbbbb", steps=[hold, heart, fake]))
    put(journal, record(AT + timedelta(days=2), token="cccccc", simulated=True))
    with Index(journal, None) as found:
        found.refresh()
        one, two = asking.facts(found)
        assert one.effects and [(p.before, p.after) for p in one.ratings] == [(6, 4)]
        assert two.more == {"holds": [45_000], "heart": {"rmssd_ms": 41.5}}
        assert len(asking.sats(found)) == 2 and asking.count(found) == 3
        assert [f.day for f in asking.facts(found, date(2026, 11, 23), date(2026, 11, 23))] == [
            date(2026, 11, 23).toordinal()
        ]


class Anything(RuleBasedStateMachine):
    """Whatever happens to files and table, in whatever order: the table says what the files say."""

    folder: Path

    @initialize()
    def begin(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        self.journal, self.cache = self.folder / "journal", self.folder / "cache"
        self.made = 0
        self.index = Index(self.journal, self.cache)

    def files(self) -> list[Path]:
        return sorted(self.journal.rglob("*.json"))

    @rule(days=st.integers(0, 60), note=st.sampled_from(["", "x", "more"]))
    def add(self, days: int, note: str) -> None:
        self.made += 1
        put(self.journal, record(AT - timedelta(days=days), token=f"{self.made:06x}", note=note))

    @rule(which=st.integers(0, 100), note=st.sampled_from(["a", "b", "cc"]))
    def edit(self, which: int, note: str) -> None:
        if files := self.files():
            path = files[which % len(files)]
            path.write_text(json.dumps(json.loads(path.read_text()) | {"note": note}))

    @rule(which=st.integers(0, 100))
    def remove(self, which: int) -> None:
        if files := self.files():
            files[which % len(files)].unlink()

    @rule(which=st.integers(0, 100), note=st.sampled_from(["", "longer note"]))
    def copy(self, which: int, note: str) -> None:
        if files := self.files():
            path = files[which % len(files)]
            found = json.loads(path.read_text()) | {"note": note}
            path.with_name(f"{path.stem} (2).json").write_text(json.dumps(found))

    @rule()
    def reopen(self) -> None:
        self.index.close()
        self.index = Index(self.journal, self.cache)

    @rule()
    def throw_away(self) -> None:
        self.index.close()
        shutil.rmtree(self.cache, ignore_errors=True)
        self.index = Index(self.journal, self.cache)

    @rule()
    def compare(self) -> None:
        self.index.refresh()
        assert list(asking.each(self.index)) == asking.rows(self.index)
        assert list(asking.each(self.index, oldest_first=True)) == asking.rows(self.index)[::-1]
        assert [(r.number, r.id, r.path, r.noted) for r in asking.rows(self.index)] == [
            (e.number, e.id, e.path, e.record["note"] != "") for e in store.look(self.journal).entries
        ]

    def teardown(self) -> None:
        if hasattr(self, "index"):
            self.compare()
            self.index.close()


def test_anything_that_happens(tmp_path: Path) -> None:
    machine: Callable[[], RuleBasedStateMachine] = type("Here", (Anything,), {"folder": tmp_path / "any"})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=25,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )
