"""How full the lungs are, moment by moment. The pacer draws it and the tone sings it, so both follow one curve."""

from __future__ import annotations

import math

from mindful.timeline.model import PhaseCue


def ease(progress: float) -> float:
    """A half cosine, 0 to 1: a breath starts and ends softly."""
    p = min(1.0, max(0.0, progress))
    return 0.5 - 0.5 * math.cos(math.pi * p)


def fill_at(cue: PhaseCue, elapsed_ms: float) -> float:
    """Fill of the lungs, 0 to 1, `elapsed_ms` after the phase began."""
    return cue.fill_from + (cue.fill_to - cue.fill_from) * ease(elapsed_ms / cue.length_ms)
