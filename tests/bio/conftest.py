"""A private message bus with a device behind it, for tests of real drivers."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

Bluez = Callable[..., subprocess.Popen[str]]
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def bluez(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bluez]:
    """`bluez("--no-rr")` puts a strap in reach; `bluez("--off", module="muse")` another. Names the bus to this process."""
    if shutil.which("dbus-daemon") is None:
        pytest.skip("dbus-daemon is not here (Debian: dbus)")
    pytest.importorskip("dbus_fast", reason="bleak is not here")
    address = f"unix:path={tmp_path}/bus"
    bus = subprocess.Popen(["dbus-daemon", "--session", "--nofork", f"--address={address}"], stderr=subprocess.DEVNULL)
    end = time.monotonic() + 10
    while not (tmp_path / "bus").exists() and time.monotonic() < end:
        time.sleep(0.01)
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", address)
    running: list[subprocess.Popen[str]] = []

    def start(*options: str, module: str = "bluez") -> subprocess.Popen[str]:
        world = subprocess.Popen(
            [sys.executable, "-m", f"tests.bio.fakes.{module}", *options],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            text=True,
        )
        running.append(world)
        assert world.stdout is not None
        assert world.stdout.readline() == "ready\n"
        return world

    yield start
    for world in running:
        world.terminate()
        world.wait(5)
    bus.terminate()
    bus.wait(5)
