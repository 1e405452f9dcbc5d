"""A private message bus with devices behind a stand-in for BlueZ: for tests and measurements of real drivers."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
Bluez = Callable[..., subprocess.Popen[str]]
"""`bluez("--no-rr")` puts a strap in reach; `bluez("--off", module="muse")` another."""


@contextmanager
def private_bus(folder: Path) -> Iterator[tuple[str, Bluez]]:
    """The bus's address, for DBUS_SYSTEM_BUS_ADDRESS, and what puts a device on it. All of it ends with the context."""
    address = f"unix:path={folder}/bus"
    bus = subprocess.Popen(["dbus-daemon", "--session", "--nofork", f"--address={address}"], stderr=subprocess.DEVNULL)
    end = time.monotonic() + 10
    while not (folder / "bus").exists() and time.monotonic() < end:
        time.sleep(0.01)
    running: list[subprocess.Popen[str]] = []

    def start(*options: str, module: str = "bluez") -> subprocess.Popen[str]:
        world = subprocess.Popen(
            [sys.executable, "-m", f"tests.bio.fakes.{module}", *options],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), "DBUS_SYSTEM_BUS_ADDRESS": address},
            stdout=subprocess.PIPE,
            text=True,
        )
        running.append(world)
        assert world.stdout is not None
        assert world.stdout.readline() == "ready\n"
        return world

    try:
        yield address, start
    finally:
        for world in (*running, bus):
            world.terminate()
            world.wait(5)
