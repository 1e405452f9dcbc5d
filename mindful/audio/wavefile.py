"""Reads sound files at the mixer's rate: whole for bells and background layers, block by block for recordings.

Everything is decoded by soundfile (WAV, FLAC, Ogg Vorbis and Opus, MP3, AIFF), so that all files are treated alike.
Where soundfile cannot be loaded, plain WAV files are still read by Python itself: the bells are such files, and they
must ring.
"""

from __future__ import annotations

import errno
import math
import wave
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from mindful.audio.units import RATE, Block

MAX_SECONDS = 600
"""A longer file is not read whole: decoded, ten minutes already take 230 MB. A background is looped anyway."""
RATES = (4000, 384_000)
BLOCK_S = 5
"""Seconds that are decoded at once."""

Frames = npt.NDArray[np.float32]
"""Frames of any number of channels, (n, channels)."""


class SoundFileError(Exception):
    """A sound file that cannot be used; the message names the file and says why, for a person."""


@dataclass(frozen=True, slots=True)
class Decoding:
    """An open sound file."""

    rate: int
    channels: int
    blocks: Iterator[Frames]
    """All of it in order. Raises `SoundFileError` where it goes on for too long."""


@contextmanager
def opened(path: Path, most_s: int = MAX_SECONDS) -> Iterator[Decoding]:
    """The sound in a file, to be read in blocks. Raises `SoundFileError`, also while it is read."""
    try:
        if not path.is_file():
            raise SoundFileError(f"{path.name}: there is no such file")
        if not path.stat().st_size:
            raise SoundFileError(f"{path.name}: the file is empty")
        with _decoder(path) as (rate, channels, frames, read):
            if not RATES[0] <= rate <= RATES[1] or not channels:
                raise SoundFileError(f"{path.name}: it holds no usable sound")
            if frames > most_s * rate:  # a stream without its length says 2^63 - 1: read until it is too long
                if frames < 100 * 3600 * rate:
                    raise SoundFileError(f"{path.name}: it is longer than {_limit(most_s)}")
                frames = most_s * rate + 1
            yield Decoding(rate, channels, _blocks(path, read, rate, most_s))
    except SoundFileError:
        raise
    except MemoryError:
        raise SoundFileError(f"{path.name}: it is too large for this computer") from None
    except Exception as e:  # decoders' own errors have no common parent
        raise SoundFileError(f"{path.name}: {_reason(path, e)}") from e


def _blocks(path: Path, read: Any, rate: int, most_s: int) -> Iterator[Frames]:
    done = 0
    while True:
        block = read(BLOCK_S * rate)
        if not len(block):
            break
        done += len(block)
        if done > most_s * rate:
            raise SoundFileError(f"{path.name}: it is longer than {_limit(most_s)}")
        if not np.isfinite(block).all():
            raise SoundFileError(f"{path.name}: it holds no usable sound")
        yield block
    if not done:
        raise SoundFileError(f"{path.name}: it holds no sound")


@contextmanager
def _decoder(path: Path) -> Iterator[tuple[int, int, int, Any]]:
    """Rate, channels, frames as the file says, and what reads so many frames, (n, channels)."""
    try:
        import soundfile
    except (ImportError, OSError):  # no wheel with its library for this machine
        with wave.open(str(path), "rb") as f:
            yield f.getframerate(), f.getnchannels(), f.getnframes(), lambda n: _wav_frames(f, n)
    else:
        with soundfile.SoundFile(path) as f:
            yield f.samplerate, f.channels, f.frames, lambda n: f.read(n, dtype="float32", always_2d=True)


def _wav_frames(f: wave.Wave_read, n: int) -> Frames:
    channels, width = f.getnchannels(), f.getsampwidth()
    raw = f.readframes(n)
    raw = raw[: len(raw) // (channels * width) * channels * width]
    if width == 1:
        flat = (np.frombuffer(raw, np.uint8).astype(np.float32) - 128) / np.float32(128)
    else:
        high = np.zeros((len(raw) // width, 4), np.uint8)
        high[:, 4 - width :] = np.frombuffer(raw, np.uint8).reshape(-1, width)
        flat = high.view("<i4")[:, 0].astype(np.float32) / np.float32(2147483648)
    return flat.reshape(-1, channels)


def _reason(path: Path, error: Exception) -> str:
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "there is no room left on the disk to unpack it"
    try:
        with path.open("rb") as f:
            head = f.read(12)
    except OSError as e:
        return f"it cannot be opened ({(e.strerror or 'no reason given').lower()})"
    if head[4:8] == b"ftyp":
        return "m4a and mp4 files are not read here; save it as wav, flac, ogg or mp3"
    if isinstance(error, wave.Error | EOFError) and head[:4] != b"RIFF":
        return "only WAV files can be read here (soundfile cannot be loaded)"
    return "it is not a sound file that can be read, or it is damaged"


def _limit(seconds: int) -> str:
    return {600: "ten minutes", 3600: "an hour"}.get(seconds, f"{seconds // 60} minutes")


class Resampler:
    """From one rate to the mixer's, band-limited, block by block: each stretch goes through its spectrum with a quarter
    second of what is around it, so that stretches join without a seam."""

    def __init__(self, rate: int, channels: int) -> None:
        common = math.gcd(rate, RATE)
        self._up, self._down = RATE // common, rate // common
        self._rate = rate
        self._take = self._down * math.ceil(2 * rate / self._down)
        self._pad = self._down * math.ceil(rate / 4 / self._down)
        self._rest: Frames = np.zeros((self._pad, channels), np.float32)
        self._in = self._out = 0
        ramp = 0.5 - 0.5 * np.cos(np.pi * (np.arange(self._pad // 2) + 0.5) / (self._pad // 2))
        self._ramp = ramp.astype(np.float32)[:, None]

    def feed(self, sound: Frames) -> Frames:
        """More sound in, what can be given of it out."""
        self._in += len(sound)
        if self._up == self._down:
            return sound
        self._rest = np.concatenate((self._rest, sound))
        parts = [np.zeros((0, sound.shape[1]), np.float32)]
        while len(self._rest) >= self._take + 2 * self._pad:
            parts.append(self._stretch())
        return np.concatenate(parts)

    def flush(self) -> Frames:
        """What is left, at the end."""
        channels = self._rest.shape[1]
        if self._up == self._down:
            return np.zeros((0, channels), np.float32)
        left = round(self._in * RATE / self._rate) - self._out
        tail = np.zeros((self._take + 2 * self._pad, channels), np.float32)
        parts = [np.zeros((0, channels), np.float32)]
        while sum(map(len, parts)) < left:
            self._rest = np.concatenate((self._rest, tail))
            parts.append(self._stretch())
        return np.concatenate(parts)[:left]

    def _stretch(self) -> Frames:
        n = self._take + 2 * self._pad
        piece = self._rest[:n].copy()
        half = len(self._ramp)
        piece[:half] *= self._ramp
        piece[n - half :] *= self._ramp[::-1]
        self._rest = self._rest[self._take :]
        whole = _through_spectrum(piece, n // self._down * self._up)
        begin = self._pad // self._down * self._up
        out = whole[begin : begin + self._take // self._down * self._up]
        self._out += len(out)
        return out


def _through_spectrum(sound: Frames, want: int) -> Frames:
    have = len(sound)
    spectrum = np.fft.rfft(sound, axis=0)
    keep = np.zeros((want // 2 + 1, sound.shape[1]), spectrum.dtype)
    m = min(len(keep), len(spectrum))
    keep[:m] = spectrum[:m]
    return (np.fft.irfft(keep, want, axis=0) * (want / have)).astype(np.float32)


def resample(sound: Frames, rate: int) -> Frames:
    """`sound` (n, channels) from `rate` to the mixer's rate, band-limited."""
    n = len(sound)
    if rate == RATE or n == 0:
        return sound
    if n > 20 * rate:
        through = Resampler(rate, sound.shape[1])
        return np.concatenate((through.feed(sound), through.flush()))
    # About a second of silence, so that the end does not ring into the beginning; and the whole in both rates a whole
    # number of frames, so that nothing is drawn out.
    down = rate // math.gcd(rate, RATE)
    pad = -(-(n + rate) // down) * down - n
    padded = np.concatenate((sound, np.zeros((pad, sound.shape[1]), np.float32)))
    return _through_spectrum(padded, round((n + pad) * RATE / rate))[: round(n * RATE / rate)]


def load(path: Path) -> Block:
    """The sound in `path`, (n, 2) at the mixer's rate. Raises `SoundFileError`."""
    with opened(path) as f:
        through = Resampler(f.rate, 2)
        parts = [through.feed(stereo(block)) for block in f.blocks]
        parts.append(through.flush())
        return np.ascontiguousarray(np.concatenate(parts), dtype=np.float32)


_CENTRE = np.float32(0.7071)
_LFE = 3


def stereo(sound: Frames) -> Frames:
    """Any number of channels as two. Five and one (left, right, centre, low, two behind) are folded as usual."""
    channels = sound.shape[1]
    if channels == 1:
        return np.repeat(sound, 2, axis=1)
    if channels == 2:
        return sound
    if channels != 6:
        return np.repeat(mono(sound)[:, None], 2, axis=1)
    sides = sound[:, :2] + _CENTRE * sound[:, 2:3] + _CENTRE * sound[:, 4:6]
    return np.asarray(sides / (1 + 2 * _CENTRE), np.float32)


def mono(sound: Frames) -> npt.NDArray[np.float32]:
    """The mean of all channels, (n,), without the low one of five and one, which speech does not use."""
    if sound.shape[1] == 6:
        sound = np.delete(sound, _LFE, axis=1)
    return np.asarray(sound.mean(axis=1), np.float32)
