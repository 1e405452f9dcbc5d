"""An encrypted journal: kept without a key, read with one, and telling nothing to whoever has none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from mindful.journal import asking, drafts, names, passphrases, sealing, store
from mindful.journal.index import Index
from mindful.journal.recorder import Recorder
from mindful.journal.recovery import examine
from mindful.journal.sealing import SealError
from tests.records import put, record

pytest.importorskip("pyrage")

Begin = Callable[..., Recorder]
SECRETS = (b"settle", b"Settle", b"wordless fear", b"half a thought", b"minutes")


@pytest.fixture(autouse=True)
def no_keys() -> Iterator[None]:
    sealing.forget_keys()
    yield
    sealing.forget_keys()


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passphrases that cost no memory."""
    monkeypatch.setattr(passphrases, "COSTS", {"n": 16, "r": 8, "p": 1})


@pytest.fixture
def key(journal: Path) -> str:
    """An encrypted journal's secret key, which this program was not given."""
    public, secret = sealing.new_key()
    sealing.begin(journal, public)
    return secret


def session(recorder: Recorder) -> None:
    recorder.event("answer", t_ms=1000, id="what", value="wordless fear", private=True)
    recorder.event("draft", t_ms=1500, id="more", value="half a thought", private=True)


def all_bytes(folder: Path) -> bytes:
    return b"".join(bytes(p) + p.read_bytes() for p in folder.rglob("*") if p.is_file())


def telling(folder: Path) -> list[bytes]:
    data = all_bytes(folder)
    return [secret for secret in SECRETS if secret in data]


def test_a_session_is_kept_without_a_key_and_tells_nothing(journal: Path, begin: Begin, key: str) -> None:
    recorder = begin()
    session(recorder)
    assert telling(journal) == [], "while it runs"
    path = recorder.close("completed", "end", t_ms=60_000, elapsed_ms=60_000, paused_ms=0)
    assert recorder.saved and "_session_" in path.name and path.name.endswith(sealing.CLOSED)
    assert telling(journal) == []
    assert not list(journal.rglob("*" + names.RUNNING))
    sealing.forget_keys()
    with pytest.raises(SealError, match="key was not given"):
        store.read(path)
    sealing.give(key)
    assert store.read(path).record["answers"] == {"what": "wordless fear"}


def test_what_it_has_written_itself_it_may_annotate(begin: Begin, key: str) -> None:
    recorder = begin()
    path = recorder.close("completed", "end", t_ms=1000)
    entry = store.add_note(store.read(path), "Calmer.")
    store.add_effects(entry, {"strength": "little"})
    sealing.forget_keys()
    sealing.give(key)
    found = store.read(path).record
    assert found["note"] == "Calmer." and found["effects"] == {"strength": "little"}


def test_a_cut_off_session_waits_for_the_key(journal: Path, begin: Begin, crash: Any, key: str) -> None:
    recorder = begin()
    session(recorder)
    assert examine(journal).running == [recorder.running_path], "who writes is told without the key"
    running = crash(recorder)
    for _ in range(2):
        found = examine(journal)
        assert (found.records, found.locked, found.troubles, found.damaged) == ([], [running], [], [])
    sealing.give(key)
    (path,) = examine(journal).records
    assert path.name.endswith(sealing.CLOSED) and not running.exists()
    got = store.read(path).record
    assert (got["status"], got["session"]["id"], got["answers"]) == ("interrupted", "settle", {"what": "wordless fear"})
    assert drafts.waiting(journal, "settle")["more"]["value"] == "half a thought"
    assert telling(journal) == []


def test_a_torn_line_costs_that_line(journal: Path, begin: Begin, crash: Any, key: str) -> None:
    recorder = begin()
    session(recorder)
    recorder.event("answer", t_ms=2000, id="last", value=1)
    running = crash(recorder)
    running.write_bytes(running.read_bytes()[:-40])
    sealing.give(key)
    (path,) = examine(journal).records
    assert store.read(path).record["answers"] == {"what": "wordless fear"}


def test_drafts_wait_without_the_key_and_come_together_with_it(journal: Path, key: str) -> None:
    drafts.keep(journal, "settle", {"a": {"value": "half a thought", "private": True}})
    drafts.keep(journal, "box", {"x": {"value": "other", "private": False}})
    drafts.keep(journal, "settle", {"b": {"value": "two", "private": False}}, answered=["a"])
    assert drafts.waiting(journal, "settle") == {} and telling(journal) == []
    sealing.give(key)
    assert drafts.waiting(journal, "settle") == {"b": {"value": "two", "private": False}}
    drafts.keep(journal, "settle", {"c": {"value": "three", "private": False}})
    assert set(drafts.waiting(journal, "settle")) == {"b", "c"}
    drafts.keep(journal, "settle", {}, answered=["b", "c"])
    assert drafts.waiting(journal, "settle") == {}
    assert len(list(drafts.files(journal))) == 1, "the other session's"


def test_the_table_of_an_encrypted_journal_tells_nothing(
    journal: Path, begin: Begin, wall: Any, tmp_path: Path, key: str
) -> None:
    cache = tmp_path / "cache"
    for _ in range(3):
        wall.move(days=1)
        recorder = begin()
        session(recorder)
        recorder.close("completed", "end", t_ms=1000)
    sealing.forget_keys()
    with Index(journal, cache) as found:
        found.refresh()
        assert asking.count(found) == 0 and [u.locked for u in found.unread] == [True] * 3
    sealing.give(key)
    for reads in (3, 3):  # just written: read again
        with Index(journal, cache) as found:
            found.refresh()
            assert (asking.count(found), found.read, found.kept) == (3, reads, True)
            assert asking.rows(found, asking.Wanted(words=["FEAR"]))
    assert telling(cache) == [] and [p.suffix for p in cache.iterdir()] == [".age"]
    sealing.forget_keys()
    with Index(journal, cache) as found:
        found.refresh()
        assert asking.count(found) == 0, "without the key it is not opened"


def test_a_table_from_before_it_was_encrypted_is_removed(journal: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    put(journal, record(datetime(2026, 11, 22, tzinfo=UTC), note="wordless fear"))
    with Index(journal, cache) as found:
        found.refresh()
    assert b"wordless fear" in all_bytes(cache)
    sealing.begin(journal, sealing.new_key()[0])  # by another machine, and a sync tool
    with Index(journal, cache):
        assert list(cache.iterdir()) == []


def test_the_passphrase_opens_and_another_does_not(journal: Path) -> None:
    public, secret = sealing.new_key()
    sealing.begin(journal, public, secret, "four words of mine")
    assert sealing.locked_key(journal) and secret.encode() not in all_bytes(journal)
    with pytest.raises(SealError, match="does not fit"):
        sealing.unlock(journal, "four words of yours")
    assert sealing.unlock(journal, "four words of mine") == secret
    assert sealing.of(journal) == sealing.Seal(public) and sealing.Seal(public).opens


def test_a_key_that_is_there_is_never_written_over(journal: Path) -> None:
    public, secret = sealing.new_key()
    sealing.begin(journal, public, secret, "first")
    sealing.end(journal, last=False)
    other, other_secret = sealing.new_key()
    with pytest.raises(SealError, match="already"):
        sealing.begin(journal, other, other_secret, "second")
    assert sealing.unlock(journal, "first") == secret


def test_two_machines_that_encrypted_apart(journal: Path) -> None:
    """A sync tool keeps both keys; the records of both are read."""
    first, second = sealing.new_key(), sealing.new_key()
    at = datetime(2026, 11, 22, tzinfo=UTC)
    for n, (public, secret) in enumerate((first, second)):
        sealing.forget_keys()
        sealing.begin(journal, public, secret, "the same words")
        if n == 0:
            own = journal / sealing.FOLDER / "key.json"
            own.rename(own.with_name("key.sync-conflict-20261122-080000-ABCDEFG.json"))
        path = put(journal, record(at + timedelta(days=n), token=f"{n:06x}"))
        sealing.write(path, path.read_bytes(), journal)
    sealing.forget_keys()
    sealing.unlock(journal, "the same words")
    assert len(store.look(journal).entries) == 2


@pytest.mark.parametrize("text", ["", "nonsense", "age1", "\xff"])
def test_with_a_public_key_that_cannot_be_read_nothing_is_written_in_clear(
    journal: Path, begin: Begin, text: str
) -> None:
    sealing.begin(journal, sealing.new_key()[0])
    (journal / sealing.FOLDER / "recipient.txt").write_bytes(text.encode("latin-1"))
    said: list[str] = []
    recorder = begin(tell=said.append)
    session(recorder)
    recorder.close("completed", "end", t_ms=1000)
    assert not recorder.saved and len(said) == 2
    assert recorder.record["answers"] == {"what": "wordless fear"}, "it can still be shown"
    assert telling(journal) == []


def test_without_the_library_the_journal_is_locked_and_nothing_breaks(
    journal: Path, begin: Begin, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealing.give(key)
    path = begin("aaaaaa").close("completed", "end", t_ms=1000)
    sealing.forget_keys()
    monkeypatch.setitem(__import__("sys").modules, "pyrage", None)
    assert not sealing.available()
    said: list[str] = []
    recorder = begin("bbbbbb", tell=said.append)
    recorder.close("completed", "end", t_ms=1000)
    assert not recorder.saved and "pyrage" in said[0]
    assert [u.locked for u in store.look(journal).unread] == [True] and path.exists()


def test_a_sealed_record_is_plain_age(begin: Begin, key: str) -> None:
    """Any age program opens it with the key."""
    import pyrage

    path = begin().close("completed", "end", t_ms=1000)
    opened = pyrage.decrypt(path.read_bytes(), [pyrage.x25519.Identity.from_str(key)])
    assert b'"mindful_record": 1' in opened


@pytest.mark.parametrize("damage", [b"", b"age-encryption.org/v1\nnoise", b"\x00" * 50])
def test_a_damaged_sealed_file_is_no_record_and_is_not_lost(
    journal: Path, begin: Begin, key: str, damage: bytes
) -> None:
    path = begin().close("completed", "end", t_ms=1000)
    path.write_bytes(damage)
    sealing.give(key)
    (found,) = store.look(journal).unread
    assert found.path.exists() and found.path.read_bytes() == damage


def test_a_locked_key_is_opened_by_its_words_alone_with_the_costs_that_it_was_locked_with(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import pyrage

    _, secret = sealing.new_key()
    monkeypatch.undo()
    locked = passphrases.lock(secret, "Schlüssel", pyrage)
    assert b'"n": 131072' in locked
    assert passphrases.unlock(locked, "Schlu\u0308ssel", pyrage) == secret, "however the letters are composed"
    for other in ("schlüssel", "", "Schlüssel "):
        with pytest.raises(ValueError):
            passphrases.unlock(locked, other, pyrage)
    for damage in (b"", b"{}", b"[]", locked[:-40], locked.replace(b"131072", b"99999999999")):
        with pytest.raises(ValueError):
            passphrases.unlock(damage, "Schlüssel", pyrage)


def test_keys_are_written_as_age_writes_them() -> None:
    """The secret part of an age key is 32 bytes; written from them it is the same key."""
    letters = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
    for _ in range(20):
        secret = sealing.new_key()[1].lower()
        values = [letters.index(c) for c in secret.rpartition("1")[2][:-6]]
        number = 0
        for value in values:
            number = number << 5 | value
        data = (number >> (5 * len(values) - 256)).to_bytes(32, "big")
        assert passphrases.bech32("age-secret-key-", data) == secret
