"""`docs/journal.md` says what is so: every command on the page runs, and every field of a record is explained."""

from __future__ import annotations

import re
import shlex
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from mindful.cli.journal import journal
from mindful.journal.recorder import Recorder
from mindful.journal.store import read

PAGE = (Path(__file__).parents[2] / "docs" / "journal.md").read_text(encoding="utf-8")
COMMANDS = [
    words
    for words in re.findall(r"^    mindful journal ?(.*?)(?:  .*)?$", PAGE, re.MULTILINE)
    if words
    not in ("unlock / lock", "encrypt --new-passphrase")  # on an encrypted journal; they have tests of their own
]


@pytest.fixture
def records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    monkeypatch.setenv("MINDFUL_HOME", str(tmp_path))
    paths = []
    for day, token in (("20", "a1b2c3"), ("21", "b1b2c3"), ("22", "c1b2c3")):
        at = datetime.fromisoformat(f"2026-11-{day}T07:30:00+01:00")
        head = {"session": {"id": "box", "title": "Box"}}
        recorder = Recorder.open(tmp_path / "journal", head, now=lambda at=at: at, token=token)
        paths.append(recorder.close("completed", "end", t_ms=1000))
    return paths


def test_the_page_shows_commands() -> None:
    assert len(COMMANDS) >= 10


@pytest.mark.parametrize("words", COMMANDS)
def test_every_command_on_the_page_runs(words: str, records: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    words, piped, _ = words.partition("<")
    asked = words.strip() == "note 1"  # at a terminal it asks; here there is none
    asked = asked or words.startswith("forget")  # nothing is removed unseen
    monkeypatch.setenv("MINDFUL_JOURNAL_PASSPHRASE", "some plain words")
    monkeypatch.chdir(records[0].parent)  # what an export writes stays with the test
    given = records[0] if "--new-key" not in words else records[0].with_name("a-new-key")
    arguments = [str(given) if word == "FILE" else word for word in shlex.split(words)]
    result = CliRunner().invoke(journal, arguments, input="From a file." if piped else None)
    assert result.exit_code == (2 if asked else 0), result.output
    if words.startswith("note") and not asked:
        assert read(records[2]).record["note"] == ("From a file." if piped else "Calmer.")


def test_every_field_is_explained(records: list[Path]) -> None:
    table = PAGE.split("## The file")[1]
    explained = {
        name for row in re.findall(r"^\| (`.*?) \|", table, re.MULTILINE) for name in re.findall(r"`(\w+)`", row)
    }
    # Only in the records of sessions in which it happened; the page says so.
    sometimes = {"landing", "eased", "tapped"}
    assert all(f"| `{name}` | only where" in table for name in sometimes)
    assert explained == set(read(records[0]).record) | sometimes


@pytest.mark.parametrize(
    ("kept", "shown"),
    [
        (
            [{"ask": "What helps?", "chosen": "Ease", "right": True}, {"ask": "Now?", "chosen": "Up", "right": False}],
            ["What helps? Ease (as the page has it)", "Now? Up (the page has another answer)"],
        ),
        ([1, 0], ["option 2, option 1"]),  # as records were before
        (["Warmth", "Weight"], ["Warmth, Weight"]),
        (True, ["yes"]),
        (0, ["0"]),
    ],
)
def test_a_quiz_is_shown_in_words_and_an_old_one_by_its_options(
    kept: object, shown: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MINDFUL_HOME", str(tmp_path))
    at = datetime.fromisoformat("2026-11-20T07:30:00+01:00")
    recorder = Recorder.open(tmp_path / "journal", {"session": {"id": "a", "title": "A"}}, now=lambda: at)
    recorder.event("answer", t_ms=1, id="page", value=kept, private=False, step="steps[0].learn")
    recorder.close("completed", "end", t_ms=1000)
    said = CliRunner().invoke(journal, ["show", "1"]).output
    lines = said.partition("Your answers\n")[2].split("\n")
    assert [line.removeprefix("  page").strip() for line in lines[: len(shown)]] == shown
