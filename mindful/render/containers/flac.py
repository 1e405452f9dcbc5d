"""FLAC: 16 bits, with the tags and chapters in its Vorbis comment. Called by `formats`.

libFLAC writes its own comment behind the block STREAMINFO, which it fills in at the end. `_Metadata` puts ours in that
place as the bytes come by. Format: RFC 9639, sections 8.1 to 8.6.
"""

from __future__ import annotations

from typing import BinaryIO

from mindful.audio.units import Block
from mindful.render.containers.comments import body, vendor_of
from mindful.render.containers.dither import Dither
from mindful.render.containers.encoder import Encoder
from mindful.render.tags import Tags

MAGIC = b"fLaC"
STREAMINFO, VORBIS_COMMENT, LAST = 0, 4, 0x80


class Flac:
    """See the package."""

    def __init__(self, file: BinaryIO, frames: int, tags: Tags) -> None:
        self._dither = Dither()
        self._encoder = Encoder(_Metadata(file, tags), "FLAC", "PCM_16")

    def write(self, block: Block) -> None:
        self._encoder.write(self._dither(block))

    def close(self) -> None:
        self._encoder.close()


class _Metadata:
    """A file in which the metadata blocks of the encoder become STREAMINFO and our comment."""

    def __init__(self, file: BinaryIO, tags: Tags) -> None:
        self._file, self._tags = file, tags
        self._head = b""
        self._ended: int | None = None
        """Where the encoder believes that its metadata end, once they did."""
        self._shift = 0
        self._at = 0

    def write(self, data: bytes) -> int:
        if self._ended is None:
            if self._at != len(self._head):
                raise ValueError("the encoder went back within its metadata")
            self._head += data
            self._at += len(data)
            self._take()
        else:
            where = self._at if self._at < self._ended else self._at + self._shift
            if self._file.tell() != where:  # a seek would write out the buffer
                self._file.seek(where)
            self._file.write(data)
            self._at += len(data)
        return len(data)

    def seek(self, offset: int, whence: int = 0) -> int:
        self._at = offset
        return offset

    def tell(self) -> int:
        return self._at

    def _take(self) -> None:
        """Once all metadata blocks are there, write ours in their place."""
        at, last, info, vendor = len(MAGIC), False, b"", b""
        while not last:
            if len(self._head) < at + 4:
                return
            size = int.from_bytes(self._head[at + 1 : at + 4])
            if len(self._head) < at + 4 + size:
                return
            last, kind = bool(self._head[at] & LAST), self._head[at] & ~LAST
            block = self._head[at + 4 : at + 4 + size]
            if kind == STREAMINFO:
                info = block
            elif kind == VORBIS_COMMENT:
                vendor = vendor_of(block)
            at += 4 + size
        comment = body(vendor, self._tags)
        if not self._head.startswith(MAGIC) or not info or len(comment) >= 1 << 24:
            raise ValueError("this is no FLAC stream that tags fit into")
        ours = MAGIC + _block(STREAMINFO, info) + _block(VORBIS_COMMENT | LAST, comment)
        self._file.write(ours + self._head[at:])
        self._ended, self._shift, self._head = at, len(ours) - at, b""


def _block(head: int, content: bytes) -> bytes:
    return bytes([head]) + len(content).to_bytes(3) + content
