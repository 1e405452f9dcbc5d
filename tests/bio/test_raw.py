"""Raw signals: written while they come, an EDF+ file at the end, and what a killed program leaves."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from mindful.bio import raw
from mindful.bio.engine import open_engine
from mindful.bio.pacing import Pace
from mindful.bio.ports import Chunk
from mindful.bio.protocols import LOCK, PRESETS
from mindful.bio.recordings import read
from mindful.bio.sources.simulated import SimulatedBrainSource, SimulatedHeartSource
from tests.bio.time import Clock, run

START = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)


def test_an_eeg_comes_back_as_it_was_with_its_notes(tmp_path: Path) -> None:
    clock = Clock()
    source = SimulatedBrainSource(clock, 3)
    recorder = raw.RawRecorder(tmp_path / "raw", "one", source, START)
    kept: list[np.ndarray] = []

    class Both:
        def add(self, chunk: Chunk) -> None:
            kept.append(chunk.data)
            recorder.add(chunk)

        def note(self, at_s: float, text: str) -> None:
            recorder.note(at_s, text)

        def close(self) -> dict[str, object] | None:
            return recorder.close()

    engine = open_engine(source, PRESETS["smr"], raw=Both())  # type: ignore[arg-type]
    source.start()
    engine.begin("baseline", clock.ms)
    run(engine, clock, 12)
    engine.begin("training", clock.ms)
    run(engine, clock, 8.2)
    done = engine.finish()["raw"]
    assert done["file"] == "one.edf"
    assert done["seconds"] == 20
    path = tmp_path / "raw" / "one.edf"
    assert [p.name for p in path.parent.iterdir()] == ["one.edf"]
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    back = read(path)
    assert back.labels == source.labels
    assert back.rate_hz == 250
    assert back.simulated
    sent = np.concatenate(kept, axis=1)[:, : back.data.shape[1]]
    assert np.abs(back.data - sent).max() < 0.02
    assert [text for _at, text in back.notes] == ["baseline", "training"]
    assert back.notes[1][0] == pytest.approx(12, abs=0.1)


def test_a_hole_keeps_the_time_of_what_follows(tmp_path: Path) -> None:
    source = SimulatedBrainSource(Clock(), 3)
    recorder = raw.RawRecorder(tmp_path, "one", source, START)
    second = np.arange(250) / 250
    recorder.add(Chunk(10 + second, np.ones((8, 250), np.float32)))
    recorder.add(Chunk(13 + second, np.full((8, 250), 5, np.float32)))
    assert recorder.close() is not None
    back = read(tmp_path / "one.edf")
    assert back.data.shape[1] == 1000
    assert back.data[0, 2 * 250 + 125 : 3 * 250] == pytest.approx(5, abs=0.01)
    assert back.notes[0][1] == "no signal for 2.0 s"


def test_beats_come_back(tmp_path: Path) -> None:
    clock = Clock()
    source = SimulatedHeartSource(clock, 3)
    engine = open_engine(source, LOCK, raw=raw.RawRecorder(tmp_path, "heart", source, START))
    source.start()
    engine.guide(Pace(clock.now(), 6))
    engine.begin("training", clock.ms)
    run(engine, clock, 60)
    sent = [b.rr_ms for b in engine.beats]  # type: ignore[attr-defined]
    assert engine.finish()["raw"]["file"] == "heart.edf"
    back = read(tmp_path / "heart.edf")
    assert back.kind == "heart"
    assert back.data[0, : len(sent) - 1] == pytest.approx(sent[:-1], abs=0.06)


def test_nothing_measured_leaves_nothing(tmp_path: Path) -> None:
    assert raw.RawRecorder(tmp_path, "one", SimulatedBrainSource(Clock()), START).close() is None
    assert list(tmp_path.iterdir()) == []


_DOOMED = """
import os, signal, sys
from datetime import datetime, UTC
from pathlib import Path
import numpy as np
from mindful.bio.raw import RawRecorder
from mindful.bio.ports import Chunk
class Source:
    kind, name, simulated, labels, rate_hz = "eeg", "Muse 2", False, ("TP9", "AF7"), 256.0
recorder = RawRecorder(Path(sys.argv[1]), "killed", Source(), datetime(2026, 1, 2, tzinfo=UTC))
for k in range(30):
    recorder.add(Chunk(5 + k + np.arange(256) / 256, np.full((2, 256), k, np.float32)))
recorder.note(12.5, "training")
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
def test_kill_nine_loses_nothing_that_came(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", _DOOMED, str(tmp_path)], timeout=60, check=False)
    assert done.returncode == -9
    (tmp_path / "killed.notes").open("ab").write(b'{"at_s": 14.0, "te')  # torn in the middle
    with (tmp_path / "killed.raw").open("ab") as file:
        file.write(b"\x00" * 5)
    assert raw.recover(tmp_path, frozenset({"killed"})) == []
    assert raw.recover(tmp_path) == ["killed.edf"]
    back = read(tmp_path / "killed.edf")
    assert back.data.shape == (2, 30 * 256)
    assert back.data[0, -1] == pytest.approx(29, abs=0.01)
    assert back.notes == ((7.5, "training"),)
    assert not back.simulated
    assert raw.recover(tmp_path) == []


def test_what_cannot_be_recovered_stays(tmp_path: Path) -> None:
    (tmp_path / "x.notes").write_bytes(b"not json\n")
    (tmp_path / "x.raw").write_bytes(b"")
    assert raw.recover(tmp_path) == []
    assert {p.name for p in tmp_path.iterdir()} == {"x.notes", "x.raw"}
    assert raw.recover(tmp_path / "nowhere") == []


def test_a_channel_far_off_is_cut_and_says_so(tmp_path: Path) -> None:
    source = SimulatedBrainSource(Clock(), 3)
    recorder = raw.RawRecorder(tmp_path, "one", source, START)
    data = np.random.default_rng(0).normal(0, 10, (8, 500)).astype(np.float32)
    data[1] += 187_000
    data[2, 100] = 400_000
    recorder.add(Chunk(10 + np.arange(500) / 250, data))
    assert recorder.close() is not None
    back = read(tmp_path / "one.edf")
    assert np.abs(back.data[:2] - data[:2]).max() < 0.1
    from edfio import read_edf

    assert "cut" in read_edf(tmp_path / "one.edf").signals[2].prefiltering
