"""Streams of the lab streaming layer, in and out: `lsl[:NAME]`. Needs `pylsl`. The stream is on this machine or
network.

In: an EEG stream (type EEG), or beats (type RR, one channel of milliseconds, no fixed rate). Out: any source, and
what an engine says, for other programs. A stream that stops is looked for again. Called by `opening` and `mindful
devices share`.
"""

from __future__ import annotations

import time
from typing import Any

import numpy as np

from mindful.bio.ports import Beats, Chunk, Kind, Now, Reading, Source, SourceError, clean_name
from mindful.bio.sources.base import Threaded
from mindful.tongue import _

POLL_S = 0.02
RESOLVE_S = 2.0
OPEN_S = 5.0
SILENT_S = 3.0
BEATS_SILENT_S = 10.0
AGAIN_S = 1.0
BEAT_TYPES = ("RR", "RRI", "IBI")
UNITS = {"volts": 1e6, "v": 1e6, "volt": 1e6, "millivolts": 1e3, "mv": 1e3, "millivolt": 1e3}
"""Factors to microvolts of what a stream may say; anything else counts as microvolts."""


def library() -> Any:
    """pylsl. Raises `SourceError` where it is not here or its library does not load."""
    try:
        import pylsl
    except ImportError as error:
        raise SourceError(_("This needs pylsl: pip install 'mindful-sessions[lsl]'")) from error
    except Exception as error:  # RuntimeError and OSError, by version
        raise SourceError(_("pylsl is installed but its library cannot be loaded here.")) from error
    return pylsl


def streams(wait_s: float = RESOLVE_S) -> list[tuple[str, str, int, float]]:
    """What can be seen on the network: (name, type, channels, rate). Raises `SourceError`."""
    found = library().resolve_streams(wait_s)
    return sorted((clean_name(i.name()), clean_name(i.type()), i.channel_count(), i.nominal_srate()) for i in found)


class LslSource(Threaded):
    """See `ports.Source`."""

    def __init__(self, clock: Now, name: str = "", kind: Kind = "eeg") -> None:
        """`name`: of the stream; empty for the first of its kind. Raises `SourceError` without pylsl."""
        super().__init__(clean_name(name) or _("stream"), clock)
        self.kind = kind
        self._wanted = name
        self._lib = library()
        self._factors: Any = 1.0

    def work(self) -> None:
        while not self._stop.is_set():
            inlet = self._opened()
            if inlet is not None:
                try:
                    self._carry(inlet)
                except Exception as error:
                    self.say("garbage", _("The stream broke off."), error=repr(error)[:200])
                finally:
                    inlet.close_stream()
                if self._stop.is_set():
                    return
                self.went(_("The stream has stopped. It is looked for, and the session goes on without it."))
            self._stop.wait(AGAIN_S)

    def _opened(self) -> Any:
        lib = self._lib
        kinds = ("EEG",) if self.kind == "eeg" else BEAT_TYPES
        found = [
            i
            for i in lib.resolve_streams(RESOLVE_S)
            if (i.name() == self._wanted if self._wanted else i.type().upper() in kinds)
        ]
        if not found:
            if not self._ever:
                self.say("device", _("No such stream is found yet. It is looked for."), once="not found")
            return None
        flags = lib.proc_clocksync | lib.proc_dejitter if self.kind == "eeg" else lib.proc_clocksync
        inlet = lib.StreamInlet(found[0], max_buflen=10, processing_flags=flags)
        try:
            inlet.open_stream(timeout=OPEN_S)
            inlet.time_correction(timeout=OPEN_S)
            inlet.flush()  # else what piled up meanwhile comes first, and late
            self._describe(inlet.info(timeout=OPEN_S))
        except Exception as error:  # TimeoutError and LostError, by version
            self.say("failed", _("The stream was found but does not open."), error=repr(error)[:200])
            return None
        return inlet

    def _describe(self, info: Any) -> None:
        labels, factors = [], []
        channel = info.desc().child("channels").child("channel")
        for i in range(info.channel_count()):
            label = "" if channel.empty() else channel.child_value("label")
            unit = "" if channel.empty() else channel.child_value("unit")
            labels.append(clean_name(label, f"ch{i + 1}"))
            factors.append(UNITS.get(unit.strip().casefold(), 1.0))
            channel = channel if channel.empty() else channel.next_sibling()
        if not self._ever or not self.labels:
            self.name = clean_name(info.name(), self.name)
            self.rate_hz = float(info.nominal_srate())
            self.labels = tuple(labels) if self.kind == "eeg" else ()
        self._factors = np.array(factors)[:, None]

    def _carry(self, inlet: Any) -> None:
        heard = time.monotonic()
        silent = SILENT_S if self.kind == "eeg" else BEATS_SILENT_S
        rows = max(1, len(self.labels))
        while not self._stop.wait(POLL_S):
            values, stamps = inlet.pull_chunk(timeout=0.0, max_samples=1024)
            if not stamps:
                if time.monotonic() - heard > silent:
                    return
                continue
            heard = time.monotonic()
            self.came(_("The stream is back."))
            at = np.asarray(stamps, np.float64) + (self.clock.now() - self._lib.local_clock())
            data = np.asarray(values, np.float64).T
            if self.kind == "heart":
                rr = data[0]
                good = (rr > 200) & (rr < 3000)
                self._waiting.append(Beats(at[good], rr[good]))
            else:
                self._waiting.append(Chunk(at, (data[:rows] * self._factors[:rows]).astype(np.float32)))


class Outlet:
    """Gives a source and what an engine says to other programs: `mindful` (signal), `mindful-feedback` (value,
    reward).
    """

    def __init__(self, source: Source, name: str = "mindful") -> None:
        """The source must know its channels. Raises `SourceError` without pylsl."""
        lib = library()
        self._lib, self._clock = lib, None
        eeg = source.kind == "eeg"
        mark = f"{name}-{source.kind}"
        rate = source.rate_hz if eeg else lib.IRREGULAR_RATE
        info = lib.StreamInfo(name, "EEG" if eeg else "RR", max(1, len(source.labels)), rate, lib.cf_float32, mark)
        info.desc().append_child_value("simulated", "yes" if source.simulated else "no")
        channels = info.desc().append_child("channels")
        for label in source.labels or ("RR",):
            channel = channels.append_child("channel")
            channel.append_child_value("label", label)
            channel.append_child_value("unit", "microvolts" if eeg else "milliseconds")
            channel.append_child_value("type", "EEG" if eeg else "RR")
        self._signal = lib.StreamOutlet(info)
        said = lib.StreamInfo(f"{name}-feedback", "Feedback", 2, lib.IRREGULAR_RATE, lib.cf_float32, f"{mark}-feedback")
        channels = said.desc().append_child("channels")
        for label in ("value", "reward"):
            channels.append_child("channel").append_child_value("label", label)
        self._feedback = lib.StreamOutlet(said)

    def push(self, chunk: Chunk | Beats, now_s: float) -> None:
        """One chunk; `now_s` is the source's clock at this moment."""
        shift = self._lib.local_clock() - now_s
        if isinstance(chunk, Beats):
            for at, rr in zip(chunk.host_s, chunk.rr_ms, strict=True):
                self._signal.push_sample([float(rr)], float(at) + shift)
        elif len(chunk.host_s):
            self._signal.push_chunk(np.ascontiguousarray(chunk.data.T), float(chunk.host_s[-1]) + shift)

    def say(self, reading: Reading) -> None:
        """What the client is shown now."""
        self._feedback.push_sample([reading.value, float(reading.reward)])
