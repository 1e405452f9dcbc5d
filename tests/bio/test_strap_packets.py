"""Bytes of the Heart Rate Service, and beats from packets that come when they come."""

from __future__ import annotations

import itertools
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mindful.bio.sources.beats import BeatClock, Packet, parse


def bytes_of(
    bpm: int, rr: tuple[int, ...] = (), *, wide: bool = False, contact: int = 0b110, energy: bool = False
) -> bytes:
    flags = int(wide) | contact | (8 if energy else 0) | (16 if rr else 0)
    out = bytes([flags]) + (struct.pack("<H", bpm) if wide else bytes([bpm]))
    return out + (b"\x10\x27" if energy else b"") + b"".join(struct.pack("<H", r) for r in rr)


@pytest.mark.parametrize("wide", [False, True])
@pytest.mark.parametrize("energy", [False, True])
def test_every_form_of_a_packet(wide: bool, energy: bool) -> None:
    assert parse(bytes_of(61, (1024, 512), wide=wide, energy=energy)) == Packet(61, True, (1000.0, 500.0))
    assert parse(bytes_of(61, wide=wide, energy=energy, contact=0b100)) == Packet(61, False, ())
    assert parse(bytes_of(61, wide=wide, energy=energy, contact=0)) == Packet(61, None, ())


def test_intervals_are_not_rounded() -> None:
    assert parse(bytes_of(61, (1023,))).rr_ms == (1023 * 1000 / 1024,)


@pytest.mark.parametrize("wrong", [b"", b"\x00", b"\x01\x05", b"\x08\x40", b"\x10\x40\x00", b"\x01\xff\xff"])
def test_garbage_is_refused(wrong: bytes) -> None:
    with pytest.raises(ValueError, match=r"short|half|fast"):
        parse(wrong)


@given(st.binary(max_size=30))
def test_no_bytes_upset_it(data: bytes) -> None:
    try:
        packet = parse(data)
    except ValueError:
        return
    assert all(200 <= r <= 3000 for r in packet.rr_ms)


@given(st.lists(st.floats(0, 0.25), min_size=30, max_size=30), st.floats(500, 1300))
def test_the_line_of_beats_is_even_though_packets_are_not(jitter: list[float], rr: float) -> None:
    clock, at, beats, placed = BeatClock(), 100.0, 100.0, []
    for late in jitter:
        at += 1.0
        inside = []
        while beats + rr / 1000 <= at:
            beats += rr / 1000
            inside.append(rr)
        out = clock.place(Packet(60, None, tuple(inside)), at + late)
        placed += list(out.host_s)
    steps = [b - a for a, b in itertools.pairwise(placed)]
    assert all(b > a for a, b in itertools.pairwise(placed))
    assert sum(abs(s - rr / 1000) < 0.05 for s in steps) >= 0.8 * len(
        steps
    )  # a packet that is late by a quarter of a second moves a few
    assert abs(placed[-1] - beats) < 1.0


def test_after_a_new_connection_beats_are_placed_anew() -> None:
    clock = BeatClock()
    clock.place(Packet(60, None, (1000.0,)), 10.0)
    clock.lost()
    assert clock.place(Packet(60, None, (1000.0,)), 13.0).host_s[0] == pytest.approx(12.6)
    assert len(clock.place(Packet(60, None, ()), 14.0).host_s) == 0
