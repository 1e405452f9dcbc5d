"""The few numbers that everything in sound agrees on. Every module of this room uses them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

RATE = 48_000
"""Frames a second of everything that is mixed."""
FRAMES_PER_MS = RATE // 1000
"""Whole: a millisecond of a timeline is an exact frame."""
TILE = 4096
"""Sound is mixed in tiles of this many frames, aligned to frame 0."""

Block = npt.NDArray[np.float32]
"""Frames of stereo sound, shape (n, 2), full scale 1."""
Mono = npt.NDArray[np.float32]
"""Frames of one channel, shape (n,)."""
Curve = npt.NDArray[np.float64]
"""A value a frame, shape (n,)."""


def decibels(db: float) -> float:
    """The gain of a level in decibels."""
    return float(10 ** (db / 20))


def frame_of(ms: float) -> int:
    """The frame at a time in milliseconds."""
    return round(ms * FRAMES_PER_MS)


def ms_of(frame: float) -> float:
    """The time of a frame, in milliseconds."""
    return frame / FRAMES_PER_MS


def rise(x: Curve) -> Curve:
    """A half cosine from 0 to 1 over 0 <= x <= 1, flat outside."""
    return 0.5 - 0.5 * np.cos(np.pi * np.clip(x, 0.0, 1.0))
