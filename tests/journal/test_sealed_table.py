"""The table of an encrypted journal: it spares opening the records, is thrown away when it is not to be trusted, and
nothing of it touches the disk in clear."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mindful.journal import asking, index, sealing
from mindful.journal.index import Index
from tests.records import put, record

pytest.importorskip("pyrage")

AT = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)
WORDS = "wordless fear"


@pytest.fixture(autouse=True)
def no_keys() -> Iterator[None]:
    sealing.forget_keys()
    yield
    sealing.forget_keys()


@pytest.fixture(autouse=True)
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if all files had been written long ago."""
    monkeypatch.setattr(index, "RACY_NS", -1)


@pytest.fixture
def key(journal: Path) -> str:
    """The secret key of an encrypted journal, which this program holds."""
    public, secret = sealing.new_key()
    sealing.begin(journal, public)
    sealing.give(secret)
    return secret


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def add(journal: Path, days: int) -> Path:
    path = put(journal, record(AT + timedelta(days=days), token=f"{days:06x}", note=f"{WORDS} {days}"))
    return sealing.write(path, path.read_bytes(), journal)


def reads(journal: Path, cache: Path) -> tuple[int, int]:
    """(records, files that were opened for them) of a command that begins now."""
    with Index(journal, cache) as found:
        found.refresh()
        assert len(asking.rows(found, asking.Wanted(words=["FEAR"]))) == asking.count(found)
        return asking.count(found), found.read


def table(cache: Path) -> Path:
    (found,) = cache.iterdir()
    return found


def test_each_record_is_opened_once(journal: Path, cache: Path, key: str) -> None:
    paths = [add(journal, n) for n in range(4)]
    assert [reads(journal, cache) for _ in range(3)] == [(4, 4), (4, 0), (4, 0)]
    add(journal, 9)
    assert reads(journal, cache) == (5, 1), "another program's new record"
    paths[0].unlink()
    assert [reads(journal, cache), reads(journal, cache)] == [(4, 0), (4, 0)]


def test_a_command_without_the_key_leaves_it_as_it_is(journal: Path, cache: Path, key: str) -> None:
    add(journal, 0)
    assert reads(journal, cache) == (1, 1)
    before = table(cache).read_bytes()
    sealing.forget_keys()
    with Index(journal, cache) as found:
        found.refresh()
        assert (asking.count(found), len(found.unread), found.kept) == (0, 1, False)
    assert table(cache).read_bytes() == before
    sealing.give(key)
    assert reads(journal, cache) == (1, 0)


@pytest.mark.parametrize("damage", ["one bit", "cut", "empty", "no table", "another key", "an older form"])
def test_what_does_not_open_is_made_anew(journal: Path, cache: Path, key: str, damage: str) -> None:
    add(journal, 0)
    assert reads(journal, cache) == (1, 1)
    file, seal = table(cache), sealing.of(journal)
    assert seal is not None
    data = file.read_bytes()
    if damage == "one bit":
        data = data[: len(data) // 2] + bytes([data[len(data) // 2] ^ 1]) + data[len(data) // 2 + 1 :]
    elif damage == "cut":
        data = data[:-70_000] if len(data) > 80_000 else data[:-100]
    elif damage == "empty":
        data = b""
    elif damage == "no table":
        data = seal.seal(b"no table at all" * 1000)
    elif damage == "another key":
        data = sealing.Seal(sealing.new_key()[0]).seal(sealing.unseal(data))
    else:
        plain = bytearray(sealing.unseal(data))
        plain[60:64] = (index.VERSION - 1).to_bytes(4, "big")  # where SQLite keeps user_version
        data = seal.seal(bytes(plain))
    file.write_bytes(data)
    assert [reads(journal, cache), reads(journal, cache)] == [(1, 1), (1, 0)]


def test_with_another_key_of_the_journal_it_is_made_anew(journal: Path, cache: Path, key: str) -> None:
    path = add(journal, 0)
    assert reads(journal, cache) == (1, 1)
    plain = sealing.read(path)
    sealing.forget_keys()
    public, secret = sealing.new_key()
    sealing.begin(journal, public)
    sealing.give(secret)
    path.write_bytes(sealing.Seal(public).seal(plain))
    assert [reads(journal, cache), reads(journal, cache)] == [(1, 1), (1, 0)]
    sealing.forget_keys()
    sealing.give(key)
    with pytest.raises(sealing.SealError):
        sealing.unseal(table(cache).read_bytes())


def test_a_table_that_could_not_be_put_in_place_costs_nothing(
    journal: Path, cache: Path, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cut off between writing and naming: the one from before stands, and its successor holds what was missed."""
    add(journal, 0)
    assert reads(journal, cache) == (1, 1)
    add(journal, 1)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(OSError("cut off")))
        assert reads(journal, cache) == (2, 1)
    assert [reads(journal, cache), reads(journal, cache)] == [(2, 1), (2, 0)]
    left = cache / ".journal-0123456789ab.age.01234567.tmp"  # what kill -9 leaves
    left.touch()
    assert set(index.tables(cache)) == {left, *cache.glob("journal-*")}


def test_nothing_of_it_touches_the_disk_in_clear(journal: Path, cache: Path, key: str) -> None:
    """Neither in the home nor in a file that SQLite opens to sort what is much, and removes at once."""
    for n in range(3):
        add(journal, n)
    for _ in range(2):
        reads(journal, cache)
    written = b"".join(p.read_bytes() for folder in (journal, cache) for p in folder.rglob("*") if p.is_file())
    assert not [word for word in (b"fear", b"settle", b"Settle", b"SQLite") if word in written]
    if not sys.platform.startswith("linux"):
        return
    with Index(journal, cache) as found:
        found.refresh()
        assert found.read == 0

        def much(db: index.sqlite3.Connection) -> set[str]:
            many = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40000) "
            cursor = db.execute(many + "SELECT i, printf('%.200c', 'x') || i AS text FROM n ORDER BY text DESC")
            next(cursor)
            return open_files()

        assert found.ask(much) == open_files()
        # The test itself is able to see such a file.
        with index.contextlib.closing(index.sqlite3.connect(":memory:")) as plain:
            assert much(plain) - open_files(), "SQLite sorts in a file unless it is told otherwise"


def open_files() -> set[str]:
    found = set()
    for each in os.listdir("/proc/self/fd"):  # noqa: PTH208 -- the one that lists them is among them, and gone then
        try:
            target = os.readlink(f"/proc/self/fd/{each}")  # noqa: PTH115
        except OSError:
            continue
        if target.startswith("/") and not target.startswith(("/proc", "/dev")):
            found.add(target)
    return found
