"""A made-up strap from the command line: said, recorded, kept raw only when asked, and forgotten with its record."""

from __future__ import annotations

import json
from pathlib import Path

from mindful.cli import exits
from tests.cli.conftest import Program

SCRIPT = "mindful: 1\ntitle: Heart\nsteps:\n  - neurofeedback: {protocol: alpha, baseline: 1 s, blocks: 1, for: 20 s}\n"


def test_a_simulated_sensor_is_said_and_its_samples_are_kept_when_asked(
    program: Program, data: Path, tmp_path: Path
) -> None:
    script = tmp_path / "heart.yaml"
    script.write_text(SCRIPT)
    done = program("play", str(script), "--plain", "--mute", "--sensor", "simulated:4", "--keep-raw")
    assert done.returncode == exits.DONE and "simulated" in done.stdout + done.stderr
    (record,) = (data / "journal").rglob("*.json")
    feedback = json.loads(record.read_text())["steps"][0]["data"]["feedback"]
    assert feedback["simulated"] is True
    (edf,) = (data / "journal").rglob("*.edf")
    assert feedback["raw"]["file"] == edf.name and edf.stat().st_mode & 0o777 == 0o600
    assert program("devices", "raw").stdout.strip() == str(edf)
    assert program("devices", "raw", "--delete").returncode == exits.STOPPED and edf.exists()
    assert program("devices", "raw", "--delete", "--yes").returncode == exits.DONE and not edf.exists()


def test_a_raw_recording_goes_with_its_record(program: Program, data: Path, tmp_path: Path) -> None:
    script = tmp_path / "heart.yaml"
    script.write_text(SCRIPT)
    program("play", str(script), "--plain", "--mute", "--sensor", "simulated:4", "--keep-raw")
    assert program("journal", "forget", "1", "--yes").returncode == exits.DONE
    assert not list((data / "journal").rglob("*.edf"))


def test_the_own_pace_is_shown_used_and_forgotten(program: Program, data: Path) -> None:
    assert "heart-pace" in program("devices", "pace").stderr
    data.mkdir(exist_ok=True)
    (data / "resonance.json").write_text(
        '{"mindful_resonance": 1, "per_min": 5.5, "trust": "clear", "found": "2026-11-24T09:00:00+01:00"}'
    )
    assert program("devices", "pace").stdout.startswith("5.5")
    said = program("breathe", "resonant", "--for", "20 s", "--plain", "--mute", "--no-journal")
    assert "5.5" in said.stdout and "Breathe in, 5.5" in said.stdout
    assert program("devices", "pace", "--forget").returncode == exits.DONE
    assert not (data / "resonance.json").exists()
