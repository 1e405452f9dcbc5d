"""HRV biofeedback: beats to a value, with cleaning, pacer lock and coherence. Called through `engine.open_engine`."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

import numpy as np

from mindful.bio import hrv
from mindful.bio.cleaning import Beat, Cleaner
from mindful.bio.engine import Engine
from mindful.bio.ports import Beats, Chunk, Notice, Quality, Reading, Source
from mindful.bio.protocols import HeartProtocol
from mindful.tongue import _

if TYPE_CHECKING:
    from mindful.bio.delivery import Delivery
    from mindful.bio.raw import RawRecorder

KEPT_S = 180.0
GAP_S = 1.0
"""Beat times that jump this far beyond the interval: beats were lost between."""
LONG_GAP_S = 6.0
"""After a hole this long the rhythm is measured anew."""
ABSENT_S = 6.0
SHORT_S = 60.0
"""RMSSD and SDNN are over the last minute of beats. Not to be compared with those of five minutes or a day."""
NO_RR_S = 15.0
LEAST_REWARDS = 20


class HeartEngine(Engine):
    """See `Engine`."""

    protocol: HeartProtocol

    def __init__(
        self, source: Source, protocol: HeartProtocol, delivery: Delivery | None, raw: RawRecorder | None
    ) -> None:
        super().__init__(source, protocol, delivery, raw)
        self._cleaner = Cleaner()
        self._beats: deque[Beat] = deque()
        self._bpm: float | None = None
        self._last_s: float | None = None
        self._first_packet_s: float | None = None
        self._fresh = False
        self._extras: dict[str, float] = {}
        self._corrected = 0.0
        self._counts = [0, 0]
        self._recent: deque[float] = deque(maxlen=round(protocol.threshold.window_s * 2))
        self._baseline: list[float] = []

    def curve(self, seconds: float) -> list[tuple[int, float, bool]]:
        """The beat-to-beat line of the last seconds: (host ms, beats a minute, whether it was measured)."""
        if not self._beats:
            return []
        since = self._beats[-1].at_s - seconds
        return [(round(b.at_s * 1000), 60_000 / b.rr_ms, b.good) for b in self._beats if b.at_s >= since]

    @property
    def beats(self) -> list[Beat]:
        """The settled beats of the last three minutes, for the resonance assessment."""
        return list(self._beats)

    def _take(self, chunk: Chunk | Beats, now_ms: int) -> None:
        if not isinstance(chunk, Beats):
            return
        if chunk.bpm is not None:
            self._bpm = chunk.bpm
            if self._first_packet_s is None:
                self._first_packet_s = now_ms / 1000
        for at, rr in zip(chunk.host_s, chunk.rr_ms, strict=True):
            at_s, rr_ms = float(at), float(rr)
            if self._last_s is not None and at_s - self._last_s - rr_ms / 1000 > GAP_S:
                self._lost(at_s, at_s - self._last_s)
            self._last_s = at_s
            for beat in self._cleaner.push(at_s, rr_ms):
                self._beats.append(beat)
                self._counts[beat.good] += 1
                self._fresh = True
        while self._beats and self._beats[0].at_s < self._beats[-1].at_s - KEPT_S:
            self._beats.popleft()

    def _lost(self, at_s: float, seconds: float) -> None:
        self._cleaner.gap()
        if seconds > LONG_GAP_S:
            self._beats.clear()
        self.tell_once(
            Notice(
                "gap",
                at_s,
                _("Some heartbeats were lost on the way. The feedback pauses until it can be sure again."),
                {"seconds": round(seconds, 2)},
            )
        )

    def _refresh(self) -> None:
        """The numbers, from the beats as they are now."""
        at = np.array([b.at_s for b in self._beats])
        rr = np.array([b.rr_ms for b in self._beats])
        good = np.array([b.good for b in self._beats])
        extras: dict[str, float] = {}
        inside = at > at[-1] - self.protocol.window_s
        self._corrected = float(1 - good[inside].mean())
        locked = (
            hrv.lock(at, rr, self.pace, self.protocol.window_s if self.protocol.metric == "lock" else 30)
            if (self.pace)
            else None
        )
        if locked is not None:
            extras |= {"lock": locked.share, "swing_bpm": locked.swing_bpm, "phase_deg": locked.phase_deg}
        coherent = hrv.coherence(at, rr, self.protocol.window_s if self.protocol.metric == "coherence" else 64)
        if coherent is not None:
            extras |= {
                "coherence": coherent.share,
                "coherence_ratio": coherent.ratio,
                "peak_per_min": coherent.peak_per_min,
            }
        short = at > at[-1] - SHORT_S
        for name, number in (
            ("rmssd_ms", hrv.rmssd(rr[short], good[short])),
            ("sdnn_ms", hrv.sdnn(rr[short], good[short])),
        ):
            if number is not None:
                extras[name] = number
        extras["corrected"] = self._corrected
        self._extras = extras
        self._feature = extras.get(self.protocol.metric)
        self._bpm = float(60_000 / np.median(rr[-5:]))
        if self._feature is not None and self._corrected <= self.protocol.most_corrected:
            self._recent.append(self._feature)
            if self.phase == "baseline":
                self._baseline.append(self._feature)

    def _measure(self, now_ms: int) -> Reading:
        now = now_ms / 1000
        if self._fresh:
            self._fresh = False
            self._refresh()
            self._follow()
        here = self._last_s is not None and now - self._last_s < ABSENT_S
        if (
            not here
            and self._first_packet_s is not None
            and self._last_s is None
            and now - self._first_packet_s > NO_RR_S
        ):
            self.tell_once(
                Notice(
                    "no-rr",
                    now,
                    _("This strap tells the heart rate and not the single beats, so there can be no feedback from it."),
                )
            )
        quality: Quality = "absent"
        if here and (self._feature is not None or (self.pace is None and len(self._beats) > hrv.LEAST_BEATS)):
            quality = "clear" if self._corrected <= self.protocol.most_corrected else "unclear"
        reward = False
        if quality == "clear" and self._feature is not None and self._threshold is not None:
            self._value = _placed(self._feature, self._threshold)
            reward = self._feature >= self._threshold
        return self._reading(now_ms, quality, reward, self._extras if here else {}, self._bpm)

    def _follow(self) -> None:
        if (
            self.protocol.threshold.mode == "adaptive"
            and self.phase == "training"
            and len(self._recent) >= LEAST_REWARDS
        ):
            self._threshold = float(np.percentile(self._recent, 100 - self.protocol.threshold.reward_percent))

    def _learn(self, now_ms: int) -> None:
        if self._mean is None and len(self._baseline) >= LEAST_REWARDS:
            self._mean = float(np.mean(self._baseline))
            if self.protocol.threshold.mode == "baseline":
                share = self.protocol.threshold.reward_percent
                self._threshold = float(np.percentile(self._baseline, 100 - share))

    def _lag_s(self) -> float:
        return self.protocol.window_s / 2

    def _details(self) -> dict[str, Any]:
        every = sum(self._counts)
        return {
            "unit": "share",
            "baseline": {"mean": self._mean},
            "beats": every,
            "corrected": round(self._counts[0] / every, 4) if every else None,
        }


def _placed(feature: float, threshold: float) -> float:
    """0 to 1 with the threshold at 0.5, each side straight."""
    threshold = min(0.999, max(0.001, threshold))
    if feature < threshold:
        return max(0.0, 0.5 * feature / threshold)
    return min(1.0, 0.5 + 0.5 * (feature - threshold) / (1 - threshold))
