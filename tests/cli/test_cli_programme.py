"""`mindful programme` as a client uses it: start, today, done, pause, go, reminders, stop."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mindful.cli import notifying, programme_kept, say
from mindful.cli import play as playing
from mindful.cli import programme as command
from mindful.cli.main import COMMANDS, cli
from mindful.journal.recorder import Recorder

MONDAY = date(2026, 11, 30)
TEXT = """programme: 1
id: two
title: {en: Two weeks, de: Zwei Wochen}
about: Leave out what does not suit you.
cautions: [trauma]
arms:
  body: {title: By the body}
  sounds: {title: By sounds, cautions: [ear]}
stages:
  - id: first
    title: Arriving
    for: 1 week
    practices:
      - {id: daily, session: body-scan-5, arm: body, often: 5 a week, at: evening, or: [belly-boat]}
      - {id: daily, session: sounds, arm: sounds, often: 5 a week, at: evening}
      - {id: walk, do: A walk, often: 2 a week, at: "07:30", note: "Any walk\\u001b[31m counts."}
  - title: Longer
    for: 1 week
    opens: {daily: 3}
    practices:
      - {session: own.yaml, often: daily, set: {minutes: 3}, fit: 2 min}
      - {session: rain, often: any time}
""".replace("\\u001b[31m", "")
OWN = """mindful: 1
title: My own
variables: {minutes: {default: 2, min: 1, max: 5}}
fit: {min: 1 min, max: 5 min}
steps:
  - sit: {for: "{minutes} min"}
"""
Run = Callable[..., Result]


@pytest.fixture
def day(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """The day that it is, by its number; 0 is a Monday."""

    def be(number: int) -> None:
        monkeypatch.setattr(programme_kept, "today_now", lambda: MONDAY + timedelta(number))

    be(0)
    return be


@pytest.fixture
def run(day: Callable[[int], None], tmp_path: Path) -> Run:
    (tmp_path / "p.yaml").write_text(TEXT, encoding="utf-8")
    (tmp_path / "own.yaml").write_text(OWN, encoding="utf-8")

    def invoke(*words: str, status: int = 0, **more: object) -> Result:
        result = CliRunner().invoke(
            command.programme,
            [w.replace("P.YAML", str(tmp_path / "p.yaml")) for w in words],
            standalone_mode=False,
            **more,
        )  # type: ignore[arg-type]
        given = result.return_value if isinstance(result.return_value, int) else result.exit_code
        assert given == status, result.output
        return result

    return invoke


def keep(data: Path, number: int, session: str, hour: int = 9) -> None:
    at = datetime(2026, 11, 30, hour).astimezone() + timedelta(days=number)
    head = {"session": {"id": session, "title": session}, "planned_ms": 300_000, "clock": "audio"}
    Recorder.open(data / "journal", head, now=lambda: at, token=f"{number:03x}{hour:03x}").close(
        "completed", "end", t_ms=300_000, elapsed_ms=300_000, paused_ms=0
    )


def test_it_is_among_the_commands_and_says_what_there_is(run: Run) -> None:
    assert "programme" in COMMANDS
    assert "today" in run("--help").output
    assert "No programme is running" in run().stderr
    assert "mindful programme show NAME" in run("list").stderr


def test_today_without_a_programme_says_nothing_and_leaves_no_trace(run: Run, data: Path) -> None:
    assert run("today").output == ""
    assert json.loads(run("today", "--json").stdout) == {"mindful_today": 1, "programme": None}
    assert not data.exists()


def test_what_it_is_made_of_is_shown_before_it_is_started(run: Run) -> None:
    said = run("show", "P.YAML").stdout
    assert "Two weeks" in said
    assert "By the body" in said and "By sounds" in said
    assert "Short body scan, 5 min, 5 times a week, in the evening (or The belly boat, 6 min)" in said
    assert "My own" in said
    assert "By sounds" not in run("show", "P.YAML", "--arm", "body").stdout
    assert len(json.loads(run("show", "P.YAML", "--json").stdout)["plans"]) == 2


def test_a_programme_of_a_pack_is_known_by_its_name(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: Path
) -> None:
    from mindful.handoff import library

    class Pack:
        def session_files(self) -> list[Path]:
            return [tmp_path / "p.yaml", tmp_path / "own.yaml"]

    (data / "packs").mkdir(parents=True)
    monkeypatch.setattr(library, "installed", lambda folder: [Pack()])
    assert "p  Two weeks" in run("list").stdout and "own" not in run("list").stdout
    run("start", "p", "--arm", "body")
    assert json.loads((data / "programme.json").read_text(encoding="utf-8"))["plan"]["source"] == str(
        tmp_path / "p.yaml"
    )


def test_long_lines_are_wrapped_for_a_terminal_and_stay_whole_elsewhere(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = "Short body scan, 5 min, 5 times a week, in the evening (or The belly boat, 6 min)"
    assert f"   - {long}\n" in run("show", "P.YAML").stdout
    monkeypatch.setattr(say, "columns", lambda: 40)
    said = run("show", "P.YAML").stdout
    assert max(map(len, said.splitlines())) < 40
    assert "   - Short body scan, 5 min, 5 times a\n     week, in the evening" in said


def test_starting_tells_whom_it_may_not_suit_and_wants_the_arm(run: Run, data: Path) -> None:
    told = run("start", "P.YAML", status=2).stderr
    assert "you may leave that part out" in told
    assert "--arm body" in told
    assert not (data / "programme.json").exists()
    said = run("start", "P.YAML", "--arm", "sounds")
    assert "If you have an ear infection" in said.stderr
    assert said.stdout == "Arriving, day 1: A walk, at 07:30; then Listening to sounds, 9 min, in the evening\n"
    assert "There is no such way" in run("start", "P.YAML", "--arm", "x", status=2).stderr


def test_another_one_is_started_only_when_asked_for(run: Run) -> None:
    run("start", "P.YAML", "--arm", "body")
    assert "--replace" in run("start", "P.YAML", "--arm", "sounds", status=2).stderr
    run("start", "P.YAML", "--arm", "sounds", "--replace")
    assert json.loads(run("list", "--json").stdout)["past"] == [
        {"id": "two", "since": "2026-11-30", "until": "2026-11-30"}
    ]
    assert "Running: Two weeks" in run("list").stdout


def test_two_weeks_as_a_client_lives_them(run: Run, data: Path, day: Callable[[int], None]) -> None:
    run("start", "P.YAML", "--arm", "body", "--rest", "sun")
    assert run("done", "walk").stdout == "Arriving, day 1: Short body scan, 5 min, in the evening\n"
    keep(data, 0, "belly-boat", 20)
    assert run("today").stdout == "Arriving, day 1: nothing more today.\n"
    day(6)
    assert run("today").stdout == "Arriving, day 7: a rest day.\n"
    day(8)
    keep(data, 1, "body-scan-5")
    page = run("show").stdout
    assert "Part 1 of 2. Arriving" in page
    assert "This part goes on until you have done:\n  Short body scan, 5 min, once more\n" in page
    assert "Since 2026-11-30: 2 days with practice." in page
    assert run("go", "next").stdout == "Longer, day 1: My own, 2 min\n"
    day(9)
    keep(data, 9, "own")
    assert run("today").stdout == "Longer, day 2: nothing more today.\n"
    run("pause")
    day(30)
    assert run("today").stdout == "Two weeks stands still. mindful programme resume goes on.\n"
    assert run("resume").stdout == "Longer, day 2: My own, 2 min\n"
    day(50)
    line = run("today").stdout
    assert line == "Good to see you. Where you left it: Longer, day 2: My own, 2 min\n"
    assert "missed" not in line and "overdue" not in line
    assert "stays in your journal" in run("stop", "--yes").stderr
    assert run("today").output == ""


def test_the_end_is_said(run: Run, data: Path, day: Callable[[int], None]) -> None:
    run("start", "P.YAML", "--arm", "body")
    for n in range(15):
        keep(data, n, "body-scan-5" if n < 7 else "own")
    day(14)
    assert run("today").stdout == "Two weeks: you have come to its end. What you did stays yours.\n"


def test_names_that_mean_nothing_are_told(run: Run) -> None:
    assert "Did you mean" not in run("start", "none.yaml", status=2).stderr
    run("start", "P.YAML", "--arm", "body")
    assert "Did you mean walk?" in run("done", "wlak", status=2).stderr
    assert "1 Arriving, 2 Longer" in run("go", "nowhere", status=2).stderr
    assert "no part in that direction" in run("go", "back", status=2).stderr
    assert "is no day" in run("start", "P.YAML", "--arm", "body", "--replace", "--rest", "someday", status=2).stderr
    assert "--undo" in run("done", "--help").output
    run("done")
    assert "At 07" not in run("done", "--undo", "walk").stdout


def test_problems_of_a_file_are_shown_and_it_is_not_started(run: Run, tmp_path: Path, data: Path) -> None:
    (tmp_path / "p.yaml").write_text(TEXT.replace("rain", "rian"), encoding="utf-8")
    assert "MF145" in run("start", "P.YAML", "--arm", "body", status=1).stderr
    assert not data.exists()


def test_a_changed_file_is_followed_and_what_was_done_stays(run: Run, tmp_path: Path, data: Path) -> None:
    run("start", "P.YAML", "--arm", "body")
    keep(data, 0, "body-scan-5")
    (tmp_path / "p.yaml").write_text(TEXT.replace("A walk", "Two walks"), encoding="utf-8")
    assert run("today").stdout == "Arriving, day 1: Two walks, at 07:30\n"
    (tmp_path / "p.yaml").write_text("programme: 1\n", encoding="utf-8")
    assert run("today").stdout == "Arriving, day 1: Two walks, at 07:30\n"
    (tmp_path / "p.yaml").unlink()
    assert run("today").stdout == "Arriving, day 1: Two walks, at 07:30\n"


def test_play_begins_what_is_next_with_its_settings(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    seen: list[dict[str, object]] = []
    monkeypatch.setattr(playing.play, "callback", lambda **given: seen.append(given) or 0)
    run("start", "P.YAML", "--arm", "body")
    run("play", "--plain", "--begin")
    assert (seen[-1]["session"], seen[-1]["plain"], seen[-1]["begin"]) == ("body-scan-5", True, True)
    run("play", "--instead", "1")
    assert seen[-1]["session"] == "belly-boat"
    assert "mindful programme done walk" in run("play", "walk").stderr
    run("go", "2")
    run("play")
    assert (seen[-1]["session"], seen[-1]["given"], seen[-1]["fit"]) == (
        str(tmp_path / "own.yaml"),
        ("minutes=3",),
        "2 min",
    )
    run("play", "rain")
    assert seen[-1]["session"] == "rain"
    assert "nothing" in run("play", "box", status=2).stderr.lower()


def test_reminders_are_floating_private_and_the_same_each_time(run: Run, tmp_path: Path) -> None:
    from icalendar import Calendar

    run("start", "P.YAML", "--arm", "body")
    file = tmp_path / "x.ics"
    assert "reminders" in run("reminders", "-o", str(file)).stderr
    assert "--force" in run("reminders", "-o", str(file), status=2).stderr
    events = Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    assert file.stat().st_mode & 0o777 == 0o600
    assert len({e["UID"] for e in events}) == len(events) == 5 + 2 + 7
    walk = next(e for e in events if e["SUMMARY"] == "A walk")
    assert walk["DTSTART"].dt == datetime(2026, 11, 30, 7, 30)
    assert walk["DTSTART"].dt.tzinfo is None
    assert {e["CLASS"] for e in events} == {"PRIVATE"}
    assert {e["TRANSP"] for e in events} == {"TRANSPARENT"}
    assert all(e.walk("VALARM") for e in events)
    run("reminders", "-o", str(file), "--force", "--days", "1", "--at", "evening")
    again = Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    assert {e["UID"] for e in again} <= {e["UID"] for e in events}
    assert "no time of the day" in run("reminders", "-o", str(tmp_path / "y.ics"), "--at", "soon", status=2).stderr
    run("pause")
    assert "stands still" in run("reminders", "-o", str(tmp_path / "y.ics"), status=2).stderr


def test_a_desktop_that_takes_nothing_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run("start", "P.YAML", "--arm", "body")
    sent: list[tuple[str, str]] = []
    monkeypatch.setattr(notifying, "notify", lambda title, line: sent.append((title, line)) or "")
    run("today", "--notify")
    assert sent == [("Two weeks", "Arriving, day 1: A walk, at 07:30; then Short body scan, 5 min, in the evening")]
    monkeypatch.setattr(notifying, "notify", lambda title, line: "No desktop.")
    assert "No desktop." in run("today", "--notify", status=4).stderr


def test_the_library_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "desktop_notifier", None)
    assert "mindful-sessions[notify]" in notifying.notify("a", "b")


def test_today_imports_neither_models_nor_screen(run: Run, data: Path) -> None:
    run("start", "P.YAML", "--arm", "body")
    code = (
        "import sys\nfrom mindful.cli.main import run\nassert run(['programme', 'today']) == 0\n"
        "print([m for m in ('textual', 'rich', 'numpy', 'pydantic', 'yaml', 'icalendar') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_words_are_those_of_the_clients_language(run: Run, tmp_path: Path, data: Path) -> None:
    run("start", "P.YAML", "--arm", "body")
    code = "import sys\nfrom mindful.cli.main import main\nmain(['--language', 'de', 'programme', 'show'])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "Zwei Wochen" in done.stdout


def test_check_and_schema_know_programmes(tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text(TEXT.replace("rain", "rian"), encoding="utf-8")
    (tmp_path / "own.yaml").write_text(OWN, encoding="utf-8")
    result = CliRunner().invoke(cli, ["check", str(tmp_path / "p.yaml")])
    assert "MF145" in result.output
    assert "did you mean `rain`?" in result.output
    assert '"title": "Programme"' in CliRunner().invoke(cli, ["schema", "--programme"]).output
    played = CliRunner().invoke(cli, ["play", str(tmp_path / "p.yaml"), "--plain"])
    assert "this is a programme" in played.output


def test_a_programme_to_begin_from_has_no_problems(run: Run, tmp_path: Path) -> None:
    from mindful.script.programme.load import load

    path = tmp_path / "new.yaml"
    assert "mindful check" in run("new", str(path)).stderr
    loaded = load(path, clinical=True)
    assert loaded.problems == () and loaded.programme is not None
    assert "--force" in run("new", str(path), status=2).stderr
    run("new", str(path), "--force")


def test_a_file_of_a_newer_mindful_is_told(run: Run, data: Path) -> None:
    data.mkdir()
    (data / "programme.json").write_text('{"mindful_programme": 9}', encoding="utf-8")
    assert "a newer mindful wrote it" in run("today", status=4).stderr
