"""Spoken lines wait in a file, not in memory: an hour of guidance is a hundred megabytes. Called by the narrator.

The file has no name and is gone with the program. What was read last is kept, since the mixer asks for the same line
block after block.
"""

from __future__ import annotations

import tempfile
import threading
from collections import OrderedDict
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from mindful.audio.units import Mono

KEPT_FRAMES = 48_000 * 60
"""Frames of lines that stay in memory, 11 MB: a minute of speech."""


class Spool:
    """Lines by number. All methods may be called from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._file: IO[bytes] | None = None
        self._places: list[tuple[int, int]] = []
        """(byte, frames) of each line."""
        self._kept: OrderedDict[int, Mono] = OrderedDict()
        self._frames = 0
        self._end = 0

    def put(self, sound: Mono) -> int:
        """Keep a line, float32 (n,); gives its number. Where no file can be made or it is full, it stays in memory."""
        sound.setflags(write=False)
        with self._lock:
            number = len(self._places)
            try:
                if self._file is None and not self._places:
                    self._file = tempfile.TemporaryFile(prefix="mindful-")  # noqa: SIM115 -- open as long as the lines are
                if self._file is None:
                    raise OSError("closed, or never there")
                self._file.seek(self._end)
                self._file.write(sound.tobytes())
                self._file.flush()
                self._places.append((self._end, len(sound)))
                self._end += 4 * len(sound)
                self._keep(number, sound)
            except OSError:
                self._places.append((-1, len(sound)))
                self._kept[number] = sound
            return number

    def get(self, number: int) -> Mono:
        """The line of that number, not to be changed."""
        import numpy as np

        with self._lock:
            found = self._kept.get(number)
            if found is not None:
                self._kept.move_to_end(number)
                return found
            at, frames = self._places[number]
            if self._file is None:
                return np.zeros(frames, np.float32)  # closed: nobody listens any more
            self._file.seek(at)
            sound: Mono = np.frombuffer(self._file.read(4 * frames), np.float32)
            self._keep(number, sound)
            return sound

    def close(self) -> None:
        """Give the file up; what is not in memory is silent from now on. May be called twice."""
        with self._lock:
            if self._file is not None:
                self._file.close()
                self._file = None

    def _keep(self, number: int, sound: Mono) -> None:
        self._kept[number] = sound
        self._frames += len(sound)
        for old in list(self._kept):
            if self._frames <= KEPT_FRAMES or old == number:
                break
            if self._places[old][0] >= 0:
                self._frames -= len(self._kept.pop(old))
