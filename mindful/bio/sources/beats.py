"""Bytes of a heart-rate strap to beats with times. Called by the Bluetooth source.

The Heart Rate Measurement characteristic 0x2A37 of the Bluetooth Heart Rate Service 1.0: a byte of flags, the heart
rate in 8 or 16 bits, energy where it is told, and intervals in 1/1024 s, the oldest first.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mindful.bio.ports import Beats

UNIT_MS = 1000 / 1024
EARLIEST_S, LATEST_S = 1.5, 0.0
"""How long before its packet the last beat of it may have been. Straps send about once a second."""
ANCHOR_S = 0.4
"""Where a first beat is put before its packet: the middle of what is likely."""
SHORTEST_MS, LONGEST_MS = 200.0, 3000.0


@dataclass(frozen=True, slots=True)
class Packet:
    """One notification."""

    bpm: int
    contact: bool | None
    """Whether the electrodes touch skin; None where the strap cannot tell."""
    rr_ms: tuple[float, ...]


def parse(data: bytes) -> Packet:
    """A packet from its bytes. Raises ValueError for what is none."""
    if len(data) < 2:
        raise ValueError("too short")
    flags, at = data[0], 2
    bpm = data[1]
    if flags & 0x01:
        if len(data) < 3:
            raise ValueError("too short")
        bpm, at = int.from_bytes(data[1:3], "little"), 3
    if flags & 0x08:
        at += 2
    if at > len(data):
        raise ValueError("too short")
    rr: tuple[float, ...] = ()
    if flags & 0x10:
        if (len(data) - at) % 2:
            raise ValueError("half an interval")
        rr = tuple(int.from_bytes(data[i : i + 2], "little") * UNIT_MS for i in range(at, len(data), 2))
    if bpm > 300:
        raise ValueError("no heart beats so fast")
    return Packet(
        bpm, bool(flags & 0x02) if flags & 0x04 else None, tuple(r for r in rr if SHORTEST_MS <= r <= LONGEST_MS)
    )


class BeatClock:
    """Gives beats their times. Intervals are exact and packets are not: the sum of intervals leads, and is put right
    only where it leaves what the packets allow. A jump of more than that is a gap, which the engine sees in the
    times.
    """

    def __init__(self) -> None:
        self._last: float | None = None
        self._anew = True

    def lost(self) -> None:
        """The connection was made anew: what comes next is placed by its packet."""
        self._anew = True

    def place(self, packet: Packet, came_s: float) -> Beats:
        """The beats of a packet that came at a time."""
        rr = np.array(packet.rr_ms, dtype=np.float64)
        if not len(rr):
            return Beats(np.zeros(0), rr, float(packet.bpm) or None)
        whole = float(rr.sum()) / 1000
        end = came_s - ANCHOR_S if self._anew or self._last is None else self._last + whole
        self._anew = False
        if end > came_s - LATEST_S:
            end = came_s - LATEST_S
        elif end < came_s - EARLIEST_S:
            end = came_s - ANCHOR_S
        if self._last is not None:
            end = max(end, self._last + 0.001 * len(rr))
        self._last = end
        return Beats(end - (whole - np.cumsum(rr) / 1000), rr, float(packet.bpm) or None)
