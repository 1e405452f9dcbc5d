"""A heart-rate strap over Bluetooth Low Energy: `ble[:ADDRESS]`. Any that speaks the Heart Rate Service. Needs `bleak`.

Straps drop: on Linux some after exactly 150 s, most when they slip or dry. So the connection is made again by itself,
with growing pauses, for as long as the session goes on; the client is told once. Called by `opening`.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from typing import TYPE_CHECKING, Any

from mindful.bio.ports import Kind, Now, clean_name
from mindful.bio.sources.base import Threaded
from mindful.bio.sources.beats import BeatClock, parse
from mindful.tongue import _

if TYPE_CHECKING:
    from bleak import BleakClient

SERVICE = "0000180d-0000-1000-8000-00805f9b34fb"
MEASUREMENT = "00002a37-0000-1000-8000-00805f9b34fb"
BATTERY = "00002a19-0000-1000-8000-00805f9b34fb"
SEARCH_S = 8.0
CONNECT_S = 15.0
SILENT_S = 8.0
"""A strap that is connected and says nothing for so long is as good as gone."""
AGAIN_S = (0.5, 1.0, 2.0, 5.0, 10.0)
LOW_BATTERY = 15
GARBAGE_AFTER = 3


def why_not(error: BaseException) -> str:
    """What a failure of Bluetooth means, for a person."""
    reason = getattr(getattr(error, "reason", None), "name", "")
    if reason == "POWERED_OFF":
        return _("Bluetooth is switched off.")
    if reason.startswith("DENIED"):
        return _("This program may not use Bluetooth here; the system's settings can allow it.")
    if reason in ("NO_BLUETOOTH", "NO_BLE_CENTRAL_ROLE"):
        return _("Bluetooth is off, or this computer has none that can be used for sensors.")
    if isinstance(error, OSError):
        return _("There is no Bluetooth service running here.")
    return _("The strap could not be reached.")


class HeartStrap(Threaded):
    """See `ports.Source`."""

    kind: Kind = "heart"

    def __init__(self, clock: Now, address: str = "", again_s: tuple[float, ...] = AGAIN_S) -> None:
        """`address`: of the strap, or (part of) its name; empty for the first strap that is found."""
        super().__init__(clean_name(address) or _("heart-rate strap"), clock)
        self.address = address
        self._again = again_s
        self._beats = BeatClock()
        self._heard = 0.0
        self._bad = 0

    def work(self) -> None:
        asyncio.run(self._forever())

    async def _forever(self) -> None:
        tries = 0
        while not self._stop.is_set():
            began = time.monotonic()
            try:
                await self._once()
            except Exception as error:
                self._failed(error)
            if self._stop.is_set():
                return
            tries = 0 if time.monotonic() - began > 20 else tries + 1
            await self._pause(self._again[min(tries, len(self._again) - 1)])

    def _failed(self, error: Exception) -> None:
        if self._state == "on":
            self._lost()
        why = why_not(error)
        if not self._ever:
            self._state = "failed"
        self.say("failed", why, once=why, error=repr(error)[:200])

    def _lost(self) -> None:
        self._state = "lost"
        self.say("lost", _("The strap is out of reach. It is looked for, and the session goes on without it."))

    async def _pause(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while not self._stop.is_set() and time.monotonic() < end:
            await asyncio.sleep(0.05)

    async def _once(self) -> None:
        """Find, connect, listen until it is gone."""
        from bleak import BleakClient, BleakScanner

        wanted = self.address.casefold()

        def fits(device: Any, advertised: Any) -> bool:
            if wanted:
                return wanted == device.address.casefold() or wanted in (device.name or "").casefold()
            return SERVICE in advertised.service_uuids

        device = await self._or_stop(BleakScanner.find_device_by_filter(fits, timeout=SEARCH_S))
        if device is None:
            if not self._stop.is_set() and not self._ever:
                self.say(
                    "device",
                    _("No strap is found yet. Is it on, moist, and not connected to another device?"),
                    once="not found",
                )
            return
        gone = asyncio.Event()
        async with BleakClient(device, disconnected_callback=lambda _c: gone.set(), timeout=CONNECT_S) as client:
            if not self._ever:
                self.name = clean_name(device.name, self.name)
            await self._battery(client)
            self._heard = time.monotonic()
            await client.start_notify(MEASUREMENT, self._packet)
            while not self._stop.is_set() and not gone.is_set():
                if time.monotonic() - self._heard > SILENT_S:
                    break
                with contextlib.suppress(asyncio.TimeoutError):
                    await asyncio.wait_for(gone.wait(), 0.2)
        if not self._stop.is_set():
            self._lost()

    async def _or_stop(self, doing: Any) -> Any:
        """The answer of something that may take long, or None when the source is stopped meanwhile."""
        task = asyncio.ensure_future(doing)
        while not task.done():
            await asyncio.wait({task}, timeout=0.1)
            if self._stop.is_set() and not task.done():
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError, Exception):
                    await task
                return None
        return task.result()

    async def _battery(self, client: BleakClient) -> None:
        with contextlib.suppress(Exception):  # not every strap tells
            level = int((await client.read_gatt_char(BATTERY))[0])
            low = level <= LOW_BATTERY
            text = _("The strap's battery is at {percent} percent.").format(percent=level)
            self.say("battery", text, once="low battery" if low else "battery", percent=level)

    def _packet(self, _sender: Any, data: bytearray) -> None:
        self._heard = time.monotonic()
        try:
            packet = parse(bytes(data))
        except ValueError as error:
            self._bad += 1
            if self._bad == GARBAGE_AFTER:
                self.say(
                    "garbage", _("The strap sends what cannot be understood. That part is left out."), error=str(error)
                )
            return
        if self.came(_("The strap is back.")):
            self._beats.lost()
        if packet.contact is False:
            self.say("contact", _("The strap does not feel the skin. Moist electrodes and a tighter strap help."))
        self._waiting.append(self._beats.place(packet, self.clock.now()))
