"""What is fed back and how it is judged: the protocols by name, and the shape of one's own. Plain data, no numpy.

`feedback` steps of a script become one of these; the record holds them as they were (`as_data`). Sources for each
preset stand at its entry. Called by the engines and by whoever reads a script.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

FeatureKind = Literal["amplitude", "ratio", "asymmetry"]
ThresholdMode = Literal["adaptive", "baseline", "fixed"]
Metric = Literal["lock", "coherence"]
Eyes = Literal["open", "closed"]
LOWEST_HZ, HIGHEST_HZ, NARROWEST_HZ = 1.0, 45.0, 1.0
"""Bands lie between these, and are no narrower."""


@dataclass(frozen=True, slots=True)
class Band:
    """A band of frequencies in Hz."""

    low: float
    high: float
    individual: bool = False
    """Moved to the alpha peak that the baseline shows, keeping its width. Klimesch 1999, Brain Research Reviews
    29:169.
    """

    def __post_init__(self) -> None:
        if not LOWEST_HZ <= self.low < self.high <= HIGHEST_HZ or self.high - self.low < NARROWEST_HZ:
            raise ValueError(f"a band lies between {LOWEST_HZ:g} and {HIGHEST_HZ:g} Hz and is 1 Hz wide or more")

    def around(self, peak_hz: float) -> Band:
        """The band moved so that a peak is its middle."""
        half = (self.high - self.low) / 2
        return Band(peak_hz - half, peak_hz + half)

    @property
    def order(self) -> int:
        """Order of its low pass: 2 within alpha, 4 beside it, where order 2 would let alpha in."""
        return 2 if 8 <= (self.low + self.high) / 2 <= 12 else 4


@dataclass(frozen=True, slots=True)
class Term:
    """The amplitude of a band over the channels of a list that the device has: their geometric mean, in microvolts."""

    channels: tuple[str, ...]
    band: Band


@dataclass(frozen=True, slots=True)
class Feature:
    """amplitude: `up`; ratio: `up` / `down`; asymmetry: ln `up` - ln `down`, right less left."""

    kind: FeatureKind
    up: Term
    down: Term | None = None
    rewarded: Literal["more", "less"] = "more"
    """Whether more or less of it is rewarded."""

    def __post_init__(self) -> None:
        if (self.kind == "amplitude") != (self.down is None):
            raise ValueError("an amplitude has one term, a ratio and an asymmetry have two")

    @property
    def terms(self) -> tuple[Term, ...]:
        """One or two."""
        return (self.up,) if self.down is None else (self.up, self.down)

    @property
    def unit(self) -> str:
        """What its numbers are."""
        return {"amplitude": "uV", "ratio": "ratio", "asymmetry": "ln ratio"}[self.kind]


@dataclass(frozen=True, slots=True)
class Inhibit:
    """No reward while this is over what it was in all but `percent` of the baseline."""

    name: str
    term: Term
    percent: float = 20


@dataclass(frozen=True, slots=True)
class Threshold:
    """From where on a moment is rewarded.

    adaptive: so that `reward_percent` of the last `window_s` clean seconds would have been; baseline: so that it would
    have been of the baseline; fixed: `value`. Progress is told against the baseline, never against an adaptive
    threshold.
    """

    mode: ThresholdMode = "adaptive"
    reward_percent: float = 65
    window_s: float = 60
    value: float | None = None

    def __post_init__(self) -> None:
        if not 30 <= self.reward_percent <= 95 or not 10 <= self.window_s <= 600:
            raise ValueError("a reward share is 30 to 95 percent, over 10 to 600 seconds")
        if (self.mode == "fixed") != (self.value is not None):
            raise ValueError("a fixed threshold has a value, and no other has")


@dataclass(frozen=True, slots=True)
class Artefacts:
    """What takes the reward away for `hold_s`: the rules of `mindful.bio.gate`."""

    peak_to_peak_uv: float = 100
    muscle_factor: float = 3
    hold_s: float = 1.0


@dataclass(frozen=True, slots=True)
class BrainProtocol:
    """Neurofeedback."""

    name: str
    feature: Feature
    eyes: Eyes = "closed"
    baseline_s: float = 120
    threshold: Threshold = Threshold()
    inhibits: tuple[Inhibit, ...] = ()
    artefacts: Artefacts = Artefacts()
    experimental: bool = False
    """Marked so wherever it is offered."""
    realert_s: float = 0
    """How long to come back to the room at the end; asked for where drowsiness is sought."""
    source: str = ""
    """Where it was studied."""


@dataclass(frozen=True, slots=True)
class HeartProtocol:
    """HRV biofeedback: how far the heart's rhythm goes with the breath."""

    name: str = "hrv"
    metric: Metric = "lock"
    window_s: float = 30
    threshold: Threshold = Threshold("fixed", value=0.5)
    baseline_s: float = 60
    most_corrected: float = 0.1
    """Share of corrected beats in the window over which the signal is unclear."""
    source: str = "Lehrer et al. 2013, Biofeedback 41:26; McCraty & Zayas 2014, Front Psychol 5:1090"

    def __post_init__(self) -> None:
        low, high = (20, 128) if self.metric == "lock" else (45, 128)
        if not low <= self.window_s <= high:
            raise ValueError(f"{self.metric} needs a window of {low} to {high} seconds")


Protocol = BrainProtocol | HeartProtocol

_POSTERIOR = ("O1", "O2", "Oz", "Pz", "TP9", "TP10")
_CENTRAL = ("Cz", "C3", "C4")
LOCK = HeartProtocol()
COHERENCE = HeartProtocol("coherence", "coherence", 64, Threshold("fixed", value=1 / 3))
"""A coherence ratio of 0.5 is a share of a third: what its authors call a beginner's."""
PRESETS: dict[str, BrainProtocol] = {
    p.name: p
    for p in (
        BrainProtocol(
            "alpha",
            Feature("amplitude", Term(_POSTERIOR, Band(8, 12, individual=True))),
            source="Belinskaia et al. 2020, bioRxiv 2020.07.27.222786",
        ),
        BrainProtocol(
            "alpha_theta",
            Feature("ratio", Term(("Pz", "O1", "O2", "TP9"), Band(4, 8)), Term(("Pz", "O1", "O2", "TP9"), Band(8, 12))),
            realert_s=90,
            source="Gruzelier 2009, Cognitive Processing 10 Suppl 1:S101",
        ),
        BrainProtocol(
            "smr",
            Feature("amplitude", Term(_CENTRAL, Band(12, 15))),
            eyes="open",
            inhibits=(
                Inhibit("theta", Term(_CENTRAL, Band(4, 8))),
                Inhibit("high_beta", Term(_CENTRAL, Band(22, 30))),
            ),
            source="Sterman & Egner 2006, Appl Psychophysiol Biofeedback 31:21",
        ),
        BrainProtocol(
            "frontal_theta",
            Feature("amplitude", Term(("Fz", "AFz", "FCz"), Band(4, 7))),
            source="Brandmeyer & Delorme 2020, Front Hum Neurosci 14:246",
        ),
        BrainProtocol(
            "asymmetry",
            Feature("asymmetry", Term(("F4", "AF8", "AF4"), Band(8, 13)), Term(("F3", "AF7", "AF3"), Band(8, 13))),
            experimental=True,
            source="Quaedflieg et al. 2016, Psychophysiology 53:1056 (one group changed, no lasting effect)",
        ),
    )
}


def with_threshold(protocol: BrainProtocol, reward_percent: float) -> BrainProtocol:
    """The same with another reward share. Raises ValueError for one out of range."""
    return replace(protocol, threshold=replace(protocol.threshold, reward_percent=reward_percent))


def as_data(protocol: Protocol) -> dict[str, Any]:
    """All of it as plain data, for the record."""
    return asdict(protocol)
