"""Sources by their names: what is refused and how, files of every kind, the simulated client."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mindful.bio.pacing import Pace
from mindful.bio.ports import Beats, Chunk, SourceError, clean_name
from mindful.bio.recordings import read
from mindful.bio.sources.boards import parse
from mindful.bio.sources.opening import kind_of, open_source
from tests.bio.made import DATA
from tests.bio.time import Clock


def test_nothing_chosen_is_never_a_made_up_client() -> None:
    for kind in ("heart", "eeg"):
        with pytest.raises(SourceError, match="mindful devices"):
            open_source("auto", kind, Clock())  # type: ignore[arg-type]
    assert open_source("auto", "heart", Clock(), "simulated:4").simulated  # only where someone wrote it down


@pytest.mark.parametrize(
    ("spec", "kind", "says"),
    [
        ("", "heart", "no sensor"),
        ("polar", "heart", "no sensor"),
        ("simulated:x", "heart", "whole number"),
        ("simulated:", "heart", "whole number"),
        ("file:", "heart", "no sensor"),
        ("file:/nowhere.edf", "eeg", "no file"),
        ("ble", "eeg", "EEG headset"),
        ("brainflow:muse-2", "heart", "strap"),
        ("brainflow:", "eeg", "Which board"),
        ("brainflow:nothing", "eeg", "no board"),
        ("brainflow:cyton,speed=9", "eeg", "no option"),
        ("brainflow:cyton,ip-port=x", "eeg", "no option"),
        ("lsl\x1b[2J:a", "eeg", "no sensor"),
        ("auto:x", "eeg", "no sensor"),
    ],
)
def test_what_is_no_sensor_is_told_in_words(spec: str, kind: str, says: str) -> None:
    with pytest.raises(SourceError, match=says) as caught:
        open_source(spec, kind, Clock())  # type: ignore[arg-type]
    assert "\x1b" not in str(caught.value)


@pytest.mark.parametrize(
    ("library", "spec", "kind", "extra"),
    [
        ("bleak", "ble", "heart", "heart"),
        ("brainflow", "brainflow:muse-2", "eeg", "eeg"),
        ("pylsl", "lsl", "eeg", "lsl"),
    ],
)
def test_what_an_extra_brings_is_told_where_it_is_not_installed(
    library: str, spec: str, kind: Any, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(SourceError, match=rf"pip install 'mindful-sessions\[{extra}\]'"):
        open_source(spec, kind, Clock())


@given(st.text(max_size=30))
def test_no_name_upsets_it(spec: str) -> None:
    if spec.strip().lower().startswith(("lsl", "ble", "brainflow", "simulated", "file")):
        return
    with pytest.raises(SourceError):
        open_source(spec, "eeg", Clock())


def test_boards_and_their_options() -> None:
    board = parse("Cyton, port=/dev/ttyUSB0, channels=O1/O2/Pz, timeout=3")
    assert (board.number, board.channels, board.timeout_s) == (0, ("O1", "O2", "Pz"), 3)
    assert board.options == {"serial_port": "/dev/ttyUSB0"}
    assert parse("-1").number == -1
    assert parse("synthetic,master=-1").options == {"master_board": -1}


def test_what_a_name_measures() -> None:
    assert kind_of("ble:A0") == "heart"
    assert kind_of("brainflow:muse-2") == "eeg"
    assert kind_of(f"file:{DATA}/rr-5-minutes.csv") == "heart"
    assert kind_of("simulated") is None


def test_names_are_safe_to_show() -> None:
    assert clean_name("Polar\x1b[31m H10\n\u202e") == "Polar[31m H10"
    assert clean_name("\x00", "strap") == "strap"
    assert len(clean_name("x" * 500)) == 60


def written(tmp_path: Path, name: str, text: str) -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_tables_of_beats_and_of_eeg(tmp_path: Path) -> None:
    plain = read(written(tmp_path, "a.txt", "# note\n800\n810\n790\n"))
    assert (plain.kind, plain.data[0].tolist()) == ("heart", [800, 810, 790])
    seconds = read(written(tmp_path, "b.csv", "0.8\n0.81\n"))
    assert seconds.data[0] == pytest.approx([800, 810])
    named = read(written(tmp_path, "c.csv", "time;RR;x\n0;700;1\n1;710;2\n"))
    assert named.data[0].tolist() == [700, 710]
    eeg = read(written(tmp_path, "d.tsv", "time\tO1\tO2\n" + "".join(f"{i / 100}\t{i}\t{-i}\n" for i in range(300))))
    assert (eeg.kind, eeg.labels, round(eeg.rate_hz)) == ("eeg", ("O1", "O2"), 100)
    for name, text in (
        ("e.csv", ""),
        ("f.csv", "a,b\nc,d\n"),
        ("g.csv", "a,b\n1,2\n"),
        ("h.pdf", "x"),
        ("i.edf", "x" * 300),
    ):
        with pytest.raises(SourceError):
            read(written(tmp_path, name, text))
    with pytest.raises(SourceError):
        read(tmp_path)


def test_a_file_is_played_in_its_own_time_and_says_its_end() -> None:
    clock = Clock()
    source = open_source(f"file:{DATA}/rr-5-minutes.csv", "heart", clock)
    assert source.read() == []
    source.start()
    clock.ms += 10_000
    found = source.read()
    assert all(isinstance(b, Beats) for b in found)
    assert 10 <= sum(len(b.host_s) for b in found) <= 13
    assert max(b.host_s[-1] for b in found) <= clock.now()
    clock.ms += 400_000
    source.read()
    assert source.state == "ended"
    assert [n.kind for n in source.notices()] == ["ended"]
    with pytest.raises(SourceError, match="needs EEG"):
        open_source(f"file:{DATA}/rr-5-minutes.csv", "eeg", clock)


def test_the_simulated_client_is_the_same_each_time_and_however_it_is_asked() -> None:
    def chunks(step_ms: int, seed: int) -> np.ndarray:
        clock = Clock()
        source = open_source(f"simulated:{seed}", "eeg", clock)
        source.start()
        out: list[Chunk] = []
        while clock.ms < 104_000:
            clock.ms += step_ms
            out += source.read()  # type: ignore[arg-type]
        return np.concatenate([c.data for c in out], axis=1)

    one, two = chunks(40, 5), chunks(400, 5)
    assert one.shape == two.shape == (8, 1000)
    assert (one == two).all()
    assert (one != chunks(40, 6)).any()


def test_the_simulated_client_says_so_and_does_not_catch_up_a_night() -> None:
    for kind in ("heart", "eeg"):
        clock = Clock()
        source = open_source("simulated", kind, clock)  # type: ignore[arg-type]
        source.start()
        assert source.simulated
        assert [n.kind for n in source.notices()] == ["simulated"]
        clock.ms += 8 * 3600 * 1000
        assert sum(len(c.host_s) for c in source.read()) < 2000
        source.guide(Pace(clock.now(), 6))
        source.stop()
        assert source.state == "stopped"
        assert source.read() == []


_LIGHT = """
import sys
import mindful.bio.engine, mindful.bio.brain, mindful.bio.pulse, mindful.bio.resonance, mindful.bio.raw
from mindful.bio.sources.opening import open_source
class Now:
    def now(self): return 1.0
open_source("simulated", "eeg", Now()); open_source("simulated", "heart", Now())
print(" ".join(sorted({n.partition(".")[0] for n in sys.modules})))
"""


def test_the_core_loads_no_extra() -> None:
    done = subprocess.run([sys.executable, "-c", _LIGHT], capture_output=True, text=True, timeout=60, check=True)
    assert not set(done.stdout.split()) & {
        "bleak",
        "brainflow",
        "pylsl",
        "pyxdf",
        "edfio",
        "scipy",
        "textual",
        "dbus_fast",
    }


def test_ports_and_protocols_need_no_numpy() -> None:
    code = "import sys, mindful.bio.ports, mindful.bio.protocols, mindful.bio.pacing, mindful.bio.delivery; print('numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == "False\n"
