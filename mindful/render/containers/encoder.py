"""libsndfile's encoders, fed block by block. Called by the containers for FLAC, Ogg and MP3."""

from __future__ import annotations

from typing import Any

import soundfile

from mindful.audio.units import RATE
from mindful.render.containers.channel import Bytes, Channel

MOST = RATE
"""Frames given at once; libsndfile's Vorbis encoder crashes on very long writes."""


class Encoder:
    """Writes (n, 2) blocks, float32 or int16, to `target`. `settings` are those of `soundfile.SoundFile`."""

    def __init__(self, target: Bytes, form: str, subtype: str, **settings: Any) -> None:
        self._channel = Channel(target)
        self._sound = soundfile.SoundFile(self._channel, "w", RATE, 2, subtype, format=form, **settings)
        self._channel.check()

    def write(self, block: Any) -> None:
        for at in range(0, len(block), MOST):
            self._sound.write(block[at : at + MOST])
            self._channel.check()

    def close(self) -> None:
        """Write what is left. May be called twice."""
        self._sound.close()
        self._channel.check()
