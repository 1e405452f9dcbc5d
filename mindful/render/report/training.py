"""Trainings with a heart or a brain in a report: the latest of each kind drawn, and how it went from day to day.

Nothing of a made-up signal is in it. What is compared is the training with the quiet minutes before it: a threshold
that follows the client hides a change (Ros et al. 2020). Called by `content`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from mindful.journal import trainings
from mindful.journal.training_words import SENSORS, UNITS, name, percent, shown_instead
from mindful.journal.trainings import Training
from mindful.render.report import plots
from mindful.render.report.blocks import Block, Chart, Heading, Table, Words
from mindful.tongue import _, figure, ngettext

MOST_POINTS = 180
"""Of one line of a drawing; more are joined to means."""
FEWEST_DAYS = 3
"""Below these there is no course."""


@dataclass(frozen=True, slots=True)
class Trained:
    """A training and its day."""

    day: date
    training: Training


def blocks(found: Sequence[Trained]) -> Iterator[Block]:
    """The section; nothing where there is nothing of a real body. `found` is oldest first."""
    real = [t for t in found if not t.training.simulated and t.training.training]
    if not real:
        return
    yield Heading(_("Heart and brain"))
    latest: dict[str, Trained] = {}
    for each in real:
        latest[name(each.training)] = each
    for n, each in enumerate(latest.values()):
        same = [t for t in real if name(t.training) == name(each.training)]
        yield from _latest(each, len(same), f"training{n}")
        yield from _course(same, f"course{n}")
    yield Words(SENSORS, True)


def _latest(each: Trained, times: int, drawing: str) -> Iterator[Block]:
    t = each.training
    said = ngettext("{name}: once, on {day}.", "{name}: {count} times, the last on {day}.", times)
    lead = said.format(name=name(t), count=times, day=each.day.isoformat())
    if instead := shown_instead(t):
        yield Words(instead)
    yield Chart(drawing, f"{lead} {_told(t)}", _drawn(t), _table(t))
    rewarded = _halves(t, "reward")
    if len(rewarded) > 1:
        wanted = "" if t.wanted is None else " " + _("{percent} were wanted.").format(percent=percent(t.wanted))
        about = _("Share of the clear time that was rewarded, over each half minute: {mean} in all.").format(
            mean=percent(t.mean("reward"))
        )
        rows = tuple((_minute(at), percent(share)) for at, share in rewarded)
        yield Chart(
            f"{drawing}reward",
            about + wanted,
            plots.shares([(at / 60, share) for at, share in rewarded], t.wanted),
            Table(_("The same as a table"), (_("Minute"), _("Rewarded")), rows),
        )
    if t.paces:
        about = (
            _("No pace could be told from this.")
            if t.found_per_min is None
            else _("The heart swung most at {rate} breaths a minute.").format(rate=figure(t.found_per_min))
        )
        rows = tuple((figure(p.per_min), figure(round(p.swing_bpm, 1))) for p in t.paces)
        yield Chart(
            f"{drawing}paces",
            about,
            plots.paces([(p.per_min, p.swing_bpm) for p in t.paces], t.found_per_min),
            Table(_("The same as a table"), (_("Breaths a minute"), _("Swing, beats a minute")), rows),
        )


def _told(t: Training) -> str:
    if t.kind == "heart":
        swing = t.mean("swing_bpm")
        said = "" if swing is None else _("The heart swung by {swing} beats a minute.")
        return said.format(swing=figure(round(swing or 0.0, 1)))
    mean, unit = t.mean("feature"), UNITS.get(t.unit, t.unit)
    said = "" if mean is None else _("{mean} {unit} on average.").format(mean=figure(round(mean, 2)), unit=unit)
    if t.change is not None:
        change = f"{round(100 * t.change):+d}".replace("-", "−")
        said += " " + _("Against the quiet minutes before: {change} %").format(change=change) + "."
    return said.strip()


def _drawn(t: Training) -> plots.Spec:
    minutes = _minutes(t)
    if t.kind == "heart":
        lines = {_("heart"): _points(t, "bpm"), _("its swing"): _points(t, "swing_bpm")}
        return plots.lines(minutes, lines, _("beats a minute"))
    unit = UNITS.get(t.unit, t.unit)
    lines = {_("measured"): _points(t, "feature"), _("threshold"): _points(t, "threshold")}
    return plots.lines(minutes, lines, unit)


def _while(t: Training) -> list[trainings.Second]:
    """From the first second of training to the last, rests included."""
    at = [i for i, s in enumerate(t.seconds) if s.phase == "training"]
    return list(t.seconds[at[0] : at[-1] + 1])


def _minutes(t: Training) -> list[float]:
    found = trainings.means([s.at_s / 60 for s in _while(t)], MOST_POINTS)
    return [m for m in found if m is not None]


def _points(t: Training, column: str) -> list[float | None]:
    """A column, with a hole in each rest."""
    return trainings.means([getattr(s, column) if s.phase == "training" else None for s in _while(t)], MOST_POINTS)


def _halves(t: Training, column: str) -> list[tuple[float, float]]:
    """(seconds from the beginning, mean) of each half minute that has something."""
    found: dict[int, list[float]] = {}
    for s in t.training:
        if (value := getattr(s, column)) is not None:
            found.setdefault(int(s.at_s // 30), []).append(value)
    return [(30.0 * k, sum(v) / len(v)) for k, v in sorted(found.items())]


def _table(t: Training) -> Table:
    """Half minutes: as much as a table can say."""
    columns = ("bpm", "swing_bpm") if t.kind == "heart" else ("feature", "threshold")
    unit = UNITS.get(t.unit, t.unit)
    head = (
        (_("Minute"), _("Heart, beats a minute"), _("Its swing"))
        if t.kind == "heart"
        else (_("Minute"), f"{_('Measured')}, {unit}", f"{_('Threshold')}, {unit}")
    )
    a, b = (dict(_halves(t, column)) for column in columns)
    rows = tuple((_minute(at), _cell(a.get(at)), _cell(b.get(at))) for at in sorted(a.keys() | b.keys()))
    return Table(_("The same as a table"), head, rows)


def _minute(at_s: float) -> str:
    return f"{int(at_s // 60)}:{int(at_s % 60):02}"


def _cell(value: float | None) -> str:
    return "–" if value is None else figure(round(value, 1))


def _course(same: Sequence[Trained], drawing: str) -> Iterator[Block]:
    """From day to day: against the quiet minutes before (brain), or how far the heart swung."""
    heart = same[0].training.kind == "heart"
    values = []
    for each in same:
        value = each.training.mean("swing_bpm") if heart else each.training.change
        if value is not None and each.training.mode == trainings.REAL:
            values.append((each.day, value if heart else 100 * value))
    if len(values) < FEWEST_DAYS:
        return
    label = _("swing, beats a minute") if heart else _("change, %")
    about = _("{name}, from day to day: {what}.").format(
        name=name(same[0].training),
        what=_("how far the heart swung") if heart else _("the change against the quiet minutes before"),
    )
    rows = tuple((day.isoformat(), figure(round(value, 1))) for day, value in values)
    yield Chart(drawing, about, plots.course(values, label), Table(_("The same as a table"), (_("Day"), label), rows))
