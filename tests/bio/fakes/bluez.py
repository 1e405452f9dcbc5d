"""A stand-in for BlueZ on a private D-Bus, with one device behind it: a heart-rate strap, or a Muse (`muse.py`).

The drivers open the bus that DBUS_SYSTEM_BUS_ADDRESS names, scan, connect, read the GATT table and get notifications, as with
a real adapter. Run as a program: `python -m tests.bio.fakes.bluez [options]`; it prints `ready`. Needs dbus-fast, which bleak
brings.
"""

# mypy: ignore-errors
# ruff: noqa: F821, F722, T201  (the annotations are D-Bus signatures)

import argparse
import asyncio
import math
import random
import socket
import struct
import sys
import time

from dbus_fast import BusType, Message, PropertyAccess, Variant
from dbus_fast.aio import MessageBus
from dbus_fast.service import ServiceInterface, dbus_method, dbus_property

HEART, MEASUREMENT = "0000180d-0000-1000-8000-00805f9b34fb", "00002a37-0000-1000-8000-00805f9b34fb"
BATTERY, LEVEL = "0000180f-0000-1000-8000-00805f9b34fb", "00002a19-0000-1000-8000-00805f9b34fb"
ADAPTER, DEVICE = "/org/bluez/hci0", "/org/bluez/hci0/dev_A0_9E_1A_00_00_01"
READ = PropertyAccess.READ


def packet(bpm, rr_ms=(), contact=True, energy=None, wide=False):
    """Bytes of 0x2A37."""
    flags = int(wide) | 0b100 | (0b010 if contact else 0) | (8 if energy is not None else 0) | (16 if rr_ms else 0)
    out = bytes([flags]) + (struct.pack("<H", bpm) if wide else bytes([bpm]))
    if energy is not None:
        out += struct.pack("<H", energy)
    return out + b"".join(struct.pack("<H", round(r * 1.024)) for r in rr_ms)


class Adapter(ServiceInterface):
    def __init__(self, world):
        super().__init__("org.bluez.Adapter1")
        self.world = world

    @dbus_method()
    def SetDiscoveryFilter(self, properties: "a{sv}"):
        pass

    @dbus_method()
    async def StartDiscovery(self):
        asyncio.get_running_loop().call_later(0.1, self.world.appear)

    @dbus_method()
    def StopDiscovery(self):
        pass

    @dbus_method()
    def RemoveDevice(self, device: "o"):
        pass

    @dbus_property(access=READ)
    def Address(self) -> "s":
        return "00:00:00:00:00:01"

    @dbus_property(access=READ)
    def Powered(self) -> "b":
        return self.world.options.powered

    @dbus_property(access=READ)
    def Roles(self) -> "as":
        return ["central"]

    @dbus_property(access=READ)
    def Discovering(self) -> "b":
        return False


class Device(ServiceInterface):
    def __init__(self, world, name, uuids):
        super().__init__("org.bluez.Device1")
        self.world, self.name_, self.uuids = world, name, uuids
        self.connected = self.resolved = False

    @dbus_property(access=READ)
    def Address(self) -> "s":
        return "A0:9E:1A:00:00:01"

    @dbus_property(access=READ)
    def AddressType(self) -> "s":
        return "public"

    @dbus_property(access=READ)
    def Name(self) -> "s":
        return self.name_

    @dbus_property(access=READ)
    def Alias(self) -> "s":
        return self.name_

    @dbus_property(access=READ)
    def Adapter(self) -> "o":
        return ADAPTER

    @dbus_property(access=READ)
    def Paired(self) -> "b":
        return False

    @dbus_property(access=READ)
    def RSSI(self) -> "n":
        return -58

    @dbus_property(access=READ)
    def UUIDs(self) -> "as":
        return self.uuids

    @dbus_property(access=READ)
    def Connected(self) -> "b":
        return self.connected

    @dbus_property(access=READ)
    def ServicesResolved(self) -> "b":
        return self.resolved

    @dbus_method()
    async def Connect(self):
        await asyncio.sleep(0.05)
        self.connected = True
        self.emit_properties_changed({"Connected": True})
        self.world.export_gatt()
        self.resolved = True
        self.emit_properties_changed({"ServicesResolved": True})

    @dbus_method()
    def Disconnect(self):
        self.drop()

    def drop(self):
        self.connected = self.resolved = False
        self.emit_properties_changed({"Connected": False, "ServicesResolved": False})
        self.world.stop()
        self.world.forget_gatt()


class Service(ServiceInterface):
    def __init__(self, uuid):
        super().__init__("org.bluez.GattService1")
        self.uuid = uuid

    @dbus_property(access=READ)
    def UUID(self) -> "s":
        return self.uuid

    @dbus_property(access=READ)
    def Primary(self) -> "b":
        return True

    @dbus_property(access=READ)
    def Device(self) -> "o":
        return DEVICE


class OldCharacteristic(ServiceInterface):
    """As an older BlueZ has it: notifications are changed properties."""

    def __init__(self, world, uuid, service, flags, value=b""):
        super().__init__("org.bluez.GattCharacteristic1")
        self.world, self.uuid, self.service, self.flags, self.value = world, uuid, service, flags, value
        self.notifying, self.socket, self.other = False, None, None

    @dbus_property(access=READ)
    def UUID(self) -> "s":
        return self.uuid

    @dbus_property(access=READ)
    def Service(self) -> "o":
        return self.service

    @dbus_property(access=READ)
    def Flags(self) -> "as":
        return self.flags

    @dbus_property(access=READ)
    def Value(self) -> "ay":
        return self.value

    @dbus_property(access=READ)
    def Notifying(self) -> "b":
        return self.notifying

    @dbus_property(access=READ)
    def MTU(self) -> "q":
        return 247

    @dbus_method()
    def ReadValue(self, options: "a{sv}") -> "ay":
        return self.value

    @dbus_method()
    def WriteValue(self, value: "ay", options: "a{sv}"):
        self.world.written(bytes(value))

    @dbus_method()
    def StartNotify(self):
        self.notifying = True
        self.emit_properties_changed({"Notifying": True})
        self.world.start(self)

    @dbus_method()
    def StopNotify(self):
        self.notifying = False

    def notify(self, data):
        if self.socket is not None:
            try:
                self.socket.send(data)
            except OSError:
                self.socket = None
        elif self.notifying:
            self.value = data
            self.emit_properties_changed({"Value": data})


class Characteristic(OldCharacteristic):
    """As BlueZ has it now: notifications come through a socket."""

    @dbus_property(access=READ)
    def NotifyAcquired(self) -> "b":
        return self.socket is not None

    @dbus_method()
    def AcquireNotify(self, options: "a{sv}") -> "hq":
        mine, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.socket, self.other = mine, theirs
        self.world.start(self)
        return [theirs.fileno(), 247]


class World:
    """The bus, the adapter and a strap."""

    uuids = [HEART, BATTERY]

    def __init__(self, options):
        self.options, self.task, self.seen, self.exported, self.connections = options, None, False, False, 0
        self.tree = []

    async def run(self):
        self.bus = await MessageBus(bus_type=BusType.SYSTEM, negotiate_unix_fd=True).connect()
        self.device = Device(self, self.options.name, self.uuids)
        self.more()
        if self.options.adapter:
            self.bus.export(ADAPTER, Adapter(self))
        await self.bus.request_name("org.bluez")
        print("ready", flush=True)
        await self.bus.wait_for_disconnect()

    def more(self):
        pass

    def export(self, path, interface):
        """BlueZ announces from "/", where libsimpleble listens; dbus-fast announces from the object's own path."""
        self.bus.export(path, interface)
        if path.startswith(DEVICE + "/"):
            self.tree.insert(0, (path, interface))
        properties = {
            p.name: Variant(p.signature, getattr(interface, p.name))
            for p in ServiceInterface._get_properties(interface)
        }
        body = [path, {interface.name: properties}]
        told = Message.new_signal("/", "org.freedesktop.DBus.ObjectManager", "InterfacesAdded", "oa{sa{sv}}", body)
        self.sending = asyncio.ensure_future(self.bus.send(told))

    def appear(self):
        if not self.seen:
            self.seen = True
            self.export(DEVICE, self.device)
        else:  # a known device is heard again: its strength changes
            self.device.emit_properties_changed({"RSSI": -60})

    def export_gatt(self):
        self.connections += 1
        print("connected", self.connections, flush=True)
        if self.exported:
            return
        self.exported = True
        make = OldCharacteristic if self.options.old else Characteristic
        tree = {
            f"{DEVICE}/service000a": (HEART, [(MEASUREMENT, ["notify"], b"")]),
            f"{DEVICE}/service0020": (BATTERY, [(LEVEL, ["read"], bytes([self.options.battery]))]),
        }
        handle = 0x0B  # the driver takes the handle from the path: one of its own for each
        for path, (uuid, characteristics) in tree.items():
            self.export(path, Service(uuid))
            for each, flags, value in characteristics:
                handle += 2
                self.export(f"{path}/char{handle:04x}", make(self, each, path, flags, value))

    def forget_gatt(self):
        """With the connection go the services, as BlueZ has it for a device that is not paired."""
        for path, interface in self.tree:
            self.bus.unexport(path, interface)
            body = [path, [interface.name]]
            told = Message.new_signal("/", "org.freedesktop.DBus.ObjectManager", "InterfacesRemoved", "oas", body)
            self.sending = asyncio.ensure_future(self.bus.send(told))
        self.tree, self.exported = [], False

    def written(self, data):
        pass

    def start(self, characteristic):
        self.stop()
        self.task = asyncio.get_running_loop().create_task(self.beat(characteristic))

    def stop(self):
        if self.task is not None:
            self.task.cancel()
            self.task = None

    async def beat(self, characteristic):
        """A packet a second with the beats of that second, breathing six times a minute."""
        o, chance = self.options, random.Random(3)
        at, due, waiting, begun, n = 0.0, 1.0, [], time.monotonic(), 0
        while True:
            rr = 900 + 60 * math.sin(2 * math.pi * 0.1 * at) + chance.gauss(0, 8)
            at += rr / 1000
            while at > due:
                await asyncio.sleep(max(0, begun + due / o.speed - time.monotonic()))
                n += 1
                told = packet(67, () if o.no_rr else tuple(waiting), contact=not o.no_contact)
                characteristic.notify(b"\x10" if o.garbage and n % o.garbage == 0 else told)
                waiting, due = [], due + 1.0
                if o.drop_after and n >= o.drop_after and self.connections <= o.drops:
                    self.device.drop()
                    return
            waiting.append(rr)


def options(arguments):
    parser = argparse.ArgumentParser()
    parser.add_argument("--name", default="Polar H10 00000001")
    parser.add_argument("--speed", type=float, default=1)
    parser.add_argument("--battery", type=int, default=87)
    parser.add_argument("--drop-after", type=int, default=0)
    parser.add_argument("--drops", type=int, default=1)
    parser.add_argument("--garbage", type=int, default=0)
    parser.add_argument("--bursts", action="store_true")
    parser.add_argument("--no-rr", action="store_true")
    parser.add_argument("--no-contact", action="store_true")
    parser.add_argument("--old", action="store_true")
    parser.add_argument("--off", dest="powered", action="store_false")
    parser.add_argument("--no-adapter", dest="adapter", action="store_false")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    asyncio.run(World(options(sys.argv[1:])).run())
