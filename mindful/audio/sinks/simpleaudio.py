"""The device through simpleaudio, as a sample-exact stream: one `play_buffer` over shared memory written ahead.

simpleaudio has no queue, no pause and no clock. But it keeps a view of the memory it plays, and reads each 100 ms just
in time, so whatever stands `GUARD` ahead of the listener is what will be heard. It runs in a child process (`host`):
there it cannot hold our interpreter while it opens a device, print over the screen, or take us with it if it crashes.
`PYTHONMALLOC=malloc` is the child's cure for a release without the interpreter's lock that kills Python 3.12 and later.

The listener's frame is the start of the stream plus monotonic time. On Linux the child also tells how far the memory
has been read (`host.Touched`, `progress`): a device that stands still stops the time, and one that starved or whose
crystal is off moves it. Elsewhere the crystal is not followed, at most about a tenth of a second in an hour against
which each pause and each open step anchors anew.
"""

from __future__ import annotations

import contextlib
import mmap
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO

import numpy as np
import numpy.typing as npt

from mindful.audio.sinks.base import ClockKind, Now, SinkError
from mindful.audio.sinks.progress import Progress
from mindful.audio.units import RATE, Block

GUARD = RATE // 5
"""How far ahead of the listener memory is left alone."""
SAFE = 13 * RATE // 100
"""Nearer than this a change may already have been copied."""
MOST = (2**31 - 1) // 4 // 4096 * 4096
"""simpleaudio counts bytes in a C int: three hours and six minutes."""
BEHIND = 4 * RATE
START_S = 4.0
_FREE = getattr(mmap, "MADV_REMOVE", None)


class SimpleaudioSink:
    """One stream through a child process."""

    name = "simpleaudio"
    clock: ClockKind = "audio"
    wants_frames = True

    def __init__(self, clock: Now, python: str | None = None) -> None:
        self._clock = clock
        self._python = python or sys.executable
        self._frames = 0
        self._file: int | None = None
        self._path: Path | None = None
        self._memory: mmap.mmap | None = None
        self._view: npt.NDArray[np.int16] | None = None
        self._child: subprocess.Popen[str] | None = None
        self._said = threading.Event()
        self._started: float | None = None
        self._shift = 0.0
        self._progress = Progress()
        self._why = ""
        self._underruns = 0
        self._freed = 0
        self.log: list[str] = []
        """The last lines that the sound system printed, for `mindful doctor`."""

    @property
    def underruns(self) -> int:
        return max(self._underruns, self._progress.holes)

    @property
    def limit(self) -> int:
        return self._frames

    def open(self) -> None:
        try:
            where = self._map()
            self._spawn(where)
        except OSError as e:
            self.close()
            raise SinkError(f"simpleaudio could not be started ({e.strerror or e})") from e
        self._said.wait(START_S)
        if self._started is None:
            why = self._why or "no answer from the sound system"
            self.close()
            raise SinkError(f"simpleaudio found no sound device ({why})")

    def _map(self) -> str:
        """Sparse memory for the whole stream; a shorter one where the system grants no more."""
        for frames in (MOST, MOST // 4, MOST // 16):
            try:
                if hasattr(os, "memfd_create"):
                    # No name, so nothing is left behind whatever happens to us.
                    self._file = os.memfd_create("mindful-sound")
                    where = f"fd:{self._file}"
                else:
                    self._file, name = tempfile.mkstemp(prefix="mindful-sound-")
                    self._path, where = Path(name), name
                os.ftruncate(self._file, frames * 4)
                self._memory = mmap.mmap(self._file, frames * 4)
            except (OSError, ValueError):
                self._drop_map()
                continue
            self._frames = frames
            self._view = np.frombuffer(self._memory, "<i2").reshape(-1, 2)
            return where
        raise OSError("there is not enough memory for the sound")

    def _spawn(self, where: str) -> None:
        host = Path(__file__).with_name("host.py")
        env = dict(os.environ, PYTHONMALLOC="malloc")
        shared = [self._file] if self._file is not None and where.startswith("fd:") else []
        # Its own session: Ctrl-C and a closed terminal are ours to answer, the child leaves when we let go of it.
        flags = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0) | getattr(subprocess, "CREATE_NO_WINDOW", 0)
        self._child = subprocess.Popen(
            # -P: else the folder of `host.py`, which holds a `simpleaudio.py`, would come first on its path.
            [self._python, "-P", str(host), where, str(self._frames * 4)],
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            errors="replace",
            pass_fds=shared,
            start_new_session=sys.platform != "win32",
            creationflags=flags,
        )
        for stream, hear in ((self._child.stdout, self._line), (self._child.stderr, self._noise)):
            if stream is not None:
                threading.Thread(target=_each, args=(stream, hear), daemon=True, name="mindful-host").start()

    def _line(self, line: str | None) -> None:
        """A line of the child; None when it has no more to say."""
        word, _, rest = (line or "ended").partition(" ")
        if word == "started" and self._started is None:
            # The child tells its own monotonic time, which all processes share; ours may be another clock.
            self._shift = self._clock.now() - time.monotonic()
            self._started = float(rest) + self._shift
            self._said.set()
        elif word == "read" and self._started is not None:
            frame, _, at = rest.partition(" ")
            self._progress.read(int(frame), float(at) + self._shift - self._started)
        elif word in ("failed", "ended"):
            self._why = self._why or rest.removeprefix("Error opening PCM device. ") or "it ended at once"
            self._said.set()

    def _noise(self, line: str | None) -> None:
        if line:
            self._underruns += "underrun" in line
            self.log = [*self.log[-19:], line]

    def write(self, frame: int, block: Block) -> bool:
        view = self._view
        if view is None:
            return False
        now = self._clock.now()
        if frame < self.heard(now) + SAFE and self._started is not None:
            return False
        n = min(len(block), len(view) - frame)
        if n > 0:
            view[frame : frame + n] = np.rint(np.clip(block[:n], -1, 1) * 32767)
        self._release(now)
        return True

    def _release(self, now: float) -> None:
        """Give the past back, so that hours of sound take the memory of seconds. Linux only; elsewhere it stays."""
        if _FREE is None or self._memory is None:
            return
        until = int(self.heard(now) - BEHIND) * 4 // mmap.PAGESIZE * mmap.PAGESIZE
        if until - self._freed > 1 << 20:
            with contextlib.suppress(OSError):
                self._memory.madvise(_FREE, self._freed, until - self._freed)
            self._freed = until

    def heard(self, now: float) -> float:
        return 0.0 if self._started is None else self._progress.heard(now - self._started)

    def edge(self, now: float) -> int:
        return int(self.heard(now)) + GUARD

    def alive(self, now: float) -> bool:
        child = self._child
        return child is not None and not self._why and child.poll() is None and self.heard(now) < self._frames

    def close(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            if child.stdin is not None:
                with contextlib.suppress(OSError):
                    child.stdin.close()  # the child fades and leaves by itself
            threading.Thread(target=_reap, args=(child,), daemon=True, name="mindful-reap").start()
        self._drop_map()

    def _drop_map(self) -> None:
        self._view = None
        if self._memory is not None:
            with contextlib.suppress(BufferError):
                self._memory.close()
            self._memory = None
        if self._file is not None:
            os.close(self._file)
            self._file = None
        if self._path is not None:
            with contextlib.suppress(OSError):  # Windows keeps it while the child has it open
                self._path.unlink()
            self._path = None


def _each(stream: IO[str], hear: Callable[[str | None], None]) -> None:
    with contextlib.suppress(OSError, ValueError):
        for line in stream:
            hear(line.strip())
    hear(None)


def _reap(child: subprocess.Popen[str]) -> None:
    """Wait for a child that was asked to leave; one that does not is made to."""
    try:
        child.wait(3)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
    for stream in (child.stdout, child.stderr):
        if stream is not None:
            with contextlib.suppress(OSError):
                stream.close()
