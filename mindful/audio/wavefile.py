"""Reads sound files into arrays at the mixer's rate. Called for bells and for background layers that are files."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
import numpy.typing as npt

from mindful.audio.units import RATE, Block, Mono

MAX_SECONDS = 600
"""A longer file is not read: decoded, ten minutes already take 230 MB. A background is looped anyway."""


class SoundFileError(Exception):
    """A sound file that cannot be used; the message says why, for a person."""


def resample(sound: npt.NDArray[np.float32], rate: int) -> npt.NDArray[np.float32]:
    """`sound` (n, channels) from `rate` to the mixer's rate, band-limited, through its spectrum."""
    n = len(sound)
    if rate == RATE or n == 0:
        return sound
    pad = rate  # a second of silence, so that the end does not ring into the beginning
    have = n + pad
    want = round(have * RATE / rate)
    spectrum = np.fft.rfft(np.concatenate((sound, np.zeros((pad, sound.shape[1]), np.float32))), axis=0)
    keep = np.zeros((want // 2 + 1, sound.shape[1]), spectrum.dtype)
    m = min(len(keep), len(spectrum))
    keep[:m] = spectrum[:m]
    out = np.fft.irfft(keep, want, axis=0) * (want / have)
    return out[: round(n * RATE / rate)].astype(np.float32)


def _read_wav(path: Path) -> tuple[npt.NDArray[np.float32], int]:
    with wave.open(str(path), "rb") as f:
        rate, channels, width, frames = f.getframerate(), f.getnchannels(), f.getsampwidth(), f.getnframes()
        if frames > MAX_SECONDS * rate:
            raise SoundFileError(f"{path.name} is longer than ten minutes")
        raw = f.readframes(frames)
    flat: Mono
    if width == 2:
        flat = np.frombuffer(raw, "<i2").astype(np.float32) / np.float32(32768)
    elif width == 3:
        b = np.frombuffer(raw[: len(raw) // 3 * 3], np.uint8).reshape(-1, 3).astype(np.int32)
        flat = (b[:, 0] << 8 | b[:, 1] << 16 | b[:, 2] << 24).astype(np.float32) / np.float32(2147483648)
    elif width == 4:
        flat = np.frombuffer(raw, "<i4").astype(np.float32) / np.float32(2147483648)
    else:
        flat = (np.frombuffer(raw, np.uint8).astype(np.float32) - np.float32(128)) / np.float32(128)
    return flat[: len(flat) // channels * channels].reshape(-1, channels), rate


def _decode(path: Path) -> tuple[npt.NDArray[np.float32], int]:
    """FLAC, Ogg Vorbis and MP3 through miniaudio, where it is installed."""
    try:
        import miniaudio
    except ImportError:
        raise SoundFileError(f"{path.name}: only WAV files can be read here (miniaudio is not installed)") from None
    info = miniaudio.get_file_info(str(path))
    if info.duration > MAX_SECONDS:
        raise SoundFileError(f"{path.name} is longer than ten minutes")
    got = miniaudio.decode_file(str(path), miniaudio.SampleFormat.FLOAT32, info.nchannels, info.sample_rate)
    return np.asarray(got.samples, np.float32).reshape(-1, info.nchannels), info.sample_rate


def load(path: Path) -> Block:
    """The sound in `path`, (n, 2) at the mixer's rate. Raises `SoundFileError`."""
    try:
        try:
            sound, rate = _read_wav(path)
        except (wave.Error, EOFError):
            sound, rate = _decode(path)
    except SoundFileError:
        raise
    except Exception as e:  # a decoder's own errors have no common parent
        raise SoundFileError(f"{path.name} cannot be read: {e or type(e).__name__}") from e
    if not len(sound) or not 4000 <= rate <= 384_000 or not np.isfinite(sound).all():
        raise SoundFileError(f"{path.name} holds no usable sound")
    sound = np.repeat(sound, 2, axis=1) if sound.shape[1] == 1 else sound[:, :2]
    return np.ascontiguousarray(resample(sound, rate), dtype=np.float32)
