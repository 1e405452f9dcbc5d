"""`mindful journal` search, forget, export, verify, encrypt and decrypt: what they say, and that nothing ever waits."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from mindful.cli import journal as command
from mindful.cli import journal_forget, unlocking
from mindful.journal import passphrases, sealing, store
from tests.records import put, record

Run = Callable[..., Result]
AT = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def no_keys(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in (unlocking.KEY, unlocking.PASSPHRASE, "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(passphrases, "COSTS", {"n": 16, "r": 8, "p": 1})
    sealing.forget_keys()
    yield
    sealing.forget_keys()


@pytest.fixture
def run() -> Run:
    """A command as a program of its own would be: with no key from the one before."""

    def invoke(*words: str, keys: bool = False, **more: Any) -> Result:
        if not keys:
            sealing.forget_keys()
        result = CliRunner().invoke(command.journal, list(words), **more)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return invoke


@pytest.fixture
def journal(data: Path) -> Path:
    folder = data / "journal"
    put(folder, record(AT, "box", "aaaaaa", note="Regen am Fenster", answers={"before": 6, "after": 4}))
    put(folder, record(AT + timedelta(days=1), "settle", "bbbbbb", answers={"why": "a secret"}, private=["why"]))
    put(folder, record(AT + timedelta(days=2), "box", "cccccc", simulated=True))
    return folder


def test_search(run: Run, journal: Path) -> None:
    found = run("search", "REGEN", "fenster")
    assert (
        found.exit_code == 0 and len(found.stdout.splitlines()) == 2 and found.stdout.splitlines()[1].startswith("3 ")
    )
    assert "Regen" not in found.stdout, "a list tells no notes"
    assert run("search", "regen", "--lines").stdout.splitlines()[2] == "      note: Regen am Fenster"
    assert [r["id"][-6:] for r in json.loads(run("search", "secret", "--json").stdout)["records"]] == ["bbbbbb"]
    assert run("search", "nowhere").stderr == "No record has these words.\n"
    assert len(run("search", "b", "--limit", "1").stdout.splitlines()) == 2
    assert json.loads(run("search", "box", "--until", "2026-11-22", "--json").stdout)["records"][0]["id"].endswith(
        "aaaaaa"
    )
    assert run("search").exit_code == 2


def test_without_a_terminal_and_without_yes_nothing_is_removed(run: Run, journal: Path) -> None:
    before = sorted(journal.rglob("*.json"))
    for words in (["1"], ["--session", "box"], ["--everything"], ["--since", "2026-11-22"]):
        result = run("forget", *words)
        assert result.exit_code == 2 and "Nothing was removed." in result.stderr and "--yes" in result.stderr
        assert "Box" in result.stdout or "1 " in result.stdout, "but shown"
        assert run("forget", *words, "--dry-run").exit_code == 0
    assert sorted(journal.rglob("*.json")) == before
    for wrong in ([], ["1", "--everything"], ["--everything", "--session", "box"]):
        assert run("forget", *wrong).exit_code == 2


def test_forget_says_what_it_removed(run: Run, journal: Path, data: Path) -> None:
    run("list")
    result = run("forget", "3", "--yes")
    assert result.exit_code == 0 and result.stdout.splitlines()[1].startswith("3  2026-11-22 07:30")
    assert result.stderr.startswith("Removed: One record, 2 files in all.")  # the record and the table
    done = json.loads(run("forget", "--session", "settle", "--yes", "--json").stdout)
    assert done["removed"] and [i[-6:] for i in done["records"]] == ["bbbbbb"] and not done["refused"]
    assert run("forget", "--everything", "--yes").exit_code == 0
    assert not list(journal.rglob("*.json")) and not list(data.glob("cache/*"))
    assert run("forget", "--everything", "--yes").stderr == "There is nothing to remove.\n"


def test_at_a_terminal_it_asks(run: Run, journal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(journal_forget, "_agreed", lambda: bool(asked.append("?")))
    monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda self: True, raising=False)
    assert run("forget", "1").exit_code == 0 and asked == ["?"] and len(list(journal.rglob("*.json"))) == 3
    monkeypatch.setattr(journal_forget, "_agreed", lambda: True)
    run("forget", "1")
    assert len(list(journal.rglob("*.json"))) == 2


def test_export(run: Run, journal: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    result = run("export", "-o", str(out))
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "2 records were written.\nOne private answer was left out; --private takes it along.\n"
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8-sig"), newline="")))
    assert [r["id"][-6:] for r in rows] == ["aaaaaa", "bbbbbb"] and out.stat().st_mode & 0o777 == 0o600
    assert run("export", "-o", str(out)).exit_code == 2, "it is there already"
    assert run("export", "-o", str(out), "--force", "--private").exit_code == 0 and "a secret" in out.read_text(
        "utf-8-sig"
    )
    lines = run("export", "--format", "jsonl", "--simulated", "--session", "box").stdout.splitlines()
    assert [json.loads(line)["session"]["id"] for line in lines] == ["box", "box"]
    assert run("export").exit_code == 2 and run("export", "-o", "x.odd").exit_code == 2
    assert run("export", "-o", str(tmp_path / "none" / "x.csv")).exit_code == 4
    assert [p.name for p in tmp_path.iterdir() if p.is_file()] == ["out.csv"]


def test_verify_tells_of_copies_and_damage(run: Run, journal: Path) -> None:
    assert run("verify").exit_code == 0
    path = put(
        journal,
        record(AT, "box", "aaaaaa", note="Regen am Fenster, ja", answers={"before": 6, "after": 4}),
        "x sync-conflict.json",
    )
    bad = put(journal, record(AT, "box", "dddddd"))
    bad.write_text("{")
    listed = run("list")
    assert "A sync tool left a second copy of one record" in listed.stderr and listed.exit_code == 1
    result = run("verify")
    assert result.exit_code == 1 and f"{path} counts; there is also:" in result.stdout
    assert (journal / "damaged" / bad.name).exists() and path.exists()


def test_encrypt_and_decrypt(
    run: Run, journal: Path, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pyrage")
    assert run("encrypt").exit_code == 2 and not (journal / ".seal").exists(), "without a passphrase nothing begins"
    words = tmp_path / "words"
    words.write_text("several words of mine\n")
    assert run("encrypt", "--passphrase-file", str(words)).stderr == "3 files are encrypted now.\n"
    held = b"".join(p.read_bytes() for p in data.rglob("*") if p.is_file())
    assert b"Regen" not in held and b"secret" not in held
    for asked in (["list"], ["search", "regen"], ["stats"], ["show"], ["note", "1", "x"]):
        if asked != ["stats"]:
            result = run(*asked)
            assert result.exit_code in (1, 2), asked
            assert "locked" in result.stderr or "no record" in result.stderr or "empty" in result.stderr, asked
    assert run("decrypt").exit_code == 2, "it cannot be opened without the key"
    monkeypatch.setenv(unlocking.PASSPHRASE, "others")
    assert "does not fit" in run("list").output or run("list").exit_code != 0
    monkeypatch.setenv(unlocking.PASSPHRASE, "several words of mine")
    assert len(run("search", "regen").stdout.splitlines()) == 2
    assert run("note", "1", "later").exit_code == 0
    assert json.loads(run("show", "1", "--json").stdout)["note"] == "later"
    assert run("encrypt").stderr == "0 files are encrypted now.\n"
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    assert run("unlock").exit_code == 0
    monkeypatch.delenv(unlocking.PASSPHRASE)
    assert len(run("list").stdout.splitlines()) == 4, "until logout"
    (kept,) = (tmp_path / "mindful").iterdir()
    assert kept.stat().st_mode & 0o777 == 0o600
    assert run("unlock", "--write", str(tmp_path / "key")).stdout == f"{tmp_path / 'key'}\n"
    assert run("unlock", "--write", str(tmp_path / "key")).exit_code == 2, "it is there already"
    assert len(run("--key", str(tmp_path / "key"), "list").stdout.splitlines()) == 4
    run("lock")
    assert not kept.exists() and run("list").exit_code == 1
    monkeypatch.setenv(unlocking.PASSPHRASE, "several words of mine")
    assert run("decrypt").stderr == "3 files are in clear now.\n"
    assert not (journal / ".seal").exists() and len(store.look(journal).entries) == 3


def test_a_key_of_ones_own(run: Run, journal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pyrage")
    key = tmp_path / "my key.txt"
    result = run("encrypt", "--new-key", str(key))
    assert result.exit_code == 0 and result.stdout == f"{key}\n" and key.stat().st_mode & 0o777 == 0o600
    assert [p.name for p in (journal / ".seal").iterdir()] == ["recipient.txt"], "its secret key is not in the journal"
    assert run("list").exit_code == 1
    assert len(run("--key", str(key), "list").stdout.splitlines()) == 4
    monkeypatch.setenv(unlocking.KEY, str(key))
    assert len(run("list").stdout.splitlines()) == 4
    assert run("encrypt").stderr == "0 files are encrypted now.\n"
    monkeypatch.setenv(unlocking.KEY, str(tmp_path / "none"))
    assert run("list").exit_code != 0
    monkeypatch.setenv(unlocking.KEY, str(key))
    assert run("decrypt").exit_code == 0 and len(store.look(journal).entries) == 3


def test_another_passphrase_and_a_decryption_that_was_cut_off(
    run: Run, journal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pyrage")
    monkeypatch.setenv(unlocking.PASSPHRASE, "the first words")
    run("encrypt")
    words = tmp_path / "words"
    words.write_text("the second words")
    assert run("encrypt", "--new-passphrase", "--passphrase-file", str(words)).exit_code == 0
    assert run("list").exit_code != 0
    monkeypatch.setenv(unlocking.PASSPHRASE, "the second words")
    assert run("list").exit_code == 0
    sealing.end(journal, last=False)  # cut off right after its beginning
    monkeypatch.delenv(unlocking.PASSPHRASE)
    result = run("encrypt", "--passphrase-file", str(words))
    assert result.exit_code == 2 and "its passphrase is needed" in result.stderr, "no other key is put in its place"
    monkeypatch.setenv(unlocking.PASSPHRASE, "the second words")
    assert run("encrypt").exit_code == 0 and len(run("list").stdout.splitlines()) == 4


def test_at_a_terminal_the_passphrase_is_asked_once(run: Run, journal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pyrage")
    monkeypatch.setenv(unlocking.PASSPHRASE, "the first words")
    run("encrypt")
    monkeypatch.delenv(unlocking.PASSPHRASE)
    sealing.forget_keys()
    said = ["wrong", "the first words"]
    monkeypatch.setattr(unlocking.click, "prompt", lambda *a, **k: said.pop(0))
    assert unlocking._asked(journal) and said == []
    assert unlocking.unlock(journal), "and held until the program ends"
    sealing.forget_keys()
    said[:] = [""]
    assert not unlocking._asked(journal), "nothing typed: it stays locked"
