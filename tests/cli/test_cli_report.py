"""`mindful report` on a journal: in the terminal and as files, and what stays out of it."""

from __future__ import annotations

import re
import tracemalloc
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mindful.cli import report as command
from mindful.journal import index
from mindful.journal.recorder import Recorder
from mindful.journal.saving import encode
from mindful.journal.store import read
from mindful.render.report import plots, printed
from tests.records import put, record

Run = Callable[..., Result]


@pytest.fixture
def run(data: Path) -> Run:
    def invoke(*words: str, status: int = 0) -> Result:
        result = CliRunner().invoke(command.report, list(words), standalone_mode=False)
        given = result.return_value if isinstance(result.return_value, int) else result.exit_code
        assert given == status, (result.output, result.exception)
        return result

    return invoke


@pytest.fixture
def journal(data: Path) -> Path:
    """Twelve days with ratings, an open and a private answer, and a note."""
    for n in range(12):
        now = datetime.now().astimezone()
        today = now - timedelta(days=now.hour < 4)  # as the journal has it
        at = today.replace(hour=9, minute=0) - timedelta(days=n + 1)
        head = {"session": {"id": "settle", "title": "Settle"}, "planned_ms": 60_000, "clock": "audio"}
        recorder = Recorder.open(data / "journal", head, now=lambda at=at: at, token=f"{n:06x}")  # type: ignore[misc]
        path = recorder.close("completed", "end", t_ms=60_000, elapsed_ms=60_000, paused_ms=0)
        answers = {
            "tension_before": 60,
            "tension_after": 40 + n,
            "craving_before": 8,
            "craving_after": 3,
            "word": "soft",
            "secret": "nobody",
        }
        private = ["secret", "craving_before", "craving_after"]
        path.write_bytes(encode(read(path).record | {"answers": answers, "private": private, "note": "rainy"}))
    return data / "journal"


@pytest.mark.usefixtures("journal")
def test_in_the_terminal_with_figures_alone(run: Run) -> None:
    said = run().stdout
    assert re.search(r"Days with practice +12 of 13\n", said)
    assert "Tension" in said or "tension" in said
    for hidden in ("soft", "nobody", "rainy", "raving"):
        assert hidden not in said
    assert "36 private answers are not in it." in " ".join(said.split())


@pytest.mark.usefixtures("journal")
def test_what_was_written_comes_when_it_is_asked_for(run: Run) -> None:
    said = run("--answers", "--notes").stdout
    assert "word: soft" in said and "rainy" in said and "nobody" not in said
    said = run("--private").stdout
    assert "secret: nobody" in said and "raving" in said and "rainy" not in said


def test_numbers_of_questionnaires_come_when_asked_for_and_private_ones_only_then(run: Run, journal: Path) -> None:
    data = {"questionnaire": "phq-9", "scores": {"total": {"score": 14, "from": 0, "to": 27}}, "items": {"1": 3}}
    step = {"step": "steps[0].questionnaire", "kind": "questionnaire", "status": "done", "start_ms": 0, "end_ms": 1}
    for n, path in enumerate(sorted(journal.rglob("*.json"))[:4]):
        private = ["x"] if n == 3 else []
        path.write_bytes(encode(read(path).record | {"steps": [{**step, "data": data}], "private": private}))
    assert "PHQ-9" not in run().stdout
    said = run("--questionnaires").stdout
    assert "PHQ-9: 14 of 27" in said and "no diagnosis" in said
    assert len([line for line in said.splitlines() if line.endswith("  14")]) == 3
    said = run("--questionnaires", "--private").stdout
    assert len([line for line in said.splitlines() if line.endswith("  14")]) == 4


@pytest.mark.usefixtures("journal")
def test_with_the_records_of_somebody_else_ones_own_programme_stays_out(
    run: Run, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mindful.journal.days import day_of
    from mindful.journal.programme.plan import Item, Part, Plan, Thing
    from mindful.journal.programme.state import State, write

    part = Part("one", {"en": "Arriving"}, (Item("settle", (Thing({}, "settle", "settle"),)),))
    since = day_of(datetime.now().astimezone() - timedelta(days=5))
    write(data / "programme.json", State().started(Plan("p", {"en": "Mine"}, (part,)), since, (), ""))
    assert "Mine: 5 of 5 practices that it suggested" in run().stdout
    monkeypatch.setenv("MINDFUL_JOURNAL", str(data / "clients" / "kim" / "journal"))
    assert "Mine" not in run().stdout


@pytest.mark.usefixtures("journal")
def test_as_files_that_only_their_owner_reads(run: Run, tmp_path: Path) -> None:
    for name in ("a.txt", "a.html"):
        run("-o", str(tmp_path / name), "--name", "A. <b>B</b>")
        assert (tmp_path / name).stat().st_mode & 0o777 == 0o600
    text = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert "A. &lt;b&gt;B&lt;/b&gt;" in text
    for hidden in ("soft", "nobody", "rainy", "raving"):
        assert hidden not in text
    assert "--force" in run("-o", str(tmp_path / "a.html"), status=2).stderr
    run("-o", str(tmp_path / "a.html"), "--force")


def test_a_long_journal_is_not_held_in_memory(run: Run, journal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "RACY_NS", -1)  # as if all had been written long ago, and not to be read anew
    for path in journal.rglob("*.json"):
        path.write_bytes(encode(read(path).record | {"answers": {"page": "word " * 400_000}}))
    run("--since", "all")  # the table of records is made
    tracemalloc.start()
    try:
        run("--since", "all")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 12e6  # a record of 2 MB is held a few times while it is read; all twelve are 24 MB


@pytest.mark.skipif(not (plots.available() and printed.available()), reason="the extra `report` is not installed")
@pytest.mark.usefixtures("journal")
def test_as_a_pdf(run: Run, tmp_path: Path) -> None:
    run("-o", str(tmp_path / "a.pdf"))
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.usefixtures("journal")
def test_without_the_extra_the_page_has_its_tables_and_a_pdf_is_told(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plots, "available", lambda: False)
    assert "mindful-sessions[report]" in run("-o", str(tmp_path / "a.html")).stderr
    assert "<svg" not in (tmp_path / "a.html").read_text(encoding="utf-8")
    assert "mindful-sessions[report]" in run("-o", str(tmp_path / "a.pdf"), status=2).stderr
    assert not (tmp_path / "a.pdf").exists()


@pytest.mark.usefixtures("journal")
def test_days_before_the_first_record_are_not_counted_as_days_without(run: Run, data: Path) -> None:
    """Who began twelve days ago reads nothing of the eleven weeks before; a day that is named counts as it is named."""
    assert re.search(r" 12 of 13\n", run().stdout)
    assert "12 of 31" in run("--since", "30 d").stdout
    put(data / "journal", record(datetime.now().astimezone() - timedelta(days=200), "settle"))
    assert "12 of 91" in run().stdout


def test_without_drawings_no_table_says_that_it_is_the_same(
    run: Run, journal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mindful.render.report.plots.available", lambda: False)
    run("-o", str(tmp_path / "a.html"))
    page = (tmp_path / "a.html").read_text()
    assert "<svg" not in page and "The same as a table" not in page and page.count("<table>") >= 3


def test_a_stretch_and_an_empty_journal(run: Run, tmp_path: Path) -> None:
    assert "0 of 7" in run("--since", "6 d").stdout
    assert "0 of 1" in run("--since", "all").stdout
    assert "There is no folder" in run("-o", str(tmp_path / "no" / "a.html"), status=2).stderr
    assert ".html, .pdf, .txt" in run("-o", "a.doc", status=2).stderr
