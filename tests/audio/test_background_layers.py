"""Background layers: endless, without a seam or click, the same at every hearing, and not louder than meant."""

from __future__ import annotations

import wave
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mindful.audio import noise, wavefile
from mindful.audio.layers import layer
from mindful.audio.units import RATE, TILE, Block
from mindful.script.kinds.guide import LAYERS
from tests.audio.made import rms

SOUNDING = [n for n in LAYERS if n != "silence"]


def long_piece(name: str, seconds: float = 12, first: int = 0) -> Block:
    made = layer(name)
    n = int(seconds * RATE) // TILE
    return np.concatenate([made.render(first + i * TILE, TILE) for i in range(n)])


@pytest.mark.parametrize("name", LAYERS)
@settings(max_examples=15, deadline=None)
@given(first=st.integers(0, 4 * 3600 * RATE), cut=st.integers(1, TILE - 1))
def test_any_block_is_the_same_piece_of_the_whole(name: str, first: int, cut: int) -> None:
    made = layer(name)
    whole = made.render(first, TILE)
    assert whole.shape == (TILE, 2) and whole.dtype == np.float32
    joined = np.concatenate((made.render(first, cut), made.render(first + cut, TILE - cut)))
    np.testing.assert_allclose(joined, whole, atol=1e-7)


@pytest.mark.parametrize("name", SOUNDING)
def test_level_is_near_the_common_one(name: str) -> None:
    x = long_piece(name, 40)
    assert -34.5 < 20 * np.log10(rms(x)) < -28.5
    assert np.abs(x).max() < 0.3
    assert abs(float(x.mean())) < 2e-3


def test_silence_is_silent() -> None:
    assert not layer("silence").render(5, 1000).any()


@pytest.mark.parametrize("name", SOUNDING)
@pytest.mark.parametrize("length", [noise.SHORT, noise.LONG])
def test_no_click_where_a_loop_comes_round(name: str, length: int) -> None:
    """The second difference at the seam is no larger than it is anywhere else."""
    made = layer(name)
    for shift in (0, length // 2, length // 3):
        around = made.render(length - shift - 2048, 4096).astype(float)
        bend = np.abs(np.diff(around, 2, axis=0))
        seam = bend[2040:2056].max()
        assert seam <= max(1.3 * bend[:2000].max(), 1e-4)


@pytest.mark.parametrize("name", ["ocean", "rain", "stream", "wind", "pink-noise", "brown-noise"])
def test_both_ears_hear_the_same_place_and_not_the_same_noise(name: str) -> None:
    x = long_piece(name, 10).astype(float)
    together = np.corrcoef(x[:, 0], x[:, 1])[0, 1]
    assert -0.2 < together < 0.8
    assert 0.7 < rms(x[:, :1]) / rms(x[:, 1:]) < 1.4


def test_what_is_heard_does_not_come_again() -> None:
    one, later = long_piece("rain", 4), long_piece("rain", 4, first=noise.SHORT)
    assert abs(np.corrcoef(one[:, 0], later[:, 0])[0, 1]) < 0.75
    assert noise.SHORT * noise.LONG / RATE / 3600 / 24 > 30  # days until both loops meet again


def test_pink_and_brown_fall_as_their_names_say() -> None:
    def slope(name: str) -> float:
        x = long_piece(name, 20)[:, 0]
        power = np.abs(np.fft.rfft(x)) ** 2
        hz = np.fft.rfftfreq(len(x), 1 / RATE)
        bands = [power[(hz >= f) & (hz < 2 * f)].mean() for f in (125, 250, 500, 1000, 2000, 4000)]
        return float(np.polyfit(range(len(bands)), 10 * np.log10(bands), 1)[0])

    assert slope("pink-noise") == pytest.approx(-3, abs=0.3)
    assert slope("brown-noise") == pytest.approx(-6, abs=0.3)


def test_ocean_has_waves() -> None:
    x = long_piece("ocean", 60)
    level = [rms(x[i : i + RATE // 2]) for i in range(0, len(x) - RATE // 2, RATE // 2)]
    assert max(level) > 2.2 * min(level)
    steps = [b / a for a, b in pairwise(level)]
    assert max(steps) < 2.0  # it swells, it does not strike


def peak_hz(x: np.ndarray) -> float:
    spectrum = np.abs(np.fft.rfft(x * np.hanning(len(x))))
    return float(np.argmax(spectrum) * RATE / len(x))


def test_binaural_gives_each_ear_its_tone() -> None:
    x = layer("binaural", 300.0, 10.0).render(10**9, RATE * 2)
    assert peak_hz(x[:, 0]) == pytest.approx(295, abs=0.5)
    assert peak_hz(x[:, 1]) == pytest.approx(305, abs=0.5)


def test_isochronic_comes_and_goes_softly() -> None:
    x = layer("isochronic", 200.0, 5.0).render(0, RATE)[:, 0].astype(float)
    envelope = np.array([np.abs(x[i : i + 480]).max() for i in range(0, RATE, 480)])
    spectrum = np.abs(np.fft.rfft(envelope - envelope.mean()))
    assert int(np.argmax(spectrum)) == 5
    assert np.abs(np.diff(envelope)).max() < 0.4 * envelope.max()


def test_drone_is_built_on_its_pitch() -> None:
    x = layer("drone", 98.0).render(0, RATE * 4)[:, 0]
    assert peak_hz(x) == pytest.approx(98, abs=0.5)


@pytest.mark.parametrize(("hz", "beat"), [(1e9, 1e9), (-5.0, 0.0), (0.0, -3.0)])
def test_absurd_tones_are_kept_in_reason(hz: float, beat: float) -> None:
    for name in ("drone", "binaural", "isochronic"):
        x = layer(name, hz, beat).render(0, TILE)
        assert np.isfinite(x).all() and np.abs(x).max() < 0.3


def write_wav(path: Path, x: np.ndarray, rate: int = RATE, width: int = 2) -> None:
    with wave.open(str(path), "wb") as f:
        f.setnchannels(x.shape[1])
        f.setsampwidth(width)
        f.setframerate(rate)
        scaled = np.rint(x * (2 ** (8 * width - 1) - 1)).astype("<i4")
        if width == 1:
            f.writeframes((scaled + 128).astype(np.uint8).tobytes())
        else:
            f.writeframes(scaled.astype("<i4").view(np.uint8).reshape(-1, 4)[:, :width].tobytes())


def tone(seconds: float, rate: int = RATE, hz: float = 440) -> np.ndarray:
    t = np.arange(int(seconds * rate)) / rate
    return (0.4 * np.sin(2 * np.pi * hz * t))[:, None]


@pytest.mark.parametrize("width", [1, 2, 3, 4])
def test_every_width_of_wav_is_read(tmp_path: Path, width: int) -> None:
    write_wav(tmp_path / "a.wav", tone(0.5), width=width)
    got = wavefile.load(tmp_path / "a.wav")
    assert got.shape == (RATE // 2, 2)
    np.testing.assert_allclose(got[:, 0], tone(0.5)[:, 0], atol=0.02 if width == 1 else 1e-4)


def test_another_rate_keeps_pitch_length_and_level(tmp_path: Path) -> None:
    write_wav(tmp_path / "a.wav", tone(1.0, 44_100), 44_100)
    got = wavefile.load(tmp_path / "a.wav")
    assert abs(len(got) - RATE) <= 1
    assert peak_hz(got[:, 0]) == pytest.approx(440, abs=1)
    np.testing.assert_allclose(got[4800:-4800, 0], tone(1.0)[4800 : len(got) - 4800, 0], atol=2e-3)


def test_a_file_goes_round_without_a_seam(tmp_path: Path) -> None:
    write_wav(tmp_path / "a.wav", tone(7.3, hz=331.7))
    made = layer("a.wav", base=tmp_path)
    x = np.concatenate([made.render(i * TILE, TILE) for i in range(160)]).astype(float)
    assert np.abs(np.diff(x, axis=0)).max() < 0.4 * 2 * np.pi * 331.7 / RATE * 1.45
    assert np.abs(x).max() < 0.6


@pytest.mark.parametrize("content", [b"", b"RIFF", b"no sound at all", b"RIFF\x00\x00\x00\x00WAVEfmt "])
def test_a_file_that_is_no_sound_says_so(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.wav").write_bytes(content)
    with pytest.raises(wavefile.SoundFileError, match=r"a\.wav"):
        layer("a.wav", base=tmp_path)
    with pytest.raises(wavefile.SoundFileError, match="nowhere"):
        layer("nowhere.ogg", base=tmp_path)


def test_an_overlong_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "long.wav"
    with wave.open(str(path), "wb") as f:
        f.setnchannels(1)
        f.setsampwidth(1)
        f.setframerate(8000)
        f.writeframes(bytes([128]) * (8000 * (wavefile.MAX_SECONDS + 1)))
    with pytest.raises(wavefile.SoundFileError, match="ten minutes"):
        wavefile.load(path)
