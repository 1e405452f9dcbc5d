"""A sensor that goes wrong in the middle of a session: the client is told once, the session goes on, the record has it.

The whole program with its real drivers, on a private bus and on a pseudo-terminal. What takes real time is the device's.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.bio.bus import private_bus
from tests.terminal import MINDFUL

pytestmark = [pytest.mark.device, pytest.mark.skipif(os.name == "nt", reason="there are no pseudo-terminals")]
HEART = "mindful: 1\ntitle: Heart\nsteps:\n  - hrv_biofeedback: {for: 2 min, pace: 6}\n"
BRAIN = "mindful: 1\ntitle: Brain\nsteps:\n  - neurofeedback: {protocol: alpha, baseline: 1 s, blocks: 1, for: 2 min}\n"


class Session:
    """A session in plain lines, while it is played."""

    def __init__(self, folder: Path, script: str, sensor: str, env: dict[str, str]) -> None:
        self.home, self._out = folder / "home", folder / "out.txt"
        path = folder / "session.yaml"
        path.write_text(script, encoding="utf-8")
        with self._out.open("wb") as out:
            self.process = subprocess.Popen(
                [*MINDFUL, "play", str(path), "--plain", "--mute", "--voice", "none", "--sensor", sensor],
                env={**os.environ, "MINDFUL_HOME": str(self.home), "LANGUAGE": "en", "PYTHONUNBUFFERED": "1", **env},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
            )

    def said(self) -> str:
        return self._out.read_text(encoding="utf-8", errors="replace")

    def until(self, words: str, seconds: float) -> None:
        end = time.monotonic() + seconds
        while words not in self.said():
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < end, f"“{words}” was not told:\n{self.said()}"
            time.sleep(0.05)

    def goes_on(self, seconds: float, *once: str) -> None:
        """It plays on for so long, and has told each of these a single time. A slow machine makes this no harder."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            assert self.process.poll() is None, self.said()
            time.sleep(0.05)
        assert all(self.said().count(words) == 1 for words in once), self.said()

    def noticed(self) -> list[str]:
        """End it, and read what the record has of the sensor."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(20)
        (record,) = self.home.joinpath("journal").rglob("*.json")
        (step,) = json.loads(record.read_text(encoding="utf-8"))["steps"]
        return [notice["notice"] for notice in step["data"].get("notices", ())]


@contextmanager
def played(folder: Path, script: str, sensor: str, **env: str) -> Iterator[Session]:
    session = Session(folder, script, sensor, env)
    try:
        yield session
    finally:
        if session.process.poll() is None:
            session.process.kill()
            session.process.wait()


@pytest.mark.parametrize(
    ("options", "words", "kinds"),
    [
        (["--off"], ["Bluetooth is switched off."], {"failed"}),
        (["--no-rr", "--speed", "4"], ["tells the heart rate and not the single beats"], {"no-rr"}),
        (["--garbage", "2", "--speed", "4"], ["sends what cannot be understood"], {"garbage"}),
        (["--no-contact", "--speed", "4"], ["does not feel the skin"], {"contact"}),
        (["--drop-after", "4"], ["The strap is out of reach.", "The strap is back."], {"lost", "back"}),
    ],
    ids=["switched off", "no intervals", "garbage", "no contact", "drops"],
)
def test_a_strap_that_goes_wrong(tmp_path: Path, options: Sequence[str], words: Sequence[str], kinds: set[str]) -> None:
    pytest.importorskip("bleak", reason="bleak is not here")
    with private_bus(tmp_path) as (address, start):
        start(*options)
        with played(tmp_path, HEART, "ble", DBUS_SYSTEM_BUS_ADDRESS=address) as session:
            for each in words:
                session.until(each, 45)
            session.goes_on(1.5, *words)
            assert kinds <= set(session.noticed())


def test_no_bluetooth_service_at_all(tmp_path: Path) -> None:
    pytest.importorskip("bleak", reason="bleak is not here")
    with played(tmp_path, HEART, "ble", DBUS_SYSTEM_BUS_ADDRESS=f"unix:path={tmp_path}/nothing") as session:
        session.until("There is no Bluetooth service running here.", 30)
        session.goes_on(2.5, "no Bluetooth service")
        assert "failed" in session.noticed()


def test_a_headset_that_lies_about_its_rate_and_is_unplugged(tmp_path: Path) -> None:
    pytest.importorskip("brainflow", reason="BrainFlow is not here")
    from tests.bio.fakes.cyton import Cyton

    board = Cyton(rate=200)
    board.start()
    spec = f"brainflow:cyton,port={board.port},channels=O1/O2/Pz/C3/C4/Cz/Fz/F3"
    try:
        with played(tmp_path, BRAIN, spec) as session:
            session.until("samples a second and not 250", 45)
            assert "sends 200 samples" in session.said() or "sends 199 samples" in session.said()
            board.unplug()
            session.until("The headset is out of reach.", 20)
            session.goes_on(2, "out of reach")
            assert {"rate", "lost"} <= set(session.noticed())
    finally:
        board.unplug()
