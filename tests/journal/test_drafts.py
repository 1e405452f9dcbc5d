"""Drafts of answers: in the running file while it runs, in no record, and offered again where a session was cut off."""

from __future__ import annotations

import stat
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from mindful.journal import drafts
from mindful.journal.recorder import Recorder
from mindful.journal.recovery import recover
from mindful.journal.store import look, read
from tests.killed import killed

HEAD: dict[str, Any] = {"session": {"id": "settle", "title": "Settle"}}


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    return tmp_path / "journal"


def opened(journal: Path) -> Recorder:
    return Recorder.open(journal, HEAD, now=lambda: datetime(2026, 11, 25, 8, 0, tzinfo=UTC))


def begun(journal: Path, value: Any = "half a thou", private: bool = True) -> Recorder:
    recorder = opened(journal)
    recorder.event("draft", id="words", value=value, private=private, step="steps[0].ask", t_ms=900)
    return recorder


def everything(journal: Path) -> str:
    return "".join(p.read_text() for p in journal.rglob("*") if p.is_file())


def test_it_is_on_disk_at_once_and_private(journal: Path) -> None:
    recorder = begun(journal)
    assert "half a thou" in recorder.running_path.read_text()
    assert stat.S_IMODE(recorder.running_path.stat().st_mode) == 0o600
    recorder.close("completed", "")


@pytest.mark.parametrize("status", ["completed", "stopped", "interrupted"])
def test_no_record_holds_it(journal: Path, status: str) -> None:
    path = begun(journal).close(status, "")
    assert "half a thou" not in path.read_text()


@pytest.mark.parametrize("status", ["completed", "stopped"])
def test_who_ended_it_is_offered_nothing(journal: Path, status: str) -> None:
    begun(journal).close(status, "")
    assert drafts.waiting(journal, "settle") == {}
    assert "half a thou" not in everything(journal)


def test_a_session_that_was_interrupted_offers_it_again(journal: Path) -> None:
    begun(journal).close("interrupted", "the terminal was closed")
    assert drafts.waiting(journal, "settle") == {"words": {"value": "half a thou", "private": True}}
    file = next((journal / drafts.FOLDER).iterdir())
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert drafts.waiting(journal, "another") == {}


def test_recovery_of_a_killed_program_keeps_it(journal: Path) -> None:
    running = killed(begun(journal))
    [record] = recover(journal)
    assert read(record).record["status"] == "interrupted"
    assert "half a thou" not in record.read_text() and not running.exists()
    assert drafts.waiting(journal, "settle")["words"]["value"] == "half a thou"


def test_drafts_are_no_records(journal: Path) -> None:
    begun(journal).close("interrupted", "")
    assert len(look(journal).entries) == 1 and not look(journal).unread


def test_what_was_answered_is_no_draft(journal: Path) -> None:
    recorder = begun(journal)
    recorder.event("answer", id="words", value="A thought.", private=True)
    recorder.close("interrupted", "")
    assert drafts.waiting(journal, "settle") == {}


def test_what_was_erased_is_no_draft(journal: Path) -> None:
    recorder = begun(journal)
    recorder.event("draft", id="words", value=None, private=True)
    killed(recorder)
    recover(journal)
    assert drafts.waiting(journal, "settle") == {}


@pytest.mark.parametrize("answer", ["A thought.", None])
def test_once_the_question_was_answered_or_left_open_it_is_gone(journal: Path, answer: str | None) -> None:
    begun(journal).close("interrupted", "")
    recorder = opened(journal)
    recorder.event("answer", id="words", value=answer)
    recorder.close("completed", "")
    assert drafts.waiting(journal, "settle") == {}
    assert "half a thou" not in everything(journal)


def test_a_session_that_did_not_come_to_the_question_leaves_it(journal: Path) -> None:
    begun(journal).close("interrupted", "")
    opened(journal).close("stopped", "client")
    assert "words" in drafts.waiting(journal, "settle")


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"session": "settle", "drafts": 3}', '{"session": "x", "drafts": {}}']
)
def test_a_file_that_is_none_is_nothing(journal: Path, text: str) -> None:
    (journal / drafts.FOLDER).mkdir(parents=True)
    (journal / drafts.FOLDER / "settle.json").write_text(text)
    assert drafts.waiting(journal, "settle") == {}
