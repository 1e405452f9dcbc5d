"""Headers of sound files: kind, length, and whether all of it is there, for what real encoders write."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st

from mindful.script.load import loads
from mindful.script.sound_headers import read

SECONDS = 12.5
KINDS = [
    ("a.wav", 44_100, 1, "PCM_16", "wav"),
    ("b.wav", 8000, 1, "PCM_U8", "wav"),
    ("c.wav", 192_000, 2, "FLOAT", "wav"),
    ("d.wav", 48_000, 6, "PCM_24", "wav"),
    ("e.flac", 44_100, 2, "PCM_16", "flac"),
    ("f.ogg", 44_100, 1, "VORBIS", "ogg"),
    ("g.ogg", 48_000, 2, "OPUS", "ogg"),
    ("h.mp3", 44_100, 2, "MPEG_LAYER_III", "mp3"),
    ("i.mp3", 16_000, 1, "MPEG_LAYER_III", "mp3"),
]
TOP = "mindful: 1\ntitle: T\nsteps:\n"


def write(path: Path, rate: int, channels: int, subtype: str) -> None:
    noise = np.random.default_rng(0).normal(0, 0.1, (round(SECONDS * rate), channels))
    soundfile.write(path, noise, rate, subtype=subtype)


@pytest.mark.parametrize(("name", "rate", "channels", "subtype", "kind"), KINDS)
def test_a_whole_file_and_one_that_is_cut_off(
    tmp_path: Path, name: str, rate: int, channels: int, subtype: str, kind: str
) -> None:
    path = tmp_path / name
    write(path, rate, channels, subtype)
    header = read(path)
    assert header.kind == kind and not header.cut_off and not header.empty
    assert header.seconds == pytest.approx(SECONDS, abs=0.1)
    assert [p.code for p in loads(f"{TOP}  - say: {{text: T, audio: {name}}}\n", folder=tmp_path).problems] == []
    data = path.read_bytes()
    for share in (0.9, 0.5, 0.02):
        path.write_bytes(data[: int(len(data) * share)])
        assert read(path).cut_off, share
    (problem,) = loads(f"{TOP}  - say: {{text: T, audio: {name}}}\n", folder=tmp_path).problems
    assert problem.code == "MF081" and "ends before its sound does" in problem.message and problem.line == 4


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.wav", b"", "no sound in this file"),
        ("a.wav", b"Dear client", "not a sound file"),
        ("a.m4a", b"\x00\x00\x00\x20ftypM4A \x00\x00\x00\x00" + bytes(200), "m4a and mp4"),
        ("a.ogg", b"OggS", "ends before"),
        ("a.wav", b"RIFF\x24\x00\x00\x00WAVE", "ends before"),
        ("a.mp3", b"ID3\x04\x00\x00\x00\x00\x00\x0a" + bytes(10), "ends before"),
    ],
)
def test_a_bad_file_is_a_problem_at_its_line(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    (tmp_path / name).write_bytes(content)
    loaded = loads(f"{TOP}  - bell: bowl\n  - say: {{text: T, audio: {name}}}\n", folder=tmp_path)
    (problem,) = loaded.problems
    assert (problem.code, problem.line) == ("MF081", 5) and words in problem.message and problem.hint
    assert loaded.script is not None


def test_too_long_a_file_is_told_with_its_length(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.wav", np.zeros(8000 * 3 * 3600, np.int16), 8000, subtype="PCM_U8")
    say, sound = loads(f"{TOP}  - say: {{text: T, audio: a.wav}}\n  - sound: a.wav\n", folder=tmp_path).problems
    assert "180 minutes, and at most 60" in say.message and "180 minutes, and at most 10" in sound.message
    soundfile.write(tmp_path / "b.flac", np.zeros(8000 * 3 * 3600, np.int16), 8000)
    (flac,) = loads(f"{TOP}  - say: {{text: T, audio: b.flac}}\n", folder=tmp_path).problems
    assert "180 minutes" in flac.message


def test_another_files_ending_is_advice_with_the_right_one(tmp_path: Path) -> None:
    write(tmp_path / "a.wav", 8000, 1, "PCM_16")
    (tmp_path / "a.wav").rename(tmp_path / "a.mp3")
    (problem,) = loads(f"{TOP}  - say: {{text: T, audio: a.mp3}}\n", folder=tmp_path).problems
    assert problem.code == "MF082" and problem.severity == "advice" and "`a.wav`" in problem.hint


@given(st.binary(max_size=300), st.sampled_from([b"", b"RIFF", b"fLaC", b"OggS", b"ID3", b"\xff\xfb\x90", b"FORM"]))
def test_no_content_makes_it_fail(tmp_path_factory: pytest.TempPathFactory, content: bytes, start: bytes) -> None:
    path = tmp_path_factory.mktemp("any") / "a.wav"
    path.write_bytes(start + content)
    read(path)


def test_checking_a_recording_starts_no_decoder(tmp_path: Path) -> None:
    write(tmp_path / "a.flac", 8000, 1, "PCM_16")
    (tmp_path / "s.yaml").write_text(f"{TOP}  - say: {{text: T, audio: a.flac}}\n")
    code = (
        "import sys\nfrom pathlib import Path\nfrom mindful.script.load import load\n"
        f"assert load(Path({str(tmp_path / 's.yaml')!r})).script\n"
        "bad = {'numpy', 'soundfile', 'textual'} & set(sys.modules)\nsys.exit(f'imported: {bad}' if bad else 0)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
