"""The child process in which simpleaudio plays. Started by `sinks/simpleaudio.py` as a file, never imported.

It maps the memory that the parent writes, and plays it as one endless buffer: simpleaudio keeps a view of it and its C
thread copies each 100 ms when the device wants them. `stop()` is never called (it ends abruptly and, before Python
3.12's allocator change was answered, crashed). When the parent closes our standard input, or is gone, what is about to
be heard is faded, and the process leaves.

simpleaudio tells nobody how far it has read. On Linux the kernel knows: a page of memory belongs to this process only
once something here has touched it, and nothing but that C thread does. So each time another stretch of 64 KiB (what the
kernel brings in at once around a page that is wanted) has come in, the parent is told, and can see a device that stands
still or has fallen behind.

Arguments: a file or a file descriptor (`fd:3`), and the number of bytes. Lines on standard output: `ready`,
`started <monotonic seconds>`, `read <frame> <monotonic seconds>`, `failed <why>`, `ended`.
"""

from __future__ import annotations

import contextlib
import ctypes
import mmap
import os
import sys
import threading
import time
from pathlib import Path

RATE = 48000
GUARD = RATE // 5
FADE = 3 * RATE // 100
STRETCH = 1 << 16
"""Bytes that the kernel brings in at once (`fault_around_bytes`, as it comes)."""
AT_ONCE = 8
"""Stretches between two looks that are no longer believed: 2.7 s."""


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def fade(memory: mmap.mmap, at: int) -> None:
    """Draw what stands at frame `at` to zero over 30 ms, and clear the three seconds after it."""
    with memoryview(memory) as raw, raw.cast("h") as samples:
        last = len(samples) // 2
        for i in range(FADE):
            if at + i >= last:
                return
            gain = 1 - i / FADE
            for c in (0, 1):
                k = 2 * (at + i) + c
                samples[k] = int(samples[k] * gain)
    a, b = 4 * (at + FADE), min(4 * (at + FADE + 3 * RATE), len(memory))
    if a < b:
        memory[a:b] = bytes(b - a)


class Touched:
    """How far the memory has been read, from the kernel's page table; never any further where that cannot be had."""

    def __init__(self, memory: mmap.mmap) -> None:
        self.frame = 0
        """Somebody has read this frame."""
        self._next, self._pages = 0, -1
        with contextlib.suppress(OSError, ValueError, AttributeError):
            self._pages = os.open("/proc/self/pagemap", os.O_RDONLY)
        if self._pages >= 0:
            begins = ctypes.addressof(ctypes.c_char.from_buffer(memory))
            self._first = begins // mmap.PAGESIZE
            self._lead = begins % STRETCH
            self._last = (len(memory) + self._lead) // STRETCH - 1
            if self.look():  # what is here before anything was played tells nothing
                self._pages = -1

    def look(self) -> bool:
        """Whether somebody has read further than last time."""
        before = self._next
        while self._pages >= 0 and self._next < self._last and self._present():
            self.frame = max(0, self._next * STRETCH - self._lead) // 4
            self._next += 1
            if self._next > before + AT_ONCE:
                self._pages = -1  # larger pieces than we know of: better nothing than something wrong
                return False
        return self._next > before

    def _present(self) -> bool:
        """Whether the next stretch is here. An entry of the table is 8 bytes a page, its highest bit says present.

        Its last page is asked for: what the kernel brings in around the very first page ends within a stretch.
        """
        first = max(0, self._next * STRETCH - self._lead) // mmap.PAGESIZE
        pages = ((self._next + 1) * STRETCH - self._lead) // mmap.PAGESIZE - first
        try:
            entries = os.pread(self._pages, 8 * pages, 8 * (self._first + first))
        except OSError:
            return False
        return len(entries) == 8 * pages and bool(entries[-1] & 0x80)


def main() -> None:
    where, size = sys.argv[1], int(sys.argv[2])
    if where.startswith("fd:"):
        memory = mmap.mmap(int(where[3:]), size)
    else:
        with Path(where).open("r+b") as f:
            memory = mmap.mmap(f.fileno(), size)
    try:
        import simpleaudio
    except ImportError as e:
        say(f"failed simpleaudio cannot be imported: {e}")
        return
    touched = Touched(memory)
    say("ready")
    try:
        playing = simpleaudio.play_buffer(memory, 2, 2, RATE)
    except Exception as e:
        say("failed " + " ".join(str(e).split()))
        return
    started = time.monotonic()
    say(f"started {started!r}")
    gone = threading.Event()

    def watch() -> None:
        sys.stdin.read()
        gone.set()

    threading.Thread(target=watch, daemon=True).start()
    while playing.is_playing():
        if touched.look():
            say(f"read {touched.frame} {time.monotonic()!r}")
        if gone.wait(0.05):
            fade(memory, int((time.monotonic() - started) * RATE) + GUARD)
            time.sleep(0.45)
            os._exit(0)
    say("ended")
    os._exit(3)


if __name__ == "__main__":
    main()
