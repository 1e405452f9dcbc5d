"""XDF files, made by hand after the format's specification, read by pyxdf."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from mindful.bio.ports import SourceError
from mindful.bio.recordings import read

pytest.importorskip("pyxdf", reason="pyxdf is not here")


def chunk(tag: int, body: bytes) -> bytes:
    return b"\x04" + struct.pack("<I", len(body) + 2) + struct.pack("<H", tag) + body


def xdf(kind: str, rate: float, rows: list[list[float]], labels: list[str], unit: str) -> bytes:
    channels = "".join(f"<channel><label>{name}</label><unit>{unit}</unit></channel>" for name in labels)
    head = (
        f"<info><name>x</name><type>{kind}</type><channel_count>{len(labels)}</channel_count>"
        f"<nominal_srate>{rate}</nominal_srate><channel_format>float32</channel_format>"
        f"<desc><channels>{channels}</channels></desc></info>"
    )
    samples = b"".join(
        b"\x08" + struct.pack("<d", 5 + i / (rate or 1)) + struct.pack(f"<{len(row)}f", *row)
        for i, row in enumerate(rows)
    )
    foot = f"<info><first_timestamp>5</first_timestamp><sample_count>{len(rows)}</sample_count></info>"
    stream = struct.pack("<I", 1)
    return (
        b"XDF:"
        + chunk(1, b"<?xml version='1.0'?><info><version>1.0</version></info>")
        + chunk(2, stream + head.encode())
        + chunk(3, stream + b"\x04" + struct.pack("<I", len(rows)) + samples)
        + chunk(6, stream + foot.encode())
    )


def test_eeg_in_volts_and_beats(tmp_path: Path) -> None:
    path = tmp_path / "a.xdf"
    path.write_bytes(xdf("EEG", 100, [[i * 1e-6, -i * 1e-6] for i in range(200)], ["O1", "Pz"], "volts"))
    found = read(path)
    assert (found.kind, found.labels, found.rate_hz) == ("eeg", ("O1", "Pz"), 100)
    assert found.data[:, 10] == pytest.approx([10, -10], rel=1e-4)
    assert found.at_s[100] == pytest.approx(1, abs=0.01)
    path.write_bytes(xdf("RR", 0, [[800 + i] for i in range(20)], ["RR"], "ms"))
    beats = read(path)
    assert (beats.kind, beats.data[0, 3]) == ("heart", 803)


def test_others_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xdf"
    path.write_bytes(xdf("Markers", 0, [[1.0]], ["m"], ""))
    with pytest.raises(SourceError, match="neither"):
        read(path)
    path.write_bytes(b"XDF:broken")
    with pytest.raises(SourceError):
        read(path)
