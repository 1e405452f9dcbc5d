"""The background makes room for a voice, so softly that nobody notices. `Score` knows where, the mixer plays it.

It is a pure function of the timeline: where a line begins is known, so the way down is over as it begins. Lines that
follow one another closely are one stretch: the background does not come up between them only to go down again.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

import numpy as np

from mindful.audio.units import RATE, Curve, rise

GUIDE_DB, WORD_DB = 9.0, 5.0
"""How far the background goes down under guidance, and under words in time with the breath."""
TONES_DB = 3.0
"""How far the breath tone goes down under guidance: it can still be followed. Under the words that belong to it, and
for bells, nothing goes down."""
ATTACK, RELEASE = 3 * RATE // 10, 3 * RATE // 2
"""Frames of the way down, before a line, and of the way up after it; half cosines in decibels."""
APART = ATTACK + RELEASE
"""Lines closer together than this many frames are one stretch: there would be no time to come up and go down again."""

Stretch = tuple[int, int]
"""Frames from and to which a voice is heard."""


def joined(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Stretches in order, those made one that lie closer together than `APART`."""
    out: list[Stretch] = []
    for start, end in sorted(stretches):
        if out and start - out[-1][1] < APART:
            out[-1] = out[-1][0], max(end, out[-1][1])
        else:
            out.append((start, end))
    return out


def near(stretches: list[Stretch], first: int, last: int) -> list[Stretch]:
    """Those of joined stretches that can matter to what happens in first <= frame < last."""
    a = bisect_left(stretches, first - APART, key=lambda s: s[1])
    b = bisect_right(stretches, last + APART, key=lambda s: s[0])
    return stretches[a:b]


def depth(stretches: Iterable[Stretch], first: int, n: int) -> Curve | float:
    """How far down, 0 not at all to 1 all the way, (n,); one number where it is the same throughout."""
    last = first + n
    found: Curve | float = 0.0
    for start, end in stretches:
        if end + RELEASE <= first or start - ATTACK >= last:
            continue
        if start <= first and last <= end:
            return 1.0
        frames = np.arange(first, last, dtype=np.float64)
        here = rise((frames - (start - ATTACK)) / ATTACK) * rise((end + RELEASE - frames) / RELEASE)
        found = np.maximum(found, here)
    return found


def gain(down_db: Curve | float) -> Curve | float:
    """The gain of so many decibels down."""
    return 10 ** (-down_db / 20)
