"""`mindful devices`: which sensors are there, what is not and why; try one, choose one, share one.

Called by `mindful.cli.main`. What measures runs on this thread, 25 times a second, as it does in a session.
"""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import click

from mindful.cli import exits, sensed, settings
from mindful.cli.helped import Group
from mindful.cli.say import fail, out, tell
from mindful.journal import home
from mindful.journal.printable import printable
from mindful.tongue import _, ngettext

if TYPE_CHECKING:
    from mindful.bio.engine import Engine
    from mindful.bio.ports import Kind, Source

WAIT_S = 30.0
"""How long a device may take until its first signal."""
KIND = click.Choice(["heart", "eeg"])
LISTEN_S = 5.0


class _Now:
    def now(self) -> float:
        return time.monotonic()


@click.group(cls=Group, invoke_without_command=True)
@click.option("--network", is_flag=True, help="Look for streams (LSL) on the network as well.")
@click.option("--no-bluetooth", is_flag=True, help="Do not listen for Bluetooth devices.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_context
def devices(ctx: click.Context, network: bool, no_bluetooth: bool, as_json: bool) -> None:
    """Heart and brain sensors: what is there, what is not and why.

    Without a command, it looks. A sensor is named ble, ble:ADDRESS, brainflow:BOARD, lsl:NAME, file:PATH or simulated.
    """
    if ctx.invoked_subcommand is None:
        _look(network, not no_bluetooth, as_json)


def _look(network: bool, listen: bool, as_json: bool) -> None:
    from mindful.bio.sources import looking

    ways, found = [], []
    if listen:
        tell(_("Listening for Bluetooth devices for {seconds:g} seconds.").format(seconds=LISTEN_S))
        way, devices_found = looking.bluetooth(LISTEN_S)
        ways.append(way)
        found += devices_found
    ways.append(looking.brainflow())
    way, streams = looking.lsl(network)
    ways += [way, looking.files(), looking.simulated()]
    found += streams
    ports = looking.serial_ports()
    chosen = settings.sensors(home.settings_file())
    if as_json:
        data = {
            "mindful_devices": 1,
            "chosen": chosen,
            "ways": [{"name": w.name, "usable": w.usable, "why": w.why} for w in ways],
            "found": [{"sensor": f.spec, "name": f.name, "kind": f.kind, "about": f.about} for f in found],
            "ports": ports,
        }
        out(json.dumps(data, ensure_ascii=False, indent=1))
        return
    names = {"heart": _("Heart"), "eeg": _("Brain")}
    for kind, spec in chosen.items():
        out(f"{names[kind]:<11} {printable(spec) if spec else _('nothing is chosen')}")
    for w in ways:
        out(f"{w.name:<11} {w.why if w.usable else _('not usable: {why}').format(why=w.why)}")
    if ports:
        out(f"{_('Ports'):<11} {', '.join(ports)}")
    for f in found:
        out(f"  {printable(f.spec)}  {printable(f.name)}, {f.about}")
    if found:
        tell(_("To try one: mindful devices test NAME. To use it in sessions: mindful devices choose NAME."))


@devices.command("test")
@click.argument("name", default="auto")
@click.option("--kind", type=KIND, help="What it should measure, where its name does not say it.")
@click.option("--for", "seconds", type=click.FloatRange(1, 600), default=10.0, metavar="SECONDS", help="How long; 10.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def test_device(name: str, kind: Kind | None, seconds: float, as_json: bool) -> int:
    """Try a sensor: rate, holes, delay, and how it sits. Nothing is kept."""
    source = _open(name, kind)
    engine = _engine(source)
    tell(_("Trying {name} for {seconds:g} seconds.").format(name=printable(source.name), seconds=seconds))
    report = _tried(source, engine, seconds)
    if as_json:
        out(json.dumps(report, ensure_ascii=False, indent=1))
    else:
        for line in _report(report):
            out(line)
    if report["state"] in ("failed", "opening"):
        return exits.FAILED
    return exits.PROBLEMS if report["problems"] else exits.DONE


@devices.command("choose")
@click.argument("name")
@click.option("--kind", type=KIND, help="What it measures, where its name does not say it; or whose choice to forget.")
def choose(name: str, kind: Kind | None) -> None:
    """Use a sensor in sessions from now on. NAME “none” forgets it."""
    if name == "none":
        kinds: list[str] = [kind] if kind else ["heart", "eeg"]
        _remember(dict.fromkeys(kinds))
        tell(_("No sensor is chosen any more."))
        return
    if name.partition(":")[0] in ("simulated", "auto"):
        fail(
            exits.USAGE,
            _("A made-up client is never chosen for good: say --sensor simulated each time.")
            if name.startswith("simulated")
            else _("Name the sensor itself; auto is the one that is chosen."),
        )
    source = _open(name, kind)
    _remember({source.kind: name})
    out(f"{source.kind} {printable(name)}")
    tell(_("{name} is used from now on. To try it: mindful devices test").format(name=printable(source.name)))


@devices.command("share")
@click.argument("name", default="auto")
@click.option("--kind", type=KIND, help="What it should measure, where its name does not say it.")
@click.option(
    "--for", "seconds", type=click.FloatRange(min=1), metavar="SECONDS", help="How long; until Ctrl-C without."
)
@click.option("--as", "stream", default="mindful", metavar="STREAM", help="The stream's name; mindful.")
def share(name: str, kind: Kind | None, seconds: float | None, stream: str) -> int:
    """Give a sensor's signal to other programs, as a stream of the lab streaming layer (LSL) on your network."""
    from mindful.bio.ports import SourceError
    from mindful.bio.sources.lsl import Outlet, library

    try:
        library()
    except SourceError as error:
        fail(exits.FAILED, str(error))
    source = _open(name, kind)
    source.start()
    outlet: Any = None
    given, began = 0, time.monotonic()
    try:
        while seconds is None or time.monotonic() - began < seconds:
            for chunk in source.read():
                if outlet is None:
                    outlet = Outlet(source, stream)
                    tell(_("Shared as “{stream}”. Ctrl-C ends it.").format(stream=printable(stream)))
                outlet.push(chunk, time.monotonic())
                given += len(chunk.host_s)
            _tell_notices(source.notices())
            if source.state == "ended":
                break
            time.sleep(0.02)
    except KeyboardInterrupt:
        tell("")
    finally:
        source.stop()
    out(ngettext("{n} sample was given.", "{n} samples were given.", given).format(n=given))
    return exits.DONE if given else exits.FAILED


def _open(name: str, kind: Kind | None) -> Source:
    """A source by its name; ends the command where there is none."""
    from mindful.bio.ports import SourceError
    from mindful.bio.sources.opening import kind_of, open_source

    chosen = settings.sensors(home.settings_file())
    try:
        if name == "auto" and kind is None:
            kind = "eeg" if chosen["eeg"] and not chosen["heart"] else "heart"
        measured: Kind = kind or kind_of(name) or ("eeg" if name.startswith("lsl") else "heart")
        return open_source(name, measured, _Now(), chosen[measured])
    except SourceError as error:
        fail(exits.USAGE, printable(error))


def _engine(source: Source) -> Engine:
    """What listens during a test: an engine of the least that the device must have."""
    from mindful.bio.engine import open_engine
    from mindful.bio.protocols import COHERENCE, Band, BrainProtocol, Feature, Term

    if source.kind == "heart":
        return open_engine(source, COHERENCE)
    from mindful.bio.brain import AnyChannels

    return open_engine(source, BrainProtocol("test", Feature("amplitude", Term(AnyChannels(), Band(8, 12)))))


def _tried(source: Source, engine: Engine, seconds: float) -> dict[str, Any]:
    notices = []
    began = time.monotonic()
    source.start()
    first: float | None = None
    received = 0
    try:
        while True:
            now = time.monotonic()
            engine.tick(round(now * 1000))
            fresh = engine.notices()
            _tell_notices(fresh)
            notices += fresh
            if first is None and source.state == "on" and engine.received:
                first, received = now, engine.received
            if (first is None and now - began > min(WAIT_S, max(seconds, 5.0) + 15)) or source.state == "ended":
                break
            if first is None and source.state == "failed":
                break
            if first is not None and now - first >= seconds:
                break
            time.sleep(0.04)
        state = source.state
        took = max(1e-9, time.monotonic() - (first or began))
        return _summed(source, engine, state, (engine.received - received) / took, notices, (first or 0.0) - began)
    finally:
        source.stop()


def _summed(
    source: Source, engine: Engine, state: str, rate: float, notices: list[Any], opened_s: float
) -> dict[str, Any]:
    kinds = [n.kind for n in notices]
    report: dict[str, Any] = {
        "name": source.name,
        "kind": source.kind,
        "simulated": source.simulated,
        "state": state,
        "opened_s": round(opened_s, 2) if engine.received else None,
        "received": engine.received,
        "holes": kinds.count("gap"),
        "latency": engine.latency(),
        "problems": sorted({k for k in kinds if k in ("lost", "no-rr", "rate", "garbage", "contact", "failed")}),
    }
    if not engine.received:
        report["problems"] = sorted({*report["problems"], "nothing"})
    if source.kind == "eeg":
        report |= {"declared_hz": source.rate_hz, "measured_hz": round(rate, 1)}
        report["electrodes"] = [
            {
                "label": e.label,
                "contact": e.contact,
                "peak_to_peak_uv": round(e.peak_to_peak_uv, 1),
                "mains": round(e.mains, 2),
            }
            for e in engine.electrodes()
        ]
        if any(e["contact"] != "good" for e in report["electrodes"]):
            report["problems"] = sorted({*report["problems"], "contact"})
    else:
        report["bpm"] = round(engine.last.bpm) if engine.last is not None and engine.last.bpm else None
        report["corrected"] = engine.summary()["corrected"]
    return report


def _report(report: dict[str, Any]) -> list[str]:
    rows = [(_("Sensor"), printable(report["name"]) + (_(" (nobody is measured)") if report["simulated"] else ""))]
    if not report["received"]:
        rows.append((_("Signal"), _("nothing came")))
    elif report["kind"] == "eeg":
        rows.append(
            (
                _("Signal"),
                _("{measured:g} samples a second, {declared:g} declared").format(
                    measured=report["measured_hz"], declared=report["declared_hz"]
                ),
            )
        )
    else:
        rows.append((_("Signal"), ngettext("{n} beat", "{n} beats", report["received"]).format(n=report["received"])))
        if report["bpm"]:
            rows.append((_("Heart"), _("{bpm} beats a minute").format(bpm=report["bpm"])))
    rows.append((_("Holes"), str(report["holes"])))
    if report["latency"]["source_p50"] is not None:
        rows.append(
            (
                _("Delay"),
                _("{usual:g} ms, up to {most:g} ms").format(
                    usual=report["latency"]["source_p50"], most=report["latency"]["source_p99"]
                ),
            )
        )
    lines = [f"{name:<11} {text}" for name, text in rows]
    contacts = {"good": _("sits well"), "noisy": _("noisy"), "flat": _("no contact"), "clipped": _("cut off")}
    return lines + [
        f"  {printable(e['label']):<9} {contacts[e['contact']]}, {e['peak_to_peak_uv']:g} uV"
        for e in report.get("electrodes", [])
    ]


def _tell_notices(notices: list[Any]) -> None:
    for notice in notices:
        if notice.tell:
            tell(printable(notice.text))


def _remember(values: dict[str, str | None]) -> None:
    if not settings.remember(home.settings_file(), "sensor", values):
        fail(exits.FAILED, _("It could not be written down in settings.toml."))


devices.add_command(sensed.pace)
devices.add_command(sensed.raw)
