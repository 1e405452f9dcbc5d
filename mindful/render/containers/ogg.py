"""Ogg Vorbis and Ogg Opus, with the tags and chapters in the comment header. Called by `formats`.

The encoder's stream is laid into pages anew as it comes by: its comment packet becomes ours, pages are numbered on from
there, and the stream gets a serial number that depends on nothing but its tags, so that two recordings are the same.
Formats: RFC 3533 (Ogg), RFC 7845 (Opus), the Vorbis I specification, section 4.2.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import BinaryIO, Literal

from mindful.audio.units import Block
from mindful.render.containers.comments import body, vendor_of
from mindful.render.containers.encoder import Encoder
from mindful.render.tags import Tags

Codec = Literal["vorbis", "opus"]
_HEAD = struct.Struct("<4sBBqIIIB")
CONTINUED, FIRST = 1, 2
NO_END = -1
"""The granule position of a page on which no packet ends."""
_MAGIC: dict[Codec, bytes] = {"vorbis": b"\x03vorbis", "opus": b"OpusTags"}
_HEADERS: dict[Codec, int] = {"vorbis": 3, "opus": 2}
"""Packets before the sound; the second is the comment."""
_MIRROR = bytes(int(f"{n:08b}"[::-1], 2) for n in range(256))


class Ogg:
    """See the package."""

    def __init__(self, file: BinaryIO, frames: int, tags: Tags, codec: Codec = "vorbis") -> None:
        self._encoder = Encoder(_Pages(file, tags, codec), "OGG", codec.upper())

    def write(self, block: Block) -> None:
        self._encoder.write(block)

    def close(self) -> None:
        self._encoder.close()


def checksum(page: bytes) -> int:
    """The CRC of a page whose own field for it is zero: polynomial 0x04c11db7, no mirroring, nothing added.

    zlib has the same polynomial, mirrored and inverted; so the bits of what goes in and comes out are mirrored.
    """
    mirrored = zlib.crc32(page.translate(_MIRROR), 0xFFFFFFFF) ^ 0xFFFFFFFF
    return int.from_bytes(mirrored.to_bytes(4, "little").translate(_MIRROR), "big")


class _Pages:
    """A file in which an encoder's pages become ours."""

    def __init__(self, file: BinaryIO, tags: Tags, codec: Codec) -> None:
        self._file, self._tags, self._codec = file, tags, codec
        self._rest = b""
        self._packets: list[bytes] | None = []
        """The headers so far, the last one perhaps in part; None once they are written."""
        self._whole = True
        self._serial = zlib.crc32(body(codec.encode(), tags))
        self._number = 0
        self._at = 0

    def write(self, data: bytes) -> int:
        self._at += len(data)
        self._rest += data
        while (size := _size(self._rest)) is not None:
            page, self._rest = self._rest[:size], self._rest[size:]
            if self._packets is None:
                self._put(page)
            else:
                self._header(page, self._packets)
        return len(data)

    def seek(self, offset: int, whence: int = 0) -> int:
        if offset != self._at:
            raise ValueError("the encoder went back within its stream")
        return offset

    def tell(self) -> int:
        return self._at

    def _header(self, page: bytes, packets: list[bytes]) -> None:
        lacing, content = page[_HEAD.size : _HEAD.size + page[26]], page[_HEAD.size + page[26] :]
        at = 0
        for length in lacing:
            if self._whole:
                packets.append(b"")
            packets[-1] += content[at : at + length]
            at += length
            self._whole = length < 255
        if len(packets) < _HEADERS[self._codec] or not self._whole:
            return
        if len(packets) > _HEADERS[self._codec] or not packets[1].startswith(_MAGIC[self._codec]):
            raise ValueError("this is no Ogg stream that tags fit into")
        packets[1] = self._comment(packets[1])
        for out in [*_paged(packets[:1], FIRST), *_paged(packets[1:], 0)]:
            self._put(out)
        self._packets = None

    def _comment(self, packet: bytes) -> bytes:
        magic = _MAGIC[self._codec]
        framing = b"\x01" if self._codec == "vorbis" else b""
        return magic + body(vendor_of(packet[len(magic) :]), self._tags) + framing

    def _put(self, page: bytes) -> None:
        """Write a page under our serial number and the next page number."""
        magic, version, flags, granule, _, _, _, segments = _HEAD.unpack_from(page)
        head = _HEAD.pack(magic, version, flags, granule, self._serial, self._number, 0, segments)
        crc = checksum(head + page[_HEAD.size :])
        self._file.write(head[:22] + struct.pack("<I", crc) + head[26:] + page[_HEAD.size :])
        self._number += 1


def _size(data: bytes) -> int | None:
    """The size of the page that `data` begins with; None while not all of it is there."""
    if len(data) < _HEAD.size or len(data) < _HEAD.size + data[26]:
        return None
    size = _HEAD.size + data[26] + sum(data[_HEAD.size : _HEAD.size + data[26]])
    return size if len(data) >= size else None


def _paged(packets: list[bytes], flags: int) -> Iterator[bytes]:
    """Header packets as pages of at most 255 segments, without serial, number and checksum."""
    segments = [
        (packet[i : i + 255], i == 0, i + 255 > len(packet))
        for packet in packets
        for i in range(0, len(packet) + 1, 255)
    ]
    for i in range(0, len(segments), 255):
        page = segments[i : i + 255]
        granule = 0 if any(ends for _, _, ends in page) else NO_END
        flag = flags | (0 if page[0][1] else CONTINUED)
        head = _HEAD.pack(b"OggS", 0, flag, granule, 0, 0, 0, len(page))
        yield head + bytes(len(s) for s, _, _ in page) + b"".join(s for s, _, _ in page)
