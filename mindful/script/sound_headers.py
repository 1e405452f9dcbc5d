"""What the first bytes of a sound file say: its kind, its length, and whether all of it is there. Called by the checks.

Only headers are read, in plain Python, because a check must be quick and start no decoder; what only a decoder can find
is told when the file is played. Formats: RIFF WAVE, AIFF, FLAC (RFC 9639), Ogg (RFC 3533), MP3 frames with Xing or
Info.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

KINDS = {
    "wav": (".wav", ".wave"),
    "aiff": (".aiff", ".aif"),
    "flac": (".flac",),
    "ogg": (".ogg", ".oga", ".opus"),
    "mp3": (".mp3",),
}
"""What can be played, and how such files usually end."""
_TAIL = 262_144
"""An Ogg page is not longer than a quarter of this, and few FLAC frames are."""


@dataclass(frozen=True, slots=True)
class Header:
    """What a sound file says of itself."""

    kind: str
    """One of `KINDS`; `m4a`; or empty for anything else."""
    seconds: float | None = None
    """None where it does not say."""
    cut_off: bool = False
    """Whether less is there than it says."""
    empty: bool = False
    """Whether there is nothing in it: no byte, or no sound."""


def read(path: Path) -> Header:
    """The header of a file. Raises OSError."""
    size = path.stat().st_size
    if not size:
        return Header("", empty=True)
    with path.open("rb") as f:
        head = f.read(65_536)
        f.seek(max(0, size - _TAIL))
        tail = f.read(_TAIL)
    try:
        return _read(head, tail, size, path)
    except (IndexError, ValueError):  # a header that ends too soon
        return Header(_kind(head), cut_off=True)


def _kind(head: bytes) -> str:
    if head[:4] in (b"RIFF", b"RF64", b"RIFX") and head[8:12] in (b"WAVE", b""):
        return "wav"
    if head[:4] == b"FORM" and head[8:12] in (b"AIFF", b"AIFC"):
        return "aiff"
    if head[:4] in (b"fLaC", b"OggS"):
        return {b"fLaC": "flac", b"OggS": "ogg"}[head[:4]]
    if head[4:8] == b"ftyp":
        return "m4a"
    if head[:3] == b"ID3" or (len(head) > 3 and _mp3_frame(head[:4]) is not None):
        return "mp3"
    return ""


def _read(head: bytes, tail: bytes, size: int, path: Path) -> Header:
    match _kind(head):
        case "wav":
            return _wav(size, path)
        case "flac":
            return _flac(head, tail)
        case "ogg":
            return _ogg(head, tail)
        case "mp3":
            return _mp3(size, path)
        case kind:
            return Header(kind)


def _number(data: bytes, at: int, n: int, order: str = "little") -> int:
    if at + n > len(data):
        raise ValueError("too short")
    return int.from_bytes(data[at : at + n], "little" if order == "little" else "big")


def _wav(size: int, path: Path) -> Header:
    """Chunks of RIFF: `fmt ` has the bytes a second, `data` its own length (0 or all ones in a stream)."""
    a_second = 0
    at = 12
    with path.open("rb") as f:
        for _ in range(1000):
            f.seek(at)
            chunk = f.read(24)
            length = _number(chunk, 4, 4)
            if chunk[:4] == b"fmt ":
                a_second = _number(chunk, 16, 4)
            elif chunk[:4] == b"data":
                there = size - at - 8
                streamed = length in (0, 0xFFFFFFFF) and there > 0
                said = there if streamed else length
                seconds = said / a_second if a_second else None
                return Header("wav", seconds, cut_off=said > there, empty=not said)
            at += 8 + length + length % 2
    raise ValueError("no data")


def _flac(head: bytes, tail: bytes) -> Header:
    """STREAMINFO: block size, rate (20 bits), number of samples (36 bits). The last frame has its own number."""
    block = _number(head, 8, 2, "big")
    packed = _number(head, 18, 8, "big")
    rate, samples = packed >> 44, packed & 0xFFFFFFFFF
    last = next(_flac_frames(tail), None)
    frames = -(-samples // block) if block and _number(head, 10, 2, "big") == block else 0
    cut_off = bool(frames) and last is not None and last < frames - 1
    return Header("flac", samples / rate if rate and samples else None, cut_off)


def _flac_frames(data: bytes) -> Iterator[int]:
    """The numbers of the frames that begin in `data`, from the last to the first, where blocks are of one size."""
    at = len(data)
    while (at := data.rfind(b"\xff\xf8", 0, at)) >= 0:
        if at + 6 > len(data):
            continue
        first = data[at + 4]
        more = 0 if first < 0x80 else 8 - (first ^ 0xFF).bit_length() - 1
        end = at + 5 + more + {6: 1, 7: 2}.get(data[at + 2] >> 4, 0) + {12: 1, 13: 2, 14: 2}.get(data[at + 2] & 15, 0)
        if first != 0xFF and end < len(data) and _crc8(data[at:end]) == data[end]:
            number = first if not more else first & (0x3F >> more)
            for byte in data[at + 5 : at + 5 + more]:
                number = number << 6 | byte & 0x3F
            yield number


def _crc8(data: bytes) -> int:
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc << 1 ^ 0x07) & 0xFF if crc & 0x80 else crc << 1
    return crc


def _ogg(head: bytes, tail: bytes) -> Header:
    """The last page has the position of its end, and says that it is the last."""
    last = tail.rfind(b"OggS")
    if last < 0:
        return Header("ogg", cut_off=True)
    flags, position = _number(tail, last + 5, 1), _number(tail, last + 6, 8)
    body = 28 + head[26]
    rate = 48_000 if head[body - 1 : body + 7] == b"OpusHead" else _number(head, body + 11, 4)
    pages = _number(tail, last + 26, 1)
    end = last + 27 + pages + sum(tail[last + 27 : last + 27 + pages])
    whole = bool(flags & 4) and end <= len(tail)
    known = rate and position < 1 << 62
    return Header("ogg", position / rate if known else None, cut_off=not whole)


_RATES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8000)}
_KBITS = {
    3: (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
"""Of layer III, in MPEG 1 and in MPEG 2 and 2.5."""


def _mp3_frame(four: bytes) -> tuple[int, int, int, bool] | None:
    """Version (3: MPEG 1), rate, bytes a second, whether in one channel; None for what is no frame of layer III."""
    if four[0] != 0xFF or four[1] & 0xE6 != 0xE2:
        return None
    version, bits, rate = four[1] >> 3 & 3, four[2] >> 4, four[2] >> 2 & 3
    if version == 1 or rate == 3 or not 1 <= bits <= 14:
        return None
    return version, _RATES[version][rate], _KBITS[3 if version == 3 else 2][bits - 1] * 125, four[3] >> 6 == 3


def _mp3(size: int, path: Path) -> Header:
    with path.open("rb") as f:
        head = f.read(10)
        start = 0
        if head[:3] == b"ID3":
            start = 10 + (head[6] << 21 | head[7] << 14 | head[8] << 7 | head[9])
        f.seek(start)
        data = f.read(8192)
    at = next((i for i in range(len(data) - 4) if _mp3_frame(data[i : i + 4]) is not None), None)
    found = None if at is None else _mp3_frame(data[at : at + 4])
    if at is None or found is None:
        return Header("mp3", cut_off=True)
    version, rate, a_second, single = found
    side = (17 if single else 32) if version == 3 else (9 if single else 17)
    tag = at + 4 + side
    if data[tag : tag + 4] in (b"Xing", b"Info"):
        flags, frames = _number(data, tag + 4, 4, "big"), _number(data, tag + 8, 4, "big")
        said = _number(data, tag + 12, 4, "big") if flags & 3 == 3 else 0
        if flags & 1:
            seconds = frames * (1152 if version == 3 else 576) / rate
            return Header("mp3", seconds, cut_off=said > (size - start - at) * 1.02 + 512)
    return Header("mp3", (size - start) / a_second)
