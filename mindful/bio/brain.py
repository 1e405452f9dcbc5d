"""Neurofeedback: chunks of EEG to a value, with gate, baseline, individual alpha, thresholds and inhibits.

Called through `engine.open_engine`.
"""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from mindful.bio.arrivals import Arrivals
from mindful.bio.engine import Engine
from mindful.bio.filters import Envelope
from mindful.bio.gate import Electrode, Gate, Why, electrodes
from mindful.bio.ports import TICK_MS, Beats, Chunk, Notice, Quality, Reading, Source, UnfitError
from mindful.bio.protocols import Band, BrainProtocol, Term
from mindful.bio.spectrum import alpha_peak, welch
from mindful.tongue import _

if TYPE_CHECKING:
    from mindful.bio.delivery import Delivery
    from mindful.bio.raw import RawRecorder

SMOOTH_S = 0.1
"""Smoothing of the envelope: 80 ms more lag for a value that does not tremble."""
ABSENT_S = 1.5
LEAST_TICKS = 125
"""Five clean seconds before a threshold can be made of anything."""
RATE_OVER_S = 10.0
RATE_OFF = 0.05
BASELINE_S = 600.0
"""Raw baseline that is kept for the individual alpha peak."""


class AnyChannels(tuple[str, ...]):
    """Every channel that a device has, for trying it out."""


def indices(term: Term, labels: tuple[str, ...]) -> list[int]:
    """The rows of a term's channels on a device. Raises `UnfitError` where it has none of them."""
    if isinstance(term.channels, AnyChannels) and labels:
        return list(range(len(labels)))
    known = {label.casefold(): i for i, label in enumerate(labels)}
    found = [known[c.casefold()] for c in term.channels if c.casefold() in known]
    if not found:
        raise UnfitError(
            _("This training needs one of these places: {wanted}. The device has: {there}.").format(
                wanted=", ".join(term.channels), there=", ".join(labels) or "-"
            )
        )
    return found


class BrainEngine(Engine):
    """See `Engine`. Everything is made when the first samples are there, as a stream tells its channels late."""

    protocol: BrainProtocol

    def __init__(
        self, source: Source, protocol: BrainProtocol, delivery: Delivery | None, raw: RawRecorder | None
    ) -> None:
        super().__init__(source, protocol, delivery, raw)
        if source.labels:
            for term in self._terms():
                indices(term, source.labels)
        self.rate_hz = source.rate_hz
        """Samples a second that the filters are made for; as measured where the device's own word is wrong."""
        self.peak_hz: float | None = None
        """The individual alpha peak, once a baseline showed one."""
        self._made = False
        self._why: Why | None = None
        self._gap_until = -1.0
        self._arrivals = Arrivals()
        self._waiting = False
        self._bands: dict[str, float] = {}
        per_window = max(LEAST_TICKS, round(protocol.threshold.window_s * 1000 / TICK_MS))
        self._recent: deque[float] = deque(maxlen=per_window)
        self._baseline: list[float] = []
        self._inhibited: list[list[float]] = [[] for _ in protocol.inhibits]
        self._kept: list[NDArray[Any]] = []
        self._kept_clean: list[bool] = []
        self._kept_s = 0.0
        self._limits: list[float | None] = [None] * len(protocol.inhibits)
        self._next_threshold = 0
        self._sd = 0.0
        self._rate_from: tuple[float, int] | None = None
        self._window: NDArray[Any] | None = None

    def electrodes(self) -> list[Electrode]:
        """How every channel of the device sits, over the last two seconds."""
        if self._window is None or self.rate_hz <= 0:
            return []
        return electrodes(self.source.labels, self._window, self.rate_hz)

    def _terms(self) -> list[Term]:
        return [*self.protocol.feature.terms, *(i.term for i in self.protocol.inhibits)]

    def _band(self, term: Term) -> Band:
        return term.band.around(self.peak_hz) if term.band.individual and self.peak_hz else term.band

    def _make(self) -> None:
        """Filters and gate, anew. Raises `UnfitError`."""
        labels = self.source.labels
        rows = [indices(t, labels) for t in self._terms()]
        self._used = sorted({i for each in rows for i in each})
        self._rows = [[self._used.index(i) for i in each] for each in rows]
        bands = [self._band(t) for t in self._terms()]
        try:
            self._envelopes = [
                Envelope(len(each), b.low, b.high, self.rate_hz, b.order, SMOOTH_S)
                for each, b in zip(self._rows, bands, strict=True)
            ]
        except ValueError as error:
            raise UnfitError(
                _("The device is too slow for this training ({rate:g} samples a second).").format(rate=self.rate_hz)
            ) from error
        self._gate = Gate(len(self._used), self.rate_hz, self.protocol.artefacts)
        self._made = True

    def _take(self, chunk: Chunk | Beats, now_ms: int) -> None:
        if not isinstance(chunk, Chunk) or self.problem or not chunk.data.shape[1]:
            return
        if not self._made:
            self.rate_hz = self.rate_hz or self.source.rate_hz
            try:
                self._make()
            except UnfitError as error:
                self.problem = str(error)
                self.tell_once(Notice("device", now_ms / 1000, self.problem))
                return
        self._times(chunk, now_ms)
        if self.problem:
            return
        data = np.nan_to_num(chunk.data, nan=0.0, posinf=0.0, neginf=0.0)
        keep = round(2 * self.rate_hz)
        self._window = (
            data[:, -keep:] if self._window is None else np.concatenate([self._window, data], axis=1)[:, -keep:]
        )
        x = data[self._used].astype(float)
        # A chunk that waited is taken in steps of a tick, so that percentiles count time and not wake-ups.
        step = self.rate_hz * TICK_MS / 1000
        for part in np.array_split(x, max(1, round(x.shape[1] / step)), axis=1):
            self._step(part)

    def _step(self, x: NDArray[Any]) -> None:
        why = self._gate.push(x)
        if self._waiting or (self._last_s or 0.0) < self._gap_until:
            why = "gap"
        self._why = why
        levels = self._levels(x)
        feature = self._combine(levels)
        self._bands = {i.name: v for i, v in zip(self.protocol.inhibits, levels[self._plain :], strict=True)}
        clear = not why
        if clear:
            self._feature = feature
        if self.phase == "baseline" and self._kept_s < BASELINE_S:
            self._kept.append(x)
            self._kept_clean.append(clear)
            self._kept_s += x.shape[1] / self.rate_hz
        if clear and self.phase in ("baseline", "training"):
            self._recent.append(feature)
            if self.phase == "baseline":
                self._baseline.append(feature)
                for kept, level in zip(self._inhibited, levels[self._plain :], strict=True):
                    kept.append(level)

    @property
    def _plain(self) -> int:
        return len(self.protocol.feature.terms)

    def _levels(self, x: NDArray[Any]) -> list[float]:
        return [
            float(np.exp(np.log(envelope.push(x[rows])[:, -1] + 1e-9).mean()))
            for envelope, rows in zip(self._envelopes, self._rows, strict=True)
        ]

    def _combine(self, levels: list[float]) -> float:
        kind = self.protocol.feature.kind
        if kind == "amplitude":
            return levels[0]
        if kind == "ratio":
            return levels[0] / max(levels[1], 1e-9)
        return float(np.log(max(levels[0], 1e-9) / max(levels[1], 1e-9)))

    @property
    def _last_s(self) -> float | None:
        return self._arrivals.last_s

    def _times(self, chunk: Chunk, now_ms: int) -> None:
        """Gaps, and the rate as it really is."""
        first, last = float(chunk.host_s[0]), float(chunk.host_s[-1])
        judged = self._arrivals.push(first, last, chunk.data.shape[1], self.rate_hz)
        self._waiting = judged == "waiting"
        if judged == "lost":
            self._gap_until = self._arrivals.jumped_s + self.protocol.artefacts.hold_s
            self._rate_from = None
            self.tell_once(
                Notice(
                    "gap",
                    first,
                    _("A moment of the signal was lost. The feedback pauses until it is back."),
                    {"seconds": round(self._arrivals.missing_s, 3)},
                )
            )
        if self._rate_from is None:
            self._rate_from = (last, 0)
            return
        since, n = self._rate_from
        n += chunk.data.shape[1]
        self._rate_from = (since, n)
        if last - since >= RATE_OVER_S:
            measured = n / (last - since)
            self._rate_from = (last, 0)
            if abs(measured / self.rate_hz - 1) > RATE_OFF:
                self._another_rate(measured, now_ms)

    def _another_rate(self, measured: float, now_ms: int) -> None:
        self.tell_once(
            Notice(
                "rate",
                now_ms / 1000,
                _(
                    "The device sends {measured:.0f} samples a second and not {said:.0f}. The feedback follows that."
                ).format(measured=measured, said=self.rate_hz),
                {"measured_hz": round(measured, 2), "said_hz": self.rate_hz},
            )
        )
        self.rate_hz = measured
        self._kept, self._kept_clean, self._kept_s = [], [], 0.0
        self._baseline.clear()
        self._recent.clear()
        for kept in self._inhibited:
            kept.clear()
        try:
            self._make()
        except UnfitError as error:
            self.problem = str(error)
            self.tell_once(Notice("device", now_ms / 1000, self.problem))

    def _learn(self, now_ms: int) -> None:
        """From the baseline: alpha peak, the bands by it, mean and spread, thresholds and inhibits."""
        if not self._made or self._mean is not None:
            return
        if any(t.band.individual for t in self._terms()) and self._kept_s >= 10:
            self._individual()
        if len(self._baseline) >= LEAST_TICKS:
            self._mean, self._sd = float(np.mean(self._baseline)), float(np.std(self._baseline))
            self._limits = [
                float(np.percentile(kept, 100 - inhibit.percent))
                for kept, inhibit in zip(self._inhibited, self.protocol.inhibits, strict=True)
            ]
            if self.protocol.threshold.mode == "baseline":
                self._threshold = self._cut(self._baseline)
        self._kept, self._kept_clean = [], []

    def _individual(self) -> None:
        """Find the alpha peak, and measure the baseline again with the bands that follow from it."""
        whole = np.concatenate(self._kept, axis=1)
        steady = np.repeat(self._kept_clean, [k.shape[1] for k in self._kept])
        try:
            self.peak_hz = alpha_peak(*welch(whole[self._rows[0]], self.rate_hz, clean=steady))
        except ValueError:  # four clean seconds on end were never there
            return
        if self.peak_hz is None:
            return
        self._make()
        self._baseline.clear()
        self._recent.clear()
        for kept in self._inhibited:
            kept.clear()
        for part, clear in zip(self._kept, self._kept_clean, strict=True):
            self._gate.push(part)
            levels = self._levels(part)
            if clear:
                self._recent.append(self._combine(levels))
                self._baseline.append(self._recent[-1])
                for kept, level in zip(self._inhibited, levels[self._plain :], strict=True):
                    kept.append(level)

    def _cut(self, values: list[float] | deque[float]) -> float:
        share = self.protocol.threshold.reward_percent
        return float(np.percentile(values, 100 - share if self.protocol.feature.rewarded == "more" else share))

    def _measure(self, now_ms: int) -> Reading:
        quality: Quality = "absent"
        if self._last_s is not None and now_ms / 1000 - self._last_s < ABSENT_S and self._feature is not None:
            quality = "clear" if self._why == "" else "unclear"
        elif self._last_s is not None and now_ms / 1000 - self._last_s < ABSENT_S:
            quality = "unclear"
        self._follow(now_ms)
        reward = False
        if quality == "clear" and self._threshold is not None and self._feature is not None:
            more = self.protocol.feature.rewarded == "more"
            over = self._feature - self._threshold if more else self._threshold - self._feature
            self._value = min(1.0, max(0.0, 0.5 + over / (4 * self._spread())))
            free = all(
                limit is None or self._bands[i.name] <= limit
                for i, limit in zip(self.protocol.inhibits, self._limits, strict=True)
            )
            reward = over > 0 and free
        return self._reading(now_ms, quality, reward, self._bands)

    def _spread(self) -> float:
        if self._sd > 0:
            return self._sd
        return max(abs(self._threshold or 0.0) / 4, 1e-6)

    def _follow(self, now_ms: int) -> None:
        """An adaptive threshold moves once a second."""
        rule = self.protocol.threshold
        adaptive = rule.mode == "adaptive" or (rule.mode == "baseline" and self._mean is None)
        if (
            adaptive
            and self.phase == "training"
            and now_ms >= self._next_threshold
            and len(self._recent) >= LEAST_TICKS
        ):
            self._threshold = self._cut(self._recent)
            self._next_threshold = now_ms + 1000

    @property
    def why(self) -> str:
        """What is in the way at this moment: movement, muscle, flat, clipped, gap; empty for nothing."""
        return self._why or ""

    def _lag_s(self) -> float:
        return max((e.lag_s for e in self._envelopes[: self._plain]), default=0.0) if self._made else 0.0

    def _details(self) -> dict[str, Any]:
        return {
            "channels": [self.source.labels[i] for i in self._used] if self._made else [],
            "declared_hz": self.source.rate_hz,
            "rate_hz": round(self.rate_hz, 2),
            "unit": self.protocol.feature.unit,
            "bands_hz": [[b.low, b.high, b.order] for b in map(self._band, self._terms())],
            "alpha_peak_hz": None if self.peak_hz is None else round(self.peak_hz, 2),
            "baseline": {"mean": self._mean, "sd": self._sd if self._mean is not None else None},
            "inhibit_limits": dict(zip((i.name for i in self.protocol.inhibits), self._limits, strict=True)),
            "smoothing_s": SMOOTH_S,
        }


def with_channels(protocol: BrainProtocol, channels: tuple[str, ...]) -> BrainProtocol:
    """The protocol measured elsewhere, where an author names the places: only for one that has a single place."""
    feature = protocol.feature
    if feature.kind == "asymmetry":
        raise UnfitError(_("An asymmetry has a right and a left side; other places cannot take their part."))
    down = None if feature.down is None else replace(feature.down, channels=channels)
    return replace(
        protocol,
        feature=replace(feature, up=replace(feature.up, channels=channels), down=down),
        inhibits=tuple(replace(i, term=replace(i.term, channels=channels)) for i in protocol.inhibits),
    )
