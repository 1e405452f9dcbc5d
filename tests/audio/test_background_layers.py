"""Background layers: endless, without a seam or click, the same at every hearing, and not louder than meant."""

from __future__ import annotations

import time
import warnings
import wave
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyloudnorm
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mindful.audio import noise, wavefile
from mindful.audio.layers import GAIN, LOUDNESS, layer
from mindful.audio.units import RATE, TILE, Block
from mindful.script.kinds.guide import LAYERS
from tests.audio.made import rms

NATURAL = ("ocean", "rain", "stream", "wind", "pink-noise", "brown-noise")
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
    np.testing.assert_array_equal(joined, whole)


def test_every_layer_has_its_gain() -> None:
    assert set(GAIN) == set(SOUNDING)


@pytest.mark.parametrize("name", SOUNDING)
def test_layers_are_equally_loud(name: str) -> None:
    """BS.1770 over two minutes, well into the sound, and no peak that startles."""
    x = long_piece(name, 120, first=200 * RATE).astype(float)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert pyloudnorm.Meter(RATE).integrated_loudness(x) == pytest.approx(LOUDNESS, abs=1.2)
    assert np.abs(x).max() < 0.36  # a lone sample of a wave that breaks; -9 dBFS
    assert abs(float(x.mean())) < 2e-3


def test_silence_is_silent() -> None:
    assert not layer("silence").render(5, 1000).any()


@pytest.mark.parametrize("name", SOUNDING)
def test_no_click_where_a_loop_comes_round_or_the_ear_is_led_elsewhere(name: str) -> None:
    """The second difference at such a place is no larger than it is anywhere else."""
    made = layer(name)
    for at in (
        noise.LENGTH,
        7 * noise.STRETCH,
        7 * noise.STRETCH + noise.CROSS,
        9 * noise.STRETCH - noise.STRETCH // 2,
    ):
        around = made.render(at - 4096, 8192).astype(float)
        bend = np.abs(np.diff(around, 2, axis=0))
        elsewhere = max(bend[:4080].max(), bend[4112:].max())
        assert bend[4088:4104].max() <= max(1.3 * elsewhere, 1e-4)


@pytest.mark.parametrize("name", NATURAL)
def test_both_ears_hear_the_same_place_and_not_the_same_noise(name: str) -> None:
    x = long_piece(name, 10).astype(float)
    together = np.corrcoef(x[:, 0], x[:, 1])[0, 1]
    assert -0.2 < together < 0.85
    assert 0.7 < rms(x[:, :1]) / rms(x[:, 1:]) < 1.4


def features(x: Block) -> np.ndarray:
    """What a listener could recognise a passage by: level in five bands, twenty times a second, (bands, n)."""
    n = RATE // 20
    mono = x.mean(axis=1)[: len(x) // n * n].reshape(-1, n)
    power = np.abs(np.fft.rfft(mono * np.hanning(n))) ** 2
    hz = np.fft.rfftfreq(n, 1 / RATE)
    edges = (60, 300, 800, 2000, 5000, 12_000)
    level = np.log(np.stack([power[:, (hz >= a) & (hz < b)].sum(axis=1) for a, b in pairwise(edges)]) + 1e-12)
    # What drifts over more than a second (a gust, a wave) comes again without being the same.
    return level - np.stack([np.convolve(row, np.ones(21) / 21, "same") for row in level])


def likeness_later(x: np.ndarray) -> np.ndarray:
    """Autocorrelation of (rows, n), summed over the rows, as parts of that at lag 0."""
    x = x - x.mean(axis=1, keepdims=True)
    size = 2 * x.shape[1]
    power = np.abs(np.fft.rfft(x, size, axis=1)) ** 2
    corr = np.fft.irfft(power, axis=1).sum(axis=0)[: x.shape[1]]
    return np.asarray(corr / corr[0])


@pytest.mark.parametrize(("name", "seconds"), [(n, 600 if n in ("ocean", "pink-noise") else 300) for n in NATURAL])
def test_minutes_have_no_loop_that_can_be_heard(name: str, seconds: int) -> None:
    """Neither the sound itself nor what a listener could recognise it by is like what was 1 s to half of it before.

    All are made of one kind of noise, which the two that take ten minutes tell of; what comes and goes in the others
    does so more often than every two minutes.
    """
    x = long_piece(name, seconds, first=50 * RATE)
    again = likeness_later(features(x))
    assert np.abs(again[20 : 20 * seconds // 2]).max() < 0.06 * (600 / seconds) ** 0.5
    sound = likeness_later(x.mean(axis=1)[None, ::6])  # where the sound is the same, what aliases is, too
    assert np.abs(sound[8000 : 8000 * seconds // 2]).max() < 0.03


@pytest.mark.parametrize("seed", [1, 53])
def test_what_sounds_together_is_never_nearly_the_same_noise(seed: int) -> None:
    """The same noise a moment late would be a comb: in a cross-fade, and between the ears where both go to one speaker."""
    length = 50_021
    ramp = np.arange(noise.LENGTH, dtype=np.float32)
    ears = noise.Pair(ramp, seed).ears

    def heard(ear: int, frame: int) -> list[int]:
        """Which places of the loop sound in an ear at a frame, one or, in a cross-fade, two."""
        bed, at = ears[ear], frame + ear * (noise.STRETCH // 2)
        stretch, within = divmod(at, noise.STRETCH)
        places = [bed._place(stretch) + within]
        if within < noise.CROSS:
            places.append(bed._place(stretch - 1) + noise.STRETCH + within)
        return [int(place) % noise.LENGTH for place in places]

    for frame in range(0, 400 * length, length):
        places = [place for ear in (0, 1) for place in heard(ear, frame)]
        for i, a in enumerate(places):
            for b in places[:i]:
                apart = abs(a - b)
                assert min(apart, noise.LENGTH - apart) >= noise.APART


def test_a_loop_would_have_been_noticed() -> None:
    """The measure itself: a loop of eleven seconds stands out by far."""
    loop = long_piece("rain", 12)[: 11 * RATE]
    assert likeness_later(features(np.tile(loop, (5, 1))))[20 * 11] > 0.5


def test_a_late_block_costs_what_the_first_does() -> None:
    def cost(first: int) -> float:
        best = 1.0
        for i in range(40):
            begin = time.perf_counter()
            made.render(first + i * TILE, TILE)
            best = min(best, time.perf_counter() - begin)
        return best

    for name in SOUNDING:
        made = layer(name)
        assert cost(24 * 3600 * RATE) < 2 * cost(0) + 1e-4, name


def test_pink_and_brown_fall_as_their_names_say() -> None:
    def slope(name: str) -> float:
        x = long_piece(name, 20)[:, 0]
        power = np.abs(np.fft.rfft(x)) ** 2
        hz = np.fft.rfftfreq(len(x), 1 / RATE)
        bands = [power[(hz >= f) & (hz < 2 * f)].mean() for f in (125, 250, 500, 1000, 2000, 4000)]
        return float(np.polyfit(range(len(bands)), 10 * np.log10(bands), 1)[0])

    assert slope("pink-noise") == pytest.approx(-3, abs=0.3)
    assert slope("brown-noise") == pytest.approx(-6, abs=0.3)


def levels(x: Block, low: float, high: float, hop_s: float = 0.25) -> np.ndarray:
    """Level of a band in dB every `hop_s`."""
    n = int(hop_s * RATE)
    pieces = x[: len(x) // n * n].mean(axis=1).reshape(-1, n)
    power = np.abs(np.fft.rfft(pieces * np.hanning(n))) ** 2
    hz = np.fft.rfftfreq(n, 1 / RATE)
    return np.asarray(10 * np.log10(power[:, (hz >= low) & (hz < high)].sum(axis=1) + 1e-12))


def test_ocean_waves_break_and_draw_back() -> None:
    surf = np.convolve(levels(long_piece("ocean", 300), 900, 5000), np.ones(3) / 3, "valid")
    assert surf.max() - np.percentile(surf, 10) > 12
    top = (surf[1:-1] > surf[:-2]) & (surf[1:-1] >= surf[2:]) & (surf[1:-1] > np.percentile(surf, 80))
    breaks = [int(i) + 1 for i in np.flatnonzero(top) if 20 < i < len(surf) - 40]
    assert len(breaks) > 15
    # They come up in two seconds and take four and more to run out; no two are the same.
    before = np.median([surf[i] - surf[i - 6] for i in breaks])
    after = np.median([surf[i] - surf[i + 6] for i in breaks])
    assert before > 1.3 * after > 0
    assert np.std(np.diff(breaks)) * 0.25 > 0.8
    # It breaks, it does not strike: never more than 6 dB in a quarter of a second.
    assert np.diff(levels(long_piece("ocean", 120), 60, 12_000)).max() < 6


def test_wind_has_no_pitch() -> None:
    """No line stands out of the spectrum of any ten seconds, and a stronger gust is a brighter one."""
    x = long_piece("wind", 120)
    for i in range(0, 110, 10):
        power = np.abs(np.fft.rfft(x[i * RATE : (i + 10) * RATE, 0])) ** 2
        per_third = [power[int(a) : int(a * 1.26)] for a in 600 * 1.26 ** np.arange(16)]
        for part in per_third:
            smooth = np.convolve(part, np.ones(41) / 41, "valid")  # 4 Hz
            assert smooth.max() < 2.6 * part.mean()
    low, high = levels(x, 100, 400, 1.0), levels(x, 1500, 6000, 1.0)
    assert np.corrcoef(low, high)[0, 1] > 0.5
    assert np.std(high) > 1.3 * np.std(low)


def test_rain_has_drops_near_and_a_hush_behind() -> None:
    """Single drops stand out of a steady hush, at their own places between the ears."""
    x = long_piece("rain", 30)
    fine = levels(x, 1000, 6000, 0.01)
    assert np.percentile(fine, 99.7) - np.median(fine) > 5
    assert np.percentile(fine, 5) > np.median(fine) - 6  # it never falls silent
    n = RATE // 100
    left, right = (x[: len(x) // n * n, s].reshape(-1, n).astype(float).std(axis=1) for s in (0, 1))
    loud = np.argsort(left + right)[-60:]
    assert np.std(20 * np.log10(left[loud] / right[loud])) > 1.8


def test_drone_does_not_beat_within_an_ear() -> None:
    """Between 2 and 30 Hz, where beats are rough, the level of one ear hardly moves."""
    x = long_piece("drone", 30)[:, 0].astype(float)
    spectrum = np.fft.fft(x)
    spectrum[len(x) // 2 :] = 0
    envelope = np.abs(np.fft.ifft(2 * spectrum))
    moves = np.abs(np.fft.rfft((envelope - envelope.mean()) * np.hanning(len(x)))) / len(x) * 4
    hz = np.fft.rfftfreq(len(x), 1 / RATE)
    assert moves[(hz > 2) & (hz < 30)].max() < 0.01 * envelope.mean()


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
