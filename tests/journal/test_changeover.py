"""Encrypting a journal, and back: cut off at any moment, nothing is lost, and the same command goes on."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from mindful.journal import changeover, drafts, sealing, store
from mindful.journal.recorder import Recorder
from tests.records import put, record, years

pytest.importorskip("pyrage")

AT = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)


class CutError(BaseException):
    """The program is gone."""


@pytest.fixture(autouse=True)
def no_keys() -> Iterator[None]:
    sealing.forget_keys()
    yield
    sealing.forget_keys()


@pytest.fixture
def key(journal: Path) -> str:
    public, secret = sealing.new_key()
    sealing.give(secret)
    return public


def fill(journal: Path) -> dict[str, Any]:
    """Records with all that may lie beside them; gives what the journal says."""
    for found in years(4):
        put(journal, found)
    path = put(journal, record(AT, note="the fuller one"))
    put(journal, record(AT), f"{path.stem}.sync-conflict-1.json")
    put(journal, record(AT + timedelta(days=1), token="bbbbbb"), "a good one.json")
    (journal / "damaged").mkdir()
    (journal / "damaged" / "20200101T000000Z_box_cccccc.json").write_text('{"half of box')
    drafts.keep(journal, "box", {"q": {"value": "begun in box", "private": True}})
    return said(journal)


def said(journal: Path) -> dict[str, Any]:
    found = {e.id: e.record for e in store.look(journal).entries}
    return found | {"drafts": drafts.waiting(journal, "box")}


def names(journal: Path) -> list[str]:
    return sorted(p.name for p in journal.rglob("*") if p.is_file() and sealing.FOLDER not in p.parts)


def test_there_and_back(journal: Path, key: str) -> None:
    before, named = fill(journal), names(journal)
    (journal / "raw.edf").write_bytes(b"raw")
    sealing.begin(journal, key)
    done = changeover.encrypt(journal)
    assert (done.files, done.left, done.other) == (8, [], [journal / "raw.edf"])
    assert said(journal) == before
    assert all(name.endswith(".age") for name in names(journal) if name != "raw.edf")
    assert not any("box" in name or "settle" in name for name in names(journal))
    held = b"".join(p.read_bytes() for p in journal.rglob("*") if p.is_file())
    assert b"fuller" not in held and b"half of box" not in held and b"begun" not in held
    assert changeover.encrypt(journal).files == 0, "once more changes nothing"
    back = changeover.decrypt(journal)
    assert (back.files, back.left) == (8, [])
    assert sealing.of(journal) is None and not (journal / sealing.FOLDER).exists()
    assert said(journal) == before
    (journal / "raw.edf").unlink()
    there = names(journal)
    assert [n for n in named if n.startswith("20") and "conflict" not in n and "cccccc" not in n] == [
        n for n in there if n in named and n.startswith("20")
    ], "records have their own names again"


def test_what_runs_meanwhile_is_sealed_when_it_ends(journal: Path, key: str, begin: Callable[..., Recorder]) -> None:
    recorder = begin()
    sealing.begin(journal, key)
    assert changeover.encrypt(journal).files == 0
    path = recorder.close("completed", "end", t_ms=1000)
    assert path.name.endswith(".age") and not list(journal.rglob("*.json"))


def test_what_cannot_be_opened_is_left_and_the_key_stays(journal: Path, key: str) -> None:
    fill(journal)
    sealing.begin(journal, key)
    changeover.encrypt(journal)
    stranger = sealing.Seal(sealing.new_key()[0])
    foreign = journal / "2026" / "20260101T000000Z_session_ffffff.json.age"
    foreign.parent.mkdir(exist_ok=True)
    foreign.write_bytes(stranger.seal(b"{}"))
    done = changeover.decrypt(journal)
    assert [path for path, _ in done.left] == [foreign] and foreign.exists()
    assert (journal / sealing.FOLDER).is_dir(), "given up only when all is open"


CALLS = ("open", "write", "fsync", "replace", "unlink")


def cut_at(site: int, monkeypatch: pytest.MonkeyPatch, work: Callable[[], object]) -> int:
    """Do the work, and end before the call of this number by which the disk changes; gives how many there were."""
    count = 0
    with monkeypatch.context() as patch:

        def watch(name: str) -> None:
            real = getattr(os, name)

            def watched(*args: Any, **named: Any) -> Any:
                nonlocal count
                count += 1
                if count == site + 1:
                    if name == "write":
                        real(args[0], bytes(args[1])[: len(args[1]) // 2])
                    raise CutError
                if count > site + 1 and site >= 0:
                    raise CutError  # a dead program does not tidy up either
                return real(*args, **named)

            patch.setattr(os, name, watched)

        for name in CALLS:
            watch(name)
        with contextlib.suppress(CutError):
            work()
    return count


@pytest.mark.parametrize("way", ["encrypt", "decrypt"])
def test_cut_off_at_every_call(tmp_path: Path, key: str, way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fresh(name: str) -> tuple[Path, dict[str, Any]]:
        journal = tmp_path / name
        put(journal, record(AT, note="x"))
        put(journal, record(AT + timedelta(days=1), token="bbbbbb"))
        drafts.keep(journal, "box", {"q": {"value": "begun", "private": True}})
        if way == "decrypt":
            sealing.begin(journal, key)
            changeover.encrypt(journal)
        return journal, said(journal)

    def work(journal: Path) -> None:
        if way == "encrypt":
            sealing.begin(journal, key)
            changeover.encrypt(journal)
        else:
            changeover.decrypt(journal)

    journal, _ = fresh("all")
    sites = cut_at(-1, monkeypatch, lambda: work(journal))
    assert sites > 20
    for site in range(sites):
        journal, before = fresh(str(site))
        cut_at(site, monkeypatch, lambda journal=journal: work(journal))  # type: ignore[misc]
        assert said(journal) == before, f"site {site}: all is there"
        work(journal)
        assert said(journal) == before, f"site {site}: and after it was gone on with"
        left = [n for n in names(journal) if not n.endswith(".tmp")]
        assert all(n.endswith(".age") for n in left) if way == "encrypt" else not any(n.endswith(".age") for n in left)


@pytest.mark.skipif(os.name == "nt", reason="needs SIGKILL")
def test_killed_at_random_moments(tmp_path: Path, journal: Path, key: str) -> None:
    """A real program, killed while it changes a journal over, back and forth; it never loses a record."""
    for found in years(60):
        put(journal, found)
    before = said(journal)
    (tmp_path / "key").write_text(str(sealing._ring[key]))
    code = (
        "import sys; from pathlib import Path; from mindful.journal import changeover, sealing\n"
        "j, k, way = Path(sys.argv[1]), Path(sys.argv[2]).read_text(), sys.argv[3]\n"
        "p = sealing.give(k)\n"
        "told = lambda n: print(n, flush=True)\n"
        "(sealing.begin(j, p), changeover.encrypt(j, told)) if way == 'encrypt' else changeover.decrypt(j, told)\n"
    )
    chance = random.Random(7)
    for turn in range(12):
        way = ("encrypt", "decrypt")[turn // 3 % 2]
        command = [sys.executable, "-c", code, str(journal), str(tmp_path / "key"), way]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            for _ in range(chance.randrange(1, 25)):
                if not process.stdout.readline():
                    break
            process.send_signal(signal.SIGKILL)
        assert said(journal) == before, f"turn {turn}, {way}"
