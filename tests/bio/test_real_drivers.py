"""Real drivers against devices made by the test: bleak and BrainFlow on a private bus and a pseudo-terminal, liblsl.

Nothing is patched. What takes real time here is the device's own.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mindful.bio.engine import Engine, open_engine
from mindful.bio.ports import Notice, Source
from mindful.bio.protocols import COHERENCE, PRESETS, Band, BrainProtocol, Feature, Term
from mindful.bio.sources.opening import open_source
from tests.bio.bus import Bluez

pytestmark = pytest.mark.device
ALPHA = BrainProtocol("alpha", Feature("amplitude", Term(("O1", "TP9"), Band(8, 12))))


class Now:
    def now(self) -> float:
        return time.monotonic()


class Watched:
    """An engine that is ticked until something is so."""

    def __init__(self, source: Source, protocol: Any) -> None:
        self.engine: Engine = open_engine(source, protocol)
        self.source = source
        self.notices: list[Notice] = []
        source.start()

    def until(self, true: Callable[[], bool], seconds: float) -> bool:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.engine.tick(round(time.monotonic() * 1000))
            self.notices += self.engine.notices()
            if true():
                return True
            time.sleep(0.02)
        return False

    def told(self, kind: str) -> int:
        return sum(n.kind == kind and n.tell for n in self.notices)

    def received(self, n: int) -> Callable[[], bool]:
        return lambda: self.engine.received >= n


def strap(kind: str = "ble") -> Watched:
    pytest.importorskip("bleak", reason="bleak is not here")
    return Watched(open_source(kind, "heart", Now()), COHERENCE)


def headset(spec: str) -> Watched:
    pytest.importorskip("brainflow", reason="BrainFlow is not here")
    return Watched(open_source(f"brainflow:{spec}", "eeg", Now()), ALPHA)


@pytest.mark.parametrize("old", [[], ["--old"]])
def test_a_strap(bluez: Bluez, old: list[str]) -> None:
    bluez("--speed", "4", *old)
    w = strap("ble:Polar")
    try:
        assert w.until(w.received(20), 20)
        assert w.source.name == "Polar H10 00000001"
        assert w.source.state == "on"
        assert w.engine.last is not None
        assert 50 < (w.engine.last.bpm or 0) < 90
        assert next(n for n in w.notices if n.kind == "battery").data["percent"] == 87
    finally:
        w.source.stop()
    assert w.source.state == "stopped"


def test_a_strap_that_drops_comes_back_and_it_is_told_once(bluez: Bluez) -> None:
    bluez("--speed", "4", "--drop-after", "6", "--drops", "2")
    w = strap()
    try:
        assert w.until(lambda: sum(n.kind == "back" for n in w.notices) == 2, 40)
        n = w.engine.received
        assert w.until(w.received(n + 5), 10)
        assert (w.told("lost"), w.told("back")) == (1, 1)
        assert sum(n.kind == "lost" for n in w.notices) == 2
    finally:
        w.source.stop()


@pytest.mark.parametrize(
    ("options", "kind"), [(["--no-rr"], "no-rr"), (["--garbage", "2"], "garbage"), (["--no-contact"], "contact")]
)
def test_what_a_strap_does_wrong_is_told_once(bluez: Bluez, options: list[str], kind: str) -> None:
    bluez("--speed", "4", *options)
    w = strap()
    try:
        assert w.until(lambda: w.told(kind) == 1, 30)
        assert not w.until(lambda: w.told(kind) > 1, 1.5)
        assert w.source.state == "on"
    finally:
        w.source.stop()


@pytest.mark.parametrize(("option", "says"), [("--off", "switched off"), ("--no-adapter", "has none")])
def test_without_an_adapter_it_is_told_once(bluez: Bluez, option: str, says: str) -> None:
    bluez(option)
    w = strap()
    try:
        assert w.until(lambda: w.told("failed") == 1, 15)
        assert says in next(n.text for n in w.notices if n.kind == "failed")
        assert not w.until(lambda: w.told("failed") > 1, 2)
        assert w.source.state == "failed"
    finally:
        w.source.stop()


def test_without_a_bus_it_is_told_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={tmp_path}/nothing")
    w = strap()
    try:
        assert w.until(lambda: w.told("failed") == 1, 10)
        assert "no Bluetooth service" in next(n.text for n in w.notices if n.kind == "failed")
        assert not w.until(lambda: w.told("failed") > 1, 2)
    finally:
        begun = time.monotonic()
        w.source.stop()
        assert time.monotonic() - begun < 1.5


def test_a_muse(bluez: Bluez) -> None:
    bluez(module="muse")
    w = headset("muse-2,timeout=8")
    try:
        assert w.until(w.received(256), 20)
        begun, n = time.monotonic(), w.engine.received
        w.until(lambda: False, 5)
        rate = (w.engine.received - n) / (time.monotonic() - begun)
        assert 128 < rate < 270  # the made headset is a program that has to get a core
        assert w.source.labels == ("TP9", "AF7", "AF8", "TP10")
        assert w.engine.last is not None
        assert w.engine.last.feature == pytest.approx(20 * 2**0.5, rel=0.15)
        assert all(e.contact == "good" for e in w.engine.electrodes())
    finally:
        w.source.stop()


def test_a_muse_that_drops_comes_back(bluez: Bluez) -> None:
    bluez("--drop-after", "2", module="muse")
    w = headset("muse-2,timeout=8")
    try:
        assert w.until(lambda: w.told("back") == 1, 90)
        assert w.told("lost") == 1
        n = w.engine.received
        assert w.until(w.received(n + 100), 20)
    finally:
        w.source.stop()


@pytest.mark.skipif(os.name == "nt", reason="there are no pseudo-terminals")
class TestCyton:
    def plugged(self, **how: float) -> tuple[Any, Watched]:
        from tests.bio.fakes.cyton import Cyton

        board = Cyton(**how)
        board.start()
        return board, headset(f"cyton,port={board.port},channels=O1/O2/Pz/C3/C4/Cz/Fz/F3")

    def test_it_is_read(self) -> None:
        board, w = self.plugged()
        try:
            assert w.until(w.received(250), 15)
            w.until(lambda: False, 4)
            assert w.engine.last is not None
            assert w.engine.last.feature == pytest.approx(20 * 2**0.5, rel=0.15)
            assert w.engine.latency()["source_p50"] < 60  # type: ignore[operator]
            assert not [n for n in w.notices if n.kind in ("gap", "rate", "lost")]
        finally:
            w.source.stop()
            board.unplug()

    def test_packets_that_are_lost_are_counted(self) -> None:
        board, w = self.plugged(lost=0.02)
        try:
            assert w.until(lambda: w.told("gap") == 1, 15)
            assert w.source.state == "on"
        finally:
            w.source.stop()
            board.unplug()

    def test_garbage_is_no_signal(self) -> None:
        board, w = self.plugged(garbage=0.1)
        try:
            assert w.until(w.received(500), 15)
            assert w.engine.last is not None
            assert w.engine.last.quality in ("clear", "unclear")
        finally:
            w.source.stop()
            board.unplug()

    def test_a_rate_that_is_not_what_it_says(self) -> None:
        board, w = self.plugged(rate=200)
        try:
            assert w.until(lambda: w.told("rate") == 1, 25)
            assert w.engine.summary()["rate_hz"] == pytest.approx(200, rel=0.03)
        finally:
            w.source.stop()
            board.unplug()

    def test_unplugged_it_is_told_once_and_nothing_hangs(self) -> None:
        board, w = self.plugged()
        try:
            assert w.until(w.received(250), 15)
            board.unplug()
            assert w.until(lambda: w.told("lost") == 1, 15)
            assert not w.until(lambda: w.told("lost") > 1, 3)
            assert w.engine.last is not None
            assert w.engine.last.quality == "absent"
        finally:
            begun = time.monotonic()
            w.source.stop()
            assert time.monotonic() - begun < 1.5


def test_brainflows_own_signal_says_that_it_is_made_up() -> None:
    w = headset("synthetic,channels=O1/O2/Pz")
    try:
        assert w.until(w.received(500), 15)
        assert w.source.simulated
        assert w.told("simulated") == 1
    finally:
        w.source.stop()


def test_a_headset_that_is_not_there(capfd: pytest.CaptureFixture[str]) -> None:
    w = headset("ganglion,port=/dev/nothing-here,timeout=2,channels=O1/O2/Pz/Cz")
    try:
        assert w.until(lambda: w.told("failed") == 1, 15)
        assert w.source.state == "failed"
        assert not w.until(lambda: w.told("failed") > 1, 3)
    finally:
        w.source.stop()
    assert capfd.readouterr().err == ""


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Streams stay on this machine."""
    settings = tmp_path / "lsl.cfg"
    settings.write_text("[multicast]\nResolveScope = machine\n[log]\nlevel = -3\n")
    monkeypatch.setenv("LSLAPICFG", str(settings))


_PROGRAM = [sys.executable, "-m", "mindful", "devices", "share"]


@pytest.mark.parametrize("kind", ["eeg", "heart"])
def test_a_stream_from_another_program(alone: None, kind: Any, tmp_path: Path) -> None:
    pytest.importorskip("pylsl", reason="pylsl is not here")
    name = f"mindful-test-{os.getpid()}-{kind}"
    env = {**os.environ, "MINDFUL_HOME": str(tmp_path)}
    arguments = ["simulated:3", "--kind", kind, "--as", name, "--for", "40"]
    other = subprocess.Popen([*_PROGRAM, *arguments], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        protocol = PRESETS["alpha"] if kind == "eeg" else COHERENCE
        w = Watched(open_source(f"lsl:{name}", kind, Now()), protocol)
        assert w.until(w.received(1000 if kind == "eeg" else 5), 30)
        if kind == "eeg":
            assert w.source.labels[0] == "O1"
            assert w.source.rate_hz == 250
            assert w.engine.latency()["source_p99"] < 500  # type: ignore[operator]
        other.terminate()
        assert w.until(lambda: w.told("lost") == 1, 20)
        w.source.stop()
    finally:
        other.terminate()
        other.wait(5)


def test_what_is_shown_can_be_read_by_other_programs(alone: None) -> None:
    pylsl: Any = pytest.importorskip("pylsl", reason="pylsl is not here")
    from mindful.bio.ports import Chunk, Reading
    from mindful.bio.sources.lsl import Outlet
    from tests.bio.made import Fed
    from tests.bio.time import Clock

    name = f"mindful-out-{os.getpid()}"
    outlet = Outlet(Fed(Clock()), name)
    found = pylsl.resolve_byprop("name", f"{name}-feedback", timeout=10)
    signal = pylsl.resolve_byprop("name", name, timeout=10)
    said, sent = pylsl.StreamInlet(found[0]), pylsl.StreamInlet(signal[0])
    said.open_stream(5)
    sent.open_stream(5)
    outlet.say(Reading(0, 0.75, True, "clear", 1.0))
    outlet.push(Chunk(np.array([100.0, 100.004]), np.array([[1, 2], [3, 4], [5, 6]], np.float32)), 100.004)
    assert said.pull_sample(5)[0] == [0.75, 1.0]
    assert sent.pull_sample(5)[0] == [1.0, 3.0, 5.0]
    assert sent.pull_sample(5)[0] == [2.0, 4.0, 6.0]
