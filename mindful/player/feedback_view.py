"""What a performer shows of a heart or a brain while it is measured. A plain value, part of a `View`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackView:
    """The sensor at this moment."""

    kind: Literal["heart", "eeg"]
    source: str
    """The device's name; empty where there is none."""
    simulated: bool
    """No body is measured; said wherever the figures are."""
    stretch: str
    """baseline, training, rest, after; empty before the first."""
    quality: Literal["clear", "unclear", "absent"]
    value: float
    """0 to 1; 0.5 is the threshold. Held while the signal is unclear."""
    reward: bool
    bpm: float | None = None
    """Heart rate, beats a minute."""
    lock: float | None = None
    """0 to 1: how much of the heart's swing goes with the breath."""
    swing_bpm: float | None = None
    curve: tuple[tuple[int, float], ...] = ()
    """The heart, beat by beat: (ms from now, negative; beats a minute), oldest first."""
    electrodes: tuple[tuple[str, str], ...] = ()
    """Of a headset: (channel, good | noisy | clipped | off)."""
    problem: str = ""
    """Why there is nothing to show, for the client."""
