"""The bundled bells: what the script makes, whole, and nothing that startles."""

from __future__ import annotations

import importlib.util
import wave
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import numpy as np
import pyloudnorm
import pytest

from mindful import assets
from mindful.audio import bells
from mindful.audio.units import RATE


@pytest.fixture(scope="module")
def make() -> ModuleType:
    spec = importlib.util.spec_from_file_location("audio_make", assets.audio() / "make.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    import sys

    sys.modules["audio_make"] = module  # its dataclasses look themselves up
    spec.loader.exec_module(module)
    return module


def in_file(name: str) -> np.ndarray:
    with wave.open(str(bells.folder() / f"{name}.wav")) as f:
        assert (f.getnchannels(), f.getsampwidth()) == (1, 2)
        return np.frombuffer(f.readframes(f.getnframes()), "<i2")


@pytest.mark.parametrize("name", bells.NAMES)
def test_the_file_is_what_the_script_makes(name: str, make: ModuleType) -> None:
    made, kept = make.samples(make.BELLS[name]), in_file(name)
    assert len(made) == len(kept)
    # Sines of another machine may differ in their last bit.
    assert np.abs(made.astype(int) - kept.astype(int)).max() <= 1


def test_the_script_makes_every_bell_of_the_bank_and_writes_them(make: ModuleType, tmp_path: Path) -> None:
    make.main(tmp_path / "new")
    assert sorted(p.stem for p in (tmp_path / "new").iterdir()) == sorted(bells.NAMES)
    assert (tmp_path / "new" / "wood.wav").read_bytes() == (bells.folder() / "wood.wav").read_bytes()


@pytest.mark.parametrize("name", bells.NAMES)
def test_the_tail_is_whole_and_ends_in_silence(name: str) -> None:
    sound = bells.stroke(name).astype(float)
    peak = np.abs(sound).max()
    end = sound[-RATE // 20 :]
    assert 20 * np.log10(np.sqrt(np.mean(end**2)) / peak + 1e-12) < -70
    assert np.abs(sound[-8:]).max() < 1e-4
    assert len(sound) <= bells.LONGEST
    # Nothing was cut: the level keeps falling, second by second, to the end.
    seconds = [np.sqrt(np.mean(sound[i : i + RATE] ** 2)) for i in range(RATE, len(sound) - RATE, RATE)]
    assert all(later < earlier * 1.05 for earlier, later in pairwise(seconds))


STEEPEST = {"bowl": 34, "bell": 38, "chime": 38, "gong": 20, "wood": 42}
"""dB per hundredth of a second out of silence (-60 dBFS): a gong swells, a wood block knocks."""


@pytest.mark.parametrize("name", bells.NAMES)
def test_no_stroke_startles(name: str) -> None:
    sound = np.abs(bells.stroke(name))
    peak = sound.max()
    assert peak < 0.4  # -8 dBFS
    # The first two milliseconds are far under the peak: a mallet of felt, not of steel.
    assert sound[: RATE // 500].max() < 0.45 * peak
    n = RATE // 100
    power = np.square(bells.stroke(name)[: RATE // 2], dtype=np.float64).reshape(-1, n).mean(axis=1)
    level = np.concatenate(([-60.0], np.maximum(10 * np.log10(power + 1e-12), -60.0)))
    assert np.diff(level).max() < STEEPEST[name] + 2


def test_the_great_bells_are_equally_loud() -> None:
    """The loudest 0.4 s of each within 1 LU (BS.1770); a knock on wood is too short to be measured so."""
    loud = []
    for name in ("bowl", "bell", "chime", "gong"):
        x = np.repeat(bells.stroke(name)[:, None], 2, axis=1).astype(float)
        pieces = [x[i : i + RATE // 2] for i in range(0, RATE, RATE // 10)]
        loud.append(max(pyloudnorm.Meter(RATE).integrated_loudness(p) for p in pieces))
    assert max(loud) - min(loud) < 1.5
    assert np.mean(loud) == pytest.approx(-18.5, abs=1.0)


@pytest.mark.parametrize("name", bells.NAMES)
def test_every_partial_that_the_readme_tells_is_heard(name: str, make: ModuleType) -> None:
    """The ratios in README.md are those of the script, and the strong ones stand in the spectrum of the file."""
    body, told = make.BELLS[name], (assets.audio() / "README.md").read_text(encoding="utf-8")
    line = next(row for row in told.splitlines() if row.startswith((f"| {name} | 0", f"| {name} | 1")))
    ratios = [float(r) for r in line.split("|")[2].split(":")]
    assert ratios == sorted({p.ratio for p in body.partials})
    sound = bells.stroke(name)[: 2 * RATE].astype(float)
    spectrum = np.abs(np.fft.rfft(sound * np.exp(-np.arange(len(sound)) / RATE), 8 * RATE))
    for p in body.partials:
        if p.level >= 0.1:
            # A crest as wide as its decay makes it, within 1 % of where it should be.
            at, wide = round(8 * body.hz * p.ratio), round(8 * (1 + 4 / p.t60))
            near = slice(at - round(0.01 * at) - 8, at + round(0.01 * at) + 9)
            beside = max(spectrum[at - 3 * wide], spectrum[at + 3 * wide])
            assert spectrum[near].max() > 1.3 * beside, p


def test_strokes_differ_in_pitch() -> None:
    def centre(name: str) -> float:
        spectrum = np.abs(np.fft.rfft(bells.stroke(name)[: RATE // 2])) ** 2
        return float((np.fft.rfftfreq(RATE // 2, 1 / RATE) * spectrum).sum() / spectrum.sum())

    centres = [centre(n) for n in ("gong", "bowl", "bell", "chime")]
    assert all(high > 1.3 * low for low, high in pairwise(centres))


def test_a_stroke_cannot_be_changed_by_who_gets_it() -> None:
    with pytest.raises(ValueError, match="read-only"):
        bells.stroke("bowl")[0] = 1.0
    with pytest.raises(KeyError):
        bells.stroke("siren")


def test_the_folder_stays_small_and_names_its_licence() -> None:
    files = list(assets.audio().rglob("*.wav"))
    assert sum(p.stat().st_size for p in files) < 3 << 20
    told = (assets.audio() / "README.md").read_text()
    assert "CC-BY-4.0" in told
    for p in files:
        with wave.open(str(p)) as f:
            assert f"`{p.name}`" in told and f"{f.getnframes() / f.getframerate():.2f} s" in told
