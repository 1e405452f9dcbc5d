"""A WAV file in real time: exactly what would have been heard, pauses and late frames included. `--sink file:PATH`."""

from __future__ import annotations

import contextlib
import threading
import wave
from pathlib import Path
from typing import BinaryIO

import numpy as np

from mindful.audio.sinks.base import ClockKind, Now, Ring, SinkError
from mindful.audio.units import RATE, Block

MARGIN = RATE // 100
FADE = 3 * RATE // 100
MOST = (1 << 32) // 4 - 1024
"""A WAV file counts its bytes in 32 bits."""


class FileSink:
    """16 bit stereo at 48 kHz; a frame is written when it would have been heard."""

    name = "file"
    clock: ClockKind = "monotonic"
    wants_frames = True
    limit = MOST

    def __init__(self, path: Path, clock: Now) -> None:
        self._path, self._clock = path, clock
        self._ring = Ring()
        self._start = clock.now()
        self._file: BinaryIO | None = None
        self._out: wave.Wave_write | None = None
        self._failed = False
        self._lock = threading.Lock()

    @property
    def underruns(self) -> int:
        return self._ring.dry

    def open(self) -> None:
        try:
            self._file = self._path.open("wb")
        except OSError as e:
            raise SinkError(f"{self._path.name} cannot be written: {e.strerror or e}") from e
        self._out = wave.open(self._file, "wb")  # noqa: SIM115 -- close() does
        self._out.setnchannels(2)
        self._out.setsampwidth(2)
        self._out.setframerate(RATE)
        self._start = self._clock.now()

    def write(self, frame: int, block: Block) -> bool:
        self._flush(self._clock.now())
        return self._ring.write(frame, block)

    def heard(self, now: float) -> float:
        return max(0.0, (now - self._start) * RATE)

    def edge(self, now: float) -> int:
        return int(self.heard(now)) + MARGIN

    def alive(self, now: float) -> bool:
        self._flush(now)
        return self._out is not None and not self._failed

    def _flush(self, now: float) -> None:
        with self._lock:
            n = min(int(self.heard(now)), MOST) - self._ring.read_to
            if self._out is None or n <= 0 or self._failed:
                return
            try:
                while n > 0:
                    k = min(n, RATE)
                    self._out.writeframes(_samples(self._ring.read(k)))
                    n -= k
            except OSError:  # the disk is full: what is there stays, the session goes on
                self._failed = True

    def close(self) -> None:
        self._flush(self._clock.now())
        with self._lock:
            out, self._out = self._out, None
            if out is not None:
                self._ring.fade(FADE)
                try:
                    out.writeframes(_samples(self._ring.read(FADE)))
                except OSError:
                    self._failed = True
                for thing in (out, self._file):
                    if thing is not None:
                        with contextlib.suppress(OSError):
                            thing.close()


def _samples(block: Block) -> bytes:
    return np.rint(np.clip(block, -1, 1) * 32767).astype("<i2").tobytes()
