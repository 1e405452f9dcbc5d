"""`mindful journal` as a person and as a script use it."""

from __future__ import annotations

import errno
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner, Result

from mindful.cli import journal as command
from mindful.cli.journal_text import clock, spell, table, width
from mindful.cli.stats import stats
from mindful.journal.recorder import Recorder
from mindful.journal.saving import encode
from mindful.journal.store import Entry, look, read
from tests.killed import killed

Run = Callable[..., Result]
Keep = Callable[..., Path]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MINDFUL_HOME", str(tmp_path / "m"))
    return tmp_path / "m"


@pytest.fixture
def run(home: Path) -> Run:
    def invoke(*words: str, **more: Any) -> Result:
        result = CliRunner().invoke(command.journal, list(words), **more)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return invoke


@pytest.fixture
def keep(home: Path) -> Keep:
    """A closed record; what is named replaces a part of it."""

    def put(at: str = "2026-11-22T07:30:00+01:00", token: str = "a1b2c3", **parts: Any) -> Path:
        head = {"session": {"id": "box", "title": "Box breathing"}, "planned_ms": 300_000, "clock": "audio"}
        recorder = Recorder.open(home / "journal", head, now=lambda: datetime.fromisoformat(at), token=token)
        path = recorder.close("completed", "end", t_ms=300_004, elapsed_ms=300_004, paused_ms=0)
        path.write_bytes(encode(read(path).record | parts))
        return path

    return put


def test_an_empty_journal_is_no_failure_and_leaves_no_trace(run: Run, home: Path) -> None:
    for words in ([], ["list"], ["recover"], ["where"], ["--help"], ["show", "--help"]):
        result = run(*words)
        assert result.exit_code == 0, words
    assert run("list").stdout == ""
    assert run("list").stderr == "Your journal is empty so far.\n"
    assert json.loads(run("list", "--json").stdout) == {"mindful_journal": 1, "records": []}
    assert not home.exists()


def test_the_list_is_for_people(run: Run, keep: Keep) -> None:
    keep()
    keep("2026-11-23T21:05:00+01:00", "b1b2c3", status="stopped", elapsed_ms=200_000, note="Tired.")
    keep("2026-11-24T06:00:00+01:00", "c1b2c3", status="interrupted", elapsed_ms=900, simulated=True)
    result = run("list")
    assert result.exit_code == 0
    assert result.stderr == ""
    assert result.stdout.splitlines() == [
        "   when              what           how long",
        "1  2026-11-24 06:00  Box breathing  1 s         cut short, made up",
        "2  2026-11-23 21:05  Box breathing  3 min 20 s  ended early, note",
        "3  2026-11-22 07:30  Box breathing  5 min       completed",
    ]
    assert run().stdout == result.stdout, "without a command it lists"


def test_nothing_in_the_words_blames(run: Run, keep: Keep) -> None:
    keep(status="stopped", reason="client", elapsed_ms=20_000)
    said = (run("list").output + run("show").output).lower()
    assert not re.search(r"fail|abort|quit|only|missed|incomplete|error", said)


def test_the_list_for_scripts_tells_no_answers(run: Run, keep: Keep) -> None:
    path = keep(answers={"why": "secret"}, note="also secret")
    out = run("list", "--json").stdout
    assert "secret" not in out
    (row,) = json.loads(out)["records"]
    assert (row["number"], row["status"], row["has_note"], row["path"]) == (1, "completed", True, str(path))


def test_the_list_ends_where_a_page_ends(run: Run, keep: Keep) -> None:
    for day in range(1, 26):
        keep(f"2026-10-{day:02}T08:00:00+00:00", f"{day:06x}")
    short = run("list")
    assert len(short.stdout.splitlines()) == 21
    assert short.stderr == "There are earlier ones; --limit 0 shows all.\n"
    assert run("list", "--limit", "25").stderr == ""
    assert len(run("list", "--limit", "0").stdout.splitlines()) == 26
    assert len(run("list", "--limit", "3").stdout.splitlines()) == 4
    assert len(json.loads(run("list", "--json").stdout)["records"]) == 25
    assert len(json.loads(run("list", "--json", "--limit", "2").stdout)["records"]) == 2


def test_a_list_for_scripts_is_the_json_of_its_rows_whatever_is_chosen(run: Run, keep: Keep) -> None:
    for day in range(1, 6):
        keep(f"2026-10-{day:02}T08:00:00+00:00", f"{day:06x}", simulated=day == 3)
    for words in ([], ["--limit", "2"], ["--since", "2026-10-03"], ["--session", "none"]):
        out = run("list", "--json", *words).stdout
        assert out == json.dumps(json.loads(out), indent=2) + "\n"
    numbers = [r["number"] for r in json.loads(run("list", "--json", "--since", "2026-10-03").stdout)["records"]]
    assert numbers == [1, 2, 3]
    found = json.loads(run("search", "box", "--json", "--limit", "2").stdout)["records"]
    assert [r["id"][-6:] for r in found] == ["000005", "000004"]


def test_filters(run: Run, keep: Keep) -> None:
    today = datetime.now().astimezone()
    today -= timedelta(hours=4 * (today.hour < 4))  # of the day that the journal says it is
    keep((today - timedelta(days=20)).isoformat(), "aaaaaa")
    keep((today - timedelta(days=3)).isoformat(), "bbbbbb", session={"id": "settle", "title": "Settle"})
    keep(today.isoformat(), "cccccc")

    def numbers(*words: str) -> list[int]:
        return [r["number"] for r in json.loads(run("list", "--json", *words).stdout)["records"]]

    assert numbers("--since", "today") == [1]
    assert numbers("--since", "7 d") == numbers("--since", "1w") == numbers("--since", "4 days") == [1, 2]
    assert numbers("--since", f"{today - timedelta(days=20):%Y-%m-%d}") == [1, 2, 3]
    assert numbers("--session", "box") == [1, 3]
    assert numbers("--until", f"{today - timedelta(days=3):%Y-%m-%d}") == [2, 3]
    assert numbers("--since", "4 d", "--until", "1 d") == [2]
    assert run("list", "--session", "none").stderr == "No records here.\n"


ZONES = {
    # zone: days that lie around its changes of the clock
    "Europe/Vienna": (date(2026, 3, 28), date(2026, 10, 24)),
    "America/New_York": (date(2026, 3, 7), date(2026, 10, 31)),
    "Australia/Lord_Howe": (date(2026, 10, 3), date(2026, 4, 4)),  # half an hour only
    "Asia/Kolkata": (date(2026, 3, 28), date(2026, 10, 24)),  # never; the same must hold
}


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="needs zones that a program can change")
@pytest.mark.parametrize("zone", ZONES)
def test_a_day_begins_at_four_for_every_command_also_when_clocks_change(
    run: Run, keep: Keep, home: Path, zone: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Around each change four sessions a day, by the wall clock of the place; list, search, export, forget, stats and
    report count each to its own day, also on a computer that is elsewhere."""
    place, kept = ZoneInfo(zone), {}
    for first in ZONES[zone]:
        for n in range(4):
            for hour, minute, next_ in ((4, 0, 0), (23, 59, 0), (0, 30, 1), (3, 59, 1)):
                day = first + timedelta(days=n)
                wall = datetime(day.year, day.month, day.day, hour, minute) + timedelta(days=next_)
                token = f"{len(kept) + 1:06x}"
                keep(wall.replace(tzinfo=place).isoformat(), token)
                kept[token] = day

    def told(*words: str) -> set[str]:
        return {r["id"][-6:] for r in json.loads(run(*words, "--json").stdout)["records"]}

    for elsewhere in (zone, "Pacific/Kiritimati"):
        monkeypatch.setenv("TZ", elsewhere)
        time.tzset()
        for first in ZONES[zone]:
            for n in range(4):
                one = first + timedelta(days=n)
                meant = {token for token, day in kept.items() if day == one}
                days = ("--since", f"{one}", "--until", f"{one}")
                assert told("list", *days) == told("search", "box", *days) == meant and len(meant) == 4, (
                    one,
                    elsewhere,
                )
                lines = run("export", "--format", "jsonl", *days).stdout.splitlines()
                assert {json.loads(line)["id"][-6:] for line in lines} == meant
                out = json.loads(run("forget", *days, "--dry-run", "--json").stdout)
                assert {each[-6:] for each in out["records"]} == meant
                found = look(home / "journal", since=one).entries
                assert {e.id[-6:] for e in found} == {token for token, day in kept.items() if day >= one}
                figures = json.loads(CliRunner().invoke(stats, [*days, "--json"]).stdout)
                assert (figures["sessions"], figures["days"]) == (4, 1), figures
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(("hour", "found"), [(3, [2]), (4, [1])])
def test_today_is_yesterday_until_four(
    run: Run, keep: Keep, monkeypatch: pytest.MonkeyPatch, hour: int, found: list[int]
) -> None:
    class Clock(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]
            return datetime(2026, 11, 22, hour, 59 * (hour == 3)).astimezone(tz)

    monkeypatch.setattr("mindful.cli.since.datetime", Clock)
    keep(datetime(2026, 11, 22, 4, 30).astimezone().isoformat(), "bbbbbb")
    keep(datetime(2026, 11, 21, 23, 0).astimezone().isoformat(), "aaaaaa")
    rows = json.loads(run("list", "--json", "--since", "today", "--until", "today").stdout)["records"]
    assert [r["number"] for r in rows] == found


@pytest.mark.parametrize("words", ["yesterdayish", "22.11.2026", "999999 w", "-3 d", "2026-13-01"])
def test_a_day_that_is_none_is_wrong_usage(run: Run, words: str) -> None:
    result = run("list", "--since", words)
    assert result.exit_code == 2
    assert "2026-11-22, today, or 14 d" in result.stderr


def test_a_record_is_a_page_to_read(run: Run, keep: Keep) -> None:
    path = keep(
        status="stopped",
        reason="client",
        elapsed_ms=200_000,
        paused_ms=62_000,
        variables={"minutes": 5},
        answers={
            "before": 60,
            "what helps": ["tea", "rain"],
            "more": "one\ntwo",
            "ok": True,
            "after": None,
            "m": {"a": 1},
        },
        private=["more"],
        note="Better.\nReally.",
        steps=[
            {"step": "steps[0].rate", "kind": "rate", "status": "done", "start_ms": 0, "end_ms": 6_200, "data": {}},
            {"step": "s", "kind": "breathe", "status": "left", "start_ms": 6_200, "end_ms": 262_000, "data": {}},
            {
                "step": "s",
                "kind": "sit",
                "status": "interrupted",
                "start_ms": 3_661_000,
                "end_ms": 3_661_000,
                "data": {},
            },
        ],
        timing={"cues": 120, "late_ms": {"p50": 0.4, "p95": 1.1, "max": 2.0}, "clock": "audio"},
        audio={"sink": "miniaudio", "rate": 48000, "underruns": 2},
    )
    result = run("show")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "Box breathing",
        "Sunday 2026-11-22, 07:30 to 07:35",
        "You ended it after 3 min 20 s of 5 min; paused for 1 min 2 s.",
        "",
        "Your note",
        "  Better.",
        "  Really.",
        "",
        "Your answers",
        "  before      60",
        "  what helps  tea, rain",
        "  more        one  (private)",
        "              two",
        "  ok          yes",
        "  after       left open",
        "  m           a: 1",
        "",
        "Chosen before",
        "  minutes  5",
        "",
        "Steps",
        "     0:00  rate              6 s",
        "     0:06  breathe           4 min 16 s    in part",
        "  1:01:01  sit               0 s           cut short",
        "",
        "Sound and timing",
        "  Sound by miniaudio.",
        "  120 cues: 95 of 100 came within 1.1 ms of their time, all within 2.0 ms.",
        "  The sound had 2 short gaps.",
        "",
        "File",
        f"  {path}",
    ]


@pytest.mark.parametrize(
    ("parts", "line"),
    [
        ({}, "Completed, 5 min."),
        ({"status": "interrupted", "reason": "SIGHUP"}, "It was cut short after 5 min (SIGHUP)."),
        (
            {"status": "interrupted", "reason": "program gone", "elapsed_ms": 60_000},
            "It was cut short after 1 min of 5 min; the program was gone before the session ended.",
        ),
        ({"status": "stopped", "planned_ms": None}, "You ended it after 5 min."),
    ],
)
def test_how_it_ended_in_words(run: Run, keep: Keep, parts: dict[str, Any], line: str) -> None:
    keep(**parts)
    assert run("show").stdout.splitlines()[2] == line


def test_a_trial_run_says_so(run: Run, keep: Keep) -> None:
    keep(simulated=True)
    assert "made-up client" in run("show").stdout
    assert "Without sound." in run("show").stdout


def test_show_json_is_the_file(run: Run, keep: Keep) -> None:
    path = keep(note="schön")
    assert json.loads(run("show", "1", "--json").stdout) == json.loads(path.read_bytes())
    assert json.loads(run("show", str(path), "--json").stdout)["note"] == "schön"


def test_nothing_in_a_record_drives_the_terminal(run: Run, keep: Keep) -> None:
    evil = "a\x1b]0;owned\x07\x9b2J\u202egnp\nx\r\x00"
    path = keep(
        note=evil,
        session={"id": "box", "title": evil},
        status="interrupted",
        reason=evil,
        answers={evil: evil, "b": [evil]},
        private=[evil],
        variables={evil: evil},
        audio={"sink": evil, "rate": 1},
        steps=[{"step": evil, "kind": evil, "status": evil, "start_ms": 0, "end_ms": 0, "data": {}}],
        timing={"cues": evil, "late_ms": {"p95": evil, "max": 5}, "clock": evil},
    )
    outputs = [run(*w) for w in (["list"], ["list", "--json"], ["show"], ["show", "--json"], ["note", "1", evil])]
    for result in [*outputs, run("show", evil), run("list", "--session", evil)]:
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", result.output)
    assert not re.search(rb"[\x00-\x08\x0b-\x1f\x7f]", path.read_bytes()), "nor does the file, printed as it is"


def test_a_note_is_written_where_it_belongs(run: Run, keep: Keep) -> None:
    path = keep()
    result = run("note", "1", "Calmer.")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "Noted, with Box breathing, 2026-11-22 07:30.\n"
    run("note", "a1b2c3", "-", input="From a pipe.\n")
    assert read(path).record["note"] == "Calmer.\nFrom a pipe."
    run("note", "1", "Anew.", "--replace")
    assert read(path).record["note"] == "Anew."
    assert run("note", "1", " ").stderr == "Nothing was written.\n"
    assert read(path).record["note"] == "Anew."
    run("note", "1", "", "--replace")
    assert read(path).record["note"] == ""


def test_without_a_terminal_nothing_waits_for_a_note(run: Run, keep: Keep) -> None:
    keep()
    result = run("note", "1", input="ignored")
    assert result.exit_code == 2
    assert "or - to read it" in result.stderr


def test_at_a_terminal_it_asks(run: Run, keep: Keep, monkeypatch: pytest.MonkeyPatch) -> None:
    path = keep()
    monkeypatch.setattr(command.click, "prompt", lambda *a, **k: "said quietly")

    class Terminal:
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(command.sys, "stdin", Terminal())
    with pytest.raises(SystemExit) as ended:
        command.note.main(["1"])
    assert ended.value.code == 0
    assert read(path).record["note"] == "said quietly"


def test_a_record_that_is_not_there_is_wrong_usage(run: Run, keep: Keep) -> None:
    assert run("show").exit_code == 2
    assert run("show").stderr == "Your journal is empty so far.\n"
    keep()
    result = run("show", "7")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "There is no record 7." in result.stderr


def test_words_that_mean_several_say_which(run: Run, keep: Keep) -> None:
    keep("2026-11-22T07:30:00+01:00", "abc111", session={"id": "box", "title": "Morning box"})
    keep("2026-11-23T07:30:00+01:00", "abc222", session={"id": "box", "title": "Other box"})
    result = run("note", "abc", "x")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "abc could mean 2 records:" in result.stderr
    assert "Morning box" in result.stderr
    assert "Other box" in result.stderr


def test_damage_is_told_and_the_rest_is_listed(run: Run, keep: Keep, home: Path) -> None:
    keep()
    bad = keep("2026-11-23T07:30:00+01:00", "bbbbbb")
    bad.write_bytes(b"{")
    result = run("list")
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 2
    assert f"put aside: {home / 'journal' / 'damaged' / bad.name}: it is not complete JSON." in result.stderr
    assert run("list").exit_code == 0
    newer = keep("2026-11-24T07:30:00+01:00", "cccccc", mindful_record=9)
    result = run("list")
    assert result.exit_code == 1
    assert "left where it is" in result.stderr
    assert newer.exists()


def test_a_damaged_file_by_its_path_is_a_problem(run: Run, home: Path, tmp_path: Path) -> None:
    bad = tmp_path / "handed over.json"
    bad.write_text("{}")
    result = run("show", str(bad))
    assert (result.exit_code, result.stdout) == (1, "")
    assert "cannot be read: it does not say which version" in result.stderr


def left(home: Path, token: str = "dddddd") -> Path:
    """A running file whose program is gone."""
    recorder = Recorder.open(
        home / "journal",
        {"session": {"id": "box", "title": "Box"}},
        now=lambda: datetime(2026, 11, 22, tzinfo=UTC),
        token=token,
    )
    return killed(recorder)


def test_recover_prints_what_it_kept(run: Run, home: Path) -> None:
    path = left(home).with_suffix(".json")
    result = run("recover")
    assert (result.exit_code, result.stdout) == (0, f"{path}\n")
    assert result.stderr == "One session that was cut short is now kept.\n"
    assert run("recover").stderr == "Nothing to recover.\n"


def test_the_list_recovers_by_itself(run: Run, home: Path) -> None:
    left(home)
    left(home, "eeeeee")
    result = run("list")
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == 3
    assert result.stderr == "2 sessions that were cut short are now kept.\n"


def test_recover_tells_what_it_could_not_read(run: Run, home: Path) -> None:
    path = left(home)
    path.write_bytes(b"\x00\x00")
    result = run("recover")
    assert (result.exit_code, result.stdout) == (1, "")
    assert str(home / "journal" / "damaged" / path.name) in result.stderr


def test_a_disk_that_refuses_is_a_failure(run: Run, keep: Keep, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep()
    path = left(home)

    def full(fd: int, data: bytes) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))

    monkeypatch.setattr(os, "write", full)
    recovered = run("recover")
    assert recovered.exit_code == 4
    assert "No space left on device" in recovered.stderr
    noted = run("note", "1", "x")
    assert noted.exit_code == 4
    assert "The journal cannot be used just now: No space left on device" in noted.stderr


def test_where_it_is(run: Run, keep: Keep, home: Path) -> None:
    result = run("where")
    assert result.stdout == f"{home / 'journal'}\n"
    assert "not there yet" in result.stderr
    keep()
    assert run("where").stderr == ""


def test_a_terminal_without_the_letters_is_no_error(keep: Keep, home: Path) -> None:
    keep(session={"id": "box", "title": "Schön 平静"}, note="…")
    code = "from mindful.cli.journal import journal; journal(['list'])"
    environ = os.environ | {"PYTHONIOENCODING": "ascii", "MINDFUL_HOME": str(home)}
    done = subprocess.run([sys.executable, "-c", code], env=environ, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert b"Sch?n ??" in done.stdout


def test_rows_fit_a_terminal(home: Path, keep: Keep) -> None:
    keep(session={"id": "box", "title": "A very long title about breathing"})
    keep("2026-11-23T07:30:00+01:00", "bbbbbb", session={"id": "box", "title": "静かな呼吸の時間" * 4})
    entries: list[Entry] = look(home / "journal").entries
    for columns in (80, 72, 60):
        rows = table(entries, columns).splitlines()
        assert max(map(width, rows)) <= columns
        assert all(row.endswith("completed") for row in rows[1:])
    assert "…" in table(entries, 60)
    assert "about breathing" in table(entries, None)


def test_at_a_terminal_long_titles_are_shortened(keep: Keep, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(session={"id": "box", "title": "t" * 200})
    monkeypatch.setattr(command.shutil, "get_terminal_size", lambda: os.terminal_size((50, 20)))
    assert "t" * 200 in run("list").stdout, "a pipe gets all of it"
    monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda self: True, raising=False)
    assert "…" in run("list").stdout


@pytest.mark.parametrize(
    ("ms", "words"),
    [(0, "0 s"), (400, "0 s"), (600, "1 s"), (59_600, "1 min"), (200_000, "3 min 20 s"), (3_900_000, "1 h 5 min")],
)
def test_lengths_in_words(ms: int, words: str) -> None:
    assert spell(ms) == words


def test_moments() -> None:
    assert [clock(ms) for ms in (0, 61_999, 3_661_000)] == ["0:00", "1:01", "1:01:01"]


def test_a_time_is_shown_as_it_was_there(run: Run, keep: Keep) -> None:
    keep(datetime(2026, 11, 22, 23, 58, tzinfo=timezone(timedelta(hours=9))).isoformat())
    assert run("show").stdout.splitlines()[1] == "Sunday 2026-11-22, 23:58 to 00:03"
