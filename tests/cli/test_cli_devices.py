"""`mindful devices`: what it says, what it ends with, and what it remembers."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

from tests.cli.conftest import Program

RR = Path(__file__).parents[1] / "bio" / "data" / "rr-5-minutes.csv"


def test_looking_says_what_is_there_and_writes_nothing(program: Program, data: Path) -> None:
    done = program("devices", "--no-bluetooth")
    assert done.returncode == 0
    for word in ("Heart", "BrainFlow", "LSL", "Recordings", "simulated[:SEED]"):
        assert word in done.stdout
    assert not data.exists()
    found = json.loads(program("devices", "--no-bluetooth", "--json").stdout)
    assert found["mindful_devices"] == 1
    assert {"name", "usable", "why"} == set(found["ways"][0])
    assert found["chosen"] == {"heart": "", "eeg": ""}


def test_without_bluetooth_it_says_why(program: Program, tmp_path: Path) -> None:
    nowhere = {"DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={tmp_path}/nothing"}
    done = program("devices", env=nowhere)
    assert done.returncode == 0
    assert "Bluetooth   not usable: " in done.stdout
    assert "Traceback" not in done.stderr


def test_trying_a_recording_and_a_simulated_client(program: Program) -> None:
    heart = json.loads(program("devices", "test", f"file:{RR}", "--for", "3", "--json").stdout)
    assert (heart["kind"], heart["simulated"], heart["problems"]) == ("heart", False, [])
    assert heart["received"] >= 2
    brain = program("devices", "test", "simulated", "--kind", "eeg", "--for", "2")
    assert brain.returncode == 0
    assert "nobody is measured" in brain.stdout
    assert "O1        sits well" in brain.stdout
    assert "Nobody is measured" in brain.stderr


def test_nothing_chosen_and_nonsense_are_wrong_usage(program: Program) -> None:
    for args, says in (
        (["test"], "No heart-rate strap is chosen"),
        (["test", "--kind", "eeg"], "No EEG headset is chosen"),
        (["test", "nonsense"], "is no sensor"),
        (["choose", "simulated"], "never chosen for good"),
        (["choose", "auto"], "Name the sensor"),
        (["choose", "brainflow:toaster"], "no board"),
        (["share", "file:/nowhere.edf"], "no file"),
    ):
        done = program("devices", *args)
        assert done.returncode == 2, args
        assert says in done.stderr
        assert done.stdout == ""


def test_a_sensor_is_chosen_once_and_remembered(program: Program, data: Path) -> None:
    assert program("devices", "choose", f"file:{RR}").stdout == f"heart file:{RR}\n"
    assert tomllib.loads((data / "settings.toml").read_text()) == {"sensor": {"heart": f"file:{RR}"}}
    assert str(RR) in program("devices", "--no-bluetooth").stdout
    assert json.loads(program("devices", "test", "--for", "2", "--json").stdout)["name"] == "recording rr-5-minutes.csv"
    assert program("devices", "choose", "none").returncode == 0
    assert program("devices", "test").returncode == 2


def test_a_device_that_is_not_there_is_a_failure(program: Program, tmp_path: Path) -> None:
    nowhere = {"DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={tmp_path}/nothing"}
    done = program("devices", "test", "ble", "--for", "1", env=nowhere)
    assert done.returncode == 4
    assert "nothing came" in done.stdout


def test_in_german(program: Program) -> None:
    done = program("--language", "de", "devices", "--no-bluetooth")
    assert "nichts ist gewählt" in done.stdout
