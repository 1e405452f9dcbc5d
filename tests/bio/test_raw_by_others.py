"""Raw recordings as other programs open them: mne and pyedflib, each where it is installed. Also after `kill -9`."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mindful.bio import raw
from mindful.bio.engine import open_engine
from mindful.bio.pacing import Pace
from mindful.bio.protocols import LOCK, PRESETS
from mindful.bio.recordings import read
from mindful.bio.sources.simulated import SimulatedBrainSource, SimulatedHeartSource
from tests.bio.time import Clock, run

START = datetime(2026, 11, 22, 7, 30, 5, tzinfo=UTC)
SCRIPT = (
    "mindful: 1\ntitle: Brain\nsteps:\n  - neurofeedback: {protocol: alpha, baseline: 2 s, blocks: 1, for: 10 min}\n"
)
Opened = tuple[list[str], float, np.ndarray, list[tuple[float, str]]]
"""Labels, samples a second, (channels, n) in the file's unit times 1e-6, (seconds, text) of each annotation."""


def by_mne(path: Path) -> Opened:
    mne: Any = pytest.importorskip("mne", reason="mne is not installed")
    file = mne.io.read_raw_edf(path, preload=True, verbose="error")
    notes = [(float(a["onset"]), str(a["description"])) for a in file.annotations]
    return list(file.ch_names), float(file.info["sfreq"]), file.get_data(), notes


def by_pyedflib(path: Path) -> Opened:
    pyedflib: Any = pytest.importorskip("pyedflib", reason="pyedflib is not installed")
    with pyedflib.EdfReader(str(path)) as file:
        data = np.array([file.readSignal(i) for i in range(file.signals_in_file)]) * 1e-6
        onsets, _lengths, texts = file.readAnnotations()
        notes = [(float(at), str(text)) for at, text in zip(onsets, texts, strict=True)]
        return [str(x) for x in file.getSignalLabels()], float(file.getSampleFrequency(0)), data, notes


@pytest.fixture(params=[by_mne, by_pyedflib], ids=["mne", "pyedflib"])
def opened(request: pytest.FixtureRequest) -> Any:
    return request.param


def test_an_eeg_is_opened_with_its_annotations(tmp_path: Path, opened: Any) -> None:
    clock = Clock()
    source = SimulatedBrainSource(clock, 3)
    engine = open_engine(source, PRESETS["alpha"], raw=raw.RawRecorder(tmp_path, "one", source, START))
    source.start()
    engine.begin("baseline", clock.ms)
    run(engine, clock, 12)
    engine.begin("training", clock.ms)
    run(engine, clock, 8.2)
    engine.finish()
    labels, rate, data, notes = opened(tmp_path / "one.edf")
    ours = read(tmp_path / "one.edf")
    assert labels == list(source.labels) and rate == 250 and data.shape == (len(labels), 20 * 250)
    np.testing.assert_allclose(data * 1e6, ours.data, atol=0.02)
    assert [text for _at, text in notes] == ["baseline", "training"]
    assert notes[1][0] == pytest.approx(12, abs=0.1)


def test_beats_are_opened_each_with_its_interval(tmp_path: Path, opened: Any) -> None:
    clock = Clock()
    source = SimulatedHeartSource(clock, 3)
    engine = open_engine(source, LOCK, raw=raw.RawRecorder(tmp_path, "heart", source, START))
    source.start()
    engine.guide(Pace(clock.now(), 6))
    engine.begin("training", clock.ms)
    run(engine, clock, 60)
    engine.finish()
    labels, rate, data, notes = opened(tmp_path / "heart.edf")
    assert labels == ["RR"] and rate == raw.TACHOGRAM_HZ and data.shape[1] >= 55 * raw.TACHOGRAM_HZ
    beats = [(at, float(text.split()[1])) for at, text in notes if text.startswith("RR ")]
    apart = 1000 * np.diff([at for at, _rr in beats])
    assert len(beats) > 50 and apart == pytest.approx([rr for _at, rr in beats[1:]], abs=12)
    assert (0, "training") in [(round(at), text) for at, text in notes]


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
def test_what_a_killed_program_left_is_opened(tmp_path: Path, opened: Any) -> None:
    """`mindful play --keep-raw` itself, ended by the system in the middle of a training."""
    script, home = tmp_path / "brain.yaml", tmp_path / "home"
    script.write_text(SCRIPT)
    env = {**os.environ, "MINDFUL_HOME": str(home)}
    program = [sys.executable, "-m", "mindful"]
    options = ["--plain", "--mute", "--sensor", "simulated:4", "--keep-raw"]
    playing = subprocess.Popen(
        [*program, "play", str(script), *options],
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        end, enough = time.monotonic() + 60, 6 * 250 * 8 * 4
        while not any(p.stat().st_size > enough for p in home.rglob("*" + raw.RAW)):
            assert time.monotonic() < end and playing.poll() is None
            time.sleep(0.05)
    finally:
        playing.send_signal(signal.SIGKILL)
        playing.wait()
    (left,) = home.rglob("*" + raw.RAW)
    samples = left.stat().st_size // (4 * 8)
    done = subprocess.run([*program, "devices", "raw"], env=env, capture_output=True, text=True, timeout=60, check=True)
    path = Path(done.stdout.strip())
    assert path.suffix == raw.DONE and not left.exists()
    labels, rate, data, notes = opened(path)
    assert len(labels) == 8 and rate == 250 and data.shape[1] == samples // 250 * 250 >= 6 * 250
    when = {text: at for at, text in notes}
    assert set(when) == {"baseline", "simulated", "training"}
    # Two seconds, of which the file has those since the first sample came.
    assert 0 < when["training"] - when["baseline"] <= 2.1
    assert 5 < 1e6 * data.std(axis=1).min() < 100
