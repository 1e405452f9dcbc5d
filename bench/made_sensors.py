"""Sensors that are made for a measurement, each read by its real driver. Called by `bench.latency` and
`bench.sensor_sessions`.

Where a burst of 10 Hz can be put in, `bursts` says when each began, by the monotonic clock, as its first sample was
handed to the driver.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import numpy as np

from tests.bio.bus import private_bus
from tests.bio.made import burst_at

UV = 12.0
"""Of a burst, rms."""
LABELS = ("O1", "O2", "Pz", "C3", "C4", "Cz", "Fz", "F3")


@dataclass
class Made:
    """One sensor, in reach."""

    about: str
    spec: str
    """As `--sensor` takes it."""
    kind: Literal["eeg", "heart"] = "eeg"
    bursts: list[float] = field(default_factory=list)
    """When each burst began; empty where none can be put in."""
    in_file: list[float] = field(default_factory=list)
    """The same in seconds from the start of a file, which begins when the program opens it."""
    said: Callable[[], str] = str
    """What it has to say of itself at the end."""


class Streamed(threading.Thread):
    """An EEG stream of 8 channels at 250 Hz, sample by sample."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        import pylsl

        self.name_ = f"latency-{os.getpid()}"
        info = pylsl.StreamInfo(self.name_, "EEG", 8, 250, "float32", self.name_)
        channels = info.desc().append_child("channels")
        for label in LABELS:
            channel = channels.append_child("channel")
            channel.append_child_value("label", label)
            channel.append_child_value("unit", "microvolts")
        self._out = pylsl.StreamOutlet(info)
        self.bursts: list[float] = []
        self.ended = threading.Event()

    def run(self) -> None:
        chance = np.random.default_rng(5)
        begun, n, was = time.monotonic(), 0, False
        while not self.ended.wait(0.001):
            due = int((time.monotonic() - begun) * 250)
            while n < due:
                on = burst_at(n / 250)
                wave = UV * 2**0.5 * np.sin(2 * np.pi * 10 * n / 250) if on else 0.0
                self._out.push_sample((wave + chance.normal(0, 1.5, 8)).astype(np.float32).tolist())
                if on and not was:
                    self.bursts.append(time.monotonic())
                was, n = on, n + 1

    def stop(self) -> None:
        self.ended.set()
        self.join(2)


@contextmanager
def lsl() -> Iterator[Made]:
    """A stream of the lab streaming layer; the program that reads it is another one."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Path(folder, "lsl.cfg")
        settings.write_text("[multicast]\nResolveScope = machine\n[log]\nlevel = -3\n", encoding="utf-8")
        os.environ["LSLAPICFG"] = str(settings)
        stream = Streamed()
        stream.start()
        try:
            yield Made("LSL stream of another program", f"lsl:{stream.name_}", bursts=stream.bursts)
        finally:
            stream.stop()


@contextmanager
def cyton() -> Iterator[Made]:
    """A Cyton on a pseudo-terminal, read by BrainFlow."""
    from tests.bio.fakes.cyton import Cyton

    board = Cyton(alpha_uv=UV, burst=burst_at)
    board.start()
    spec = f"brainflow:cyton,port={board.port},channels={'/'.join(LABELS)}"
    try:
        yield Made(
            "OpenBCI Cyton on a pseudo-terminal",
            spec,
            bursts=board.bursts,
            said=lambda: f"its packets were written {1000 * board.late_s:.0f} ms late at most",
        )
    finally:
        board.unplug()


@contextmanager
def bus(module: str, *options: str) -> Iterator[list[float]]:
    """A private message bus with a stand-in for BlueZ and a device; the times of its bursts."""
    with tempfile.TemporaryDirectory() as folder, private_bus(Path(folder)) as (address, start):
        os.environ["DBUS_SYSTEM_BUS_ADDRESS"] = address
        world = start(*options, module=module)
        bursts: list[float] = []
        threading.Thread(target=_listen, args=(world, bursts), daemon=True).start()
        yield bursts


def _listen(world: subprocess.Popen[str], bursts: list[float]) -> None:
    assert world.stdout is not None
    for line in world.stdout:
        if line.startswith("burst "):
            with contextlib.suppress(ValueError):
                bursts.append(float(line.split()[1]))


@contextmanager
def muse() -> Iterator[Made]:
    """A Muse 2 behind a stand-in for BlueZ, read by BrainFlow's own Bluetooth library."""
    with bus("muse", "--bursts") as bursts:
        yield Made("Muse 2 behind a stand-in for BlueZ", "brainflow:muse-2,timeout=8", bursts=bursts)


@contextmanager
def strap() -> Iterator[Made]:
    """A heart-rate strap behind a stand-in for BlueZ, read by bleak."""
    with bus("bluez"):
        yield Made("strap behind a stand-in for BlueZ", "ble", "heart")


@contextmanager
def file(seconds: int = 240) -> Iterator[Made]:
    """An EDF+ file with the same signal as the stream."""
    from edfio import Edf, EdfSignal

    n = np.arange(seconds * 250)
    on = np.array([burst_at(k / 250) for k in n])
    wave = np.where(on, UV * 2**0.5 * np.sin(2 * np.pi * 10 * n / 250), 0.0)
    data = wave + np.random.default_rng(5).normal(0, 1.5, (len(LABELS), len(n)))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "bursts.edf")
        signals = [
            EdfSignal(row, 250, label=f"EEG {label}", physical_dimension="uV")
            for row, label in zip(data, LABELS, strict=True)
        ]
        Edf(signals).write(path)
        starts = [float(k / 250) for k in n[1:][on[1:] & ~on[:-1]]]
        yield Made("EDF file", f"file:{path}", in_file=starts)


@contextmanager
def synthetic() -> Iterator[Made]:
    """BrainFlow's own synthetic board."""
    yield Made("BrainFlow's synthetic board", "brainflow:synthetic,channels=O1/O2/Pz")


@contextmanager
def brain() -> Iterator[Made]:
    """The simulated brain."""
    yield Made("simulated brain", "simulated:1")


@contextmanager
def heart() -> Iterator[Made]:
    """The simulated heart."""
    yield Made("simulated heart", "simulated:1", "heart")


SENSORS = {
    "brain": brain,
    "file": file,
    "synthetic": synthetic,
    "cyton": cyton,
    "muse": muse,
    "lsl": lsl,
    "heart": heart,
    "strap": strap,
}
