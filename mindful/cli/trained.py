"""A training with a sensor in words and small drawings, as part of a record's page. Pure; called by `journal_text`.

The page after a session, the journey and `mindful journal show` have it. Every drawing stands beside its figures, so
whoever cannot see it, or has a terminal without blocks, misses nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mindful.journal import trainings
from mindful.journal.printable import printable
from mindful.journal.training_words import UNITS, name, percent, shown_instead
from mindful.journal.trainings import Training
from mindful.tongue import _, figure

COLUMNS = 24
STEPS = "▁▂▃▄▅▆▇█"


def lines(record: Mapping[str, Any], *, drawn: bool = True) -> list[str]:
    """All trainings of a record; empty without one. `drawn`: with blocks, where they can be shown."""
    out: list[str] = []
    for n, training in enumerate(trainings.of(record)):
        out += [""] if n else []
        out += [f"  {line}".rstrip() for line in _training(training, drawn)]
    return out


def briefly(record: Mapping[str, Any]) -> list[str]:
    """What has to be said right after a session: that it was no feedback of one's own; and the pace that was found."""
    out = []
    for training in trainings.of(record):
        if instead := shown_instead(training):
            out.append(instead)
        if training.paces:
            out.append(_found(training))
    return out


def _training(t: Training, drawn: bool) -> Iterator[str]:
    yield name(t)
    yield printable(t.source) + (_(": a made-up signal, nobody was measured") if t.simulated else "")
    if instead := shown_instead(t):
        yield instead
    rows = list(_courses(t))
    wide = max((len(label) for label, *_rest in rows), default=0)
    for label, values, unit, digits in rows:
        yield _course(label, values, unit, digits, wide, drawn)
    for n, block in enumerate(t.blocks, 1) if t.kind == "eeg" else ():
        said = _("Block {n}: {feature}, rewarded {reward} of {clean} clear time")
        feature = "–" if block.feature is None else f"{figure(round(block.feature, 2))} {UNITS.get(t.unit, t.unit)}"
        yield said.format(n=n, feature=feature, reward=percent(block.reward), clean=percent(block.clean))
    if (change := t.change) is not None and t.kind == "eeg":
        said = _("Against the quiet minutes before: {change} %")
        yield said.format(change=f"{round(100 * change):+d}".replace("-", "−"))
    yield from _paces(t, drawn)


def _courses(t: Training) -> Iterator[tuple[str, list[float | None], str, int]]:
    seconds = t.training

    def column(which: str) -> list[float | None]:
        return [getattr(s, which) for s in seconds]

    if t.kind == "eeg":
        unit = UNITS.get(t.unit, t.unit)
        yield _("Measured"), column("feature"), unit, 2
        yield _("Threshold"), column("threshold"), unit, 2
    else:
        yield _("Heart"), column("bpm"), _("a minute"), 0
        yield _("Its swing"), column("swing_bpm"), _("beats a minute"), 1
        yield _("With the breath"), [None if v is None else 100 * v for v in column("value")], "%", 0
    yield _("Rewarded"), [None if v is None else 100 * v for v in column("reward")], "%", 0
    yield _("Clear signal"), [None if v is None else 100 * v for v in column("clean")], "%", 0


def _course(label: str, values: Sequence[float | None], unit: str, digits: int, wide: int, drawn: bool) -> str:
    known = [v for v in values if v is not None]
    if not known:
        return f"{label:<{wide}}  –"
    mean, rough = sum(known) / len(known), trainings.means(values, COLUMNS)
    there = [v for v in rough if v is not None]
    low, high = min(there), max(there)
    said = _("{mean} {unit}, from {low} to {high}").format(
        mean=_figure(mean, digits), unit=unit, low=_figure(low, digits), high=_figure(high, digits)
    )
    return f"{label:<{wide}}  {_spark(rough, low, high)}  {said}" if drawn else f"{label:<{wide}}  {said}"


def _figure(value: float, digits: int) -> str:
    return figure(round(value, digits)) if digits else str(round(value))


def _spark(values: Sequence[float | None], low: float, high: float) -> str:
    span = high - low
    return "".join(
        " " if v is None else STEPS[round((v - low) / span * (len(STEPS) - 1)) if span > 0 else 3] for v in values
    )


def _paces(t: Training, drawn: bool) -> Iterator[str]:
    """The resonance curve: how far the heart swings at each pace."""
    most = max((p.swing_bpm for p in t.paces), default=0.0)
    for p in t.paces:
        bar = "█" * max(1, round(p.swing_bpm / most * 24)) if drawn and most > 0 else ""
        said = _("{rate} a minute: {swing} beats a minute").format(
            rate=figure(p.per_min), swing=figure(round(p.swing_bpm, 1))
        )
        yield f"{bar:<24}  {said}" if bar else said
    if t.paces:
        yield _found(t)


def _found(t: Training) -> str:
    if t.found_per_min is None:
        return _("No pace could be told from this.")
    return _("The heart swung most at {rate} breaths a minute.").format(rate=figure(t.found_per_min))
