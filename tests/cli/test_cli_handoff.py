"""Hand-off between two homes by the commands alone, and each refusal's words and status."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from mindful.cli import exits
from tests.cli.conftest import Program

Run = Callable[..., CompletedProcess[str]]

SCRIPT = """\
mindful: 1
title: Evening, for Kim
steps:
  - rate: {id: before, ask: How tense are you now?, scale: suds}
  - include: {script: part.yaml}
  - say: Thank you.
"""


@pytest.fixture
def therapist(program: Program, tmp_path: Path) -> Run:
    return lambda *args: program(*args, env={"MINDFUL_HOME": str(tmp_path / "T")})


@pytest.fixture
def kim(program: Program, tmp_path: Path) -> Run:
    return lambda *args: program(*args, env={"MINDFUL_HOME": str(tmp_path / "K")})


@pytest.fixture
def pack(therapist: Run, tmp_path: Path) -> Path:
    folder = tmp_path / "source"
    folder.mkdir()
    (folder / "for-kim.yaml").write_text(SCRIPT)
    (folder / "part.yaml").write_text("mindful: 1\ntitle: Part\nsteps:\n  - pause: 1 s\n")
    assert therapist("key", "make", "Dr. Ada").returncode == exits.DONE
    done = therapist("pack", str(folder / "for-kim.yaml"), "-o", str(tmp_path / "week"))
    assert done.returncode == exits.DONE and "part.yaml  (needed by another)" in done.stderr
    return Path(done.stdout.strip())


def test_from_therapist_to_client_and_back(therapist: Run, kim: Run, pack: Path, tmp_path: Path) -> None:
    look = kim("unpack", str(pack))
    assert look.returncode == exits.USAGE and "Evening, for Kim" in look.stdout and "cannot do" in look.stdout
    assert kim("packs").stdout == ""
    done = kim("unpack", str(pack), "--yes")
    assert done.returncode == exits.DONE and "mindful play for-kim" in done.stdout
    assert json.loads(kim("list", "--json").stdout)["sessions"][-1]["id"] == "for-kim"
    assert kim("play", "for-kim", "--plain", "--mute").returncode == exits.DONE

    digits = therapist("key").stdout.splitlines()[1]
    assert kim("key", "compare", "dr", "11111", "22222").returncode == exits.PROBLEMS
    assert kim("key", "compare", "dr. ada", *digits.split()).returncode == exits.DONE
    assert "(compared)" in kim("key", "people").stdout

    assert kim("share", "--all").returncode == exits.USAGE  # no keys yet
    kim("key", "make", "Kim")
    assert kim("share").returncode == exits.USAGE
    exact = json.loads(kim("share", "--all", "--show").stdout)
    assert exact["records"][0]["session"]["id"] == "for-kim" and "path" not in exact["records"][0]
    assert kim("share", "--all", "-o", str(tmp_path / "mine")).returncode == exits.USAGE  # nobody to ask
    assert not (tmp_path / "mine.mindful-summary").exists()
    done = kim("share", "--all", "-o", str(tmp_path / "mine"), "--yes")
    assert done.returncode == exits.DONE and (tmp_path / "mine.mindful-summary").stat().st_mode & 0o777 == 0o600

    summary = done.stdout.strip().splitlines()[-1]
    assert therapist("receive", summary).returncode == exits.USAGE
    done = therapist("receive", summary, "--yes")
    assert done.returncode == exits.DONE and "1 new" in done.stderr
    assert "Nothing was changed" in therapist("receive", summary, "--yes").stderr
    assert "Evening, for Kim" in therapist("--client", "kim", "journal").stdout
    assert therapist("journal").stdout == ""
    assert therapist("--client", "kim", "play", "settle").returncode == exits.USAGE
    assert therapist("--client", "nobody", "journal").returncode == exits.USAGE
    assert therapist("clients", "forget", "kim").returncode == exits.STOPPED
    assert therapist("clients", "forget", "kim", "--yes").returncode == exits.DONE
    assert therapist("clients").stdout == ""


def test_an_update_keeps_what_was_done_and_an_older_one_is_refused(therapist: Run, kim: Run, pack: Path) -> None:
    first = pack.with_name("first.mindful-pack")
    shutil.copy(pack, first)
    kim("unpack", str(first), "--yes")
    kim("play", "for-kim", "--plain", "--mute")
    script = pack.parent / "source" / "for-kim.yaml"
    script.write_text(SCRIPT.replace("Evening, for Kim", "Evening, the second"))
    import time

    while True:  # the list tells the time to the second
        again = therapist("pack", str(script), "-o", str(pack), "--force")
        assert again.returncode == exits.DONE
        if json.loads(kim("unpack", str(pack), "--json").stdout)["state"] == "update":
            break
        time.sleep(0.2)
    assert kim("unpack", str(pack), "--yes").returncode == exits.DONE
    assert "Evening, the second" in kim("list").stdout and "Evening, for Kim" in kim("journal").stdout
    old = kim("unpack", str(first), "--yes")
    assert old.returncode == exits.PROBLEMS and "--older" in old.stderr
    assert kim("unpack", str(first), "--yes", "--older").returncode == exits.DONE
    assert kim("packs", "remove", "week", "--yes").returncode == exits.DONE
    assert "Evening" not in kim("list").stdout and "Evening, for Kim" in kim("journal").stdout


def test_another_key_under_a_known_name_is_refused_until_it_is_meant(therapist: Run, kim: Run, pack: Path) -> None:
    kim("unpack", str(pack), "--yes")
    therapist("key", "make", "Dr. Ada", "--replace")
    therapist("pack", str(pack.parent / "source" / "for-kim.yaml"), "-o", str(pack), "--force")
    done = kim("unpack", str(pack), "--yes")
    assert done.returncode == exits.PROBLEMS and "another key" in done.stderr
    assert kim("unpack", str(pack), "--yes", "--new-key").returncode == exits.DONE


def test_a_script_with_problems_is_not_packed(therapist: Run, pack: Path) -> None:
    bad = pack.parent / "source" / "bad.yaml"
    bad.write_text("mindful: 1\ntitle: Bad\nsteps:\n  - breath: box\n")
    done = therapist("pack", str(bad), "-o", str(pack.parent / "bad"))
    assert done.returncode == exits.PROBLEMS and "breathe" in done.stderr
    assert not (pack.parent / "bad.mindful-pack").exists()
    out = pack.parent / "elsewhere.yaml"
    out.write_text("mindful: 1\ntitle: Out\nsteps:\n  - say: x\n")
    assert therapist("pack", str(out), "-o", str(pack.parent / "no" / "where")).returncode == exits.USAGE


def test_keys_come_back_from_a_backup(therapist: Run, kim: Run, pack: Path, tmp_path: Path) -> None:
    words = tmp_path / "words"
    words.write_text("some plain words\n")
    copy = str(tmp_path / "backup")
    assert therapist("key", "backup", "-o", copy).returncode == exits.USAGE  # nobody to ask
    assert therapist("key", "backup", "-o", copy, "--passphrase-file", str(words)).returncode == exits.DONE
    assert kim("key", "restore", copy, "--passphrase-file", str(words)).returncode == exits.DONE
    assert kim("key").stdout == therapist("key").stdout
    old = tmp_path / "old"
    old.write_bytes(
        b"age-encryption.org/v1\n-> scrypt 9XKfX3PO0LpBTc99xF6cRA 24\nQX9pYEelgFlGSYiFNEjoDyOFMzisf693\n---"
    )
    done = kim("key", "restore", str(old), "--passphrase-file", str(words))
    assert done.returncode == exits.PROBLEMS and "16384 MB of memory" in done.stderr and "age -d" in done.stderr
    words.write_text("others")
    assert kim("key", "restore", copy, "--passphrase-file", str(words)).returncode == exits.PROBLEMS


def test_damage_is_told_and_nothing_is_written_over(kim: Run, pack: Path, tmp_path: Path) -> None:
    (tmp_path / "K" / "keys").mkdir(parents=True)
    people = tmp_path / "K" / "keys" / "people.json"
    people.write_text("{")
    done = kim("unpack", str(pack), "--yes")
    assert done.returncode == exits.PROBLEMS and "people.json" in done.stderr and people.read_text() == "{"
    assert kim("unpack", str(tmp_path / "none")).returncode == exits.FAILED
    assert kim("packs").stdout == ""


PROGRAMME = """\
programme: 1
title: Two quiet weeks
stages:
  - title: First
    practices:
      - {session: for-kim.yaml, often: daily}
"""


def test_a_programme_goes_with_its_sessions_under_its_own_title(therapist: Run, kim: Run, pack: Path) -> None:
    plan = pack.parent / "source" / "weeks.yaml"
    plan.write_text(PROGRAMME)
    to = str(pack.parent / "plan")
    done = therapist("pack", str(plan), "-o", to)
    assert done.returncode == exits.DONE and "part.yaml  (needed by another)" in done.stderr
    done = kim("unpack", to + ".mindful-pack", "--yes")
    assert done.stdout.startswith("Two quiet weeks\n") and "++" not in done.stdout and "+ gentle" in done.stdout
    assert "mindful programme start weeks\n" in done.stdout
    assert "  weeks  (a programme)\n" in kim("packs").stdout
    assert kim("programme", "start", "weeks", "--yes").returncode == exits.DONE


def test_a_programme_whose_session_cannot_be_played_is_not_packed(therapist: Run, pack: Path) -> None:
    (pack.parent / "source" / "for-kim.yaml").write_text("mindful: 1\ntitle: Bad\nsteps:\n  - breath: box\n")
    plan = pack.parent / "source" / "weeks.yaml"
    plan.write_text(PROGRAMME)
    done = therapist("pack", str(plan), "-o", str(pack.parent / "plan"))
    assert done.returncode == exits.PROBLEMS and "for-kim.yaml:4:5" in done.stderr
    assert "for-kim.yaml cannot be played, so it is not packed" in done.stderr
    assert not (pack.parent / "plan.mindful-pack").exists()


def test_a_card_has_its_ending_and_nothing_is_written_over(therapist: Run, pack: Path, tmp_path: Path) -> None:
    done = therapist("key", "card", "-o", str(tmp_path / "ada"))
    assert done.stdout == f"{tmp_path / 'ada.mindful-card'}\n" and (tmp_path / "ada.mindful-card").exists()
    assert therapist("key", "card", "-o", str(tmp_path / "ada.mindful-card")).returncode == exits.USAGE
    assert therapist("key", "card", "-o", str(tmp_path / "ada"), "--force").returncode == exits.DONE
    words, copy = tmp_path / "words", tmp_path / "backup"
    words.write_text("some plain words\n")
    copy.write_bytes(b"the only copy")
    kept = therapist("key", "backup", "-o", str(copy), "--passphrase-file", str(words))
    assert kept.returncode == exits.USAGE and copy.read_bytes() == b"the only copy"


def test_a_therapist_reads_what_was_kept_back(therapist: Run, kim: Run, pack: Path, tmp_path: Path) -> None:
    script = tmp_path / "private.yaml"
    script.write_text(
        "mindful: 1\ntitle: Private\nsteps:\n  - ask: {id: thought, text: What stays?, private: true}\n"
        "  - ask: {id: open, text: And else?, private: true}\n"
    )
    kim("unpack", str(pack), "--yes")
    kim("key", "make", "Kim")
    kim("play", str(script), "--plain", "--mute")
    file = next((tmp_path / "K" / "journal").rglob("*.json"))
    record = json.loads(file.read_text())
    file.write_text(json.dumps(record | {"answers": {"thought": "a word", "open": None}, "note": "mine"}))
    done = kim("share", "--all", "-o", str(tmp_path / "mine"), "--yes")
    assert "(1 answer stays here)" in done.stdout  # what was left open is no answer
    therapist("receive", str(tmp_path / "mine.mindful-summary"), "--yes")
    shown = therapist("--client", "kim", "journal", "show", "1").stdout
    assert "Kept back by whoever shared it\n  One answer.\n  A note.\n" in shown and "a word" not in shown
    assert "Without sound" not in shown  # nobody told how it sounded
    report = therapist("--client", "kim", "report").stdout
    assert "records that were shared" in report and "One answer was kept back" in " ".join(report.split())


def test_a_refusal_is_in_the_clients_language(kim: Run, pack: Path) -> None:
    pack.write_bytes(pack.read_bytes()[:-30])
    done = kim("--language", "de", "unpack", str(pack), "--yes")
    assert done.returncode == exits.PROBLEMS
    assert "Dieses Paket wird abgelehnt: es ist kein Paket, oder ein Teil fehlt." in done.stderr
