"""A private message bus with a device behind it, for tests of real drivers."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bio.bus import Bluez, private_bus


@pytest.fixture
def bluez(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bluez]:
    """`bluez("--no-rr")` puts a strap in reach; `bluez("--off", module="muse")` another. Names the bus to this process."""
    if shutil.which("dbus-daemon") is None:
        pytest.skip("dbus-daemon is not here (Debian: dbus)")
    pytest.importorskip("dbus_fast", reason="bleak is not here")
    with private_bus(tmp_path) as (address, start):
        monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", address)
        yield start
