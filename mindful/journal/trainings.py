"""What a record holds of trainings with a heart or a brain: read without trust, for whoever tells or draws them. Pure.

A record may be of an older program, or edited by hand: what is not as expected is left out, and nothing raises.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

KINDS = {"hrv_biofeedback": "heart", "neurofeedback": "eeg"}
REAL = "real"


@dataclass(frozen=True, slots=True)
class Second:
    """One second of it."""

    at_s: float
    """From the first that was kept."""
    phase: str
    value: float | None
    """0 to 1, as it was measured."""
    feature: float | None
    """In the unit of the training."""
    threshold: float | None
    reward: float | None
    """Share of the clear time of this second."""
    clean: float | None
    bpm: float | None = None
    swing_bpm: float | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """One block of training."""

    seconds: float
    feature: float | None
    reward: float | None
    clean: float | None


@dataclass(frozen=True, slots=True)
class Paced:
    """One pace of an assessment."""

    per_min: float
    swing_bpm: float


@dataclass(frozen=True, slots=True)
class Training:
    """One step of a session that was guided by a sensor."""

    step: str
    kind: str
    """`heart` or `eeg`."""
    source: str
    simulated: bool
    """Nobody was measured."""
    mode: str
    """`real`, or what was shown instead: sham, yoked, inverted, delayed."""
    whose: str
    """Of yoked feedback, the record that it came from."""
    protocol: str
    unit: str
    baseline: float | None
    """Mean of the feature before the training, in its unit."""
    wanted: float | None
    """Share of clear time that was to be rewarded, 0 to 1; None where the threshold is fixed."""
    seconds: tuple[Second, ...]
    blocks: tuple[Block, ...]
    paces: tuple[Paced, ...] = ()
    """Of an assessment, slowest first."""
    found_per_min: float | None = None

    @property
    def training(self) -> tuple[Second, ...]:
        """The seconds in which something was fed back."""
        return tuple(s for s in self.seconds if s.phase == "training")

    def mean(self, name: str) -> float | None:
        """The mean of a column over the training; None where it has nothing."""
        found = [v for s in self.training if (v := getattr(s, name)) is not None]
        return sum(found) / len(found) if found else None

    @property
    def change(self) -> float | None:
        """The training's mean feature against the baseline, as a share of it: 0.1 is a tenth more."""
        mean = self.mean("feature")
        return None if mean is None or not self.baseline or self.unit == "ln ratio" else mean / self.baseline - 1


def of(record: Mapping[str, Any]) -> list[Training]:
    """The trainings of a record in their order, without those in which no sensor was."""
    return [training for _data, training in with_data(record)]


def with_data(record: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], Training]]:
    """Each training with the data of its step."""
    for step in record.get("steps", ()):
        if isinstance(step, Mapping) and (training := _training(step)) is not None:
            yield _map(step.get("data")), training


def stretch_mean(data: Mapping[str, Any], phase: str, name: str) -> float | None:
    """The mean of a figure over all stretches of a phase (`baseline`, `training`), by their lengths."""
    total = seconds = 0.0
    for each in map(_map, _list(_map(data.get("feedback")).get("stretches"))):
        value, length = _number(each.get(name)), _number(each.get("seconds"))
        if each.get("phase") == phase and value is not None and length is not None and length > 0:
            total, seconds = total + value * length, seconds + length
    return total / seconds if seconds else None


def means(values: Sequence[float | None], count: int) -> list[float | None]:
    """As many means of neighbours as `count`, or the values where there are fewer; None where there is nothing."""
    n = len(values)
    if n <= count:
        return list(values)
    out: list[float | None] = []
    for i in range(count):
        part = [v for v in values[i * n // count : (i + 1) * n // count] if v is not None]
        out.append(sum(part) / len(part) if part else None)
    return out


def _training(step: Mapping[str, Any]) -> Training | None:
    kind, data = KINDS.get(str(step.get("kind"))), _map(step.get("data"))
    feedback, columns = _map(data.get("feedback")), _map(data.get("seconds"))
    if kind is None or feedback.get("sensor") == "none" or not columns:
        return None
    protocol, delivery = _map(feedback.get("protocol")), _map(feedback.get("delivery"))
    threshold, resonance = _map(protocol.get("threshold")), _map(feedback.get("resonance"))
    paces = [_paced(p) for p in _list(resonance.get("steps"))]
    percent = _number(threshold.get("reward_percent"))
    return Training(
        step=str(step.get("step", "")),
        kind=kind,
        source=str(feedback.get("source") or feedback.get("sensor") or ""),
        simulated=feedback.get("simulated") is True,
        mode=str(delivery.get("mode", REAL)),
        whose=str(delivery.get("from", "")),
        protocol=str(protocol.get("name", "")),
        unit=str(feedback.get("unit", "")),
        baseline=_number(_map(feedback.get("baseline")).get("mean")),
        wanted=None if percent is None or threshold.get("mode") == "fixed" else percent / 100,
        seconds=tuple(_seconds(columns)),
        blocks=tuple(_blocks(feedback.get("stretches"))),
        paces=tuple(sorted((p for p in paces if p is not None), key=lambda p: p.per_min)),
        found_per_min=_number(resonance.get("per_min")),
    )


def _seconds(columns: Mapping[str, Any]) -> Iterator[Second]:
    lists = {name: _list(columns.get(name)) for name in ("phase", "at_ms", *_COLUMNS)}
    times = lists["at_ms"]
    start = next((t for t in map(_number, times) if t is not None), 0.0)
    for i, at in enumerate(map(_number, times)):
        if at is None or i >= len(lists["phase"]):
            continue
        cells = {name: _number(lists[name][i]) if i < len(lists[name]) else None for name in _COLUMNS}
        yield Second(at_s=(at - start) / 1000, phase=str(lists["phase"][i]), **cells)


_COLUMNS = ("value", "feature", "threshold", "reward", "clean", "bpm", "swing_bpm")


def _blocks(stretches: object) -> Iterator[Block]:
    for each in map(_map, _list(stretches)):
        if each.get("phase") == "training":
            feature, reward, clean = (_number(each.get(name)) for name in ("feature", "reward", "clean"))
            yield Block(_number(each.get("seconds")) or 0.0, feature, reward, clean)


def _paced(step: object) -> Paced | None:
    per_min, swing = _number(_map(step).get("per_min")), _number(_map(step).get("swing_bpm"))
    return None if per_min is None or swing is None else Paced(per_min, swing)


def _map(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _number(value: object) -> float | None:
    good = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    return float(value) if good else None  # type: ignore[arg-type]
