"""The numbers of a calm delivery: what a rate in words a minute means for the engine and for the pauses.

All engines speak about twice too fast for guidance (230 words a minute inside a sentence). Slower speech takes half of
the way, longer pauses the other half. Free of numpy: the key of a line is made of these numbers.
"""

from __future__ import annotations

from itertools import pairwise

VERSION = 1
"""Goes up when anything here or in `delivery` changes what a line comes out as."""

_PACE = ((90, 0.62), (110, 0.72), (130, 0.80), (150, 0.90), (180, 1.10))
"""Words a minute, pauses included, to the engine's pace."""

COMMA_S, STOP_S, ELLIPSIS_S = 0.5, 1.3, 2.5
"""Silence added at a comma or colon, after a sentence, and after an ellipsis or paragraph, at an even rate."""
STRETCH = (0.45, 1.7)
"""The pauses of a line are all made shorter or longer by one factor within this, so that its rate comes out."""

CUE_PACE, CUE_QUICK = 1.0, 1.2
"""Words in time with the breath; the second where the first is too long for a second's beat."""
CUE_ROOM_MS = 640
"""A counted number ends before its beat is over (`breath_words.ROOM_MS`), with a little to spare."""


def pace(wpm: int) -> float:
    """The engine's pace for a rate in words a minute; between and beyond the measured ones by straight lines."""
    low, high = _PACE[0], _PACE[-1]
    for a, b in pairwise(_PACE):
        if a[0] <= wpm <= b[0]:
            low, high = a, b
            break
    share = (min(max(wpm, _PACE[0][0]), _PACE[-1][0]) - low[0]) / (high[0] - low[0])
    return round(low[1] + share * (high[1] - low[1]), 3)


def stretch(speech_s: float, words: int, wpm: int, commas: int, stops: int, ellipses: int) -> float:
    """The factor for the pauses that makes so many words last as long as the rate wants."""
    rest = words * 60 / wpm - speech_s
    even = commas * COMMA_S + stops * STOP_S + ellipses * ELLIPSIS_S
    return min(max(rest / even, STRETCH[0]), STRETCH[1]) if even else 1.0
