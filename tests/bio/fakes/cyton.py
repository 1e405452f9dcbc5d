"""An OpenBCI Cyton on a pseudo-terminal, for BrainFlow's own driver: `v` resets, `b` starts, `s` stops, 33 bytes a packet."""

from __future__ import annotations

import contextlib
import math
import os
import pty
import random
import select
import struct
import threading
import time
import tty
from collections.abc import Callable

UV_PER_COUNT = 4.5 / (2**23 - 1) / 24 * 1e6
RATE = 250
HELLO = b"OpenBCI V3 8-16 channel\nADS1299 Device ID: 0x3E\nFirmware: v3.1.2\n$$$"


class Cyton(threading.Thread):
    """Sends a 10 Hz wave on all channels. `port` is what the driver opens."""

    def __init__(
        self,
        alpha_uv: float = 20.0,
        rate: float = RATE,
        garbage: float = 0.0,
        lost: float = 0.0,
        burst: Callable[[float], bool] | None = None,
    ) -> None:
        """`rate`: what it really sends; `garbage`: share of packets with broken bytes; `lost`: share never sent;
        `burst`: whether the wave is there so many seconds in, always where absent.
        """
        super().__init__(daemon=True)
        self.fd, self._theirs = pty.openpty()
        tty.setraw(self.fd)
        tty.setraw(self._theirs)
        self.port = os.ttyname(self._theirs)
        self.alpha_uv, self.rate, self.garbage, self.lost = alpha_uv, rate, garbage, lost
        self._burst = burst or (lambda _: True)
        self.bursts: list[float] = []
        """When the first packet of each burst was written, monotonic."""
        self.late_s = 0.0
        """How much later than due a packet was written at most."""
        self.silent = threading.Event()
        self.ended = threading.Event()
        self.sent = 0
        self.sent_s: list[float] = []
        """When each packet was written, monotonic."""

    def run(self) -> None:
        chance, running, begun, n, was = random.Random(5), False, 0.0, 0, False
        with contextlib.suppress(OSError):
            while not self.ended.is_set():
                if select.select([self.fd], [], [], 0.002 if running else 0.02)[0]:
                    for byte in os.read(self.fd, 64):
                        if byte == ord("b"):
                            running, begun, n = True, time.monotonic(), 0
                        elif byte == ord("s"):
                            running = False
                        elif byte == ord("v"):
                            os.write(self.fd, HELLO)
                        elif byte in b"Xd":
                            os.write(self.fd, b"Success$$$")
                if not running or self.silent.is_set():
                    continue
                due, out, began = int((time.monotonic() - begun) * self.rate), b"", False
                first = n
                while n < due:
                    on = self._burst(n / self.rate)
                    began, was = began or (on and not was), on
                    wave = self.alpha_uv * math.sqrt(2) * math.sin(2 * math.pi * 10 * n / self.rate) if on else 0.0
                    uv = wave + chance.gauss(0, 5)
                    count = struct.pack(">i", round(uv / UV_PER_COUNT))[1:]
                    packet = bytes([0xA0, n & 0xFF]) + count * 8 + bytes(6) + b"\xc0"
                    if chance.random() < self.garbage:
                        packet = chance.randbytes(20)
                    if chance.random() >= self.lost:
                        out += packet
                    n += 1
                if out:
                    os.write(self.fd, out)
                    self.sent = n
                    self.sent_s.append(time.monotonic())
                    self.late_s = max(self.late_s, self.sent_s[-1] - begun - first / self.rate)
                    if began:
                        self.bursts.append(self.sent_s[-1])

    def unplug(self) -> None:
        """Gone: the driver's reads fail from now on."""
        self.ended.set()
        self.join(1)
        for fd in (self.fd, self._theirs):
            with contextlib.suppress(OSError):
                os.close(fd)
