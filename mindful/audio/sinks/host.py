"""The child process in which simpleaudio plays. Started by `sinks/simpleaudio.py` as a file, never imported.

It maps the memory that the parent writes, and plays it as one endless buffer: simpleaudio keeps a view of it and its C
thread copies each 100 ms when the device wants them. `stop()` is never called (it ends abruptly and, before Python
3.12's allocator change was answered, crashed). When the parent closes our standard input, or is gone, what is about to
be heard is faded, and the process leaves.

Arguments: a file or a file descriptor (`fd:3`), and the number of bytes. Lines on standard output: `ready`,
`started <monotonic seconds>`, `failed <why>`, `ended`.
"""

from __future__ import annotations

import mmap
import os
import sys
import threading
import time
from pathlib import Path

RATE = 48000
GUARD = RATE // 5
FADE = 3 * RATE // 100


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
        if gone.wait(0.05):
            fade(memory, int((time.monotonic() - started) * RATE) + GUARD)
            time.sleep(0.45)
            os._exit(0)
    say("ended")
    os._exit(3)


if __name__ == "__main__":
    main()
