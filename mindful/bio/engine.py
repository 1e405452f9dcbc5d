"""What every engine does: asks its source, measures, keeps rows, says what is shown. `open_engine` makes one.

`tick(now_ms)` is called some 25 times a second with the source's clock in whole milliseconds, from one thread. It never
waits and never raises for what a device does. Who plays decides the stretches: `begin("baseline")`,
`begin("training")`, `begin("rest")`, `begin("after")`. Called by the player's side; `mindful devices test` uses one
as well.
"""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from mindful.bio.delivery import Delivery, Real
from mindful.bio.ledger import Ledger, Phase
from mindful.bio.pacing import Pace
from mindful.bio.ports import TICK_MS, Beats, Chunk, Notice, Quality, Reading, Source, UnfitError
from mindful.bio.protocols import BrainProtocol, HeartProtocol, Protocol, as_data

if TYPE_CHECKING:
    from mindful.bio.gate import Electrode
    from mindful.bio.raw import RawRecorder

CLEAN_OVER_MS = 10_000
LATENCIES = 20_000
"""How many ticks the latency is measured over: the last 13 minutes."""


class Engine(ABC):
    """A source and a protocol, running."""

    def __init__(
        self, source: Source, protocol: Protocol, delivery: Delivery | None = None, raw: RawRecorder | None = None
    ) -> None:
        """`raw`: where every sample goes as well; it is closed by `finish`."""
        self.source = source
        self.protocol = protocol
        self.problem = ""
        """Why there is nothing to feed back, for the client; empty while there is."""
        self._delivery = delivery or Real()
        self._raw = raw
        self._ledger = Ledger()
        self._ledger.honest = self._delivery.mode == "real"
        self._clear: deque[tuple[int, bool]] = deque()
        self._clear_count = 0
        self._own: list[Notice] = []
        self._age: deque[float] = deque(maxlen=LATENCIES)
        self._cost: deque[float] = deque(maxlen=LATENCIES)
        self._told: set[str] = set()
        self.received = 0
        """Samples or beats so far."""
        self._first_s: float | None = None
        self._newest_s = 0.0
        self._value = 0.0
        self._feature: float | None = None
        self._threshold: float | None = protocol.threshold.value
        self._mean: float | None = None
        """Of the feature over the baseline, once a training began."""
        self.pace: Pace | None = None
        self.last: Reading | None = None
        """What was measured last, before any delivery."""

    @property
    def phase(self) -> Phase:
        """The stretch that is running."""
        return self._ledger.phase

    def begin(self, phase: Phase, now_ms: int) -> None:
        """Another stretch begins; what a baseline showed is taken up by the first training after it."""
        if phase == "training" and self.phase != "training":
            self._learn(now_ms)
        self._ledger.begin(phase, now_ms)
        if self._raw is not None:
            self._raw.note(now_ms / 1000, phase)

    def guide(self, pace: Pace | None) -> None:
        """The pacer that the client sees from now on."""
        self.pace = pace
        self.source.guide(pace)

    def tick(self, now_ms: int) -> Reading:
        """The reading that the client is shown at this moment."""
        begun = time.perf_counter()
        for chunk in self.source.read():
            if isinstance(chunk, Chunk):
                self.received += chunk.data.shape[1]
            else:
                self.received += len(chunk.rr_ms)
            if len(chunk.host_s):
                self._newest_s = float(chunk.host_s[-1])
                self._first_s = float(chunk.host_s[0]) if self._first_s is None else self._first_s
                self._age.append(now_ms / 1000 - self._newest_s)
            if self._raw is not None:
                self._raw.add(chunk)
            self._take(chunk, now_ms)
        true = self._measure(now_ms)
        true = replace(true, clean=self._clean(now_ms, true.quality))
        if self.phase != "training":
            true = replace(true, reward=False)
        self.last = true
        shown = self._delivery.shown(true) if self.phase == "training" else true
        self._ledger.add(true, shown)
        if self.phase == "training":
            self.source.feedback(shown.value, shown.reward)
        self._cost.append(time.perf_counter() - begun)
        return shown

    def rows(self) -> list[dict[str, Any]]:
        """What was measured and shown in each second that was completed since the last call, for the record."""
        return self._ledger.rows()

    def notices(self) -> list[Notice]:
        """What the source and the engine have to say since the last call."""
        own, self._own = self._own, []
        every = [*self.source.notices(), *own]
        if self._raw is not None:
            for notice in every:
                self._raw.note(notice.at_s, notice.kind)
        return every

    def finish(self) -> dict[str, Any]:
        """Stop the source, close the raw recording, and say everything that the record holds of this training."""
        self.source.stop()
        self._ledger.finish()
        out = self.summary()
        if self._raw is not None:
            out["raw"] = self._raw.close()
        return out

    def summary(self) -> dict[str, Any]:
        """For the record: what CRED-nf (Ros et al. 2020, Brain 143:1674) asks to be told of how feedback was made."""
        return {
            "source": self.source.name,
            "kind": self.source.kind,
            "simulated": self.source.simulated,
            "protocol": as_data(self.protocol),
            "delivery": self._delivery.data(),
            "received": self.received,
            "spanned_s": 0.0 if self._first_s is None else round(self._newest_s - self._first_s, 3),
            "latency": self.latency(),
            "stretches": self._ledger.data(),
        } | self._details()

    def latency(self) -> dict[str, float | None]:
        """As measured so far, in ms: age of the newest sample at a tick, cost of a tick; and the filter's own lag."""
        age, cost = np.array(self._age) * 1000, np.array(self._cost) * 1000
        return {
            "source_p50": _percentile(age, 50),
            "source_p99": _percentile(age, 99),
            "tick_p50": _percentile(cost, 50),
            "tick_p99": _percentile(cost, 99),
            "between_ticks": float(TICK_MS),
            "filter": round(1000 * self._lag_s(), 1),
        }

    def electrodes(self) -> list[Electrode]:
        """How every channel of the device sits, over the last two seconds; nothing for a heart."""
        return []

    def tell_once(self, notice: Notice, key: str = "") -> None:
        """Pass a notice on; the same kind is told to the client once and goes to the record each time."""
        mark = key or notice.kind
        self._own.append(replace(notice, tell=mark not in self._told))
        self._told.add(mark)

    def _reading(
        self, now_ms: int, quality: Quality, reward: bool, extras: Mapping[str, float], bpm: float | None = None
    ) -> Reading:
        """What is known now, as a reading; a feature that cannot be trusted is none."""
        return Reading(
            at_ms=now_ms,
            value=self._value if quality != "absent" else 0.0,
            reward=reward,
            quality=quality,
            clean=0.0,
            threshold=self._threshold,
            baseline=self._mean,
            feature=self._feature if quality == "clear" else None,
            bpm=bpm,
            extras=extras,
        )

    def _clean(self, now_ms: int, quality: Quality) -> float:
        clear = quality == "clear"
        self._clear.append((now_ms, clear))
        self._clear_count += clear
        while self._clear[0][0] <= now_ms - CLEAN_OVER_MS:
            self._clear_count -= self._clear.popleft()[1]
        return self._clear_count / len(self._clear)

    @abstractmethod
    def _take(self, chunk: Chunk | Beats, now_ms: int) -> None:
        """New data."""

    @abstractmethod
    def _measure(self, now_ms: int) -> Reading:
        """The truth at this moment."""

    @abstractmethod
    def _learn(self, now_ms: int) -> None:
        """A training begins: make thresholds from the baseline."""

    @abstractmethod
    def _lag_s(self) -> float:
        """How late the filter sees a slow change."""

    @abstractmethod
    def _details(self) -> dict[str, Any]:
        """What belongs to hearts or brains alone, for the record."""


def _percentile(values: Any, percent: float) -> float | None:
    return round(float(np.percentile(values, percent)), 2) if len(values) else None


def open_engine(
    source: Source, protocol: Protocol, delivery: Delivery | None = None, raw: RawRecorder | None = None
) -> Engine:
    """An engine for a protocol on a source. Raises `UnfitError` where the source is of the other kind."""
    from mindful.bio.brain import BrainEngine
    from mindful.bio.pulse import HeartEngine

    wanted: Literal["eeg", "heart"] = "eeg" if isinstance(protocol, BrainProtocol) else "heart"
    if source.kind != wanted:
        from mindful.tongue import _

        raise UnfitError(
            _("This needs an EEG headset, and “{name}” is a heart-rate strap.").format(name=source.name)
            if wanted == "eeg"
            else _("This needs a heart-rate strap, and “{name}” is an EEG headset.").format(name=source.name)
        )
    if isinstance(protocol, HeartProtocol):
        return HeartEngine(source, protocol, delivery, raw)
    return BrainEngine(source, protocol, delivery, raw)
