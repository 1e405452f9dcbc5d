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

UV_PER_COUNT = 4.5 / (2**23 - 1) / 24 * 1e6
RATE = 250
HELLO = b"OpenBCI V3 8-16 channel\nADS1299 Device ID: 0x3E\nFirmware: v3.1.2\n$$$"


class Cyton(threading.Thread):
    """Sends a 10 Hz wave on all channels. `port` is what the driver opens."""

    def __init__(self, alpha_uv: float = 20.0, rate: float = RATE, garbage: float = 0.0, lost: float = 0.0) -> None:
        """`rate`: what it really sends; `garbage`: share of packets with broken bytes; `lost`: share never sent."""
        super().__init__(daemon=True)
        self.fd, self._theirs = pty.openpty()
        tty.setraw(self.fd)
        tty.setraw(self._theirs)
        self.port = os.ttyname(self._theirs)
        self.alpha_uv, self.rate, self.garbage, self.lost = alpha_uv, rate, garbage, lost
        self.silent = threading.Event()
        self.ended = threading.Event()
        self.sent = 0
        self.sent_s: list[float] = []
        """When each packet was written, monotonic."""

    def run(self) -> None:
        chance, running, begun, n = random.Random(5), False, 0.0, 0
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
                due, out = int((time.monotonic() - begun) * self.rate), b""
                while n < due:
                    uv = self.alpha_uv * math.sqrt(2) * math.sin(2 * math.pi * 10 * n / self.rate) + chance.gauss(0, 5)
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

    def unplug(self) -> None:
        """Gone: the driver's reads fail from now on."""
        self.ended.set()
        self.join(1)
        for fd in (self.fd, self._theirs):
            with contextlib.suppress(OSError):
                os.close(fd)
