"""A real pseudo-terminal with the program in it: what it writes with times, what a person would see, and how it ends."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path
from types import TracebackType
from typing import Any

import pyte

ROOT = Path(__file__).resolve().parent.parent
MINDFUL = [sys.executable, "-m", "mindful"]

# What a modern terminal answers, so that the program takes the way that it takes for a real person.
_QUERIES: list[tuple[re.Pattern[bytes], bytes]] = [
    (re.compile(rb"\x1b\[\?2026\$p"), b"\x1b[?2026;2$y"),
    (re.compile(rb"\x1b\[\?2048\$p"), b"\x1b[?2048;0$y"),
    (re.compile(rb"\x1b\[c"), b"\x1b[?62;22c"),
    (re.compile(rb"\x1b\[6n"), b"\x1b[1;1R"),
]
# What pyte does not know (kitty's keyboard protocol) and would print as text.
_UNKNOWN = re.compile(rb"\x1b\[[<>=?][0-9;]*u")
# The beginning of a sequence whose rest has not come yet.
_TORN = re.compile(rb"\x1b(\[[<>=?]?[0-9;]*)?\Z")


class Terminal:
    """One program in one pseudo-terminal."""

    def __init__(
        self, argv: list[str], *, cols: int = 80, rows: int = 24, env: dict[str, str] | None = None, cwd: Path = ROOT
    ) -> None:
        self.chunks: list[tuple[float, bytes]] = []
        """(monotonic time, bytes) as they came."""
        self.cols, self.rows = cols, rows
        self.master, self.slave = pty.openpty()
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, cols, 0, 0))
        self.before = termios.tcgetattr(self.slave)
        full = {
            **os.environ,
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "PYTHONUNBUFFERED": "1",
            **(env or {}),
        }
        full.pop("NO_COLOR", None)
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            argv,
            stdin=self.slave,
            stdout=self.slave,
            stderr=self.slave,
            env=full,
            cwd=cwd,
            preexec_fn=_own_terminal,
        )
        self._closed = False
        self._seen: tuple[tuple[int, int], pyte.Screen, pyte.ByteStream] | None = None
        self._fed, self._torn = 0, b""

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.close()

    def pump(self, seconds: float) -> None:
        """Read what comes for so long."""
        end = time.monotonic() + seconds
        while True:
            left = end - time.monotonic()
            if left <= 0 or self._closed:
                return
            if select.select([self.master], [], [], min(left, 0.05))[0] and not self._read():
                return

    def _read(self) -> bool:
        try:
            data = os.read(self.master, 1 << 16)
        except OSError:
            return False
        self.chunks.append((time.monotonic(), data))
        for query, reply in _QUERIES:
            for _ in query.findall(data):
                os.write(self.master, reply)
        return bool(data)

    @property
    def output(self) -> bytes:
        return b"".join(data for _, data in self.chunks)

    def until(self, test: Any, limit: float = 20.0) -> None:
        """Read until `test(self)` holds. Raises AssertionError with the screen when it does not in time."""
        end = time.monotonic() + limit
        while not test(self):
            if time.monotonic() > end or (self.process.poll() is not None and not self._more()):
                assert test(self), f"not seen in {limit} s; the screen:\n" + "\n".join(self.screen())
                return
            self.pump(0.05)

    def _more(self) -> bool:
        return bool(select.select([self.master], [], [], 0)[0]) and self._read()

    def until_text(self, text: str, limit: float = 20.0) -> None:
        self.until(lambda t: any(text in line for line in t.screen()), limit)

    def screen(self) -> list[str]:
        """What a person sees now."""
        if self._seen is None or self._seen[0] != (self.cols, self.rows):
            screen = pyte.Screen(self.cols, self.rows)
            self._seen = ((self.cols, self.rows), screen, pyte.ByteStream(screen))
            self._fed, self._torn = 0, b""
        _size, screen, stream = self._seen
        new = _UNKNOWN.sub(b"", self._torn + b"".join(data for _, data in self.chunks[self._fed :]))
        self._fed = len(self.chunks)
        cut = _TORN.search(new)
        whole, self._torn = (new, b"") if cut is None else (new[: cut.start()], new[cut.start() :])
        stream.feed(whole)
        return [line.rstrip() for line in screen.display]

    def send(self, keys: str | bytes) -> None:
        os.write(self.master, keys.encode() if isinstance(keys, str) else keys)

    def resize(self, cols: int, rows: int) -> None:
        self.cols, self.rows = cols, rows
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, cols, 0, 0))
        self.process.send_signal(signal.SIGWINCH)

    def wait(self, limit: float = 10.0) -> int:
        """The exit status; reads on meanwhile. Raises AssertionError when it does not end."""
        end = time.monotonic() + limit
        while self.process.poll() is None:
            assert time.monotonic() < end, "still running:\n" + "\n".join(self.screen())
            if self._closed:
                time.sleep(0.01)
            else:
                self.pump(0.05)
        if not self._closed:
            self.pump(0.05)
        return self.process.returncode

    def hang_up(self) -> None:
        """Close the terminal, as a person closes its window."""
        self.close()

    def close(self) -> None:
        if not self._closed:
            self._closed = True
            for fd in (self.master, self.slave):
                with contextlib.suppress(OSError):
                    os.close(fd)

    def restored(self) -> list[str]:
        """What was not put back as it was; empty when all is."""
        out = self.output
        wrong = []
        for what, on, off in (
            ("alternate screen", b"\x1b[?1049h", b"\x1b[?1049l"),
            ("hidden cursor", b"\x1b[?25l", b"\x1b[?25h"),
            ("mouse", b"\x1b[?1000h", b"\x1b[?1000l"),
            ("bracketed paste", b"\x1b[?2004h", b"\x1b[?2004l"),
        ):
            if out.rfind(on) > out.rfind(off):
                wrong.append(what)
        if not self._closed and termios.tcgetattr(self.slave) != self.before:
            wrong.append("terminal settings")
        return wrong


def _own_terminal() -> None:
    signal.signal(signal.SIGHUP, signal.SIG_DFL)  # as a shell starts it, also where the tests run under nohup
    os.setsid()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
