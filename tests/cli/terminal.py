"""mindful in a pseudo-terminal, with what it wrote so far."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from contextlib import suppress


class Terminal:
    """A program in a terminal of its own; reads until words appear."""

    def __init__(self, *args: str, term: str = "xterm-256color", code: str = "") -> None:
        """`code` is run before `mindful` gets `args`, in the same process: to make something fail there."""
        start = f"import sys\n{code}\nfrom mindful.cli.main import main\nmain({list(args)!r})"
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.environ.update(TERM=term, COLORTERM="truecolor")
            os.execv(sys.executable, [sys.executable, "-c", start])
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.seen = ""
        self.everything = ""

    def until(self, words: str, seconds: float = 30.0) -> str:
        """What came before these words."""
        end = time.monotonic() + seconds
        while words not in self.seen:
            assert time.monotonic() < end, f"no “{words}” in: {self.seen[-2000:]}"
            if not self._read():
                break
        assert words in self.seen, self.seen[-2000:]
        before, _, self.seen = self.seen.partition(words)
        return before

    def _read(self) -> bool:
        if not select.select([self.fd], [], [], 0.5)[0]:
            return True
        try:
            data = os.read(self.fd, 65536)
        except OSError:
            return False
        text = data.decode("utf-8", "replace")
        self.seen += text
        self.everything += text
        return bool(data)

    def type(self, text: str) -> None:
        os.write(self.fd, text.encode())

    def signal(self, number: int) -> None:
        os.kill(self.pid, number)

    def status(self, seconds: float = 60.0) -> int:
        """Read on to the end; the exit status. Fails where the program has not ended by itself by then."""
        end = time.monotonic() + seconds
        while self._read():
            assert time.monotonic() < end, f"still running, after: {self.everything[-2000:]}"
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])

    def close(self) -> None:
        """Close the terminal, as a person closes its window."""
        with suppress(OSError):
            os.close(self.fd)

    def clean_up(self) -> None:
        self.close()
        with suppress(OSError):
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
