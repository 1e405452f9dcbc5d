"""Sixteen bits from floats with triangular dither, the same twice. Called by the containers of whole numbers."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from mindful.audio.units import Block

SEED = 0x6D696E64
FULL = 32767


class Dither:
    """Rounds blocks one after another. The error is noise that does not depend on the sound (TPDF, two steps wide).

    Digital silence stays silent: nothing is rounded there, and a quiet sit in FLAC takes next to no room.
    """

    def __init__(self, seed: int = SEED) -> None:
        self._rng = np.random.default_rng(seed)

    def __call__(self, block: Block) -> npt.NDArray[np.int16]:
        """(n, 2) float32 of full scale 1 as int16."""
        if not block.any():
            return np.zeros(block.shape, np.int16)
        noise = self._rng.random(block.shape, np.float32) - self._rng.random(block.shape, np.float32)
        return np.clip(np.rint(block * np.float32(FULL) + noise), -FULL - 1, FULL).astype(np.int16)
