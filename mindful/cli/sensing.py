"""From `--sensor` to the engine of a step. Called by the host; nothing of a device is imported before a step asks."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mindful.journal import home
from mindful.tongue import _

if TYPE_CHECKING:
    from mindful.bio.engine import Engine
    from mindful.bio.protocols import BrainProtocol, Protocol
    from mindful.player.ports import Clock
    from mindful.player.training import Kind


@dataclass(frozen=True, slots=True)
class Yoke:
    """For research: what was shown in another session, to be shown in this one."""

    whose: str
    """The id of its record."""
    rows: Mapping[str, Sequence[dict[str, Any]]]
    """Of hearts and of brains, second by second."""


def yoke(which: str) -> Yoke:
    """The feedback of a record, as `mindful journal` names one. Ends the command where there is none."""
    from mindful.cli import exits
    from mindful.cli.journal_access import found, opened
    from mindful.cli.say import fail
    from mindful.journal.trainings import KINDS

    with opened() as index:
        entry = found(index, which)
    rows: dict[str, list[dict[str, Any]]] = {}
    for step in entry.record["steps"]:
        columns = step["data"].get("seconds") if step["kind"] in KINDS else None
        if isinstance(columns, dict) and columns:
            names = list(columns)
            seconds = [dict(zip(names, cells, strict=True)) for cells in zip(*columns.values(), strict=False)]
            rows.setdefault(KINDS[step["kind"]], []).extend(seconds)
    if not any(row.get("phase") == "training" for each in rows.values() for row in each):
        fail(exits.USAGE, _("There is no feedback of a sensor in the record {which}.").format(which=entry.id))
    return Yoke(entry.id, rows)


def opening(
    spec: str,
    clock: Clock,
    sham: int | None = None,
    record: Callable[[], Path | None] = lambda: None,
    yoked: Yoke | None = None,
) -> Callable[[Kind, str, float | None], Engine]:
    """How steps open their sensor. `spec`: as `mindful devices` names one, or `auto` for the one that was chosen.

    `sham`: for research, feedback by chance from this seed; `yoked`: that of another session; the record says so.
    `record`: the running record's path
    without its ending where every sample is to be kept beside it, else None.
    """
    steps = itertools.count(1)

    def opened(kind: Kind, protocol: str, reward: float | None) -> Engine:
        from mindful.bio.delivery import Yoked, by_chance, from_rows
        from mindful.bio.engine import open_engine
        from mindful.bio.sources.opening import open_source
        from mindful.cli import settings
        from mindful.player.training import NoSensorError

        chosen = settings.sensors(home.settings_file()).get(kind, "")
        source = open_source(spec or "auto", kind, clock, chosen)
        delivery = None if sham is None else by_chance(sham, 7200)
        if yoked is not None:
            try:
                delivery = Yoked(from_rows(yoked.rows.get(kind, ())), yoked.whose)
            except ValueError as error:
                raise NoSensorError(
                    _("There is no such feedback in the record {which}.").format(which=yoked.whose)
                ) from error
        raw, base = None, record()
        if base is not None:
            from mindful.bio.raw import RawRecorder

            # Named after the record, so that whoever forgets the record forgets this too.
            raw = RawRecorder(base.parent, f"{base.name}.{next(steps)}", source, datetime.now().astimezone())
        return open_engine(source, _protocol(kind, protocol, reward), delivery, raw)

    return opened


def _protocol(kind: Kind, name: str, reward: float | None) -> Protocol:
    from mindful.bio import protocols

    if kind == "heart":
        return protocols.COHERENCE if name == "coherence" else protocols.LOCK
    preset: Any = json.loads(name) if name.startswith("{") else name
    found: protocols.BrainProtocol = protocols.PRESETS[preset] if isinstance(preset, str) else _own(preset)
    return found if reward is None else protocols.with_threshold(found, reward)


def _own(data: dict[str, Any]) -> BrainProtocol:
    """A protocol of a script's own: a preset changed, or `{name, feature: {kind, up: {channels, band}}, eyes}`."""
    from dataclasses import replace

    from mindful.bio import protocols

    base = protocols.PRESETS.get(str(data.get("preset", "")))
    if base is None:
        feature = data["feature"]
        up = _term(feature["up"])
        down = _term(feature["down"]) if "down" in feature else None
        base = protocols.BrainProtocol(
            str(data.get("name", "own")), protocols.Feature(feature.get("kind", "amplitude"), up, down)
        )
    known = {name: data[name] for name in ("eyes", "baseline_s", "realert_s") if name in data}
    return replace(base, **known)


def _term(data: dict[str, Any]) -> Any:
    from mindful.bio import protocols

    low, high = data["band"]
    return protocols.Term(tuple(data["channels"]), protocols.Band(float(low), float(high)))
