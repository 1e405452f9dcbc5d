"""The device through miniaudio, which installs nearly anywhere. The device pulls; its callback only copies from a ring.

A Python callback is at the mercy of whatever else holds the interpreter, so it gets 200 ms of device buffer and no
work. miniaudio says nothing when a device goes away: the requests just stop. A watchdog on them notices.
"""

from __future__ import annotations

import atexit
import sys
import threading
import time
from collections.abc import Generator
from typing import Any

from mindful.audio.sinks.base import ClockKind, Now, Ring, SinkError
from mindful.audio.sinks.device_clock import DeviceClock
from mindful.audio.units import RATE, Block

PERIOD_MS = 200
SILENT_S = 5 * PERIOD_MS / 1000
"""No request for this long: the device is gone."""
FIRST_S = 2.5
MARGIN = RATE // 100
FADE = 3 * RATE // 100


class MiniaudioSink:
    """One playback device at 48 kHz, float32."""

    name = "miniaudio"
    clock: ClockKind = "audio"
    wants_frames = True
    limit = 1 << 62

    def __init__(self, clock: Now) -> None:
        self._clock = clock
        self._ring = Ring()
        self._time = DeviceClock()
        self._asked_at = 0.0
        self._holes = 0
        self._first = threading.Event()
        self._device: Any = None
        self.backend = ""
        """Which system interface miniaudio uses: PulseAudio, ALSA, Core Audio, WASAPI, …"""

    @property
    def underruns(self) -> int:
        return self._ring.dry + self._holes

    def open(self) -> None:
        try:
            import miniaudio
        except ImportError as e:
            raise SinkError("miniaudio is not installed") from e
        try:
            backends = _backends(miniaudio)
            device = miniaudio.PlaybackDevice(
                miniaudio.SampleFormat.FLOAT32, 2, RATE, PERIOD_MS, backends=backends, app_name="mindful"
            )
        except Exception as e:  # its errors have no common parent
            raise SinkError(f"miniaudio found no sound device ({e})") from e
        self._device, self.backend = device, str(device.backend)
        atexit.register(self.close)  # a device that plays on while the interpreter goes would call into nothing
        try:
            device.start(self._feed())
        except Exception as e:
            self.close()
            raise SinkError(f"miniaudio could not start ({e})") from e
        if not self._first.wait(FIRST_S):
            self.close()
            raise SinkError("the sound device does not ask for sound")

    def _feed(self) -> Generator[Block | bytes, int, None]:
        feed = self._frames()
        next(feed)
        return feed

    def _frames(self) -> Generator[Block | bytes, int, None]:
        n = yield b""
        while True:
            now = self._clock.now()
            if self._first.is_set() and now - self._asked_at > max(self._time.lead / RATE, 2 * PERIOD_MS / 1000):
                self._holes += 1
            block = self._ring.read(n)
            self._time.asked(now, self._ring.read_to)
            self._asked_at = now
            self._first.set()
            n = yield block

    def write(self, frame: int, block: Block) -> bool:
        return self._ring.write(frame, block)

    def heard(self, now: float) -> float:
        return self._time.heard(now)

    def edge(self, now: float) -> int:
        return self._ring.read_to + MARGIN

    def alive(self, now: float) -> bool:
        return self._device is not None and now - self._asked_at < SILENT_S

    def close(self) -> None:
        device, self._device = self._device, None
        if device is None:
            return
        atexit.unregister(self.close)
        alive = self._first.is_set() and self._clock.now() - self._asked_at < SILENT_S
        if alive:
            self._ring.fade(FADE)
            time.sleep(min(0.45, (self._time.lead + FADE) / RATE))  # until the fade has been heard
        # A server that went away can keep the device's thread for good; that must not keep us.
        closer = threading.Thread(target=device.close, daemon=True, name="mindful-close")
        closer.start()
        closer.join(0.3)


def _backends(miniaudio: Any) -> list[Any]:
    """The real ones of this system: miniaudio's null backend would play to nobody and call it a device."""
    b = miniaudio.Backend
    if sys.platform == "darwin":
        return [b.COREAUDIO]
    if sys.platform == "win32":
        return [b.WASAPI, b.DSOUND, b.WINMM]
    return [b.PULSEAUDIO, b.ALSA, b.JACK, b.OSS, b.SNDIO, b.AUDIO4]
