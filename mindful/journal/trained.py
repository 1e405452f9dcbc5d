"""How trainings with a heart or a brain went from session to session: what the journey tells of a practice. Pure.

A record's trainings in a few figures (`figures`, kept by the index), and the same kind of training over time
(`courses`). What was made up or shown for a study is no course of a person, and is only counted. As in a report, a
brain is compared with the quiet minutes before each training: a threshold that follows the client hides a change (Ros
et al. 2020).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from mindful.journal import trainings

FEWEST = 3
"""Trainings below which nothing is drawn: two points always make a line."""


@dataclass(frozen=True, slots=True)
class Figures:
    """One training. Means are over its clear time; None for what is not known."""

    kind: str
    """`heart` or `eeg`."""
    protocol: str
    assessed: bool
    """Whether it looked for the own pace."""
    own: bool
    """False of a made-up signal, and where something else was shown than what was measured."""
    unit: str
    change: float | None = None
    """Of a brain: against its baseline, as a share of it (0.1 is a tenth more); of an asymmetry the difference."""
    reward: float | None = None
    """Share of the clear time that was rewarded, 0 to 1."""
    clean: float | None = None
    """Share of the time that was clear, 0 to 1."""
    swing_bpm: float | None = None
    """Of a heart, trough to peak with the breath, beats a minute."""
    lock: float | None = None
    coherence: float | None = None
    """Shares of the rhythm that go with the pacer, and that are one wave, 0 to 1."""
    rmssd_ms: float | None = None
    rmssd_before_ms: float | None = None
    """Over the training, and over the minute before it."""
    found_per_min: float | None = None

    @property
    def drawn(self) -> float | None:
        """The figure that the course is of: percent, the difference of an asymmetry, beats a minute, or the pace that
        was found.
        """
        if self.assessed:
            return self.found_per_min
        if self.kind == "heart":
            return self.swing_bpm
        return None if self.change is None else self.change if self.unit == "ln ratio" else 100 * self.change


@dataclass(frozen=True, slots=True)
class Course:
    """One kind of training over time."""

    kind: str
    protocol: str
    assessed: bool
    each: tuple[tuple[date, Figures], ...]
    """Oldest first; only what was the client's own."""
    others: int
    """How many more were made up, or shown something else."""

    @property
    def unit(self) -> str:
        """Of the feature; empty where nothing was the client's own."""
        return self.each[-1][1].unit if self.each else ""

    @property
    def values(self) -> list[tuple[date, float]]:
        """The figure that is drawn, where it is known."""
        return [(day, f.drawn) for day, f in self.each if f.drawn is not None]


def figures(record: Mapping[str, Any]) -> list[Figures]:
    """The trainings of a record, read without trust."""
    out = []
    for data, training in trainings.with_data(record):
        before = trainings.stretch_mean(data, "baseline", "rmssd_ms")
        mean, base = trainings.stretch_mean(data, "training", "feature"), training.baseline
        change = None
        if training.kind == "eeg" and mean is not None and base is not None:
            change = mean - base if training.unit == "ln ratio" else mean / base - 1 if base else None
        means = {
            name: trainings.stretch_mean(data, "training", name)
            for name in ("reward", "clean", "swing_bpm", "lock", "coherence", "rmssd_ms")
        }
        out.append(
            Figures(
                kind=training.kind,
                protocol=training.protocol,
                assessed=bool(training.paces),
                own=not training.simulated and training.mode == trainings.REAL,
                unit=training.unit,
                change=change,
                rmssd_before_ms=before,
                found_per_min=training.found_per_min,
                **means,
            )
        )
    return out


def kept(found: Iterable[Figures]) -> str | None:
    """As the index keeps them."""
    rows = [{name: value for name, value in asdict(f).items() if value is not None} for f in found]
    return json.dumps(rows) if rows else None


def from_kept(text: str | None) -> tuple[Figures, ...]:
    """Back from the index."""
    names = {field.name for field in fields(Figures)}
    return tuple(Figures(**{k: v for k, v in row.items() if k in names}) for row in json.loads(text)) if text else ()


def courses(found: Iterable[tuple[date, Figures]]) -> list[Course]:
    """Each kind of training, the one that came first first. `found` is oldest first."""
    kinds: dict[tuple[str, str, bool], list[tuple[date, Figures]]] = {}
    for day, f in found:
        # The pacer's preset and the own pace are one kind of training: what is trained is the same.
        kinds.setdefault((f.kind, "" if f.kind == "heart" else f.protocol, f.assessed), []).append((day, f))
    return [
        Course(*key, tuple((day, f) for day, f in each if f.own), sum(not f.own for _, f in each))
        for key, each in kinds.items()
    ]
