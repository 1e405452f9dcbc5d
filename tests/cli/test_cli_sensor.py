"""A made-up strap from the command line: said, recorded, kept raw only when asked, and forgotten with its record."""

from __future__ import annotations

import json
from pathlib import Path

from mindful.cli import exits
from tests.cli.conftest import Program

SCRIPT = "mindful: 1\ntitle: Heart\nsteps:\n  - neurofeedback: {protocol: alpha, baseline: 1 s, blocks: 1, for: 8 s}\n"


def test_a_simulated_sensor_is_said_and_its_samples_are_kept_when_asked_and_forgotten(
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
    samples = edf.read_bytes()
    assert program("devices", "raw", "--delete").returncode == exits.STOPPED and edf.exists()
    assert program("devices", "raw", "--delete", "--yes").returncode == exits.DONE and not edf.exists()

    # What is still there when the record is forgotten goes with it.
    edf.write_bytes(samples)
    assert program("journal", "forget", "1", "--yes").returncode == exits.DONE
    assert not edf.exists()


def test_the_own_pace_is_shown_used_and_forgotten(program: Program, data: Path) -> None:
    assert "heart-pace" in program("devices", "pace").stderr
    data.mkdir(exist_ok=True)
    (data / "resonance.json").write_text(
        '{"mindful_resonance": 1, "per_min": 5.5, "trust": "clear", "found": "2026-11-24T09:00:00+01:00"}'
    )
    assert program("devices", "pace").stdout.startswith("5.5")
    said = program("breathe", "resonant", "--for", "11 s", "--plain", "--mute", "--no-journal")
    assert "5.5" in said.stdout and "Breathe in, 5.5" in said.stdout
    assert program("devices", "pace", "--forget").returncode == exits.DONE
    assert not (data / "resonance.json").exists()


SHORT = "mindful: 1\ntitle: Brain\nsteps:\n  - neurofeedback: {protocol: alpha, baseline: 1 s, blocks: 1, for: 16 s}\n"


def test_the_feedback_of_another_record_is_replayed_and_said(program: Program, data: Path, tmp_path: Path) -> None:
    script = tmp_path / "brain.yaml"
    script.write_text(SHORT)
    play = ("play", str(script), "--plain", "--mute", "--sensor")
    assert program(*play, "simulated:4").returncode == exits.DONE
    (first,) = (data / "journal").rglob("*.json")
    whose = json.loads(first.read_text())["id"]
    done = program(*play, "simulated:9", "--yoked", "1")
    assert done.returncode == exits.DONE and whose in done.stdout + done.stderr
    (second,) = set((data / "journal").rglob("*.json")) - {first}
    of, by = (json.loads(p.read_text())["steps"][0]["data"] for p in (first, second))
    assert by["feedback"]["delivery"] == {"mode": "yoked", "from": whose}
    shown = [
        v for v, phase in zip(by["seconds"]["shown_value"], by["seconds"]["phase"], strict=True) if phase == "training"
    ]
    real = [v for v, phase in zip(of["seconds"]["value"], of["seconds"]["phase"], strict=True) if phase == "training"]
    n = min(len(shown), len(real)) - 2
    assert n > 10 and shown[2:n] != real[2:n] and sorted(shown)[n // 2] > 0
    assert min(sum(abs(a - b) for a, b in zip(shown[2:n], real[2 + k :], strict=False)) for k in (-1, 0, 1)) < 0.12 * n
    told = program("journal", "show", "1").stdout
    assert "For a study" in told and whose in told


def test_a_record_without_feedback_cannot_be_yoked_to(program: Program, data: Path) -> None:
    assert program("breathe", "box", "--for", "16 s", "--plain", "--mute").returncode == exits.DONE
    refused = program("play", "brain-first", "--plain", "--mute", "--yoked", "1")
    assert refused.returncode == exits.USAGE and "no feedback" in refused.stderr
    assert program("play", "brain-first", "--plain", "--yoked", "9").returncode == exits.USAGE
    assert program("play", "brain-first", "--plain", "--yoked", "1", "--sham", "2").returncode == exits.USAGE
