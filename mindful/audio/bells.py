"""The bank of bells: bundled strokes with their whole tails. The mixer takes strokes from here."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from mindful import assets
from mindful.audio.units import FRAMES_PER_MS, Mono
from mindful.audio.wavefile import load

NAMES = ("bowl", "bell", "chime", "gong", "wood")
LONGEST = 16_000 * FRAMES_PER_MS
"""No stroke rings longer than this many frames, so a block need not look further back."""


def folder() -> Path:
    """Where the strokes are."""
    return assets.audio() / "bells"


@cache
def stroke(name: str) -> Mono:
    """One stroke, (n,) at the mixer's rate, read when first wanted. Raises KeyError for an unknown name."""
    if name not in NAMES:
        raise KeyError(name)
    sound = load(folder() / f"{name}.wav")[:LONGEST, 0].copy()
    sound.setflags(write=False)
    return sound
