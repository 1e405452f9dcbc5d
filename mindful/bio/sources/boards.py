"""Which boards BrainFlow knows by the names that people use, and the options of one. Called by the BrainFlow source.

Numbers are BrainFlow's own `BoardIds`, so that this list can be read without the library.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from mindful.bio.ports import SourceError
from mindful.tongue import _

BOARDS: dict[str, tuple[int, str]] = {
    "synthetic": (-1, "BrainFlow's made-up signal"),
    "cyton": (0, "OpenBCI Cyton"),
    "ganglion": (1, "OpenBCI Ganglion"),
    "cyton-daisy": (2, "OpenBCI Cyton with Daisy"),
    "galea": (3, "OpenBCI Galea"),
    "unicorn": (8, "g.tec Unicorn"),
    "notion-2": (14, "Neurosity Notion 2"),
    "muse-s-dongle": (21, "Muse S with a BLED112 dongle"),
    "muse-2-dongle": (22, "Muse 2 with a BLED112 dongle"),
    "crown": (23, "Neurosity Crown"),
    "muse-2": (38, "Muse 2"),
    "muse-s": (39, "Muse S"),
    "muse-2016": (41, "Muse 2016"),
    "muse-s-athena": (67, "Muse S Athena"),
}
OPTIONS = {
    "port": "serial_port",
    "mac": "mac_address",
    "serial": "serial_number",
    "ip": "ip_address",
    "ip-port": "ip_port",
    "file": "file",
    "master": "master_board",
    "info": "other_info",
}
"""Our names, and those of `BrainFlowInputParams`."""
WHOLE = ("ip-port", "master")


@dataclass(frozen=True, slots=True)
class Board:
    """A board as it was asked for."""

    number: int
    about: str
    options: dict[str, str | int] = field(default_factory=dict)
    """Of `BrainFlowInputParams`."""
    channels: tuple[str, ...] = ()
    """Where the electrodes really sit; empty for the board's own word."""
    timeout_s: int = 15


def parse(spec: str) -> Board:
    """`muse-2`, `cyton,port=/dev/ttyUSB0,channels=O1/O2/Pz`, or a BrainFlow number. Raises `SourceError`."""
    name, *rest = (part.strip() for part in spec.split(","))
    if name.lower() in BOARDS:
        number, about = BOARDS[name.lower()]
    else:
        try:
            number, about = int(name), f"BrainFlow board {int(name)}"
        except ValueError:
            raise SourceError(
                _("There is no board “{name}”. There are: {names}; or a number of BrainFlow's.").format(
                    name=name, names=", ".join(BOARDS)
                )
            ) from None
    options: dict[str, str | int] = {}
    channels: tuple[str, ...] = ()
    timeout = 15
    for part in rest:
        key, equals, value = part.partition("=")
        key, value = key.strip().lower(), value.strip()
        if key == "channels" and value:
            channels = tuple(c.strip() for c in value.split("/") if c.strip())
        elif key == "timeout" and value.isdigit():
            timeout = max(1, min(60, int(value)))
        elif equals and key in OPTIONS and (key not in WHOLE or value.lstrip("-").isdigit()):
            options[OPTIONS[key]] = int(value) if key in WHOLE else value
        else:
            raise SourceError(
                _("“{part}” is no option of a board. There are: {names}.").format(
                    part=part, names=", ".join([*OPTIONS, "channels", "timeout"])
                )
            )
    return Board(number, about, options, channels, timeout)
