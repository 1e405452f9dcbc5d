"""A board's driver in a process of its own. Called by `opening`; `python -m mindful.bio.sources.beside` is that
process.

BrainFlow's Bluetooth library aborts where the system's bus goes away, and after a headset dropped its notifications
do not come back in the same process. Beside the session it can do what it likes: the session goes on, and a new
process has a fresh driver. What it prints goes nowhere. Times are of the monotonic clock, which all processes of a
machine share.
"""

from __future__ import annotations

import contextlib
import json
import os
import struct
import subprocess
import sys
import threading
import time
from typing import IO, Any

import numpy as np

from mindful import tongue
from mindful.bio.ports import Chunk, Kind, Now
from mindful.bio.sources.base import Threaded
from mindful.bio.sources.brainflow import AGAIN_S, BACK, LOST, BrainFlowSource
from mindful.tongue import _

HEAD = struct.Struct("<II")
"""Bytes of JSON, bytes of samples."""
MOST = 50_000_000
POLL_S = 0.01


class _Monotonic:
    def now(self) -> float:
        return time.monotonic()


class BesideSource(Threaded):
    """See `ports.Source`. What the board is, is read here; it is opened and carried there."""

    kind: Kind = "eeg"

    def __init__(self, clock: Now, spec: str) -> None:
        """Raises `SourceError` where the board is none or BrainFlow is not here."""
        driver = BrainFlowSource(clock, spec)
        super().__init__(driver.name, clock)
        self.spec = spec
        self.labels, self.rate_hz, self.simulated = driver.labels, driver.rate_hz, driver.simulated
        self._process: subprocess.Popen[bytes] | None = None

    def stop(self) -> None:
        self._stop.set()
        process = self._process
        if process is not None and process.stdin is not None:
            with contextlib.suppress(OSError):
                process.stdin.close()  # its sign to let the board go
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(0.7)
            with contextlib.suppress(OSError):
                process.kill()
        super().stop()

    def work(self) -> None:
        tries = 0
        while not self._stop.is_set():
            before = self._ever
            self._once()
            if self._stop.is_set():
                return
            self.went(_(LOST))
            tries = 0 if self._ever != before else tries + 1
            self._stop.wait(AGAIN_S[min(tries, len(AGAIN_S) - 1)])

    def _once(self) -> None:
        """One process, to its end."""
        command = [sys.executable, "-m", "mindful.bio.sources.beside", self.spec, tongue.language()]
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0
        ) as process:
            self._process = process
            assert process.stdout is not None
            while not self._stop.is_set():
                message = _read(process.stdout)
                if message is None:
                    break
                self._heard(*message)
            with contextlib.suppress(OSError):
                process.kill()
        self._process = None

    def _heard(self, head: dict[str, Any], data: bytes) -> None:
        shift = self.clock.now() - time.monotonic()
        if "n" in head:
            n = int(head["n"])
            at = np.frombuffer(data, "<f8", n) + shift
            samples = np.frombuffer(data, "<f4", offset=8 * n).reshape(-1, n)
            self.came(_(BACK))
            self._waiting.append(Chunk(at, samples))
        elif "say" in head:
            if head["say"] not in ("lost", "back"):  # these are told here, where it is known what was before
                self.say(head["say"], str(head["text"]), once=str(head["text"]), **head["data"])
        elif head.get("state") == "failed" and not self._ever:
            self._state = "failed"


def _read(stream: IO[bytes]) -> tuple[dict[str, Any], bytes] | None:
    """One message; None at the end, and for what is none."""
    head = _exactly(stream, HEAD.size)
    if head is None:
        return None
    words, samples = HEAD.unpack(head)
    if words + samples > MOST:
        return None
    text, data = _exactly(stream, words), _exactly(stream, samples)
    if text is None or data is None:
        return None
    try:
        return json.loads(text), data
    except ValueError:
        return None


def _exactly(stream: IO[bytes], n: int) -> bytes | None:
    out = b""
    while len(out) < n:
        part = stream.read(n - len(out))
        if not part:
            return None
        out += part
    return out


def _write(fd: int, head: dict[str, Any], data: bytes = b"") -> None:
    text = json.dumps(head).encode()
    left = memoryview(HEAD.pack(len(text), len(data)) + text + data)
    while left:
        left = left[os.write(fd, left) :]


def main(spec: str, language: str) -> int:
    """Carry a board until stdin is closed, or the board is lost: what comes then is for a new process."""
    tongue.use(language)
    out = os.dup(1)
    os.dup2(2, 1)  # whatever the libraries print must not stand between messages
    gone = threading.Event()

    def watch() -> None:
        while os.read(0, 64):
            pass
        gone.set()

    threading.Thread(target=watch, daemon=True).start()
    source = BrainFlowSource(_Monotonic(), spec)
    source.start()
    state = ""
    try:
        while not gone.wait(POLL_S) and source.state != "lost":
            for notice in source.notices():
                _write(out, {"say": notice.kind, "text": notice.text, "data": dict(notice.data)})
            for chunk in source.read():
                assert isinstance(chunk, Chunk)
                times, data = np.ascontiguousarray(chunk.host_s, "<f8"), np.ascontiguousarray(chunk.data, "<f4")
                _write(out, {"n": len(times)}, times.tobytes() + data.tobytes())
            if source.state != state:
                state = source.state
                _write(out, {"state": state})
    except OSError:  # the session is gone
        pass
    finally:
        source.stop()
    return 0


if __name__ == "__main__":
    status = main(sys.argv[1], sys.argv[2])
    os._exit(status)  # a driver that hangs in C would keep the interpreter from ending
