"""MP3 with an ID3 tag before it. Called by `formats`."""

from __future__ import annotations

from typing import Any, BinaryIO

from mindful.audio.units import Block
from mindful.render.containers.channel import Shifted
from mindful.render.containers.encoder import Encoder
from mindful.render.containers.id3 import tag
from mindful.render.tags import Tags

CONSTANT: dict[str, Any] = {"bitrate_mode": "CONSTANT", "compression_level": 0.7}


class Mp3:
    """See the package. The encoder goes back to its first frame at the end, to note length and seek points there."""

    def __init__(self, file: BinaryIO, frames: int, tags: Tags, *, constant: bool = False) -> None:
        """`constant`: as many bytes in every second (128 kbit/s), so that a browser finds a moment to the MP3 frame.

        In a stream that varies it guesses by the file's table of a hundred places, and is up to 1.5 s beside.
        """
        head = tag(tags)
        file.write(head)
        self._encoder = Encoder(Shifted(file, len(head)), "MP3", "MPEG_LAYER_III", **(CONSTANT if constant else {}))

    def write(self, block: Block) -> None:
        self._encoder.write(block)

    def close(self) -> None:
        self._encoder.close()
