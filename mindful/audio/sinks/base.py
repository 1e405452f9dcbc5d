"""The protocol of a sink, and the ring that pulling sinks share. The transport drives sinks; `choose` makes them.

A sink has a *stream*: frames counted from 0 at its start, at 48 kHz. Frames are written ahead of the listener, and may
be written again as long as the device has not taken them: that is how a pause or a seek is heard soon, and how the
frame of every cut is known exactly.
"""

from __future__ import annotations

import threading
from typing import Literal, Protocol

import numpy as np

from mindful.audio.units import Block

ClockKind = Literal["audio", "monotonic"]


class Now(Protocol):
    """Monotonic time, handed in."""

    def now(self) -> float:
        """Seconds; never goes back."""
        ...


class SinkError(Exception):
    """The sink cannot be opened; the message says why, for a person."""


class Sink(Protocol):
    """Carries one stream. Not thread-safe but for `heard` and `alive`, which any thread may ask."""

    name: str
    clock: ClockKind
    wants_frames: bool
    """False where nobody can hear: nothing needs to be mixed."""

    @property
    def underruns(self) -> int:
        """Holes heard so far."""
        ...

    @property
    def limit(self) -> int:
        """Frames this stream can carry in all."""
        ...

    def open(self) -> None:
        """Get the device and start the stream at frame 0, in silence. May take seconds. Raises `SinkError`."""
        ...

    def write(self, frame: int, block: Block) -> bool:
        """Put frames (n, 2) at a place of the stream, also a second time.

        False when it came too late, or lies further ahead than the sink holds: then nothing was changed.
        """
        ...

    def heard(self, now: float) -> float:
        """The frame of the stream that is heard at `now`."""
        ...

    def edge(self, now: float) -> int:
        """The first frame that can still be changed at `now`."""
        ...

    def alive(self, now: float) -> bool:
        """Whether the device still plays."""
        ...

    def close(self) -> None:
        """Fade what plays and free the device. Returns within half a second; may be called twice."""
        ...


class Ring:
    """The next seconds of a stream, for sinks whose device pulls. Any thread may write, one reads."""

    SIZE = 1 << 18

    def __init__(self) -> None:
        self._data = np.zeros((self.SIZE, 2), np.float32)
        self._lock = threading.Lock()
        self.read_to = 0
        """Frames handed to the device so far."""
        self.written_to = 0
        self.dry = 0
        """Times the device asked for more than was written, after something had been."""

    def write(self, frame: int, block: Block) -> bool:
        """Put frames (n, 2) at a place; all of them, or none (False) where some were read already or do not fit."""
        with self._lock:
            if frame < self.read_to or frame + len(block) > self.read_to + self.SIZE:
                return False
            done = 0
            while done < len(block):
                i = (frame + done) % self.SIZE
                k = min(len(block) - done, self.SIZE - i)
                self._data[i : i + k] = block[done : done + k]
                done += k
            self.written_to = max(self.written_to, frame + done)
            return True

    def read(self, n: int) -> Block:
        """The next `n` frames (n, 2); silence where nothing was written."""
        out = np.zeros((n, 2), np.float32)
        with self._lock:
            if 0 < self.written_to < self.read_to + n and self.written_to >= self.read_to:
                self.dry += 1
            done = 0
            while done < n:
                i = (self.read_to + done) % self.SIZE
                k = min(n - done, self.SIZE - i)
                out[done : done + k] = self._data[i : i + k]
                self._data[i : i + k] = 0.0
                done += k
            self.read_to += n
        return out

    def fade(self, frames: int) -> None:
        """Fade what comes next over so many frames, and drop the rest."""
        with self._lock:
            order = (self.read_to + np.arange(self.SIZE)) % self.SIZE
            self._data[order[:frames]] *= np.linspace(1, 0, frames, dtype=np.float32)[:, None]
            self._data[order[frames:]] = 0.0
