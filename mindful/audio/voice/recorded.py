"""The therapist's own voice: a recording, mixed to one channel, its silent edges taken off, at the voice's loudness.

Its pace and its pauses are left as they are. It is read block by block, and a long one is not kept in memory: it lies
in a file without a name, which the system lets go of with the program. Called by the narrator for lines with `audio`.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import IO

import numpy as np

from mindful.audio.units import FRAMES_PER_MS, RATE, Mono, decibels
from mindful.audio.voice import delivery, loudness
from mindful.audio.voice.delivery import Delivered
from mindful.audio.wavefile import Resampler, SoundFileError, mono, opened

MAX_SECONDS = 3600
"""A longer recording is refused: it could neither be gone back in nor paused sensibly as one line."""
IN_MEMORY_S = 180
"""Longer ones go to a file: an hour would be 690 MB."""
_STEP = RATE // 100


def recorded(path: Path, scratch: Path | None = None) -> Delivered:
    """The recording in a file as it is heard. `scratch` is the folder for long ones. Raises `SoundFileError`."""
    with opened(path, MAX_SECONDS) as f:
        through, meter, store = Resampler(f.rate, 1), loudness.Meter(RATE), _Store(scratch)
        for block in f.blocks:
            store.add(through.feed(mono(block)[:, None])[:, 0], meter)
        store.add(through.flush()[:, 0], meter)
        whole = store.whole()
    begin, end = store.edges()
    if begin >= end or meter.lufs() <= loudness.SILENT:
        raise SoundFileError(f"{path.name}: it is silent")
    end = begin + -(-(end - begin) // FRAMES_PER_MS) * FRAMES_PER_MS
    out = whole[begin : min(end, len(whole))]
    if len(out) % FRAMES_PER_MS:
        if store.in_memory:
            out = np.concatenate((out, np.zeros(-len(out) % FRAMES_PER_MS, np.float32)))
        else:
            out = out[: len(out) // FRAMES_PER_MS * FRAMES_PER_MS]
    _level(out, meter.lufs())
    return Delivered(out, ())


def _level(sound: Mono, now: float) -> None:
    """To the voice's loudness and with soft ends, in place, a stretch at a time."""
    peak = max(float(np.abs(sound[i : i + 60 * RATE]).max()) for i in range(0, len(sound), 60 * RATE))
    gain = delivery.gain(now, peak)
    for i in range(0, len(sound), 60 * RATE):
        sound[i : i + 60 * RATE] *= gain
    n = min(RATE, len(sound) // 2)
    sound[:n] = delivery.faded(sound[:n], delivery.FADE_IN_S, 0)
    sound[len(sound) - n :] = delivery.faded(sound[len(sound) - n :], 0, delivery.FADE_OUT_S)


class _Store:
    """Where the frames go while they are read, and how loud each hundredth of a second is."""

    def __init__(self, scratch: Path | None) -> None:
        self._scratch = scratch if scratch is not None and scratch.is_dir() else None
        self._parts: list[Mono] = []
        self._n = 0
        self._file: IO[bytes] | None = None
        self._rest: Mono = np.zeros(0, np.float32)
        self._power: list[np.ndarray[tuple[int, ...], np.dtype[np.float64]]] = []

    @property
    def in_memory(self) -> bool:
        return self._file is None

    def add(self, sound: Mono, meter: loudness.Meter) -> None:
        meter.take(sound)
        steps = np.concatenate((self._rest, sound))
        whole = len(steps) // _STEP * _STEP
        self._rest = steps[whole:]
        if whole:
            self._power.append(np.mean(np.square(steps[:whole].reshape(-1, _STEP), dtype=np.float64), axis=1))
        self._n += len(sound)
        if self._file is None and self._n > IN_MEMORY_S * RATE:
            # It stays open for as long as the recording is in use.
            self._file = tempfile.TemporaryFile(prefix="mindful-", dir=self._scratch)  # noqa: SIM115
            for part in self._parts:
                self._write(part)
            self._parts = []
        if self._file is None:
            self._parts.append(sound)
        else:
            self._write(sound)

    def _write(self, sound: Mono) -> None:
        assert self._file is not None
        self._file.write(np.ascontiguousarray(sound, "<f4").tobytes())

    def whole(self) -> Mono:
        if self._file is None:
            return np.concatenate(self._parts) if self._parts else np.zeros(0, np.float32)
        self._file.flush()
        return np.memmap(self._file, np.float32, "r+", shape=(self._n,))

    def edges(self) -> tuple[int, int]:
        """Where the sound begins and ends, with a little of what is around it."""
        power = np.concatenate(self._power) if self._power else np.zeros(0)
        heard = np.flatnonzero(power > power.max(initial=0.0) * decibels(delivery.EDGE_DB) ** 2)
        if not len(heard):
            return 0, 0
        keep = round(delivery.KEEP_S * RATE)
        return max(0, int(heard[0]) * _STEP - keep), min(self._n, (int(heard[-1]) + 1) * _STEP + keep)
