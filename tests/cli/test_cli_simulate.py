"""`mindful simulate` from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mindful.cli import exits
from mindful.cli.main import run

Said = pytest.CaptureFixture[str]


def test_all_clients_and_the_status_is_zero(capsys: Said) -> None:
    assert run(["simulate", "arriving"]) == exits.DONE
    said = capsys.readouterr().out
    heads = [line.split()[0] for line in said.splitlines()[1:6]]
    assert heads == ["calm", "distressed", "stops", "silent", "random"]
    assert "Never reached by any of them" in said or "Every one of the" in said


@pytest.mark.parametrize("name", ["calm", "distressed", "stops", "silent", "random"])
def test_each_made_up_client_ends_with_zero(name: str, capsys: Said) -> None:
    assert run(["simulate", "settle", "--client", name, "--seed", "3"]) == exits.DONE
    assert len(capsys.readouterr().out.splitlines()) >= 4


def test_json(tiny: Path, capsys: Said) -> None:
    assert run(["simulate", str(tiny), "--json", "--client", "calm"]) == exits.DONE
    data = json.loads(capsys.readouterr().out)
    assert data["mindful_simulation"] == 1 and data["clients"][0]["elapsed_ms"] == 1000
    assert data["clients"][0]["record"]["simulated"] is True and data["never_reached"] == []


def test_nothing_is_written_unless_it_was_asked_for(tiny: Path, data: Path, tmp_path: Path, capsys: Said) -> None:
    run(["simulate", str(tiny)])
    assert not data.exists()
    assert run(["simulate", str(tiny), "--journal", str(tmp_path / "kept")]) == exits.DONE
    assert "5, marked as simulated" in capsys.readouterr().err
    found = list((tmp_path / "kept").rglob("*.json"))
    assert len(found) == 5 and all(json.loads(p.read_text())["simulated"] is True for p in found)
    assert not data.exists()


def test_records_that_cannot_be_kept(tiny: Path, tmp_path: Path, capsys: Said) -> None:
    (tmp_path / "file").write_text("")
    assert run(["simulate", str(tiny), "--journal", str(tmp_path / "file" / "kept")]) == exits.FAILED
    assert "could not be written" in capsys.readouterr().err


def test_a_client_of_ones_own(tiny: Path, tmp_path: Path, capsys: Said) -> None:
    path = tmp_path / "nina.yaml"
    path.write_text("stops: 50 %\n")
    assert run(["simulate", str(tiny), "--client", str(path)]) == exits.DONE
    assert "nina      0:08.5  stopped at “Silence”" in capsys.readouterr().out
    path.write_text("stopps: 50 %\n")
    assert run(["simulate", str(tiny), "--client", str(path)]) == exits.PROBLEMS
    assert "Did you mean “stops”?" in capsys.readouterr().err


def test_nobody(tiny: Path, capsys: Said) -> None:
    assert run(["simulate", str(tiny), "--client", "nobody"]) == exits.USAGE
    assert "calm, distressed, stops, silent or random" in capsys.readouterr().err


def test_fit_and_set(tmp_path: Path, capsys: Said) -> None:
    path = tmp_path / "s.yaml"
    path.write_text("mindful: 1\ntitle: S\nvariables: {n: {default: 60}}\nfit: {min: 1 s, max: 1 h}\n"
                    'steps: [{pause: "{n} s"}]\n')  # fmt: skip
    run(["simulate", str(path), "--client", "calm", "--json", "--set", "n=30"])
    assert json.loads(capsys.readouterr().out)["clients"][0]["elapsed_ms"] == 30_000
    run(["simulate", str(path), "--client", "calm", "--json", "--fit", "7 min"])
    assert json.loads(capsys.readouterr().out)["clients"][0]["elapsed_ms"] == 420_000


def test_what_the_terminal_would_obey_is_refused_in_a_client(tiny: Path, tmp_path: Path, capsys: Said) -> None:
    own = tmp_path / "c.yaml"
    own.write_text('answers: {a: "\\x1b[31mred"}\n')
    assert run(["simulate", str(tiny), "--client", str(own)]) == exits.PROBLEMS
    said = capsys.readouterr()
    assert "invisible control character" in said.err and "\x1b" not in said.err + said.out


def test_a_script_with_problems(tmp_path: Path, capsys: Said) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text("mindful: 1\ntitle: Bad\nsteps: [{brethe: box}]\n")
    assert run(["simulate", str(path)]) == exits.PROBLEMS
    assert "bad.yaml:3" in capsys.readouterr().err
