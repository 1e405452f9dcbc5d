"""The bundled bells: what the script makes, whole, and nothing that startles."""

from __future__ import annotations

import importlib.util
import wave
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import numpy as np
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


@pytest.mark.parametrize("name", bells.NAMES)
def test_no_stroke_startles(name: str) -> None:
    sound = np.abs(bells.stroke(name))
    peak = sound.max()
    assert peak < 0.4  # -8 dBFS
    # The first millisecond is far under the peak: a mallet of felt, not of steel.
    assert sound[: RATE // 1000].max() < 0.5 * peak


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
