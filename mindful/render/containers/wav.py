"""WAV: 16 bits, with chapters as cue points and labels, and the tags as LIST INFO. Called by `formats`.

The sound stands right behind the short head, where the simplest of readers look for it; the rest follows it.
"""

from __future__ import annotations

import struct
from typing import BinaryIO

from mindful.audio.units import FRAMES_PER_MS, RATE, Block
from mindful.render.containers.dither import Dither
from mindful.render.tags import Tags

CHANNELS, WIDTH = 2, 2
LARGEST = 2**32 - 1


class Wav:
    """See the package."""

    def __init__(self, file: BinaryIO, frames: int, tags: Tags) -> None:
        self._file, self._dither = file, Dither()
        self._left = frames
        size = frames * CHANNELS * WIDTH
        self._tail = _cues(tags) + _info(tags)
        whole = 4 + 24 + 8 + size + len(self._tail)
        if whole > LARGEST:
            raise ValueError("more than a WAV file can hold")
        head = struct.pack("<4sI4s", b"RIFF", whole, b"WAVE")
        form = struct.pack("<HHIIHH", 1, CHANNELS, RATE, RATE * CHANNELS * WIDTH, CHANNELS * WIDTH, 8 * WIDTH)
        file.write(head + _chunk(b"fmt ", form) + struct.pack("<4sI", b"data", size))

    def write(self, block: Block) -> None:
        self._left -= len(block)
        self._file.write(self._dither(block).astype("<i2", copy=False).tobytes())

    def close(self) -> None:
        """Write what follows the sound. Raises ValueError where frames are missing."""
        if self._left:
            raise ValueError("not all frames were written")
        self._file.write(self._tail)


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack("<4sI", name, len(body)) + body + b"\0" * (len(body) % 2)


def _text(name: bytes, text: str) -> bytes:
    return _chunk(name, text.encode() + b"\0") if text else b""


def _cues(tags: Tags) -> bytes:
    """`cue ` and the names of the points in `LIST adtl`."""
    if not tags.chapters:
        return b""
    points, labels = struct.pack("<I", len(tags.chapters)), b"adtl"
    for k, chapter in enumerate(tags.chapters, 1):
        frame = chapter.start_ms * FRAMES_PER_MS
        points += struct.pack("<II4sIII", k, frame, b"data", 0, 0, frame)
        labels += _chunk(b"labl", struct.pack("<I", k) + chapter.title.encode() + b"\0")
    return _chunk(b"cue ", points) + _chunk(b"LIST", labels)


def _info(tags: Tags) -> bytes:
    body = b"INFO" + b"".join(
        _text(name, text)
        for name, text in (
            (b"INAM", tags.title),
            (b"IART", tags.artist),
            (b"IPRD", tags.album),
            (b"ICMT", tags.description),
            (b"ICOP", tags.licence),
            (b"ILNG", tags.language),
        )
    )
    return _chunk(b"LIST", body)
