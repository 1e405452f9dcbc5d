"""What sensors are there, what is not, and why. Called by `mindful devices`.

Bluetooth is listened to, nothing is connected; the network is looked at only where a person asks for it.
"""

from __future__ import annotations

import asyncio
import sys
from dataclasses import dataclass
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from mindful.bio.ports import Kind, SourceError, clean_name
from mindful.tongue import _

MUSE = "0000fe8d-0000-1000-8000-00805f9b34fb"
"""The service that Muse headsets announce."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way to a sensor: a library, an adapter, a format."""

    name: str
    usable: bool
    why: str
    """What it is good for, or what is missing; for a person."""


@dataclass(frozen=True, slots=True)
class Found:
    """A device that can be named."""

    spec: str
    name: str
    kind: Kind
    about: str


def version(name: str) -> str:
    """`name 1.2`, of what is installed."""
    try:
        return f"{name} {metadata.version(name)}"
    except metadata.PackageNotFoundError:
        return name


def bluetooth(seconds: float) -> tuple[Way, list[Found]]:
    """Listen for straps and headsets. Waits for so long."""
    if find_spec("bleak") is None:
        return Way("Bluetooth", False, _("not installed: pip install 'mindful-sessions[heart]'")), []
    from mindful.bio.sources.ble import why_not

    try:
        found = asyncio.run(_listened(seconds))
    except Exception as error:  # bleak's own errors, and those of the system's bus
        return Way("Bluetooth", False, why_not(error)), []
    return Way("Bluetooth", True, _("ready, {by}").format(by=version("bleak"))), found


async def _listened(seconds: float) -> list[Found]:
    from bleak import BleakScanner

    from mindful.bio.sources.ble import SERVICE

    out = []
    seen = await BleakScanner.discover(timeout=seconds, return_adv=True)
    for device, advertised in seen.values():
        name = clean_name(device.name, "?")
        if SERVICE in advertised.service_uuids:
            out.append(Found(f"ble:{device.address}", name, "heart", _("heart-rate strap")))
        elif MUSE in advertised.service_uuids or name.startswith("Muse"):
            board = "muse-s" if name.startswith("MuseS") else "muse-2"
            out.append(Found(f"brainflow:{board},mac={device.address}", name, "eeg", _("EEG headset")))
    return sorted(out, key=lambda f: (f.kind, f.name))


def brainflow() -> Way:
    """Whether BrainFlow can be used."""
    from mindful.bio.sources.boards import BOARDS

    try:
        from mindful.bio.sources.brainflow import library

        library()
    except SourceError as error:
        return Way("BrainFlow", False, str(error))
    boards = ", ".join(BOARDS)
    return Way(
        "BrainFlow",
        True,
        _("ready, {by}; brainflow:BOARD with {boards}").format(by=version("brainflow"), boards=boards),
    )


def serial_ports() -> list[str]:
    """Where a dongle or board may be plugged in. On Windows they have to be named."""
    if sys.platform == "win32":  # pragma: no cover
        return []
    found = (p for pattern in ("ttyUSB*", "ttyACM*", "cu.usb*") for p in Path("/dev").glob(pattern))
    return sorted(str(p) for p in found)


def lsl(network: bool) -> tuple[Way, list[Found]]:
    """Whether streams can be used, and which there are where that was asked for."""
    from mindful.bio.sources.lsl import BEAT_TYPES, library, streams

    try:
        library()
        seen = streams() if network else []
    except SourceError as error:
        return Way("LSL", False, str(error)), []
    out = [
        Found(f"lsl:{name}", name, "eeg" if kind.upper() == "EEG" else "heart", f"{count} x {rate:g} Hz")
        for name, kind, count, rate in seen
        if kind.upper() in ("EEG", *BEAT_TYPES)
    ]
    why = _("ready, {by}").format(by=version("pylsl"))
    if not network:
        why += "; " + _("the network was not looked at (--network looks)")
    return Way("LSL", True, why), out


def files() -> Way:
    """What recordings can be played."""
    xdf = _("and .xdf") if find_spec("pyxdf") else _("not .xdf (pip install 'mindful-sessions[lsl]')")
    return Way(_("Recordings"), True, _("file:PATH plays .edf, .bdf, .csv, .txt, {xdf}").format(xdf=xdf))


def simulated() -> Way:
    """The made-up client."""
    return Way(
        _("Simulated"), True, _("simulated[:SEED] is a made-up client, for trying things out; it always says so")
    )
