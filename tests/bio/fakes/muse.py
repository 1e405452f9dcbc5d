"""A Muse 2 behind the stand-in for BlueZ, for BrainFlow's own driver. `python -m tests.bio.fakes.muse [options]`.

Control on 273e0001 ("v1", "p21", "d" starts, "h" stops), EEG of TP9 AF7 AF8 TP10 on 273e0003 to 6: a number and 12 samples
of 12 bits a packet, 256 a second. It sends a 10 Hz wave of 20, 10, 10 and 20 microvolts rms with noise; with `--bursts` the
wave comes and goes, and it prints when.
"""

# mypy: ignore-errors
# ruff: noqa: F821, T201  (the annotations are D-Bus signatures)

import asyncio
import sys
import time

import numpy as np
from dbus_fast.service import ServiceInterface, dbus_method

from tests.bio.fakes import bluez
from tests.bio.made import burst_at

UUID = "273e{:04x}-4c4d-454d-96be-f03bac821358"
RATE = 256
RMS = (20, 10, 10, 20)


def packed(number, microvolts):
    """Twelve samples as a Muse sends them."""
    v = np.clip(np.round(np.asarray(microvolts) * 256 / 125) + 0x800, 0, 4095).astype(int)
    out = bytearray([number >> 8 & 255, number & 255])
    for a, b in zip(v[::2], v[1::2], strict=True):
        out += bytes([a >> 4, (a & 15) << 4 | b >> 8, b & 255])
    return bytes(out)


class Agents(ServiceInterface):
    def __init__(self):
        super().__init__("org.bluez.AgentManager1")

    @dbus_method()
    def RegisterAgent(self, agent: "o", capability: "s"):
        pass

    @dbus_method()
    def RequestDefaultAgent(self, agent: "o"):
        pass

    @dbus_method()
    def UnregisterAgent(self, agent: "o"):
        pass


class Muse(bluez.World):
    uuids = ["0000fe8d-0000-1000-8000-00805f9b34fb"]

    def more(self):
        self.bus.export("/org/bluez", Agents())
        self.characteristics = {}

    def export_gatt(self):
        self.connections += 1
        print("connected", self.connections, flush=True)
        if self.exported:
            return
        self.exported = True
        service, handle = f"{bluez.DEVICE}/service000c", 0x0D
        self.export(service, bluez.Service(self.uuids[0]))
        for k in (1, 3, 4, 5, 6, 9, 10, 15, 16, 17):
            flags = ["write-without-response", "notify"] if k == 1 else ["notify"]
            self.characteristics[k] = bluez.OldCharacteristic(self, UUID.format(k), service, flags)
            self.export(f"{service}/char{handle:04x}", self.characteristics[k])
            handle += 3

    def start(self, characteristic):
        pass

    def written(self, data):
        command = data[1:-1].decode(errors="replace")
        if command == "d" and self.task is None:
            self.task = asyncio.get_running_loop().create_task(self.stream())
        elif command == "h":
            self.stop()

    async def stream(self):
        t = np.arange(60 * RATE) / RATE
        waves = np.stack([a * np.sqrt(2) * np.sin(2 * np.pi * 10 * t) for a in RMS])
        waves += np.random.default_rng(0).normal(0, 3, waves.shape)
        noise = np.random.default_rng(1).normal(0, 3, waves.shape)
        begun, n, was = time.monotonic(), 0, False
        while True:
            await asyncio.sleep(max(0, begun + n * 12 / RATE - time.monotonic()))
            at = n * 12 % (waves.shape[1] - 12)
            on = not self.options.bursts or burst_at(n * 12 / RATE)
            sent = waves if on else noise
            for row, k in enumerate((3, 4, 5, 6)):
                self.characteristics[k].notify(packed(n & 0xFFFF, sent[row, at : at + 12]))
            if self.options.bursts and on and not was:
                print("burst", time.monotonic(), flush=True)
            was = on
            n += 1
            if (
                self.options.drop_after
                and n * 12 / RATE > self.options.drop_after
                and self.connections <= self.options.drops
            ):
                self.device.drop()
                return


if __name__ == "__main__":
    asyncio.run(Muse(bluez.options(["--name", "Muse-FAKE", *sys.argv[1:]])).run())
