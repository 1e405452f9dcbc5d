"""What a source of heart or brain signals is to the engine, and what the engine gives back. Imports no numpy.

A *source* is a strap, a headset, a stream, a file or the simulated client. It does its work on a thread of its own (or
none), so no method waits. Times are seconds of the clock that the source was given (`Now`, monotonic): a source places
its samples on that clock, so sound, screen and signal can be laid beside each other. Called by every module of this
room and by whoever plays.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from mindful.bio.pacing import Pace

Kind = Literal["heart", "eeg"]
State = Literal["idle", "opening", "on", "lost", "failed", "ended", "stopped"]
"""idle: not started; opening: looking for the device; on: data has come; lost: it had come and stopped, and is being
sought again; failed: it cannot be had as things are, which is tried again now and then; ended: a file is at its end;
stopped: by `stop`."""
Quality = Literal["clear", "unclear", "absent"]
"""clear: feedback can be given; unclear: a blink, muscle, a loose electrode, too many corrected beats; absent: nothing
comes, or not enough yet."""
NoticeKind = Literal[
    "gap", "lost", "back", "battery", "contact", "no-rr", "rate", "garbage", "failed", "ended", "simulated", "device"
]
TICK_MS = 40
"""How often an engine is meant to be asked: 25 times a second."""

_UNFIT = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


class SourceError(Exception):
    """There is no such source, or what it needs is not here; the message says why, for a person."""


class UnfitError(Exception):
    """The source cannot serve the protocol (a channel is missing, a heart for a brain); the message says why."""


class Now(Protocol):
    """Monotonic time, handed in."""

    def now(self) -> float:
        """Seconds; never goes back."""
        ...


@dataclass(frozen=True, slots=True)
class Chunk:
    """Samples of an EEG, in their order."""

    host_s: NDArray[np.float64]
    """(n,) seconds of the source's clock. Filters count samples; these times only align and show gaps."""
    data: NDArray[np.float32]
    """(channels, n) in microvolts."""


@dataclass(frozen=True, slots=True)
class Beats:
    """Heartbeats as the device tells them, uncorrected."""

    host_s: NDArray[np.float64]
    """(n,) seconds of the source's clock at which each beat fell. A jump that is no interval is a gap."""
    rr_ms: NDArray[np.float64]
    """(n,) milliseconds from the beat before."""
    bpm: float | None = None
    """The device's own heart rate, beats a minute; all there is where a strap tells no intervals."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something about the source that the client is told once, and the record keeps."""

    kind: NoticeKind
    at_s: float
    text: str
    """For the client, in their language; without control characters."""
    data: Mapping[str, float | int | str] = field(default_factory=dict)
    """For the record: seconds of a gap, percent of a battery, the rate."""
    tell: bool = True
    """False where it was told before and belongs to the record alone."""


class Source(Protocol):
    """One device, stream, file or simulated body."""

    name: str
    """For a person: `Polar H10 0001`, `simulated heart`. Without control characters."""
    kind: Kind
    labels: tuple[str, ...]
    """Names of the EEG channels in the order of the rows, such as `O1`; empty for hearts, and until they are known."""
    rate_hz: float
    """Samples a second as the device declares; 0 for hearts."""
    simulated: bool
    """True where no body was measured. Said on the screen and in the record."""

    @property
    def state(self) -> State:
        """How it is at this moment."""
        ...

    def start(self) -> None:
        """Begin. Returns at once; what goes wrong comes as a notice. May be called once."""
        ...

    def read(self) -> list[Chunk] | list[Beats]:
        """All that came since the last call, oldest first."""
        ...

    def feedback(self, value: float, reward: bool) -> None:
        """What the client is being shown at this moment; only the simulated client listens."""
        ...

    def guide(self, pace: Pace | None) -> None:
        """The pacer that the client is shown from now on, None for none; only the simulated client follows."""
        ...

    def notices(self) -> list[Notice]:
        """What happened since the last call; each is given once."""
        ...

    def stop(self) -> None:
        """Free the device, within a second. May be called twice."""
        ...


@dataclass(frozen=True, slots=True)
class Reading:
    """What an engine says at one moment."""

    at_ms: int
    """Whole milliseconds of the engine's clock."""
    value: float
    """0 to 1: how far along; 0.5 is the threshold. Held while the signal is unclear."""
    reward: bool
    """Whether this moment is rewarded: clear, over the threshold, and no inhibit over its own."""
    quality: Quality
    clean: float
    """Share of the last ten seconds, 0 to 1, that was clear."""
    threshold: float | None = None
    """In the unit of the feature; None until there is one."""
    baseline: float | None = None
    """Mean of the feature over the baseline, in its unit; None without."""
    feature: float | None = None
    """The feature itself: microvolts, a ratio, ln right - ln left, a share."""
    bpm: float | None = None
    """Heart rate, beats a minute."""
    extras: Mapping[str, float] = field(default_factory=dict)
    """lock, coherence, peak_per_min, swing_bpm, phase_deg, rmssd_ms, sdnn_ms (hearts); band values by name (EEG)."""


def clean_name(text: object, fallback: str = "") -> str:
    """A device's own name made safe to show: one line, no control characters, at most 60 letters."""
    return _UNFIT.sub("", str(text)).strip()[:60] or fallback
