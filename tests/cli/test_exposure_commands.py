"""`mindful ladder` and `mindful exposure`: what they change, what they show, and with which status they end."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mindful.author.clients import Client
from mindful.author.simulate import Given, simulate
from mindful.cli import exits, exposing
from mindful.cli.exposure import script_of
from mindful.cli.made import script as made
from mindful.cli.main import run
from mindful.journal import home
from mindful.script.ladder import Ladder, loads
from mindful.timeline.exposure.known import Known

LADDER = """\
# ours
mindful_ladder: 1
title: {en: Dogs, de: Hunde}
items:
  - {id: far, item: {en: A dog far off, de: Ein Hund weit weg}, suds: 30}
  - {id: near, item: A dog close by, suds: 60, mode: interoceptive, cautions: [injury]}
"""


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MINDFUL_HOME", str(tmp_path / "home"))
    return tmp_path


def test_a_ladder_is_begun_filled_ordered_and_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ladder", "new", "Bus 5", "--title", "The bus"]) == exits.DONE
    for args in (
        ["add", "bus-5", "One stop", "55"], ["add", "bus-5", "Look at it", "20"], ["move", "bus-5", "one stop", "1"],
        ["set", "bus-5", "2", "--suds", "25", "--text", "Look at a bus"], ["add", "bus-5", "To the end", "80", "--at", "1"],
        ["remove", "bus-5", "3"],
    ):  # fmt: skip
        assert run(["ladder", *args]) == exits.DONE, args
    capsys.readouterr()
    assert run(["ladder", "show", "bus-5"]) == exits.DONE
    assert capsys.readouterr().out == "The bus\n  1.  80  To the end\n  2.  55  One stop\n"
    path = home.ladders() / "bus-5.yaml"
    assert path.stat().st_mode & 0o777 == 0o600 and path.parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    ("args", "status"),
    [
        (["ladder", "show", "nowhere"], exits.USAGE),
        (["ladder", "add", "social", "x", "3"], exits.USAGE),
        (["ladder", "add", "{file}", "x", "300"], exits.USAGE),
        (["ladder", "move", "{file}", "nobody", "1"], exits.USAGE),
        (["ladder", "show", "{broken}"], exits.PROBLEMS),
        (["exposure", "next", "{broken}"], exits.PROBLEMS),
        (["exposure", "play", "{file}", "--item", "nobody"], exits.USAGE),
        (["ladder", "new", "{file}"], exits.USAGE),
    ],
)
def test_what_cannot_be_done_is_said_with_a_status(
    args: list[str], status: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "dogs.yaml").write_text(LADDER, encoding="utf-8")
    (tmp_path / "broken.yaml").write_text("mindful_ladder: 1\nitems: [{item: x, suds: 999}]\n", encoding="utf-8")
    names = {"{file}": str(tmp_path / "dogs.yaml"), "{broken}": str(tmp_path / "broken.yaml")}
    assert run([names.get(a, a) for a in args]) == status
    said = capsys.readouterr()
    assert said.err and "Traceback" not in said.err
    assert (tmp_path / "dogs.yaml").read_text(encoding="utf-8") == LADDER


def test_edit_without_a_terminal_says_where_the_file_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "dogs.yaml").write_text(LADDER, encoding="utf-8")
    assert run(["ladder", "edit", str(tmp_path / "dogs.yaml")]) == exits.DONE
    assert capsys.readouterr().out.strip() == str(tmp_path / "dogs.yaml")


def test_a_copy_of_a_ladder_of_the_program_is_ones_own(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ladder", "new", "mine", "--like", "social"]) == exits.DONE
    assert run(["ladder", "set", "mine", "1", "--suds", "5"]) == exits.DONE
    assert run(["ladder", "list"]) == exits.DONE
    assert "mine " in capsys.readouterr().out


def played(ended: int | None = None) -> None:
    """One exposure of a made-up client, in the journal."""
    ladder = loads(LADDER).ladder
    assert ladder is not None
    script = made(script_of(ladder, "far", 240_000, 60_000))
    answers: dict[str, Any] = {
        "exposure.before": {"expected": "It bites", "believed": 80, "safety": "A stick"},
        "exposure.suds": [40, 70, 60, 50, 40],
        "exposure.after": {"happened": "No", "believed": 20, "left_out": "All of them", "learned": "It sleeps"},
    }
    client = Client.model_validate({"name": "x", "answers": answers, "ends_exposure": ended})
    simulate(Given(script, known=Known("")), [client], home.journal())


def test_progress_shows_every_time_and_what_changed(capsys: pytest.CaptureFixture[str]) -> None:
    played()
    played(ended=2)
    capsys.readouterr()
    assert run(["exposure"]) == exits.DONE
    assert capsys.readouterr().out == "", "made-up clients are not counted"
    assert run(["exposure", "progress", "--simulated"]) == exits.DONE
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "A dog far off: 2 times"
    assert (
        "40, 70, 60, 50, 40; peak 70, end 40; 4 min, to its end; expected 80 %, now 20 %; it did not happen" in lines[1]
    )
    assert "ended by choice" in lines[2] and "expected from 80 % to 20 %" in lines[3]
    assert run(["exposure", "progress", "--simulated", "--json"]) == exits.DONE
    data = json.loads(capsys.readouterr().out)
    (item,) = data["items"]
    assert item["item"] == "far" and item["runs"][0]["learned"] == "It sleeps"
    assert item["runs"][0]["figures"] == {"first": 40, "peak": 70, "end": 40, "within": -30, "gap": 60}


def test_the_script_of_a_ladder_has_its_words_modes_and_cautions() -> None:
    ladder = loads(LADDER).ladder
    assert ladder is not None
    script = made(script_of(ladder, None, 60_000, 15_000))
    step = next(s.exposure for s in script.steps if s.exposure is not None)
    assert script.modes_of(step) == {"in-vivo", "interoceptive"}
    assert {"heart", "pregnancy", "epilepsy", "asthma", "panic"} <= set(script.cautions)
    found = script.ladder_of(step)
    assert found.items[1].cautions == ("injury",) and found.items[0].item.say({}, "de") == "Ein Hund weit weg"


def test_what_was_agreed_is_remembered_for_this_very_script(tmp_path: Path) -> None:
    from datetime import datetime

    ladder = loads(LADDER).ladder or Ladder()
    script = made(script_of(ladder, "far", 60_000, 15_000))
    other = made(script_of(ladder, "near", 60_000, 15_000))
    assert exposing.known(script, frozenset()).agreed == ""
    exposing.remember(script, datetime.now().astimezone())
    assert exposing.known(script, frozenset()).agreed == "earlier"
    assert exposing.known(other, frozenset()).agreed == "", "another script is asked about anew"
    assert home.agreed_file().stat().st_mode & 0o777 == 0o600
    home.agreed_file().write_text("{", encoding="utf-8")
    assert exposing.known(script, frozenset()).agreed == ""
    assert exposing.known(script, frozenset(), preview=True).agreed == "preview"


def test_a_script_from_a_pack_is_open(tmp_path: Path) -> None:
    from mindful.script.load import load

    folder = home.packs() / "a"
    folder.mkdir(parents=True)
    text = "mindful: 1\ntitle: T\nsteps:\n  - exposure: {ladder: [{item: x, suds: 3}], for: 1 min}\n"
    for path in (folder / "s.yaml", tmp_path / "s.yaml"):
        path.write_text(text, encoding="utf-8")
    inside, outside = load(folder / "s.yaml").script, load(tmp_path / "s.yaml").script
    assert inside is not None and outside is not None
    assert exposing.known(inside, frozenset()).agreed == "pack" and exposing.known(outside, frozenset()).agreed == ""


def test_without_an_exposure_nothing_is_read() -> None:
    script = made({"id": "x", "title": "X", "steps": [{"pause": "1 s"}]})
    assert exposing.known(script, frozenset({"heart"})) == Known()
